"""What counts for nothing in a mode, which roles and codes nobody knows: told at its key."""

from __future__ import annotations

from typing import Any

import pytest
from drawn_policies import FIELDS
from test_alarms import SURVEYS

from rung.errors import Severity
from rung.grading.check import check
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary

VOCABULARY = Vocabulary(fields={field.id: field for field in FIELDS}, events={"surveys": SURVEYS})
RULE = {"id": "r", "grade": "A", "when": {"count": 1}, "reason": "r"}
SCALE = {"id": "k", "title": "K", "measure": "count", "bands": [{"when": "-", "points": 1, "grade": "A"}]}
SCORE = {"mode": "score", "cutoffs": {"A": 1}}
MATRIX = {"mode": "matrix", "axes": ["k", "l"], "cells": [["A"]]}
ALARM = {"id": "a", "title": "A", "on": "surveys", "duties": {"text": "Call", "by": "head"}}
ROLES = {"head": "Head"}


def told(**parts: Any) -> dict[str, str]:
    """Return what is wrong, by key."""
    whole = {"schema": 1, "id": "t.p", "version": "1", "title": "T", "grades": ["A", "B"], **parts}
    if "grading" not in parts:
        whole.pop("grades")
    found = check(Policy.model_validate(whole), VOCABULARY)
    return {each.place.key if each.place else "": f"{each.severity.value}: {each.message}" for each in found}


@pytest.mark.parametrize(
    ("parts", "key", "message"),
    [
        (
            {"grading": {"mode": "rules"}, "rules": [RULE], "criteria": [SCALE]},
            "criteria[0]",
            "error: Criteria count for nothing in mode “rules”.",
        ),
        (
            {"grading": SCORE, "criteria": [SCALE], "rules": [RULE]},
            "rules[0]",
            "error: Rules count for nothing in mode “score”.",
        ),
        (
            {"grading": MATRIX, "criteria": [SCALE, {**SCALE, "id": "l"}, {**SCALE, "id": "m"}]},
            "criteria[2]",
            "error: Criterion “m” is no axis of the matrix and counts for nothing.",
        ),
        (
            {
                "grading": {"mode": "combine", "how": "weighted"},
                "criteria": [{**SCALE, "weight": 2}, {**SCALE, "id": "l"}],
            },
            "criteria[1]",
            "warning: Criterion “l” has no weight beside others that have one; it counts 1.",
        ),
        (
            {"grading": {"mode": "process"}, "rules": [RULE]},
            "grading.mode",
            "warning: The stages of a process are listed as ranks.",
        ),
        (
            {"grading": {"mode": "rules", "hit": "priority"}, "rules": [RULE], "ordered": False},
            "grading.hit",
            "error: Grades without an order have no best one.",
        ),
        (
            {"grading": {"mode": "rules", "collect": "sum"}, "rules": [RULE]},
            "grading.collect",
            'error: “collect” counts for nothing without hit = "collect".',
        ),
        (
            {"grading": {"mode": "rules", "cutoffs": {"A": 1}}, "rules": [RULE]},
            "grading.cutoffs",
            'error: “cutoffs” counts for nothing without hit = "collect".',
        ),
        (
            {"grading": {"mode": "rules"}, "rules": [{**RULE, "points": 1}]},
            "rules[0].points",
            'error: A rule\'s points count for nothing without hit = "collect".',
        ),
        (
            {
                "grading": {"mode": "rules", "hit": "collect", "collect": "count", "cutoffs": {"A": 1}},
                "rules": [RULE],
            },
            "rules[0].grade",
            "error: A rule's grade counts for nothing where points are collected.",
        ),
        (
            {
                "grading": {"mode": "rules", "hit": "collect", "collect": "sum", "cutoffs": {"B": 1}},
                "rules": [{"id": "r", "points": 1, "when": {"count": 1}, "reason": "r"}],
            },
            "grading.cutoffs.B",
            "error: The last grade, “B”, has a cut-off.",
        ),
        (
            {
                "grading": {"mode": "rules"},
                "rules": [RULE],
                "ordered": False,
                "gates": [{"id": "g", "when": {"count": 1}, "at_most": "B", "reason": "r"}],
            },
            "gates[0].at_most",
            "error: Grades without an order have no cap or floor.",
        ),
        (
            {
                "grading": {"mode": "rules"},
                "rules": [RULE],
                "ordered": False,
                "override": {"max_notches_up": 2},
            },
            "override.max_notches_up",
            "error: Grades without an order have no notches to go up or down.",
        ),
        (
            {"alarms": [ALARM], "roles": ROLES, "flags": [{"id": "f", "title": "F", "when": {"count": 1}}]},
            "flags",
            "error: “flags” counts for nothing where nobody is graded.",
        ),
        ({"alarms": [ALARM]}, "alarms[0].duties[0].by", "error: There is no role “head”."),
        (
            {"alarms": [{**ALARM, "escalate_to": "boss"}], "roles": ROLES},
            "alarms[0].escalate_to",
            "error: There is no role “boss”.",
        ),
        (
            {"alarms": [ALARM, ALARM], "roles": ROLES},
            "alarms[1].id",
            "error: “a” is already the id of alarms[0].",
        ),
        (
            {
                "grading": {"mode": "rules"},
                "rules": [RULE],
                "service": {"A": {"escalate": [{"after": "1d", "to": "boss"}]}},
            },
            "service.A.escalate[0].to",
            "error: There is no role “boss”.",
        ),
        (
            {
                "grading": {"mode": "rules"},
                "rules": [RULE],
                "service": {
                    "A": {"promise": [{"id": "x", "text": "a"}], "benefit": {"id": "x", "text": "b"}}
                },
            },
            "service.A.promise",
            "error: Two obligations here are known as “x”.",
        ),
    ],
)
def test_what_does_not_fit_the_mode_is_told_at_its_key(parts: dict[str, Any], key: str, message: str) -> None:
    assert told(**parts)[key] == message


@pytest.mark.parametrize(
    "parts",
    [
        {"alarms": [ALARM], "roles": ROLES},
        {"grading": {"mode": "process"}, "rules": [RULE], "ordered": False},
        {"grading": MATRIX, "criteria": [SCALE, {**SCALE, "id": "l"}]},
        {
            "grading": {"mode": "combine", "how": "best"},
            "criteria": [{**SCALE, "weight": 2}, {**SCALE, "id": "l"}],
        },
        {"grading": {"mode": "rules", "hit": "priority"}, "rules": [RULE]},
    ],
)
def test_what_fits_is_sound(parts: dict[str, Any]) -> None:
    assert told(**parts) == {}


RULED: dict[str, Any] = {
    "grading": {"mode": "rules"},
    "rules": [RULE],
    "service": {"A": {"contact": {"every": "7d"}}},
    "roles": ROLES,
    "alarms": [ALARM],
}
SCORED: dict[str, Any] = {"grading": SCORE, "criteria": [SCALE]}


@pytest.mark.parametrize(
    ("policy", "test", "key", "message"),
    [
        (RULED, {"expect": {"service": ["visit"]}}, "service", "Nothing is promised under the code “visit”."),
        (RULED, {"expect": {"alarms": ["b"]}}, "alarms", "There is no alarm “b”."),
        (RULED, {"expect": {"score": 1}}, "score", "There is no score in mode “rules”."),
        (SCORED, {"expect": {"points": {"x": 1}}}, "points.x", "There is no criterion “x”."),
        (SCORED, {"expect": {"bands": {"k": 2}}}, "bands.k", "“k” has no band 2; it has 1."),
        (SCORED, {"expect": {"bands": {"k": -2}}}, "bands.k", "“k” has no band -2; it has 1."),
    ],
)
def test_an_expectation_of_what_is_not_there_is_told(
    policy: dict[str, Any], test: dict[str, Any], key: str, message: str
) -> None:
    found = told(**policy, tests=[{"customer": {"count": 1}, **test}])
    assert found[f"tests[0].expect[0].{key}"] == f"error: {message}"


@pytest.mark.parametrize(
    ("test", "key", "message"),
    [
        ({"event": {"table": "survey"}}, "event.table", "There is no event table “survey”."),
        (
            {"event": {"table": "surveys", "values": {"marks": 1}}},
            "event.values.marks",
            "The event table “surveys” has no column “marks”.",
        ),
        ({"customer": {"count": 1}}, "expect", "Alarms are expected, but no event arrives."),
    ],
)
def test_an_event_that_cannot_arrive_is_told(test: dict[str, Any], key: str, message: str) -> None:
    found = told(**RULED, tests=[{"expect": {"alarms": ["a"]}, **test}])
    assert found[f"tests[0].{key}"] == f"error: {message}"


def test_a_value_of_an_event_that_cannot_be_read_is_told() -> None:
    event = {"table": "surveys", "values": {"mark": "bad"}}
    found = told(**RULED, tests=[{"event": event, "expect": {"alarms": []}}])
    assert list(found) == ["tests[0].event.values.mark"]
    assert found["tests[0].event.values.mark"].startswith(Severity.ERROR.value)
