"""Tables of customers graded by every policy of a sector, as ``rung grade`` does it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from rung.errors import RungError
from rung.testing.installed import host
from rung.testing.invented import Tables
from rung.vocabulary import Sector

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.scorecard import Scorecard
    from rung.policy.reader import LoadedPolicy
    from rung.policy.shelf import Shelf
    from rung.runs.manifest import Manifest

__all__ = [
    "BY_ITSELF",
    "NOW",
    "Graded",
    "as_tables",
    "grade_all",
    "graders",
    "made_policy",
    "policy_ids",
    "shelf",
    "sound_policies",
    "write_tables",
]

NOW: Final = datetime(2026, 7, 1, 9, tzinfo=UTC)

BY_ITSELF: Final = "conformance"
"""Last part of the id of the policy made for a sector that ships none."""

_MADE: Final = """\
schema = 1
id = "{sector}.conformance"
version = "1"
sector = "{sector}"
title = {{ zh = "试用", en = "Trial" }}
grades = ["A", "B"]

[grading]
mode = "rules"

[[rules]]
id = "known"
grade = "A"
when = {{ {key} = "not(missing)" }}
reason = {{ zh = "有编号", en = "Known" }}

[[rules]]
id = "unknown"
grade = "B"
when = {{ {key} = "missing" }}
reason = {{ zh = "无编号", en = "Unknown" }}
"""


@dataclass(frozen=True, slots=True)
class Graded:
    """What one policy made of a population."""

    policy: str
    manifest: Manifest
    scorecard: Scorecard
    results: pl.DataFrame
    """See ``Scorecard.results``."""
    measured: pl.DataFrame
    """The values the grades rest on, scaled, in the same order."""

    @property
    def digest(self) -> str:
        """Of both, written out."""
        return _digest(self.results, self.measured)


def made_policy(sector: Sector) -> str:
    """Return the text of a policy that grades whoever has an id, for a sector without policies."""
    return _MADE.format(sector=sector.id, key=sector.key)


@cache
def policy_ids(sector_id: str) -> tuple[str, ...]:
    """Return the ids of every policy a sector ships, by file name."""
    from rung.policy.heading import read_heading
    from rung.policy.library import LIBRARY_FILE

    folder = host().policies_folder(sector_id)
    files = [] if folder is None else sorted(folder.glob("*.toml"))
    return tuple(read_heading(file).id for file in files if file.name != LIBRARY_FILE)


@cache
def sound_policies(sector_id: str) -> tuple[LoadedPolicy, ...]:
    """Return every policy a sector ships that can be read and compiled; its check tells the others."""
    from rung.grading.compile import compile_policy

    found: list[LoadedPolicy] = []
    for name in policy_ids(sector_id):
        with suppress(RungError):
            loaded = shelf().find(name)
            compile_policy(loaded.policy, shelf().vocabulary(loaded.policy))
            found.append(loaded)
    return tuple(found)


@cache
def graders(sector_id: str) -> tuple[LoadedPolicy, ...]:
    """Return every sound policy of a sector that grades; one made for the purpose where it has none."""
    from rung.policy.model import NoGrading

    loaded = sound_policies(sector_id)
    found = tuple(each for each in loaded if not isinstance(each.policy.grading, NoGrading))
    if found:
        return found
    with TemporaryDirectory(prefix="rung-testing-") as temporary:
        made = Path(temporary) / f"{BY_ITSELF}.toml"
        made.write_text(made_policy(host().sector(sector_id)), encoding="utf-8")
        return (shelf().find(made),)


@cache
def shelf() -> Shelf:
    """Return the shelf of the policies the plugins ship."""
    from rung.policy.shelf import Shelf

    return Shelf(host())


def write_tables(tables: Tables, folder: Path) -> dict[str, Path]:
    """Write the tables as CSV files; return them by name, the customers' as ``customers``."""
    import csv

    files: dict[str, Path] = {}
    for name, rows in {"customers": tables.customers, **tables.events}.items():
        files[name] = folder / f"{name}.csv"
        headers = tables.headers.get(name) or list(dict.fromkeys(header for row in rows for header in row))
        with files[name].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headers, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return files


def as_tables(sample: Any) -> Tables:
    """Return a generated sample as tables of rows."""
    return Tables(
        sample.customers.to_dicts(),
        {name: frame.to_dicts() for name, frame in sample.events.items()},
        sample.as_of,
        {
            "customers": sample.customers.columns,
            **{name: each.columns for name, each in sample.events.items()},
        },
    )


def grade_all(sector: Sector, tables: Tables, files: Mapping[str, Path] | None = None) -> list[Graded]:
    """Grade the customers by every policy of the sector; raises whatever goes wrong.

    ``files``: the tables as already written, by name.
    """
    with TemporaryDirectory(prefix="rung-testing-") as temporary:
        folder = Path(temporary)
        places = files if files is not None else write_tables(tables, folder)
        return _graded(graders(sector.id), tables, places)


def _graded(policies: Sequence[LoadedPolicy], tables: Tables, files: Mapping[str, Path]) -> list[Graded]:
    from rung.pipeline import GradeRequest, graded_all

    request = GradeRequest(
        source=files["customers"],
        policy=policies[0],
        as_of=tables.as_of,
        created_at=NOW,
        events={name: path for name, path in files.items() if name != "customers"},
        duplicates="first",
    )
    requests = [replace(request, policy=each) for each in policies]
    with graded_all(requests, host(), lambda *_told: None) as runs:
        return [_looked_at(run) for run in runs]


def _looked_at(run: Any) -> Graded:
    import polars as pl

    from rung.pipeline import scorecard_of
    from rung.runs.run import MEASURED, RESULTS

    return Graded(
        run.manifest.policy.id,
        run.manifest,
        scorecard_of(run, host()),
        pl.read_ipc(run.folder / RESULTS),
        pl.read_ipc(run.folder / MEASURED),
    )


def _digest(*frames: pl.DataFrame) -> str:
    # Written out: what lies in memory under a missing value is nobody's.
    return sha256("".join(frame.write_csv() for frame in frames).encode()).hexdigest()
