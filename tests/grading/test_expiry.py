"""Judged answers expire: on the day they do, and with what the report says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drawn_policies import customers, policy

from rung.errors import RungError
from rung.grading.compiled import CompiledPolicy
from rung.grading.expiry import expired_counts, expiring, with_expired, without_expired

LEVELS = [
    {"level": "x", "title": "X", "describes": "x", "points": 100},
    {"level": "y", "title": "Y", "describes": "y", "points": 0},
    {"level": "z", "title": "Z", "describes": "z", "points": 50},
]


def judged(*more: dict[str, Any], **changed: Any) -> CompiledPolicy:
    criterion = {
        "id": "k",
        "title": "K",
        "measure": "word",
        "levels": LEVELS,
        "expires_after": "12mo",
        "dated_by": "day",
        **changed,
    }
    return policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 50, "C": 20}}, criteria=[criterion, *more]
    )


@pytest.mark.parametrize(
    ("given", "stands"),
    [(date(2025, 6, 30), True), (date(2025, 6, 29), False), (date(2026, 6, 30), True), (None, True)],
)
def test_an_answer_stands_to_the_day_and_one_without_a_date_stands(given: date | None, stands: bool) -> None:
    gone = expiring(judged(), date(2026, 6, 30))
    row = {"word": "x", "day": given, "count": 1}
    assert without_expired(row, gone)["word"] == ("x" if stands else None)
    frame = with_expired(customers(row), gone).collect()
    assert frame["word"].to_list() == ["x" if stands else None]
    assert frame["day"].to_list() == [given]


def test_only_answers_that_were_there_are_counted_as_expired() -> None:
    old = date(2020, 1, 1)
    frame = customers({"word": "x", "day": old}, {"word": None, "day": old}, {"word": "y", "day": None})
    assert expired_counts(frame, expiring(judged(), date(2026, 6, 30))).collect().row(0) == (1,)


def test_the_date_is_read_from_the_tables_too() -> None:
    assert judged().wanted == {"word", "day"}


def test_two_criteria_on_one_answer_let_it_expire_once() -> None:
    again = {
        "id": "k2",
        "title": "K2",
        "measure": "word",
        "levels": LEVELS,
        "expires_after": "12mo",
        "dated_by": "day",
    }
    assert [each.quantity.id for each in expiring(judged(again), date(2026, 6, 30))] == ["word"]
    with pytest.raises(RungError, match="expires otherwise"):
        judged({**again, "expires_after": "6mo"})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"expires_after": None}, "goes with “expires_after”"),
        ({"dated_by": "count"}, "is no date"),
        ({"dated_by": "nobody"}, "no field"),
    ],
)
def test_what_cannot_expire_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(RungError, match=words):
        judged(**changed)


def test_a_computed_value_does_not_expire() -> None:
    criterion = {
        "id": "k",
        "title": "K",
        "measure": "ratio",
        "bands": [{"when": "-", "points": 1}],
        "expires_after": "1y",
        "dated_by": "day",
    }
    with pytest.raises(RungError, match="is computed"):
        policy(
            grading={"mode": "score", "cutoffs": {"A": 80, "B": 50, "C": 20}},
            derived={"ratio": {"title": "R", "formula": "money / 2"}},
            criteria=[criterion],
        )
