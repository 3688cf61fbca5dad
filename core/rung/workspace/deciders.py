"""What whoever works here may do about human inputs: each act, in whose place, or why not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.ledger import Act, Actor, InputFilter, InputRecord, LedgerStore, State
from rung.ledger.rules.deciding import (
    objections_to_decision,
    objections_to_resubmission,
    objections_to_withdrawal,
)
from rung.ledger.rules.delegation import in_place
from rung.ledger.rules.on_record import check_place
from rung.workspace.own_policies import OwnPolicies

if TYPE_CHECKING:
    from rung.workspace.human_input import HumanInput

__all__ = ["Deciders", "Waiting"]

_ASKED: Final = 1_000
# Customers the ledger is asked for at once.
_NOTED: Final = "…"
# Stands for the note a rejection or a return needs: whether one may is asked before it is written.


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal that awaits approval, and whether the actor may decide on it."""

    record: InputRecord
    obstacles: tuple[Problem, ...]
    """What speaks against the actor's approving; empty where nothing does."""

    @property
    def may_decide(self) -> bool:
        """Whether the actor may approve it."""
        return not self.obstacles


@dataclass(frozen=True)
class Deciders:
    """Whoever works here, and in whose place they may act; good for the day it was made on."""

    human: HumanInput
    me: Actor
    lent: tuple[Actor, ...]
    """The same person as a stand-in of each they stand in for."""
    own: OwnPolicies

    @classmethod
    def of(cls, human: HumanInput, now: datetime) -> Deciders:
        """Return who may act today."""
        return cls(human, human.actor(), human.acting_for(now.date()), OwnPolicies(human))

    def waiting(
        self, store: LedgerStore, now: datetime, states: Collection[State], policy_id: str | None = None
    ) -> tuple[Waiting, ...]:
        """Return the proposals in some states, oldest first; expired ones are not among them."""
        found = store.inputs(InputFilter(states=tuple(states), policy_id=policy_id))
        pending = [each for each in found if each.status(now.date()).is_open]
        return tuple(Waiting(each, self.against(Act.APPROVED, each, now)) for each in pending)

    def against(self, act: Act, record: InputRecord, now: datetime) -> tuple[Problem, ...]:
        """Return what speaks against an act of whoever works here; a note it needs is taken as given."""
        against = [self._of(act, record, who, now) for who in (self.me, *self.lent)]
        if not all(against):
            return self.own.against_approval(record) if act is Act.APPROVED else ()
        own, people = against[0], self.human.people
        lent = zip(self.lent, against[1:], strict=True)
        return (*own, *(each for who, theirs in lent for each in in_place(who, theirs, own, people)))

    def in_whose_place(self, act: Act, record: InputRecord, now: datetime) -> str:
        """Return the account in whose place they would act; empty where in their own, or not at all."""
        for who in (self.me, *self.lent):
            if not self._of(act, record, who, now):
                return who.on_behalf_of
        return ""

    def contested(self, store: LedgerStore, record: InputRecord, now: datetime) -> tuple[Problem, ...]:
        """Return why an approval would be refused for what came into effect meanwhile."""
        try:
            check_place(store, record, now, self.human.people)
        except RungError as error:
            return tuple(error.problems)
        return ()

    def against_all(
        self, store: LedgerStore, act: Act, records: Sequence[InputRecord], now: datetime
    ) -> Iterator[tuple[InputRecord, tuple[Problem, ...]]]:
        """Yield many as the ledger has them now, each with what speaks against an act on it."""
        for start in range(0, len(records), _ASKED):
            piece = records[start : start + _ASKED]
            customers = tuple({each.customer_id for each in piece})
            theirs = list(store.inputs(InputFilter(customers=customers)))
            known = {each.id: each for each in theirs}
            busy = {each.customer_id for each in theirs if each.state is State.IN_EFFECT}
            for each in piece:
                record = known.get(each.id, each)
                problems = self.against(act, record, now)
                if not problems and act is Act.APPROVED and record.customer_id in busy:
                    problems = self.contested(store, record, now)
                yield record, problems

    def _of(self, act: Act, record: InputRecord, who: Actor, now: datetime) -> list[Problem]:
        people = self.human.people
        match act:
            case Act.WITHDRAWN:
                return objections_to_withdrawal(record, who, people, now)
            case Act.RESUBMITTED:
                return objections_to_resubmission(record, who, people, now)
        return objections_to_decision(act, record, who, people, now, _NOTED)
