"""What the rules for human input can get wrong: reasons twice, notches without order, idle levels."""

from __future__ import annotations

from collections.abc import Iterator

from rung.errors import Problem
from rung.policy.found import found_at
from rung.policy.keys import KeyPath
from rung.policy.model import ApprovalLevel, InputRules, OverrideRules, Policy
from rung.text import _

__all__ = ["input_problems"]


def input_problems(policy: Policy) -> Iterator[Problem]:
    """Yield what does not fit together in ``[override]``, ``[correction]`` and ``[judgement]``."""
    yield from _limits(policy)
    for table, rules in policy.input_rules.items():
        yield from _line(table, rules)
        for number, level in enumerate(rules.levels):
            path: KeyPath = (table, "levels", number)
            problem = _order(policy, level, path) or _reach(policy, rules, level, path)
            problem = problem or _effect(rules, level, path)
            if problem is not None:
                yield problem


def _limits(policy: Policy) -> Iterator[Problem]:
    if policy.ordered:
        return
    for key in ("max_notches_up", "max_notches_down"):
        if key in policy.override.model_fields_set and getattr(policy.override, key) is not None:
            yield _no_order(("override", key))


def _no_order(path: KeyPath) -> Problem:
    return found_at(
        path,
        _("Grades without an order have no notches to go up or down."),
        _("Take it out, or set ordered = true."),
    )


def _line(table: str, rules: InputRules) -> Iterator[Problem]:
    asked = (rules.approval.up, rules.approval.down, *(level.approval for level in rules.levels))
    if rules.other_line and not any(each.how_many for each in asked):
        yield found_at(
            (table, "other_line"),
            _("Nobody approves, so nobody of another line does."),
            _('Ask for approval, such as approval = { up = "one" }, or take it out.'),
        )


def _order(policy: Policy, level: ApprovalLevel, path: KeyPath) -> Problem | None:
    """Return the problem of a level that speaks of up, down or notches where grades have no order."""
    if policy.ordered:
        return None
    key = next((key for key in ("notches", "direction") if getattr(level, key) is not None), None)
    return None if key is None else _no_order((*path, key))


def _reach(policy: Policy, rules: InputRules, level: ApprovalLevel, path: KeyPath) -> Problem | None:
    """Return the problem of a level that begins further than anybody may go."""
    if level.notches is None:
        return None
    furthest = {level.direction} if level.direction else {"up", "down"}
    most = max(_most(policy, rules, direction) for direction in sorted(furthest))
    if level.notches <= most:
        return None
    message = _("From {notches} notches on, and nobody may go further than {most}: it never holds.")
    return found_at(
        (*path, "notches"),
        message.format(notches=level.notches, most=most),
        _("Lower it, or take the level out."),
    )


def _most(policy: Policy, rules: InputRules, direction: str) -> int:
    most = len(policy.grades) - 1
    if isinstance(rules, OverrideRules):
        limit = rules.max_notches_up if direction == "up" else rules.max_notches_down
        most = most if limit is None else min(most, limit)
    return most


def _effect(rules: InputRules, level: ApprovalLevel, path: KeyPath) -> Problem | None:
    """Return the problem of a level that asks no more than is asked without it."""
    if not level.approval.how_many:
        return found_at(
            (*path, "approval"),
            _("A level makes approval stricter, and this one asks for none."),
            _('Write approval = "one" or "two", or take the level out.'),
        )
    by_direction = {"up": rules.approval.up, "down": rules.approval.down}
    reached = [level.direction] if level.direction else ["up", "down"]
    least = min(by_direction[direction].how_many for direction in reached)
    if level.by == "approver" and level.approval.how_many <= least:
        return found_at(
            (*path, "approval"),
            _("The level asks for no more than is asked without it."),
            _('Ask for more, or for by = "owner", or take the level out.'),
        )
    return None
