"""Hard gates yield to a correction of the data, never to an override: which grades each leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.text import Text

if TYPE_CHECKING:
    from rung.policy.model import Gate, Policy

__all__ = ["HardGate", "hard_gates"]


@dataclass(frozen=True, slots=True)
class HardGate:
    """One hard gate of a policy."""

    id: str
    reason: Text
    allowed: frozenset[str]
    """The grades a customer may have while the gate holds."""


def hard_gates(policy: Policy) -> tuple[HardGate, ...]:
    """Return the hard gates of a policy, in its order."""
    return tuple(
        HardGate(g.id, g.reason, frozenset(_allowed(g, policy.grades))) for g in policy.gates if g.hard
    )


def _allowed(gate: Gate, grades: tuple[str, ...]) -> tuple[str, ...]:
    if gate.at_most is not None:
        return grades[grades.index(gate.at_most) :]
    if gate.at_least is not None:
        return grades[: grades.index(gate.at_least) + 1]
    return () if gate.set is None else (gate.set,)
