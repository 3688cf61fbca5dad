"""Writes what people do to human inputs as the events that record it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from rung.ledger.canonical import canonical
from rung.ledger.events import Draft
from rung.ledger.kinds import Act, EventKind
from rung.ledger.records import DataInput, Decision, InputRecord

__all__ = ["ASKED", "DATUM", "GRADED", "act_draft", "proposal_draft", "resubmission_draft"]

GRADED: Final = ("model_grade", "proposed_grade", "notches")
"""What a proposal says of the grade."""
ASKED: Final = ("reason", "narrative", "evidence", "approvals_needed", "approver_role", "other_line")
"""What it says of its cause, and of whom it needs."""
_KEPT: Final = ("policy_version", "policy_hash", "run_id", "on_behalf_of", "inputs_hash", "batch")
DATUM: Final = ("subject", "value", "was")
"""What a judgement or correction says besides."""


def proposal_draft(record: InputRecord) -> Draft:
    """Return the event that records a proposal; what only later events tell is no part of it."""
    payload = {name: getattr(record, name) for name in (*_KEPT, *GRADED, *ASKED)}
    payload |= _datum(record)
    payload |= {
        "id": record.id,
        "input": record.kind.value,
        "is_effective": record.effective_from is not None,
        "expires_at": record.expires_at.isoformat(),
        "supersedes": list(record.supersedes),
    }
    return _draft(record, Act.PROPOSED, payload, record.maker, record.made_at)


def resubmission_draft(record: InputRecord, decision: Decision) -> Draft:
    """Return the event that puts a returned input forward anew; ``record`` is as it shall stand then."""
    payload = {name: getattr(record, name) for name in (*GRADED, *ASKED)}
    payload |= _datum(record)
    payload |= {
        **_told(record, decision),
        "is_effective": record.effective_from is not None,
        "expires_at": record.expires_at.isoformat(),
        "inputs_hash": record.inputs_hash,
    }
    return _draft(record, Act.RESUBMITTED, payload, decision.by, decision.at)


def act_draft(record: InputRecord, decision: Decision, *, takes_effect: bool = False) -> Draft:
    """Return the event that records a return, approval, rejection or withdrawal.

    ``takes_effect``: the input has all the approvals it needs, with this one.
    """
    payload = _told(record, decision)
    if decision.act is Act.APPROVED:
        payload["is_effective"] = takes_effect
    return _draft(record, decision.act, payload, decision.by, decision.at)


def _told(record: InputRecord, decision: Decision) -> dict[str, Any]:
    return {"id": record.id, "note": decision.note, "on_behalf_of": decision.on_behalf_of}


def _datum(record: InputRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in DATUM} if isinstance(record, DataInput) else {}


def _draft(record: InputRecord, act: Act, payload: dict[str, Any], by: str, at: datetime) -> Draft:
    return Draft(
        kind=EventKind.of(record.kind, act),
        customer_id=record.customer_id,
        policy_id=record.policy_id,
        payload=canonical(payload),
        made_at=at,
        maker=by,
    )
