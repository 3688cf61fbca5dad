"""Several acts as one: kept together or not at all, and a rehearsal leaves nothing behind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rung.ledger import LedgerStore, verify
from rung.ledger.canonical import canonical
from rung.ledger.events import Draft
from rung.ledger.held import held, rehearsed
from rung.ledger.kinds import EventKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def written(store: LedgerStore, text: str) -> None:
    payload = canonical({"text": text})
    with store.appending() as ledger:
        ledger.append(
            Draft(
                kind=EventKind.NOTE_WRITTEN,
                customer_id="C1",
                policy_id=None,
                payload=payload,
                made_at=NOW,
                maker=store.account() or "li",
            )
        )


def test_acts_held_together_are_all_kept(store: LedgerStore) -> None:
    with held(store) as together:
        written(together, "one")
        written(together, "two")
        assert together.head().sequence == 2
    assert store.head().sequence == 2
    assert verify(store).is_whole


def test_an_error_undoes_all_that_was_held_together(store: LedgerStore) -> None:
    with pytest.raises(ValueError, match="no"), held(store) as together:
        written(together, "one")
        raise ValueError("no")
    assert store.head().sequence == 0


def test_a_rehearsal_is_seen_and_leaves_nothing(store: LedgerStore) -> None:
    written(store, "kept")
    with rehearsed(store) as undone:
        written(undone, "rehearsed")
        assert undone.head().sequence == 2
        assert [event.sequence for event in undone.events()] == [1, 2]
    assert store.head().sequence == 1
    with pytest.raises(ValueError, match="no"), rehearsed(store) as undone:
        written(undone, "rehearsed")
        raise ValueError("no")
    assert store.head().sequence == 1
    written(store, "goes on")
    assert verify(store).is_whole
