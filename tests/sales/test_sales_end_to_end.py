"""The sample graded by every policy of the sector: every grade, rule, flag, promise and alarm occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import polars as pl
import pytest

from rung.grading import compile_policy
from rung.grading.alarms import raised
from rung.grading.derive import Row, derive
from rung.grading.promised import promised
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.pipeline import scorecard_of
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf
from rung.runs.run import Run
from rung.sdk import Sample
from rung_sales.borderline import BUILT, EVERY

Graded = Callable[[str], AbstractContextManager[Run]]
_ENTRIES: Final = [each for each in Shelf(PluginHost()).entries() if each.plugin == "sales"]
NAMES: Final = tuple(
    sorted(each.id.partition(".")[2] for each in _ENTRIES if each.loaded and each.loaded.policy.grades)
)


@dataclass
class Occurred:
    """What came up while the sample was graded by one policy."""

    run: Run
    card: Scorecard
    grades: set[str | None] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)
    flags: set[tuple[str, bool]] = field(default_factory=set)
    promises: set[tuple[str | None, str]] = field(default_factory=set)

    def note(self, row: Row) -> None:
        compiled = self.card.compiled
        row = derive(compiled, row)
        found: Assessment = self.card.assess(row)
        self.grades.add(found.grade)
        self.decided |= set(found.reasons)
        self.flags |= {(flag.id, flag.id in found.flags) for flag in compiled.flags}
        lines = promised(compiled, found.grade, found.flags, row)
        self.promises |= {(found.grade, code) for line in lines for code in line.codes}


@pytest.fixture(
    scope="module",
    # One worker grades the sample by a policy, for all the tests about it.
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"sales {name}")) for name in NAMES],
)
def occurred(request: pytest.FixtureRequest, graded_by: Graded, host: PluginHost) -> Iterator[Occurred]:
    with graded_by(request.param) as run:
        noted = Occurred(run, scorecard_of(run, host))
        for row in range(1_000):
            noted.note(run.customer(row).measured)
        yield noted


def test_the_policies_that_grade_are_these() -> None:
    assert NAMES == (
        "deal-state",
        "export-leads",
        "importance",
        "lead-sources",
        "need",
        "quick-sales",
        "sales-funnel",
        "time-to-close",
        "urgency",
    )


def test_every_header_asked_for_is_found_and_nothing_fails(occurred: Occurred) -> None:
    assert occurred.run.manifest.quality["absent"] == []
    assert occurred.run.manifest.faults == ()


def test_every_grade_occurs_often(occurred: Occurred) -> None:
    assert occurred.grades >= set(occurred.card.compiled.grades)
    assert min(occurred.run.manifest.counts.values()) >= 20


def test_every_rule_decides_for_somebody(occurred: Occurred) -> None:
    wanted = {f"rule:{rule.id}" for rule in occurred.card.compiled.policy.rules}
    assert wanted - occurred.decided == set()


def test_every_flag_stands_with_some_and_not_with_others(occurred: Occurred) -> None:
    wanted = {(flag.id, stands) for flag in occurred.card.compiled.flags for stands in (True, False)}
    assert wanted - occurred.flags == set()


def test_every_promise_is_made_to_somebody(occurred: Occurred) -> None:
    wanted = {
        (grade, each.code)
        for grade, terms in occurred.card.compiled.terms.items()
        for each in terms.obligations
    }
    assert wanted - occurred.promises == set()


def test_some_surveys_of_the_sample_raise_the_alarm_and_others_do_not(leads: Sample, shelf: Shelf) -> None:
    found = shelf.find("sales.satisfaction-alarm").policy
    compiled = compile_policy(found, shelf.vocabulary(found))
    scores = leads.events["surveys"]["满意度得分"]
    alarms = [raised(compiled, "surveys", {"score": int(Decimal(each) * 10)}, {}) for each in scores]
    assert {("bad_answer",), ()} == set(alarms)
    assert {"59.9", "60"} <= set(scores)


# The level that each lead built for the levels must come to, read from the description: order, sample, visit
# from abroad, visit, influence, none; clear interest and what falls short of it; intent; nothing.
LEVELS: Final = ["1", "1", "1", "4", "1", "4", "2", "3", "2", "3", "3", *("3",) * 6, "3", "3", "3", "4"]
# Days to close -1, 0, 30, 31, 92, 93, 183, 184; days to act -1, 7, 8, 30, 31, 92, 93; need latent, none, no
# chance, need unknown.
CLASSES: Final = ["A", "A", "A", "B", "B", "C", "C", "D", *("A",) * 7, "D", "E", "E", None]
URGENT: Final = ["urgent", "urgent", "soon", "soon", "not_urgent", "not_urgent", "slow"]
IMPORTANT: Final = ["ordinary", "important", "important"] * 2


def _built(run: Run) -> list[str | None]:
    place = slice(3, None, EVERY)
    grades = run.frame().collect()["model_grade"].cast(pl.String)[place]
    return grades.to_list()[: len(BUILT)]


@pytest.mark.parametrize(
    ("name", "first", "expected"),
    [
        ("export-leads", 0, LEVELS),
        ("time-to-close", len(LEVELS), CLASSES),
        ("urgency", len(LEVELS) + 8, URGENT),
        ("importance", len(LEVELS) + len(CLASSES), IMPORTANT),
    ],
)
def test_leads_built_at_a_bound_get_the_grade_of_their_side(
    name: str, first: int, expected: list[str | None], graded_by: Graded
) -> None:
    with graded_by(name) as run:
        assert _built(run)[first : first + len(expected)] == expected


def test_amounts_in_wan_and_with_commas_are_read_and_only_guesses_are_not(graded_by: Graded) -> None:
    with graded_by("importance") as run:
        columns = run.manifest.quality["columns"]
    (amount,) = (each for each in columns if each["id"] == "expected_amount")
    assert amount["unread"] > 0
    assert all(example["value"].startswith("约") for example in amount["examples"])
