"""Lays human input over some customers of a run one by one, with the records themselves, to be shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from rung.ledger.grades.effective import Effective, Overlay
from rung.ledger.grades.suspending import GatesOf
from rung.ledger.grades.touched import CONFLICT, GATE, REASONS, told

if TYPE_CHECKING:
    import polars as pl

__all__ = ["effective_grades"]


def effective_grades(
    results: pl.LazyFrame,
    overlay: Overlay,
    gates_of: GatesOf | None = None,
    computed: pl.DataFrame | None = None,
) -> dict[str, Effective]:
    """Return the effective grade of every customer of a run with open human input, in the run's order.

    With the records themselves, for where these are shown; see ``laid_over`` for ``gates_of`` and
    ``computed``, which the overlay knows the grades of.
    """
    import polars as pl

    customers = pl.Series(sorted(overlay.customers), dtype=pl.String)
    if not len(customers):
        return {}
    found = (
        results.filter(pl.col("customer_id").is_in(customers.implode()))
        .select("customer_id", "model_grade", *told(results))
        .collect()
    )
    if computed is not None and overlay.hard:
        found = _with_new_reasons(found, computed)
    return {
        customer: overlay.of(customer, model, _gates(customer, reasons, cause, overlay, gates_of))
        for customer, model, *reasons, cause in found.iter_rows()
    }


def _with_new_reasons(found: pl.DataFrame, computed: pl.DataFrame) -> pl.DataFrame:
    """Return the customers with the reasons of their computed grades."""
    import polars as pl

    names = (*REASONS, "not_graded")
    anew = computed.select("customer_id", pl.col(names).cast(pl.String), is_new=pl.lit(value=True))
    beside = found.join(anew, on="customer_id", how="left", maintain_order="left", suffix="_new")
    return beside.select(
        "customer_id",
        "model_grade",
        *(pl.when("is_new").then(f"{name}_new").otherwise(name).alias(name) for name in names),
    )


def _gates(
    customer: str, reasons: list[Any], cause: str | None, overlay: Overlay, gates_of: GatesOf | None
) -> Collection[str]:
    if not overlay.hard or customer not in overlay.in_effect:
        return ()
    seen = {code.removeprefix(GATE) for code in reasons if code and code.startswith(GATE)}
    last = reasons[-1]
    may_hide = bool(last) and (last.startswith(GATE) or cause == CONFLICT) and len(seen) < overlay.gate_count
    return gates_of(customer) if may_hide and gates_of else seen
