"""What a whole population was promised: which grade or flag brings it to whom, and where its conditions hold.

The same rules as for one customer (``rung.grading.promised``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.compiled import CompiledPolicy, CompiledTerms
from rung.text import Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PromiseSource", "promise_conditions", "promise_sources"]


@dataclass(frozen=True, slots=True)
class PromiseSource:
    """A grade or flag that brings promises, and which customers it is true of."""

    id: str
    title: Text
    terms: CompiledTerms
    has_it: pl.Expr
    """Over a frame with the column of grades and ``flags``."""


def promise_sources(compiled: CompiledPolicy, grade: pl.Expr) -> Iterator[PromiseSource]:
    """Yield what brings promises: the grades, then the flags; ``grade`` is the column of grades.

    A flag's class of service counts once where it is the grade.
    """
    import polars as pl

    policy = compiled.policy
    for name in policy.grades:
        if name in compiled.terms:
            yield PromiseSource(name, policy.grade_title(name), compiled.terms[name], grade == name)
    for bit, flag in enumerate(policy.flags):
        raised = pl.col("flags") & (1 << bit) != 0
        if flag.id in compiled.flag_terms:
            yield PromiseSource(flag.id, flag.title, compiled.flag_terms[flag.id], raised)
        elif flag.service_class is not None and flag.service_class in compiled.terms:
            other = grade.ne_missing(pl.lit(flag.service_class))
            yield PromiseSource(flag.id, flag.title, compiled.terms[flag.service_class], raised & other)


def promise_conditions(
    compiled: CompiledPolicy, measured: pl.LazyFrame, sources: Sequence[PromiseSource]
) -> pl.DataFrame:
    """Return a column ``source:obligation``, by their places, for each promise under a condition.

    True where it holds, null where that is open; rows as in ``measured``, the measured frame.
    """
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.derived import with_derived
    from rung.grading.predicates import expression

    asked = {
        f"{place}:{number}": expression(each.condition)
        for place, source in enumerate(sources)
        for number, each in enumerate(source.terms.obligations)
        if each.condition is not None
    }
    if not asked:
        return pl.DataFrame()
    frame = with_derived(compiled.derived, nw.from_native(measured))
    told = frame.with_columns(*(each.alias(name) for name, each in asked.items())).select(*asked)
    found: pl.DataFrame = told.to_native().collect(engine="streaming")
    return found
