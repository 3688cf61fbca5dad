"""What people keep of a customer: what a contact came to, and forms that go from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rung.text import Text
from rung.vocabulary.quantities import Field

__all__ = ["Outcome", "RecordState", "RecordType"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a contact can come to, and what the customer's data say from then on."""

    id: str
    """Its name; a policy's own outcome of that name takes its place."""
    title: Text
    """What people call it."""
    key: str
    """The one small letter, ``a`` to ``z``, that logs it; each outcome has its own."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Field, feature or measure → the value it has from then on, in its units; the word ``"missing"``
    where it turned out not to be known. Never the customer's id or name."""
    again: str | None = None
    """A duration until the next try, such as ``"3d"``; without one the policy's own rhythm goes on."""
    reached: bool = True
    """Whether the customer was spoken to: only then a promise of contact is kept."""
    ends: bool = False
    """Whether the promise of contact stops until something else is known of the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """One state a record goes through."""

    id: str
    """Its name within the record type."""
    title: Text
    """What people call it."""
    is_open: bool = True
    """Whether something is still to be done; a closed record has no day due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """A form people fill in about a customer: a visit report, a complaint, a hardship file."""

    id: str
    """Its name, for the verbs and for ``requires`` in a policy."""
    title: Text
    """What people call it."""
    fields: tuple[Field, ...]
    """What is written down, in the order it is asked; one with ``is_required`` is asked for before the
    record is opened. They are values of the record, never the customer's own, and may have the name of a
    customer's field."""
    states: tuple[RecordState, ...]
    """In the order gone through; the first, an open one, is the state of a new record."""
    deadline: str | None = None
    """A duration from the opening, such as ``"3d"``, by which the record is closed."""
    by: str | None = None
    """The role that sees to it, one of the sector's ``roles``."""
    cause: str | None = None
    """Id of the category field by which records are counted when they are looked at together."""
    about: Text | None = None
    """What it is for, and which of its times are the sector's own choice."""
