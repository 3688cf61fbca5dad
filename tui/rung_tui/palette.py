"""Every action of the screen and of the program, and every customer: found by typing a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from rung_tui.acts import Act, acts_on, key_name, offered_by
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _
from rung_tui.scale import called, scale_of_run

if TYPE_CHECKING:
    from textual.screen import Screen

    from rung_tui.app import ReviewApp
    from rung_tui.queue.rows import QueueRow
    from rung_tui.scale import Scale

__all__ = ["open_palette"]

_CUSTOMER: Final = "customer:"
_MOST: Final = 20
# Customers offered: who sees more types on.
_LEAST: Final = 2
# Letters from which customers are looked for; a Chinese character alone is enough.


def open_palette(app: ReviewApp) -> None:
    """Show the actions there are; run the one chosen on the screen it was opened from, or show a customer."""
    screen = app.screen
    offered = [act for act in (*_offered(screen), *offered_by(app, screen)) if act.action != "app.palette"]

    def run(action: str | None) -> None:
        if action is None:
            return
        if action.startswith(_CUSTOMER):
            app.call_later(app.show_customer, int(action.removeprefix(_CUSTOMER)))
        else:
            app.call_later(screen.run_action, action)

    async def customers(typed: str) -> Sequence[Choice]:
        typed = typed.strip()
        if not typed or (typed.isascii() and len(typed) < _LEAST):
            return ()
        review = app.review_now
        numbers = await review.arranging(lambda: review.arranger.found(typed, _MOST))
        rows = await review.telling(
            lambda: [row for number in numbers for row in review.rows.page(number, 1)]
        )
        scale = scale_of_run(review.manifest)
        return [_customer(row, scale) for row in rows]

    def choices() -> list[Choice]:
        return [_choice(act) for act in offered]

    app.push_screen(Chooser(lambda: _("All actions"), choices, look_up=customers), run)


def _offered(screen: Screen[Any]) -> list[Act]:
    return [act for act in acts_on(screen) if screen.check_action(act.action.partition("(")[0], ())]


def _choice(act: Act) -> Choice:
    keys = " ".join(key_name(key) for key in act.pressed.split())
    about = f"{act.about()}  {keys}" if act.about else keys
    return Choice(act.action, act.title(), about)


def _customer(row: QueueRow, scale: Scale) -> Choice:
    grade = called(row.grade, scale) if row.grade else _("not graded")
    return Choice(f"{_CUSTOMER}{row.number}", f"{row.id} {row.name}".strip(), grade)
