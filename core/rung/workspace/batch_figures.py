"""What becomes of many proposals at once, counted: from which grades, after what, who is refused and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.ledger import InputRecord

__all__ = ["Cause", "Move", "causes_of", "moves_of"]


@dataclass(frozen=True, slots=True)
class Move:
    """Customers who go the same way, and after the same approvals."""

    grade: str | None
    """The grade they had; None: not graded."""
    to: str | None
    notches: int | None
    """Signed; None where grades have no order."""
    approvals: int
    count: int


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of being refused, with those it holds for."""

    problem: Problem
    customers: tuple[str, ...]


def moves_of(records: Sequence[InputRecord]) -> tuple[Move, ...]:
    """Return the moves, the commonest first."""
    found = Counter(
        (each.model_grade, each.proposed_grade, each.notches, each.approvals_needed) for each in records
    )
    ordered = sorted(found.items(), key=lambda pair: -pair[1])
    return tuple(Move(*way, count) for way, count in ordered)


def causes_of(refused: Sequence[tuple[str, Sequence[Problem]]]) -> tuple[Cause, ...]:
    """Return each cause once, the commonest first; somebody refused for two is under both."""
    found: dict[str, tuple[Problem, list[str]]] = {}
    for customer, problems in refused:
        for problem in problems:
            found.setdefault(problem.message, (problem, []))[1].append(customer)
    ordered = sorted(found.values(), key=lambda pair: -len(pair[1]))
    return tuple(Cause(problem, tuple(customers)) for problem, customers in ordered)
