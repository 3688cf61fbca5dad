"""Counts to how many customers of a graded population each promise is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.grading.promised_columns import PromiseSource, promise_conditions, promise_sources
from rung.simulation.graded import GRADE, Graded
from rung.simulation.load import Owed

if TYPE_CHECKING:
    import polars as pl

__all__ = ["owed_in"]


def owed_in(graded: Graded) -> tuple[Owed, ...]:
    """Return every promise of the policy with the number of customers it is owed to.

    By the model's grades; a promise under a condition counts where the condition holds. The same rules as
    for one customer (``rung.grading.promised``); a flag's class of service counts once where it is the grade.
    """
    import polars as pl

    sources = list(promise_sources(graded.compiled, pl.col(GRADE).cast(pl.String)))
    conditions = promise_conditions(graded.compiled, graded.measured, sources)
    frame = graded.frame.select(GRADE, "flags").hstack(conditions)
    counts = frame.lazy().select(
        _owed(source, place, number, frame.columns).sum().alias(f"owed {place}:{number}")
        for place, source in enumerate(sources)
        for number in range(len(source.terms.obligations))
    )
    found = counts.collect().row(0, named=True) if any(each.terms.obligations for each in sources) else {}
    return tuple(
        Owed(
            source.id,
            source.title,
            each.code,
            each.obligation,
            source.terms.written.is_in_force,
            int(found[f"owed {place}:{number}"]),
        )
        for place, source in enumerate(sources)
        for number, each in enumerate(source.terms.obligations)
    )


def _owed(source: PromiseSource, place: int, number: int, columns: list[str]) -> pl.Expr:
    import polars as pl

    asked = f"{place}:{number}"
    return source.has_it & pl.col(asked) if asked in columns else source.has_it
