"""Which part of what awaits decisions is wanted: the view, and by which policies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rung_tui.language import _

__all__ = ["ApprovalsWish", "View"]


class View(StrEnum):
    """One way to look at what awaits decisions."""

    TO_DECIDE = "decide"
    """What whoever is at the screen may approve."""
    MINE = "mine"
    """What they proposed, given back or not."""
    ALL = "all"
    """Everything, what they may approve first."""
    LIFTED = "lifted"
    """In effect without approval, and lifting a grade by now."""

    @property
    def named(self) -> str:
        """What it is called, in the current language."""
        match self:
            case View.TO_DECIDE:
                return _("To decide")
            case View.MINE:
                return _("Mine")
            case View.ALL:
                return _("All")
            case View.LIFTED:
                return _("Came to lift")


@dataclass(frozen=True, slots=True)
class ApprovalsWish:
    """What a person asked the list for."""

    view: View = View.TO_DECIDE
    policy: str | None = None
    """Only what was proposed under this policy; None: under any."""

    def next_view(self) -> ApprovalsWish:
        """Return the wish with the next view, after the last the first."""
        views = tuple(View)
        return replace(self, view=views[(views.index(self.view) + 1) % len(views)])
