"""What a person wants to see of the queue: a ready view, a text typed, an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rung_tui.language import _

__all__ = ["READY", "Arrangement", "Sort", "View", "Wish"]


class View(StrEnum):
    """A ready view of the queue."""

    ALL = "all"
    CHANGED = "changed"
    """Another grade than in the run before by the same policy."""
    BORDERLINE = "borderline"
    """Near a cut-off, on either side."""
    THIN = "thin"
    """Little of the weight rests on real values."""
    STALE = "stale"
    """Overridden, and the model's grade has changed since."""
    UNGRADED = "ungraded"
    OVERRIDDEN = "overridden"
    """With an open override, in effect or awaiting approval."""
    MINE = "mine"
    """The customers of whoever is at the keyboard."""
    MARKED = "marked"

    @property
    def heading(self) -> str:
        """What the view is called, in a word or two."""
        return {
            View.ALL: _("All"),
            View.CHANGED: _("Changed"),
            View.BORDERLINE: _("Borderline"),
            View.THIN: _("Thin evidence"),
            View.STALE: _("Stale"),
            View.UNGRADED: _("Not graded"),
            View.OVERRIDDEN: _("Overridden"),
            View.MINE: _("Mine"),
            View.MARKED: _("Marked"),
        }[self]

    @property
    def about(self) -> str:
        """Who stands in it."""
        return {
            View.ALL: _("every customer of the run"),
            View.CHANGED: _("another grade than in the run before"),
            View.BORDERLINE: _("near a cut-off, on either side"),
            View.THIN: _("under 60 % of the weight rests on real values"),
            View.STALE: _("overridden, and the computed grade changed since"),
            View.UNGRADED: _("left without a grade, with the cause"),
            View.OVERRIDDEN: _("with an override, judgement or correction in effect or awaiting approval"),
            View.MINE: _("the customers who are yours"),
            View.MARKED: _("the customers you marked"),
        }[self]


READY: Final = tuple(view for view in View if view not in (View.MINE, View.MARKED))
"""The views that are always there, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one column."""

    column: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """One arrangement asked for."""

    view: View = View.ALL
    text: str = ""
    sort: Sort | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is simply the run as it lies."""
        return self.view is View.ALL and not self.text.strip() and self.sort is None


@dataclass(frozen=True)
class Arrangement:
    """What a wish came to."""

    wish: Wish
    order: Sequence[int] | None
    """Places in the run, in the order to show; None for all of them as they lie."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Customers shown, by effective grade; "" for those without one."""
    note: str = ""
    """Why nothing is shown, where that wants saying."""
    before: Mapping[int, str] = field(default_factory=dict)
    """In the view of changes: the grade of the run before, by place in the run; "" for none."""
