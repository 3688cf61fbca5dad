"""What is due: the rows, in the order in which they are worked, and what each promise says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from math import prod
from typing import Any, Final

import polars as pl

from rung.text import Text

__all__ = ["PARTS", "WHO", "DueKind", "DueList", "DueRow", "Duty", "Silence"]


class DueKind(StrEnum):
    """What kind of thing is due."""

    CONTACT = "contact"
    RESPOND = "respond"
    REVIEW = "review"
    APPROVE = "approve"
    OVERRIDE = "override"
    """A human input to be looked at again, or soon to expire."""
    RECORD = "record"
    ALARM = "alarm"
    RELEASE = "release"
    """A customer goes to the public pool unless somebody contacts them."""

    @property
    def words(self) -> Text:
        """The kind as a person reads it."""
        return _KINDS[self]


_KINDS: Final = {
    DueKind.CONTACT: Text("联系", "contact"),
    DueKind.RESPOND: Text("答复", "response"),
    DueKind.REVIEW: Text("复评", "review"),
    DueKind.APPROVE: Text("审核", "approval"),
    DueKind.OVERRIDE: Text("人工调整", "override"),
    DueKind.RECORD: Text("记录", "record"),
    DueKind.ALARM: Text("预警", "alarm"),
    DueKind.RELEASE: Text("释放", "release"),
}

PARTS: Final[dict[str, Any]] = {
    "row": pl.UInt32,
    "duty": pl.Int32,
    "note": pl.String,
    "first": pl.Date,
    "due": pl.Date,
    "latest": pl.Date,
    "at": pl.Datetime("us", "UTC"),
    "late_days": pl.Int32,
    "is_late": pl.Boolean,
    "turn": pl.Int32,
    "is_batch": pl.Boolean,
}
"""The columns of what is due; ``row`` leads to ``DueList.who``, ``duty`` to ``DueList.duties``."""
WHO: Final[dict[str, Any]] = {
    "customer_id": pl.String,
    "customer_name": pl.String,
    "grade": pl.String,
    "place": pl.Int32,
    "portfolio": pl.String,
    "holder": pl.String,
}
"""The columns of the customers; ``place`` is the grade's, best first, null without one."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done, the same for all its rows."""

    kind: DueKind
    policy: str
    source: str
    """The grade or flag that brings it; empty where none does."""
    code: str
    """Of the promise, or the id people know the input, record or alarm by."""
    what: Text
    by: str | None
    """The role that owes it."""
    by_title: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One thing due to one customer."""

    customer_id: str
    customer_name: str | None
    grade: str | None
    kind: DueKind
    policy: str
    source: str
    code: str
    what: Text
    by: str | None
    by_title: Text | None
    """What the policy calls that role."""
    holder: str | None
    portfolio: str | None
    first: date | None
    due: date
    latest: date | None
    """The last day on which it is not late; None where it is never late."""
    at: datetime | None
    """The moment it is due, where it is a matter of hours."""
    late_days: int | None
    """Days past the latest; negative while there are some left, 0 on the last."""
    is_late: bool
    turn: int | None
    is_batch: bool

    @property
    def is_numbered(self) -> bool:
        """Whether the code is an id people know it by, and no code of a promise."""
        return not self.source or self.kind in (DueKind.RESPOND, DueKind.APPROVE)


@dataclass(frozen=True, slots=True)
class Silence:
    """Why nothing a policy promises can come due."""

    policy: str
    title: Text
    is_suggested: bool
    """Whether it says something of service that nobody has accepted yet; else it says nothing of it."""


@dataclass(frozen=True)
class DueList:
    """What is due by the end of a day, in the order in which it is worked."""

    parts: pl.DataFrame
    """What is due, one row each: the columns of ``PARTS``."""
    who: pl.DataFrame
    """The customers: the columns of ``WHO``."""
    duties: tuple[Duty, ...]
    day: date
    """The day it is looked at from."""
    until: date
    """What is due later is left out."""
    notices: tuple[str, ...] = ()
    silences: tuple[Silence, ...] = ()
    """Of the policies of the runs, those of which nothing can come due."""

    def __len__(self) -> int:
        return self.parts.height

    @property
    def frame(self) -> pl.DataFrame:
        """The whole list with its customers: the columns of both, those of the customers first."""
        return self._with_customers(self.parts)

    def _with_customers(self, parts: pl.DataFrame) -> pl.DataFrame:
        # Only now, and only for what is looked at: texts of a million customers are slow to move.
        return self.who[parts["row"]].hstack(parts)

    @cached_property
    def late(self) -> int:
        """How many are late."""
        return int(self.parts["is_late"].sum() or 0)

    def counts(self) -> dict[str, int]:
        """Return how many are due of each kind."""
        kinds = [each.kind for each in self.duties]
        found: dict[str, int] = {}
        for duty, count in self.parts.group_by("duty").len().sort("duty").iter_rows():
            found[kinds[duty].value] = found.get(kinds[duty].value, 0) + count
        return found

    def rows(self, first: int = 0, count: int | None = None) -> tuple[DueRow, ...]:
        """Return some of the rows, all from ``first`` on where no count is given."""
        part = self._with_customers(self.parts.slice(first, count))
        return tuple(map(self._row, part.iter_rows(named=True)))

    def _row(self, found: dict[str, Any]) -> DueRow:
        duty = self.duties[found["duty"]]
        return DueRow(
            kind=duty.kind,
            policy=duty.policy,
            source=duty.source,
            code=found["note"] or duty.code,
            what=duty.what,
            by=duty.by,
            by_title=duty.by_title,
            **{name: found[name] for name in _OWN},
        )

    def in_batches(self) -> DueList:
        """Return only what is worked in one batch with others of its grade, grade after grade."""
        return self._ordered("turn", "place", "late", only=pl.col("is_batch"))

    def sorted(self) -> DueList:
        """Return the rows in their order: overdue first, by turn and grade, by how late, by id."""
        return self._ordered("late", "turn", "place")

    def _ordered(self, *first: str, only: pl.Expr | None = None) -> DueList:
        """Return the list by these keys, then by how late, by id and by duty."""
        parts = self.parts if only is None else self.parts.filter(only)
        place, by_id = (each.gather(parts["row"]) for each in (self.who["place"], self._by_id))
        keys = _keys(parts, place, by_id).select(*first, "lateness", "by_id", "duty")
        return replace(self, parts=parts[_order(keys)])

    @cached_property
    def _by_id(self) -> pl.Series:
        """Which place each customer has by id."""
        ids = self.who["customer_id"]
        places = pl.int_range(ids.len(), dtype=pl.UInt32, eager=True)
        return places if ids.is_sorted() else places.clone().scatter(ids.arg_sort(), places)

    @classmethod
    def joined(cls, lists: Sequence[DueList]) -> DueList:
        """Return several lists, of several policies, as one; raises IndexError for none."""
        first = lists[0]
        if len(lists) == 1:
            return first
        duties: list[Duty] = []
        parts: list[pl.DataFrame] = []
        rows = 0
        for each in lists:
            moved = (pl.col("duty") + len(duties)).cast(pl.Int32), (pl.col("row") + rows).cast(pl.UInt32)
            parts.append(each.parts.with_columns(moved))
            duties += each.duties
            rows += each.who.height
        notices = tuple(dict.fromkeys(notice for each in lists for notice in each.notices))
        who = pl.concat([each.who for each in lists])
        silences = tuple(dict.fromkeys(silence for each in lists for silence in each.silences))
        whole = replace(
            first,
            parts=pl.concat(parts),
            who=who,
            duties=tuple(duties),
            notices=notices,
            silences=silences,
        )
        return whole.sorted()


_OWN: Final = (
    "customer_id",
    "customer_name",
    "grade",
    "holder",
    "portfolio",
    "first",
    "due",
    "latest",
    "at",
    "late_days",
    "is_late",
    "turn",
    "is_batch",
)


def _keys(parts: pl.DataFrame, place: pl.Series, by_id: pl.Series) -> pl.DataFrame:
    """Return what a list may be ordered by, as whole numbers from 0 on; what there is not comes last."""
    keys = parts.select("is_late", "late_days", "turn", "duty").with_columns(
        place.alias("place"), by_id.alias("by_id")
    )
    said = {
        "late": ~pl.col("is_late"),
        # As the terms of the grade say, else by the grade.
        "turn": pl.coalesce("turn", pl.col("place") + 1),
        "place": pl.col("place"),
        # What is never late comes last.
        "lateness": -pl.col("late_days").cast(pl.Int64),
        "by_id": pl.col("by_id"),
        "duty": pl.col("duty"),
    }
    whole = (each.cast(pl.Int64).alias(name) for name, each in said.items())
    return keys.select(whole).select(
        (pl.all() - pl.all().min()).fill_null(pl.all().max() - pl.all().min() + 1)
    )


_MOST: Final = 2**62


def _order(keys: pl.DataFrame) -> pl.Series:
    """Return the places of rows in order of their keys: packed into one number, which sorts quickest."""
    counts = [int(each or 0) + 1 for each in keys.max().row(0)]
    if prod(counts) >= _MOST:
        return keys.select(pl.arg_sort_by(keys.columns)).to_series()
    whole = pl.lit(0, dtype=pl.Int64)
    for name, count in zip(keys.columns, counts, strict=True):
        whole = whole * count + pl.col(name)
    return keys.select(whole).to_series().arg_sort()
