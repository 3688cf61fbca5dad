"""How many must approve a human input, of which role, of which line: by direction, exposure and notches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rung.ledger.actor import Role

if TYPE_CHECKING:
    from rung.policy.model import ApprovalLevel, InputRules

__all__ = ["Asked", "Move", "approvals_asked"]

_UP: Final = "up"
_DOWN: Final = "down"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a human input takes the grade: how many notches in which direction.

    None: there is nothing to count from or to, and the stricter rule of both directions counts.
    """

    notches: Mapping[str, int | None]
    """By direction, up or down."""

    @classmethod
    def of(cls, notches: int | None) -> Move:
        """Return the move of so many notches; no change counts as no better grade."""
        if notches is None:
            return cls({_UP: None, _DOWN: None})
        return cls({_UP if notches > 0 else _DOWN: abs(notches)})

    def and_up(self, notches: int) -> Move:
        """Return the move that also lifts, by so many notches, what somebody else has set."""
        own = self.notches.get(_UP, 0)
        return self if own is None else Move({**self.notches, _UP: max(own, notches)})


@dataclass(frozen=True, slots=True)
class Asked:
    """The approvals a human input needs before it takes effect."""

    how_many: int
    role: Role = Role.APPROVER
    """What one of those who approve is at least."""
    other_line: bool = False
    """They are not of the maker's reporting line."""


def approvals_asked(rules: InputRules, holds: Sequence[bool | None], move: Move) -> Asked:
    """Return the strictest of what is asked for by direction and by every level that holds.

    ``holds``: of each level, whether its condition holds; None where a missing value leaves it open, which
    counts as holding, and so does a level nobody told of.
    """
    by_direction = {_UP: rules.approval.up, _DOWN: rules.approval.down}
    asked = [by_direction[each].how_many for each in move.notches]
    role = Role.APPROVER
    for number, level in enumerate(rules.levels):
        met = holds[number] if number < len(holds) else None
        if level.approval.how_many and _holds(level, met, move):
            asked.append(level.approval.how_many)
            role = max(role, Role(level.by), key=tuple(Role).index)
    how_many = max(asked)
    return Asked(how_many, role, rules.other_line) if how_many else Asked(0)


def _holds(level: ApprovalLevel, met: bool | None, move: Move) -> bool:
    if level.when is not None and met is False:
        return False
    return any(
        level.direction in (None, direction)
        and (level.notches is None or notches is None or notches >= level.notches)
        for direction, notches in move.notches.items()
    )
