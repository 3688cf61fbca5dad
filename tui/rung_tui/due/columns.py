"""The columns of what is due, and how they give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rung.moments import local
from rung_tui.due.rows import Listed
from rung_tui.due.words import late_words, what_words
from rung_tui.language import _, words
from rung_tui.roles import grade_role
from rung_tui.scale import Scale, called
from rung_tui.table import Cell, Column

__all__ = ["due_columns"]

_WORDS: Final = 26
# Cells a grade may have that goes by its title, and the one before it.


def due_columns(
    grades: Mapping[str, Sequence[str]],
    *,
    has_kind: bool = False,
    has_policy: bool = False,
    has_by: bool = False,
    has_whose: bool = False,
) -> tuple[Column[Listed], ...]:
    """Return the columns, left to right; ``grades`` are those of each policy, best first."""

    def grade(listed: Listed) -> Cell:
        before, call = listed.row.grade, listed.called
        now = before if call is None else call.after
        known = grades.get(listed.row.policy, ())
        if now is None:
            return Cell("–", "muted")
        named = called(now, known)
        if now != before:
            named = f"{'–' if before is None else called(before, known)}→{named}"
        return Cell(named, grade_role(known.index(now), len(known)) if now in known else "")

    def what(listed: Listed) -> Cell:
        return Cell(what_words(listed.row, has_kind=has_kind))

    has_words = any(isinstance(each, Scale) and each.has_words for each in grades.values())
    most = _WORDS if has_words else 8
    columns: list[Column[Listed]] = [
        Column("due", lambda: _("Due"), _due, 10, 16, rank=1),
        Column("late", lambda: _("Late"), _late, 6, 18, rank=1),
        Column("id", lambda: _("Customer"), lambda each: Cell(each.row.customer_id, "muted"), 8, 20, rank=2),
        Column("name", lambda: _("Name"), lambda each: Cell(each.row.customer_name or ""), 8, 44, rank=3),
        Column("grade", lambda: _("Grade"), grade, 3, most),
        Column("what", lambda: _("What"), what, 10, 48, rank=4),
    ]
    if has_policy:
        columns.insert(5, Column("policy", lambda: _("Policy"), _policy, 8, 28, rank=6))
    if has_by:
        columns.append(Column("by", lambda: _("Owed by"), _by, 7, 18, rank=7))
    if has_whose:
        columns.append(Column("whose", lambda: _("Whose"), _whose, 6, 18, rank=5))
    return tuple(columns)


def _due(listed: Listed) -> Cell:
    row = listed.row
    return Cell(row.due.isoformat() if row.at is None else f"{local(row.at):%Y-%m-%d %H:%M}")


def _late(listed: Listed) -> Cell:
    if listed.called is not None:
        return Cell(f"✓ {words(listed.called.outcome)}", "good")
    role = "bad" if listed.row.is_late else "open" if listed.row.late_days == 0 else "muted"
    return Cell(late_words(listed.row, listed.day), role)


def _by(listed: Listed) -> Cell:
    row = listed.row
    return Cell(row.by or "" if row.by_title is None else words(row.by_title))


def _whose(listed: Listed) -> Cell:
    return Cell(listed.row.holder or listed.row.portfolio or "")


def _policy(listed: Listed) -> Cell:
    return Cell(listed.row.policy, "muted")
