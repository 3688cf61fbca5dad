"""Alarms: one event, the customer it belongs to, and what the two raise."""

from __future__ import annotations

from typing import Any

import pytest
from drawn_policies import FIELDS

from rung.errors import RungError
from rung.grading.alarms import raised
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.model import Policy
from rung.text import Text
from rung.vocabulary import EventTable, Field, Kind, Vocabulary

SURVEYS = EventTable(
    id="surveys",
    title=Text("问卷", "Surveys"),
    columns=(
        Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
        Field(id="date", title=Text("日期", "Date"), kind=Kind.DATE),
        Field(id="mark", title=Text("评分", "Mark"), kind=Kind.NUMBER, decimals=1),
    ),
)
DUTY = {"text": "Call the customer", "by": "head", "within": "24h"}


def alarming(*alarms: dict[str, Any]) -> CompiledPolicy:
    vocabulary = Vocabulary(fields={field.id: field for field in FIELDS}, events={"surveys": SURVEYS})
    written = [{"title": "Alarm", "on": "surveys", "duties": DUTY, **alarm} for alarm in alarms]
    whole = {"schema": 1, "id": "test.alarms", "version": "1", "title": "T", "alarms": written}
    derived = {"double": {"title": "Double", "formula": "count * 2"}}
    return compile_policy(Policy.model_validate({**whole, "derived": derived}), vocabulary)


EVERY = {"id": "every"}
BAD = {"id": "bad", "when": {"mark": "<= 2.5"}}
OF_LARGE = {"id": "large", "when": {"mark": "<= 2.5"}, "customers": {"count": ">= 10"}}
OF_DOUBLE = {"id": "double", "customers": {"double": ">= 20"}}


@pytest.mark.parametrize(
    ("event", "customer", "alarms"),
    [
        ({"mark": 26}, {"count": 10}, ("every", "double")),
        ({"mark": 25}, {"count": 10}, ("every", "bad", "large", "double")),
        ({"mark": 25}, {"count": 9}, ("every", "bad")),
        ({"mark": 25}, {}, ("every", "bad")),
        ({}, {"count": 10}, ("every", "double")),
    ],
)
def test_an_event_raises_the_alarms_whose_conditions_hold(
    event: dict[str, Any], customer: dict[str, Any], alarms: tuple[str, ...]
) -> None:
    assert raised(alarming(EVERY, BAD, OF_LARGE, OF_DOUBLE), "surveys", event, customer) == alarms


def test_events_of_another_table_raise_nothing() -> None:
    assert raised(alarming(EVERY), "visits", {}, {}) == ()


def test_a_policy_of_alarms_alone_reads_the_customers_values_they_ask_for() -> None:
    assert alarming(EVERY, OF_DOUBLE).wanted == {"count"}


@pytest.mark.parametrize(
    ("alarm", "key", "message"),
    [
        ({"id": "a", "on": "survey"}, "alarms[0].on", "There is no event table “survey”."),
        (
            {"id": "a", "when": {"marks": "< 1"}},
            "alarms[0].when.marks",
            "The event table “surveys” has no column “marks”.",
        ),
        (
            {"id": "a", "when": {"count": "< 1"}},
            "alarms[0].when.count",
            "The event table “surveys” has no column “count”.",
        ),
        (
            {"id": "a", "customers": {"mark": "< 1"}},
            "alarms[0].customers.mark",
            "There is no field, feature or derived value “mark”.",
        ),
        (
            {"id": "a", "when": {"mark": "< x"}},
            "alarms[0].when.mark",
            "The cell “< x” cannot be read for “mark”, a field of kind number.",
        ),
    ],
)
def test_tables_and_columns_that_are_not_there_are_told_at_their_place(
    alarm: dict[str, Any], key: str, message: str
) -> None:
    with pytest.raises(RungError) as caught:
        alarming(alarm)
    (problem,) = caught.value.problems
    assert (problem.place.key if problem.place else "", problem.message) == (key, message)
