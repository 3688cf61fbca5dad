"""When one promise comes due for one customer: each rule with the edge that needs it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rung.errors import RungError
from rung.policy.service import Approve, Contact, Respond, Review
from rung.service import Calendar, Clock, DueDays, Roll, contact_due, respond_due, review_due

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLAIN = Calendar(country="none", weekend=frozenset(), zone=SHANGHAI, roll=Roll.NONE)
"""Every day is worked: the rhythm alone."""
CHINA = Calendar(zone=SHANGHAI)
SINCE = date(2026, 1, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def contact(**said: Any) -> Contact:
    return Contact.model_validate(said)


def due(said: Contact, clock: Clock, calendar: Calendar = PLAIN) -> DueDays:
    found = contact_due(said, clock, calendar)
    assert found is not None
    return found


def test_the_clock_runs_from_the_last_contact() -> None:
    assert due(contact(every="7d"), Clock(SINCE, noon(date(2026, 3, 2)))).due == date(2026, 3, 9)


def test_without_a_contact_it_runs_from_the_day_the_grade_began() -> None:
    assert due(contact(every="7d"), Clock(SINCE)).due == date(2026, 1, 8)


def test_the_last_day_is_the_day_due_unless_a_later_one_is_said() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)))
    assert due(contact(every="7d"), clock).latest == date(2026, 3, 9)
    assert due(contact(every="7d", no_later_than="14d"), clock).latest == date(2026, 3, 16)


def test_a_longest_gap_alone_is_the_rhythm() -> None:
    found = due(contact(no_later_than="10d"), Clock(SINCE))
    assert (found.due, found.latest) == (date(2026, 1, 11), date(2026, 1, 11))


def test_a_day_due_is_never_past_the_last() -> None:
    found = due(contact(every="15d", no_later_than="14d"), Clock(SINCE))
    assert (found.due, found.latest) == (date(2026, 1, 15), date(2026, 1, 15))


def test_within_a_week_to_a_month() -> None:
    found = due(contact(no_sooner_than="7d", no_later_than="1mo"), Clock(SINCE))
    assert (found.first, found.due, found.latest) == (
        date(2026, 1, 8),
        date(2026, 2, 1),
        date(2026, 2, 1),
    )


def test_only_a_first_day_is_due_from_then_on_and_never_late() -> None:
    found = due(contact(no_sooner_than="3mo"), Clock(SINCE))
    assert (found.first, found.due, found.latest) == (date(2026, 4, 1), date(2026, 4, 1), None)


def test_a_rhythm_is_never_sooner_than_said() -> None:
    assert due(contact(every="3d", no_sooner_than="5d"), Clock(SINCE)).due == date(2026, 1, 6)


def test_a_promise_without_a_rhythm_comes_due_only_on_a_day_agreed() -> None:
    assert contact_due(contact(), Clock(SINCE), PLAIN) is None
    assert due(contact(), Clock(SINCE, next_on=date(2026, 1, 5))) == DueDays(
        None, date(2026, 1, 5), date(2026, 1, 5)
    )


def test_a_later_day_agreed_moves_the_day_due() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)), date(2026, 3, 12))
    assert due(contact(every="7d"), clock).due == date(2026, 3, 12)


def test_but_never_past_the_last_day() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)), date(2026, 4, 30))
    found = due(contact(every="7d", no_later_than="14d"), clock)
    assert (found.due, found.latest) == (date(2026, 3, 16), date(2026, 3, 16))


def test_an_earlier_day_agreed_is_due_then_and_late_only_by_the_rhythm() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)), date(2026, 3, 4))
    found = due(contact(every="7d"), clock)
    assert (found.due, found.latest) == (date(2026, 3, 4), date(2026, 3, 9))


def test_a_day_agreed_that_a_later_contact_passed_counts_no_more() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)), date(2026, 3, 2))
    assert due(contact(every="7d"), clock).due == date(2026, 3, 9)


def test_a_day_agreed_stays_on_a_day_off() -> None:
    clock = Clock(SINCE, noon(date(2026, 3, 2)), date(2026, 3, 7))
    assert due(contact(every="14d"), clock, CHINA).due == date(2026, 3, 7)


def test_a_contact_before_the_grade_began_counts_and_what_it_makes_due_is_due_on_that_day() -> None:
    clock = Clock(SINCE, noon(date(2025, 12, 1)))
    assert due(contact(every="7d"), clock).due == date(2026, 1, 1)
    clock = Clock(SINCE, noon(date(2025, 12, 30)))
    assert due(contact(every="7d"), clock).due == date(2026, 1, 6)


AT_FIRST = contact(phases=[{"lasts": "1mo", "every": "3d"}, {"every": "7d"}])


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, date(2026, 1, 4)),
        (date(2026, 1, 20), date(2026, 1, 23)),
        (date(2026, 1, 31), date(2026, 2, 3)),  # made in the first phase: three days, not seven
        (date(2026, 2, 1), date(2026, 2, 8)),
        (date(2026, 5, 4), date(2026, 5, 11)),
    ],
)
def test_phases_count_from_the_day_the_grade_began(last: date | None, expected: date) -> None:
    assert due(AT_FIRST, Clock(SINCE, last and noon(last))).due == expected


def test_a_closer_phase_that_begins_is_not_waited_past() -> None:
    closer = contact(phases=[{"lasts": "1mo", "every": "30d"}, {"every": "7d"}])
    assert due(closer, Clock(SINCE, noon(date(2026, 1, 30)))).due == date(2026, 2, 8)


@pytest.mark.parametrize(
    ("every", "last", "expected"),
    [
        ("1mo", date(2026, 1, 31), date(2026, 2, 28)),
        ("1mo", date(2028, 1, 31), date(2028, 2, 29)),
        ("1mo", date(2026, 3, 31), date(2026, 4, 30)),
        ("1mo", date(2026, 2, 28), date(2026, 3, 28)),
        ("12mo", date(2028, 2, 29), date(2029, 2, 28)),
        ("1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("4y", date(2028, 2, 29), date(2032, 2, 29)),
        ("99999y", date(2026, 2, 28), date.max),
    ],
)
def test_months_of_unequal_length_end_with_the_shorter(every: str, last: date, expected: date) -> None:
    assert due(contact(every=every), Clock(SINCE, noon(last))).due == expected


def test_an_interval_of_nothing_is_refused_by_the_language() -> None:
    with pytest.raises((RungError, ValueError), match="no duration"):
        contact(every="0d")


def test_days_are_those_of_the_time_zone() -> None:
    # Half past midnight in Shanghai, the day before in Greenwich.
    last = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert due(contact(every="7d"), Clock(SINCE, last)).due == date(2026, 3, 9)


BERLIN = Calendar(country="none", weekend=frozenset(), zone=ZoneInfo("Europe/Berlin"), roll=Roll.NONE)


def test_hours_are_elapsed_hours_when_the_clocks_are_set_forward() -> None:
    # On 29 March 2026 the night in Berlin is an hour short.
    last = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    found = due(contact(every="24h"), Clock(SINCE, last), BERLIN)
    assert found.at == datetime(2026, 3, 29, 11, tzinfo=UTC)  # 13:00 there
    assert found.due == date(2026, 3, 29)


def test_days_stay_days_when_the_clocks_are_set_back() -> None:
    last = datetime(2026, 10, 24, 23, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert due(contact(every="1d"), Clock(SINCE, last), BERLIN).due == date(2026, 10, 25)
    # 24 hours later it is 22:30 there, on the same day: that night has 25 hours.
    assert due(contact(every="24h"), Clock(SINCE, last), BERLIN).at == last.astimezone(UTC) + timedelta(
        days=1
    )


def test_what_is_due_after_hours_does_not_wait_for_a_working_day() -> None:
    last = datetime(2026, 3, 6, 15, tzinfo=SHANGHAI)  # a Friday
    assert due(contact(every="24h"), Clock(SINCE, last), CHINA).due == date(2026, 3, 7)


def test_a_day_off_moves_to_the_working_day_before() -> None:
    # 8 March 2026 is a Sunday.
    assert due(contact(every="7d"), Clock(SINCE, noon(date(2026, 3, 1))), CHINA).due == date(2026, 3, 6)


def test_a_daily_promise_kept_on_friday_is_due_on_monday() -> None:
    assert due(contact(every="1d"), Clock(SINCE, noon(date(2026, 3, 6))), CHINA).due == date(2026, 3, 9)


def test_a_make_up_workday_is_a_day_to_call() -> None:
    # Saturday 14 February 2026 is worked.
    assert due(contact(every="7d"), Clock(SINCE, noon(date(2026, 2, 7))), CHINA).due == date(2026, 2, 14)


def test_a_week_of_holidays_is_passed_over() -> None:
    after = Calendar(zone=SHANGHAI, roll=Roll.AFTER)
    clock = Clock(SINCE, noon(date(2026, 9, 26)))
    assert due(contact(every="7d"), clock, CHINA).due == date(2026, 9, 30)
    assert due(contact(every="7d"), clock, after).due == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("every", "expected"), [("6mo", date(2026, 7, 1)), ("12mo", date(2027, 1, 1)), ("24mo", date(2028, 1, 1))]
)
def test_reviews_count_from_the_day_the_grade_was_looked_at(every: str, expected: date) -> None:
    found = review_due(Review.model_validate({"every": every}), SINCE, PLAIN)
    assert found == DueDays(None, expected, expected)


def test_a_review_at_no_fixed_time_never_comes_due() -> None:
    assert review_due(Review(), SINCE, PLAIN) is None


def test_an_answer_within_24_hours_is_due_to_the_minute_holidays_or_not() -> None:
    arrived = datetime(2026, 10, 1, 9, 12, tzinfo=SHANGHAI)
    found = respond_due(Respond.model_validate({"to": "mail", "within": "24h"}), arrived, CHINA)
    assert found is not None
    assert found.at == datetime(2026, 10, 2, 9, 12, tzinfo=SHANGHAI)
    assert found.latest == date(2026, 10, 2)


def test_an_answer_within_days_waits_for_a_working_day() -> None:
    arrived = datetime(2026, 9, 30, 9, tzinfo=SHANGHAI)
    found = respond_due(Respond.model_validate({"to": "mail", "within": "3d"}), arrived, CHINA)
    assert found == DueDays(None, date(2026, 9, 30), date(2026, 9, 30))


def test_documents_without_a_time_are_never_due() -> None:
    assert respond_due(Approve.model_validate({"documents": "all"}), noon(SINCE), CHINA) is None
