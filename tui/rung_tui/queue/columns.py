"""The queue's columns: what each shows of a customer, and how it gives way on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rung_tui.language import _, words
from rung_tui.queue.reason_words import ReasonWords
from rung_tui.queue.rows import QueueRow
from rung_tui.roles import grade_role
from rung_tui.scale import called, scale_of_run
from rung_tui.table import Cell, Column

if TYPE_CHECKING:
    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade
    from rung.runs import Manifest

__all__ = ["SORTABLE", "QueueColumns", "grade_cell"]

SORTABLE: Final = ("id", "name", "grade", "score", "evidence", "reason")
"""Columns by which the queue can be put in order."""

_THIN: Final = 60
_WORDS: Final = 20
# Cells a grade may have that goes by its title.


class QueueColumns:
    """The columns of one run; what they know of reasons and of the run before may come later."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._grades = scale_of_run(manifest)
        self.reason_words = ReasonWords.of_manifest(manifest)
        self.is_laid_over = False
        """Whether grades are the effective ones: until the ledger was read they are the model's."""
        self.marks_scores = False
        """Whether some scores are computed with people's data, and bear a sign."""
        self.hidden: frozenset[str] = frozenset()
        """Columns left out."""
        self.before: Mapping[int, str] = {}
        """Grades of the run before, by place in the run; the column is there while this holds any."""

    def columns(self) -> tuple[Column[QueueRow], ...]:
        """Return the columns shown, left to right."""
        return tuple(column for column in self.every() if column.id not in self.hidden)

    def every(self) -> tuple[Column[QueueRow], ...]:
        """Return the columns there are."""
        most = _WORDS if self._grades.has_words else 8
        columns: list[Column[QueueRow]] = [
            Column("id", lambda: _("Customer"), lambda row: Cell(row.id, "muted"), 6, 20, rank=1),
            Column("name", lambda: _("Name"), lambda row: Cell(row.name), 10, 44, rank=3),
            Column("grade", self._grade_title, self._grade, 3, most),
            Column("score", lambda: _("Score"), self._score, 5, 8, rank=2, right=True),
            Column("evidence", lambda: _("Evid."), self._evidence, 5, 6, rank=5, right=True),
            Column("reason", lambda: _("First reason"), self._reason, 12, 60, rank=4),
            Column("flags", lambda: _("Flags"), self._flags, 6, 24, rank=6),
        ]
        if self.before:
            columns.insert(3, Column("before", lambda: _("Before"), self._before, 3, most, rank=0))
        if self._manifest.score_decimals is None:
            columns = [column for column in columns if column.id != "score"]
        if not self._manifest.flags:
            columns = [column for column in columns if column.id != "flags"]
        return tuple(columns)

    def _grade_title(self) -> str:
        return _("Grade") if self.is_laid_over else _("Model")

    def _grade(self, row: QueueRow) -> Cell:
        return grade_cell(row.grade, row.standing, self._grades)

    def _before(self, row: QueueRow) -> Cell:
        before = self.before.get(row.number)
        if not before:
            return Cell("–", "muted")
        sign = ""
        if row.model_grade in self._grades and before in self._grades:
            sign = "▲" if self._grades.index(row.model_grade) < self._grades.index(before) else "▼"
        return Cell(f"{called(before, self._grades)} {sign}", "up" if sign == "▲" else "down")

    def _score(self, row: QueueRow) -> Cell:
        if row.score is None:
            return Cell("")
        decimals = self._manifest.score_decimals or 0
        sign = "◇" if row.is_recomputed else " " if self.marks_scores else ""
        return Cell(f"{Decimal(row.score).scaleb(-decimals):.{decimals}f}{sign}")

    def _evidence(self, row: QueueRow) -> Cell:
        return Cell(f"{row.evidence}%", "warning" if row.evidence < _THIN else "muted")

    def _reason(self, row: QueueRow) -> Cell:
        if row.not_graded is not None:
            return Cell(words(self.reason_words.refusal(row.not_graded)), "open")
        return Cell("" if row.reason is None else words(self.reason_words.reason(row.reason)))

    def _flags(self, row: QueueRow) -> Cell:
        held = (named for place, named in enumerate(self._manifest.flags) if row.flags >> place & 1)
        return Cell(" ".join(words(named.title) for named in held), "cut")


def grade_cell(grade: str | None, standing: Effective | LaidGrade | None, grades: Sequence[str]) -> Cell:
    """Return a grade with its signs: ▲▼◆ set by a person, ◇ by their data, ? awaits approval, ! is stale."""
    signs = "" if standing is None else _signs(standing)
    if grade is None:
        return Cell(f"–{signs}", "muted")
    role = grade_role(grades.index(grade), len(grades)) if grade in grades else ""
    return Cell(f"{called(grade, grades)}{signs}", role)


def _signs(standing: Effective | LaidGrade) -> str:
    sign = ""
    if standing.is_overridden:
        notches = standing.notches
        sign = "◆" if not notches else "▲" if notches > 0 else "▼"
    elif standing.is_regraded:
        sign = "◇"
    pending = "?" if standing.is_awaiting else ""
    return f"{sign}{pending}{'!' if standing.is_stale or standing.suspended else ''}"
