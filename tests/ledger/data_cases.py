"""Judgements and corrections for tests, and the frame a store would give of them."""

from __future__ import annotations

from typing import Any

import polars as pl
from ledger_cases import NOW

from rung.ledger import DataInput, InputKind, InputRecord, State

OPEN = (State.PENDING, State.RETURNED, State.IN_EFFECT)


def datum(customer: str, subject: str, value: str | None, **parts: Any) -> DataInput:
    """Return a correction in effect, unless told otherwise."""
    whole: dict[str, Any] = {
        "id": "C1",
        "kind": InputKind.CORRECTION,
        "policy_id": "test.policy",
        "policy_version": "1",
        "policy_hash": "f" * 64,
        "run_id": "20260228T000000Z-test.policy",
        "model_grade": "B",
        "proposed_grade": "B",
        "notches": 0,
        "reason": "entered_wrong",
        "narrative": "",
        "evidence": "file 1",
        "approvals_needed": 0,
        "maker": "li",
        "made_at": NOW,
        "effective_from": NOW,
        "expires_at": NOW.date(),
        "supersedes": (),
        "inputs_hash": "0" * 64,
        "was": None,
    }
    return DataInput(**{**whole, "customer_id": customer, "subject": subject, "value": value, **parts})


def opened(*records: InputRecord) -> pl.DataFrame:
    """Return what ``LedgerStore.open_frame`` gives of these records."""
    found = [each for each in records if each.state in OPEN]
    names = ("id", "kind", "customer_id", "model_grade", "proposed_grade", "subject", "value", "state")
    columns = {name: [getattr(each, name, None) for each in found] for name in names}
    return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).with_columns(
        pl.Series("notches", [each.notches for each in found], dtype=pl.Int32),
        pl.Series("expires_at", [each.expires_at for each in found], dtype=pl.Date),
    )
