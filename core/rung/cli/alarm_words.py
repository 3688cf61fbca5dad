"""Alarms in words: as rows of a list, as a page of their own, and what came of sending them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from rung.cli.terminal import Grid, grid, line
from rung.text import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.ledger import People
    from rung.ledger.service.alarms import AlarmDuty
    from rung.workspace.arrivals.sending import Sent
    from rung.workspace.arrivals.shown import ShownAlarm

__all__ = ["alarm_page", "alarm_rows", "plain_alarm", "sent_words"]


def alarm_rows(alarms: Sequence[ShownAlarm], zone: tzinfo) -> Grid:
    """Return alarms as a table: what is next, by when, and before whom it is."""
    headers = (_("id"), _("due"), _("customer"), _("name"), _("alarm"), _("state"), _("what"), _("before"))
    rows = (
        (
            each.alarm.id,
            "" if each.alarm.due is None else _minute(each.alarm.due, zone),
            each.alarm.customer_id,
            each.customer_name,
            each.title,
            _state(each),
            "" if each.alarm.next_duty is None else each.alarm.next_duty.text,
            _whom(each),
        )
        for each in alarms
    )
    return grid(headers, rows, whole=(0, 1, 2))


def _state(shown: ShownAlarm) -> str:
    words = [str(shown.alarm.state.words)]
    words += [_("late")] if shown.is_late else []
    words += [_("handed up")] if shown.is_escalated else []
    return _(", ").join(words)


def _whom(shown: ShownAlarm) -> str:
    alarm = shown.alarm
    role = alarm.escalate_to if shown.is_escalated and alarm.by else alarm.by
    return _role(shown, role) if role else ""


def _role(shown: ShownAlarm, role: str) -> str:
    names = shown.people.get(role, ())
    title = shown.role(role)
    return f"{title} ({', '.join(names)})" if names else title


def alarm_page(shown: ShownAlarm, people: People, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield all there is to tell of an alarm."""
    alarm = shown.alarm
    name = f" {shown.customer_name}" if shown.customer_name else ""
    yield line(f"{alarm.id}  {shown.title}  ({_state(shown)})", "bold")
    yield line(_("Customer: {customer}").format(customer=f"{alarm.customer_id}{name}"))
    if shown.event is not None:
        values = _(", ").join(
            f"{key} {value}" for key, value in shown.event.values.items() if value is not None
        )
        words = _("Event: {id}, {table}, {when}: {values}")
        told = words.format(
            id=shown.event.id,
            table=shown.table or shown.event.table,
            when=_minute(shown.event.at, zone),
            values=values,
        )
        yield line(told)
    if shown.reason is not None:
        yield line(_("Why: {reason}").format(reason=shown.reason))
    words = _("Raised on {when} by the policy {policy} {version}")
    yield line(
        words.format(
            when=_minute(alarm.raised_at, zone), policy=alarm.policy_id, version=alarm.policy_version
        )
    )
    yield line("")
    headers = (_("no."), _("due"), _("what"), _("owed by"), _("answer"))
    rows = (
        (
            number,
            _minute(each.due, zone),
            _duty_words(each),
            _role(shown, each.by),
            _answer(each, people, zone),
        )
        for number, each in enumerate(alarm.duties, 1)
    )
    yield grid(headers, rows, right=(0,), whole=(1,))
    yield from map(line, _history(shown, people, zone))


def _duty_words(duty: AlarmDuty) -> str:
    return str(duty.text) if duty.channel is None else f"{duty.text} ({duty.channel})"


def _answer(duty: AlarmDuty, people: People, zone: tzinfo) -> str:
    if duty.answer is None:
        return ""
    return f"{people.name(duty.answer.by)}, {_minute(duty.answer.at, zone)}: {duty.answer.note}"


def _history(shown: ShownAlarm, people: People, zone: tzinfo) -> Iterator[str]:
    alarm = shown.alarm
    for each in alarm.escalations:
        words = _("Handed up to {role} on {when}")
        yield words.format(role=_role(shown, each.to), when=_minute(each.at, zone))
    if shown.hands_up_at is not None:
        words = _("Handed up to {role} if unanswered on {when}")
        yield words.format(role=_role(shown, alarm.escalate_to), when=_minute(shown.hands_up_at, zone))
    for sending in alarm.sendings:
        words = (
            _("Sent by {way} on {when}: {said}")
            if sending.is_delivered
            else _("Not delivered by {way} on {when}: {said}")
        )
        yield words.format(way=sending.way, when=_minute(sending.at, zone), said=sending.said or "–")
    if alarm.closing is not None:
        words = _("Closed by {name} on {when}: {note}")
        closing = alarm.closing
        yield words.format(name=people.name(closing.by), when=_minute(closing.at, zone), note=closing.note)
        if closing.outcome:
            yield _("What came of it: {outcome}").format(outcome=closing.outcome)


def plain_alarm(shown: ShownAlarm) -> dict[str, Any]:
    """Return an alarm for JSON."""
    alarm = shown.alarm
    plain = {each.name: getattr(alarm, each.name) for each in fields(alarm) if each.name != "number"}
    return {
        "id": alarm.id,
        "state": alarm.state.value,
        "due": alarm.due,
        "is_late": shown.is_late,
        "is_escalated": shown.is_escalated,
        "hands_up_at": shown.hands_up_at,
        "title": shown.title,
        "reason": shown.reason,
        "customer_name": shown.customer_name,
        "people": shown.people,
        "roles": shown.roles,
        "event_values": None if shown.event is None else dict(shown.event.values),
        **plain,
        "event": f"E{alarm.event}",
    }


def sent_words(sent: Sent, *, is_asked: bool) -> Iterator[RenderableType]:
    """Yield what came of sending alarms; nobody asked: where there is nobody to tell, nothing."""
    if not sent.ways:
        if is_asked:
            yield line(_("Nobody outside is told of alarms: rung.toml names no command and no webhook."))
        return
    if sent.delivered or is_asked:
        yield line(_("Delivered: {count}").format(count=f"{sent.delivered:,}"))
    if sent.failed:
        words = _("Attempts that failed: {count}; the last: {said}")
        yield line(words.format(count=f"{sent.failed:,}", said=sent.last_problem))
    if sent.waiting:
        words = _("Still to be sent: {count}; “rung alarm send” tries again.")
        yield line(words.format(count=f"{sent.waiting:,}"))
        if sent.next_at is not None:
            at = f"{sent.next_at.astimezone():%Y-%m-%d %H:%M:%S}"
            yield line(_("The next try: not before {when}; at once: --again").format(when=at), "dim")
    if sent.given_up:
        words = _(
            "Given up after so many tries as rung.toml allows: {count}; once more: rung alarm send --again"
        )
        yield line(words.format(count=f"{sent.given_up:,}"))


def _minute(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
