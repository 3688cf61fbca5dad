"""Records or alarms as they were read once, as a table reads them: page by page, off the screen's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rung_tui.language import spoken, words
from rung_tui.records.wish import RecordsWish

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.workspace.arrivals.alarms import Looked
    from rung.workspace.arrivals.listed import AlarmList
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.recording.types import DeclaredType
    from rung.workspace.recording.views import RecordList, RecordRow

__all__ = ["AlarmRows", "Listing", "RecordRows", "type_key"]


def type_key(declared: DeclaredType) -> str:
    """Return what a type of record is meant by, whatever other sectors call theirs."""
    return f"{declared.sector}.{declared.type.id}"


class RecordRows:
    """A RowSource over records."""

    def __init__(self, found: RecordList | None) -> None:
        self._found = found

    def __len__(self) -> int:
        return 0 if self._found is None else len(self._found)

    def page(self, start: int, count: int) -> Sequence[RecordRow]:
        """Return ``count`` rows from ``start``."""
        spoken()
        return () if self._found is None else tuple(self._found.rows(start, count))


class AlarmRows:
    """A RowSource over alarms."""

    def __init__(self, found: AlarmList | None) -> None:
        self._found = found

    def __len__(self) -> int:
        return 0 if self._found is None else len(self._found)

    def page(self, start: int, count: int) -> Sequence[ShownAlarm]:
        """Return ``count`` rows from ``start``."""
        spoken()
        return () if self._found is None else self._found.rows(start, count)


@dataclass(frozen=True)
class Listing:
    """What was read by a wish."""

    wish: RecordsWish
    types: tuple[DeclaredType, ...]
    """Every type there is."""
    people: People
    zone: tzinfo
    now: datetime
    """When it was read."""
    records: RecordList | None = None
    alarms: AlarmList | None = None
    looked: Looked | None = None
    """What came to light by looking at alarms."""
    may_read: bool = True
    """Whether a record's sensitive values, masked in lists, are shown once it is opened."""

    def __len__(self) -> int:
        return len(self.alarms) if self.alarms is not None else len(self.records or ())

    @property
    def late(self) -> int:
        """How many are past their time."""
        if self.alarms is not None:
            return self.alarms.late
        return 0 if self.records is None else self.records.late

    def declared(self, key: str | None) -> DeclaredType | None:
        """Return a type by what it is meant by."""
        return next((each for each in self.types if type_key(each) == key), None)

    def called(self, declared: DeclaredType) -> str:
        """Return a type's title, with its sector's where types of several sectors have that title."""
        title = words(declared.type.title)
        if sum(words(each.type.title) == title for each in self.types) < 2:
            return title
        return f"{title} · {words(declared.sector_title)}"

    def place_of(self, number: int) -> int | None:
        """Return where a record stands, None where it is not on the list."""
        numbers = () if self.records is None else self.records.numbers
        return numbers.index(number) if number in numbers else None
