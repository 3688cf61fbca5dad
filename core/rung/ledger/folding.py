"""Tells from the ledger's events how every human input stands, and writes the events that change it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any, Final

from rung.ledger.canonical import canonical
from rung.ledger.events import Draft, Event, moment_text, read_moment
from rung.ledger.kinds import Act, EventKind, InputKind
from rung.ledger.records import DataInput, Decision, InputRecord, Override
from rung.ledger.store import UnreadableEventError

__all__ = [
    "Lookup",
    "act_draft",
    "changed_by",
    "folded",
    "proposal_draft",
    "read_record",
    "resubmission_draft",
    "written_record",
]

Lookup = Callable[[str], InputRecord | None]
"""Gives the human input of an id as it stood before an event, None where there is none."""

# Writing

_GRADED: Final = ("model_grade", "proposed_grade", "notches")
_ASKED: Final = ("reason", "narrative", "evidence", "approvals_needed", "approver_role", "other_line")
_KEPT: Final = ("policy_version", "policy_hash", "run_id", "on_behalf_of", "inputs_hash", "batch")
_DATUM: Final = ("subject", "value", "was")


def proposal_draft(record: InputRecord) -> Draft:
    """Return the event that records a proposal; what only later events tell is no part of it."""
    payload = {name: getattr(record, name) for name in (*_KEPT, *_GRADED, *_ASKED)}
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
    payload = {name: getattr(record, name) for name in (*_GRADED, *_ASKED)}
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
    return {name: getattr(record, name) for name in _DATUM} if isinstance(record, DataInput) else {}


def _draft(record: InputRecord, act: Act, payload: dict[str, Any], by: str, at: datetime) -> Draft:
    return Draft(
        kind=EventKind.of(record.kind, act),
        customer_id=record.customer_id,
        policy_id=record.policy_id,
        payload=canonical(payload),
        made_at=at,
        maker=by,
    )


# Reading


def folded(events: Iterable[Event]) -> dict[str, InputRecord]:
    """Return the human inputs that events tell of by id, oldest first.

    Given the events up to a moment it tells how things stood then. Raises UnreadableEventError for an
    event whose payload is none the ledger writes.
    """
    found: dict[str, InputRecord] = {}
    for event in events:
        for record in changed_by(event, found.get):
            found[record.id] = record
    return found


def changed_by(event: Event, lookup: Lookup) -> tuple[InputRecord, ...]:
    """Return the human inputs an event makes or changes, as they stand after it.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    if event.kind not in _OF_INPUTS:
        return ()
    kind, act = _OF_INPUTS[event.kind]
    try:
        payload = json.loads(event.payload)
        if act is Act.PROPOSED:
            record = _proposed(event, kind, payload)
        else:
            known = lookup(payload["id"])
            if known is None or known.kind is not kind:
                return ()
            record = _changed(known, event, act, payload)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableEventError(event.sequence) from error
    return (record, *_superseded(record, act, event, lookup))


_OF_INPUTS: Final = {kind.value: kind.of_input for kind in EventKind if kind.of_input is not None}


def _superseded(record: InputRecord, act: Act, event: Event, lookup: Lookup) -> Iterable[InputRecord]:
    if act not in (Act.PROPOSED, Act.RESUBMITTED, Act.APPROVED):
        return
    for old_id in record.supersedes:
        old = lookup(old_id)
        if old is None or old.id == record.id or old.superseded_by is not None:
            continue
        # One in effect stays so until the new one takes effect: else a mere proposal would lift it.
        if record.effective_from or not old.effective_from:
            yield replace(old, superseded_by=record.id, superseded_at=event.made_at)


def _changed(known: InputRecord, event: Event, act: Act, payload: dict[str, Any]) -> InputRecord:
    decision = Decision(
        act=act,
        by=event.maker,
        at=event.made_at,
        note=_text(payload.get("note", "")),
        on_behalf_of=_text(payload.get("on_behalf_of", "")),
    )
    changes: dict[str, Any] = {"decisions": (*known.decisions, decision)}
    if act is Act.RESUBMITTED:
        changes |= {name: payload[name] for name in (*_GRADED, *_ASKED, "inputs_hash")}
        changes |= {name: payload[name] for name in _DATUM if isinstance(known, DataInput)}
        changes["expires_at"] = date.fromisoformat(payload["expires_at"])
    if payload.get("is_effective"):
        changes["effective_from"] = event.made_at
    return _checked(replace(known, **changes))


def _proposed(event: Event, kind: InputKind, payload: dict[str, Any]) -> InputRecord:
    if payload["input"] != kind.value:
        raise ValueError("input")
    given = {name: payload[name] for name in (*_GRADED, "reason", "narrative", "evidence")}
    given |= {name: payload[name] for name in ("policy_version", "policy_hash", "run_id", "inputs_hash")}
    # Edition 1 knew no other approvers, no standing in and no batches.
    later = ("approver_role", "other_line", "on_behalf_of", "batch")
    given |= {name: payload[name] for name in later if name in payload}
    if kind is not InputKind.OVERRIDE:
        given |= {name: payload[name] for name in _DATUM}
    made: type[InputRecord] = Override if kind is InputKind.OVERRIDE else DataInput
    record = made(
        **given,
        id=payload["id"],
        kind=kind,
        customer_id=_text(event.customer_id),
        policy_id=_text(event.policy_id),
        approvals_needed=payload["approvals_needed"],
        maker=event.maker,
        made_at=event.made_at,
        effective_from=event.made_at if payload["is_effective"] else None,
        expires_at=date.fromisoformat(payload["expires_at"]),
        supersedes=tuple(map(_text, payload["supersedes"])),
        previous_hash=event.previous,
    )
    return _checked(record)


_TYPES: Final[Mapping[str, Any]] = {
    "id": str,
    "policy_version": str,
    "policy_hash": str,
    "run_id": str,
    "model_grade": str | None,
    "proposed_grade": str | None,
    "notches": int | None,
    "reason": str,
    "narrative": str,
    "evidence": str,
    "approvals_needed": int,
    "approver_role": str,
    "other_line": bool,
    "on_behalf_of": str,
    "inputs_hash": str,
    "batch": str,
    "subject": str,
    "value": str | None,
    "was": str | None,
}


def _checked(record: InputRecord) -> InputRecord:
    """Return the record; raises ValueError where a value has another type than the ledger writes."""
    types = {**_TYPES, "proposed_grade": str} if isinstance(record, Override) else _TYPES
    for item in fields(record):
        if item.name in types and not isinstance(getattr(record, item.name), types[item.name]):
            raise ValueError(item.name)
    return record


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("payload")
    return value


# A record as a whole, as the table of what stands keeps it


def written_record(record: InputRecord) -> bytes:
    """Return the canonical bytes of a record."""
    return canonical(_plain(asdict(record)))


def read_record(written: bytes) -> InputRecord:
    """Return a record from its canonical bytes; raises ValueError or KeyError for anything else."""
    found = json.loads(written)
    kind = InputKind(found["kind"])
    decisions = (
        Decision(**{**each, "act": Act(each["act"]), "at": read_moment(each["at"])})
        for each in found["decisions"]
    )
    made: type[InputRecord] = Override if kind is InputKind.OVERRIDE else DataInput
    moments = {name: _moment(found[name]) for name in ("made_at", "effective_from", "superseded_at")}
    return _checked(
        made(
            **{
                **found,
                **moments,
                "kind": kind,
                "expires_at": date.fromisoformat(found["expires_at"]),
                "supersedes": tuple(found["supersedes"]),
                "decisions": tuple(decisions),
            }
        )
    )


def _moment(written: str | None) -> datetime | None:
    return None if written is None else read_moment(written)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value
