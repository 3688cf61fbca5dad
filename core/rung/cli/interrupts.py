"""Ctrl-C ends the work once; a second report of it does not disturb the clearing up."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["one_interrupt"]


@contextmanager
def one_interrupt() -> Iterator[None]:
    """While in the block, raise KeyboardInterrupt on Ctrl-C, but not while one is being handled.

    Polars stops on Ctrl-C by itself and Python then reports the same one again; without this the
    second would end the removal of half-written files. To be entered before Polars is imported:
    a handler set later would keep Polars from noticing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
        raise KeyboardInterrupt
