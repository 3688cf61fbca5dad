"""Contacts in the words of ``rung follow call``: both faces say the same of the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rung_tui.language import _, spoken, words

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.ledger.service.contacts import LoggedContact
    from rung.policy.outcome import OutcomeInEffect
    from rung.service.due_list import DueRow, Silence
    from rung.vocabulary import Quantity
    from rung.workspace import Workspace
    from rung.workspace.following.made import ContactMade, ContactUndone

__all__ = [
    "contact_words",
    "facts_written",
    "history_lines",
    "late_words",
    "made_words",
    "next_written",
    "outcome_words",
    "silence_words",
    "undone_words",
    "what_words",
    "words_loaded",
]


def words_loaded() -> None:
    """Load what the words are made of, beside the screen: it is not to wait for that."""
    import rung.policy.outcome_words
    import rung.service.due_words
    import rung.workspace.following.words  # noqa: F401


def silence_words(silence: Silence) -> str:
    """Return why nothing of a policy can come due."""
    told = (
        _("What “{policy}” says of service is only suggested; the mode Policy accepts it.")
        if silence.is_suggested
        else _("“{policy}” promises nothing that comes due.")
    )
    return told.format(policy=words(silence.title))


def late_words(row: DueRow, today: date) -> str:
    """Return how late something is, or how long it has time; empty where it is never late."""
    from rung.service.due_words import late_words as told

    spoken()
    return told(row, today)


def what_words(row: DueRow, *, has_kind: bool) -> str:
    """Return what is to be done, with its kind where the list has several, and the id it is known by."""
    from rung.service.due_words import what_words as told

    spoken()
    return told(row, has_kind=has_kind)


def made_words(made: ContactMade) -> list[str]:
    """Return what came of logging a contact: its id, the grade before and after, the next one due."""
    from rung.workspace.following.words import grade_words, next_words

    spoken()
    told = [
        _("{id} {customer}: {outcome}. {grade}. {next}").format(
            id=made.contact.id,
            customer=made.contact.customer_id,
            outcome=words(made.outcome.title),
            grade=grade_words(made.before, made.after),
            next=next_words(made.next, is_ended=made.is_ended),
        )
    ]
    for fact in made.facts:
        if fact.record is not None and fact.record.effective_from is None:
            waits = _("{title} awaits approval: {id}.")
            told.append(waits.format(title=words(fact.title), id=fact.record.id))
    return [*told, *made.notices]


def undone_words(undone: ContactUndone) -> list[str]:
    """Return what came of taking a contact back."""
    from rung.workspace.following.words import undone_words as told

    spoken()
    return list(told(undone))


def contact_words(contact: LoggedContact, people: People, outcomes: Iterable[OutcomeInEffect]) -> str:
    """Return a contact on one line: when, by whom, how it went, what was said."""
    from rung.workspace.following.words import contact_line

    spoken()
    return contact_line(contact, people, outcomes)


def outcome_words(outcome: OutcomeInEffect, quantities: Mapping[str, Quantity]) -> str:
    """Return an outcome and all it does."""
    from rung.policy.outcome_words import effect_words, facts_words

    spoken()
    effects = (facts_words(outcome, quantities), effect_words(outcome))
    told = _("; ").join(each for each in effects if each)
    return f"{words(outcome.title)}  {told}".rstrip()


def history_lines(place: Workspace, customer_id: str, most: int) -> Iterator[tuple[str, ...]]:
    """Yield when, id, who, what and what was said of all on record about a customer, newest first."""
    from rung.workspace.following.history_words import history_rows

    spoken()
    found = place.contacts.history(customer_id, limit=most)
    _headers, rows = history_rows(place, found.entries)
    yield from rows


def next_written(written: str, today: date) -> date | None:
    """Return the day of the next contact as it was written: a day, or a span from today."""
    from rung.service.contacts.written import next_day, next_day_given

    spoken()
    return next_day(next_day_given(written), today)


def facts_written(written: str) -> dict[str, str | None]:
    """Return what was learned, written as FIELD=VALUE."""
    from rung.service.contacts.written import facts_given

    spoken()
    return facts_given([written])
