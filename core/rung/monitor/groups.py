"""Overrides side by side: by person, reason, team, grade or kind of input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from rung.ledger import InputKind, Status
from rung.monitor.facts import of_kind
from rung.monitor.limits import Limits
from rung.monitor.performance import Performance
from rung.monitor.rates import Rate
from rung.monitor.subject import Subject

__all__ = ["Dimension", "Group", "groups_of", "key_of"]


class Dimension(StrEnum):
    """What figures are laid side by side by."""

    PERSON = "person"
    """Who made it."""
    REASON = "reason"
    TEAM = "team"
    """The maker's team."""
    GRADE = "grade"
    """The model's grade in the run; of customers not in it, the grade overruled."""
    KIND = "kind"
    """Overrides, corrections, judgements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of one person, reason, team, grade or kind."""

    key: str | None
    """None: no reason, no team, or not graded."""
    in_effect: int
    share: float
    """Of all in effect, 0–1; 0 where none is."""
    rate: Rate | None
    """Overruled, of the customers the model gave this grade; None but by grade."""
    up: int
    down: int
    mean_notches: float | None
    """Of those in effect that have notches."""
    stale: int
    suspended: int
    awaiting: int
    returned: int
    proposed: int
    """In the period."""
    rejected: Rate
    """Of those proposed in the period."""
    outcome: Rate | None
    """Of the overruled with a known outcome; None where no outcomes were given."""


def key_of(by: Dimension, teams: Mapping[str, str]) -> pl.Expr:
    """Return what a row belongs to; empty texts are nothing."""
    match by:
        case Dimension.PERSON:
            found = pl.col("maker")
        case Dimension.TEAM:
            found = pl.col("maker").replace_strict(dict(teams), default="", return_dtype=pl.String)
        case Dimension.REASON:
            found = pl.col("reason")
        case Dimension.KIND:
            found = pl.col("kind")
        case Dimension.GRADE:
            found = pl.when("is_in_run").then("model_grade").otherwise("overruled")
    return pl.when(found != "").then(found)


def groups_of(
    facts: pl.DataFrame,
    by: Dimension,
    subject: Subject,
    limits: Limits,
    teams: Mapping[str, str],
    performance: Performance | None,
) -> tuple[Group, ...]:
    """Return the groups there are: grades best first, kinds in order, others by how many are in effect."""
    rows = facts if by is Dimension.KIND else of_kind(facts, InputKind.OVERRIDE)
    is_override = pl.col("kind") == InputKind.OVERRIDE.value
    counts_now = pl.when(is_override).then("is_laid").otherwise(pl.col("status") == Status.APPROVED.value)
    cohort = subject.period.holds("made_on")
    notches = pl.col("notches").filter("now")
    table = (
        rows.with_columns(counts_now.alias("now"), key_of(by, teams).alias("key"))
        .group_by("key")
        .agg(
            in_effect=pl.col("now").sum(),
            graded=(pl.col("now") & pl.col("model_grade").is_not_null()).sum(),
            up=(notches > 0).sum(),
            down=(notches < 0).sum(),
            mean_notches=notches.mean(),
            stale=pl.col("is_stale").sum(),
            suspended=pl.col("suspended").count(),
            awaiting=(pl.col("status") == Status.PROPOSED.value).sum(),
            returned=(pl.col("status") == Status.RETURNED.value).sum(),
            proposed=cohort.sum(),
            rejected=(cohort & (pl.col("status") == Status.REJECTED.value)).sum(),
        )
        .sort("in_effect", "proposed", "key", descending=[True, True, False], nulls_last=True)
    )
    found = [
        _group(row, by, subject, limits, performance, max(1, int(table["in_effect"].sum())))
        for row in table.iter_rows(named=True)
    ]
    return tuple(_in_order(found, by, subject))


def _group(
    row: dict[str, int | float | str | None],
    by: Dimension,
    subject: Subject,
    limits: Limits,
    performance: Performance | None,
    whole: int,
) -> Group:
    from typing import Any, cast

    found = cast("dict[str, Any]", row)
    graded, key = found.pop("graded"), found["key"]
    n = subject.graded.get(key, 0) if by is Dimension.GRADE and key is not None else None
    rejected = Rate.of(found.pop("rejected"), found["proposed"], limits.minimum)
    return Group(
        **found,
        share=found["in_effect"] / whole,
        rate=None if n is None else Rate.of(graded, n, limits.minimum),
        rejected=rejected,
        outcome=None if performance is None else performance.groups.get(key) or Rate.of(0, 0, limits.minimum),
    )


def _in_order(found: list[Group], by: Dimension, subject: Subject) -> list[Group]:
    if by is Dimension.GRADE:
        order: tuple[str, ...] = tuple(subject.graded)
    elif by is Dimension.KIND:
        order = (InputKind.OVERRIDE, InputKind.CORRECTION, InputKind.JUDGEMENT)
    else:
        return found
    places = {key: place for place, key in enumerate(order)}
    return sorted(found, key=lambda each: places.get(each.key or "", len(places)))
