"""The record of one override, as the ledger's events tell it: what was proposed, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from rung.ledger.canonical import canonical
from rung.ledger.events import Draft, Event, EventKind
from rung.ledger.store import UnreadableEventError
from rung.text import Text

__all__ = ["InputKind", "Override", "Status", "override_draft", "overrides_from", "withdrawal_draft"]


class InputKind(StrEnum):
    """The kind of human input (EBA/GL/2017/16 ¶201 ff.)."""

    OVERRIDE = "override"
    """A person replaces the computed grade."""


class Status(StrEnum):
    """Where an override stands on a day."""

    PROPOSED = "proposed"
    """Waits for the approval of others; not in effect."""
    APPROVED = "approved"
    """In effect, with as many approvals as the policy asks for, which may be none."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    """Another override of the customer has taken its place."""

    @property
    def is_open(self) -> bool:
        """Whether it is in effect or may still come to be."""
        return self in (Status.PROPOSED, Status.APPROVED)

    @property
    def words(self) -> Text:
        """The status as a person reads it."""
        return _STATUSES[self]


_STATUSES: Final = {
    Status.PROPOSED: Text("待审批", "awaiting approval"),
    Status.APPROVED: Text("生效", "in effect"),
    Status.WITHDRAWN: Text("已撤回", "withdrawn"),
    Status.EXPIRED: Text("已到期", "expired"),
    Status.SUPERSEDED: Text("已被替代", "superseded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One override: everything on record of it."""

    id: str
    kind: InputKind = InputKind.OVERRIDE
    customer_id: str
    policy_id: str
    policy_version: str
    policy_hash: str
    """Content hash of the policy."""
    run_id: str
    """The run whose grade is overruled."""
    model_grade: str | None
    """The grade overruled; None where the customer was not graded."""
    proposed_grade: str
    notches: int | None
    """How many grades better, negative for worse; None where grades are no ranks or there was no grade."""
    reason: str
    """Code of one of the policy's reasons."""
    narrative: str
    evidence: str
    """Where the evidence is kept: a file number, a link."""
    approvals_needed: int
    """How many others must approve, by the policy at the time."""
    maker: str
    made_at: datetime
    effective_from: datetime | None
    """None until enough have approved."""
    expires_at: date
    """The last day it is in force."""
    supersedes: tuple[str, ...]
    """Open overrides of the customer it takes the place of, when it takes effect."""
    inputs_hash: str
    """Hash of the values the model grade was computed from."""
    previous_hash: str = ""
    """Hash of the event before; empty while it is not recorded."""
    withdrawn_at: datetime | None = None
    superseded_by: str | None = None
    superseded_at: datetime | None = None

    @property
    def is_upward(self) -> bool:
        """Whether it gives a better grade than the model did."""
        return self.notches is not None and self.notches > 0

    def status(self, today: date) -> Status:
        """Return where the override stands on a day."""
        if self.withdrawn_at is not None:
            return Status.WITHDRAWN
        if self.superseded_by is not None:
            return Status.SUPERSEDED
        if today > self.expires_at:
            return Status.EXPIRED
        return Status.PROPOSED if self.effective_from is None else Status.APPROVED


def override_draft(override: Override) -> Draft:
    """Return the event that records a proposal; what only later events tell is no part of it."""
    payload = {
        "id": override.id,
        "input": override.kind.value,
        "policy_version": override.policy_version,
        "policy_hash": override.policy_hash,
        "run_id": override.run_id,
        "model_grade": override.model_grade,
        "proposed_grade": override.proposed_grade,
        "notches": override.notches,
        "reason": override.reason,
        "narrative": override.narrative,
        "evidence": override.evidence,
        "approvals_needed": override.approvals_needed,
        "is_effective": override.effective_from is not None,
        "expires_at": override.expires_at.isoformat(),
        "supersedes": list(override.supersedes),
        "inputs_hash": override.inputs_hash,
    }
    return Draft(
        kind=EventKind.OVERRIDE_PROPOSED,
        customer_id=override.customer_id,
        policy_id=override.policy_id,
        payload=canonical(payload),
        made_at=override.made_at,
        maker=override.maker,
    )


def withdrawal_draft(override: Override, maker: str, made_at: datetime) -> Draft:
    """Return the event that records a withdrawal."""
    return Draft(
        kind=EventKind.OVERRIDE_WITHDRAWN,
        customer_id=override.customer_id,
        policy_id=override.policy_id,
        payload=canonical({"id": override.id}),
        made_at=made_at,
        maker=maker,
    )


def overrides_from(events: Iterable[Event]) -> dict[str, Override]:
    """Return the overrides that events tell of by id, oldest first.

    Given the events up to a moment it tells how things stood then. Raises UnreadableEventError for an
    event whose payload is none the ledger writes.
    """
    found: dict[str, Override] = {}
    for event in events:
        tell = _TELLERS.get(event.kind)
        if tell is None:
            continue
        try:
            tell(found, event, json.loads(event.payload))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableEventError(event.sequence) from error
    return found


def _proposed(found: dict[str, Override], event: Event, payload: dict[str, Any]) -> None:
    override = _override(event, payload)
    found[override.id] = override
    for old in override.supersedes:
        # One in effect stays so until the new one takes effect: else a mere proposal would lift it.
        if old in found and (override.effective_from or not found[old].effective_from):
            found[old] = replace(found[old], superseded_by=override.id, superseded_at=event.made_at)


def _withdrawn(found: dict[str, Override], event: Event, payload: dict[str, Any]) -> None:
    override = found.get(payload["id"])
    if override is not None:
        found[override.id] = replace(override, withdrawn_at=event.made_at)


_TELLERS: Final[dict[str, Callable[[dict[str, Override], Event, dict[str, Any]], None]]] = {
    EventKind.OVERRIDE_PROPOSED: _proposed,
    EventKind.OVERRIDE_WITHDRAWN: _withdrawn,
}
_TEXTS: Final = ("id", "policy_version", "policy_hash", "run_id", "proposed_grade", "reason", "narrative")
_MORE_TEXTS: Final = ("evidence", "inputs_hash")


def _override(event: Event, payload: dict[str, Any]) -> Override:
    texts = {name: payload[name] for name in (*_TEXTS, *_MORE_TEXTS)}
    notches, model_grade = payload["notches"], payload["model_grade"]
    if not (
        all(isinstance(text, str) for text in texts.values())
        and isinstance(event.customer_id, str)
        and isinstance(event.policy_id, str)
        and isinstance(notches, int | None)
        and isinstance(model_grade, str | None)
    ):
        raise ValueError("payload")
    return Override(
        **texts,
        kind=InputKind(payload["input"]),
        customer_id=event.customer_id,
        policy_id=event.policy_id,
        model_grade=model_grade,
        notches=notches,
        approvals_needed=int(payload["approvals_needed"]),
        maker=event.maker,
        made_at=event.made_at,
        effective_from=event.made_at if payload["is_effective"] else None,
        expires_at=date.fromisoformat(payload["expires_at"]),
        supersedes=tuple(payload["supersedes"]),
        previous_hash=event.previous,
    )
