"""What intake is asked for: the source, the vocabulary, the day, the event files, how to treat duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from rung.intake.mapping import MappingFile
from rung.vocabulary import Vocabulary

__all__ = ["Duplicates", "IntakeRequest"]


class Duplicates(StrEnum):
    """What is done where several rows carry one customer id."""

    REFUSE = "refuse"
    """The table is refused."""
    FIRST = "first"
    """The first row in the table's order is kept."""
    LAST = "last"
    """The last row in the table's order is kept."""
    NEWEST = "newest"
    """The row with the latest date is kept, the last of them if several have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRequest:
    """One population to measure."""

    source: Path
    vocabulary: Vocabulary
    as_of: date
    scratch: Path
    """An empty folder for what is decoded on the way; the caller removes it when done with the frame."""
    wanted: frozenset[str] | None = None
    """Ids of the quantities to measure; ``None`` measures all that is found."""
    events: Mapping[str, Path] = field(default_factory=dict)
    """Event table id → its file."""
    mapping: MappingFile | None = None
    duplicates: Duplicates = Duplicates.REFUSE
    newest_by: str | None = None
    """The date field that tells the newest row; needed for ``Duplicates.NEWEST``."""
    is_thorough: bool = False
    """Whether measures are tried on every row beforehand: for when a run over the table has failed."""
