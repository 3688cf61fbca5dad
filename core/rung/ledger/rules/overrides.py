"""May this override be proposed? Every refusal is explained; without clock or disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import Problem, did_you_mean
from rung.ledger.actor import Actor, People
from rung.ledger.kinds import InputKind
from rung.ledger.records import Override
from rung.ledger.rules.approvals import Asked, Move, approvals_asked
from rung.ledger.rules.asked import beside, is_own, policy_holds, until, who, why
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.wanted import Proposal
from rung.text import _

if TYPE_CHECKING:
    from rung.policy.model import Policy

__all__ = ["Ground", "Proposal", "asked_of", "drawn_up", "objections"]


def objections(
    proposal: Proposal,
    ground: Ground,
    rivals: Collection[Override],
    maker: Actor,
    now: datetime,
    people: People | None = None,
) -> list[Problem]:
    """Return everything that speaks against a proposal, each explained; an empty list: it may be made.

    ``rivals`` are the open overrides of the customer under the policy.
    """
    kind, today = InputKind.OVERRIDE, now.date()
    problems = [*who(maker, ground, kind), *policy_holds(ground, today)]
    grade = list(_grade(proposal, ground))
    problems += grade
    if not grade:
        problems += _distance(proposal, ground)
        problems += _held(proposal, ground)
    problems += why(proposal, ground.rules)
    span = ground.rules.expires_within
    problems += until(proposal.expires_at, span.after(today), str(span.text()), today, kind)
    problems += beside(proposal.supersedes, rivals, maker, kind, now, people or People())
    return problems


def drawn_up(
    proposal: Proposal,
    ground: Ground,
    rivals: Iterable[Override],
    maker: Actor,
    now: datetime,
    override_id: str,
    batch: str = "",
) -> Override:
    """Return the record of a proposal nothing speaks against."""
    asked = asked_of(proposal, ground, rivals, maker)
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
        approvals_needed=asked.how_many,
        approver_role=asked.role.value,
        other_line=asked.other_line,
        maker=maker.account,
        on_behalf_of=maker.on_behalf_of,
        made_at=now,
        effective_from=None if asked.how_many else now,
        expires_at=proposal.expires_at or ground.rules.expires_within.after(now.date()),
        supersedes=proposal.supersedes,
        inputs_hash=ground.inputs_hash,
        batch=batch,
    )


def asked_of(proposal: Proposal, ground: Ground, rivals: Iterable[Override], maker: Actor) -> Asked:
    """Return the approvals a proposal needs: from the computed grade, and from what others have set."""
    move = Move.of(ground.notches(proposal.grade))
    grades = ground.policy.grades
    if ground.policy.ordered and ground.model_grade is not None:
        # A lower grade somebody set may be lifted only as any grade may: else "worse is free" would undo it.
        for rival in rivals:
            if rival.effective_from and not is_own(rival, maker) and rival.proposed_grade in grades:
                lifted = grades.index(rival.proposed_grade) - grades.index(proposal.grade)
                move = move.and_up(lifted) if lifted > 0 else move
    return approvals_asked(ground.rules, ground.levels.get(InputKind.OVERRIDE, ()), move)


def _grade(proposal: Proposal, ground: Ground) -> Iterator[Problem]:
    policy, grade = ground.policy, proposal.grade
    if grade not in policy.grades:
        message = _("“{grade}” is no grade of the policy “{policy}”.")
        yield Problem(message.format(grade=grade, policy=policy.id), did_you_mean(grade, policy.grades))
    elif grade == ground.model_grade:
        message = _("{grade} is the model's grade already: there is nothing to override.")
        hint = _("To end an override, withdraw it: rung override withdraw ID.")
        yield Problem(message.format(grade=_called(policy, grade)), hint)
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
        message.format(
            model=_called(ground.policy, ground.model_grade or ""),
            grade=_called(ground.policy, proposal.grade),
            notches=abs(notches),
            most=most,
        ),
        _("The furthest it allows is {grade}.").format(grade=_called(ground.policy, furthest)),
    )


def _called(policy: Policy, grade: str) -> str:
    """Return a grade's title, with the id one types where that is another word."""
    title = str(policy.grade_title(grade))
    return title if title.casefold() == grade.casefold() else f"{title} ({grade})"


def _held(proposal: Proposal, ground: Ground) -> Iterator[Problem]:
    for gate in ground.standing_gates():
        if proposal.grade not in gate.allowed:
            message = _("The gate “{reason}” holds the customer, and yields to no override.")
            hint = _("Where the data it rests on is wrong, have the data corrected and grade again.")
            yield Problem(message.format(reason=gate.reason), hint)
