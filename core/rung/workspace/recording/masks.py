"""What of a record may be read: sensitive fields are masked for whoever has no clearance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rung.ledger.kinds import EventKind
from rung.text import MASK

if TYPE_CHECKING:
    from rung.ledger.service.customer_records import CustomerRecord
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.workspace import Workspace

__all__ = ["masked_payload", "masked_record", "sensitive_fields", "told_values"]

_KINDS = (EventKind.RECORD_OPENED.value, EventKind.RECORD_CHANGED.value)


def sensitive_fields(record: CustomerRecord, declared: DeclaredType | None) -> frozenset[str]:
    """Return the sensitive fields a record has or had; of a type nobody declares any more, all are."""
    held = {*record.fields, *(name for each in record.changes for name in each.fields)}
    if declared is None:
        return frozenset(held)
    known = {each.id: each.is_sensitive for each in declared.type.fields}
    return frozenset(name for name in held if known.get(name, True))


def masked_record(record: CustomerRecord, hidden: frozenset[str]) -> CustomerRecord:
    """Return a record with the values of some fields masked; that one is not known is not hidden."""
    if not hidden:
        return record
    changes = tuple(replace(each, fields=_masked(each.fields, hidden)) for each in record.changes)
    return replace(record, fields=_masked(record.fields, hidden), changes=changes)


def _masked(fields: Mapping[str, str | None], hidden: frozenset[str]) -> dict[str, str | None]:
    return {name: MASK if name in hidden and value is not None else value for name, value in fields.items()}


def masked_payload(kind: str, payload: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """Return what the event of a record carries, as everybody may read it in a list of acts.

    A field is masked that is sensitive in any type of record here by that name: a change does not say of
    which type its record is.
    """
    fields = payload.get("fields")
    if kind not in _KINDS or not isinstance(fields, dict):
        return payload
    return {**payload, "fields": _masked(fields, frozenset(fields) - workspace.records.open_fields)}


def told_values(kind: str, payload: Mapping[str, Any], workspace: Workspace) -> set[str]:
    """Return the sensitive fields whose values the event of a record carries unmasked."""
    fields = payload.get("fields")
    if kind not in _KINDS or not isinstance(fields, Mapping):
        return set()
    told = {name for name, value in fields.items() if value is not None and value != MASK}
    return told - workspace.records.open_fields
