"""May this person approve, reject, give back, resubmit, withdraw? Every refusal is explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rung.errors import Problem
from rung.ledger.actor import Actor, People, Role
from rung.ledger.kinds import Act
from rung.ledger.records import Decision, InputRecord, Status
from rung.ledger.rules.asked import called, moment, texts_kept
from rung.text import _

__all__ = [
    "objections_to_decision",
    "objections_to_resubmission",
    "objections_to_withdrawal",
    "settled",
    "takes_effect",
]


def takes_effect(record: InputRecord) -> bool:
    """Whether one more approval is all that a human input needs."""
    return len(record.approvals) + 1 >= record.approvals_needed


def objections_to_decision(
    act: Act, record: InputRecord, who: Actor, people: People, now: datetime, note: str = ""
) -> list[Problem]:
    """Return what speaks against an approval, rejection or return by a person."""
    closed = settled(record, people, now)
    if closed is not None:
        return [closed]
    if record.status(now.date()) is Status.RETURNED:
        return [_waits_for_its_maker(record, people, now)]
    if not who.may_decide:
        return [_may_not_decide(who, people)]
    problems = list(_own(act, record, who, people))
    if not problems:
        problems += _line(act, record, who, people)
        problems += _twice(act, record, who, people, now)
        problems += _role(act, record, who, people)
    if act is not Act.APPROVED and not note.strip():
        message = _("Say why you reject it.") if act is Act.REJECTED else _("Say what is missing.")
        problems.append(Problem(message, _("Its maker reads the note.")))
    problems += texts_kept((note,))
    return problems


def settled(record: InputRecord, people: People, now: datetime) -> Problem | None:
    """Return why nothing is left to decide: who did what and when; None while it waits."""
    status = record.status(now.date())
    if status in (Status.PROPOSED, Status.RETURNED):
        return None
    if status is not Status.APPROVED:
        return _not_open(record, status, people, now)
    if not record.approvals:
        message = _("{what} needed no approval: it is in effect since {moment}.")
        told = {"what": called(record.id, record.kind), "moment": moment(record.effective_from, now)}
        return Problem(message.format(**told))
    last = record.approvals[-1]
    message = _("{name} approved it on {moment}; it is in effect.")
    return Problem(message.format(name=_by(last, people), moment=moment(last.at, now)))


def objections_to_withdrawal(record: InputRecord, who: Actor, people: People, now: datetime) -> list[Problem]:
    """Return what speaks against withdrawing a human input: its maker may while it is open, or an owner."""
    status = record.status(now.date())
    if not status.is_open:
        return [_not_open(record, status, people, now)]
    if who.accounts.isdisjoint(record.makers) and who.role is not Role.OWNER:
        message = _("{what} was made by {maker}: only its maker may withdraw it, or an owner.")
        told = {"what": called(record.id, record.kind), "maker": people.name(record.maker)}
        hint = _("Propose another of the customer that supersedes it, if something else ought to hold.")
        return [Problem(message.format(**told), hint)]
    return []


def objections_to_resubmission(
    record: InputRecord, who: Actor, people: People, now: datetime
) -> list[Problem]:
    """Return what speaks against putting a human input forward anew, its content apart."""
    closed = settled(record, people, now)
    if closed is not None:
        return [closed]
    if who.accounts.isdisjoint(record.makers):
        message = _("{what} was made by {maker}: only its maker may resubmit it.")
        told = {"what": called(record.id, record.kind), "maker": people.name(record.maker)}
        return [Problem(message.format(**told))]
    if record.status(now.date()) is Status.PROPOSED:
        message = _("{what} was not given back: it waits for approval as it is.")
        hint = _("To change it, withdraw it and propose anew.")
        return [Problem(message.format(what=called(record.id, record.kind)), hint)]
    return []


def _waits_for_its_maker(record: InputRecord, people: People, now: datetime) -> Problem:
    message = _("{name} gave it back to {maker} on {moment}: it is decided once it is resubmitted.")
    back = record.last or Decision(act=Act.RETURNED, by="", at=now)
    told = {"name": _by(back, people), "maker": people.name(record.maker), "moment": moment(back.at, now)}
    return Problem(message.format(**told))


def _may_not_decide(who: Actor, people: People) -> Problem:
    if not people.listed and who.role is not Role.VIEWER:
        message = _("This workspace lists no people, so nobody may approve.")
        return Problem(message, _('In rung.toml: [people.ACCOUNT] role = "approver"'))
    message = _("{name} ({account}) may not decide on what others propose.")
    hint = _("Whoever keeps the workspace's rung.toml can give the account the role “approver”.")
    return Problem(message.format(name=who.name, account=who.account), hint)


def _own(act: Act, record: InputRecord, who: Actor, people: People) -> Iterator[Problem]:
    makers = record.makers
    hint = "" if act is Act.APPROVED else _("To take it back, withdraw it.")
    if who.account == record.on_behalf_of != record.maker:
        message = _("{name} made this proposal in your name; another approver must decide.")
        yield Problem(message.format(name=people.name(record.maker)), hint)
    elif who.account in makers:
        yield Problem(_("You made this proposal; another approver must decide."), hint)
    elif who.on_behalf_of in makers:
        message = _("{name}, for whom you stand in, made this proposal; another approver must decide.")
        yield Problem(message.format(name=people.name(who.on_behalf_of)))


def _line(act: Act, record: InputRecord, who: Actor, people: People) -> Iterator[Problem]:
    """Yield the maker's line: to give it back for more information is no decision, and free to it."""
    if not record.other_line or act is Act.RETURNED:
        return
    for maker in sorted(record.makers):
        near = next((each for each in sorted(who.accounts) if people.same_line(each, maker)), None)
        if near is not None:
            message = _("{name} and {maker} are of one reporting line; somebody of another must decide.")
            yield Problem(message.format(name=people.name(near), maker=people.name(maker)))
            return


def _twice(act: Act, record: InputRecord, who: Actor, people: People, now: datetime) -> Iterator[Problem]:
    if act is not Act.APPROVED:
        return
    for given in record.approvals:
        if not who.accounts.isdisjoint((given.by, given.on_behalf_of)):
            message = _("{name} approved it on {moment}; the other approval is another person's.")
            yield Problem(message.format(name=_by(given, people), moment=moment(given.at, now)))
            return


def _role(act: Act, record: InputRecord, who: Actor, people: People) -> Iterator[Problem]:
    """Yield the missing role, where this is the last approval and nobody with the role is among them."""
    if act is not Act.APPROVED or not takes_effect(record) or who.role.reaches(record.approver_role):
        return
    earlier = (people.actor(each.on_behalf_of or each.by).role for each in record.approvals)
    if not any(role.reaches(record.approver_role) for role in earlier):
        message = _("One of those who approve it has the role “{role}”; {name} has not.")
        yield Problem(message.format(role=Role(record.approver_role).words, name=who.name))


def _by(decision: Decision, people: People) -> str:
    if not decision.on_behalf_of:
        return people.name(decision.by)
    message = _("{name} (for {principal})")
    return message.format(name=people.name(decision.by), principal=people.name(decision.on_behalf_of))


def _not_open(record: InputRecord, status: Status, people: People, now: datetime) -> Problem:
    message = _("{what} is not open any more: {became}.")
    became = _became(record, status, people, now)
    return Problem(message.format(what=called(record.id, record.kind), became=became))


def _became(record: InputRecord, status: Status, people: People, now: datetime) -> str:
    last = record.last or Decision(act=Act.PROPOSED, by=record.maker, at=record.made_at)
    told = {"name": _by(last, people), "moment": moment(last.at, now)}
    match status:
        case Status.REJECTED:
            return _("{name} rejected it on {moment}").format(**told)
        case Status.WITHDRAWN:
            return _("{name} withdrew it on {moment}").format(**told)
        case Status.SUPERSEDED:
            return _("{id} took its place on {moment}").format(
                id=record.superseded_by, moment=moment(record.superseded_at, now)
            )
        case _:
            return _("it expired after {day}").format(day=record.expires_at.isoformat())
