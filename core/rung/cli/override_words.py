"""Overrides in words: how far they go, where they stand, what came of proposing one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Effective, Override, Tally
    from rung.workspace.human_input import Standing

__all__ = ["effective_words", "marks", "notches_words", "outcome_words", "tally_words"]


def notches_words(notches: int | None) -> str:
    """Return notches with their sign, better is plus; nothing where they have no meaning."""
    return "" if notches is None else f"{notches:+d}"


def outcome_words(made: Override) -> Iterator[str]:
    """Yield what a person who proposed an override is told."""
    words = _("Override {id} of {customer}: {model} by the model, overruled to {grade} ({notches}).")
    if made.model_grade is None:
        words = _("Override {id} of {customer}: not graded by the model, graded {grade}.")
    elif made.notches is None:
        words = _("Override {id} of {customer}: {model} by the model, overruled to {grade}.")
    yield words.format(
        id=made.id,
        customer=made.customer_id,
        model=made.model_grade,
        grade=made.proposed_grade,
        notches=notches_words(made.notches),
    )
    if made.effective_from is None:
        yield _("It awaits the approval of {count} and is not in effect.").format(count=made.approvals_needed)
    else:
        yield _("It is in effect until {day}.").format(day=made.expires_at.isoformat())
    if made.supersedes:
        ids = ", ".join(made.supersedes)
        if made.effective_from is None:
            yield _("Once it is in effect it supersedes {ids}.").format(ids=ids)
        else:
            yield _("It supersedes {ids}.").format(ids=ids)


def marks(standing: Standing) -> str:
    """Return where an override stands: its status, and whether it is stale, suspended or without customer."""
    words = [str(standing.status.words)]
    if standing.is_gone:
        words.append(_("customer not in the latest run"))
    if standing.effective is not None:
        words += _doubts(standing.effective)
    return " · ".join(words)


def effective_words(found: Effective) -> Iterator[str]:
    """Yield what human input does to a grade that is shown; nothing where there is none."""
    made = found.override
    if made is not None:
        facts = {"grade": found.grade or _("not graded"), "id": made.id, "reason": made.reason}
        facts |= {"maker": made.maker, "day": made.made_at.astimezone().date().isoformat()}
        words = _(
            "Effective grade {grade}: override {id} by {maker} on {day}, reason {reason}, until {until}"
        )
        text = words.format(**facts, until=made.expires_at.isoformat())
        yield " · ".join([text, *_doubts(found)])
    if found.pending is not None:
        words = _("Override {id} to {grade} by {maker} awaits approval")
        pending = found.pending
        yield words.format(id=pending.id, grade=pending.proposed_grade, maker=pending.maker)


def tally_words(tally: Tally) -> str:
    """Return what a run says of its open overrides; nothing where there is none."""
    counts = (
        (tally.in_effect, _("{n} in effect")),
        (tally.suspended, _("{n} suspended")),
        (tally.awaiting, _("{n} awaiting approval")),
        (tally.stale, _("{n} stale")),
    )
    told = " · ".join(words.format(n=f"{count:,}") for count, words in counts if count)
    return _("Overrides: {told}").format(told=told) if told else ""


def _doubts(found: Effective) -> list[str]:
    words = []
    if found.is_stale:
        words.append(_("stale"))
    if found.suspended is not None:
        words.append(_("suspended: {cause}").format(cause=found.suspended.words))
    return words
