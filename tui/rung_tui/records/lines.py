"""Records, alarms and timelines as lines of text for a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rung_tui.customer.layout import Part, paragraph, title
from rung_tui.drawn import Line
from rung_tui.language import _, spoken, words
from rung_tui.records.forms import waiting_lines

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.service.records.past import Entry
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.recording.views import RecordRow, ShownRecord
    from rung_tui.records.desk import RecordAtHand

__all__ = ["alarm_lines", "entry_lines", "record_lines", "row_lines"]


def record_lines(at_hand: RecordAtHand, width: int) -> list[Line]:
    """Return a record whole: states, day, service, fields, and what was done with it."""
    from rung.workspace.recording.words import masked_words

    spoken()
    shown = at_hand.shown
    lines = row_lines(shown, width)
    record = shown.record
    told = waiting_lines(at_hand.waiting, is_open=record.is_open)
    lines += [each for part in told for each in paragraph([part], width)]
    if shown.notice:
        lines += paragraph([("! ", "warning"), shown.notice], width)
    elif shown.masked:
        lines += paragraph([(masked_words(), "muted")], width)
    lines += [(), title(_("What was done with it"), width)]
    for each in shown.past:
        lines += entry_lines(each, at_hand.people, width)
    return lines


def row_lines(shown: ShownRecord | RecordRow, width: int) -> list[Line]:
    """Return what a record is, how it stands, and what it holds."""
    from rung.workspace.recording.words import due_words, field_lines

    spoken()
    record, declared = shown.record, shown.declared
    lines = _states(shown, width)
    due = due_words(record, shown.late_days)
    if due:
        late = shown.late_days is not None and shown.late_days > 0
        lines += _valued(_("To be closed by"), due, width, "bad" if late else "")
    if declared is not None and declared.by_title is not None:
        lines += _valued(_("Seen to by"), words(declared.by_title), width)
    lines.append(())
    held = list(field_lines(shown))
    for name, value in held:
        lines += _valued(name, value, width)
    if not held:
        lines += paragraph([(_("Nothing is written in it."), "muted")], width)
    return lines


def _states(shown: ShownRecord | RecordRow, width: int) -> list[Line]:
    """Return every state the type knows, the one of now marked, each with the number that moves there."""
    from rung.workspace.recording.words import state_title

    record, declared = shown.record, shown.declared
    parts: list[Part] = [(_("State") + "  ", "muted")]
    known = () if declared is None else declared.type.states
    for number, each in enumerate(known, 1):
        here = each.id == record.state
        closes = "" if each.is_open else " ■"
        named = f"{number} {words(each.title)}{closes}"
        parts.append((f"[{named}]" if here else f" {named} ", "strong" if here else "muted"))
    if all(each.id != record.state for each in known):
        parts.append((f"[{words(state_title(record, declared))}]", "strong"))
    return paragraph(parts, width)


def _valued(name: str, value: str, width: int, role: str = "") -> list[Line]:
    """Return a value behind its name; what was written on several lines stays on several."""
    first, *more = value.splitlines() or [""]
    lines = paragraph([(_("{field}: {value}").format(field=name, value=""), "muted"), (first, role)], width)
    for each in more:
        lines += paragraph([("  ", ""), (each, role)], width)
    return lines


def entry_lines(entry: Entry, people: People, width: int, *, has_record: bool = False) -> list[Line]:
    """Return one thing done with a record: when, by whom, what."""
    from rung.workspace.recording.words import entry_words

    spoken()
    when, by, what = entry_words(entry, people)
    head = "  ".join([when, by, *([entry.record, words(entry.type)] if has_record else [])])
    mark = ("■ ", "good") if entry.is_closing else ("● ", "key") if entry.is_opening else ("· ", "muted")
    return paragraph([mark, (head, "muted"), f"  {' '.join(what.split())}"], width, 4)


def alarm_lines(shown: ShownAlarm, people: People, zone: tzinfo, now: datetime, width: int) -> list[Line]:
    """Return an alarm whole: what happened, who must do what by when, what was done, who was told."""
    from rung.workspace.arrivals.words import head_words, history_words, state_words

    spoken()
    role = "bad" if shown.is_late else "warning" if shown.is_escalated else "strong"
    lines = paragraph([(_("State") + "  ", "muted"), (state_words(shown), role)], width)
    lines += _all(head_words(shown, zone), width)
    lines += [(), title(_("Who must do what"), width)]
    lines += [each for line in _duties(shown, people, zone, now, width) for each in line]
    history = list(history_words(shown, people, zone))
    lines += [(), title(_("Who was told, and what came of it"), width)]
    lines += _all(history or [_("Nobody yet.")], width)
    return lines


def _all(told: Iterable[str], width: int) -> list[Line]:
    return [each for words_ in told for each in paragraph([" ".join(words_.split())], width)]


def _duties(
    shown: ShownAlarm, people: People, zone: tzinfo, now: datetime, width: int
) -> Iterator[list[Line]]:
    from rung.workspace.arrivals.words import (
        answer_words,
        duty_words,
        minute,
        role_words,
        time_left_words,
    )

    for number, duty in enumerate(shown.alarm.duties, 1):
        is_waiting = duty.answer is None and shown.alarm.closing is None
        mark: Part = ("✓ ", "good") if duty.answer is not None else ("○ ", "open")
        left = time_left_words(duty.due, now) if is_waiting else ""
        role = "bad" if is_waiting and duty.due < now else "open"
        head: list[Part] = [mark, f"{number} {duty_words(duty)}"]
        yield paragraph(head, width, 4)
        by = role_words(shown, duty.by)
        yield paragraph(["    ", (f"{by}  {minute(duty.due, zone)}  ", "muted"), (left, role)], width, 4)
        if duty.answer is not None:
            answer = " ".join(answer_words(duty, people, zone).split())
            yield paragraph(["    ", answer], width, 4)
