"""What can be done about one customer on its page, for the keys, the hints, the palette and the help."""

from __future__ import annotations

from typing import Final

from rung_tui.acts import Act
from rung_tui.language import _

__all__ = ["PAGE_ACTS"]

PAGE_ACTS: Final = (
    Act("record", lambda: _("Record"), "ctrl+s f10", about=lambda: _("what is tried, with a reason")),
    Act("reset", lambda: _("As it is"), "ctrl+r", about=lambda: _("the present value again")),
    Act("reset_all", lambda: _("All as they are"), "ctrl+z f11"),
    Act("fill(1)", lambda: _("Up"), "f5", about=lambda: _("the smallest change to a better grade")),
    Act("fill(-1)", lambda: _("Down"), "f6", about=lambda: _("the smallest change that costs the grade")),
    Act("close_pane", lambda: _("Close"), "escape", about=lambda: _("what is tried stays")),
    Act("override", lambda: _("Override"), "o f4"),
    Act("what_if", lambda: _("What if"), "w f2", about=lambda: _("other values: the grade answers at once")),
    Act("supply", lambda: _("Correct"), "c f3", about=lambda: _("a value, or judge a criterion, on record")),
    Act("note", lambda: _("Note"), "n f10"),
    Act(
        "story", lambda: _("Timeline"), "t h f11 ctrl+t", about=lambda: _("everything on record, and grades")
    ),
    Act("contact", lambda: _("Contact"), "l ctrl+l", about=lambda: _("log one; the customer is graded anew")),
    Act("uncover", lambda: _("Show"), "v alt+v", about=lambda: _("a covered value; that is put on record")),
    Act(
        "suppose(1)",
        lambda: _("Try the change up"),
        "+ = f5",
        hint=False,
        about=lambda: _("the smallest that reaches a better grade"),
    ),
    Act(
        "suppose(-1)",
        lambda: _("Try the change down"),
        "- f6",
        hint=False,
        about=lambda: _("the smallest that costs the grade"),
    ),
    Act(
        "undo",
        lambda: _("Take back"),
        "u f9",
        hint=False,
        about=lambda: _("withdraw what you gave and is open"),
    ),
)
"""What can be done about one customer, wherever it was opened from."""
