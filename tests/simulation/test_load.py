"""Promises become work: how often they come due, to how many customers, for which role."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from drawn_policies import customers, policy

from rung.durations import Duration
from rung.simulation.graded import graded_by
from rung.simulation.load import Owed, a_month, a_week, by_role
from rung.simulation.owed import owed_in

SERVICE: dict[str, Any] = {
    "A": {
        "contact": {"every": "7d", "by": "caller"},
        "respond": {"to": "complaint", "within": "24h", "by": "desk"},
        "review": {"every": "6mo", "by": "boss"},
    },
    "B": {
        "contact": [
            {"id": "visit", "every": "1mo", "by": "caller", "when": {"count": "> 4"}},
            {"id": "call", "phases": [{"lasts": "4w", "every": "1w"}, {"every": "2w"}], "by": "desk"},
        ],
        "owner": {"by": "boss"},
    },
}


def owed(**parts: Any) -> dict[tuple[str, str], Owed]:
    compiled = policy(
        grading={"mode": "rules", "otherwise": "B"},
        rules=[{"id": "r", "grade": "A", "when": {"money": ">= 1"}, "reason": "r"}],
        roles={"caller": "Caller", "desk": "Desk", "boss": "Boss"},
        **{"service": SERVICE, **parts},
    )
    people = [{"money": 100, "count": 9}, {"money": 500, "count": 1}]
    people += [{"money": 0, "count": 5}, {"money": 0, "count": 4}, {"money": 0}]
    return {(each.source, each.code): each for each in owed_in(graded_by(compiled, customers(*people)))}


@pytest.mark.parametrize(
    ("span", "week", "month"),
    [
        ("7d", Fraction(1), Fraction(3652425, 10000 * 84)),
        ("2w", Fraction(1, 2), Fraction(3652425, 10000 * 168)),
        ("1mo", Fraction(840000, 3652425), Fraction(1)),
        ("1y", Fraction(70000, 3652425), Fraction(1, 12)),
        ("12h", Fraction(14), Fraction(3652425, 10000 * 6)),
    ],
)
def test_a_rhythm_comes_due_so_often(span: str, week: Fraction, month: Fraction) -> None:
    assert (a_week(Duration.parse(span)), a_month(Duration.parse(span))) == (week, month)


def test_a_promise_is_owed_to_the_customers_of_its_grade() -> None:
    found = owed()
    assert found["A", "contact"].customers == 2
    assert found["B", "owner"].customers == 3


def test_a_promise_under_a_condition_is_owed_where_it_holds_and_not_where_it_is_open() -> None:
    assert owed()["B", "visit"].customers == 1


def test_of_contact_in_phases_the_lasting_rhythm_counts() -> None:
    assert owed()["B", "call"].per_week == Fraction(3, 2)


def test_a_flag_s_promise_is_owed_beside_the_grade_s() -> None:
    flag = {"id": "f", "title": "F", "when": {"count": ">= 4"}}
    promising = {**flag, "service": {"contact": {"every": "1d", "by": "boss"}}}
    assert owed(flags=[promising])["f", "contact"].customers == 3


def test_a_flag_s_class_of_service_is_not_owed_twice_where_it_is_the_grade() -> None:
    flag = {"id": "f", "title": "F", "when": {"count": ">= 4"}, "service_class": "A"}
    found = owed(flags=[flag])
    assert (found["A", "contact"].customers, found["f", "contact"].customers) == (2, 2)


def test_suggestions_nobody_accepted_are_marked() -> None:
    suggested = {"stated": False, "contact": {"every": "1d", "basis": "assumed", "because": "x"}}
    assert owed(service={"A": suggested})["A", "contact"].is_in_force is False


def test_the_work_of_each_role_is_summed_up() -> None:
    loads = by_role(owed().values())
    assert set(loads) == {"caller", "desk", "boss"}
    assert loads["caller"].contacts_a_week == 2 + Fraction(840000, 3652425)
    assert loads["desk"].answers == 2
    assert (loads["boss"].reviews_a_month, loads["boss"].owned) == (Fraction(2, 6), 3)
