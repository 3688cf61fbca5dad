"""What is due follows the effective grade, the flags and the values people gave, and says what people did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from places import graded, moment, told, workspace

from rung.grading.promised import service_of
from rung.ledger import InputKind, Proposal, Supply
from rung.pipeline import GradeRequest, scorecard_of
from rung.plugins import PluginHost
from rung.runs.run import MEASURED
from rung.service.due import CONTACTS, HOLDERS, Chosen, due_list
from rung.service.due_list import DueKind
from rung.text import Text
from rung.workspace import Workspace

POLICY = """
schema = 1
id = "shop.care"
version = "1"
title = { zh = "照看", en = "Care" }
grades = ["A", "B"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[fields.town]
title = { zh = "地区", en = "Town" }
kind = "category"
choices = { near = ["近"], far = ["远"] }

[grading]
mode = "rules"
[[rules]]
id = "a"
grade = "A"
when = { spent = ">= 100" }
reason = { zh = "多", en = "much" }
[[rules]]
id = "b"
grade = "B"
when = { spent = "< 100" }
reason = { zh = "少", en = "little" }

[[flags]]
id = "big"
title = { zh = "大", en = "Big" }
when = { spent = ">= 1_000" }
service = { review = { every = "1mo", by = "boss" } }

[roles]
boss = { zh = "老板", en = "Boss" }
keeper = { zh = "店员", en = "Keeper" }

[service.A]
contact = [
    { id = "call", every = "7d", by = "keeper" },
    { id = "visit", every = "14d", by = "keeper", when = { town = "near" } },
]
[service.B]
stated = false
contact = { id = "letter", every = "7d", basis = "assumed", because = "a suggestion" }

[override]
approval = { up = "OVERRIDE", down = "none" }
[correction]
approval = { up = "none", down = "none" }
needs_evidence = false
"""
MONDAY = date(2026, 3, 2)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Four customers, graded on a Monday."""
    return shop(tmp_path, "none")


def shop(folder: Path, approval: str) -> Workspace:
    found = workspace(folder)
    policy = found.folder / "policies/care.toml"
    policy.write_text(POLICY.replace("OVERRIDE", approval), encoding="utf-8")
    people = [
        {"customer_id": "near", "spent": 500, "town": "near"},
        {"customer_id": "far", "spent": 500, "town": "far"},
        {"customer_id": "big", "spent": 5000, "town": None},
        {"customer_id": "small", "spent": 5, "town": "near"},
    ]
    graded(found, "shop.care", MONDAY, people)
    return found


def due(place: Workspace, day: date = MONDAY, within: int = 40) -> list[tuple[object, ...]]:
    return [each[:3] for each in told(place.service.due(moment(day), Chosen(within=within)))]


FIRST = [
    ("big", "call", "2026-03-09"),
    ("far", "call", "2026-03-09"),
    ("near", "call", "2026-03-09"),
    ("near", "visit", "2026-03-16"),
    ("big", "review", "2026-04-02"),
]


def test_a_grade_and_a_flag_bring_what_they_promise_where_its_condition_holds(place: Workspace) -> None:
    assert due(place) == FIRST


def test_what_is_only_suggested_is_never_due(place: Workspace) -> None:
    assert not any(each[0] == "small" for each in due(place, within=400))


def test_an_override_brings_the_promises_of_its_grade_from_the_day_it_takes_effect(place: Workspace) -> None:
    tuesday = date(2026, 3, 10)
    place.human_input.propose("small", Proposal(grade="A", reason="systemic"), moment(tuesday))
    found = [each for each in due(place, tuesday) if each[0] == "small"]
    assert found == [("small", "call", "2026-03-17"), ("small", "visit", "2026-03-24")]


def test_a_correction_changes_which_conditions_hold_and_which_flags_stand(place: Workspace) -> None:
    reasons = [each.id for each in place.shelf.find("shop.care").policy.correction.reasons]
    for customer, subject, value in (("far", "town", "near"), ("near", "spent", "2000")):
        given = Supply(kind=InputKind.CORRECTION, subject=subject, value=value, reason=reasons[0])
        place.human_input.supply(customer, given, moment(MONDAY))
    assert set(due(place)) - set(FIRST) == {
        ("far", "visit", "2026-03-16"),
        ("near", "review", "2026-04-02"),
    }


def test_what_awaits_approval_is_due_and_never_late(tmp_path: Path) -> None:
    place = shop(tmp_path, "one")
    made = place.human_input.propose("small", Proposal(grade="A", reason="systemic"), moment(MONDAY))
    found = place.service.due(moment(date(2026, 3, 5)), Chosen(kinds=frozenset({DueKind.APPROVE})))
    (row,) = found.rows()
    assert (row.customer_id, row.code, row.due, row.late_days, row.is_late, row.grade) == (
        "small",
        made.id,
        MONDAY,
        None,
        False,
        "B",
    )
    assert row.by_title == Text("审批人", "approver")


def test_an_override_that_runs_out_is_due_on_its_last_day(place: Workspace) -> None:
    last = date(2026, 4, 1)
    wanted = Proposal(grade="A", reason="systemic", expires_at=last)
    made = place.human_input.propose("small", wanted, moment(MONDAY))
    overrides = Chosen(kinds=frozenset({DueKind.OVERRIDE}), within=5)
    assert not len(place.service.due(moment(MONDAY), overrides))
    (row,) = place.service.due(moment(date(2026, 3, 30)), overrides).rows()
    assert (row.code, row.due, row.late_days) == (made.id, last, -2)


def test_contacts_of_the_ledger_restart_the_clock_by_their_own_day(place: Workspace) -> None:
    with place.run() as run:
        standing = place.service.standing(run, moment(MONDAY))
    contacts = pl.DataFrame(
        [
            {"customer_id": "far", "at": moment(date(2026, 3, 6)), "next_on": None},
            {"customer_id": "near", "at": moment(date(2026, 3, 6)), "next_on": date(2026, 3, 20)},
            {"customer_id": "stranger", "at": moment(MONDAY), "next_on": None},
        ],
        schema=CONTACTS,
    )
    calls = Chosen(within=40, kinds=frozenset({DueKind.CONTACT}))
    for last in (contacts, contacts.sort("customer_id")):
        found = due_list(standing, place.service.calendar, moment(MONDAY), calls, last_contacts=last)
        assert {each[:3] for each in told(found)} == {
            ("big", "call", "2026-03-09"),
            ("far", "call", "2026-03-13"),
            ("near", "call", "2026-03-20"),
            ("near", "visit", "2026-03-20"),
        }


def test_a_customer_with_a_holder_is_the_holders_alone(place: Workspace) -> None:
    with place.run() as run:
        standing = place.service.standing(run, moment(MONDAY))
    holders = pl.DataFrame([{"customer_id": "far", "account": "li"}], schema=HOLDERS)
    mine = Chosen(within=40, holders=frozenset({"li"}))
    found = due_list(standing, place.service.calendar, moment(MONDAY), mine, holders=holders)
    assert [(each.customer_id, each.holder) for each in found.rows()] == [("far", "li")]


@pytest.mark.parametrize("policy", ["auto4s.call-list", "sales.export-leads", "tobacco.service-classes"])
def test_whom_a_promise_binds_is_what_one_customer_is_told(tmp_path: Path, policy: str) -> None:
    place = workspace(tmp_path / "work")
    host, sector = PluginHost(), policy.partition(".")[0]
    make = host.sector(sector).sample
    assert make is not None
    sample = make(150, 7)
    source = tmp_path / "customers.csv"
    sample.customers.write_csv(source)
    loaded = place.shelf.find(policy)
    request = GradeRequest(source=source, policy=loaded, as_of=MONDAY, created_at=moment(MONDAY))
    place.grade(request, lambda *_told: None)
    with place.run() as run:
        standing = place.service.standing(run, moment(MONDAY))
        scorecard = scorecard_of(run, place.host)
        bound: dict[int, set[tuple[str, str]]] = {}
        for binding in standing.bindings:
            for row in binding.rows:
                bound.setdefault(row, set()).add((str(binding.title), binding.code))
        rows = pl.read_ipc(run.folder / MEASURED).to_dicts()
    grades = standing.frame["grade"].to_list()
    for row, (measured, grade) in enumerate(zip(rows, grades, strict=True)):
        lines = service_of(scorecard, measured, grade)
        told_one = {
            (str(line.source), code)
            for line in lines
            if line.terms.is_in_force and line.is_started
            for code in line.codes
        }
        assert bound.get(row, set()) == told_one
