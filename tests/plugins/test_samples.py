"""Every plugin's sample, graded by each of its policies: every grade, band, gate, flag and promise occurs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Final

import pytest

from rung.grading.derive import Row, derive
from rung.grading.promised import promised
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.pipeline import GradeRequest, graded, scorecard_of
from rung.plugins import PluginHost
from rung.policy.model import NoGrading
from rung.policy.shelf import Shelf
from rung.runs.run import Run
from rung.sdk import Sample

HOST: Final = PluginHost()
SHELF: Final = Shelf(HOST)
SIZE: Final = 900
SAMPLED: Final = {sector.id for sector in HOST.load_all() if sector.sample}
NAMES: Final = [
    entry.id
    for entry in SHELF.entries()
    if entry.plugin in SAMPLED
    and entry.loaded is not None
    and not isinstance(entry.loaded.policy.grading, NoGrading)
]


@dataclass
class Occurred:
    """What came up while the sample was graded by one policy."""

    run: Run
    card: Scorecard
    grades: set[str | None] = field(default_factory=set)
    bands: set[tuple[str, int]] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    gates: set[tuple[str, bool | None]] = field(default_factory=set)
    flags: set[tuple[str, bool]] = field(default_factory=set)
    promises: set[tuple[str, str]] = field(default_factory=set)

    def note(self, row: Row) -> None:
        compiled = self.card.compiled
        row = derive(compiled, row)
        found: Assessment = self.card.assess(row)
        self.grades.add(found.grade)
        self.bands |= {(each.criterion.id, each.band) for each in found.met}
        self.rules |= set(found.decided)
        self.gates |= {(gate.id, fired) for gate, fired in zip(compiled.gates, found.gates, strict=True)}
        self.flags |= {(flag.id, flag.id in found.flags) for flag in compiled.flags}
        lines = promised(compiled, found.grade, found.flags, row)
        self.promises |= {(line.source.en, code) for line in lines for code in line.codes}


@cache
def _sample(sector: str) -> Sample:
    make = HOST.sector(sector).sample
    assert make is not None
    return make(SIZE, 2026)


@pytest.fixture(
    scope="module",
    # One worker grades the sample by a policy, for all the tests about it.
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"sample {name}")) for name in NAMES],
)
def occurred(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Occurred]:
    sector = request.param.partition(".")[0]
    made = _sample(sector)
    folder = tmp_path_factory.mktemp(sector)
    made.customers.write_csv(folder / "customers.csv")
    for name, table in made.events.items():
        table.write_csv(folder / f"{name}.csv")
    grading = GradeRequest(
        source=folder / "customers.csv",
        policy=SHELF.find(request.param),
        as_of=made.as_of,
        created_at=datetime(2026, 7, 1, tzinfo=UTC),
        events={name: folder / f"{name}.csv" for name in made.events},
    )
    with graded(grading, HOST, lambda *_: None) as run:
        noted = Occurred(run, scorecard_of(run, HOST))
        for row in range(SIZE):
            noted.note(run.customer(row).measured)
        yield noted


def test_every_header_asked_for_is_found_and_nothing_fails(occurred: Occurred) -> None:
    assert occurred.run.manifest.quality["absent"] == []
    assert occurred.run.manifest.faults == ()


def test_every_grade_occurs_more_than_a_few_times(occurred: Occurred) -> None:
    assert occurred.grades >= set(occurred.card.compiled.grades)
    assert min(occurred.run.manifest.counts.values()) >= 5


def test_every_band_occurs(occurred: Occurred) -> None:
    wanted = {
        (criterion.id, number)
        for criterion in occurred.card.compiled.criteria
        for number in (*range(1, len(criterion.bands) + 1), *([-1] if criterion.applies else []))
    }
    assert wanted - occurred.bands == set()


def test_every_rule_decides_for_somebody(occurred: Occurred) -> None:
    assert {rule.id for rule in occurred.card.compiled.policy.rules} - occurred.rules == set()


def test_every_gate_fires_and_holds_back(occurred: Occurred) -> None:
    wanted = {(gate.id, fired) for gate in occurred.card.compiled.gates for fired in (True, False)}
    assert wanted - occurred.gates == set()


def test_every_flag_stands_with_some_and_not_with_others(occurred: Occurred) -> None:
    wanted = {(flag.id, stands) for flag in occurred.card.compiled.flags for stands in (True, False)}
    assert wanted - occurred.flags == set()


def test_every_promise_is_made_to_somebody(occurred: Occurred) -> None:
    compiled = occurred.card.compiled
    sources = {compiled.policy.grade_title(grade).en: terms for grade, terms in compiled.terms.items()}
    sources |= {
        flag.title.en: compiled.flag_terms.get(flag.id) or compiled.terms[flag.service_class]
        for flag in compiled.policy.flags
        if flag.id in compiled.flag_terms or flag.service_class in compiled.terms
    }
    wanted = {(source, each.code) for source, terms in sources.items() for each in terms.obligations}
    assert wanted - occurred.promises == set()
