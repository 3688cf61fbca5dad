"""The rules for human input in words: how far one may go, who must agree and where more strictly, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rung.cli.page import Block, Items
from rung.cli.tables import starred
from rung.grading.condition_words import asked_words
from rung.policy.model import Approval, ApprovalLevel, InputRules, NoGrading, OverrideRules, ReasonOption
from rung.text import _

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy

__all__ = ["input_blocks", "input_lines", "input_tables"]


def input_tables(compiled: CompiledPolicy) -> dict[str, InputRules]:
    """Return the rules that a policy has a use for, by table: grades, data, judged criteria."""
    policy = compiled.policy
    if isinstance(policy.grading, NoGrading):
        return {}
    found: dict[str, InputRules] = {"override": policy.override, "correction": policy.correction}
    if any(criterion.levels for criterion in policy.criteria):
        found["judgement"] = policy.judgement
    return found


def input_blocks(rules: InputRules, compiled: CompiledPolicy) -> Iterator[Block]:
    """Yield what a page says of the rules for one kind of human input."""
    first, *others = _sentences(rules)
    yield starred(first, rules.basis)
    if rules.levels:
        yield _("Approval is stricter:")
        yield Items(tuple(_level(level, compiled) for level in rules.levels))
    yield from others
    if rules.reasons:
        yield _("Reasons one may give:")
        yield Items(tuple(map(_reason, rules.reasons)))


def input_lines(rules: InputRules, compiled: CompiledPolicy) -> Iterator[str]:
    """Yield the same without the reasons, a line each."""
    first, *others = _sentences(rules)
    yield starred(first, rules.basis)
    yield from (_level(level, compiled) for level in rules.levels)
    yield from others


def _sentences(rules: InputRules) -> Iterator[str]:
    if isinstance(rules, OverrideRules):
        yield _how_far(rules)
    else:
        up_by, down_by = _approvals(rules.approval.up), _approvals(rules.approval.down)
        told = (
            _("{up_by}, for {span}")
            if up_by == down_by
            else _("better grade: {up_by}; else: {down_by}; for {span}")
        )
        yield told.format(up_by=up_by, down_by=down_by, span=rules.expires_within.text())
    if rules.other_line:
        yield _("Whoever approves is of another reporting line than the maker.")
    if rules.needs_narrative:
        yield _("Each is written out in a sentence or two.")
    if rules.needs_evidence:
        yield _("Each says where its evidence is kept.")
    if isinstance(rules, OverrideRules):
        yield (
            _("A customer who was not graded may be given a grade.")
            if rules.may_grade_not_graded
            else _("A customer who was not graded is given no grade by hand.")
        )
        told = _(
            "Once the model's grade is another it is looked at again: in {worse} if worse, else in {other}."
        )
        yield told.format(worse=rules.review_within.worse.text(), other=rules.review_within.other.text())


def _how_far(rules: OverrideRules) -> str:
    return _("up by {up} ({up_by}), down by {down} ({down_by}), for {span}").format(
        up=_notches(rules.max_notches_up),
        up_by=_approvals(rules.approval.up),
        down=_notches(rules.max_notches_down),
        down_by=_approvals(rules.approval.down),
        span=rules.expires_within.text(),
    )


def _notches(most: int | None) -> str:
    if most is None:
        return _("any number of notches")
    return _("1 notch") if most == 1 else _("{n} notches").format(n=most)


def _approvals(asked: Approval) -> str:
    return {
        Approval.NONE: _("no approval"),
        Approval.ONE: _("one approval"),
        Approval.TWO: _("two approvals"),
    }[asked]


def _level(level: ApprovalLevel, compiled: CompiledPolicy) -> str:
    asked = _approvals(level.approval)
    if level.by == "owner":
        asked = (
            _("{approvals}, by an owner")
            if level.approval is Approval.ONE
            else _("{approvals}, one by an owner")
        ).format(approvals=asked)
    return _("{where}: {approvals}").format(where=_(", ").join(_where(level, compiled)), approvals=asked)


def _where(level: ApprovalLevel, compiled: CompiledPolicy) -> Iterator[str]:
    if level.when is not None:
        yield asked_words(level.when, compiled.quantities)
    if level.notches is not None:
        yield {
            "up": _("up by {notches} or more"),
            "down": _("down by {notches} or more"),
            None: _("by {notches} or more"),
        }[level.direction].format(notches=_notches(level.notches))
    elif level.direction is not None:
        yield _("for a better grade") if level.direction == "up" else _("for a worse grade")


def _reason(option: ReasonOption) -> str:
    if option.needs_narrative and option.needs_evidence:
        return _("{reason} – to be written out, with evidence").format(reason=option.title)
    if option.needs_narrative:
        return _("{reason} – to be written out").format(reason=option.title)
    if option.needs_evidence:
        return _("{reason} – with evidence").format(reason=option.title)
    return str(option.title)
