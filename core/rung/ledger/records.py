"""The record of one human input: what was proposed, by whom and why, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from rung.ledger.kinds import Act, InputKind
from rung.text import Text

__all__ = ["DataInput", "Decision", "InputRecord", "Override", "State", "Status"]


class Status(StrEnum):
    """Where a human input stands on a day."""

    PROPOSED = "proposed"
    """Waits for the approval of others; not in effect."""
    RETURNED = "returned"
    """Waits for its maker to say more; not in effect."""
    APPROVED = "approved"
    """In effect, with as many approvals as the policy asks for, which may be none."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    """Another input of the same kind has taken its place."""

    @property
    def is_open(self) -> bool:
        """Whether it is in effect or may still come to be."""
        return self in (Status.PROPOSED, Status.RETURNED, Status.APPROVED)

    @property
    def words(self) -> Text:
        """The status as a person reads it."""
        return _STATUSES[self]


_STATUSES: Final = {
    Status.PROPOSED: Text("待审批", "awaiting approval"),
    Status.RETURNED: Text("已退回", "returned"),
    Status.APPROVED: Text("生效", "in effect"),
    Status.REJECTED: Text("已否决", "rejected"),
    Status.WITHDRAWN: Text("已撤回", "withdrawn"),
    Status.EXPIRED: Text("已到期", "expired"),
    Status.SUPERSEDED: Text("已被替代", "superseded"),
}


class State(StrEnum):
    """Where a human input stands whatever the day: what its events alone tell."""

    PENDING = "pending"
    RETURNED = "returned"
    IN_EFFECT = "in_effect"
    CLOSED = "closed"
    """Rejected, withdrawn or superseded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person did to a human input after it was proposed."""

    act: Act
    by: str
    """Account of whoever acted."""
    at: datetime
    note: str = ""
    on_behalf_of: str = ""
    """Account of whom they stood in for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRecord:
    """What judgements, corrections and overrides have in common: everything on record of one."""

    id: str
    """The kind's letter and the number of the event that proposed it."""
    kind: InputKind
    customer_id: str
    policy_id: str
    policy_version: str
    policy_hash: str
    """Content hash of the policy."""
    run_id: str
    """The run it was made on."""
    model_grade: str | None
    """The grade the policy computed before, judgements and corrections then in effect included; None where
    the customer was not graded."""
    proposed_grade: str | None
    """The grade given, or the one computed with the value given; None where that leaves it not graded."""
    notches: int | None
    """How many grades better, negative for worse; None where grades are no ranks or there was no grade."""
    reason: str
    """Code of one of the policy's reasons; empty where none is asked for."""
    narrative: str
    evidence: str
    """Where the evidence is kept: a file number, a link."""
    approvals_needed: int
    """How many others must approve, by the policy at the time."""
    approver_role: str = "approver"
    """The role one of them must have at least."""
    other_line: bool = False
    """Whether they may not be of the maker's reporting line."""
    maker: str
    on_behalf_of: str = ""
    """Account of whom the maker stood in for."""
    made_at: datetime
    effective_from: datetime | None
    """None until enough have approved."""
    expires_at: date
    """The last day it is in force."""
    supersedes: tuple[str, ...]
    """Open inputs of the customer it takes the place of, when it takes effect."""
    inputs_hash: str
    """Hash of the values the model grade was computed from."""
    batch: str = ""
    """The first id of those proposed together, for one reason; empty where it was proposed alone."""
    previous_hash: str = ""
    """Hash of the event before; empty while it is not recorded."""
    decisions: tuple[Decision, ...] = ()
    """What happened to it since, oldest first: returned, resubmitted, approved, rejected, withdrawn."""
    superseded_by: str | None = None
    superseded_at: datetime | None = None

    @property
    def is_upward(self) -> bool:
        """Whether it gives a better grade than the model did."""
        return self.notches is not None and self.notches > 0

    @property
    def makers(self) -> frozenset[str]:
        """The accounts whose proposal it is: who put it forward or anew, and for whom."""
        accounts = {self.maker, self.on_behalf_of}
        for decision in self.decisions:
            if decision.act is Act.RESUBMITTED:
                accounts |= {decision.by, decision.on_behalf_of}
        return frozenset(accounts - {""})

    @property
    def approvals(self) -> tuple[Decision, ...]:
        """The approvals that count: those since it was last resubmitted."""
        found: tuple[Decision, ...] = ()
        for decision in self.decisions:
            if decision.act is Act.APPROVED:
                found = (*found, decision)
            elif decision.act is Act.RESUBMITTED:
                found = ()
        return found

    @property
    def last(self) -> Decision | None:
        """What was last done to it, None while nothing was."""
        return self.decisions[-1] if self.decisions else None

    @property
    def withdrawn_at(self) -> datetime | None:
        """When its maker took it back."""
        return self.last.at if self.last and self.last.act is Act.WITHDRAWN else None

    @property
    def state(self) -> State:
        """Where it stands, expiry apart."""
        act = self.last.act if self.last else None
        if act in (Act.WITHDRAWN, Act.REJECTED) or self.superseded_by is not None:
            return State.CLOSED
        if self.effective_from is not None:
            return State.IN_EFFECT
        return State.RETURNED if act is Act.RETURNED else State.PENDING

    def status(self, today: date) -> Status:
        """Return where it stands on a day."""
        act = self.last.act if self.last else None
        if act is Act.WITHDRAWN:
            return Status.WITHDRAWN
        if act is Act.REJECTED:
            return Status.REJECTED
        if self.superseded_by is not None:
            return Status.SUPERSEDED
        if today > self.expires_at:
            return Status.EXPIRED
        if self.effective_from is not None:
            return Status.APPROVED
        return Status.RETURNED if act is Act.RETURNED else Status.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(InputRecord):
    """A person's grade in place of the computed one."""

    kind: InputKind = InputKind.OVERRIDE
    proposed_grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataInput(InputRecord):
    """A person's value in place of the source's: a judgement or a correction."""

    subject: str
    """Id of the quantity whose value is given."""
    value: str | None
    """As ``rung.values`` writes and reads it exactly; None says that the value is not known."""
    was: str | None
    """What the source had."""
