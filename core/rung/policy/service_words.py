"""Promises of service in words: what was promised, how often or how soon, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import TypeAlias

from rung.policy.conditions import Condition
from rung.policy.model import (
    Alarm,
    Approve,
    Benefit,
    Contact,
    Duty,
    Escalate,
    Handling,
    Obligation,
    Owner,
    Promise,
    Release,
    Resource,
    Respond,
    Review,
    ServiceTerms,
    Stop,
)
from rung.text import Text, _

__all__ = ["Asked", "Roles", "alarm_words", "duty_words", "obligation_words", "starting_words", "terms_words"]

Roles: TypeAlias = Mapping[str, Text]
"""Role id → its title."""

Asked: TypeAlias = Callable[[Condition], str]
"""Puts a condition into words."""


def terms_words(terms: ServiceTerms, roles: Roles, asked: Asked | None = None) -> list[str]:
    """Return every obligation of the terms in words; suggestions nobody accepted are marked."""
    words = [obligation_words(obligation, roles, asked) for obligation in terms.obligations()]
    if terms.is_in_force:
        return words
    return [_("{promise} (suggested, not in force)").format(promise=each) for each in words]


def starting_words(requires: str, records: Mapping[str, Text]) -> str:
    """Return in words that terms wait for a record; ``records`` are the titles of the types."""
    words = _("starts once there is an open record: {record}")
    return words.format(record=records.get(requires, requires))


def obligation_words(obligation: Obligation, roles: Roles, asked: Asked | None = None) -> str:
    """Return one obligation in words, in the current language."""
    parts = [_kind(obligation, roles)]
    if obligation.by is not None and not isinstance(obligation, Owner | Approve):
        parts.append(_("by: {role}").format(role=_role(obligation.by, roles)))
    if obligation.text is not None and not isinstance(obligation, Promise | Benefit | Handling | Stop):
        parts.append(str(obligation.text))
    if obligation.when is not None:
        condition = obligation.when
        parts.append(_("if {condition}").format(condition=asked(condition)) if asked else _if_anything())
    return _("; ").join(part for part in parts if part)


def _if_anything() -> str:
    return _("under a condition")


def _kind(obligation: Obligation, roles: Roles) -> str:
    match obligation:
        case Contact():
            return _(", ").join(_contact(obligation))
        case Respond(to=to, title=title, within=within):
            return _("answer to “{event}” within {span}").format(event=title or to, span=within.text())
        case Review(every=None):
            return _("grade reviewed at no fixed time")
        case Review(every=every):
            return _("grade reviewed every {span}").format(span=every.text() if every else "")
        case Owner(by=by):
            return _("responsible: {role}").format(role=_role(by, roles))
        case Approve():
            return _approve(obligation, roles)
        case Resource():
            return _resource(obligation)
        case Handling():
            return _(", ").join(_handling(obligation))
        case Release():
            return _(", ").join(_release(obligation))
        case Escalate(after=after, to=to):
            words = _("{span} late: {role} is told")
            return words.format(span=after.text(), role=_role(to, roles))
        case Stop(text=stopped):
            return _("nothing more is done: {text}").format(text=stopped)
        case Benefit(text=benefit):
            return str(benefit)
        case Promise(text=text):
            return str(text or "")


def _contact(contact: Contact) -> Iterator[str]:
    yield _rhythm(contact)
    if contact.no_later_than:
        yield _("after {span} at the latest").format(span=contact.no_later_than.text())
    if contact.no_sooner_than:
        yield _("after {span} at the earliest").format(span=contact.no_sooner_than.text())
    if contact.until:
        yield _("until {end}").format(end=contact.until)
    if contact.channel:
        yield str(contact.channel)
    if contact.aim:
        yield _("to: {aim}").format(aim=contact.aim)
    if contact.minutes:
        yield _("{n} minutes each").format(n=contact.minutes)


def _rhythm(contact: Contact) -> str:
    if contact.every:
        return _("contact every {span}").format(span=contact.every.text())
    if not contact.phases:
        return _("contact")
    told = [
        _("every {span} for {lasts}").format(span=phase.every.text(), lasts=phase.lasts.text())
        if phase.lasts
        else _("every {span}").format(span=phase.every.text())
        for phase in contact.phases
    ]
    phases = reduce(lambda first, later: _("{first}, then {later}").format(first=first, later=later), told)
    return _("contact {phases}").format(phases=phases)


def _approve(approve: Approve, roles: Roles) -> str:
    words = _("{documents} go out only when passed by: {role}")
    told = words.format(documents=approve.documents, role=_role(approve.by, roles))
    if approve.within is None:
        return told
    return _(", ").join([told, _("within {span}").format(span=approve.within.text())])


def _resource(resource: Resource) -> str:
    if resource.amount is None:
        return str(resource.what)
    amount = f"{resource.amount.normalize():f}"
    return _("{what}: {amount} {unit}").format(what=resource.what, amount=amount, unit=resource.unit).strip()


def _handling(handling: Handling) -> Iterator[str]:
    yield str(handling.text)
    if handling.batch:
        yield _("worked in one batch")
    if handling.turn is not None:
        yield _("turn {n}").format(n=handling.turn)


def _release(release: Release) -> Iterator[str]:
    yield _("back to the public pool after {span} without contact").format(span=release.after.text())
    if release.warn:
        yield _("the owner is told {span} before").format(span=release.warn.text())
    if release.cooling_off:
        yield _("not taken again by the same owner for {span}").format(span=release.cooling_off.text())


def _role(role: str | None, roles: Roles) -> str:
    return str(roles.get(role or "", role or "?"))


def alarm_words(alarm: Alarm, roles: Roles) -> list[str]:
    """Return what an alarm asks of people: every duty, and who is told where one is late."""
    words = [duty_words(duty, roles) for duty in alarm.duties]
    if alarm.escalate_to is not None:
        span = alarm.escalate_after.text() if alarm.escalate_after else ""
        told = _("{span} late: {role} is told") if span else _("where late: {role} is told")
        words.append(told.format(span=span, role=_role(alarm.escalate_to, roles)))
    return words


def duty_words(duty: Duty, roles: Roles) -> str:
    """Return one duty of an alarm in words: what, by whom, by when, by what means."""
    parts = [str(duty.text), _("by: {role}").format(role=_role(duty.by, roles))]
    parts.append(_("within {span}").format(span=duty.within.text()) if duty.within else _("at once"))
    if duty.channel is not None:
        parts.append(str(duty.channel))
    return _("; ").join(parts)
