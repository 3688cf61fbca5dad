"""What a plugin prints goes aside, to standard error: standard output belongs to the answer asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread, get_ident
from typing import Any, Final, TextIO, cast

__all__ = ["leave_behind", "printed_aside"]

_LOCK: Final = Lock()


class _Turned:
    """Which threads are at it, which were left behind, and where standard output was turned away from."""

    within: Final = Counter[int]()
    left: Final[dict[int, Thread]] = {}
    """By ``ident``; the next thread may get that of one that is dead."""
    before: TextIO | None = None


class _Parted:
    """A standard output that is standard error to threads left behind, and what it was to all others."""

    def __init__(self, kept: TextIO) -> None:
        self.kept: Final = kept

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stderr if _is_left(get_ident()) else self.kept, name)


@contextmanager
def printed_aside() -> Iterator[None]:
    """Turn standard output to standard error within; several threads may be within at once."""
    me = get_ident()
    with _LOCK:
        # What it prints goes aside anyhow, and what it never comes out of must not turn it for all.
        counts = not _is_left(me)
        if counts:
            if not _Turned.within:
                _Turned.before, sys.stdout = _whole(sys.stdout), sys.stderr
            _Turned.within[me] += 1
    try:
        yield
    finally:
        if counts:
            with _LOCK:
                _out(me, 1)


def leave_behind(thread: Thread) -> None:
    """No longer keep standard output turned for a thread that may never come out; what it prints stays aside.

    Threads that it starts itself are not known, and are not held back.
    """
    if thread.ident is None:
        return
    with _LOCK:
        _Turned.left[thread.ident] = thread
        _out(thread.ident, _Turned.within[thread.ident])
        if not _Turned.within:
            sys.stdout = _parted(_whole(sys.stdout))


def _out(thread: int, times: int) -> None:
    if not _Turned.within[thread]:
        del _Turned.within[thread]  # it was left behind
        return
    _Turned.within[thread] -= times
    if _Turned.within[thread] <= 0:
        del _Turned.within[thread]
    if not _Turned.within and _Turned.before is not None:
        sys.stdout, _Turned.before = _parted(_Turned.before), None


def _is_left(thread: int) -> bool:
    found = _Turned.left.get(thread)
    return found is not None and found.is_alive()


def _parted(kept: TextIO) -> TextIO:
    """Return a stream as it is, unless threads live that were left behind."""
    for ident, thread in tuple(_Turned.left.items()):
        if not thread.is_alive():
            del _Turned.left[ident]
    return cast("TextIO", _Parted(kept)) if _Turned.left else kept


def _whole(stream: TextIO) -> TextIO:
    return cast("_Parted", stream).kept if isinstance(stream, _Parted) else stream
