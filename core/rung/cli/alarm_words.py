"""Alarms in words: as rows of a list, as a page of their own, and what came of sending them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from rung import moments
from rung.cli.terminal import Grid, grid, line
from rung.text import _
from rung.workspace.arrivals.words import (
    answer_words,
    duty_words,
    head_words,
    history_words,
    minute,
    role_words,
    state_words,
    whom_words,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rung.ledger import People
    from rung.workspace.arrivals.sending import Sent
    from rung.workspace.arrivals.shown import ShownAlarm

__all__ = ["alarm_page", "alarm_rows", "plain_alarm", "sent_words"]


def alarm_rows(alarms: Sequence[ShownAlarm], zone: tzinfo) -> Grid:
    """Return alarms as a table: what is next, by when, and before whom it is."""
    headers = (_("id"), _("due"), _("customer"), _("name"), _("alarm"), _("state"), _("what"), _("before"))
    rows = (
        (
            each.alarm.id,
            "" if each.alarm.due is None else minute(each.alarm.due, zone),
            each.alarm.customer_id,
            each.customer_name,
            each.title,
            state_words(each),
            "" if each.alarm.next_duty is None else each.alarm.next_duty.text,
            whom_words(each),
        )
        for each in alarms
    )
    return grid(headers, rows, whole=(0, 1, 2))


def alarm_page(shown: ShownAlarm, people: People, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield all there is to tell of an alarm."""
    alarm = shown.alarm
    yield line(f"{alarm.id}  {shown.title}  ({state_words(shown)})", "bold")
    yield from map(line, head_words(shown, zone))
    yield line("")
    headers = (_("no."), _("due"), _("what"), _("owed by"), _("answer"))
    rows = (
        (
            number,
            minute(each.due, zone),
            duty_words(each),
            role_words(shown, each.by),
            answer_words(each, people, zone),
        )
        for number, each in enumerate(alarm.duties, 1)
    )
    yield grid(headers, rows, right=(0,), whole=(1,))
    yield from map(line, history_words(shown, people, zone))


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
            at = f"{moments.local(sent.next_at):%Y-%m-%d %H:%M:%S}"
            yield line(_("The next try: not before {when}; at once: --again").format(when=at), "dim")
    if sent.given_up:
        words = _(
            "Given up after so many tries as rung.toml allows: {count}; once more: rung alarm send --again"
        )
        yield line(words.format(count=f"{sent.given_up:,}"))
