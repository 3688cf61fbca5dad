"""Real tables graded as a user would: a mapping file, a policy, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.intake import read_mapping
from rung.pipeline import GradeRequest, graded
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf
from rung.runs.manifest import Manifest

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared/data"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One table graded by one policy."""

    manifest: Manifest
    results: pl.DataFrame

    @property
    def quality(self) -> Any:
        return self.manifest.quality

    def column(self, name: str) -> Any:
        """Return the quality of one column of the customers."""
        return next(each for each in self.quality["columns"] if each["id"] == name)


Grade = Callable[..., Outcome]


@pytest.fixture(scope="session")
def data() -> Path:
    folder = Path(os.environ.get("RUNG_REAL_DATA") or SHARED)
    if not folder.is_dir():
        pytest.skip(f"The real tables are not at {folder}; RUNG_REAL_DATA names their folder.")
    return folder


@pytest.fixture(scope="session")
def grade(data: Path) -> Grade:
    """Return a function from a table, a folder of this suite and a policy to what came of it."""
    host = PluginHost()

    @cache
    def grade(table: str, folder: str, policy: str, as_of: date = date(2026, 1, 1)) -> Outcome:
        usual = HERE / folder / "mapping.toml"
        ready = HERE / folder / f"{policy}.toml"
        request = GradeRequest(
            source=data / table,
            policy=Shelf(host).find(ready if ready.exists() else policy),
            as_of=as_of,
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            mapping=read_mapping(
                own if (own := HERE / folder / f"{policy}.mapping.toml").exists() else usual
            ),
        )
        with graded(request, host, lambda *_: None) as run:
            return Outcome(run.manifest, run.frame().collect())

    return grade
