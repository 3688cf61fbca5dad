"""Runs being written are killed: every one that was told stays whole, and no half of one counts."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from kills import killed_program

from rung.workspace import Workspace

__all__ = ["Writing"]

WRITER = Path(__file__).with_name("run_writer.py")
ROWS = 20_000
POLICY = """
schema = 1
id = "test.tiers"
version = "1"
title = { zh = "分级", en = "Tiers" }
grades = ["A", "B"]
fields.assets = { title = "assets", kind = "money" }
[grading]
mode = "score"
cutoffs = { A = 60 }
[[criteria]]
id = "assets"
title = { zh = "资产", en = "Assets" }
measure = "assets"
weight = 100
bands = [{ when = ">= 500", points = 100 }, { when = "< 500", points = 20 }]
"""


@dataclass
class Writing:
    """Grades without end into one workspace."""

    folder: Path
    told: set[str] = field(default_factory=set)
    kills: int = 0

    def __post_init__(self) -> None:
        rows = (f"C{number:06},{number % 1000}\n" for number in range(ROWS))
        self.folder.mkdir(parents=True)
        (self.folder / "customers.csv").write_text("customer_id,assets\n" + "".join(rows), encoding="utf-8")
        (self.folder / "tiers.toml").write_text(POLICY, encoding="utf-8")
        Workspace.create(self.folder / "work")

    def kill(self, after: float) -> int:
        """Kill one writer and check the workspace; return how many runs it had been told of."""
        place, files = self.folder / "work", (self.folder / "tiers.toml", self.folder / "customers.csv")
        told = killed_program([sys.executable, str(WRITER), *map(str, (place, *files))], after)
        self.told.update(told)
        self.kills += 1
        found = Workspace.open(place).runs()
        assert not found.problems, list(map(str, found.problems))
        kept = {each.run_id for each in found.manifests}
        assert self.told <= kept, f"lost: {self.told - kept}"
        assert len(kept) <= len(self.told) + 1
        for run_id in kept - self.told | set(told):
            with Workspace.open(place).run(run_id) as run:
                assert run.results.num_rows == run.measured.num_rows == ROWS
                last = run.results.row(ROWS - 1)
            assert (last["customer_id"], last["model_grade"]) == (f"C{ROWS - 1:06}", "A")
        self.told = kept
        return len(told)
