"""The value followed through a simulation: a number of each customer, such as its yearly sales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rung.errors import RungError, did_you_mean
from rung.grading.compiled import CompiledPolicy
from rung.policy.formula import Formula
from rung.text import _
from rung.vocabulary import Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["followed", "inputs_of", "with_worth"]


def followed(name: str | None, policies: Sequence[CompiledPolicy]) -> Quantity | None:
    """Return the number that is to be followed; raises RungError for what is unknown, or no number."""
    if name is None:
        return None
    known = {key: each for policy in reversed(policies) for key, each in policy.quantities.items()}
    if name not in known:
        numbers = sorted(key for key, each in known.items() if each.kind.is_numeric)
        raise RungError.of(
            _("There is no field, feature or derived value “{found}”.").format(found=name),
            did_you_mean(name, numbers),
        )
    if not known[name].kind.is_numeric:
        raise RungError.of(
            _("“{name}” is no number, so it cannot be added up.").format(name=known[name].title),
            _("Name an amount or a count."),
        )
    return known[name]


def inputs_of(value: Quantity, policies: Sequence[CompiledPolicy]) -> frozenset[str]:
    """Return what must be measured for a value: itself, or what its formula reads."""
    own = next((found for each in policies if (found := _formulas(value.id, each))), ())
    if not own:
        return frozenset({value.id})
    return frozenset(name for each in own for name in each.names()) - {each.result.id for each in own}


def with_worth(
    measured: pl.LazyFrame, value: Quantity | None, policies: Sequence[CompiledPolicy]
) -> pl.DataFrame:
    """Return every customer's ``customer_id``, ``customer_name`` and, where one is followed, ``value``."""
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.derived import with_derived

    columns = [pl.col("customer_id"), pl.col("customer_name")]
    if value is not None:
        own = next((found for each in policies if (found := _formulas(value.id, each))), ())
        measured = with_derived(own, nw.from_native(measured)).to_native()
        columns.append(pl.col(value.id).alias("value"))
    return measured.select(columns).collect(engine="streaming")


def _formulas(name: str, compiled: CompiledPolicy) -> tuple[Formula, ...]:
    """Return the formulas a derived value needs, in order; none for a value that is measured."""
    wanted = {name}
    for formula in reversed(compiled.derived):
        if formula.result.id in wanted:
            wanted |= set(formula.names())
    return tuple(each for each in compiled.derived if each.result.id in wanted)
