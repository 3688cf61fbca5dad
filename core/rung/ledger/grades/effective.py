"""The effective grade: the computed one, until an override that is in effect is laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.ledger.grades.gates import HardGate, hard_gates
from rung.ledger.records import DataInput, InputRecord, Override, Status
from rung.text import Text

if TYPE_CHECKING:
    from rung.policy.model import Policy

__all__ = ["Effective", "Overlay", "Suspension", "Tally"]


class Suspension(StrEnum):
    """Why an override that was in effect is not laid over the computed grade for now."""

    MODEL_FELL = "model_fell"
    """It lifts the customer, and the computed grade has fallen since; or it has come to lift by that."""
    HARD_GATE = "hard_gate"
    """A hard gate holds the customer now."""
    GRADE_GONE = "grade_gone"
    """The policy has no such grade any more."""

    @property
    def words(self) -> Text:
        """The cause as a person reads it."""
        return _CAUSES[self]


_CAUSES: Final = {
    Suspension.MODEL_FELL: Text("计算等级已下降", "the computed grade has fallen since"),
    Suspension.HARD_GATE: Text("受硬性限级规则限制", "a hard gate holds the customer"),
    Suspension.GRADE_GONE: Text("方案中已无此等级", "the policy has no such grade any more"),
}


@dataclass(frozen=True, slots=True)
class Effective:
    """The grade one customer has once human input is laid over the machine's."""

    model_grade: str | None
    """What the machine had from the source's data alone."""
    computed_grade: str | None
    """What the policy gives with the judgements and corrections in effect."""
    grade: str | None
    """The effective grade."""
    override: Override | None = None
    """The override that is in effect, or would be were it not suspended."""
    pending: Override | None = None
    """The one that awaits approval, or its maker's answer."""
    suspended: Suspension | None = None
    data: tuple[DataInput, ...] = ()
    """The judgements and corrections in effect, oldest first."""
    pending_data: tuple[DataInput, ...] = ()
    """Those that await approval, or their makers' answer."""

    @property
    def is_stale(self) -> bool:
        """Whether the computed grade is another than the one overruled."""
        return any(each and each.model_grade != self.computed_grade for each in (self.override, self.pending))

    @property
    def is_overridden(self) -> bool:
        """Whether the effective grade is a person's."""
        return self.override is not None and self.suspended is None

    @property
    def notches(self) -> int | None:
        """How many grades better the override is than what it overruled; None where grades are no ranks."""
        return None if self.override is None else self.override.notches

    @property
    def is_regraded(self) -> bool:
        """Whether judgements and corrections gave another grade than the machine had."""
        return self.computed_grade != self.model_grade

    @property
    def is_awaiting(self) -> bool:
        """Whether anything awaits approval."""
        return self.pending is not None or bool(self.pending_data)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many customers of a run have open human input, and where it stands."""

    in_effect: int
    """Overrides in effect."""
    stale: int
    """Of overrides in effect, suspended or pending: the computed grade is another than the overruled."""
    suspended: int
    awaiting: int
    """Something of theirs awaits approval."""
    corrected: int = 0
    """A judgement or correction is in effect."""
    regraded: int = 0
    """And the grade computed with it is another than the machine's."""

    @classmethod
    def of(cls, found: Iterable[Effective]) -> Tally:
        """Count effective grades."""
        every = tuple(found)
        return cls(
            in_effect=sum(each.is_overridden for each in every),
            stale=sum(each.is_stale for each in every),
            suspended=sum(each.suspended is not None for each in every),
            awaiting=sum(each.is_awaiting for each in every),
            corrected=sum(bool(each.data) for each in every),
            regraded=sum(each.is_regraded for each in every),
        )


@dataclass(frozen=True, slots=True)
class Overlay:
    """The open human input under one policy, ready to be laid over a run graded by it, one by one.

    ``laid_over`` does the same for a whole run at once.
    """

    grades: tuple[str, ...]
    is_ordered: bool
    hard: tuple[HardGate, ...]
    gate_count: int
    """How many gates the policy has, hard or not."""
    in_effect: Mapping[str, Override]
    """By customer."""
    pending: Mapping[str, Override]
    """By customer."""
    data: Mapping[str, tuple[DataInput, ...]] = field(default_factory=dict)
    """Judgements and corrections in effect, by customer."""
    pending_data: Mapping[str, tuple[DataInput, ...]] = field(default_factory=dict)
    """By customer."""
    computed: Mapping[str, str | None] = field(default_factory=dict)
    """The computed grades of those with data in effect; who is not there has the machine's."""

    @classmethod
    def on(
        cls,
        today: date,
        inputs: Iterable[InputRecord],
        policy: Policy,
        computed: Mapping[str, str | None] | None = None,
    ) -> Overlay:
        """Return the overlay of a day; human input under other policies does not count.

        ``computed`` are the grades the run's scorecard gives with the data in effect, by customer.
        """
        overrides: tuple[dict[str, Override], dict[str, Override]] = ({}, {})
        data: tuple[dict[str, tuple[DataInput, ...]], dict[str, tuple[DataInput, ...]]] = ({}, {})
        for each in inputs:
            status = each.status(today)
            if each.policy_id != policy.id or not status.is_open:
                continue
            is_pending = status is not Status.APPROVED
            match each:
                case Override():
                    overrides[is_pending][each.customer_id] = each
                case DataInput():
                    known = data[is_pending].get(each.customer_id, ())
                    data[is_pending][each.customer_id] = (*known, each)
        return cls(
            grades=policy.grades,
            is_ordered=policy.ordered,
            hard=hard_gates(policy),
            gate_count=len(policy.gates),
            in_effect=overrides[0],
            pending=overrides[1],
            data=data[0],
            pending_data=data[1],
            computed=computed or {},
        )

    @property
    def customers(self) -> frozenset[str]:
        """The customers with open human input."""
        return frozenset().union(self.in_effect, self.pending, self.data, self.pending_data)

    def of(self, customer_id: str, model_grade: str | None, gates: Collection[str] = ()) -> Effective:
        """Return one customer's effective grade.

        ``gates`` are the ids of the gates that fired, with the data in effect.
        """
        computed = self.computed.get(customer_id, model_grade)
        override = self.in_effect.get(customer_id)
        suspended = self._suspended(override, computed, gates) if override else None
        return Effective(
            model_grade=model_grade,
            computed_grade=computed,
            grade=override.proposed_grade if override and not suspended else computed,
            override=override,
            pending=self.pending.get(customer_id),
            suspended=suspended,
            data=self.data.get(customer_id, ()),
            pending_data=self.pending_data.get(customer_id, ()),
        )

    def _suspended(
        self, override: Override, computed: str | None, gates: Collection[str]
    ) -> Suspension | None:
        if override.proposed_grade not in self.grades:
            return Suspension.GRADE_GONE
        if any(gate.id in gates and override.proposed_grade not in gate.allowed for gate in self.hard):
            return Suspension.HARD_GATE
        if self.is_ordered and self._fell(override, computed):
            return Suspension.MODEL_FELL
        return None

    def _fell(self, override: Override, computed: str | None) -> bool:
        place = self.grades.index
        if override.model_grade is None:
            # A grade given for want of data lifts nobody above the grade the data give once they are there.
            return computed is not None and place(computed) > place(override.proposed_grade)
        if not override.is_upward:
            # Nobody agreed to a lift: below the grade given, the computed one stands.
            return computed is not None and place(computed) > place(override.proposed_grade)
        if computed is None or override.model_grade not in self.grades:
            return True
        return place(computed) > place(override.model_grade)
