"""What the pipeline is asked for: one population to grade by one policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.runs.store import RunStore

if TYPE_CHECKING:
    from rung.intake import MappingFile
    from rung.policy.reader import LoadedPolicy
    from rung.runs.manifest import SourceStamp

__all__ = ["NOBODY", "GradeRequest"]

NOBODY: Final = "none"
"""In place of a run before: everybody is graded as if for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRequest:
    """One population to grade by one policy."""

    source: Path
    policy: LoadedPolicy
    as_of: date
    created_at: datetime
    events: Mapping[str, Path] = field(default_factory=dict)
    """Event table id → its file."""
    mapping: MappingFile | None = None
    duplicates: str = "refuse"
    """``refuse``, ``first``, ``last`` or ``newest``."""
    newest_by: str | None = None
    source_name: str = ""
    """What the source is called where its path is nobody's business, such as ``-`` for standard input."""
    supplied: SourceStamp | None = None
    """The data source the tables come from, under whose name they then go; None where they are files."""
    history: RunStore | None = None
    """Where the run before is looked for, if the policy looks back at it; None outside of a workspace."""
    confidential: frozenset[str] | None = None
    """Fields that are sensitive besides those marked so, whose values no report of the data quotes; None
    where nothing is confidential."""
    keep: frozenset[str] = frozenset()
    """Quantities kept with the run besides those the policy reads; no grade rests on them."""
    previous: str | None = None
    """The run before, by id, or a file of grades, or ``NOBODY``; found in ``history`` if None."""

    def names(self) -> Mapping[str, str]:
        """Return what tables are called whose path is nobody's business, by table."""
        if self.supplied is None:
            return {"customers": self.source_name} if self.source_name else {}
        return dict.fromkeys(self.supplied.rows, self.supplied.id)
