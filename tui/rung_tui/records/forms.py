"""The forms of the mode, made of what the type declares: a new record, a change, the next state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.text import MASK
from rung_tui.language import _, spoken, words
from rung_tui.records.answers import Option
from rung_tui.records.asks import Ask, Work
from rung_tui.records.listing import type_key

if TYPE_CHECKING:
    from rung.errors import Problem as _Problem
    from rung.service.records.form import Form, FormField
    from rung.text import Text
    from rung.workspace.recording.types import DeclaredType
    from rung_tui.records.desk import RecordAtHand, RecordsDesk

__all__ = ["change_form", "move_form", "new_form", "waiting_lines"]

_SEPARATORS = str.maketrans("/.。年月", "-----", "日")


def new_form(
    desk: RecordsDesk, declared: DeclaredType, customer_id: str, name: str, waiting: tuple[Text, ...]
) -> Work:
    """Return the form of a new record about a customer."""
    form = declared.form

    def heading() -> str:
        parts = (words(declared.type.title), customer_id, name)
        return _("New record · {what}").format(what="  ".join(each for each in parts if each))

    def told() -> list[tuple[str, str]]:
        lines = [(words(declared.type.about), "muted")] if declared.type.about is not None else []
        return lines + waiting_lines(waiting)

    return Work(
        key=f"new:{type_key(declared)}:{customer_id}",
        heading=heading,
        asks=tuple(_asked(each, "") for each in form.fields),
        judge=lambda answers: _at_fields(form, answers, is_new=True),
        record=lambda changed: desk.open(declared, customer_id, changed),
        told=told,
    )


def change_form(desk: RecordsDesk, at_hand: RecordAtHand, declared: DeclaredType) -> Work:
    """Return the form in which a record's values are changed; masked ones are taken over unseen."""
    record, form = at_hand.shown.record, declared.form
    held = {name: value for name, value in record.fields.items() if value is not None}
    masked = {name for name, value in held.items() if value == MASK}

    def judge(answers: Mapping[str, str]) -> dict[str, Problem]:
        given = {name: value for name, value in answers.items() if value or name not in masked}
        changed = {name: value for name, value in given.items() if value != held.get(name, "")}
        return _at_fields(form, changed, is_new=False)

    return Work(
        key=f"change:{record.id}",
        heading=lambda: _("Change {id} · {what}").format(id=record.id, what=words(declared.type.title)),
        asks=tuple(
            _asked(each, "" if each.id in masked else held.get(each.id, ""), is_masked=each.id in masked)
            for each in form.fields
        ),
        judge=judge,
        record=lambda changed: desk.change(record.id, changed),
    )


def move_form(desk: RecordsDesk, at_hand: RecordAtHand, declared: DeclaredType, state: str = "") -> Work:
    """Return the form that moves a record on: its next state, a note, the day it is to be closed by."""
    record = at_hand.shown.record
    states = declared.type.states
    today = desk.now().date()

    def due_hint() -> str:
        now = _("none") if record.due is None else record.due.isoformat()
        return _("a day, or 3d; {now} as it stands").format(now=now)

    def told() -> list[tuple[str, str]]:
        return waiting_lines(at_hand.waiting, is_open=record.is_open)

    def judge(answers: Mapping[str, str]) -> dict[str, Problem]:
        problems: dict[str, Problem] = {}
        try:
            _day(answers["due"], today)
        except RungError as error:
            problems["due"] = error.problems[0]
        if not any(answers[name].strip() for name in ("note", "due")) and answers["state"] == record.state:
            problems["state"] = Problem(
                _("It would stay as it is."), _("Pick another state, or write a note or a day.")
            )
        return problems

    def moved(changed: dict[str, str]) -> object:
        return desk.change(
            record.id,
            state=changed.get("state") or None,
            note=changed.get("note", ""),
            due=_day(changed.get("due", ""), today),
        )

    if state:
        desk.keep(f"move:{record.id}", {**desk.drafts.get(f"move:{record.id}", {}), "state": state}, str)
    heading = _heading(lambda: _("Move on"), record.id, declared.type.title)
    return Work(
        key=f"move:{record.id}",
        heading=heading,
        asks=(
            Ask(
                "state",
                lambda: _("State"),
                "choice",
                tuple(Option(each.id, _state_title(each.title, is_open=each.is_open)) for each in states),
                record.state,
            ),
            Ask("note", lambda: _("Note"), "text"),
            Ask("due", lambda: _("To be closed by"), hint=due_hint),
        ),
        judge=judge,
        record=moved,
        told=told,
    )


def waiting_lines(waiting: tuple[Text, ...], *, is_open: bool | None = None) -> list[tuple[str, str]]:
    """Return the service that hangs on a record of the type; ``is_open``: of one there is."""
    if not waiting:
        return []
    service = _(", ").join(map(words, waiting))
    if is_open is None:
        told = _("Service starts once it is open: {service}.")
    elif is_open:
        told = _("Service rests on it, and ends when it is closed: {service}.")
    else:
        told = _("Service waits for it to be opened again: {service}.")
    return [(told.format(service=service), "warning")]


def _heading(verb: Callable[[], str], record: str, title: Text) -> Callable[[], str]:
    return lambda: f"{verb()} · {record}  {words(title)}"


def _state_title(title: Text, *, is_open: bool) -> Callable[[], str]:
    return lambda: words(title) if is_open else f"{words(title)} ■"


def _asked(field: FormField, value: str, *, is_masked: bool = False) -> Ask:
    from rung.vocabulary import Kind

    def hint() -> str:
        if is_masked:
            return _("{mask} not for your role; what you write takes its place").format(mask=MASK)
        if field.about is not None:
            return words(field.about)
        spoken()
        return "" if field.kind in (Kind.CATEGORY, Kind.BOOLEAN) else field.how

    options: tuple[Option, ...] = ()
    if field.kind is Kind.CATEGORY:
        options = tuple(Option(each.id, _titled(each.title)) for each in field.choices)
    elif field.kind is Kind.BOOLEAN:
        options = (Option("true", lambda: _("yes")), Option("false", lambda: _("no")))
    return Ask(
        name=field.id,
        title=_titled(field.title),
        how="choice" if options else "text" if field.kind is Kind.TEXT else "line",
        options=options,
        value=value,
        is_required=field.is_required,
        is_sensitive=field.is_sensitive,
        hint=hint,
    )


def _titled(title: Text) -> Callable[[], str]:
    return lambda: words(title)


def _at_fields(form: Form, answers: Mapping[str, str], *, is_new: bool) -> dict[str, _Problem]:
    from rung.service.records.filling import at_fields

    return at_fields(form, answers, is_new=is_new)


def _day(written: str, today: date) -> date | None:
    from rung.service.contacts.written import next_day, next_day_given

    text = written.strip()
    return next_day(next_day_given(text.translate(_SEPARATORS)), today) if text else None
