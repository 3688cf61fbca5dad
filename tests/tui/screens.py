"""What stands on the screen of a program under test, as lines of text, once all work is done."""

from __future__ import annotations

from time import monotonic
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from rung_tui.notice_line import NoticeLine
from rung_tui.queue.screen import QueueScreen

__all__ = ["lines", "press", "settle", "text", "without_notices"]

_LOOK = 0.02
# Seconds between two looks at whether there is work.
_AT_MOST = 20.0
# Seconds a test waits for work: what takes longer stands still.


def lines(app: App[Any]) -> list[str]:
    """Return the screen's lines."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip)[:width] for strip in strips[:height]]


def text(app: App[Any]) -> str:
    """Return the whole screen."""
    return "\n".join(lines(app))


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything was read and no work is under way any more, but what waits for a dialog."""
    until = monotonic() + _AT_MOST
    calm = 0
    while calm < 3 and monotonic() < until:  # what one work brings about may be another
        await pilot.pause(_LOOK)
        if not pilot.app.is_running:
            break
        calm = 0 if _is_at_work(pilot.app) else calm + 1
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when all is done that the one before brought about."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def without_notices(pilot: Pilot[Any]) -> None:
    """Let the notice be over at once: for some seconds it stands where the status is."""
    for shown in pilot.app.screen.query_children(NoticeLine):
        if shown._notice is not None:
            shown._gone(shown._notice)
    await settle(pilot)


def _is_at_work(app: App[Any]) -> bool:
    queues = [screen for screen in app.screen_stack if isinstance(screen, QueueScreen)]
    busy = len([worker for worker in app.workers if worker.group != "say"]) - _asking(app)
    typed = getattr(app, "has_keys_waiting", False)  # a key nobody has taken yet brings something about
    return typed or busy > 0 or not all(screen.has_read_all for screen in queues) or _is_reading(app.screen)


def _is_reading(screen: Any) -> bool:
    """Return whether a mode's screen says itself that it reads or records."""
    status = None if isinstance(screen, QueueScreen) else getattr(screen, "status", None)
    signs = ((status, "work"), (screen, "is_reading"), (screen, "is_at_work"), (screen, "_saving"))
    return any(getattr(each, sign, False) for each, sign in signs)


def _asking(app: App[Any]) -> int:
    """Return how many workers wait for a dialog: these go on once it is answered, and are not waited for."""
    asked = [each for screen in app.screen_stack for each in screen._result_callbacks[-1:]]
    futures = [each.future for each in asked if each is not None and each.future is not None]
    return len([each for each in futures if not each.done() and getattr(each, "_callbacks", None)])
