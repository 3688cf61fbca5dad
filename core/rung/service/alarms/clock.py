"""By when the duties of an alarm are due, and when it is handed up: by the rules of a promised answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from rung.durations import Duration, Unit
from rung.ledger.service.alarms import AlarmDuty, AlarmState, RaisedAlarm
from rung.policy.model import Alarm
from rung.service.calendars import Calendar
from rung.service.events.moments import end_of

__all__ = [
    "MANAGER",
    "above_from",
    "duties_of",
    "first_escalation",
    "handed_up_at",
    "is_late",
    "is_to_be_handed_up",
    "moment_due",
]

MANAGER: Final = "manager"
"""In place of a role: the managers of those whose customer it is."""


def moment_due(within: Duration | None, since: datetime, calendar: Calendar) -> datetime:
    """Return the moment by which something is to be done; at once where no time is given.

    Hours are elapsed hours, day and night. Days end with the working day that stands for the last of them.
    """
    if within is None:
        return since
    try:
        if within.unit is Unit.HOUR:
            return since.astimezone(UTC) + timedelta(hours=within.count)
        day = calendar.day_of(since)
        return end_of(calendar.rolled(within.after(day), day), calendar)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def duties_of(alarm: Alarm, since: datetime, calendar: Calendar) -> tuple[AlarmDuty, ...]:
    """Return what an alarm asks of whom by when, counted from the moment of the event that set it off."""
    return tuple(
        AlarmDuty(
            text=each.text,
            by=each.by,
            channel=each.channel,
            due=moment_due(each.within, since, calendar),
        )
        for each in alarm.duties
    )


def first_escalation(
    alarm: Alarm, duties: tuple[AlarmDuty, ...], calendar: Calendar
) -> tuple[datetime | None, str]:
    """Return when an alarm is handed up if nothing is answered, and to which role; None: never."""
    if alarm.escalate_after is None:
        return None, ""
    first = min(each.due for each in duties)
    return moment_due(alarm.escalate_after, first, calendar), alarm.escalate_to or MANAGER


def handed_up_at(alarm: RaisedAlarm) -> datetime | None:
    """Return when an alarm is handed up as it stands; None where it never is, or was already."""
    return None if alarm.is_escalated else above_from(alarm)


def above_from(alarm: RaisedAlarm) -> datetime | None:
    """Return from when on what waits of an alarm concerns the role above; None: never, or nothing waits.

    So long past the time of the duty that waits and is due first, as the first escalation lies past that of
    the first duty.
    """
    duty = alarm.next_duty
    if alarm.escalate_at is None or duty is None or alarm.state is not AlarmState.OPEN:
        return None
    return duty.due + (alarm.escalate_at - min(each.due for each in alarm.duties))


def is_to_be_handed_up(alarm: RaisedAlarm, now: datetime) -> bool:
    """Whether an alarm is to be handed up at a moment, and has not been."""
    at = handed_up_at(alarm)
    return at is not None and at <= now


def is_late(alarm: RaisedAlarm, now: datetime) -> bool:
    """Whether a duty of an alarm waits past its time."""
    return alarm.due is not None and alarm.due < now
