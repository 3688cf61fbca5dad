"""Takes the pictures the READMEs show, from the real terminal program over the demo: ``make screenshots``.

Everything a picture could owe to the machine or the moment is given: the customers by their seed, the day,
the time zone, who is at the keyboard. Run again, it writes the same files.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from datetime import UTC, datetime, tzinfo
from io import StringIO
from pathlib import Path
from typing import Final
from unittest import mock

from rich.terminal_theme import TerminalTheme
from terminal_picture import picture
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from rung import cli
from rung.text import Language, Text
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.queue.screen import QueueScreen
from rung_tui.review import Review

IMAGES: Final = Path(__file__).parent / "images"
POLICY: Final = "bank.credit-tiers"
SIZE: Final = (140, 40)
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
THEMES: Final = ("dark", "light")
NOW: Final = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
NARRATIVE: Final = Text(
    "6月起已还清逾期，存款本月转入，客户经理7月1日上门核实。",
    "Paid up in June; deposits moved in this month.",
)
COLOURS: Final = TerminalTheme((18, 22, 28), (216, 222, 228), [(0, 0, 0)] * 8, [(128, 128, 128)] * 8)
# Never seen: every colour of these themes is given.


class _Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return the moment of the pictures."""
        return NOW if tz is not None else NOW.replace(tzinfo=None)


async def queue(pilot: Pilot[int], _language: Language) -> None:
    """The queue, the customer under the cursor beside it."""
    await pilot.press(*["down"] * 4, "enter")


async def customer(pilot: Pilot[int], _language: Language) -> None:
    """What is further down of why a customer has its grade."""
    await pilot.press(*["down"] * 4, "enter")
    await settle(pilot)
    await pilot.press("enter", "end")


async def override(pilot: Pilot[int], language: Language) -> None:
    """The dialog that gives a customer another grade, filled in."""
    await pilot.press(*["down"] * 4, "o")
    await settle(pilot)
    await pilot.press("c", "tab", "down", "tab")
    pilot.app.screen.query_one(TextArea).insert(NARRATIVE.in_language(language))


Scene = Callable[[Pilot[int], Language], Awaitable[None]]
SCENES: Final[dict[str, tuple[Scene, Text]]] = {
    "queue": (queue, Text("客户队列，右侧为所选客户", "The queue, with the customer beside it")),
    "customer": (
        customer,
        Text("规则、最小改变与承诺的服务", "Gates, the smallest change, the service promised"),
    ),
    "override": (override, Text("改判等级", "Overruling a grade")),
}


def names() -> Iterator[str]:
    """Yield the name of every picture."""
    yield from (f"{s}.{language}.{t}.svg" for s in SCENES for language in LANGUAGES for t in THEMES)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until everything was read and no work is under way any more."""
    for _round in range(200):
        await pilot.pause(0.05)
        queues = [screen for screen in pilot.app.screen_stack if isinstance(screen, QueueScreen)]
        if all(screen.has_read_all for screen in queues) and not list(pilot.app.workers):
            break
    await pilot.pause(0.3)


def _steady(app: App[int]) -> None:
    """Have no cursor blink: whether it is seen must not depend on the moment."""
    for field in app.screen.query("Input, TextArea"):
        if isinstance(field, Input | TextArea):
            field.cursor_blink = False


async def _taken(workspace: Workspace, scene: str, language: Language, theme: str) -> str:
    take, title = SCENES[scene]
    run_id = next(each for each in workspace.store.ids() if each.endswith(POLICY))
    app = ReviewApp(Review(workspace, workspace.run(run_id)), language)
    app.theme = f"rung-{theme}"
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await take(pilot, language)
        await settle(pilot)
        _steady(app)
        await pilot.pause(0.1)
        strips = app.screen._compositor.render_strips()  # noqa: SLF001 - Textual has no other way to them
        return picture(strips, SIZE[0], title.in_language(language), COLOURS)


@contextmanager
def given_time() -> Iterator[None]:
    """Have it be the moment of the pictures."""
    with ExitStack() as stack:
        stack.callback(time.tzset)
        stack.enter_context(mock.patch.dict(os.environ, {"TZ": "UTC", "COLUMNS": "120"}))
        time.tzset()
        stack.enter_context(mock.patch("rung.moments.datetime", _Clock))
        stack.enter_context(mock.patch("rung.ledger.actor.account", lambda: "lin.jing"))
        yield


def _demo(folder: Path) -> Workspace:
    with redirect_stdout(StringIO()):
        code = cli.run(["--lang", "en", "demo", str(folder)])
    if code:
        raise SystemExit(code)
    return Workspace.open(folder)


def main() -> int:
    """Take every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, given_time():
        workspace = _demo(Path(temporary) / "demo")
        for name in names():
            scene, language, theme, _ending = name.split(".")
            shown: Language = "zh" if language == "zh" else "en"
            drawn = asyncio.run(_taken(workspace, scene, shown, theme))
            (IMAGES / name).write_text(drawn, encoding="utf-8")
            print(IMAGES.name, name, f"{len(drawn) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
