"""What has been filled in of an override so far, and the proposal it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung_tui.language import _
from rung_tui.queue.search import folded

if TYPE_CHECKING:
    from rung.ledger import Ground, Proposal

__all__ = ["Form", "written_day"]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of the dialog; None and "" are what nobody touched yet."""

    grade: str | None = None
    reason: str | None = None
    narrative: str = ""
    evidence: str = ""
    expires: str = ""
    supersedes: tuple[str, ...] = field(default=())

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return replace(self, supersedes=()) == Form()

    def proposal(self, ground: Ground) -> tuple[Proposal, list[Problem]]:
        """Return the proposal, and what in the form cannot even be read."""
        from rung.ledger import Proposal

        expires, problems = self._day()
        if self.grade is None:
            problems.append(Problem(_("No grade is picked.")))
        if self.reason is None:
            problems.append(Problem(_("No reason is picked.")))
        proposal = Proposal(
            grade=self.grade or "",
            reason=self.reason or ground.rules.reasons[0].id,
            narrative=self.narrative or ("" if self.reason else "…"),
            evidence=self.evidence,
            expires_at=expires,
            supersedes=self.supersedes,
        )
        return proposal, problems

    def supposed(self, ground: Ground) -> Form:
        """Return the form with what is untouched filled in harmlessly, to judge only what was touched."""
        return replace(
            self,
            grade=self.grade or ground.policy.grades[0],
            reason=self.reason or ground.rules.reasons[0].id,
            narrative=self.narrative or "…",
        )

    def _day(self) -> tuple[date | None, list[Problem]]:
        return written_day(self.expires)


def written_day(written: str) -> tuple[date | None, list[Problem]]:
    """Return the day that was typed, None for none, and what is wrong with it."""
    if not written.strip():
        return None, []
    try:
        return _read_day(folded(written).strip()), []
    except (ValueError, OverflowError):
        message = _("“{found}” is no day.").format(found=written)
        return None, [Problem(message, _("Write it as 2027-06-30."))]


_SEPARATORS = str.maketrans("/.。年月", "-----", "日 ")


def _read_day(written: str) -> date:
    """Return the day that 2027-6-30, 2027/06/30, 2027年6月30日 or 20270630 stands for."""
    parts = written.translate(_SEPARATORS).split("-")
    if len(parts) == 1 and len(written) == len("20270630"):
        parts = [written[:4], written[4:6], written[6:]]
    if len(parts) != len(("year", "month", "day")):
        raise ValueError(written)
    year, month, day = map(int, parts)
    return date(year, month, day)
