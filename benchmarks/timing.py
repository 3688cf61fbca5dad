"""Times whole processes in turn and gives ratios: a slow moment of the machine falls on all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["Taken", "python", "report", "side_by_side", "timed"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run of a command took."""

    seconds: float
    megabytes: float
    """Largest resident memory of the process, files mapped in included."""
    processor: float
    """Seconds of processor, its own and of the system for it."""


def timed(
    command: Sequence[str],
    *,
    at: Path | None = None,
    environment: Mapping[str, str] | None = None,
    is_silent: bool = False,
) -> Taken:
    """Run a command once, in a folder and with variables set besides; ends the program where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=at,
        env=None if environment is None else {**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if is_silent else None,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    seconds = time.perf_counter() - started
    return Taken(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def side_by_side(
    commands: Mapping[str, Sequence[str]], rounds: int, warm_up: int = 1
) -> dict[str, list[Taken]]:
    """Run every command ``rounds`` times, in turn, after rounds that are not counted."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(warm_up + rounds):
        for name, command in commands.items():
            found = timed(command)
            if number >= warm_up:
                taken[name].append(found)
    return taken


def report(taken: Mapping[str, list[Taken]], against: Sequence[str]) -> None:
    """Print seconds, memory and, for each command of ``against``, the median ratio of paired runs to it."""
    print(
        f"{'':<24}{'median s':>9}{'min':>8}{'max':>8}{'MB':>8}", *(f"{'× ' + name:>16}" for name in against)
    )
    for name, runs in taken.items():
        seconds = [run.seconds for run in runs]
        ratios = [
            median(run.seconds / base.seconds for run, base in zip(runs, taken[other], strict=True))
            for other in against
        ]
        print(
            f"{name:<24}{median(seconds):>9.3f}{min(seconds):>8.3f}{max(seconds):>8.3f}"
            f"{max(run.megabytes for run in runs):>8.0f}",
            *(f"{ratio:>16.2f}" for ratio in ratios),
        )


def python(*arguments: str | Path) -> list[str]:
    """Return a command that runs this interpreter."""
    return [sys.executable, *map(str, arguments)]
