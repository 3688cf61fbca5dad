"""What one wants to watch: the view, the runs, the value, the days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from rung_tui.language import _

__all__ = ["GROUPS", "SPANS", "WEEKS", "MonitorWish", "View", "view_title"]

SPANS: Final = (30, 90, 365)
"""Days back over which what was kept is counted."""
WEEKS: Final = (4, 13, 26)
"""Weeks ahead, in turn with the days back."""
GROUPS: Final = ("", "person", "reason", "team", "grade", "kind")
"""What overrides are laid side by side by; "" for all together."""


class View(StrEnum):
    """What is looked at."""

    DISTRIBUTION = "distribution"
    CONCENTRATION = "concentration"
    MIGRATION = "migration"
    OVERRIDES = "overrides"
    SERVICE = "service"


_TITLES: Final[dict[View, Callable[[], str]]] = {
    View.DISTRIBUTION: lambda: _("Distribution"),
    View.CONCENTRATION: lambda: _("Concentration"),
    View.MIGRATION: lambda: _("Migration"),
    View.OVERRIDES: lambda: _("Overrides"),
    View.SERVICE: lambda: _("Service"),
}


def view_title(view: View) -> str:
    """Return what a view is called."""
    return _TITLES[view]()


@dataclass(frozen=True, slots=True)
class MonitorWish:
    """One look."""

    run_id: str
    """The run looked at."""
    before_id: str | None = None
    """The run beside it."""
    view: View = View.DISTRIBUTION
    value: str | None = None
    """The value followed through the grades; None: customers alone."""
    held: str | None = None
    """The value whose concentration is told; None: the usual one."""
    by: str = ""
    outcomes: Path | None = None
    is_hoped: bool = False
    """Whether the outcome is hoped for, not feared."""
    span: int = 0
    """Which of ``SPANS``."""

    @property
    def key(self) -> tuple[object, ...]:
        """What the view rests on: what was read for equal ones serves again."""
        match self.view:
            case View.DISTRIBUTION:
                return self.view, self.run_id, self.before_id, self.value
            case View.CONCENTRATION:
                return self.view, self.run_id, self.held
            case View.MIGRATION:
                return self.view, self.run_id, self.before_id
            case View.OVERRIDES:
                return self.view, self.run_id, self.by, self.outcomes, self.is_hoped
            case View.SERVICE:
                return self.view, self.run_id, self.span
