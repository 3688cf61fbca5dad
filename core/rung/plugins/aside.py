"""What a plugin prints goes aside, to standard error: standard output belongs to the answer asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import Final, TextIO

__all__ = ["leave_behind", "printed_aside"]

_LOCK: Final = Lock()


class _Turned:
    """Which threads are at it, and where standard output was turned away from by the first of them."""

    within: Final = Counter[int]()
    before: TextIO | None = None


@contextmanager
def printed_aside() -> Iterator[None]:
    """Turn standard output to standard error within; several threads may be within at once."""
    me = get_ident()
    with _LOCK:
        if not _Turned.within:
            _Turned.before, sys.stdout = sys.stdout, sys.stderr
        _Turned.within[me] += 1
    try:
        yield
    finally:
        _out(me, 1)


def leave_behind(thread: int) -> None:
    """No longer keep standard output turned for a thread, by its ``ident``, that may never come out."""
    _out(thread, _Turned.within[thread])


def _out(thread: int, times: int) -> None:
    with _LOCK:
        if not _Turned.within[thread]:
            del _Turned.within[thread]  # it was left behind
            return
        _Turned.within[thread] -= times
        if _Turned.within[thread] <= 0:
            del _Turned.within[thread]
        if not _Turned.within and _Turned.before is not None:
            sys.stdout, _Turned.before = _Turned.before, None
