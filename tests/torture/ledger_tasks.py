"""Work on a ledger that is to be killed, proposing and approving, and what must be true afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from kills import Tell, killed_child

from rung.ledger import (
    Actor,
    Desk,
    Ground,
    LedgerStore,
    Override,
    People,
    Proposal,
    Role,
    Status,
    open_ledger,
    verify,
)
from rung.policy.model import Policy

__all__ = ["Appending", "Approving", "Place"]

Place = Any
"""Where a ledger is: a file, or an address of PostgreSQL."""

NOW = datetime(2026, 3, 1, 10, 30, tzinfo=timezone(timedelta(hours=8)))
MAKER = Actor(account="li", name="李娜", role=Role.REVIEWER)
CHECKER = Actor(account="zhao", name="赵敏", role=Role.APPROVER)
PEOPLE = People({each.account: each for each in (MAKER, CHECKER)})
POLICY = Policy.model_validate(
    {
        "schema": 1,
        "id": "test.tiers",
        "version": "2026.1",
        "title": "Tiers",
        "grades": ["A", "B", "C", "D"],
        "grading": {"mode": "rules"},
        "override": {"approval": {"up": "one", "down": "one"}},
    }
)
PENDING = 400
# Proposals an approver finds waiting: more than it decides before it is killed.


def ground(customer: str) -> Ground:
    """Return a customer graded B."""
    return Ground(
        customer_id=customer,
        policy=POLICY,
        policy_hash="f" * 64,
        run_id="20260228T000000Z-test.tiers",
        model_grade="B",
        gates=(),
        inputs_hash="0" * 64,
    )


def proposal(number: int) -> Proposal:
    """Return a proposal; the longer its text, the more of the disk one event takes."""
    return Proposal(grade="C", reason="systemic", narrative="文" * (number % 700))


def whole(store: LedgerStore) -> int:
    """Return how many events there are; raises AssertionError where the chain is broken."""
    found = verify(store)
    assert found.is_whole, str(found.broken)
    return found.head.sequence


@dataclass
class Appending:
    """Proposes and withdraws without end."""

    place: Place
    told: list[str] = field(default_factory=list)
    kills: int = 0

    def kill(self, after: float) -> int:
        """Kill one writer and check the ledger; return how many acts it had been told of."""
        told = killed_child(self._work, after)
        self.told += told
        self.kills += 1
        with open_ledger(self.place) as store:
            events = whole(store)
            kept = {each.id: each.status(NOW.date()) for each in store.inputs()}
        # Each kill may have come between a record and its being told, once.
        assert len(self.told) <= events <= len(self.told) + self.kills, (len(self.told), events, self.kills)
        for word in self.told:
            done, _blank, record = word.partition(" ")
            assert record in kept, f"{record} is lost"
            assert done != "withdrawn" or kept[record] is Status.WITHDRAWN, f"{record} is not withdrawn"
        return len(told)

    def _work(self, tell: Tell) -> None:
        with open_ledger(self.place) as store:
            desk, number = Desk(store, MAKER, PEOPLE), 0
            while True:
                number += 1
                made = desk.propose(proposal(number), ground(f"客户{self.kills}-{number}"), NOW)
                tell(f"proposed {made.id}")
                if number % 3 == 0:
                    desk.withdraw(made.id, NOW)
                    tell(f"withdrawn {made.id}")


@dataclass
class Approving:
    """Approves what waits, one after the other."""

    place: Place
    waiting: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        with open_ledger(self.place) as store:
            wanted = [(proposal(number), ground(f"客户{number}")) for number in range(PENDING)]
            batch = Desk(store, MAKER, PEOPLE).propose_all(wanted, NOW)
        self.waiting = [each.id for each in batch.records]

    def kill(self, after: float) -> int:
        """Kill one approver and check the ledger; return how many approvals it had been told of."""
        told = killed_child(self._work, after)
        self.told.update(told)
        with open_ledger(self.place) as store:
            whole(store)
            kept = {each.id: each for each in store.inputs() if isinstance(each, Override)}
        assert list(kept) == sorted(self.waiting, key=lambda each: int(each[1:])) or len(kept) == PENDING
        approved = {each.id for each in kept.values() if each.effective_from is not None}
        assert all(len(each.approvals) == (each.id in approved) for each in kept.values())
        assert self.told <= approved, f"lost: {self.told - approved}"
        # One may have been recorded and not told.
        assert len(approved) <= len(self.told) + 1
        self.told = approved
        return len(told)

    @property
    def is_done(self) -> bool:
        """Whether hardly anything waits any more."""
        return len(self.told) > PENDING - 50

    def _work(self, tell: Tell) -> None:
        with open_ledger(self.place) as store:
            desk = Desk(store, CHECKER, PEOPLE)
            for waiting in self.waiting:
                if waiting not in self.told:
                    desk.approve(waiting, NOW)
                    tell(waiting)
            while True:
                pass
