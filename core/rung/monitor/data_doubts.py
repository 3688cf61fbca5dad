"""Corrections and judgements in doubt: the source says something new, or the same by now, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from rung.ledger import InputKind
from rung.ledger.grades.correcting import correctable
from rung.ledger.grades.data_standing import DataDoubt
from rung.ledger.grades.kept_values import kept_values

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = ["DataDoubts", "doubts_of"]


@dataclass(frozen=True, slots=True)
class DataDoubts:
    """How many inputs in effect a run has overtaken; ``rung.ledger.grades.data_standing`` agrees."""

    stale: int
    moot: int
    idle: int
    gone: int
    """The customer is not in the run."""


_KINDS: Final = (InputKind.CORRECTION, InputKind.JUDGEMENT)
_DOUBTS: Final = {"kind": pl.String, "doubt": pl.String}


def doubts_of(
    in_effect: pl.DataFrame, measured: pl.LazyFrame, compiled: CompiledPolicy
) -> Mapping[InputKind, DataDoubts]:
    """Compare the values given, and those they replaced, with the measured values of a run."""
    allowed = correctable(compiled, measured.collect_schema().names())
    found = [pl.DataFrame(schema=_DOUBTS)]
    for (subject,), rows in in_effect.partition_by("subject", as_dict=True).items():
        quantity = allowed.get(str(subject))
        if quantity is None:
            source, doubt = pl.lit(None, pl.String), pl.lit(DataDoubt.IDLE.value)
        else:
            source = pl.col(quantity.id)
            value, was = (kept_values(pl.col(name), quantity) for name in ("value", "was"))
            doubt = (
                pl.when(value.is_null() & pl.col("value").is_not_null())
                .then(pl.lit(DataDoubt.IDLE.value))
                .when(pl.col("source").eq_missing(value))
                .then(pl.lit(DataDoubt.MOOT.value))
                .when(pl.col("source").ne_missing(was))
                .then(pl.lit(DataDoubt.STALE.value))
                .otherwise(pl.lit(""))
            )
        customers = measured.select("customer_id", source=source)
        told = rows.lazy().join(customers, on="customer_id", how="inner").select("kind", doubt=doubt)
        found.append(told.collect())
    every = pl.concat(found)
    return {kind: _counted(in_effect, every, kind) for kind in _KINDS}


def _counted(in_effect: pl.DataFrame, found: pl.DataFrame, kind: InputKind) -> DataDoubts:
    doubts = found.filter(kind=kind.value)["doubt"]
    stale, moot, idle = (int((doubts == each.value).sum()) for each in DataDoubt)
    return DataDoubts(stale, moot, idle, in_effect.filter(kind=kind.value).height - len(doubts))
