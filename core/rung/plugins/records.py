"""Checks a sector's types of record: fields, states, the deadline, who sees to it and what is counted."""

from __future__ import annotations

from collections.abc import Iterator

from rung.durations import Duration
from rung.errors import Problem, RungError, did_you_mean
from rung.plugins.quantities import NAME, header_problems, quantity_problems, repeated
from rung.text import _
from rung.vocabulary import Kind, RecordType, Sector

__all__ = ["record_problems"]


def record_problems(sector: Sector) -> Iterator[Problem]:
    """Yield every mistake in a sector's types of record, and in the roles that see to them."""
    yield from repeated(_("a record type"), (each.id for each in sector.records))
    for each in sector.records:
        where = _("record type “{name}”").format(name=each.id)
        if not NAME.fullmatch(each.id):
            yield Problem(_("“{name}” is no name for a record type.").format(name=each.id), _name_hint())
        yield from _fields(each, where)
        yield from _states(each, where)
        yield from _deadline(each, where)
        yield from _cause(each, where)
        if each.by is not None and each.by not in sector.roles:
            yield Problem(
                _("In {where}, there is no role “{name}”.").format(where=where, name=each.by),
                did_you_mean(each.by, tuple(sector.roles)) or _("Give its title in the sector's roles."),
            )
    for role in sector.roles:
        if not NAME.fullmatch(role):
            yield Problem(_("“{name}” is no name for a role.").format(name=role), _name_hint())


def _name_hint() -> str:
    return _("Write letters, digits and underscores, no digit first.")


def _fields(record: RecordType, where: str) -> Iterator[Problem]:
    if not record.fields:
        yield Problem(
            _("In {where}, there is nothing to write down.").format(where=where),
            _("Give it at least one field."),
        )
    yield from repeated(_("a field of {where}").format(where=where), (each.id for each in record.fields))
    yield from header_problems(record.fields, where)
    for each in record.fields:
        yield from quantity_problems(each, f"“{record.id}.{each.id}”")


def _states(record: RecordType, where: str) -> Iterator[Problem]:
    yield from repeated(_("a state of {where}").format(where=where), (each.id for each in record.states))
    for each in record.states:
        if not NAME.fullmatch(each.id):
            yield Problem(
                _("In {where}, “{name}” is no name for a state.").format(where=where, name=each.id),
                _name_hint(),
            )
    if not record.states or not record.states[0].is_open:
        yield Problem(
            _("In {where}, the first state is not open.").format(where=where),
            _("A new record is in the first state, and something is still to be done about it."),
        )
    elif record.deadline is not None and all(each.is_open for each in record.states):
        yield Problem(
            _("In {where}, a deadline is set, but no state closes it.").format(where=where),
            _("Give it a state with is_open=False, or leave out the deadline."),
        )


def _deadline(record: RecordType, where: str) -> Iterator[Problem]:
    if record.deadline is None:
        return
    try:
        Duration.parse(record.deadline)
    except RungError as error:
        for problem in error.problems:
            yield Problem(
                _("In {where}: {problem}").format(where=where, problem=problem.message), problem.hint
            )


def _cause(record: RecordType, where: str) -> Iterator[Problem]:
    if record.cause is None:
        return
    found = {each.id: each for each in record.fields if each.kind is Kind.CATEGORY}
    if record.cause not in found:
        yield Problem(
            _("In {where}, “{name}” is no category to count by.").format(where=where, name=record.cause),
            did_you_mean(record.cause, tuple(found)) or _("Name a field of Kind.CATEGORY."),
        )
