"""Counts to how many customers of a graded population each promise is owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy, CompiledTerms
from rung.simulation.graded import GRADE, Graded
from rung.simulation.load import Owed
from rung.text import Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["owed_in"]


@dataclass(frozen=True, slots=True)
class _Source:
    """A grade or flag that brings promises, and which customers it is true of."""

    id: str
    title: Text
    terms: CompiledTerms
    has_it: pl.Expr


def owed_in(graded: Graded) -> tuple[Owed, ...]:
    """Return every promise of the policy with the number of customers it is owed to.

    By the model's grades; a promise under a condition counts where the condition holds. The same rules as
    for one customer (``rung.grading.promised``); a flag's class of service counts once where it is the grade.
    """
    sources = list(_sources(graded.compiled))
    conditions = _conditions(graded, sources)
    frame = graded.frame.select(GRADE, "flags").hstack(conditions)
    counts = frame.lazy().select(
        _owed(source, place, number, frame.columns).sum().alias(f"{place}:{number}")
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
            int(found[f"{place}:{number}"]),
        )
        for place, source in enumerate(sources)
        for number, each in enumerate(source.terms.obligations)
    )


def _sources(compiled: CompiledPolicy) -> Iterator[_Source]:
    import polars as pl

    policy, grade = compiled.policy, pl.col(GRADE).cast(pl.String)
    for name in policy.grades:
        if name in compiled.terms:
            yield _Source(name, policy.grade_title(name), compiled.terms[name], grade == name)
    for bit, flag in enumerate(policy.flags):
        raised = pl.col("flags") & (1 << bit) != 0
        if flag.id in compiled.flag_terms:
            yield _Source(flag.id, flag.title, compiled.flag_terms[flag.id], raised)
        elif flag.service_class is not None and flag.service_class in compiled.terms:
            other = grade.ne_missing(pl.lit(flag.service_class))
            yield _Source(flag.id, flag.title, compiled.terms[flag.service_class], raised & other)


def _owed(source: _Source, place: int, number: int, columns: list[str]) -> pl.Expr:
    import polars as pl

    asked = f"when {place}:{number}"
    return source.has_it & pl.col(asked) if asked in columns else source.has_it


def _conditions(graded: Graded, sources: list[_Source]) -> pl.DataFrame:
    """Return a column for each promise under a condition: whether it holds, null where that is open."""
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.derived import with_derived
    from rung.grading.predicates import expression

    asked = {
        f"when {place}:{number}": expression(each.condition)
        for place, source in enumerate(sources)
        for number, each in enumerate(source.terms.obligations)
        if each.condition is not None
    }
    if not asked:
        return pl.DataFrame()
    frame = with_derived(graded.compiled.derived, nw.from_native(graded.measured))
    told = frame.with_columns(*(each.alias(name) for name, each in asked.items())).select(*asked)
    found: pl.DataFrame = told.to_native().collect(engine="streaming")
    return found
