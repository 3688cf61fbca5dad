"""Makes the customers both programs grade, always the same: ``python table.py ROWS FILE.parquet``."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

STEP = 1_000_000
# Rows made at a time, so that ten million need no more memory than one.


def customers(start: int, count: int) -> pl.DataFrame:
    """Return ``count`` customers from ``start`` on: whole numbers and floats, 2 % missing."""
    number = pl.int_range(start, start + count)

    def draw(seed: int, below: int) -> pl.Expr:
        # Weyl's sequence: spread evenly, cheap, and the same on every version of every library.
        return (number * (2_654_435_761 + 2 * seed) + seed * 40_503) % below

    def sometimes(value: pl.Expr, seed: int) -> pl.Expr:
        return pl.when(draw(seed, 50) != 0).then(value)

    return pl.select(
        customer_id=pl.format("C{}", number),
        customer_name=pl.format("客户{}", number),
        assets=draw(1, 2_000_000_000) / 100,
        income=sometimes(draw(2, 300_000_000) / 100, 11),
        days_late=(draw(3, 200) - 60).clip(0, None),
        years=draw(4, 20),
        debt_ratio=sometimes(draw(5, 10_000) / 100, 12),
        orders=draw(6, 100),
        margin=draw(7, 4_000) / 100,
        visits=draw(8, 24),
    )


def write(count: int, target: Path) -> None:
    """Write ``count`` customers to a Parquet file."""
    parts = [customers(start, min(STEP, count - start)).lazy() for start in range(0, count, STEP)]
    pl.concat(parts).sink_parquet(target)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
