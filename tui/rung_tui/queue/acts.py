"""What can be done in the queue, and by which keys."""

from __future__ import annotations

from typing import Final

from rung_tui.acts import Act
from rung_tui.language import _
from rung_tui.queue.wish import READY, View

__all__ = ["ACTS"]

ACTS: Final[tuple[Act, ...]] = (
    Act("open", lambda: _("Why"), "enter", about=lambda: _("why the customer has its grade")),
    Act("override", lambda: _("Override"), "o f4"),
    Act("filter", lambda: _("Filter"), "/ ／ ctrl+f f3"),
    Act("sort", lambda: _("Sort"), "s f5"),
    Act("runs", lambda: _("Runs"), "h f6"),
    Act(
        "again",
        lambda: _("Read again"),
        "r f2",
        hint=False,
        about=lambda: _("what people laid over the grades meanwhile"),
    ),
    Act(
        "undo",
        lambda: _("Take back"),
        "u f9",
        hint=False,
        about=lambda: _("withdraw what you gave and is open"),
    ),
    Act(
        "bulk",
        lambda: _("Override the marked"),
        "b ctrl+b",
        hint=False,
        about=lambda: _("a record each; shown before it is recorded"),
    ),
    Act("mark", lambda: _("Mark"), "space", hint=False, about=lambda: _("and go on to the next")),
    Act("mark_on(1)", lambda: _("Mark downwards"), "shift+down", hint=False),
    Act("mark_on(-1)", lambda: _("Mark upwards"), "shift+up", hint=False),
    Act("mark_all", lambda: _("Mark all shown"), "a ctrl+a", hint=False),
    Act("mark_invert", lambda: _("Turn the marks round"), "i alt+i", hint=False),
    Act("mark_clear", lambda: _("Clear the marks"), "w alt+w", hint=False),
    Act(
        "marked",
        lambda: _("Only the marked"),
        "8 alt+8",
        hint=False,
        about=lambda: _("or everybody again"),
    ),
    Act("view('mine')", lambda: View.MINE.heading, "0", hint=False, about=lambda: View.MINE.about),
    Act(
        "views",
        lambda: _("Views"),
        "v alt+v",
        hint=False,
        about=lambda: _("by name; to keep this one"),
    ),
    Act("zoom", lambda: _("This pane alone"), "z alt+z", hint=False, about=lambda: _("or both again")),
    Act("resize(1)", lambda: _("Pane wider"), "< ctrl+left", hint=False),
    Act("resize(-1)", lambda: _("Pane narrower"), "> ctrl+right", hint=False),
    Act("columns", lambda: _("Columns"), "c alt+c", hint=False, about=lambda: _("which are shown")),
    Act("next_mark(1)", lambda: _("Next mark"), "n alt+n", hint=False),
    Act("next_mark(-1)", lambda: _("Mark before"), "alt+b", hint=False),
    Act(
        "copy",
        lambda: _("Copy"),
        "y alt+y",
        hint=False,
        about=lambda: _("a cell, the row, the marked ids"),
    ),
    Act(
        "export",
        lambda: _("Write to a file"),
        "e alt+e",
        hint=False,
        about=lambda: _("who is shown, as shown"),
    ),
    Act("to_list", lambda: _("To the list"), "enter", about=lambda: _("the filter stays")),
    Act("back", lambda: _("Back"), "escape", about=lambda: _("close, clear or stop")),
    Act("scroll(1)", lambda: _("Scroll on"), "ctrl+d shift+pagedown", hint=False),
    Act("scroll(-1)", lambda: _("Scroll back"), "ctrl+u shift+pageup", hint=False),
    *(
        Act(f"view('{view.value}')", lambda view=view: view.heading, str(place), hint=False)  # type: ignore[misc]
        for place, view in enumerate(READY, start=1)
    ),
)
