"""The effective grade: the model's, until an override that is in effect is laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.ledger.gates import HardGate, hard_gates
from rung.ledger.records import Override, Status
from rung.text import Text

if TYPE_CHECKING:
    from rung.policy.model import Policy

__all__ = ["Effective", "Overlay", "Suspension", "Tally"]


class Suspension(StrEnum):
    """Why an override that was in effect is not laid over the model's grade for now."""

    MODEL_FELL = "model_fell"
    """It lifts the customer, and the model's grade has fallen since."""
    HARD_GATE = "hard_gate"
    """A hard gate holds the customer now."""
    GRADE_GONE = "grade_gone"
    """The policy has no such grade any more."""

    @property
    def words(self) -> Text:
        """The cause as a person reads it."""
        return _CAUSES[self]


_CAUSES: Final = {
    Suspension.MODEL_FELL: Text("模型评级已下降", "the model grade has fallen since"),
    Suspension.HARD_GATE: Text("被硬性门槛限制", "a hard gate holds the customer"),
    Suspension.GRADE_GONE: Text("政策中已无此等级", "the policy has no such grade any more"),
}


@dataclass(frozen=True, slots=True)
class Effective:
    """The grade one customer has once human input is laid over the model's."""

    model_grade: str | None
    grade: str | None
    """The effective grade."""
    override: Override | None = None
    """The override that is in effect, or would be were it not suspended."""
    pending: Override | None = None
    """The one that awaits approval."""
    suspended: Suspension | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the model's grade is another than the one overruled."""
        return any(each and each.model_grade != self.model_grade for each in (self.override, self.pending))

    @property
    def is_overridden(self) -> bool:
        """Whether the effective grade is a person's."""
        return self.override is not None and self.suspended is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many customers of a run have an open override, and where these stand."""

    in_effect: int
    stale: int
    """Of those in effect, suspended or awaiting approval: the model's grade is another than the overruled."""
    suspended: int
    awaiting: int
    """Awaiting approval."""

    @classmethod
    def of(cls, found: Iterable[Effective]) -> Tally:
        """Count effective grades."""
        every = tuple(found)
        return cls(
            in_effect=sum(each.is_overridden for each in every),
            stale=sum(each.is_stale for each in every),
            suspended=sum(each.suspended is not None for each in every),
            awaiting=sum(each.pending is not None for each in every),
        )


@dataclass(frozen=True, slots=True)
class Overlay:
    """The open overrides under one policy, ready to be laid over a run graded by it."""

    grades: tuple[str, ...]
    is_ordered: bool
    hard: tuple[HardGate, ...]
    gate_count: int
    """How many gates the policy has, hard or not."""
    in_effect: Mapping[str, Override]
    """By customer."""
    pending: Mapping[str, Override]
    """By customer."""

    @classmethod
    def on(cls, today: date, overrides: Iterable[Override], policy: Policy) -> Overlay:
        """Return the overlay of a day; overrides under other policies do not count."""
        in_effect: dict[str, Override] = {}
        pending: dict[str, Override] = {}
        for override in overrides:
            if override.policy_id != policy.id:
                continue
            match override.status(today):
                case Status.APPROVED:
                    in_effect[override.customer_id] = override
                case Status.PROPOSED | Status.RETURNED:
                    pending[override.customer_id] = override
                case _:
                    pass
        return cls(policy.grades, policy.ordered, hard_gates(policy), len(policy.gates), in_effect, pending)

    @property
    def customers(self) -> frozenset[str]:
        """The customers with an open override."""
        return frozenset(self.in_effect) | frozenset(self.pending)

    def of(self, customer_id: str, model_grade: str | None, gates: Collection[str] = ()) -> Effective:
        """Return one customer's effective grade; ``gates`` are the ids of the gates that fired."""
        override = self.in_effect.get(customer_id)
        pending = self.pending.get(customer_id)
        if override is None:
            return Effective(model_grade, model_grade, pending=pending)
        suspended = self._suspended(override, model_grade, gates)
        grade = model_grade if suspended else override.proposed_grade
        return Effective(model_grade, grade, override, pending, suspended)

    def _suspended(
        self, override: Override, model_grade: str | None, gates: Collection[str]
    ) -> Suspension | None:
        if override.proposed_grade not in self.grades:
            return Suspension.GRADE_GONE
        if any(gate.id in gates and override.proposed_grade not in gate.allowed for gate in self.hard):
            return Suspension.HARD_GATE
        if self.is_ordered and self._fell(override, model_grade):
            return Suspension.MODEL_FELL
        return None

    def _fell(self, override: Override, model_grade: str | None) -> bool:
        place = self.grades.index
        if override.model_grade is None:
            # A grade given for want of data lifts nobody above the grade the data give once they are there.
            return model_grade is not None and place(model_grade) > place(override.proposed_grade)
        if not override.is_upward:
            return False
        if model_grade is None or override.model_grade not in self.grades:
            return True
        return place(model_grade) > place(override.model_grade)
