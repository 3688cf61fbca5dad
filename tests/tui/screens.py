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
    calm = 0
    for _round in range(200):
        await pilot.pause(0.05)
        queues = [screen for screen in pilot.app.screen_stack if isinstance(screen, QueueScreen)]
        busy = len([worker for worker in pilot.app.workers if worker.group != "say"]) - _asking(pilot.app)
        is_calm = all(screen.has_read_all for screen in queues) and busy <= 0
        calm = calm + 1 if is_calm else 0
        if not pilot.app.is_running or calm == 2:  # what one work brings about may be another
            break
    await pilot.pause()


def _asking(app: App[Any]) -> int:
    """Return how many workers wait for a dialog: these go on once it is answered, and are not waited for."""
    asked = [each for screen in app.screen_stack for each in screen._result_callbacks[-1:]]
    futures = [each.future for each in asked if each is not None and each.future is not None]
    return len([each for each in futures if not each.done() and getattr(each, "_callbacks", None)])
