"""How far long work has come, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress"]

Progress = Callable[[str, int, int | None], None]
"""Called with a stage in words, how much of it is done and how much there is, ``None`` if unknown.

Whatever it raises ends the work, which then leaves nothing half done.
"""
