"""What a rating sheet says: gathered by the workspace, and drawn as it is handed over, masks included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from rung.grading.explanation import CriterionLine, Explanation
from rung.ledger.actor import Actor
from rung.ledger.kinds import InputKind
from rung.ledger.records import InputRecord, Status
from rung.ledger.store import Head
from rung.policy.assumed import Assumption, assumptions
from rung.policy.keys import KeyPath
from rung.policy.model import Policy
from rung.runs.manifest import Manifest
from rung.runs.past import PastGrade
from rung.supplies.shown import PanelShown
from rung.text import Text

__all__ = ["GivenInput", "Grades", "Sheet"]


@dataclass(frozen=True, slots=True)
class Grades:
    """The customer's grade as the machine, the values given and a person have it; None: not graded."""

    model: str | None
    """From the source's values."""
    computed: str | None
    """With judgements and corrections in effect laid in."""
    effective: str | None
    """With an override in effect over it."""
    is_overridden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenInput:
    """One human input on record, its values in words."""

    record: InputRecord
    status: Status
    title: Text | None = None
    """Of the value given; None for an override."""
    was: Text | None = None
    given: Text | None = None
    marks: tuple[Text, ...] = ()
    """What else is to be known: stale, suspended and why."""

    @property
    def is_in_effect(self) -> bool:
        """Whether the day's grade rests on it."""
        return self.status is Status.APPROVED


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One customer in one run, ready to be drawn."""

    explanation: Explanation
    """Why the customer has the computed grade, with the service of the effective one."""
    policy: Policy
    manifest: Manifest
    grades: Grades
    drawn_at: datetime
    drawn_by: str
    """Name of whoever asked for it; empty where nobody is known."""
    inputs: tuple[GivenInput, ...] = ()
    """Open ones first, newest first."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Criterion → the id of the value given for it, where one is in effect."""
    answered: Mapping[str, date] = field(default_factory=dict)
    """Criterion → the day its answer was given, where the source says."""
    people: Mapping[str, Actor] = field(default_factory=dict)
    """By account, as far as the workspace lists them."""
    history: tuple[PastGrade, ...] = ()
    """Newest first, this run among them."""
    is_in_workspace: bool = False
    """Whether there is a place for human input."""
    head: Head | None = None
    """Where the ledger ends; None where there is none."""
    read: frozenset[str] = frozenset()
    """Sensitive quantities whose values are on it."""
    notice: str = ""
    """What whoever looks should know, such as that values are masked."""
    panels: tuple[PanelShown, ...] = ()
    """What plugins show of the customer."""

    @cached_property
    def assumed(self) -> tuple[Assumption, ...]:
        """Every assumed part of the policy."""
        return assumptions(self.policy)

    def is_assumed(self, *path: str | int) -> bool:
        """Whether a part of the policy, or anything in it, is assumed by the program's authors."""
        return any(each.path[: len(path)] == path for each in self.assumed)

    def given_for(self, line: CriterionLine) -> GivenInput | None:
        """Return the judgement or correction in effect that a criterion's value comes from."""
        wanted = self.subjects.get(line.id)
        return next((each for each in self.inputs if each.record.id == wanted), None)

    def has(self, kind: InputKind) -> bool:
        """Whether any input of a kind is on record."""
        return any(each.record.kind is kind for each in self.inputs)


def bears_on(sheet: Sheet, path: KeyPath) -> bool:
    """Return whether a part of the policy had a say in this customer's grade or service."""
    told = sheet.explanation
    match path:
        case ("criteria", int(number), *_):
            return number < len(told.criteria)
        case ("rules", int(number), *_):
            return number < len(told.rules) and told.rules[number].held is True
        case ("gates", int(number), *_):
            return number < len(told.gates) and told.gates[number].fired is not False
        case ("flags", int(number), *_):
            return number < len(told.flags) and told.flags[number].held is not False
        case ("service", str(grade), *_):
            return grade == sheet.grades.effective
        case ("override" | "correction" | "judgement" as kind, *_):
            return sheet.has(InputKind(kind))
    return path[:1] in (("grading",), ("hysteresis",), ("derived",), ("parameters",))
