"""What was typed of a returned proposal that is put forward anew, and what it says to the core."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung_tui.language import _, spoken
from rung_tui.queue.search import folded

if TYPE_CHECKING:
    from rung.ledger import InputRecord, Resubmission

__all__ = ["FIELDS", "AnewForm"]

FIELDS: Final = ("wanted", "narrative", "evidence", "until", "note")
"""The fields, in the order in which they are filled in."""


@dataclass(frozen=True, slots=True)
class AnewForm:
    """The fields as they were typed; None is what nobody touched and stays as it was."""

    wanted: str | None = None
    """Another grade, of an override; else another value."""
    narrative: str | None = None
    evidence: str | None = None
    until: str | None = None
    note: str | None = None
    """For whoever gave it back."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return self == AnewForm()

    def changes(self, record: InputRecord) -> Resubmission:
        """Return what changes; raises RungError with everything that cannot be read."""
        from rung.ledger import DataInput, Resubmission
        from rung.ledger.grades.value_texts import NOT_KNOWN, check_written

        spoken()
        problems: list[Problem] = []
        grade = value = expires = None
        wanted = (self.wanted or "").strip()
        is_not_known = isinstance(record, DataInput) and wanted in NOT_KNOWN and bool(wanted)
        if wanted and not is_not_known:
            if isinstance(record, DataInput):
                value = wanted
                try:
                    check_written(value)
                except RungError as error:
                    problems += error.problems
            else:
                grade = folded(wanted).upper() if len(wanted) == 1 else wanted
        if (self.until or "").strip():
            try:
                expires = date.fromisoformat(folded(self.until or "").strip())
            except ValueError:
                message = _("“{found}” is no day.").format(found=self.until)
                problems.append(Problem(message, _("Write it as 2027-06-30.")))
        if problems:
            raise RungError.all(problems)
        return Resubmission(
            grade=grade,
            value=value,
            is_not_known=is_not_known,
            narrative=self.narrative,
            evidence=self.evidence,
            expires_at=expires,
            note=(self.note or "").strip(),
        )
