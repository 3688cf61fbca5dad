"""The customers of a run with open human input, a row each: their results beside what is open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.ledger.grades.placing import ROW, Places, placed
from rung.ledger.kinds import InputKind
from rung.ledger.records import State

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CONFLICT", "GATE", "REASONS", "told", "touched", "with_computed"]

REASONS: Final = ("reason_1", "reason_2", "reason_3")
"""The columns of the three reasons a run keeps, gates first."""
GATE: Final = "gate:"
"""What the code of a gate begins with."""
CONFLICT: Final = "conflict"
"""The cause of not being graded where gates contradict each other."""


def told(results: pl.LazyFrame) -> list[pl.Expr]:
    """Return the reasons, and the cause of not being graded, as texts."""
    import polars as pl

    is_there = "not_graded" in results.collect_schema()
    cause = pl.col("not_graded") if is_there else pl.lit(None).alias("not_graded")
    return [pl.col(name).cast(pl.String) for name in REASONS] + [cause.cast(pl.String)]


def touched(
    results: pl.LazyFrame,
    opened: pl.DataFrame,
    today: date,
    grades: pl.Enum,
    reasons: Collection[pl.Expr] = (),
) -> pl.DataFrame:
    """Return the customers of a run with open human input, in the run's order.

    ``row``, ``customer_id``, ``model_grade``, the reasons asked for; of the override in effect ``override``
    (its id), ``overruled``, ``given`` (grades, null where the policy has them no more), ``notches``,
    ``is_gone`` (the grade given is no more) and ``was_none`` (no grade was overruled); of the pending one
    ``pending``, ``contested`` and ``contested_none``; of values ``data`` and ``pending_data``, how many.
    """
    import polars as pl

    live = placed(opened, results, today)
    is_override = live["kind"] == InputKind.OVERRIDE.value
    stands = live["state"] == State.IN_EFFECT.value
    places = Places.of(live[ROW])
    parts = [
        places.laid(live.select(ROW, "customer_id")),
        results.select(pl.col("model_grade").cast(grades), *reasons).collect()[places.rows],
        places.laid(_standing(live, is_override & stands, grades)),
        places.laid(_pending(live, is_override & ~stands, grades)),
        places.laid(_data(live[ROW], ~is_override, stands)),
    ]
    found = pl.concat(parts, how="horizontal").insert_column(0, places.rows)
    return found.with_columns(pl.col("data", "pending_data").fill_null(0))


def _standing(live: pl.DataFrame, chosen: pl.Series, grades: pl.Enum) -> pl.DataFrame:
    part = live.select(ROW, "id", "model_grade", "proposed_grade", "notches").filter(chosen)
    overruled, given = part["model_grade"], part["proposed_grade"]
    now = _as_own(given, grades)
    return part.select(
        ROW,
        override="id",
        overruled=_as_own(overruled, grades),
        given=now,
        notches="notches",
        is_gone=given.is_not_null() & now.is_null(),
        was_none=overruled.is_null(),
    )


def _pending(live: pl.DataFrame, chosen: pl.Series, grades: pl.Enum) -> pl.DataFrame:
    part = live.select(ROW, "id", "model_grade").filter(chosen)
    overruled = part["model_grade"]
    return part.select(
        ROW, pending="id", contested=_as_own(overruled, grades), contested_none=overruled.is_null()
    )


def _as_own(named: pl.Series, grades: pl.Enum) -> pl.Series:
    """Return grades on record as the policy's own, null where it has them no more."""
    import polars as pl

    if named.dtype != pl.Categorical:
        return named.cast(grades, strict=False)
    # By their codes: a million name only a few, and no text is compared.
    each = named.drop_nulls().unique()
    codes = each.to_physical()
    own = pl.Series([None], dtype=grades).new_from_index(0, 1 + int(codes.max() or 0))  # type: ignore[arg-type]
    return own.scatter(codes, each.cast(pl.String).cast(grades, strict=False)).gather(named.to_physical())


def _data(rows: pl.Series, chosen: pl.Series, stands: pl.Series) -> pl.DataFrame:
    import polars as pl

    part = pl.DataFrame({ROW: rows, "stands": stands}).filter(chosen)
    data, pending = pl.col("stands").alias("data"), (~pl.col("stands")).alias("pending_data")
    if len(Places.of(part[ROW]).rows) == part.height:  # one each, as nearly always
        return part.select(ROW, data.cast(pl.UInt32), pending.cast(pl.UInt32))
    return part.group_by(ROW).agg(data.sum(), pending.sum())


def with_computed(found: pl.DataFrame, computed: pl.DataFrame | None, grades: pl.Enum) -> pl.DataFrame:
    """Return touched customers with their ``computed_grade``, and the reasons that go with it."""
    import polars as pl

    found = found.with_columns(computed_grade=pl.col("model_grade"))
    if computed is None:
        return found
    if ROW not in computed.columns:
        computed = computed.join(found.select(ROW, "customer_id"), on="customer_id", how="inner")
    computed = computed.with_columns(pl.col("computed_grade").cast(pl.String).cast(grades))
    # The rows of both rise: by place the new stands over the old, no customer is looked for again.
    at = Places.of(found[ROW]).found(computed[ROW])
    names = ("computed_grade", *(each for each in (*REASONS, "not_graded") if each in found.columns))
    return found.with_columns(
        found[name].clone().scatter(at, computed[name].cast(found.schema[name])) for name in names
    )
