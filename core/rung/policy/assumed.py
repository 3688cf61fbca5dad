"""Lists what a policy assumes, first in line to be changed, and what it remarks on values it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from rung.policy.keys import KeyPath
from rung.policy.model import Basis, Policy
from rung.text import Text

__all__ = ["Assumption", "assumptions", "stated_remarks"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumed part of a policy: where it stands and why it was chosen."""

    path: KeyPath
    because: Text


def assumptions(policy: Policy) -> tuple[Assumption, ...]:
    """Return every assumed part of a policy, in the order of the model."""
    return tuple(_explained(policy, (), Basis.ASSUMED))


def stated_remarks(policy: Policy) -> tuple[Assumption, ...]:
    """Return every part that is stated and says why all the same: how a source was read."""
    return tuple(_explained(policy, (), Basis.STATED))


def _explained(part: object, path: KeyPath, basis: Basis) -> Iterator[Assumption]:
    if isinstance(part, BaseModel):
        because = getattr(part, "because", None)
        if getattr(part, "basis", None) is basis and isinstance(because, Text):
            yield Assumption(path, because)
        for name in type(part).model_fields:
            yield from _explained(getattr(part, name), (*path, name), basis)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _explained(value, (*path, str(key)), basis)
    elif isinstance(part, tuple):
        for position, value in enumerate(part):
            yield from _explained(value, (*path, position), basis)
