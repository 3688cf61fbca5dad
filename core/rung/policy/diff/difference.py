"""One thing that two policies say differently: where it stands in each, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rung.policy.keys import KeyPath, written_key
from rung.policy.model import Policy
from rung.text import Text
from rung.vocabulary import EventTable, Quantity

__all__ = ["Area", "Difference", "Kind", "Step", "Subject"]


class Kind(StrEnum):
    """How something differs."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands elsewhere in its list; ``before`` and ``after`` are its places there, from 1."""


class Area(StrEnum):
    """What a difference bears on."""

    GRADES = "grades"
    """Who gets which grade, or flag."""
    SERVICE = "service"
    """What is promised, and who owes it."""
    OVERRULING = "overruling"
    """What a person may overrule."""
    DAYS = "days"
    """When the policy holds."""
    PARAMETERS = "parameters"
    """A parameter's value; where it is used, that differs as well."""
    WORDS = "words"
    """Titles, reasons, explanations."""
    BASIS = "basis"
    """Whether a value is stated or assumed, and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a difference: a key, a member's name, or a place in a list from 0."""

    key: str | int
    title: Text | None = None
    """What it is called, where it has a title."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy with the names its cells are read by: what is compared."""

    policy: Policy
    quantities: Mapping[str, Quantity]
    """Every quantity it may name, its own fields and derived values among them."""
    events: Mapping[str, EventTable]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Values are those of the model: numbers, texts, cells, conditions, or whole parts."""

    kind: Kind
    area: Area
    trail: tuple[Step, ...]
    """From the policy down to what differs."""
    before: object
    after: object
    before_path: KeyPath | None
    """Where it stands in the policy before; the part around it where it is not there."""
    after_path: KeyPath | None
    quantities: tuple[Quantity | None, Quantity | None] = (None, None)
    """What a cell is asked of, before and after."""

    @property
    def key(self) -> str:
        """The way to it, members of lists by name: ``criteria.assets.bands[0].points``."""
        return written_key(tuple(step.key for step in self.trail))
