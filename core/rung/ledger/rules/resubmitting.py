"""A returned human input put forward anew: what changes, what speaks against it, how it then stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rung.errors import Problem
from rung.ledger.actor import Actor, People
from rung.ledger.records import DataInput, InputRecord, Override
from rung.ledger.rules.asked import texts_kept
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.deciding import objections_to_resubmission
from rung.ledger.rules.overrides import drawn_up, objections
from rung.ledger.rules.supplied import drawn_up_value, objections_to_value
from rung.ledger.rules.wanted import Proposal, Resubmission, Supply

__all__ = ["Anew"]


@dataclass(frozen=True, slots=True)
class Anew:
    """A returned input, what its maker changes, and what it rests on now."""

    record: InputRecord
    changes: Resubmission
    ground: Ground
    others: tuple[InputRecord, ...]
    """The other open inputs of the same customer, kind and subject."""

    @property
    def _wanted(self) -> Proposal | Supply:
        record, changes = self.record, self.changes
        given: dict[str, Any] = {
            "reason": record.reason if changes.reason is None else changes.reason,
            "narrative": record.narrative if changes.narrative is None else changes.narrative,
            "evidence": record.evidence if changes.evidence is None else changes.evidence,
            "expires_at": changes.expires_at or record.expires_at,
            "supersedes": tuple(each.id for each in self.others if each.id in record.supersedes),
        }
        if isinstance(record, DataInput):
            value = record.value if changes.value is None else changes.value
            value = None if changes.is_not_known else value
            return Supply(kind=record.kind, subject=record.subject, value=value, **given)
        return Proposal(grade=changes.grade or str(record.proposed_grade), **given)

    def objections(self, who: Actor, people: People, now: datetime) -> Sequence[Problem]:
        """Return what speaks against it: all that would against a new one, and its standing."""
        problems = objections_to_resubmission(self.record, who, people, now)
        if problems:
            return problems
        match self._wanted:
            case Proposal() as proposal:
                rivals = [each for each in self.others if isinstance(each, Override)]
                problems = objections(proposal, self.ground, rivals, who, now, people)
            case Supply() as value:
                data = [each for each in self.others if isinstance(each, DataInput)]
                problems = objections_to_value(value, self.ground, data, who, now, people)
        return [*problems, *texts_kept((self.changes.note,))]

    def drawn_up(self, who: Actor, now: datetime) -> InputRecord:
        """Return the record as it stands then; nothing speaks against it."""
        record = self.record
        made: InputRecord
        match self._wanted:
            case Proposal() as proposal:
                rivals = [each for each in self.others if isinstance(each, Override)]
                made = drawn_up(proposal, self.ground, rivals, who, now, record.id)
            case Supply() as value:
                made = drawn_up_value(value, self.ground, who, now, record.id)
        return replace(
            made,
            maker=record.maker,
            on_behalf_of=record.on_behalf_of,
            made_at=record.made_at,
            supersedes=record.supersedes,
            decisions=record.decisions,
            batch=record.batch,
        )
