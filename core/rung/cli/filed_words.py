"""Records of customers as plain data: as lists give them, with what was done, and their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rung.workspace.recording.words import state_title, type_title

if TYPE_CHECKING:
    from rung.service.records.past import Entry
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.recording.views import RecordRow, ShownRecord

__all__ = ["plain_entry", "plain_row", "plain_type"]


def plain_row(row: RecordRow | ShownRecord) -> dict[str, Any]:
    """Return a record as plain data."""
    record = row.record
    return {
        "id": record.id,
        "customer_id": record.customer_id,
        "customer_name": row.customer_name,
        "type": record.type,
        "sector": record.sector,
        "title": type_title(record, row.declared),
        "state": record.state,
        "state_title": state_title(record, row.declared),
        "is_open": record.is_open,
        "due": record.due,
        "late_days": row.late_days,
        "opened_at": record.opened_at,
        "opened_by": record.maker,
        "changes": len(record.changes),
        "fields": dict(record.fields),
    }


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Return one thing done with a record as plain data."""
    return {
        "record": entry.record,
        "type": entry.type,
        "customer_id": entry.customer_id,
        "at": entry.at,
        "by": entry.by,
        "state": entry.state,
        "state_was": entry.state_was,
        "is_opening": entry.is_opening,
        "is_closing": entry.is_closing,
        "values": entry.values,
        "due": entry.due,
        "note": entry.note,
    }


def plain_type(declared: DeclaredType) -> dict[str, Any]:
    """Return a type of record as plain data, its form included."""
    kind = declared.type
    return {
        "id": kind.id,
        "sector": declared.sector,
        "title": kind.title,
        "about": kind.about,
        "by": kind.by,
        "by_title": declared.by_title,
        "deadline": kind.deadline,
        "cause": kind.cause,
        "fields": [
            {
                "id": each.id,
                "title": each.title,
                "kind": each.kind,
                "unit": each.unit,
                "choices": [{"id": choice.id, "title": choice.title} for choice in each.choices],
                "low": each.field.low,
                "high": each.field.high,
                "is_required": each.is_required,
                "is_sensitive": each.is_sensitive,
                "about": each.about,
                "how": each.how,
            }
            for each in declared.form.fields
        ],
        "states": kind.states,
    }
