"""What a good programmer writes in Polars for this one policy: ``python by_hand.py IN.parquet OUT-FOLDER``.

The same algorithm and types as Rung, and the same two files out: the measured values and the results
with points, three ranked reasons and evidence. It has no error messages, checks no ids, counts nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

col, when = pl.col, pl.when
OPTIONS = {"compression": "uncompressed", "record_batch_size": 1_000_000, "lazy": True}

# criterion → (weight in lowest terms, points in hundredths by band, points where missing)
CRITERIA: dict[str, tuple[int, list[int], int | None]] = {
    "assets": (5, [10000, 7000, 4000, 1000], None),
    "income": (3, [10000, 6000, 2000], 2000),
    "days_late": (4, [10000, 6000, 2000, 0, 10000], None),
    "years": (2, [10000, 6000, 2000], None),
    "debt_ratio": (2, [10000, 5000, 0], 5000),
    "orders": (2, [10000, 6000, 1000], None),
    "margin": (1, [10000, 5000, 0], None),
    "visits": (1, [10000, 6000, 2000], None),
}
CUTS = {
    "assets": [500_000_000, 50_000_000, 5_000_000],
    "income": [100_000_000, 20_000_000],
    "years": [10, 3],
    "orders": [50, 10],
    "margin": [2000, 500],
    "visits": [12, 4],
}
GATES = ["overdue", "indebted"]
CODES = [f"gate:{gate}" for gate in GATES]
for _name, (_weight, _points, _missing) in CRITERIA.items():
    CODES += [f"{_name}:missing", *(f"{_name}:{n}" for n in range(1, len(_points) + 1))]
WIDTH = len(CODES) + 1
ABOVE = 1 + sum(weight * (max(points) - min(points)) for weight, points, _ in CRITERIA.values())
GRADES = ["A", "B", "C", "D"]
REFUSALS = [f"missing:{name}" for name in CRITERIA] + ["no_evidence", "gate:overdue", "gate:indebted"]


def number(value: int | None, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
    return pl.lit(value, dtype=dtype)


def measured(raw: pl.LazyFrame) -> pl.LazyFrame:
    hundredths = [
        (col(name) * 100).round().cast(pl.Int64) for name in ("assets", "income", "debt_ratio", "margin")
    ]
    return raw.with_columns(*hundredths).select(
        "customer_id",
        "customer_name",
        "assets",
        "income",
        "days_late",
        "years",
        "debt_ratio",
        "orders",
        "margin",
        "visits",
    )


def band(name: str) -> pl.Expr:
    value = col(name)
    first = when(value.is_null()).then(number(0, pl.Int8))
    if name == "days_late":
        chain = (
            first.when(value == 0)
            .then(number(1, pl.Int8))
            .when((value >= 1) & (value <= 30))
            .then(number(2, pl.Int8))
        )
        chain = (
            chain.when((value >= 31) & (value <= 90))
            .then(number(3, pl.Int8))
            .when(value >= 91)
            .then(number(4, pl.Int8))
        )
        return chain.otherwise(number(5, pl.Int8)).alias(f"_{name}")
    if name == "debt_ratio":
        chain = (
            first.when(value <= 2999).then(number(1, pl.Int8)).when(value <= 6999).then(number(2, pl.Int8))
        )
        return chain.otherwise(number(3, pl.Int8)).alias(f"_{name}")
    chain = first
    for place, cut in enumerate(CUTS[name], start=1):
        chain = chain.when(value >= cut).then(number(place, pl.Int8))
    return chain.otherwise(number(len(CUTS[name]) + 1, pl.Int8)).alias(f"_{name}")


def points(name: str) -> pl.Expr:
    _, given, missing = CRITERIA[name]
    chain = when(col(f"_{name}") == 1).then(number(given[0], pl.Int32))
    for place, value in enumerate(given[1:], start=2):
        chain = chain.when(col(f"_{name}") == place).then(number(value, pl.Int32))
    if missing is not None:
        chain = chain.when(col(f"_{name}") == 0).then(number(missing, pl.Int32))
    return chain.otherwise(number(None, pl.Int32)).alias(f"points_{name}")


def key(name: str) -> pl.Expr:
    weight, given, _ = CRITERIA[name]
    first = WIDTH - 1 - CODES.index(f"{name}:missing")
    step = weight * WIDTH
    return (max(given) * step + first - col(f"points_{name}") * step - col(f"_{name}").cast(pl.Int32)).alias(
        f"key_{name}"
    )


def results(rows: pl.LazyFrame) -> pl.LazyFrame:
    late, indebted = col("days_late") > 90, col("debt_ratio") > 9000
    weights = {name: weight for name, (weight, _, _) in CRITERIA.items()}
    total = sum(weights.values())
    keys = [f"key_{name}" for name in CRITERIA] + ["key_late", "key_indebted"]
    rows = rows.with_columns(band(name) for name in CRITERIA)
    rows = rows.with_columns(
        *(points(name) for name in CRITERIA),
        late=late.fill_null(False),
        indebted=indebted.fill_null(False),
        large=(col("assets") >= 1_000_000_000) & (col("orders") >= 50),
    )
    score = pl.sum_horizontal(col(f"points_{name}").fill_null(0) * weight for name, weight in weights.items())
    refused = when(col("_assets") == 0).then(number(0, pl.Int8))
    for place, name in enumerate(CRITERIA):
        if CRITERIA[name][2] is None and name != "assets":
            refused = refused.when(col(f"_{name}") == 0).then(number(place, pl.Int8))
    rows = rows.with_columns(
        *(key(name) for name in CRITERIA),
        key_late=when("late")
        .then(number((ABOVE + 2) * WIDTH + WIDTH - 1, pl.Int32))
        .otherwise(number(0, pl.Int32)),
        key_indebted=when("indebted")
        .then(number((ABOVE + 1) * WIDTH + WIDTH - 2, pl.Int32))
        .otherwise(number(0, pl.Int32)),
        sum=(score * 2 + total) // (2 * total),
        refused=refused.otherwise(number(None, pl.Int8)),
    )
    code = when(col("sum") >= 8000).then(number(0, pl.Int8)).when(col("sum") >= 6000).then(number(1, pl.Int8))
    code = code.when(col("sum") >= 4000).then(number(2, pl.Int8)).otherwise(number(3, pl.Int8))
    rows = rows.with_columns(
        code=when(col("refused").is_null()).then(code),
        score=when(col("refused").is_null()).then("sum"),
        best_1=pl.max_horizontal(keys),
    )
    for rank in (2, 3):
        below = col(f"best_{rank - 1}")
        lower = [when(col(each) < below).then(col(each)).otherwise(number(0, pl.Int32)) for each in keys]
        rows = rows.with_columns(pl.max_horizontal(lower).alias(f"best_{rank}"))
    rows = rows.with_columns(
        code=when(col("late") & (col("code") < 3)).then(number(3, pl.Int8)).otherwise("code")
    )
    rows = rows.with_columns(
        code=when(col("indebted") & (col("code") < 2)).then(number(2, pl.Int8)).otherwise("code")
    )
    real = pl.sum_horizontal(
        when(col(f"_{name}") > 0).then(number(weight, pl.Int32)).otherwise(number(0, pl.Int32))
        for name, weight in weights.items()
    )
    return rows.select(
        "customer_id",
        "customer_name",
        named(col("code"), GRADES).alias("model_grade"),
        "score",
        when("large").then(number(1, pl.Int8)).otherwise(number(0, pl.Int8)).alias("flags"),
        *(f"points_{name}" for name in CRITERIA),
        *(
            named(
                when(col(f"best_{rank}") >= WIDTH).then(WIDTH - 1 - col(f"best_{rank}") % WIDTH), CODES
            ).alias(f"reason_{rank}")
            for rank in (1, 2, 3)
        ),
        ((real * 200 + total) // (2 * total)).cast(pl.Int16).alias("evidence"),
        named(col("refused"), REFUSALS).alias("not_graded"),
    )


def named(code: pl.Expr, names: list[str]) -> pl.Expr:
    return code.cast(pl.UInt8).cat.to(pl.Enum(names))


def main(source: Path, folder: Path) -> None:
    rows = measured(pl.scan_parquet(source))
    sinks = [
        rows.sink_ipc(folder / "measured.arrow", **OPTIONS),
        results(rows).sink_ipc(folder / "results.arrow", **OPTIONS),
    ]
    pl.collect_all(sinks, engine="streaming")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
