"""What goes with a policy's grades, as tables and sentences: parameters, gates, flags, promises, alarms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rung.cli.tables import Table, starred, table
from rung.grading.condition_words import asked_words
from rung.policy.conditions import Condition
from rung.policy.model import Alarm, Flag, Gate, Parameter, Policy, ServiceTerms
from rung.policy.outcome_words import effect_words, facts_words
from rung.policy.service_words import alarm_words, starting_words, terms_words
from rung.text import Text, _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = [
    "alarms_table",
    "flags_table",
    "gates_table",
    "outcomes_table",
    "parameters_table",
    "scripts_table",
    "service_table",
]


def parameters_table(compiled: CompiledPolicy) -> Table:
    """Return the values a policy's texts and cells share."""
    titles = {name: quantity.title for name, quantity in compiled.quantities.items()}
    rows = (
        (starred(parameter.title or name, parameter.basis), _value(parameter, titles), parameter.because)
        for name, parameter in compiled.policy.parameters.items()
    )
    return table(("", _("value"), _("because")), rows)


def _value(parameter: Parameter, titles: Mapping[str, Text]) -> str:
    def named(value: object) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        title = titles.get(value) if isinstance(value, str) else None
        # The name stays beside its title: it is what is written in the file.
        return str(value) if title is None else _("{title} ({name})").format(title=title, name=value)

    values = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    told = _(", ").join(map(named, values))
    if parameter.choices:
        choices = _(", ").join(map(named, parameter.choices))
        told = _("{value} (one of: {choices})").format(value=told, choices=choices)
    return _("{value} – to be chosen").format(value=told) if parameter.choose else told


def gates_table(compiled: CompiledPolicy) -> Table:
    """Return what caps, floors or sets the grade."""
    rows = (
        (_effect(gate), starred(_asked(gate, compiled), gate.basis), gate.reason)
        for gate in compiled.policy.gates
    )
    return table(("", _("condition"), _("reason")), rows)


def flags_table(compiled: CompiledPolicy) -> Table:
    """Return what stands beside the grade."""
    rows = (
        (flag.title, starred(_asked(flag, compiled), flag.basis), flag.reason)
        for flag in compiled.policy.flags
    )
    return table(("", _("condition"), _("reason")), rows)


def _asked(part: Gate | Flag, compiled: CompiledPolicy) -> str:
    return asked_words(part.when, compiled.quantities)


def _effect(gate: Gate) -> str:
    for words, grade in (
        (_("at most {grade}"), gate.at_most),
        (_("at least {grade}"), gate.at_least),
        (_("always {grade}"), gate.set),
    ):
        if grade is not None:
            return words.format(grade=grade)
    return ""


def service_table(compiled: CompiledPolicy) -> Table:
    """Return what was promised, grade by grade, then flag by flag."""
    policy = compiled.policy
    records = {name: each.title for name, each in compiled.vocabulary.records.items()}

    def asked(condition: Condition) -> str:
        return asked_words(condition, compiled.quantities)

    def lines(terms: ServiceTerms) -> Iterator[str]:
        if terms.requires is not None:
            yield starting_words(terms.requires, records)
        words = terms_words(terms, policy.roles, asked)
        for told, obligation in zip(words, terms.obligations(), strict=True):
            yield starred(told, obligation.basis)

    rows = ((title, told) for title, terms in _promised(policy) for told in lines(terms))
    return table((_("to"), _("promise")), rows)


def scripts_table(compiled: CompiledPolicy) -> Table:
    """Return what is said at a contact, grade by grade, then flag by flag."""
    rows = (
        (title, each.channel, starred(each.script, each.basis))
        for title, terms in _promised(compiled.policy)
        for each in terms.contact
        if each.script is not None
    )
    return table((_("to"), _("channel"), _("what is said")), rows)


def _promised(policy: Policy) -> Iterator[tuple[Text, ServiceTerms]]:
    for grade in dict.fromkeys((*policy.grades, *policy.service)):
        if grade in policy.service:
            yield policy.grade_title(grade), policy.service[grade]
    for flag in policy.flags:
        if flag.service is not None:
            yield flag.title, flag.service


def outcomes_table(compiled: CompiledPolicy) -> Table:
    """Return what contacts come to, as the sector or the policy declares it; the usual ones go untold."""
    bases = {each.id: each.basis for each in compiled.policy.outcomes}
    rows = (
        (
            each.key,
            starred(each.title, bases[each.id]) if each.id in bases else each.title,
            facts_words(each, compiled.quantities),
            effect_words(each),
        )
        for each in compiled.outcomes
        if each.source != "usual"
    )
    return table((_("key"), _("outcome"), _("sets"), _("and then")), rows)


def alarms_table(compiled: CompiledPolicy) -> Table:
    """Return what events set off."""
    policy = compiled.policy
    rows = (
        (
            *(_alarm(alarm, compiled) if number == 0 else ("", "", "")),
            duty,
        )
        for alarm in policy.alarms
        for number, duty in enumerate(alarm_words(alarm, policy.roles))
    )
    return table((_("alarm"), _("raised by"), _("reason"), _("what is done")), rows)


def _alarm(alarm: Alarm, compiled: CompiledPolicy) -> tuple[object, ...]:
    return starred(alarm.title, alarm.basis), _raised_by(alarm, compiled), alarm.reason


def _raised_by(alarm: Alarm, compiled: CompiledPolicy) -> str:
    return _("; ").join(_causes(alarm, compiled))


def _causes(alarm: Alarm, compiled: CompiledPolicy) -> Iterator[str]:
    events = compiled.vocabulary.events[alarm.on]
    yield str(events.title)
    if alarm.when is not None:
        yield asked_words(alarm.when, {column.id: column for column in events.columns})
    if alarm.customers is not None:
        asked = asked_words(alarm.customers, compiled.quantities)
        yield _("of customers with: {condition}").format(condition=asked)
