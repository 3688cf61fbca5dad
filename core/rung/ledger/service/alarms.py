"""Alarms: raised by an event, with who must act by when; answered, escalated, sent, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from rung.ledger.events import Draft, Event, moment_text
from rung.ledger.kinds import EventKind
from rung.ledger.service.payloads import (
    as_flag,
    as_moment,
    as_number,
    as_text,
    as_text_or_none,
    as_words,
    drafted,
    moment_or_none,
    strictly,
    words_of,
)
from rung.text import Text

__all__ = [
    "ALARM_KINDS",
    "AlarmClosing",
    "AlarmDuty",
    "AlarmState",
    "DutyAnswer",
    "Escalation",
    "RaisedAlarm",
    "Sending",
    "alarm_changed_by",
    "alarm_draft",
    "alarms_folded",
    "answer_draft",
    "closing_draft",
    "escalation_draft",
    "sending_draft",
]

ALARM_KINDS = tuple(kind.value for kind in EventKind if kind.value.startswith("alarm."))
"""The kinds of event that tell of alarms."""


class AlarmState(StrEnum):
    """Where an alarm stands."""

    OPEN = "open"
    """A duty of it waits to be answered."""
    ANSWERED = "answered"
    """Every duty is answered; what came of it is still to be said."""
    CLOSED = "closed"

    @property
    def words(self) -> Text:
        """The state as a person reads it."""
        return _STATES[self]


_STATES: Final = {
    AlarmState.OPEN: Text("待处理", "open"),
    AlarmState.ANSWERED: Text("已响应", "answered"),
    AlarmState.CLOSED: Text("已关闭", "closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswer:
    """What somebody did about one duty of an alarm."""

    duty: int
    """Its place among the alarm's duties, from 0."""
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """An alarm handed up because it went unanswered."""

    to: str
    """The role it is now before."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmClosing:
    """What came of an alarm."""

    note: str
    outcome: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One attempt to tell the world outside of an alarm."""

    way: str
    """What was tried: a command, a webhook, a plugin."""
    attempt: int
    """From 1."""
    is_delivered: bool
    said: str
    """What came back."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmDuty:
    """What one role must do."""

    text: Text
    by: str
    """The role."""
    channel: Text | None = None
    due: datetime
    answer: DutyAnswer | None = None
    """The first that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedAlarm:
    """One alarm, and all that became of it."""

    number: int = 0
    """Of the event that raised it; 0 while it is not recorded."""
    customer_id: str
    alarm: str
    """Its id in the policy."""
    policy_id: str
    policy_version: str
    event: int
    """Number of the arrived event that set it off."""
    duties: tuple[AlarmDuty, ...]
    escalate_at: datetime | None = None
    """Handed up where it is not answered by then."""
    escalate_to: str = ""
    """The role it is handed to; empty where nobody is named."""
    maker: str
    raised_at: datetime
    escalations: tuple[Escalation, ...] = ()
    closing: AlarmClosing | None = None
    sendings: tuple[Sending, ...] = ()

    @property
    def id(self) -> str:
        """The id people know it by."""
        return f"W{self.number}"

    @property
    def state(self) -> AlarmState:
        """Where it stands."""
        if self.closing is not None:
            return AlarmState.CLOSED
        return AlarmState.OPEN if self.next_duty else AlarmState.ANSWERED

    @property
    def next_duty(self) -> AlarmDuty | None:
        """The unanswered duty that is due first; None where all are answered."""
        waiting = [each for each in self.duties if each.answer is None]
        return min(waiting, key=lambda each: each.due) if waiting else None

    @property
    def due(self) -> datetime | None:
        """When the next duty is due; None unless it is open."""
        duty = self.next_duty
        return duty.due if duty and self.closing is None else None

    @property
    def by(self) -> str:
        """The role it is before: the one it was last handed up to, else that of the next duty; else empty."""
        if self.state is not AlarmState.OPEN:
            return ""
        if self.escalations:
            return self.escalations[-1].to
        return self.next_duty.by if self.next_duty else ""

    @property
    def is_escalated(self) -> bool:
        """Whether it was handed up."""
        return bool(self.escalations)

    @property
    def delivered_by(self) -> tuple[str, ...]:
        """The ways by which it was delivered, sorted."""
        return tuple(sorted({each.way for each in self.sendings if each.is_delivered}))


def alarm_draft(alarm: RaisedAlarm) -> Draft:
    """Return the event that raises an alarm; what only later events tell is no part of it."""
    payload = {
        "alarm": alarm.alarm,
        "policy": alarm.policy_id,
        "policy_version": alarm.policy_version,
        "event": alarm.event,
        "duties": [_written_duty(each) for each in alarm.duties],
        "escalate_at": moment_or_none(alarm.escalate_at),
        "escalate_to": alarm.escalate_to,
    }
    return drafted(EventKind.ALARM_RAISED, alarm.customer_id, payload, alarm.maker, alarm.raised_at)


def answer_draft(alarm: RaisedAlarm, answer: DutyAnswer) -> Draft:
    """Return the event that answers a duty."""
    payload = {"alarm": alarm.number, "duty": answer.duty, "note": answer.note}
    return drafted(EventKind.ALARM_ANSWERED, alarm.customer_id, payload, answer.by, answer.at)


def escalation_draft(alarm: RaisedAlarm, escalation: Escalation) -> Draft:
    """Return the event that hands an alarm up."""
    payload = {"alarm": alarm.number, "to": escalation.to}
    return drafted(EventKind.ALARM_ESCALATED, alarm.customer_id, payload, escalation.by, escalation.at)


def closing_draft(alarm: RaisedAlarm, closing: AlarmClosing) -> Draft:
    """Return the event that closes an alarm."""
    payload = {"alarm": alarm.number, "note": closing.note, "outcome": closing.outcome}
    return drafted(EventKind.ALARM_CLOSED, alarm.customer_id, payload, closing.by, closing.at)


def sending_draft(alarm: RaisedAlarm, sending: Sending, by: str) -> Draft:
    """Return the event of one attempt to send an alarm."""
    payload = {
        "alarm": alarm.number,
        "way": sending.way,
        "attempt": sending.attempt,
        "is_delivered": sending.is_delivered,
        "said": sending.said,
    }
    return drafted(EventKind.ALARM_SENT, alarm.customer_id, payload, by, sending.at)


def alarms_folded(events: Iterable[Event]) -> dict[int, RaisedAlarm]:
    """Return the alarms that events tell of by number, oldest first."""
    found: dict[int, RaisedAlarm] = {}
    for event in events:
        alarm = alarm_changed_by(event, found.get)
        if alarm is not None:
            found[alarm.number] = alarm
    return found


def alarm_changed_by(event: Event, lookup: Callable[[int], RaisedAlarm | None]) -> RaisedAlarm | None:
    """Return the alarm an event raises or changes, as it stands after it; None where it does neither.

    A duty answered stays answered by the first; an alarm once closed is only sent. Raises
    UnreadableEventError for an event whose payload is none the ledger writes.
    """
    if event.kind == EventKind.ALARM_RAISED:
        return _raised(event)
    read = _ACTS.get(event.kind)
    if read is None:
        return None
    number, act = read(event)
    known = lookup(number)
    if known is None or known.customer_id != event.customer_id:
        return None
    return _after(known, act)


_Act = DutyAnswer | Escalation | AlarmClosing | Sending


def _after(known: RaisedAlarm, act: _Act) -> RaisedAlarm | None:
    if isinstance(act, Sending):
        return replace(known, sendings=(*known.sendings, act))
    if known.closing is not None:
        return None
    match act:
        case Escalation():
            return replace(known, escalations=(*known.escalations, act))
        case AlarmClosing():
            return replace(known, closing=act)
        case DutyAnswer(duty=place):
            if place >= len(known.duties) or known.duties[place].answer is not None:
                return None
            answered = replace(known.duties[place], answer=act)
            return replace(known, duties=(*known.duties[:place], answered, *known.duties[place + 1 :]))


def _written_duty(duty: AlarmDuty) -> dict[str, Any]:
    return {
        "text": words_of(duty.text),
        "by": duty.by,
        "channel": None if duty.channel is None else words_of(duty.channel),
        "due": moment_text(duty.due),
    }


def _duties(written: object) -> tuple[AlarmDuty, ...]:
    if not isinstance(written, list) or not written:
        raise ValueError("duties")
    return tuple(map(_duty, written))


def _duty(written: object) -> AlarmDuty:
    if not isinstance(written, dict) or written.keys() != {"text", "by", "channel", "due"}:
        raise ValueError("duty")
    return AlarmDuty(
        text=as_words(written["text"]),
        by=as_text(written["by"]),
        channel=None if written["channel"] is None else as_words(written["channel"]),
        due=as_moment(written["due"]),
    )


@strictly("alarm", "policy", "policy_version", "event", "duties", "escalate_at", "escalate_to")
def _raised(event: Event, payload: dict[str, Any]) -> RaisedAlarm:
    at = as_text_or_none(payload["escalate_at"])
    return RaisedAlarm(
        number=event.sequence,
        customer_id=as_text(event.customer_id),
        alarm=as_text(payload["alarm"]),
        policy_id=as_text(payload["policy"]),
        policy_version=as_text(payload["policy_version"]),
        event=_number(payload["event"]),
        duties=_duties(payload["duties"]),
        escalate_at=None if at is None else as_moment(at),
        escalate_to=as_text(payload["escalate_to"]),
        maker=event.maker,
        raised_at=event.made_at,
    )


@strictly("alarm", "duty", "note")
def _answered(event: Event, payload: dict[str, Any]) -> tuple[int, _Act]:
    duty, note = as_number(payload["duty"]), as_text(payload["note"])
    return _number(payload["alarm"]), DutyAnswer(duty=duty, note=note, by=event.maker, at=event.made_at)


@strictly("alarm", "to")
def _escalated(event: Event, payload: dict[str, Any]) -> tuple[int, _Act]:
    return _number(payload["alarm"]), Escalation(to=as_text(payload["to"]), by=event.maker, at=event.made_at)


@strictly("alarm", "note", "outcome")
def _closed(event: Event, payload: dict[str, Any]) -> tuple[int, _Act]:
    note, outcome = as_text(payload["note"]), as_text(payload["outcome"])
    closing = AlarmClosing(note=note, outcome=outcome, by=event.maker, at=event.made_at)
    return _number(payload["alarm"]), closing


@strictly("alarm", "way", "attempt", "is_delivered", "said")
def _sent(event: Event, payload: dict[str, Any]) -> tuple[int, _Act]:
    sending = Sending(
        way=as_text(payload["way"]),
        attempt=as_number(payload["attempt"], 1),
        is_delivered=as_flag(payload["is_delivered"]),
        said=as_text(payload["said"]),
        at=event.made_at,
    )
    return _number(payload["alarm"]), sending


def _number(value: object) -> int:
    return as_number(value, 1, 2**63 - 1)


_ACTS: Final[dict[str, Callable[[Event], tuple[int, _Act]]]] = {
    EventKind.ALARM_ANSWERED.value: _answered,
    EventKind.ALARM_ESCALATED.value: _escalated,
    EventKind.ALARM_CLOSED.value: _closed,
    EventKind.ALARM_SENT.value: _sent,
}
