"""What the benchmarks of the ledger share: a policy, customers, records as people make them, ledgers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from statistics import median
from typing import Any

from rung.ledger import Act, Decision, Ground, Head, Override
from rung.ledger.drafts import act_draft, proposal_draft
from rung.ledger.events import Draft, Event
from rung.ledger.keeping.event_rows import INSERT, values_of
from rung.ledger.keeping.sql_store import SqlStore
from rung.policy.model import Policy

__all__ = ["FIRST", "NOW", "POLICY", "approved", "chained", "filled", "ground", "told"]

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
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
FIRST = Override(
    id="O1",
    customer_id="C0000001",
    policy_id=POLICY.id,
    policy_version=POLICY.version,
    policy_hash="f" * 64,
    run_id="20260228T000000Z-test.tiers",
    model_grade="B",
    proposed_grade="C",
    notches=-1,
    reason="systemic",
    narrative="所在行业整体回升",
    evidence="2026-0301",
    approvals_needed=1,
    maker="li",
    made_at=NOW,
    effective_from=None,
    expires_at=date(2027, 2, 28),
    supersedes=(),
    inputs_hash="0" * 64,
)
_HELD = 10_000
# Events written in one transaction.


def ground(customer: str) -> Ground:
    """Return a customer graded B."""
    return Ground(
        customer_id=customer,
        policy=POLICY,
        policy_hash=FIRST.policy_hash,
        run_id=FIRST.run_id,
        model_grade="B",
        gates=(),
        inputs_hash=FIRST.inputs_hash,
    )


def approved(record: Override, number: int, at: datetime = NOW) -> Iterator[Draft]:
    """Yield the proposal of a record as the event of that number, and its approval."""
    made = replace(record, id=f"O{number}", made_at=at)
    yield proposal_draft(made)
    yield act_draft(made, Decision(act=Act.APPROVED, by="wang", at=at), takes_effect=True)


def chained(drafts: Iterable[Draft]) -> Iterator[Event]:
    """Yield drafts as the events of one chain, as the ledger's own writer makes them."""
    head = Head()
    for draft in drafts:
        event = Event.of(draft, head.sequence + 1, head.hash)
        head = Head(event.sequence, event.hash)
        yield event


def filled(store: SqlStore, drafts: Iterable[Draft]) -> None:
    """Write drafts into an empty ledger, and make what stands from them: far quicker than act by act."""
    rest = chained(drafts)
    while chunk := list(islice(rest, _HELD)):
        with store.database.writing() as connection:
            connection.execute(INSERT, list(map(values_of, chunk)))
    store.rebuild()


def told(name: str, work: Callable[[], Any], rounds: int = 1, count: int = 0) -> Any:
    """Print how long something takes, or how many a second where ``count`` is given; return what it gave."""
    taken: list[float] = []
    found = None
    for _round in range(rounds):
        started = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - started)
    rate = f"   {count / min(taken):12,.0f} a second" if count else ""
    print(f"{name:<42} {median(taken) * 1000:12,.2f} ms   {min(taken) * 1000:12,.2f} best{rate}", flush=True)
    return found
