"""Rung against the same grading by hand within one process, start-up paid: ``within.py FILE [ROUNDS]``.

What a program that stays up, or a long night's work, sees; ``run.py`` times whole commands.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import by_hand
import polars as pl

from rung.grading import Calibration, Scorecard
from rung.intake import IntakeRequest, take_in
from rung.pipeline import GradeRequest, compiled_policy
from rung.workspace import Workspace

HERE = Path(__file__).parent


def main(source: Path, rounds: int) -> None:
    """Time grading alone, a whole run, and the work by hand in turn; print median ratios of paired times."""
    with tempfile.TemporaryDirectory(dir=HERE.parent / ".data") as scratch:
        folder = Path(scratch)
        workspace = Workspace.create(folder / "workspace")
        policy = workspace.shelf.find(str(HERE / "policy.toml"))

        def rung() -> None:
            now = datetime.now(UTC)
            request = GradeRequest(source=source, policy=policy, as_of=date(2026, 1, 1), created_at=now)
            workspace.grade(request, lambda *_: None)

        def hand() -> None:
            by_hand.main(source, folder)

        taken = folder / "taken"
        taken.mkdir()
        compiled = compiled_policy(policy, workspace.host)
        wish = IntakeRequest(
            source=source,
            vocabulary=compiled.vocabulary,
            wanted=compiled.wanted,
            as_of=date(2026, 1, 1),
            scratch=taken,
        )
        measured = take_in(wish).measured
        results = Scorecard(compiled, Calibration()).results(measured)

        def alone() -> None:
            sinks = [
                measured.sink_ipc(folder / "measured.arrow", **by_hand.OPTIONS),
                results.sink_ipc(folder / "results.arrow", **by_hand.OPTIONS),
            ]
            pl.collect_all(sinks, engine="streaming")

        def cleared(work: Callable[[], None]) -> float:
            """Time the work on an empty floor: no side pays for throwing old files away."""
            for old in (*folder.glob("*.arrow"), *(folder / "workspace" / "runs").iterdir()):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            return _seconds(work)

        times = [tuple(map(cleared, (alone, rung, hand))) for _ in range(rounds + 1)][1:]
    for place, name in enumerate(
        ("measured and scored, written", "a run: ids and input checked, synced, sealed")
    ):
        ratio = median(each[place] / each[2] for each in times)
        ours, theirs = (median(each[side] for each in times) for side in (place, 2))
        print(f"{name:<46} {ours:6.2f} s, by hand {theirs:6.2f} s, × {ratio:.2f}")


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
