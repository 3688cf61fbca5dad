"""A change of policy tried over a run, against the run itself: ``run.py FILE [ROUNDS]``, FILE of customers.

Make the table with ``python benchmarks/grading/table.py ROWS FILE.parquet``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from rung.pipeline import GradeRequest, compiled_policy, scorecard_of
from rung.runs.formats import write_table
from rung.simulation import Simulation, moved_customers, simulate_run
from rung.workspace import Workspace

HERE = Path(__file__).parent
POLICY = HERE.parent / "grading" / "policy.toml"
CHANGED = (("A = 80", "A = 75"), ("weight = 25", "weight = 35"), ('">= 5_000_000"', '">= 4_000_000"'))
CHANGED += (('"[500_000..5_000_000)"', '"[500_000..4_000_000)"'), ("> 90%", "> 80%"))
SERVICE = '\n[service.A]\ncontact = {{ every = "{every}", when = {{ visits = "< 20" }} }}\n'


def main(source: Path, rounds: int) -> None:
    """Grade once, then try a changed policy; print median seconds and their ratio."""
    with tempfile.TemporaryDirectory(dir=HERE.parent / ".data") as scratch:
        folder = Path(scratch)
        workspace = Workspace.create(folder / "workspace")
        text = POLICY.read_text(encoding="utf-8")
        changed = text
        for old, new in CHANGED:
            assert old in changed, old
            changed = changed.replace(old, new)
        for name, written, every in (("own", text, "1mo"), ("new", changed, "2w")):
            (folder / f"{name}.toml").write_text(written + SERVICE.format(every=every), encoding="utf-8")
        own, new = (workspace.shelf.find(folder / f"{name}.toml") for name in ("own", "new"))

        def graded() -> None:
            now = datetime.now(UTC)
            workspace.grade(
                GradeRequest(source=source, policy=own, as_of=date(2026, 1, 1), created_at=now),
                lambda *_: None,
            )

        def tried() -> Simulation:
            with workspace.run() as run:
                return simulate_run(
                    run,
                    scorecard_of(run, workspace.host).compiled,
                    compiled_policy(new, workspace.host),
                    lambda *_: None,
                    value="assets",
                )

        graded()
        found = tried()
        print(f"{found.customers:,} customers, {found.moved:,} move")

        def written() -> None:
            write_table(
                moved_customers(found, "zh").lazy(), folder / "moved.csv", found.moved, lambda *_: None
            )

        works: tuple[Callable[[], object], ...] = graded, tried, written
        times = [tuple(map(_seconds, works)) for _ in range(rounds)]
    for place, name in enumerate(("a whole run", "a change tried on it", "everybody who moves, to CSV")):
        ratio = median(each[place] / each[0] for each in times)
        print(f"{name:<30} {median(each[place] for each in times):6.2f} s, × {ratio:.2f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
