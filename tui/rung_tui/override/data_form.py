"""What has been filled in of a judgement or a correction so far, and the value it amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.errors import Problem
from rung_tui.language import _
from rung_tui.override.form import written_day

if TYPE_CHECKING:
    from rung.ledger import Supply
    from rung.policy.model import InputRules
    from rung.workspace.what_if import ValueToTry

__all__ = ["DataForm"]


@dataclass(frozen=True, slots=True)
class DataForm:
    """The fields of the dialog; None and "" are what nobody touched yet."""

    value: str = ""
    """As it was typed, or the text that stands for what was picked."""
    reason: str | None = None
    narrative: str = ""
    evidence: str = ""
    expires: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written; a reason alone is none."""
        return not any(each.strip() for each in (self.value, self.narrative, self.evidence, self.expires))

    def supply(
        self, subject: ValueToTry, rules: InputRules, supersedes: tuple[str, ...], *, is_tried: bool
    ) -> tuple[Supply, list[Problem]]:
        """Return what is to be recorded, and what in the form cannot even be read.

        What was not touched yet is not held against it until it ``is_tried``.
        """
        from rung.ledger import Supply
        from rung.ledger.grades.value_texts import NOT_KNOWN

        expires, problems = written_day(self.expires)
        if is_tried and not self.value.strip():
            problems.append(
                Problem(_("No value is given."), _("Write “-” if you mean that it is not known."))
            )
        if is_tried and self.reason is None and rules.reasons:
            problems.append(Problem(_("No reason is picked.")))
        reason = self.reason or (rules.reasons[0].id if rules.reasons else "")
        value = self.value.strip()
        supply = Supply(
            kind=subject.kind,
            subject=subject.id,
            value=None if value in NOT_KNOWN else value,
            reason=reason,
            narrative=self.narrative or ("" if is_tried else "…"),
            evidence=self.evidence or ("" if is_tried else "…"),
            expires_at=expires,
            supersedes=supersedes,
        )
        return supply, problems
