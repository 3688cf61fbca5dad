"""Counts the real customers inside each finding, in one pass over a measured table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rung.grading.analysis.finding import Finding
from rung.grading.cases import Frame
from rung.grading.compiled import CompiledPolicy
from rung.grading.predicates import expression
from rung.policy.binding import Bound, tests_in

if TYPE_CHECKING:
    import polars as pl

__all__ = ["counted"]

_AT_ONCE: Final = 200
# Conditions evaluated in one pass: each is a column while it lasts.


def counted(
    findings: Sequence[Finding], compiled: CompiledPolicy, measured: pl.LazyFrame
) -> tuple[Finding, ...]:
    """Return the findings with the number of customers of a measured frame each concerns.

    A finding that needs a value the frame does not hold keeps ``None``.
    """
    import narwhals.stable.v2 as nw

    from rung.grading.derived import with_derived

    names = set(measured.collect_schema().names())
    formulas = tuple(formula for formula in compiled.derived if _is_known(formula.names(), names, compiled))
    frame = with_derived(formulas, nw.from_native(measured))
    names |= {formula.result.id for formula in formulas}
    asked = [
        (place, each.inside)
        for place, each in enumerate(findings)
        if each.inside is not None and {test.quantity.id for test in tests_in(each.inside)} <= names
    ]
    found = list(findings)
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        for (place, _bound), customers in zip(part, _counts(frame, part), strict=True):
            found[place] = findings[place].counted(customers)
    return tuple(found)


def _is_known(names: Sequence[str], measured: set[str], compiled: CompiledPolicy) -> bool:
    own = {formula.result.id: formula for formula in compiled.derived}
    return all(
        name in measured or (name in own and _is_known(own[name].names(), measured, compiled))
        for name in names
    )


def _counts(frame: Frame, asked: Sequence[tuple[int, Bound]]) -> list[int]:
    import narwhals.stable.v2 as nw
    import polars as pl

    # Joined with a column that is never missing: a condition that asks nothing is no column of its own.
    always = ~nw.col("customer_id").is_null()
    columns = frame.select(*((always & expression(bound)).alias(str(place)) for place, bound in asked))
    sums = columns.to_native().select(pl.all().sum()).collect(engine="streaming")
    return [int(count) for count in sums.row(0)]
