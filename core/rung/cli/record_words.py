"""What a person is told who proposed a human input, and an input for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from rung.text import _
from rung.workspace.kept_words import value_words
from rung.workspace.record_words import notches_words, title_words

if TYPE_CHECKING:
    from rung.ledger import DataInput, InputRecord
    from rung.vocabulary import Quantity

__all__ = ["outcome_words", "plain_record"]


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


def plain_record(made: InputRecord, today: date) -> dict[str, Any]:
    """Return an input for JSON."""
    plain = {item.name: getattr(made, item.name) for item in fields(made)}
    return {**plain, "status": made.status(today)}
