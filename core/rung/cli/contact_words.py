"""A contact logged, in words and as plain data: what it changed, what is owed from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rung import moments
from rung.text import Text, _
from rung.workspace.following.words import grade_words, next_words

if TYPE_CHECKING:
    from rung.ledger.service.contacts import LoggedContact
    from rung.service.contacts import NextContact
    from rung.workspace.following.made import ContactMade, ContactUndone, FactLearned, Grades

__all__ = [
    "made_words",
    "plain_contact",
    "plain_made",
    "plain_undone",
]


def made_words(made: ContactMade) -> Iterator[str]:
    """Yield what came of logging a contact, line by line."""
    contact = made.contact
    words = _("{id}: {customer}, {outcome}, on {moment}.")
    yield words.format(
        id=contact.id,
        customer=_called(contact.customer_id, made.customer_name),
        outcome=made.outcome.title,
        moment=f"{moments.local(contact.at):%Y-%m-%d %H:%M}",
    )
    yield from map(_fact_words, made.facts)
    yield grade_words(made.before, made.after)
    promised = [text for line in made.service for text in _owed_words(line)]
    if promised:
        yield _("Owed from now on: {promises}").format(promises=_("; ").join(promised))
    yield next_words(made.next, is_ended=made.is_ended)


def _called(customer_id: str, name: str | None) -> str:
    return f"{customer_id} {name}" if name else customer_id


def _fact_words(fact: FactLearned) -> str:
    value = _("{title}: {value}").format(title=fact.title, value=fact.words)
    state = str(fact.state.words)
    if fact.record is not None:
        state = f"{state} ({fact.record.id}, {fact.policy_id})"
    return f"{value} – {state}"


def _owed_words(line: Any) -> Iterator[str]:
    for each in line.terms.obligations():
        text = getattr(each, "text", None) or getattr(each, "what", None)
        if isinstance(text, Text):
            yield str(text)
        elif text is None and getattr(each, "every", None) is not None:
            yield _("{kind} every {span}").format(kind=each.kind, span=each.every.text())


# As data


def plain_contact(contact: LoggedContact) -> dict[str, Any]:
    """Return a contact as plain data."""
    return {
        "id": contact.id,
        "customer_id": contact.customer_id,
        "at": contact.at,
        "channel": contact.channel,
        "outcome": contact.outcome,
        "reached": contact.reached,
        "text": contact.text,
        "minutes": contact.minutes,
        "next_on": contact.next_on,
        "next": contact.next,
        "facts": dict(contact.facts),
        "inputs": list(contact.inputs),
        "policy": contact.policy_id,
        "maker": contact.maker,
        "made_at": contact.made_at,
        "is_withdrawn": contact.is_withdrawn,
    }


def plain_made(made: ContactMade, today: date) -> dict[str, Any]:
    """Return what came of logging a contact as plain data."""
    return {
        "contact": plain_contact(made.contact),
        "customer_name": made.customer_name,
        "facts": [_plain_fact(each, today) for each in made.facts],
        "before": _plain_grades(made.before),
        "after": _plain_grades(made.after),
        "has_moved": made.has_moved,
        "service": [
            {"source": line.source, "promises": [*zip(line.codes, _owed_words(line), strict=False)]}
            for line in made.service
        ],
        "next": _plain_next(made.next),
        "is_ended": made.is_ended,
        "notices": list(made.notices),
    }


def plain_undone(undone: ContactUndone) -> dict[str, Any]:
    """Return what came of taking a contact back as plain data."""
    return {
        "contact": plain_contact(undone.contact),
        "withdrawn": [each.id for each in undone.withdrawn],
        "restored": [
            {
                "id": each.old.id,
                "as": None if each.record is None else each.record.id,
                "why_not": each.why_not,
            }
            for each in undone.restored
        ],
        "before": None if undone.before is None else _plain_grades(undone.before),
        "after": None if undone.after is None else _plain_grades(undone.after),
        "next": _plain_next(undone.next),
        "notices": list(undone.notices),
    }


def _plain_fact(fact: FactLearned, today: date) -> dict[str, Any]:
    return {
        "field": fact.subject,
        "title": fact.title,
        "value": fact.value,
        "policy": fact.policy_id,
        "state": fact.state.value,
        "input": None if fact.record is None else fact.record.id,
        "status": None if fact.record is None else fact.record.status(today).value,
    }


def _plain_grades(grades: Grades) -> dict[str, Any]:
    return {"model": grades.model, "computed": grades.computed, "effective": grades.effective}


def _plain_next(following: NextContact | None) -> dict[str, Any] | None:
    if following is None:
        return None
    days = following.days
    return {
        "code": following.code,
        "by": following.promise.by,
        "first": days.first,
        "due": days.due,
        "latest": days.latest,
        "at": days.at,
    }
