"""One human input in words, for every face: what it wants, how far it goes, who did what to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from rung.moments import local
from rung.text import _
from rung.workspace.kept_words import value_words

if TYPE_CHECKING:
    from rung.ledger import Decision, InputRecord, People
    from rung.vocabulary import Quantity
    from rung.workspace.standings import Standing

__all__ = [
    "decided_words",
    "decision_words",
    "grades_words",
    "marks",
    "moment_words",
    "notches_words",
    "person_words",
    "record_words",
    "title_words",
]


def notches_words(notches: int | None) -> str:
    """Return notches with their sign, better is plus; nothing where they have no meaning."""
    return "" if notches is None else f"{notches:+d}"


def moment_words(moment: datetime) -> str:
    """Return a moment here, to the minute."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def grades_words(made: InputRecord, called: Callable[[str], str] = str) -> str:
    """Return the grade before, the one given or computed, and how many notches lie between.

    ``called`` gives what a grade is called, where that is to be another than its id.
    """
    notches = f" ({notches_words(made.notches)})" if made.notches else ""
    before, after = (
        "–" if each is None else called(each) for each in (made.model_grade, made.proposed_grade)
    )
    return f"{before} → {after}{notches}"


def record_words(
    made: InputRecord, quantity: Quantity | None = None, called: Callable[[str], str] = str
) -> str:
    """Return what an input wants, in a few words; with the quantity it is about as a person reads it."""
    from rung.ledger import DataInput

    if not isinstance(made, DataInput):
        return grades_words(made, called)
    words = _("{subject}: {was} → {value}").format(
        subject=quantity.title if quantity else made.subject,
        was=value_words(made.was, quantity),
        value=value_words(made.value, quantity),
    )
    return f"{words} [{grades_words(made, called)}]"


def title_words(made: InputRecord) -> str:
    """Return what an input is called where a sentence begins: its kind and its id."""
    from rung.ledger.rules.asked import called

    return called(made.id, made.kind)


def marks(standing: Standing) -> str:
    """Return where an input stands: its status, and whether it is stale, suspended or without customer."""
    words = [str(standing.status.words)]
    if standing.is_gone:
        words.append(_("customer not in the latest run"))
    if standing.datum is not None and standing.datum.doubt is not None:
        words.append(str(standing.datum.doubt.words))
    found, record = standing.effective, standing.record
    if found is not None and record in (found.override, found.pending):
        if record.model_grade != found.computed_grade:
            words.append(_("stale"))
        if found.suspended is not None and record == found.override:
            words.append(_("suspended: {cause}").format(cause=found.suspended.words))
    return " · ".join(words)


def person_words(account: str, on_behalf_of: str, people: People) -> str:
    """Return who acted, and for whom where they stood in for somebody."""
    if not on_behalf_of:
        return people.name(account)
    return _("{name} for {other}").format(name=people.name(account), other=people.name(on_behalf_of))


def decision_words(decision: Decision, people: People) -> str:
    """Return what one person did to an input: what, who, when, and what they said of it."""
    words = _("{act}: {who}, {moment}: {note}") if decision.note else _("{act}: {who}, {moment}")
    return words.format(
        act=decision.act.words,
        who=person_words(decision.by, decision.on_behalf_of, people),
        moment=moment_words(decision.at),
        note=decision.note,
    )


def decided_words(
    made: InputRecord,
    people: People,
    today: date,
    quantity: Quantity | None = None,
    called: Callable[[str], str] = str,
) -> Iterator[str]:
    """Yield what a person is told who has just acted on an input that was there."""
    from rung.ledger import Act, Status

    last = made.last
    if last is None:
        return
    told = {"title": title_words(made), "customer": made.customer_id, "maker": people.name(made.maker)}
    told["what"] = record_words(made, quantity, called)
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
