"""What plugins that are not used cost a command: with 0, 5 and 50 of them installed, in turn.

python benchmarks/plugins/cold_start.py 25
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent))

from spent_policy import spent_policy
from timing import timed

COUNTS: Final = (0, 5, 50)
MODULE: Final = """
from rung.sdk import Field, Kind, Sector, Text, hookimpl

RUNG_API = 1

@hookimpl
def rung_sector():
    name = Text("编号", "Id")
    return Sector(
        id="{id}", title=name, about=name,
        fields=(Field(id="customer_id", title=name, kind=Kind.TEXT),
                Field(id="customer_name", title=name, kind=Kind.TEXT)),
    )
"""
METADATA: Final = (
    "Metadata-Version: 2.1\nName: rung-{id}\nVersion: 1.0\nRequires-Dist: rung\n\n" + "Words.\n" * 400
)
POINTS: Final = (
    "[rung]\n{id} = rung_{id}\n[rung.panels]\n{id} = rung_{id}\n[rung.commands]\n{id} = rung_{id}:verb\n"
)


def lay_down(folder: Path, plugins: int) -> Path:
    """Make distributions as pip leaves them: a package, and the folder that announces it."""
    for number in range(plugins):
        name = f"fake{number}"
        package = folder / f"rung_{name}"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(MODULE.format(id=name), encoding="utf-8")
        info = folder / f"rung_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(METADATA.format(id=name), encoding="utf-8")
        (info / "entry_points.txt").write_text(POINTS.format(id=name), encoding="utf-8")
        (info / "RECORD").write_text("".join(f"rung_{name}/{n}.py,,\n" for n in range(20)), encoding="utf-8")
    folder.mkdir(exist_ok=True)
    return folder


def finding(site: Path, rounds: int) -> float:
    """Return the milliseconds, at best, in which everything installed is found, within one process."""
    from rung.plugins.claims import claims_installed

    sys.path.insert(0, str(site))
    best = float("inf")
    for _round in range(rounds):
        importlib.invalidate_caches()
        began = time.perf_counter()
        claims_installed()
        best = min(best, time.perf_counter() - began)
    sys.path.remove(str(site))
    return 1000 * best


def main(rounds: int) -> None:
    """Time every command with every number of plugins, in turn, and print what each plugin costs."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        sites = {count: lay_down(home / str(count), count) for count in COUNTS}
        (home / "customers.csv").write_text("customer_id,spent\nC1,20\nC2,5\n", encoding="utf-8")
        (home / "own.toml").write_text(spent_policy("general.tiers", "general", 10), encoding="utf-8")
        rung = [sys.executable, "-m", "rung"]
        commands: Mapping[str, list[str]] = {
            "rung --version": [*rung, "--version"],
            "rung --help": [*rung, "--help"],
            "rung grade, one sector": [*rung, "grade", "customers.csv", "--policy", "own.toml"],
            "rung plugins list --no-load": [*rung, "plugins", "list", "--no-load"],
        }
        found = {count: finding(sites[count], 40) for count in COUNTS}
        told = ", ".join(f"{count}: {found[count]:.1f} ms" for count in COUNTS)
        print(f"found within one process, best of 40, by number of plugins: {told}")
        taken: dict[tuple[str, int], list[float]] = {(name, n): [] for name in commands for n in COUNTS}
        for number in range(rounds + 1):
            for name, command in commands.items():
                for count in COUNTS:
                    beside = {"PYTHONPATH": str(sites[count])}
                    found_now = timed(command, at=home, environment=beside, is_silent=True)
                    if number:  # the first round writes byte code
                        taken[name, count].append(found_now.processor)
    print(
        f"{'':<30}{'plugins':>8}{'median ms':>11}{'min ms':>9}{'× none':>9}{'ms a plugin':>13}{'at best':>9}"
    )
    for (name, count), seconds in taken.items():
        none = taken[name, 0]
        ratio = median(one / other for one, other in zip(seconds, none, strict=True))
        each = "" if not count else f"{1000 * (median(seconds) - median(none)) / count:.2f}"
        best = "" if not count else f"{1000 * (min(seconds) - min(none)) / count:.2f}"
        print(
            f"{name:<30}{count:>8}{1000 * median(seconds):>11.0f}{1000 * min(seconds):>9.0f}"
            f"{ratio:>9.2f}{each:>13}{best:>9}"
        )


if __name__ == "__main__":
    started = time.perf_counter()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
    print(f"in {time.perf_counter() - started:.0f} s")
