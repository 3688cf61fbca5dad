"""Proposals in the words of ``rung override``: both faces say the same of the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from rung_tui.language import _, spoken, words

if TYPE_CHECKING:
    from rung.ledger import Act, Decision, Delegation, InputRecord, People
    from rung.vocabulary import Quantity
    from rung_tui.approvals.listing import Told
    from rung_tui.approvals.rows import Listed
    from rung_tui.scale import Scale

__all__ = [
    "act_words",
    "approvals_words",
    "blocked_words",
    "decided_words",
    "decision_words",
    "delegation_words",
    "done_words",
    "grades_words",
    "made_words",
    "title_words",
    "what_words",
    "words_loaded",
]


def words_loaded() -> None:
    """Load what the words are made of, beside the screen: it is not to wait for that."""
    import rung.ledger.grades.kept_values
    import rung.ledger.rules.asked
    import rung.values
    import rung.workspace.record_words  # noqa: F401


def what_words(record: InputRecord, quantity: Quantity | None, scale: Scale) -> str:
    """Return what a proposal wants: a grade, or a value with the grade it gives."""
    from rung.workspace.record_words import record_words

    spoken()
    return record_words(record, quantity, scale.called)


def grades_words(record: InputRecord, scale: Scale) -> str:
    """Return the grade before and the one proposed."""
    from rung.workspace.record_words import grades_words as told

    return told(record, scale.called)


def title_words(record: InputRecord) -> str:
    """Return what a proposal is called: its kind and its id."""
    from rung.workspace.record_words import title_words as told

    spoken()
    return told(record)


def blocked_words(listed: Listed) -> str:
    """Return why one may not approve: the first reason, its own being told in a word."""
    return listed.obstacles[0].message if listed.obstacles else ""


def act_words(act: Act) -> str:
    """Return what is done to a proposal, as the button for it says."""
    match act.value:
        case "approved":
            return _("Approve")
        case "returned":
            return _("Return")
        case "rejected":
            return _("Reject")
        case "withdrawn":
            return _("Withdraw")
        case _:
            return _("Resubmit")


def done_words(act: Act) -> str:
    """Return what was done to a proposal."""
    return words(act.words)


def decided_words(record: InputRecord, told_of: Told, today: date) -> list[str]:
    """Return what a person is told who has just acted on a proposal."""
    from rung.workspace.record_words import decided_words as told

    spoken()
    return list(told(record, told_of.people, today, told_of.listed.quantity, told_of.listed.scale.called))


def decision_words(decision: Decision, people: People) -> str:
    """Return what one person did to a proposal."""
    from rung.workspace.record_words import decision_words as told

    spoken()
    return told(decision, people)


def made_words(record: InputRecord, people: People, now: datetime) -> str:
    """Return who proposed it and when, with their team, and how long ago."""
    from rung.workspace.record_words import moment_words, person_words

    spoken()
    maker = people.actor(record.maker)
    told = _("Proposed by {who} on {moment}").format(
        who=person_words(record.maker, record.on_behalf_of, people), moment=moment_words(record.made_at)
    )
    parts = [told, words(maker.role.words)]
    if maker.team:
        parts.append(_("team {team}").format(team=maker.team))
    if days := max(0, (now - record.made_at).days):
        parts.append(_("{n} days ago").format(n=days))
    return " · ".join(parts)


def approvals_words(record: InputRecord) -> str:
    """Return how many approvals there are of those needed, and whose the missing ones are."""
    needed, found = record.approvals_needed, len(record.approvals)
    parts = [_("Approvals: {found} of {needed}").format(found=found, needed=needed)]
    if record.approver_role == "owner":
        parts.append(_("one by an owner"))
    if record.other_line:
        parts.append(_("of another reporting line than its maker"))
    return " · ".join(parts)


def delegation_words(made: Iterable[Delegation], people: People, today: date) -> Iterator[tuple[str, str]]:
    """Yield who stands in for whom with the days, and whether that counts today."""
    for each in made:
        who = _("{to} for {by}").format(to=people.name(each.to), by=people.name(each.by))
        days = _("{first} to {last}").format(first=each.first, last=each.last)
        now = _("in force") if each.is_in_force(today) else _("not yet in force")
        yield who, "  ".join(part for part in (days, now, each.reason) if part)
