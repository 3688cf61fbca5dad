"""What came of logging a contact or taking one back: the record, the facts, the grade, what is owed now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import DataInput
    from rung.ledger.service.contacts import LoggedContact
    from rung.policy.outcome import OutcomeInEffect
    from rung.service.contacts import NextContact

__all__ = ["ContactMade", "ContactUndone", "FactLearned", "FactState", "Grades", "Restored"]


class FactState(StrEnum):
    """What became of a fact under one policy."""

    COUNTS = "counts"
    """It is laid over the customer's values from now on."""
    AWAITS = "awaits_approval"
    KNOWN = "known_already"
    """The value was in force before."""
    KEPT = "kept"
    """No grade rests on it: it stands with the contact alone."""

    @property
    def words(self) -> Text:
        """The state as a person reads it."""
        return _STATES[self]


_STATES = {
    FactState.COUNTS: Text("已生效", "counts at once"),
    FactState.AWAITS: Text("待审批", "awaits approval"),
    FactState.KNOWN: Text("原已如此", "known already"),
    FactState.KEPT: Text("只随联系记录保存，不影响等级", "kept with the contact: no grade rests on it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLearned:
    """One fact of a contact, and what became of it under one policy."""

    subject: str
    """Id of the quantity."""
    title: Text
    value: str | None
    """As ``rung.values`` writes it; None: it is not known any more."""
    words: Text
    """The value as a person reads it."""
    policy_id: str
    state: FactState
    record: DataInput | None = None
    """The judgement or correction it became."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """One customer's grade under one policy."""

    model: str | None
    computed: str | None
    effective: str | None
    is_overridden: bool = False
    """Whether the effective grade is a person's, and stays so whatever is computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """A contact on record, and how its customer is handled from now on."""

    contact: LoggedContact
    outcome: OutcomeInEffect
    policy_id: str
    customer_name: str | None
    facts: tuple[FactLearned, ...]
    """Under every policy that reads them; see ``FactState``."""
    before: Grades
    after: Grades
    service: tuple[ServiceLine, ...]
    """What is owed with the new grade."""
    next: NextContact | None
    """The next contact; None where none comes due."""
    is_ended: bool
    """Whether the latest contact ended the promise of contact."""
    notices: tuple[str, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether the customer has another grade than before."""
        return self.before.effective != self.after.effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A judgement or correction that a contact's fact had taken the place of."""

    old: DataInput
    record: DataInput | None
    """The new record with the same value; None where it could not come back."""
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUndone:
    """A contact taken back, and what became of its facts."""

    contact: LoggedContact
    policy_id: str | None
    withdrawn: tuple[DataInput, ...]
    restored: tuple[Restored, ...]
    before: Grades | None
    """None where the customer is in no run by the policy any more."""
    after: Grades | None
    next: NextContact | None
    is_ended: bool = False
    """Whether an earlier contact has ended the promise of contact."""
    notices: tuple[str, ...] = ()
