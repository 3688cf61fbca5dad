"""One population graded by each engine: the row function in plain Python, Polars, and DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rung.testing.grading import Graded

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.row import Assessment

__all__ = ["by_duckdb", "by_row", "is_there"]

Difference = tuple[str, str, str]
"""Where, what was found, what was expected."""


def is_there(engine: str) -> bool:
    """Return whether an engine is installed."""
    from importlib.util import find_spec

    return find_spec(engine) is not None


def by_row(graded: Graded) -> Iterator[Difference]:
    """Yield where one customer graded alone, by the cut-offs of all, differs from the results of all."""
    compiled = graded.scorecard.compiled
    results = graded.results.drop("customer_id", "customer_name")
    for measured, batch in zip(graded.measured.to_dicts(), results.to_dicts(), strict=True):
        row = {name: value for name, value in measured.items() if name != "customer_name"}
        alone = _as_result(compiled, graded.scorecard.assess(row))
        for column, value in alone.items():
            if batch[column] != value:
                where = f"{graded.policy}, customer {measured['customer_id']}, {column}"
                yield where, f"{value!r} alone", f"{batch[column]!r}, as among all"


def _as_result(compiled: CompiledPolicy, found: Assessment) -> dict[str, Any]:
    three = [*found.reasons[:3], None, None, None][:3]
    points = zip(compiled.pointed, found.met, strict=False)
    return {
        "model_grade": found.grade,
        "score": found.score,
        "flags": sum(1 << bit for bit, flag in enumerate(compiled.flags) if flag.id in found.flags),
        **{f"points_{criterion.id}": met.points for criterion, met in points},
        "reason_1": three[0],
        "reason_2": three[1],
        "reason_3": three[2],
        "evidence": found.evidence,
        "not_graded": found.not_graded,
    }


def by_duckdb(graded: Graded) -> Iterator[Difference]:
    """Yield where DuckDB grades a customer otherwise than Polars."""
    import duckdb
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.compiled import PREVIOUS_GRADE
    from rung.grading.expressions import codes

    compiled, calibration = graded.scorecard.compiled, graded.scorecard.calibration
    measured = graded.measured
    if compiled.hold and PREVIOUS_GRADE not in measured.columns:
        measured = measured.with_columns(pl.lit(None, dtype=pl.String).alias(PREVIOUS_GRADE))
    polars = codes(compiled, calibration, nw.from_native(measured.lazy())).to_native().collect()
    with TemporaryDirectory(prefix="rung-testing-") as folder, duckdb.connect() as connection:
        file = Path(folder) / "measured.parquet"
        measured.write_parquet(file)
        table = connection.read_parquet(str(file))
        relation = codes(compiled, calibration, nw.from_native(table)).to_native()
        columns = list(relation.columns)
        other = {row[0]: dict(zip(columns, row, strict=True)) for row in relation.fetchall()}
    for row in polars.iter_rows(named=True):
        there = other.get(row["customer_id"], {})
        for column, value in row.items():
            if there.get(column) != value:
                where = f"{graded.policy}, customer {row['customer_id']}, {column}"
                yield where, f"{there.get(column)!r} by DuckDB", f"{value!r}, as by Polars"
