"""What a person wants of the ledger: another grade, another value, or something put forward anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rung.ledger.kinds import InputKind

__all__ = ["Proposal", "Resubmission", "Supply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person wants: another grade for a customer, and why."""

    grade: str
    reason: str
    narrative: str = ""
    evidence: str = ""
    expires_at: date | None = None
    """The last day it shall be in force; None takes the longest the policy allows."""
    supersedes: tuple[str, ...] = ()
    """Ids of the open overrides of the customer it is to take the place of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What a person knows better: the answer to a judged criterion, or a datum corrected, and why."""

    kind: InputKind
    """Judgement or correction."""
    subject: str
    """Id of the quantity whose value is given; of a judgement also that of its criterion."""
    value: str | None
    """As ``value_texts`` reads it; None says that the value is not known."""
    reason: str = ""
    narrative: str = ""
    evidence: str = ""
    expires_at: date | None = None
    """The last day it shall be in force; None takes the longest the policy allows."""
    supersedes: tuple[str, ...] = ()
    """Ids of the open ones of customer, kind and subject that it is to take the place of."""

    def __post_init__(self) -> None:
        if self.kind is InputKind.OVERRIDE:
            raise ValueError("an override gives a grade, no value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmission:
    """What changes where a returned input is put forward anew; None leaves it as it was."""

    grade: str | None = None
    """Of an override."""
    value: str | None = None
    """Of a judgement or correction."""
    is_not_known: bool = False
    """A correction says now that the value is not known."""
    reason: str | None = None
    narrative: str | None = None
    evidence: str | None = None
    expires_at: date | None = None
    note: str = ""
    """What is said to whoever gave it back."""
