"""How human input stood at a moment: what was done later is not looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import polars as pl

from rung.ledger import EventFilter, LedgerStore
from rung.ledger.folding import folded
from rung.ledger.keeping.record_frame import frame_of_records
from rung.moments import local

__all__ = ["day_of", "inputs_at"]


def day_of(moment: datetime) -> date:
    """Return the day a moment falls on where the program runs, as the rest of Rung counts days."""
    return local(moment).date()


def inputs_at(
    store: LedgerStore, policy_id: str, moment: datetime | None, report: Callable[[int], None]
) -> pl.DataFrame:
    """Return the human inputs under a policy as they stood just before a moment, oldest first; None is now.

    As ``LedgerStore.record_frame`` has them. Now they are read as the store keeps them; of another moment
    they are told from the events up to it.
    """
    if moment is None:
        return store.record_frame(policy_id, report)
    told = folded(store.events(EventFilter(policy_id=policy_id, until=moment))).values()
    return frame_of_records(told, store.place)
