"""May this override be proposed, or withdrawn? Every refusal is explained; without clock or disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, did_you_mean
from rung.ledger.actor import Actor
from rung.ledger.canonical import is_writable
from rung.ledger.gates import HardGate, hard_gates
from rung.ledger.records import Override, Status
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.model import OverrideRules, Policy

__all__ = ["Ground", "Proposal", "drawn_up", "objections", "objections_to_withdrawal"]

_LONGEST: Final = 10_000
# Characters of a narrative or a reference: more is a document, and belongs into the file referred to.


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person wants: another grade for a customer, and why."""

    grade: str
    reason: str
    narrative: str = ""
    evidence: str = ""
    expires_at: date | None = None
    """The last day it shall be in force; None takes the longest the policy allows."""
    supersedes: tuple[str, ...] = ()
    """Ids of the open overrides of the customer it is to take the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an override rests on: one customer in one run."""

    customer_id: str
    policy: Policy
    policy_hash: str
    run_id: str
    model_grade: str | None
    """None where the customer is not graded."""
    gates: tuple[str, ...]
    """Ids of the gates that fired."""
    inputs_hash: str

    @property
    def rules(self) -> OverrideRules:
        """The policy's rules for overriding."""
        return self.policy.override

    def notches(self, grade: str) -> int | None:
        """Return how many grades better than the model's a grade is; None where that has no meaning."""
        grades = self.policy.grades
        if not self.policy.ordered or self.model_grade is None:
            return None
        return grades.index(self.model_grade) - grades.index(grade)

    def standing_gates(self) -> Iterator[HardGate]:
        """Yield the hard gates that hold the customer."""
        yield from (gate for gate in hard_gates(self.policy) if gate.id in self.gates)


def objections(
    proposal: Proposal, ground: Ground, rivals: Collection[Override], maker: Actor, now: datetime
) -> list[Problem]:
    """Return everything that speaks against a proposal, each explained; an empty list: it may be made.

    ``rivals`` are the open overrides of the customer under the policy.
    """
    problems = list(_who(maker))
    grade = list(_grade(proposal, ground))
    problems += grade
    if not grade:
        problems += _distance(proposal, ground)
        problems += _held(proposal, ground)
    problems += _why(proposal, ground.rules)
    problems += _until(proposal, ground.rules, now.date())
    problems += _others(proposal, rivals, maker)
    return problems


def drawn_up(
    proposal: Proposal,
    ground: Ground,
    rivals: Collection[Override],
    maker: Actor,
    now: datetime,
    override_id: str,
) -> Override:
    """Return the record of a proposal nothing speaks against."""
    needed = _approvals(proposal, ground, rivals, maker)
    return Override(
        id=override_id,
        customer_id=ground.customer_id,
        policy_id=ground.policy.id,
        policy_version=ground.policy.version,
        policy_hash=ground.policy_hash,
        run_id=ground.run_id,
        model_grade=ground.model_grade,
        proposed_grade=proposal.grade,
        notches=ground.notches(proposal.grade),
        reason=proposal.reason,
        narrative=proposal.narrative.strip(),
        evidence=proposal.evidence.strip(),
        approvals_needed=needed,
        maker=maker.account,
        made_at=now,
        effective_from=None if needed else now,
        expires_at=proposal.expires_at or ground.rules.expires_within.after(now.date()),
        supersedes=proposal.supersedes,
        inputs_hash=ground.inputs_hash,
    )


def objections_to_withdrawal(override: Override, who: Actor, today: date) -> list[Problem]:
    """Return what speaks against withdrawing an override; its maker may, as long as it is open."""
    status = override.status(today)
    if not status.is_open:
        message = _("Override {id} is not open any more: {status}.")
        return [Problem(message.format(id=override.id, status=_became(override, status)))]
    if override.maker != who.account:
        message = _("Override {id} was made by {maker}: only its maker may withdraw it.")
        hint = _("Propose another override of the customer, if the grade ought to differ.")
        return [Problem(message.format(id=override.id, maker=override.maker), hint)]
    return []


def _became(override: Override, status: Status) -> str:
    match status:
        case Status.REJECTED:
            return _("rejected on {day}").format(day=_day(override.last.at if override.last else None))
        case Status.WITHDRAWN:
            return _("withdrawn on {day}").format(day=_day(override.withdrawn_at))
        case Status.SUPERSEDED:
            return _("superseded by {id} on {day}").format(
                id=override.superseded_by, day=_day(override.superseded_at)
            )
        case _:
            return _("expired after {day}").format(day=override.expires_at.isoformat())


def _day(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone().date().isoformat()


def _who(maker: Actor) -> Iterator[Problem]:
    if not maker.may_propose:
        message = _("{name} ({account}) may look, not propose overrides.")
        hint = _("Whoever keeps the workspace's rung.toml can give the account the role “reviewer”.")
        yield Problem(message.format(name=maker.name, account=maker.account), hint)


def _grade(proposal: Proposal, ground: Ground) -> Iterator[Problem]:
    policy, grade = ground.policy, proposal.grade
    if grade not in policy.grades:
        message = _("“{grade}” is no grade of the policy “{policy}”.")
        yield Problem(message.format(grade=grade, policy=policy.id), did_you_mean(grade, policy.grades))
    elif grade == ground.model_grade:
        message = _("{grade} is the model's grade already: there is nothing to override.")
        hint = _("To end an override, withdraw it: rung override withdraw ID.")
        yield Problem(message.format(grade=grade), hint)
    elif ground.model_grade is None and not ground.rules.may_grade_not_graded:
        message = _("The customer is not graded, and the policy does not let people grade such customers.")
        yield Problem(message, _("Supply the data that is missing and grade again."))


def _distance(proposal: Proposal, ground: Ground) -> Iterator[Problem]:
    notches = ground.notches(proposal.grade)
    if notches is None:
        return
    rules = ground.rules
    up = notches > 0
    most = rules.max_notches_up if up else rules.max_notches_down
    if most is None or abs(notches) <= most:
        return
    place = ground.policy.grades.index(ground.model_grade or "")
    if most == 0:
        message = _("The policy allows no better grade.") if up else _("The policy allows no worse grade.")
        yield Problem(message)
        return
    furthest = ground.policy.grades[place - most if up else place + most]
    message = _("From {model} to {grade} is {notches} notches; the policy allows {most} in that direction.")
    yield Problem(
        message.format(model=ground.model_grade, grade=proposal.grade, notches=abs(notches), most=most),
        _("The furthest it allows is {grade}.").format(grade=furthest),
    )


def _held(proposal: Proposal, ground: Ground) -> Iterator[Problem]:
    for gate in ground.standing_gates():
        if proposal.grade not in gate.allowed:
            message = _("The gate “{reason}” holds the customer, and yields to no override.")
            hint = _("Where the data it rests on is wrong, have the data corrected and grade again.")
            yield Problem(message.format(reason=gate.reason), hint)


def _why(proposal: Proposal, rules: OverrideRules) -> Iterator[Problem]:
    reason = next((option for option in rules.reasons if option.id == proposal.reason), None)
    if reason is None:
        message = _("“{reason}” is not on the policy's list of reasons.")
        known = tuple(option.id for option in rules.reasons)
        yield Problem(message.format(reason=proposal.reason), did_you_mean(proposal.reason, known))
    elif reason.needs_narrative and not proposal.narrative.strip():
        message = _("The reason “{reason}” has to be written out.")
        yield Problem(message.format(reason=reason.title), _("Say in a sentence or two what you know."))
    for text in (proposal.narrative, proposal.evidence):
        if not is_writable(text):
            yield Problem(_("The narrative or the evidence holds bytes that are no text."))
        elif len(text) > _LONGEST:
            message = _("The narrative or the evidence has {count} characters; {most} are allowed.")
            hint = _("Keep the document in the customer's file, and name it as evidence.")
            yield Problem(message.format(count=len(text), most=_LONGEST), hint)


def _until(proposal: Proposal, rules: OverrideRules, today: date) -> Iterator[Problem]:
    expires, last = proposal.expires_at, rules.expires_within.after(today)
    if expires is None:
        return
    if expires <= today:
        message = _("The override would expire on {day}, which is not in the future.")
        hint = _("The policy allows any day up to {day}.")
        yield Problem(message.format(day=expires.isoformat()), hint.format(day=last.isoformat()))
    elif expires > last:
        message = _("The override would last until {day}; the policy allows {span}, until {last}.")
        span = rules.expires_within.text()
        yield Problem(message.format(day=expires.isoformat(), span=span, last=last.isoformat()))


def _others(proposal: Proposal, rivals: Iterable[Override], maker: Actor) -> Iterator[Problem]:
    open_ = {rival.id: rival for rival in rivals}
    for rival in open_.values():
        if rival.id not in proposal.supersedes:
            message = _("The customer has an open override already: {id}, to {grade}, by {maker} on {day}.")
            hint = (
                _("Withdraw it first, or let the new one supersede it.")
                if rival.maker == maker.account
                else _("If yours is to take its place, say so: --supersede {id}.").format(id=rival.id)
            )
            given = {"grade": rival.proposed_grade, "maker": rival.maker, "day": _day(rival.made_at)}
            yield Problem(message.format(id=rival.id, **given), hint)
    for named in proposal.supersedes:
        if named not in open_:
            message = _("Override {id}, which yours is to supersede, is no open override of the customer.")
            yield Problem(message.format(id=named), _("See what is open: rung override list."))


def _approvals(proposal: Proposal, ground: Ground, rivals: Iterable[Override], maker: Actor) -> int:
    """Return how many must approve: by direction from the model's grade, and from what others have set."""
    asked = ground.rules.approval
    up, down = asked.up.how_many, asked.down.how_many
    notches = ground.notches(proposal.grade)
    if notches is None:
        return max(up, down)
    needed = up if notches > 0 else down
    # A lower grade somebody set may be lifted only as any grade may: else "worse is free" would undo it.
    place = ground.policy.grades.index
    lifts = any(
        rival.effective_from
        and rival.maker != maker.account
        and place(proposal.grade) < place(rival.proposed_grade)
        for rival in rivals
        if rival.proposed_grade in ground.policy.grades
    )
    return max(needed, up) if lifts else needed
