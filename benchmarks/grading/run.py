"""Rung against the same grading written by hand in Polars, and a bare copy: ``python run.py ROWS [ROUNDS]``.

Before anything is timed, every column of both results is compared. Rung's side is the whole command,
with header mapping, checks of every value and id, quality report, manifest and two files synced to disk.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import polars as pl  # noqa: E402 - the folder above is not installed
from table import write  # noqa: E402
from timing import python, report, side_by_side  # noqa: E402

TABLES = HERE.parent / ".data"
COPY = """
import polars as pl, sys
table = pl.scan_parquet(sys.argv[1])
sink = table.sink_ipc(sys.argv[2], compression="uncompressed", record_batch_size=1_000_000, lazy=True)
pl.collect_all([sink], engine="streaming")
"""


def main(rows: int, rounds: int) -> None:
    """Compare the two sides' results, then time them."""
    TABLES.mkdir(exist_ok=True)
    source = TABLES / f"customers-{rows}.parquet"
    if not source.exists():
        write(rows, source)
    with tempfile.TemporaryDirectory(dir=TABLES) as folder:
        scratch = Path(folder)
        workspace = scratch / "workspace"
        subprocess.run(python("-m", "rung", "init", workspace), check=True, stdout=subprocess.DEVNULL)
        commands = {
            "rung grade": python(
                "-m", "rung", "grade", source, "--policy", HERE / "policy.toml", "--workspace", workspace,
                "--as-of", "2026-01-01",
            ),
            "by hand in Polars": python(HERE / "by_hand.py", source, scratch),
            "copy": python("-c", COPY, source, scratch / "copy.arrow"),
        }  # fmt: skip
        for command in commands.values():
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _compare(workspace, scratch)
        print(f"{rows:,} rows, {rounds} rounds")
        report(side_by_side(commands, rounds, warm_up=0), against=["by hand in Polars", "copy"])


def _compare(workspace: Path, scratch: Path) -> None:
    (results,) = workspace.glob("runs/*/results.arrow")
    ours, theirs = pl.scan_ipc(results), pl.scan_ipc(scratch / "results.arrow")
    for name in theirs.collect_schema().names():
        columns = [frame.select(pl.col(name).cast(pl.String)).collect()[name] for frame in (ours, theirs)]
        if not columns[0].equals(columns[1]):
            raise SystemExit(f"The two sides differ in {name}.")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
