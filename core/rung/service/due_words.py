"""What is due, in words: how late it is, and what is to be done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rung.text import _

if TYPE_CHECKING:
    from rung.service.due_list import DueRow

__all__ = ["late_words", "what_words"]


def late_words(row: DueRow, today: date) -> str:
    """Return how late something is, or how long it has time; empty where it is never late."""
    if row.late_days is None:
        return ""
    if row.late_days > 0:
        return _("{n} d late").format(n=row.late_days)
    if row.is_late:
        return _("late")
    if row.due > today:
        return ""
    return _("today") if row.late_days == 0 else _("{n} d left").format(n=-row.late_days)


def what_words(row: DueRow, *, has_kind: bool) -> str:
    """Return what is to be done, with its kind where the list has several, and the id it is known by."""
    kind, what = str(row.kind.words), str(row.what)
    if not has_kind and not row.is_numbered:
        return what
    named = f"{kind} {row.code}" if row.is_numbered else kind
    return named if what == kind else _("{kind}: {what}").format(kind=named, what=what)
