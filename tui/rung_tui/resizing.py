"""The sizes a terminal takes on reach the program in their order, however fast they come."""

from __future__ import annotations

import signal
import sys
from asyncio import get_running_loop
from typing import Any

from textual.app import App

__all__ = ["take_sizes_in_order"]


def take_sizes_in_order(app: App[Any]) -> None:
    """Have the event loop look at the size of the terminal when that has changed.

    Textual looks from within the signal's handler. A handler that is interrupted by the next signal tells of
    its size after that one's: the program would go on drawing for a terminal that is another size by now.
    """
    if sys.platform != "win32":
        _take_over()
        # Coming back from the shell, Textual sets its own again.
        app.app_resume_signal.subscribe(app, lambda _app: _take_over())


def _take_over() -> None:
    looks = signal.getsignal(signal.SIGWINCH)
    if callable(looks) and looks.__module__.startswith("textual."):
        get_running_loop().add_signal_handler(signal.SIGWINCH, looks, signal.SIGWINCH, None)
