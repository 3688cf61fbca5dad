"""A million customers from a data source, in batches, against the same rows from Parquet.

``python source.py [ROWS] [ROUNDS] [BATCH]``. The source is a plugin like any other, laid beside this
interpreter for the time; its batches are slices of the same table, so what differs is what Rung adds: the
checks, the laying down, and the reading of what was laid down. Both runs' files are compared first.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "grading")]

import polars as pl  # noqa: E402 - the folder above is not installed
from table import write  # noqa: E402
from timing import python, report, side_by_side  # noqa: E402

TABLES = HERE.parent / ".data"
PLUGIN = """
import polars as pl
from rung.sdk import DataSource, Field, Kind, SourceTables, Text, hookimpl

RUNG_API = 1


def read(options, wanted):
    step = int(options["batch"])

    def batches():
        table = pl.scan_parquet(options["file"])
        rows = table.select(pl.len()).collect().item()
        for first in range(0, rows, step):
            yield table.slice(first, step).collect()

    return SourceTables(customers=batches())


def option(name, kind):
    return Field(id=name, title=Text.same(name), kind=kind, is_required=True)


@hookimpl
def rung_source():
    return DataSource(
        id="slices",
        title=Text.same("Slices"),
        about=Text.same("Slices of a table."),
        options=(option("file", Kind.TEXT), option("batch", Kind.INTEGER)),
        read=read,
    )
"""
ALONE = """
import polars as pl, sys
table, step = pl.scan_parquet(sys.argv[1]), int(sys.argv[2])
for first in range(0, table.select(pl.len()).collect().item(), step):
    table.slice(first, step).collect()
"""


def main(rows: int, rounds: int, batch: int) -> None:
    """Compare the two runs' files, then time them."""
    TABLES.mkdir(exist_ok=True)
    table = TABLES / f"customers-{rows}.parquet"
    if not table.exists():
        write(rows, table)
    with tempfile.TemporaryDirectory(dir=TABLES) as folder:
        scratch = Path(folder)
        _install(scratch / "site")
        os.environ["PYTHONPATH"] = str(scratch / "site")
        policy = HERE.parent / "grading/policy.toml"
        spaces = {name: scratch / name for name in ("from Parquet", "from a source")}
        for space in spaces.values():
            subprocess.run(python("-m", "rung", "init", space), check=True, stdout=subprocess.DEVNULL)

        def grade(name: str, *source: object) -> list[str]:
            end = ("--policy", policy, "--workspace", spaces[name], "--as-of", "2026-01-01")
            return python("-m", "rung", "grade", *map(str, (*source, *end)))

        asked = ("--from", "slices", "--set", f"file={table}", "--set", f"batch={batch}")
        commands = {
            "from Parquet": grade("from Parquet", table),
            "from a source": grade("from a source", *asked),
            "the source alone": python("-c", ALONE, table, str(batch)),
        }
        for command in commands.values():
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _compare(*spaces.values())
        print(f"{rows:,} rows, batches of {batch:,}, {rounds} rounds")
        report(side_by_side(commands, rounds, warm_up=0), against=["from Parquet"])


def _install(site: Path) -> None:
    info = site / "rung_slices-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "rung_slices.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rung-slices\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[rung.sources]\nslices = rung_slices\n")


def _compare(one: Path, other: Path) -> None:
    for name in ("results.arrow", "measured.arrow"):
        files = [next(space.glob(f"runs/*/{name}")) for space in (one, other)]
        if not pl.read_ipc(files[0]).equals(pl.read_ipc(files[1])):
            raise SystemExit(f"The two runs differ in {name}.")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [1_000_000, 5, 50_000][len(given) :]))
