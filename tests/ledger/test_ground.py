"""What a human input rests on in a run: gates, levels, what is laid in, and how far a value may lift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from data_cases import datum

from rung.grading.scorecard import Scorecard
from rung.ledger import Act, DataInput, Decision, InputKind
from rung.ledger.rules.ground import ground_of
from rung.ledger.rules.lifting import lift_of
from rung.pipeline import GradeRequest, scorecard_of
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.runs.run import Run
from rung.workspace import Workspace

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
LAST = date(2026, 12, 31)
POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B", "C"]
grading = { mode = "score", cutoffs = { A = 80, B = 40 } }
[fields.spent]
title = "Spent"
kind = "integer"
[fields.late]
title = "Days late"
kind = "integer"
[fields.listed]
title = "On a list"
kind = "boolean"
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
weight = 3
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
[[criteria]]
id = "late"
title = "Days late"
measure = "late"
bands = [{ when = "<= 0", points = 100 }, { when = "> 0", points = 0 }]
[[gates]]
id = "very_late"
when = { late = "> 90" }
at_most = "C"
reason = "Far too late"
[[gates]]
id = "listed"
when = { listed = true }
at_most = "C"
missing = "fire"
reason = "On a list"
[[override.levels]]
when = { spent = ">= 100" }
approval = "two"
"""
# C1 is B: 75 of 100, all but the days late; C2 is held at C by the list, and nobody knows it of C3.
TABLE = "customer_id,spent,late,listed\nC1,100,5,false\nC2,100,5,true\nC3,100,5,\nC4,0,5,false\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "customers.csv").write_text(TABLE, encoding="utf-8")
    workspace = Workspace.create(folder / "work", PluginHost(()))
    policy = parse_policy(POLICY, "tiers.toml")
    source: Path = folder / "customers.csv"
    workspace.grade(GradeRequest(source=source, policy=policy, as_of=TODAY, created_at=NOW), lambda *_: None)
    with workspace.run() as opened:
        yield opened


@pytest.fixture(scope="module")
def scorecard(run: Run) -> Scorecard:
    return scorecard_of(run, PluginHost(()))


def given(subject: str, value: str | None, customer: str = "C1", **parts: Any) -> DataInput:
    return datum(customer, subject, value, **{"policy_id": "shop.tiers", "expires_at": LAST, **parts})


def approved(record: DataInput) -> DataInput:
    return replace(record, decisions=(Decision(act=Act.APPROVED, by="zhou", at=NOW),))


@pytest.mark.parametrize(
    ("customer", "grade", "gates"),
    [("C1", "B", ()), ("C2", "C", ("listed",)), ("C3", "C", ("listed",)), ("C4", "C", ())],
)
def test_a_gate_left_open_holds_where_the_policy_says_so(
    run: Run, scorecard: Scorecard, customer: str, grade: str, gates: tuple[str, ...]
) -> None:
    ground = ground_of(run, customer, scorecard)
    assert (ground.model_grade, ground.machine_grade, ground.gates) == (grade, grade, gates)


def test_gates_are_those_of_the_values_laid_in(run: Run, scorecard: Scorecard) -> None:
    ground = ground_of(run, "C1", scorecard, [given("late", "120")], TODAY)
    assert (ground.model_grade, ground.machine_grade, ground.gates) == ("C", "B", ("very_late",))
    assert ground.measured["late"] == 120


def test_only_what_is_in_effect_for_the_customer_under_the_policy_is_laid_in(
    run: Run, scorecard: Scorecard
) -> None:
    inputs = [
        given("late", "0", id="C1", approvals_needed=1, effective_from=None),
        given("late", "0", id="C2", policy_id="shop.other"),
        given("late", "0", id="C3", customer="C2"),
        given("late", "0", id="C4", expires_at=date(2026, 2, 28)),
        given("spent", "200", id="C5", expires_at=TODAY),
    ]
    ground = ground_of(run, "C1", scorecard, inputs, TODAY)
    assert (ground.model_grade, ground.laid_in) == ("B", frozenset({"C5"}))
    assert (ground.measured["spent"], ground.measured["late"]) == (200, 5)
    assert ground_of(run, "C1", scorecard).laid_in is None


def test_another_value_is_laid_beside_those_in_effect(run: Run, scorecard: Scorecard) -> None:
    ground = ground_of(run, "C1", scorecard, [given("spent", "0")], TODAY)
    assert ground.regrade is not None
    assert ground.model_grade == "C"
    assert ground.regrade("late", 0).grade == "C"
    assert ground.regrade("spent", 100).grade == "B"


@pytest.mark.parametrize(
    ("customer", "record", "met"),
    [
        ("C1", None, True),
        ("C4", None, False),
        ("C1", given("spent", "0"), True),  # nobody approved what would leave the level behind
        ("C1", approved(given("spent", "0")), False),
        ("C4", given("spent", "100", customer="C4"), True),
        ("C1", given("spent", None), True),
        ("C4", given("spent", None, customer="C4"), None),
        ("C4", approved(given("spent", None, customer="C4")), None),
    ],
)
def test_no_level_is_left_behind_by_a_value_that_nobody_approved(
    run: Run, scorecard: Scorecard, customer: str, record: DataInput | None, met: bool | None
) -> None:
    ground = ground_of(run, customer, scorecard, [record] if record else [], TODAY)
    assert ground.levels[InputKind.OVERRIDE] == (met,)


C1 = {"spent": 100, "late": 5, "listed": False}


@pytest.mark.parametrize(
    ("source", "others", "new", "lift"),
    [
        ({}, {}, ("late", 0), 1),
        ({}, {}, ("late", 30), 0),
        ({}, {}, ("spent", 0), 0),
        # Hidden by a value somebody gave, until that is taken back.
        ({}, {"spent": 0}, ("late", 0), 1),
        # Only beside a value somebody gave does it lift at all.
        ({"spent": 0}, {"spent": 100}, ("late", 0), 1),
        ({"spent": 0}, {}, ("late", 0), 0),
        # Hidden by a gate.
        ({"listed": True}, {}, ("late", 0), 1),
        ({"spent": 0, "listed": True}, {}, ("spent", 100), 1),
        # Of a value given before, what counts is what the new one adds to it.
        ({}, {"late": 0}, ("late", 0), 0),
        ({}, {"late": 0}, ("late", 5), 0),
    ],
)
def test_a_value_lifts_as_far_as_it_does_once_what_hides_it_is_gone(
    scorecard: Scorecard,
    source: Mapping[str, Any],
    others: Mapping[str, Any],
    new: tuple[str, Any],
    lift: int,
) -> None:
    assert lift_of(scorecard, {**C1, **source}, others, new) == lift


def test_beside_too_many_values_how_far_it_lifts_is_not_told(scorecard: Scorecard) -> None:
    def beside(count: int) -> dict[str, Any]:
        return {f"x{number}": 1 for number in range(count)}

    assert lift_of(scorecard, C1, beside(6), ("late", 0)) == 1
    assert lift_of(scorecard, C1, {**beside(6), "late": 5}, ("late", 0)) == 1
    assert lift_of(scorecard, C1, beside(7), ("late", 0)) is None
