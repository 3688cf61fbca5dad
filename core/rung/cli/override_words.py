"""What people gave, in words beside the grade it touches: in effect, awaiting approval, stale, suspended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rung import moments
from rung.text import _
from rung.workspace.kept_words import value_words
from rung.workspace.record_words import grades_words, title_words

if TYPE_CHECKING:
    from rung.ledger import Effective, InputRecord, People, Tally
    from rung.workspace.record_titles import Titles

__all__ = ["effective_words", "tally_words"]


def effective_words(found: Effective, people: People, titles: Titles) -> Iterator[str]:
    """Yield what human input does to a grade that is shown; nothing where there is none."""
    for each in found.data:
        yield _datum(each, people, titles)
    if found.data:
        words = _("The grade with it is {grade}; the source's data alone give {model}.")
        if not found.is_regraded:
            words = _("The grade with it is {grade}, as the source's data alone give.")
        none = _("not graded")
        yield words.format(grade=found.computed_grade or none, model=found.model_grade or none)
    if found.override is not None:
        words = _(
            "Effective grade {grade}: override {id} by {maker} on {day}, reason {reason}, until {until}"
        )
        text = words.format(grade=found.grade or _("not graded"), **_facts(found.override, people, titles))
        yield " · ".join([text, *_doubts(found)])
    for pending in (*found.pending_data, *([found.pending] if found.pending else [])):
        yield _awaiting(pending, people, titles)


def tally_words(tally: Tally) -> Iterator[str]:
    """Yield what a run says of its open human input, a line a kind; nothing where there is none."""
    overrides = _told(
        (tally.in_effect, _("{n} in effect")),
        (tally.suspended, _("{n} suspended")),
        (tally.awaiting, _("{n} awaiting approval")),
        (tally.stale, _("{n} stale")),
    )
    if overrides:
        yield _("Overrides: {told}").format(told=overrides)
    data = _told(
        (tally.corrected, _("in effect for {n}")),
        (tally.regraded, _("another grade for {n}")),
    )
    if data:
        yield _("Judgements and corrections: {told}").format(told=data)


def _told(*counts: tuple[int, str]) -> str:
    return " · ".join(words.format(n=f"{count:,}") for count, words in counts if count)


def _facts(made: InputRecord, people: People, titles: Titles) -> dict[str, Any]:
    return {
        "id": made.id,
        "title": title_words(made),
        "reason": titles.reason(made),
        "maker": people.name(made.maker),
        "day": moments.day_of(made.made_at).isoformat(),
        "until": made.expires_at.isoformat(),
    }


def _datum(made: InputRecord, people: People, titles: Titles) -> str:
    words = _("{title} by {maker} on {day}: {subject} {was} → {value}, until {until}")
    return words.format(**_facts(made, people, titles), **_values(made, titles))


def _values(made: InputRecord, titles: Titles) -> dict[str, str]:
    from rung.ledger import DataInput

    assert isinstance(made, DataInput)
    quantity = titles.quantity(made)
    return {
        "subject": str(quantity.title) if quantity else made.subject,
        "was": value_words(made.was, quantity),
        "value": value_words(made.value, quantity),
    }


def _awaiting(made: InputRecord, people: People, titles: Titles) -> str:
    from rung.ledger import DataInput, State

    facts = _facts(made, people, titles)
    if isinstance(made, DataInput):
        words = _("{title} by {maker} awaits approval: {subject} {was} → {value}, grade {grades}")
        if made.state is State.RETURNED:
            words = _("{title} by {maker} was returned: {subject} {was} → {value}, grade {grades}")
        return words.format(**facts, **_values(made, titles), grades=grades_words(made))
    words = _("Override {id} to {grade} by {maker} awaits approval")
    if made.state is State.RETURNED:
        words = _("Override {id} to {grade} by {maker} was returned for more information")
    return words.format(**facts, grade=made.proposed_grade)


def _doubts(found: Effective) -> list[str]:
    words = []
    if found.is_stale:
        words.append(_("stale"))
    if found.suspended is not None:
        words.append(_("suspended: {cause}").format(cause=found.suspended.words))
    return words
