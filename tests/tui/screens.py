"""What stands on the screen of a program under test, as lines of text, once all work is done."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.pilot import Pilot

from rung_tui.queue.screen import QueueScreen

__all__ = ["lines", "settle", "text"]


def lines(app: App[Any]) -> list[str]:
    """Return the screen's lines."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip)[:width] for strip in strips[:height]]


def text(app: App[Any]) -> str:
    """Return the whole screen."""
    return "\n".join(lines(app))


async def settle(pilot: Pilot[int]) -> None:
    """Wait until everything was read and no work is under way any more."""
    for _round in range(200):
        await pilot.pause(0.05)
        queues = [screen for screen in pilot.app.screen_stack if isinstance(screen, QueueScreen)]
        busy = [worker for worker in pilot.app.workers if worker.group not in {"say", "override"}]
        if not pilot.app.is_running or (all(screen.has_read_all for screen in queues) and not busy):
            break
    await pilot.pause()
