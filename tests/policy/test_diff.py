"""Differences of policies are told by meaning, each at its key, and in words."""

from __future__ import annotations

import typing
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from rung.grading.compile import compile_policy
from rung.grading.condition_words import asked_words
from rung.policy.diff import Area, Kind, Subject, diff, diff_lines, key_words, plain_difference
from rung.policy.model import Policy
from rung.text import Text, set_language
from rung.vocabulary import EventTable, Field, Vocabulary
from rung.vocabulary import Kind as Sort

FIELDS = (
    Field(id="customer_id", title=Text("编号", "Id"), kind=Sort.TEXT),
    Field(id="spent", title=Text("消费", "Spent"), kind=Sort.MONEY),
    Field(id="late", title=Text("逾期", "Late"), kind=Sort.INTEGER),
    Field(id="vip", title=Text("贵宾", "Vip"), kind=Sort.BOOLEAN),
)
COMPLAINTS = EventTable(
    id="complaints",
    title=Text("投诉", "Complaints"),
    columns=(Field(id="loss", title=Text("损失", "Loss"), kind=Sort.MONEY),),
)
VOCABULARY = Vocabulary(fields={field.id: field for field in FIELDS}, events={"complaints": COMPLAINTS})
BASE: dict[str, Any] = {
    "schema": 1,
    "id": "shop.tiers",
    "version": "1",
    "title": "Tiers",
    "grades": ["A", "B", "C"],
    "grading": {"mode": "score", "cutoffs": {"A": 80, "B": 40}},
    "criteria": [
        {
            "id": "spent",
            "title": "Spent",
            "measure": "spent",
            "weight": 30,
            "bands": [
                {"when": ">= 1_000", "points": 100},
                {"when": "[100..1_000)", "points": 60},
                {"when": "< 100", "points": 0},
            ],
        },
        {
            "id": "late",
            "title": "Late",
            "measure": "late",
            "weight": 10,
            "bands": [{"when": "[0..5]", "points": 1}, {"when": "-", "points": 0}],
        },
    ],
    "gates": [{"id": "g", "when": {"late": "> 90", "vip": False}, "at_most": "C", "reason": "Late"}],
    "flags": [{"id": "f", "title": "F", "when": {"any": [{"vip": True}, {"late": 0}]}}],
    "roles": {"keeper": "Keeper"},
    "service": {"A": {"contact": {"every": "7d", "by": "keeper"}, "review": {"every": "12mo"}}},
    "alarms": [
        {
            "id": "loss",
            "title": "Loss",
            "on": "complaints",
            "when": {"loss": "> 10"},
            "duties": {"text": "Call", "by": "keeper", "within": "2h"},
        }
    ],
}


def subject(**parts: Any) -> Subject:
    compiled = compile_policy(Policy.model_validate({**BASE, **parts}), VOCABULARY)
    return Subject(compiled.policy, compiled.quantities, compiled.vocabulary.events)


def told(before: Subject, after: Subject) -> list[tuple[str, str, str]]:
    return [
        (each.what, each.before, each.after)
        for each in diff_lines(diff(before, after), before, after, asked_words)
    ]


def criterion(place: int, **keys: Any) -> dict[str, Any]:
    criteria = [dict(each) for each in BASE["criteria"]]
    criteria[place] |= keys
    return {"criteria": criteria}


SAME: dict[str, dict[str, Any]] = {
    "thousands": criterion(
        0,
        bands=[
            {"when": ">=1000", "points": 100.0},
            {"when": "[100 .. 999.99]", "points": 60},
            {"when": "not(>= 100)", "points": 0},
        ],
    ),
    "whole numbers": criterion(1, bands=[{"when": "0, 1, [2..6)", "points": 1}, {"when": "-", "points": 0}]),
    "a default written out": criterion(1, missing="refuse", ties="up"),
    "decimals": {"grading": {"mode": "score", "cutoffs": {"A": 80.00, "B": 40}, "score_decimals": 2}},
    "cells in another order": {
        "gates": [{"id": "g", "when": {"vip": "false", "late": ">= 91"}, "at_most": "C", "reason": "Late"}]
    },
    "a negation": {
        "flags": [{"id": "f", "title": "F", "when": {"not": {"vip": "not(true)", "late": "!= 0"}}}]
    },
    "spans": {"service": {"A": {"contact": [{"every": "1w", "by": "keeper"}], "review": {"every": "1y"}}}},
    "version and tests": {"version": "2", "tests": [{"customer": {"late": 0}, "expect": {"grade": "C"}}]},
}


@pytest.mark.parametrize("parts", SAME.values(), ids=SAME)
def test_another_spelling_is_no_difference(parts: dict[str, Any]) -> None:
    assert diff(subject(), subject(**parts)) == ()


MOVED: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "cut-off": (
        {"grading": {"mode": "score", "cutoffs": {"A": 75, "B": 40}}},
        [("cut-off › A", "80", "75")],
    ),
    "weight": (criterion(0, weight=10), [("Spent (spent) › weight", "30 (75.0%)", "10 (50.0%)")]),
    "bound": (
        criterion(
            0,
            bands=[
                {"when": ">= 2_000", "points": 100},
                {"when": "[100..2_000)", "points": 60},
                {"when": "< 100", "points": 0},
            ],
        ),
        [
            ("Spent (spent) › band 1 › condition", "≥ 1,000", "≥ 2,000"),
            ("Spent (spent) › band 2 › condition", "[100 .. 1,000)", "[100 .. 2,000)"),
        ],
    ),
    "band": (
        criterion(
            0,
            bands=[
                {"when": ">= 5_000", "points": 120},
                *BASE["criteria"][0]["bands"],
            ],
        ),
        [("Spent (spent) › band 1", "", "≥ 5,000, 120 points")],
    ),
    "a cell of a gate": (
        {"gates": [{"id": "g", "when": {"late": "> 60", "vip": False}, "at_most": "B", "reason": "Late"}]},
        [("g › condition › Late (late)", "> 90", "> 60"), ("g › at most", "C", "B")],
    ),
    "a gate gone": ({"gates": []}, [("g", "at most C, Late > 90; Vip no", "")]),
    "a condition joined otherwise": (
        {"flags": [{"id": "f", "title": "F", "when": {"vip": True}}]},
        [("F (f) › condition", "any of: Vip yes; Late 0", "Vip yes")],
    ),
    "promises": (
        {"service": {"A": {"contact": {"every": "14d", "by": "keeper"}}, "B": {"review": {"every": "1mo"}}}},
        [
            ("A › contact 1 › every", "7 days", "14 days"),
            ("A › review 1", "grade reviewed every 12 months", ""),
            ("B › review 1", "", "grade reviewed every 1 month"),
        ],
    ),
    "an alarm's condition, over its events": (
        {"alarms": [{**BASE["alarms"][0], "when": {"loss": "> 20"}}]},
        [("Loss (loss) › condition › Loss (loss)", "> 10", "> 20")],
    ),
    "override": ({"override": {"max_notches_up": 2}}, [("most notches up", "1", "2")]),
    "order": (
        {"criteria": BASE["criteria"][::-1]},
        [("Late (late)", "place 2", "place 1")],
    ),
    "mode": (
        {
            "grading": {"mode": "combine", "how": "worst"},
            "criteria": [
                {**each, "bands": [{**band, "grade": "A"} for band in each["bands"]]}
                for each in BASE["criteria"]
            ],
        },
        [
            ("way of grading", "score", "combine"),
            ("cut-off › A", "80", ""),
            ("cut-off › B", "40", ""),
            ("decimals of the score", "2", ""),
            ("how scales are combined", "", "worst"),
            ("ties", "", "up"),
            *(
                (f"{name} › band {n} › grade", "", "A")
                for name, bands in (("Spent (spent)", 3), ("Late (late)", 2))
                for n in range(1, bands + 1)
            ),
        ],
    ),
}


@pytest.mark.parametrize(("parts", "lines"), MOVED.values(), ids=MOVED)
def test_what_moved_is_told_where_it_stands(parts: dict[str, Any], lines: list[tuple[str, str, str]]) -> None:
    set_language("en")
    assert told(subject(), subject(**parts)) == lines


OUTCOME: dict[str, Any] = {"id": "gone", "title": "Gone", "key": "g", "facts": {"vip": True, "spent": 10}}


def test_an_outcome_that_changed_is_told_in_words() -> None:
    set_language("en")
    facts = {"vip": False, "spent": 10.00, "late": "missing"}
    after = {**OUTCOME, "key": "h", "facts": facts, "again": "2d", "reached": False}
    assert told(subject(outcomes=[OUTCOME]), subject(outcomes=[after])) == [
        ("Gone (gone) › key", "g", "h"),
        ("Gone (gone) › sets › Vip (vip)", "yes", "no"),
        ("Gone (gone) › sets › Late (late)", "", "not known"),
        ("Gone (gone) › next try after", "", "2 days"),
        ("Gone (gone) › the customer is reached", "yes", "no"),
    ]
    (line,) = diff_lines(
        diff(subject(), subject(outcomes=[OUTCOME])), subject(), subject(outcomes=[OUTCOME]), asked_words
    )
    assert (line.section, line.what, line.before) == ("Outcomes of a contact", "Gone (gone)", "")
    assert line.after == "Gone; key g; Vip: yes; Spent: 10 yuan"
    assert line.difference.area is Area.SERVICE


def test_a_script_and_a_time_that_changed_are_told_with_the_promise() -> None:
    set_language("en")
    contact = {"every": "7d", "by": "keeper", "script": "Hello", "minutes": 5}
    after = {"A": {"contact": contact, "review": {"every": "12mo"}}}
    assert told(subject(), subject(service=after)) == [
        ("A › contact 1 › what is said", "", "Hello"),
        ("A › contact 1 › minutes each", "", "5"),
    ]


def test_a_difference_says_what_it_bears_on() -> None:
    after = subject(
        **criterion(0, weight=5, reason="Too little", basis="assumed", because="a guess"),
        service={},
        override={"max_notches_up": 0},
        effective_from=date(2027, 1, 1),
    )
    areas = {each.key: each.area for each in diff(subject(), after)}
    assert areas == {
        "effective_from": Area.DAYS,
        "criteria.spent.basis": Area.BASIS,
        "criteria.spent.because": Area.BASIS,
        "criteria.spent.weight": Area.GRADES,
        "criteria.spent.reason": Area.WORDS,
        "service.A.contact[0]": Area.SERVICE,
        "service.A.review[0]": Area.SERVICE,
        "override.max_notches_up": Area.OVERRULING,
    }


def test_a_text_that_differs_in_the_other_language_alone_is_shown_in_both() -> None:
    set_language("en")
    before, after = (subject(title={"zh": zh, "en": "Tiers"}) for zh in ("甲", "乙"))
    assert told(before, after) == [("Title", "甲 | Tiers", "乙 | Tiers")]


def test_in_json_parts_are_as_a_policy_writes_them() -> None:
    (found,) = diff(subject(), subject(gates=[]))
    assert plain_difference(found) == {
        "key": "gates.g",
        "change": "removed",
        "area": "grades",
        "before": {"id": "g", "when": {"late": "> 90", "vip": False}, "at_most": "C", "reason": "Late"},
        "after": None,
        "before_at": None,
        "after_at": None,
    }


def test_a_member_s_place_is_known_on_both_sides() -> None:
    (found,) = diff(subject(), subject(criteria=BASE["criteria"][1:]))
    assert (found.kind, found.before_path, found.after_path) == (Kind.REMOVED, ("criteria", 0), ("criteria",))


def test_ten_thousand_rules_are_compared_quickly() -> None:
    rules = [{"id": f"r{n}", "grade": "B", "when": {"spent": n}, "reason": "r"} for n in range(10_000)]
    parts = {"grading": {"mode": "rules"}, "criteria": [], "rules": rules}
    moved = {**parts, "rules": [*rules[1:], rules[0]]}
    assert [(each.key, each.before, each.after) for each in diff(subject(**parts), subject(**moved))] == [
        ("rules.r0", 1, 10_000)
    ]


UNTOLD = {"id", "version", "schema_", "extends", "change", "history", "published", "written_by", "tests"}
# Which policy it is, and its examples: no part of a difference.


def parts_of(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = (
            parts_of(info.annotation) for name, info in annotation.model_fields.items() if name not in UNTOLD
        )
        return {annotation}.union(*inner)
    return set[type[BaseModel]]().union(*map(parts_of, typing.get_args(annotation)))


def test_every_key_of_a_policy_has_a_word() -> None:
    known = {*key_words.words_of_keys(), "use", "level", "id"}
    nameless = [
        f"{part.__name__}.{key}"
        for part in parts_of(Policy) - {Policy}
        for key in part.model_fields
        if key not in known
    ]
    assert nameless == []
    assert [
        key for key in Policy.model_fields if key not in UNTOLD and key_words.section_word(key) == key
    ] == []
