"""Duties of alarms and days of records are judged by their own moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rung.ledger.service.alarms import AlarmDuty, DutyAnswer, RaisedAlarm
from rung.ledger.service.customer_records import CustomerRecord, RecordChange
from rung.service import Calendar
from rung.service.kept.instances import Kept, Period
from rung.service.kept.once import alarm_duties, record_days
from rung.text import Text

CALENDAR = Calendar(country="none", zone=ZoneInfo("UTC"))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PERIOD = Period(date(2026, 3, 1), date(2026, 3, 5), NOON + timedelta(days=3))


def test_each_duty_of_an_alarm_is_kept_late_missed_or_open() -> None:
    def duty(hours: int, answered: int | None) -> AlarmDuty:
        at = None if answered is None else NOON + timedelta(hours=answered)
        answer = None if at is None else DutyAnswer(duty=0, note="", by="li", at=at)
        return AlarmDuty(
            text=Text("回电", "call"), by="caller", due=NOON + timedelta(hours=hours), answer=answer
        )

    duties = (duty(4, 4), duty(4, 5), duty(4, None), duty(75, None))
    alarm = RaisedAlarm(
        customer_id="C1",
        alarm="unhappy",
        policy_id="p",
        policy_version="1",
        event=1,
        duties=duties,
        maker="li",
        raised_at=NOON,
    )
    found = [each.state for each in alarm_duties([alarm], CALENDAR, PERIOD)]
    assert found == [Kept.KEPT, Kept.LATE, Kept.MISSED, Kept.OPEN]


def test_a_record_is_kept_where_it_was_closed_for_good_by_its_day() -> None:
    def record(*closed: tuple[int, bool]) -> CustomerRecord:
        day = date(2026, 3, 3)
        changes = tuple(
            RecordChange(is_open=is_open, due=day, by="li", at=NOON + timedelta(days=n))
            for n, is_open in closed
        )
        is_open = closed[-1][1] if closed else True
        return CustomerRecord(
            customer_id="C1",
            type="complaint",
            sector="bank",
            fields={},
            state="s",
            is_open=is_open,
            due=day,
            maker="li",
            opened_at=NOON,
            changes=changes,
        )

    records = [record((1, False)), record((1, False), (2, True), (3, False)), record()]
    assert [each.state for each in record_days(records, CALENDAR, PERIOD)] == [
        Kept.KEPT,
        Kept.LATE,
        Kept.MISSED,
    ]
