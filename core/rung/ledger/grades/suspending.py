"""Whether overrides are laid over computed grades or suspended, for many customers at once.

The rules are those of ``Overlay.of``, which goes by one customer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from rung.ledger.grades.effective import Suspension
from rung.ledger.grades.gates import HardGate, hard_gates
from rung.ledger.grades.placing import ROW
from rung.ledger.grades.touched import CONFLICT, GATE, REASONS

if TYPE_CHECKING:
    import polars as pl

    from rung.policy.model import Policy

__all__ = ["GatesOf", "settled"]

GatesOf = Callable[[str], Collection[str]]
"""Gives the ids of all gates that fired for a customer, by the customer's id, with the data in effect."""


def settled(touched: pl.DataFrame, policy: Policy, gates_of: GatesOf | None) -> pl.DataFrame:
    """Return touched customers, with their computed grades, as ``LaidOver.customers`` has them."""
    import polars as pl

    has_one = pl.col("override").is_not_null()
    causes = pl.Enum([each.value for each in Suspension])
    # What is said first counts: so the last is laid down first.
    cause: pl.Expr = pl.lit(None, causes)
    if policy.ordered:
        cause = pl.when(has_one & _fell()).then(pl.lit(Suspension.MODEL_FELL.value, causes)).otherwise(cause)
    hard = hard_gates(policy)
    if hard:
        touched = touched.with_columns(held=_held(touched, policy, hard, gates_of))
        cause = pl.when("held").then(pl.lit(Suspension.HARD_GATE.value, causes)).otherwise(cause)
    cause = pl.when("is_gone").then(pl.lit(Suspension.GRADE_GONE.value, causes)).otherwise(cause)
    is_stale = (has_one & _other_than("overruled", "was_none")) | (
        pl.col("pending").is_not_null() & _other_than("contested", "contested_none")
    )
    stands = has_one & pl.col("suspended").is_null()
    return touched.with_columns(suspended=cause, is_stale=is_stale.fill_null(value=False)).select(
        ROW,
        "customer_id",
        "model_grade",
        "computed_grade",
        pl.when(stands).then("given").otherwise("computed_grade").alias("effective_grade"),
        "override",
        "pending",
        "is_stale",
        "suspended",
        "data",
        "pending_data",
        "notches",
    )


def _other_than(grade: str, was_none: str) -> pl.Expr:
    """Return whether the computed grade is another than one on record, which the policy may have no more."""
    import polars as pl

    is_gone = pl.col(grade).is_null() & ~pl.col(was_none)
    return is_gone | pl.col(grade).ne_missing(pl.col("computed_grade"))


def _fell() -> pl.Expr:
    """Return whether an override lifts above a computed grade that has fallen since, by no agreed lift."""
    import polars as pl

    overruled, given, computed = (
        pl.col(name).cat.physical() for name in ("overruled", "given", "computed_grade")
    )
    lifted = (pl.col("notches") > 0).fill_null(value=False)
    below = computed.is_null() | overruled.is_null() | (computed > overruled)
    above = computed.is_not_null() & (computed > given)
    return pl.when(pl.col("was_none") | ~lifted).then(above).otherwise(below)


def _held(
    touched: pl.DataFrame, policy: Policy, hard: Collection[HardGate], gates_of: GatesOf | None
) -> pl.Series:
    """Return whether a hard gate holds a customer below, above or beside the grade given."""
    import polars as pl

    codes, given = [pl.col(name) for name in REASONS], pl.col("given").cast(pl.String)
    forbids = {gate.id: ~given.is_in(list(gate.allowed)) for gate in hard}
    fired = {gate.id: pl.any_horizontal(code == GATE + gate.id for code in codes) for gate in hard}
    seen = [fired[gate.id].fill_null(value=False) & forbids[gate.id] for gate in hard]
    held = touched.select(pl.any_horizontal(seen).fill_null(value=False)).to_series()
    if gates_of is None:
        return held
    last, is_conflict = codes[-1], pl.col("not_graded") == CONFLICT
    shown = pl.sum_horizontal(code.str.starts_with(GATE).fill_null(value=False) for code in codes)
    may_hide = (last.is_not_null() & (last.str.starts_with(GATE) | is_conflict.fill_null(value=False))) & (
        shown < len(policy.gates)
    )
    may_hold = ~held & touched.select(
        may_hide & pl.any_horizontal(forbids.values()).fill_null(value=False)
    ).to_series().fill_null(value=False)
    places = may_hold.arg_true()
    asked = touched.select("customer_id", given)[places]
    found = [
        any(gate.id in fired_gates and grade not in gate.allowed for gate in hard)
        for fired_gates, grade in zip(map(gates_of, asked["customer_id"]), asked["given"], strict=True)
    ]
    return held.scatter(places, pl.Series(found, dtype=pl.Boolean)) if found else held
