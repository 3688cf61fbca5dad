"""Alarms in words: how they stand, before whom they are, what is to be done, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.service.alarms import AlarmDuty
    from rung.workspace.arrivals.alarms import Looked
    from rung.workspace.arrivals.shown import ShownAlarm

__all__ = [
    "answer_words",
    "duty_words",
    "head_words",
    "history_words",
    "looked_words",
    "minute",
    "role_words",
    "state_words",
    "time_left_words",
    "whom_words",
]


def state_words(shown: ShownAlarm) -> str:
    """Return how an alarm stands: open, late, handed up."""
    words = [str(shown.alarm.state.words)]
    words += [_("late")] if shown.is_late else []
    words += [_("handed up")] if shown.is_escalated else []
    return _(", ").join(words)


def whom_words(shown: ShownAlarm) -> str:
    """Return before whom an alarm is: the role, and the people it stands for; nothing where nothing waits."""
    alarm = shown.alarm
    role = alarm.escalate_to if shown.is_escalated and alarm.by else alarm.by
    return role_words(shown, role) if role else ""


def role_words(shown: ShownAlarm, role: str) -> str:
    """Return what a role is called, and the people it stands for."""
    names = shown.people.get(role, ())
    title = shown.role(role)
    return _("{role} ({people})").format(role=title, people=_(", ").join(names)) if names else title


def duty_words(duty: AlarmDuty) -> str:
    """Return what is to be done, and by which channel."""
    if duty.channel is None:
        return str(duty.text)
    return _("{duty} ({channel})").format(duty=duty.text, channel=duty.channel)


def answer_words(duty: AlarmDuty, people: People, zone: tzinfo) -> str:
    """Return who answered a duty, when and how; nothing while it waits."""
    if duty.answer is None:
        return ""
    words = _("{who}, {when}: {note}")
    return words.format(
        who=people.name(duty.answer.by), when=minute(duty.answer.at, zone), note=duty.answer.note
    )


def time_left_words(due: datetime, now: datetime) -> str:
    """Return how much time there is, or how late it is: in minutes, hours or days, as fits."""
    left = due - now
    shown = _span_words(abs(left))
    return _("{span} late").format(span=shown) if left < timedelta() else _("{span} left").format(span=shown)


def _span_words(span: timedelta) -> str:
    if span < timedelta(hours=2):
        return _("{n} min").format(n=span // timedelta(minutes=1))
    if span < timedelta(days=2):
        return _("{n} h").format(n=span // timedelta(hours=1))
    return _("{n} d").format(n=f"{span.days:,}")


def head_words(shown: ShownAlarm, zone: tzinfo) -> Iterator[str]:
    """Yield whom an alarm is about, what happened, why it was raised, when and by which policy."""
    alarm = shown.alarm
    name = f" {shown.customer_name}" if shown.customer_name else ""
    yield _("Customer: {customer}").format(customer=f"{alarm.customer_id}{name}")
    if shown.event is not None:
        values = _(", ").join(
            f"{shown.columns.get(key, key)} {value}"
            for key, value in shown.event.values.items()
            if value is not None
        )
        words = _("Event: {id}, {table}, {when}: {values}")
        yield words.format(
            id=shown.event.id,
            table=shown.table or shown.event.table,
            when=minute(shown.event.at, zone),
            values=values,
        )
    if shown.reason is not None:
        yield _("Why: {reason}").format(reason=shown.reason)
    words = _("Raised on {when} by the policy {policy} {version}")
    yield words.format(
        when=minute(alarm.raised_at, zone), policy=alarm.policy_id, version=alarm.policy_version
    )


def history_words(shown: ShownAlarm, people: People, zone: tzinfo) -> Iterator[str]:
    """Yield whom it was handed up to, who was told of it and how that went, and how it was closed."""
    alarm = shown.alarm
    for each in alarm.escalations:
        words = _("Handed up to {role} on {when}")
        yield words.format(role=role_words(shown, each.to), when=minute(each.at, zone))
    if shown.hands_up_at is not None:
        words = _("Handed up to {role} if unanswered on {when}")
        yield words.format(role=role_words(shown, alarm.escalate_to), when=minute(shown.hands_up_at, zone))
    for sending in alarm.sendings:
        words = (
            _("Sent by {way} on {when}: {said}")
            if sending.is_delivered
            else _("Not delivered by {way} on {when}: {said}")
        )
        yield words.format(way=sending.way, when=minute(sending.at, zone), said=sending.said or "–")
    if alarm.closing is not None:
        words = _("Closed by {name} on {when}: {note}")
        closing = alarm.closing
        yield words.format(name=people.name(closing.by), when=minute(closing.at, zone), note=closing.note)
        if closing.outcome:
            yield _("What came of it: {outcome}").format(outcome=closing.outcome)


def looked_words(looked: Looked) -> list[str]:
    """Return what came to light by looking: alarms handed up, and alarms of events kept aside."""
    told: list[str] = []
    if looked.escalated:
        words = _("Handed up now, for nobody answered in time: {ids}.")
        told.append(words.format(ids=_(", ").join(each.id for each in looked.escalated)))
    if looked.raised:
        words = _("Of events kept aside, whose customers are known now: {ids}.")
        told.append(words.format(ids=_(", ").join(each.id for each in looked.raised)))
    return told


def minute(moment: datetime, zone: tzinfo) -> str:
    """Return a moment to the minute, as clocks show it in a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
