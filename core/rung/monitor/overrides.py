"""Overrides watched (CRR Art. 172(3)): how often, which way, why, by whom, how old, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rung.ledger import InputKind, Status
from rung.monitor.data_doubts import DataDoubts
from rung.monitor.facts import of_kind
from rung.monitor.figures import InputFigures, figures_of
from rung.monitor.groups import Dimension, Group, groups_of
from rung.monitor.limits import Alert, Limits
from rung.monitor.performance import Performance
from rung.monitor.rates import Rate
from rung.monitor.subject import Subject

__all__ = ["OverridesWatched", "Overruled", "overruled_in", "watched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """How many of a run's customers bear a person's grade, and what is in doubt about these."""

    rate: Rate
    """Of the customers the model graded."""
    alert: Alert | None
    not_graded: int
    """Customers the model left without a grade, and a person gave one."""
    stale: int
    """Open, and the computed grade is no more the one overruled."""
    suspended: Mapping[str, int]
    """By cause: in effect by the record, and not laid over the grade."""
    gone: int
    """Open, and the customer is not in the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridesWatched:
    """Everything watched of the human input under a policy."""

    subject: Subject
    limits: Limits
    overruled: Overruled
    overrides: InputFigures
    corrections: InputFigures
    judgements: InputFigures
    doubts: Mapping[InputKind, DataDoubts]
    """Corrections and judgements in effect that the source has overtaken."""
    by: Dimension | None
    groups: tuple[Group, ...]
    performance: Performance | None
    """None where no outcomes were given."""
    is_empty: bool
    """Whether no human input under the policy is on record at all."""

    @property
    def findings(self) -> tuple[Alert, ...]:
        """What is worth a look; nothing where nobody has put anything in."""
        alert = self.overruled.alert
        return () if alert is None or self.is_empty else (alert,)


def watched(
    facts: pl.DataFrame,
    subject: Subject,
    limits: Limits,
    *,
    by: Dimension | None = None,
    teams: Mapping[str, str] | None = None,
    doubts: Mapping[InputKind, DataDoubts] | None = None,
    performance: Performance | None = None,
) -> OverridesWatched:
    """Return all figures, from the table of human inputs with what they do to the run laid in."""
    kinds = {kind: of_kind(facts, kind) for kind in InputKind}
    in_effect = {kind: in_effect_of(rows, kind) for kind, rows in kinds.items()}

    def figures(kind: InputKind) -> InputFigures:
        return figures_of(kinds[kind], kind, in_effect[kind], subject.today, subject.period, limits.minimum)

    return OverridesWatched(
        subject=subject,
        limits=limits,
        overruled=overruled_in(kinds[InputKind.OVERRIDE], subject, limits),
        overrides=figures(InputKind.OVERRIDE),
        corrections=figures(InputKind.CORRECTION),
        judgements=figures(InputKind.JUDGEMENT),
        doubts=doubts or {},
        by=by,
        groups=() if by is None else groups_of(facts, by, subject, limits, teams or {}, performance),
        performance=performance,
        is_empty=facts.is_empty(),
    )


def in_effect_of(rows: pl.DataFrame, kind: InputKind) -> pl.DataFrame:
    """Return the rows that count as in effect: an override only where a customer of the run bears it."""
    if kind is InputKind.OVERRIDE:
        return rows.filter("is_laid")
    return rows.filter(pl.col("status") == Status.APPROVED.value)


def overruled_in(rows: pl.DataFrame, subject: Subject, limits: Limits) -> Overruled:
    """Count the customers of a run who bear a person's grade, from the rows of overrides."""
    borne = rows.filter("is_laid")
    of_graded = borne["model_grade"].count()
    rate = Rate.of(of_graded, subject.graded_customers, limits.minimum)
    is_open = pl.col("status").is_in([each.value for each in Status if each.is_open])
    causes = rows["suspended"].drop_nulls().value_counts().sort("suspended")
    return Overruled(
        rate=rate,
        alert=limits.alert(rate),
        not_graded=borne.height - of_graded,
        stale=int(rows["is_stale"].sum()),
        suspended=dict(causes.iter_rows()),
        gone=rows.filter(is_open & ~pl.col("is_in_run")).height,
    )
