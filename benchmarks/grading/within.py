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

from rung.pipeline import GradeRequest
from rung.workspace import Workspace

HERE = Path(__file__).parent


def main(source: Path, rounds: int) -> None:
    """Time both sides in turn and print the median ratio of paired runs."""
    with tempfile.TemporaryDirectory(dir=HERE.parent / ".data") as scratch:
        folder = Path(scratch)
        workspace = Workspace.create(folder / "workspace")
        policy = workspace.shelf.find(str(HERE / "policy.toml"))

        def rung() -> None:
            now = datetime.now(UTC)
            request = GradeRequest(source=source, policy=policy, as_of=date(2026, 1, 1), created_at=now)
            kept = workspace.grade(request, lambda *_: None)
            shutil.rmtree(folder / "workspace" / "runs" / kept.run_id)

        def hand() -> None:
            by_hand.main(source, folder)

        pairs = [(_seconds(rung), _seconds(hand)) for _ in range(rounds + 1)][1:]
    ratio = median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    print(f"within a process: rung {ours:.2f} s, by hand {theirs:.2f} s, × {ratio:.2f}")


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
