"""What a test may expect beside grade and score: points, bands, service, alarms."""

from __future__ import annotations

from typing import Any

import pytest
from drawn_policies import FIELDS
from test_alarms import SURVEYS

from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.grading.inline_tests import run_tests
from rung.grading.trying import tried
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary

VOCABULARY = Vocabulary(fields={field.id: field for field in FIELDS}, events={"surveys": SURVEYS})
PARTS: dict[str, Any] = {
    "schema": 1,
    "id": "t.p",
    "version": "1",
    "title": "T",
    "grades": ["A", "B"],
    "grading": {"mode": "score", "cutoffs": {"A": 50}},
    "criteria": [
        {
            "id": "size",
            "title": "Size",
            "measure": "count",
            "bands": [{"when": ">= 10", "points": 99.5}, {"when": "< 10", "points": 0}],
        },
        {
            "id": "mood",
            "title": "Mood",
            "measure": "word",
            "applies": {"count": ">= 10"},
            "missing": "drop",
            "bands": [{"when": "x", "points": 100}, {"when": "not(x)", "points": 20}],
        },
    ],
    "flags": [
        {"id": "care", "title": "Care", "when": {"yes": True}, "service": {"promise": {"text": "Care"}}}
    ],
    "service": {"A": {"contact": [{"every": "7d"}, {"every": "1d", "when": {"money": ">= 1"}}]}},
    "roles": {"head": "Head"},
    "alarms": [
        {
            "id": a,
            "title": a,
            "on": "surveys",
            "duties": {"text": "Call", "by": "head"},
            "when": {"mark": when},
        }
        for a, when in (("bad", "<= 2"), ("awful", "<= 1"))
    ],
}


def compiled(test: dict[str, Any]) -> CompiledPolicy:
    return compile_policy(Policy.model_validate(PARTS | {"tests": [test]}), VOCABULARY)


def differences(customer: dict[str, Any], expect: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    (outcome,) = run_tests(compiled({"customer": customer, "expect": expect, **more}))
    return [(each.what, each.expected, each.found) for each in outcome.differences]


LARGE = {"count": 10, "word": "x", "money": 1, "yes": True}


@pytest.mark.parametrize(
    ("customer", "expect"),
    [
        (LARGE, {"points": {"size": 99.5, "mood": 100}, "bands": {"size": 1, "mood": 1}}),
        ({"count": 10}, {"bands": {"size": 1, "mood": 0}}),
        ({"count": 9}, {"points": {"size": 0}, "bands": {"size": 2, "mood": -1}}),
        ({}, {"bands": {"size": 0}}),
        (LARGE, {"service": ["contact:1", "contact:2", "promise"]}),
        (LARGE, {"service": ["promise", "contact:2", "contact:1"]}),
        ({"count": 10}, {"service": ["contact:1"]}),
        ({"count": 9}, {"service": []}),
    ],
)
def test_points_bands_and_service_that_come_out_pass(
    customer: dict[str, Any], expect: dict[str, Any]
) -> None:
    assert differences(customer, expect) == []


@pytest.mark.parametrize(
    ("customer", "expect", "told"),
    [
        (LARGE, {"points": {"size": 99.4}}, ("points.size", "99.4", "99.5")),
        ({"count": 10}, {"points": {"mood": 20}}, ("points.mood", "20", "none")),
        (LARGE, {"bands": {"size": 2}}, ("bands.size", "2", "1")),
        ({"count": 9}, {"bands": {"mood": 0}}, ("bands.mood", "0", "-1")),
        (LARGE, {"service": ["contact:1"]}, ("service", "contact:1", "contact:1, contact:2, promise")),
        ({"count": 10}, {"service": []}, ("service", "none", "contact:1")),
    ],
)
def test_points_bands_and_service_that_differ_are_told(
    customer: dict[str, Any], expect: dict[str, Any], told: tuple[str, str, str]
) -> None:
    assert differences(customer, expect) == [told]


def surveyed(mark: Any) -> dict[str, Any]:
    return {"table": "surveys", "values": {} if mark is None else {"mark": mark}}


@pytest.mark.parametrize(
    ("mark", "alarms"), [(1, ["bad", "awful"]), (1, ["awful", "bad"]), (2, ["bad"]), (2.1, []), (None, [])]
)
def test_alarms_an_event_raises_pass(mark: Any, alarms: list[str]) -> None:
    assert differences({}, {"alarms": alarms}, event=surveyed(mark)) == []


def test_alarms_that_differ_are_told() -> None:
    found = differences({}, {"alarms": ["awful"]}, event=surveyed(2))
    assert found == [("alarms", "awful", "bad")]


def test_a_difference_stands_at_the_key_of_its_criterion() -> None:
    (outcome,) = run_tests(compiled({"customer": LARGE, "expect": {"bands": {"size": 2}}}))
    (problem,) = outcome.problems()
    assert problem.place is not None
    assert problem.place.key == "tests[0].expect[0].bands.size"


def test_what_was_tried_is_handed_out_whole() -> None:
    made = compiled({"customer": LARGE, "event": surveyed(1.5), "expect": {"alarms": ["bad"]}})
    (case,) = tried(made.policy.tests[0], made)
    assert (case.found.grade, case.service) == ("A", ("contact:1", "contact:2", "promise"))
    assert (case.row["money"], case.event, case.alarms) == (
        100,
        {"customer_id": None, "date": None, "mark": 15},
        ("bad",),
    )
