"""Lays overrides over a whole run: only rows that have one are looked at, the others keep their grade."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

from rung.ledger.effective import Effective, Overlay

if TYPE_CHECKING:
    import polars as pl

__all__ = ["GatesOf", "effective_grades", "laid_over"]

GatesOf = Callable[[str], Collection[str]]
"""Gives the ids of all gates that fired for a customer, by the customer's id."""

_REASONS: Final = ("reason_1", "reason_2", "reason_3")
_GATE: Final = "gate:"


def laid_over(results: pl.LazyFrame, overlay: Overlay, gates_of: GatesOf | None = None) -> pl.LazyFrame:
    """Return a results frame with ``effective_grade`` after ``model_grade``; rows keep their order.

    See ``effective_grades`` for ``gates_of``.
    """
    import polars as pl

    grades = pl.Enum(overlay.grades)
    results = results.drop("effective_grade", strict=False)
    found = effective_grades(results, overlay, gates_of)
    changed = {customer: each.grade for customer, each in found.items() if each.is_overridden}
    effective = pl.col("model_grade").cast(grades)
    if changed:
        table = pl.LazyFrame(
            {"customer_id": list(changed), "effective_grade": list(changed.values())},
            schema={"customer_id": pl.String, "effective_grade": grades},
        )
        results = results.join(table, on="customer_id", how="left", maintain_order="left")
        effective = pl.coalesce("effective_grade", effective)
    names = [name for name in results.collect_schema().names() if name != "effective_grade"]
    place = names.index("model_grade") + 1
    return results.select(*names[:place], effective.alias("effective_grade"), *names[place:])


def effective_grades(
    results: pl.LazyFrame, overlay: Overlay, gates_of: GatesOf | None = None
) -> dict[str, Effective]:
    """Return the effective grade of every customer of a run that has an open override, in the run's order.

    A run keeps three reasons a customer, gates first. Where the policy has more gates than that, a hard
    one may have fired unseen; ``gates_of`` is then asked, for those few customers alone.
    """
    import polars as pl

    customers = pl.Series(sorted(overlay.customers), dtype=pl.String)
    if not len(customers):
        return {}
    touched = (
        results.filter(pl.col("customer_id").is_in(customers.implode()))
        .select("customer_id", "model_grade", *_REASONS)
        .collect()
    )
    return {
        customer: overlay.of(customer, grade, _gates(customer, reasons, overlay, gates_of))
        for customer, grade, *reasons in touched.iter_rows()
    }


def _gates(customer: str, reasons: list[Any], overlay: Overlay, gates_of: GatesOf | None) -> Collection[str]:
    if not overlay.hard:
        return ()
    seen = {str(code).removeprefix(_GATE) for code in reasons if code and code.startswith(_GATE)}
    may_hide = len(seen) == len(_REASONS) < overlay.gate_count
    return gates_of(customer) if may_hide and gates_of else seen
