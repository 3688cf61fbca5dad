"""What a human input rests on: one customer in one run, as the policy sees them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rung.ledger.grades.gates import HardGate, hard_gates
from rung.ledger.kinds import InputKind

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.ledger.actor import Actor
    from rung.ledger.service.holdings import Holding
    from rung.policy.model import Criterion, InputRules, OverrideRules, Policy
    from rung.values import Value
    from rung.vocabulary import Quantity

__all__ = ["Ground", "Levels", "Regraded", "Subject", "notches_between", "rules_of"]

Levels = Mapping[InputKind, tuple[bool | None, ...]]
"""Whether the condition of each approval level holds, by kind of input; None: a missing value leaves it open.
A level without condition holds."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A value that a person may give, or the cause why not."""

    quantity: Quantity
    was: str | None
    """What the source has, as the ledger writes it."""
    criterion: Criterion | None = None
    """The judged criterion that asks for it."""
    refusal: Problem | None = None
    """Why the value cannot be given; None where it can."""


@dataclass(frozen=True, slots=True)
class Regraded:
    """What follows from a value given."""

    grade: str | None
    levels: Levels
    lift: int | None = 0
    """How many notches better the value makes the grade at most, whatever else people gave is taken back and
    whatever gate opens; None where that is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a human input rests on: one customer in one run."""

    customer_id: str
    policy: Policy
    policy_hash: str
    run_id: str
    model_grade: str | None
    """The computed grade: judgements and corrections in effect laid in. None where it is not graded."""
    gates: tuple[str, ...]
    """Ids of the gates that fired, with these values."""
    inputs_hash: str
    """Hash of ``measured``."""
    machine_grade: str | None = None
    """The grade in the run: what the source's data alone gave."""
    measured: Mapping[str, Any] = field(default_factory=dict)
    """Values by quantity, judgements and corrections in effect laid in (see vocabulary.Quantity)."""
    levels: Levels = field(default_factory=dict)
    laid_in: frozenset[str] | None = None
    """Ids of the judgements and corrections laid in; None where nobody looked."""
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    """What judgements and corrections may be about, by quantity."""
    regrade: Callable[[str, Value | None], Regraded] | None = None
    """Tells what follows where a quantity has another value."""
    portfolio: str | None = None
    """Whose customer it is by the source, where the workspace says which field tells."""
    holding: Holding | None = None
    """Whose it is by the ledger, which stands above the source; None where it says nothing."""
    foreign: Problem | None = None
    """Why the policy's rules do not count here; None where they do."""

    @property
    def rules(self) -> OverrideRules:
        """The policy's rules for overriding."""
        return self.policy.override

    @property
    def whose(self) -> str | None:
        """The holder's account, else the portfolio; None where that is nobody's, or not known."""
        return self.portfolio if self.holding is None else self.holding.account

    def is_of(self, person: Actor) -> bool:
        """Whether the customer is a person's, or of whom they stand in for."""
        if self.holding is not None:
            return self.holding.account in person.accounts
        return self.portfolio in person.portfolio

    def notches(self, grade: str | None) -> int | None:
        """Return how many grades better than the computed one a grade is; None where that has no meaning."""
        return notches_between(self.policy, self.model_grade, grade)

    def standing_gates(self) -> Iterator[HardGate]:
        """Yield the hard gates that hold the customer."""
        yield from (gate for gate in hard_gates(self.policy) if gate.id in self.gates)


def notches_between(policy: Policy, old: str | None, new: str | None) -> int | None:
    """Return how many grades better one grade is than another; None where that has no meaning."""
    grades = policy.grades
    if not policy.ordered or old not in grades or new not in grades:
        return None
    return grades.index(old) - grades.index(new)


def rules_of(policy: Policy, kind: InputKind) -> InputRules:
    """Return a policy's rules for a kind of human input."""
    return policy.input_rules[kind.value]
