"""The quality report: what was read, what was set aside, and how full each column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rung.intake.measures import MeasureFault

__all__ = ["ColumnQuality", "EventQuality", "ExpiredQuality", "FileQuality", "Quality", "Unread"]


@dataclass(frozen=True, slots=True)
class Unread:
    """One value that could not be read."""

    line: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnQuality:
    """How full one column of the measured customers, or of an event table, is."""

    id: str
    header: str = ""
    """The header it was read from; "" for what was computed or given."""
    present: int
    missing: int
    """Blank, or a word for nothing."""
    unread: int = 0
    """There, but unreadable or out of bounds; treated as missing."""
    examples: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuality:
    """What one file held."""

    file: str
    rows: int
    """Rows read, without blank ones."""
    blank_rows: int = 0
    misfits: int = 0
    """Rows with more or fewer fields than the header."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    replaced: int = 0
    """Characters that were no text in the encoding, read as U+FFFD."""
    replaced_lines: tuple[int, ...] = ()
    """The first few lines with such characters."""
    unmapped: tuple[str, ...] = ()
    """Headers nothing was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuality:
    """What one event table held."""

    id: str
    read: FileQuality
    used: int
    """Events of known customers, up to the as-of date."""
    without_customer: int
    without_date: int
    after_as_of: int
    of_unknown_customers: int
    unknown_customers: tuple[str, ...]
    """The first few ids that are no customer's."""
    columns: tuple[ColumnQuality, ...]


@dataclass(frozen=True, slots=True)
class ExpiredQuality:
    """Judged answers that no longer stand, of one column."""

    id: str
    dated_by: str
    """The date that says when an answer was given."""
    before: date
    """Answers given before this day have expired."""
    count: int
    """How many there were; each counts as missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Everything a person should know about the data before trusting a grade."""

    read: FileQuality
    customers: int
    """Rows that stand for a customer and are graded or not graded."""
    without_id: int
    repeated: int
    """Rows left out because another row of the same customer counts."""
    columns: tuple[ColumnQuality, ...]
    absent: tuple[str, ...]
    """Quantities wanted that neither the table nor the events supply."""
    events: tuple[EventQuality, ...] = ()
    faults: tuple[MeasureFault, ...] = ()
    expired: tuple[ExpiredQuality, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain lists and dicts, for JSON."""
        report: dict[str, Any] = _plain(asdict(self))
        return report

    @property
    def rejected_rows(self) -> int:
        """How many rows of customers were set aside."""
        return self.read.misfits + self.without_id + self.repeated


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
