"""By when duties are due and when an alarm is handed up: elapsed hours, working days, the duty that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rung.durations import Duration
from rung.ledger.service.alarms import AlarmClosing, AlarmDuty, DutyAnswer, Escalation, RaisedAlarm
from rung.service.alarms.clock import handed_up_at, is_to_be_handed_up, moment_due
from rung.service.calendars import Calendar
from rung.text import Text

CHINA = Calendar(country="CN", zone=ZoneInfo("Asia/Shanghai"))
BERLIN = Calendar(country="DE", zone=ZoneInfo("Europe/Berlin"))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (None, "2026-03-06T12:00:00"),
        # Hours run through the weekend.
        ("24h", "2026-03-07T12:00:00"),
        # Friday the 6th: one day on is a Saturday, for which Friday stands; three days, the Monday.
        ("1d", "2026-03-06T15:59:59.999999"),
        ("3d", "2026-03-09T15:59:59.999999"),
        ("1w", "2026-03-13T15:59:59.999999"),
        ("1mo", "2026-04-03T15:59:59.999999"),
    ],
)
def test_a_duty_is_due_after_elapsed_hours_or_with_the_end_of_a_working_day(
    within: str | None, expected: str
) -> None:
    span = None if within is None else Duration.parse(within)
    assert moment_due(span, at(6, 12), CHINA) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_hours_are_elapsed_hours_when_the_clocks_change() -> None:
    # In Berlin the 29th has twenty-three hours.
    assert moment_due(Duration.parse("24h"), at(28, 12), BERLIN) == at(29, 12)


def alarm(*due: datetime, escalate_at: datetime | None = None) -> RaisedAlarm:
    return RaisedAlarm(
        number=7,
        customer_id="C1",
        alarm="a",
        policy_id="p",
        policy_version="1",
        event=3,
        duties=tuple(AlarmDuty(text=Text.same("x"), by="keeper", due=each) for each in due),
        escalate_at=escalate_at,
        escalate_to="chief",
        maker="li",
        raised_at=at(1),
    )


def answered(found: RaisedAlarm, place: int) -> RaisedAlarm:
    answer = DutyAnswer(duty=place, note="done", by="li", at=at(2))
    duty = replace(found.duties[place], answer=answer)
    return replace(found, duties=(*found.duties[:place], duty, *found.duties[place + 1 :]))


def test_an_alarm_is_handed_up_so_long_past_the_duty_that_waits() -> None:
    found = alarm(at(2, 8), at(4, 8), escalate_at=at(2, 9))
    assert handed_up_at(found) == at(2, 9)
    assert handed_up_at(answered(found, 0)) == at(4, 9)
    assert handed_up_at(answered(found, 1)) == at(2, 9)


def test_it_is_handed_up_at_its_moment_and_not_one_before() -> None:
    found = alarm(at(2, 8), escalate_at=at(2, 9))
    assert is_to_be_handed_up(found, at(2, 9))
    assert not is_to_be_handed_up(found, datetime(2026, 3, 2, 8, 59, 59, 999999, tzinfo=UTC))


def test_what_is_answered_handed_up_already_or_closed_is_not() -> None:
    found = alarm(at(2, 8), escalate_at=at(2, 9))
    closing = AlarmClosing(note="n", outcome="", by="li", at=at(3))
    assert handed_up_at(answered(found, 0)) is None
    assert handed_up_at(replace(found, escalations=(Escalation(to="chief", by="li", at=at(3)),))) is None
    assert handed_up_at(replace(found, closing=closing)) is None
    assert handed_up_at(alarm(at(2, 8))) is None
