"""What is said of one contact: its moment, its next day, and what is refused, each with its rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rung.durations import Duration
from rung.errors import RungError
from rung.policy.outcome import USUAL, OutcomeInEffect
from rung.service.calendars import Calendar
from rung.service.contacts import ContactSaid, outcome_meant, settled
from rung.service.contacts.said import Settled
from rung.text import Text

SHANGHAI = Calendar(zone=ZoneInfo("Asia/Shanghai"))
NOW = datetime(2026, 3, 6, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 3, 6)
OUTCOMES = (
    OutcomeInEffect(id="spoken", title=Text("已联系", "Spoken to"), key="s", facts={}),
    OutcomeInEffect(
        id="no_answer",
        title=Text("没接", "No answer"),
        key="n",
        facts={},
        again=Duration.parse("1d"),
        reached=False,
    ),
    OutcomeInEffect(
        id="busy",
        title=Text("占线", "Busy"),
        key="b",
        facts={},
        again=Duration.parse("20h"),
        reached=False,
    ),
)


def found(outcome: str = "spoken", calendar: Calendar = SHANGHAI, **parts: Any) -> Settled:
    return settled(ContactSaid(outcome=outcome, **parts), OUTCOMES, NOW, calendar)


def refusals(**parts: Any) -> list[str]:
    with pytest.raises(RungError) as caught:
        found(**parts)
    return [each.message for each in caught.value.problems]


@pytest.mark.parametrize("name", ["no_answer", "n", "N", "No answer", "没接", "NO_ANSWER"])
def test_an_outcome_is_meant_by_id_key_or_title(name: str) -> None:
    assert outcome_meant(name, OUTCOMES).id == "no_answer"


def test_an_unknown_outcome_is_refused_with_those_there_are() -> None:
    with pytest.raises(RungError) as caught:
        outcome_meant("gone", USUAL)
    problem = caught.value.problems[0]
    assert problem.message == "“gone” is no outcome of a contact here."
    assert "r reached (Reached), n no_answer (No answer)" in problem.hint


def test_without_a_moment_it_is_now() -> None:
    assert found().at == NOW


def test_a_day_without_an_hour_counts_at_its_noon_here_and_today_at_this_moment() -> None:
    assert found(at=date(2026, 3, 5)).at == datetime(2026, 3, 5, 4, tzinfo=UTC)
    assert found(at=TODAY).at == NOW


def test_a_moment_without_a_zone_is_of_the_calendars() -> None:
    assert found(at=datetime(2026, 3, 5, 8)).at == datetime(2026, 3, 5, 0, tzinfo=UTC)
    assert found(at=datetime(2026, 3, 5, 23, tzinfo=UTC)).day == TODAY


def test_an_hour_that_comes_twice_is_the_first_and_one_left_out_is_moved_on() -> None:
    berlin = Calendar(country="DE", zone=ZoneInfo("Europe/Berlin"))
    twice = found(calendar=berlin, at=datetime(2025, 10, 26, 2, 30))
    assert twice.at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    skipped = found(calendar=berlin, at=datetime(2025, 3, 30, 2, 30))
    assert skipped.at == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)


def test_a_contact_in_the_future_is_refused_to_the_minute() -> None:
    assert found(at=datetime(2026, 3, 6, 10)).at == NOW
    assert refusals(at=datetime(2026, 3, 6, 10, 1)) == [
        "The contact would have taken place on 2026-03-06 10:01, which is still to come."
    ]
    assert len(refusals(at=date(2026, 3, 7))) == 1


@pytest.mark.parametrize("minutes", [1, 1440])
def test_minutes_are_counted_from_one_to_a_day(minutes: int) -> None:
    assert found(minutes=minutes)


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_no_minutes_negative_ones_and_more_than_a_day_are_refused(minutes: int) -> None:
    assert refusals(minutes=minutes) == [f"A contact of {minutes} minutes is none: 1 to 1440 are counted."]


def test_a_next_day_in_the_past_is_refused_and_one_on_the_day_of_the_contact_too() -> None:
    assert refusals(next_on=date(2026, 3, 5)) == ["The next contact would be on 2026-03-05, which is past."]
    assert refusals(next_on=TODAY) == ["The next contact would be on 2026-03-06, the day of this one."]
    assert found(next_on=date(2026, 3, 7)).next_on == date(2026, 3, 7)


def test_after_an_attempt_the_next_may_be_on_the_same_day() -> None:
    assert found("no_answer", next_on=TODAY).next_on == TODAY


def test_a_year_that_is_a_slip_of_the_pen_is_refused() -> None:
    assert refusals(next_on=date(2062, 3, 6)) == [
        "The next contact would be on 2062-03-06, more than ten years from now."
    ]


def test_the_next_try_is_on_a_working_day_after_the_contact() -> None:
    # 2026-03-06 is a Friday; Saturday would go back to it.
    assert found("no_answer").next_on == date(2026, 3, 9)
    assert found("no_answer", next_on=date(2026, 3, 8)).next_on == date(2026, 3, 8)
    assert found("no_answer", at=date(2026, 3, 4)).next_on == date(2026, 3, 5)


def test_hours_until_the_next_try_are_elapsed_hours() -> None:
    assert found("busy").next_on == date(2026, 3, 7)
    assert found("busy", at=datetime(2026, 3, 6, 3)).next_on == TODAY


def test_texts_that_cannot_be_kept_are_refused_and_everything_at_once() -> None:
    assert refusals(text="x" * 10_001) == ["A text of the contact has 10001 characters; 10000 are allowed."]
    assert refusals(text="\ud800") == ["The contact's text holds bytes that are no text."]
    assert len(refusals(outcome="gone", minutes=0, at=date(2030, 1, 1), next_on=date(2020, 1, 1))) == 4
