"""One human input in words: what was proposed, how far it goes, and what came of an act on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rung.text import _
from rung.workspace.kept_words import value_words

if TYPE_CHECKING:
    from rung.ledger import DataInput, InputRecord, People
    from rung.vocabulary import Quantity

__all__ = [
    "decided_words",
    "grades_words",
    "moment_words",
    "notches_words",
    "outcome_words",
    "plain_record",
    "record_words",
    "title_words",
]


def notches_words(notches: int | None) -> str:
    """Return notches with their sign, better is plus; nothing where they have no meaning."""
    return "" if notches is None else f"{notches:+d}"


def moment_words(moment: datetime) -> str:
    """Return a moment here, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def grades_words(made: InputRecord) -> str:
    """Return the grade before, the one given or computed, and how many notches lie between."""
    notches = f" ({notches_words(made.notches)})" if made.notches else ""
    return f"{made.model_grade or '–'} → {made.proposed_grade or '–'}{notches}"


def record_words(made: InputRecord, quantity: Quantity | None = None) -> str:
    """Return what an input wants, in a few words; with the quantity it is about as a person reads it."""
    from rung.ledger import DataInput

    if not isinstance(made, DataInput):
        return grades_words(made)
    words = _("{subject}: {was} → {value}").format(
        subject=quantity.title if quantity else made.subject,
        was=value_words(made.was, quantity),
        value=value_words(made.value, quantity),
    )
    return f"{words} [{grades_words(made)}]"


def title_words(made: InputRecord) -> str:
    """Return what an input is called where a sentence begins: its kind and its id."""
    from rung.ledger.rules.asked import called

    return called(made.id, made.kind)


def outcome_words(made: InputRecord, quantities: Mapping[str, Quantity] | None = None) -> Iterator[str]:
    """Yield what a person who proposed an input is told."""
    from rung.ledger import DataInput

    if isinstance(made, DataInput):
        yield _supplied(made, (quantities or {}).get(made.subject))
        yield _computed(made)
    else:
        yield _overruled(made)
    if made.effective_from is None:
        yield _awaits(made)
    else:
        yield _("It is in effect until {day}.").format(day=made.expires_at.isoformat())
    if made.supersedes:
        ids = ", ".join(made.supersedes)
        if made.effective_from is None:
            yield _("Once it is in effect it supersedes {ids}.").format(ids=ids)
        else:
            yield _("It supersedes {ids}.").format(ids=ids)
    if made.on_behalf_of:
        yield _("You acted on behalf of {name}.").format(name=made.on_behalf_of)


def _supplied(made: DataInput, quantity: Quantity | None) -> str:
    return _("{title} of {customer}: {subject} {was} → {value}.").format(
        title=title_words(made),
        customer=made.customer_id,
        subject=quantity.title if quantity else made.subject,
        was=value_words(made.was, quantity),
        value=value_words(made.value, quantity),
    )


def _overruled(made: InputRecord) -> str:
    words = _("Override {id} of {customer}: {model} by the model, overruled to {grade} ({notches}).")
    if made.model_grade is None:
        words = _("Override {id} of {customer}: not graded by the model, graded {grade}.")
    elif made.notches is None:
        words = _("Override {id} of {customer}: {model} by the model, overruled to {grade}.")
    return words.format(
        id=made.id,
        customer=made.customer_id,
        model=made.model_grade,
        grade=made.proposed_grade,
        notches=notches_words(made.notches),
    )


def _computed(made: DataInput) -> str:
    told: dict[str, Any] = {"before": made.model_grade, "grade": made.proposed_grade}
    told["notches"] = notches_words(made.notches)
    if made.proposed_grade is None:
        words = _("With it the customer is not graded; the grade before is {before}.")
        if made.model_grade is None:
            words = _("The customer is not graded, with it or without.")
    elif made.model_grade is None:
        words = _("With it the grade is {grade}; without it the customer is not graded.")
    elif made.model_grade == made.proposed_grade:
        words = _("The grade stays {grade}.")
    elif made.notches is None:
        words = _("Grade: {before} → {grade}.")
    else:
        words = _("Grade: {before} → {grade} ({notches}).")
    return words.format(**told)


def _awaits(made: InputRecord) -> str:
    from rung.ledger import Role

    if made.approver_role == Role.OWNER:
        words = _("It awaits the approval of {count}, one of them {role}, and is not in effect.")
        return words.format(count=made.approvals_needed, role=Role.OWNER.words)
    return _("It awaits the approval of {count} and is not in effect.").format(count=made.approvals_needed)


def decided_words(
    made: InputRecord, people: People, today: date, quantity: Quantity | None = None
) -> Iterator[str]:
    """Yield what a person is told who has just acted on an input that was there."""
    from rung.ledger import Act, Status

    last = made.last
    if last is None:
        return
    told = {"title": title_words(made), "customer": made.customer_id, "maker": people.name(made.maker)}
    told["what"] = record_words(made, quantity)
    words = {
        Act.APPROVED: _("You approved {title} of {customer}: {what}."),
        Act.REJECTED: _("{title} of {customer} is rejected."),
        Act.RETURNED: _("{title} of {customer} is returned to {maker} for more information."),
        Act.RESUBMITTED: _("{title} of {customer} is put forward anew: {what}."),
        Act.WITHDRAWN: _("{title} of {customer} is withdrawn."),
    }[last.act]
    yield words.format(**told)
    if last.on_behalf_of:
        yield _("You acted on behalf of {name}.").format(name=people.name(last.on_behalf_of))
    if last.act not in (Act.APPROVED, Act.RESUBMITTED):
        return
    left = made.approvals_needed - len(made.approvals)
    if made.status(today) is Status.APPROVED:
        yield _("It is in effect until {day}.").format(day=made.expires_at.isoformat())
    elif left > 0:
        words = (
            _("It awaits the approval of {count} more and is not in effect.")
            if made.approvals
            else _("It awaits the approval of {count} and is not in effect.")
        )
        yield words.format(count=left)


def plain_record(made: InputRecord, today: date) -> dict[str, Any]:
    """Return an input for JSON."""
    plain = {item.name: getattr(made, item.name) for item in fields(made)}
    return {**plain, "status": made.status(today)}
