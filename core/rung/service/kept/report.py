"""What was kept of what was promised, counted by person, grade, kind, maker, week or month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

import polars as pl

from rung.service.kept.instances import Kept

__all__ = ["COUNTS", "By", "KeptLine", "KeptReport"]

COUNTS: Final[dict[str, Any]] = {
    "policy": pl.String,
    "kind": pl.String,
    "code": pl.String,
    "grade": pl.String,
    "person": pl.String,
    "maker": pl.String,
    "due": pl.Date,
    "state": pl.String,
    "n": pl.UInt32,
}
"""The columns of what came due: ``state`` a value of ``Kept``, ``person`` the holder, else the portfolio."""
FEW: Final = 10
"""Fewer promises judged than that say little."""


class By(StrEnum):
    """What the counts are told by."""

    PERSON = "person"
    GRADE = "grade"
    KIND = "kind"
    WEEK = "week"
    """That begins on this Monday."""
    MONTH = "month"
    MAKER = "maker"
    """Of what was done: whoever had the contact, gave the answer, made the review."""
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What came of the promises of one person, grade or period."""

    names: tuple[str | None, ...]
    """What they are told by, in the order asked for; None where nothing is known."""
    kept: int
    late: int
    missed: int
    open: int

    @property
    def due(self) -> int:
        """How many came due."""
        return self.judged + self.open

    @property
    def judged(self) -> int:
        """How many are decided: all but those still open."""
        return self.kept + self.late + self.missed

    @property
    def rate(self) -> Fraction | None:
        """The part kept in time of those judged; None where none is."""
        return Fraction(self.kept, self.judged) if self.judged else None

    @property
    def is_few(self) -> bool:
        """Whether so few are judged that the rate says little."""
        return self.judged < FEW


@dataclass(frozen=True)
class KeptReport:
    """What was kept of what was promised in a period."""

    counts: pl.DataFrame
    """``COUNTS``."""
    first: date
    until: date
    runs: tuple[tuple[str, date], ...]
    """The runs whose grades it is judged by, with their days."""
    grades: tuple[str, ...] = ()
    """In their order, to sort by."""
    notices: tuple[str, ...] = ()

    @property
    def whole(self) -> KeptLine:
        """All of it."""
        found = self.lines()
        return found[0] if found else KeptLine((), 0, 0, 0, 0)

    def lines(self, *by: By) -> tuple[KeptLine, ...]:
        """Return the counts by what is asked; grades in their order, all else by its name."""
        told = self.counts.with_columns(_EXPRESSIONS[each].alias(f"by {each}") for each in by)
        keys = [f"by {each}" for each in by]
        sums = [
            pl.col("n").filter(pl.col("state") == each.value).sum().cast(pl.Int64).alias(each.value)
            for each in Kept
        ]
        found = told.group_by(keys).agg(sums) if keys else told.select(sums)
        lines = [KeptLine(tuple(row[: len(by)]), *row[len(by) :]) for row in found.rows()]
        return tuple(sorted((each for each in lines if each.due), key=lambda line: self._place(by, line)))

    def _place(self, by: tuple[By, ...], line: KeptLine) -> tuple[Any, ...]:
        return tuple(self._places(by, line.names))

    def _places(self, by: tuple[By, ...], names: tuple[str | None, ...]) -> Iterator[tuple[bool, int, str]]:
        for each, name in zip(by, names, strict=True):
            place = self.grades.index(name) if each is By.GRADE and name in self.grades else len(self.grades)
            yield name is None, place, name or ""


_EXPRESSIONS: Final[dict[By, pl.Expr]] = {
    By.PERSON: pl.col("person"),
    By.GRADE: pl.col("grade"),
    By.KIND: pl.col("kind"),
    By.WEEK: pl.col("due").dt.truncate("1w").cast(pl.String),
    By.MONTH: pl.col("due").dt.strftime("%Y-%m"),
    By.MAKER: pl.col("maker"),
    By.POLICY: pl.col("policy"),
}
