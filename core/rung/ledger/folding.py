"""Tells from the ledger's events how every human input stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from rung.ledger.drafts import ASKED, DATUM, GRADED
from rung.ledger.events import Event
from rung.ledger.kinds import Act, EventKind, InputKind
from rung.ledger.records import DataInput, Decision, InputRecord, Override
from rung.ledger.store import UnreadableEventError
from rung.ledger.written_records import changed, checked

__all__ = ["Lookup", "changed_by", "folded"]

Lookup = Callable[[str], InputRecord | None]
"""Gives the human input of an id as it stood before an event, None where there is none."""


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
    """Return the human inputs an event makes or changes, as they stand after it: of its customer and policy.

    Raises UnreadableEventError for an event whose payload is none the ledger writes.
    """
    if event.kind not in _OF_INPUTS:
        return ()
    kind, act = _OF_INPUTS[event.kind]
    try:
        payload = json.loads(event.payload.decode("utf-8"))
        if act is Act.PROPOSED:
            record = _proposed(event, kind, payload)
        else:
            known = lookup(payload["id"])
            if known is None or known.kind is not kind or not _is_of(known, event):
                return ()
            record = _changed(known, event, act, payload)
            if act is Act.APPROVED and not _is_anothers(record.decisions[-1], known):
                return ()
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableEventError(event.sequence) from error
    return (record, *_superseded(record, act, event, lookup))


_OF_INPUTS: Final = {kind.value: kind.of_input for kind in EventKind if kind.of_input is not None}


def _is_of(record: InputRecord, event: Event) -> bool:
    return record.customer_id == event.customer_id and record.policy_id == event.policy_id


def _is_anothers(approval: Decision, known: InputRecord) -> bool:
    """Whether an approval is by none of its makers, and by none who approved before.

    The desk refuses any other; it may have been written by other means, and does not count then.
    """
    given = (name for each in known.approvals for name in (each.by, each.on_behalf_of))
    return {approval.by, approval.on_behalf_of}.isdisjoint({*known.makers, *given} - {""})


def _superseded(record: InputRecord, act: Act, event: Event, lookup: Lookup) -> Iterable[InputRecord]:
    if act not in (Act.PROPOSED, Act.RESUBMITTED, Act.APPROVED):
        return
    for old_id in record.supersedes:
        old = lookup(old_id)
        if old is None or old.id == record.id or old.superseded_by is not None or not _is_of(old, event):
            continue
        # One in effect stays so until the new one takes effect: else a mere proposal would lift it.
        if record.effective_from or not old.effective_from:
            yield changed(old, superseded_by=record.id, superseded_at=event.made_at)


def _changed(known: InputRecord, event: Event, act: Act, payload: dict[str, Any]) -> InputRecord:
    decision = Decision(
        act=act,
        by=event.maker,
        at=event.made_at,
        note=_text(payload.get("note", "")),
        on_behalf_of=_text(payload.get("on_behalf_of", "")),
    )
    changes: dict[str, Any] = {"decisions": (*known.decisions, decision)}
    if payload.get("is_effective"):
        # So that nothing takes effect before it has the approvals its own record asks for.
        asked = payload["approvals_needed"] if act is Act.RESUBMITTED else known.approvals_needed
        given = len(known.approvals) + 1 if act is Act.APPROVED else 0
        changes["effective_from"] = event.made_at if given >= asked else known.effective_from
    if act is Act.RESUBMITTED:
        changes |= {name: payload[name] for name in (*GRADED, *ASKED, "inputs_hash")}
        changes |= {name: payload[name] for name in DATUM if isinstance(known, DataInput)}
        changes["expires_at"] = date.fromisoformat(payload["expires_at"])
        return checked(changed(known, **changes))
    return changed(known, **changes)


def _proposed(event: Event, kind: InputKind, payload: dict[str, Any]) -> InputRecord:
    if payload["input"] != kind.value:
        raise ValueError("input")
    given = {name: payload[name] for name in (*GRADED, "reason", "narrative", "evidence")}
    given |= {name: payload[name] for name in ("policy_version", "policy_hash", "run_id", "inputs_hash")}
    # Edition 1 knew no other approvers, no standing in and no batches.
    later = ("approver_role", "other_line", "on_behalf_of", "batch")
    given |= {name: payload[name] for name in later if name in payload}
    if kind is not InputKind.OVERRIDE:
        given |= {name: payload[name] for name in DATUM}
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
        effective_from=event.made_at if payload["is_effective"] and not payload["approvals_needed"] else None,
        expires_at=date.fromisoformat(payload["expires_at"]),
        supersedes=tuple(map(_text, payload["supersedes"])),
        previous_hash=event.previous,
    )
    return checked(record)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("payload")
    return value
