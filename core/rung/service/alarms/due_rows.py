"""Alarms as rows of what is due: one a duty that waits, and one for whoever an alarm was handed up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from rung.ledger.service.alarms import AlarmState, RaisedAlarm
from rung.service.alarms.clock import above_from
from rung.service.calendars import Calendar
from rung.service.due import Besides
from rung.service.due_list import DueKind
from rung.text import Text

__all__ = ["alarms_due"]


def alarms_due(alarms: Iterable[RaisedAlarm], calendar: Calendar, now: datetime) -> Iterator[Besides]:
    """Yield what waits of open alarms: each duty under its role, and the alarm under the one above."""
    for alarm in alarms:
        if alarm.state is not AlarmState.OPEN:
            continue
        for duty in alarm.duties:
            if duty.answer is None:
                yield _row(alarm, duty.text, duty.by, duty.due, calendar)
        first, since = alarm.next_duty, above_from(alarm)
        if first is not None and since is not None and (alarm.is_escalated or since <= now):
            role = alarm.escalations[-1].to if alarm.escalations else alarm.escalate_to
            yield _row(alarm, _handed_up(first.text), role, since, calendar)


def _handed_up(text: Text) -> Text:
    return Text(f"已升级：{text.zh}", f"handed up: {text.en}")


def _row(alarm: RaisedAlarm, what: Text, by: str, at: datetime, calendar: Calendar) -> Besides:
    day = calendar.day_of(at)
    return Besides(
        kind=DueKind.ALARM,
        customer_id=alarm.customer_id,
        code=alarm.id,
        what=what,
        by=by,
        due=day,
        latest=day,
        at=at,
    )
