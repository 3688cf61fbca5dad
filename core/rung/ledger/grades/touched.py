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
    import polars as pl

    part = live.select(ROW, "id", "model_grade", "proposed_grade", "notches").filter(chosen)
    overruled, given = pl.col("model_grade"), pl.col("proposed_grade")
    now = given.cast(grades, strict=False)
    return part.select(
        ROW,
        override="id",
        overruled=overruled.cast(grades, strict=False),
        given=now,
        notches="notches",
        is_gone=given.is_not_null() & now.is_null(),
        was_none=overruled.is_null(),
    )


def _pending(live: pl.DataFrame, chosen: pl.Series, grades: pl.Enum) -> pl.DataFrame:
    import polars as pl

    overruled = pl.col("model_grade")
    return (
        live.select(ROW, "id", "model_grade")
        .filter(chosen)
        .select(
            ROW,
            pending="id",
            contested=overruled.cast(grades, strict=False),
            contested_none=overruled.is_null(),
        )
    )


def _data(rows: pl.Series, chosen: pl.Series, stands: pl.Series) -> pl.DataFrame:
    import polars as pl

    part = pl.DataFrame({ROW: rows, "stands": stands}).filter(chosen)
    counts = pl.col("stands").sum().alias("data"), (~pl.col("stands")).sum().alias("pending_data")
    return part.group_by(ROW).agg(*counts)


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
