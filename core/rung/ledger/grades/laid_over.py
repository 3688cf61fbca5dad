"""Lays human input over a whole run at once, a million of customers as quickly as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.ledger.grades.effective import Suspension, Tally
from rung.ledger.grades.gates import hard_gates
from rung.ledger.grades.suspending import GatesOf, settled
from rung.ledger.grades.touched import told, touched, with_computed
from rung.ledger.keeping.lines import frame_of

if TYPE_CHECKING:
    import polars as pl

    from rung.policy.model import Policy

__all__ = ["LaidGrade", "LaidOver", "laid_over", "nothing_laid_over"]


@dataclass(frozen=True, slots=True)
class LaidGrade:
    """The grade of one customer as laid over: what a list of many shows of ``Effective``."""

    model_grade: str | None
    computed_grade: str | None
    grade: str | None
    """The effective grade."""
    is_overridden: bool
    """Whether the effective grade is a person's."""
    notches: int | None
    """How many grades better that is than the one overruled; None where grades are no ranks."""
    suspended: Suspension | None
    is_stale: bool
    is_awaiting: bool

    @property
    def is_regraded(self) -> bool:
        """Whether judgements and corrections gave another grade than the machine had."""
        return self.computed_grade != self.model_grade


@dataclass(frozen=True, slots=True)
class LaidOver:
    """A run with human input laid over it."""

    results: pl.LazyFrame
    """The run's, without an effective grade."""
    customers: pl.DataFrame
    """Those with open human input, in the run's order: ``row`` (place in the run), ``customer_id``,
    ``model_grade``, ``computed_grade``, ``effective_grade``, ``override`` and ``pending`` (ids),
    ``is_stale``, ``suspended`` (Enum of Suspension), ``data`` and ``pending_data`` (how many), ``notches``
    (of the override)."""

    def frame(self) -> pl.LazyFrame:
        """Return the results with ``effective_grade`` after ``model_grade``; rows keep their order."""
        import polars as pl

        names = self.results.collect_schema().names()
        place = names.index("model_grade") + 1
        changed = self.customers.filter(pl.col("effective_grade").ne_missing(pl.col("model_grade")))
        effective = pl.col("model_grade").cast(self.customers.schema["effective_grade"])
        results = self.results
        if changed.height:
            # In the results' own order: laid beside them, no customer is looked for again.
            rows = self.results.select(pl.len()).collect().item()
            grade = pl.Series("__grade", [None], dtype=changed.schema["effective_grade"]).new_from_index(
                0, rows
            )
            is_other = pl.Series("__is_other", [False]).new_from_index(0, rows)
            beside = pl.DataFrame(
                [
                    grade.scatter(changed["row"], changed["effective_grade"]),
                    is_other.scatter(changed["row"], True),
                ]
            )
            results = pl.concat([results, beside.lazy()], how="horizontal")
            effective = pl.when("__is_other").then("__grade").otherwise(effective)
        return results.select(*names[:place], effective.alias("effective_grade"), *names[place:])

    def grades(self) -> dict[str, LaidGrade]:
        """Return the grades of those with open human input, by customer, in the run's order."""
        columns = (
            "customer_id",
            "model_grade",
            "computed_grade",
            "effective_grade",
            "override",
            "notches",
            "suspended",
            "is_stale",
            "pending",
            "pending_data",
        )
        found = {}
        for customer, model, computed, grade, override, notches, cause, is_stale, *pending in self.customers[
            columns
        ].iter_rows():
            found[customer] = LaidGrade(
                model_grade=model,
                computed_grade=computed,
                grade=grade,
                is_overridden=override is not None and cause is None,
                notches=notches,
                suspended=None if cause is None else Suspension(cause),
                is_stale=is_stale,
                is_awaiting=pending[0] is not None or pending[1] > 0,
            )
        return found

    def tally(self) -> Tally:
        """Return how many customers have open human input, and where it stands."""
        import polars as pl

        is_pending = pl.col("pending").is_not_null() | (pl.col("pending_data") > 0)
        counts = self.customers.select(
            in_effect=(pl.col("override").is_not_null() & pl.col("suspended").is_null()).sum(),
            stale=pl.col("is_stale").sum(),
            suspended=pl.col("suspended").is_not_null().sum(),
            awaiting=is_pending.sum(),
            corrected=(pl.col("data") > 0).sum(),
            regraded=pl.col("computed_grade").ne_missing(pl.col("model_grade")).sum(),
        )
        return Tally(**counts.row(0, named=True))


def laid_over(
    results: pl.LazyFrame,
    opened: pl.DataFrame,
    policy: Policy,
    today: date,
    *,
    computed: Callable[[], pl.DataFrame | None] | None = None,
    gates_of: GatesOf | None = None,
) -> LaidOver:
    """Lay the open human input under a policy over a run's results.

    ``opened`` is the ledger's ``open_frame``; ``computed`` gives what ``regrading.computed_results`` does, or
    None where no judgement or correction is in effect; it is asked last, and may be worked out meanwhile. A
    run keeps three reasons a customer, gates first. Where more may have fired than that, ``gates_of`` is
    asked, for those few customers alone.
    """
    import polars as pl

    results, grades = results.drop("effective_grade", strict=False), pl.Enum(policy.grades)
    # Only hard gates need the reasons.
    reasons = told(results) if hard_gates(policy) else ()
    found = touched(results, opened, today, grades, reasons)
    found = with_computed(found, computed and computed(), grades)
    return LaidOver(results, settled(found, policy, gates_of))


def nothing_laid_over(results: pl.LazyFrame, policy: Policy) -> LaidOver:
    """Return a run that no human input is laid over."""
    return laid_over(results, frame_of((), ""), policy, date.max)
