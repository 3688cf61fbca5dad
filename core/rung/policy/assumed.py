"""Lists what a policy assumes: the values somebody had to choose, first in line to be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from rung.policy.keys import KeyPath
from rung.policy.model import Basis, Policy
from rung.text import Text

__all__ = ["Assumption", "assumptions"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumed part of a policy: where it stands and why it was chosen."""

    path: KeyPath
    because: Text


def assumptions(policy: Policy) -> tuple[Assumption, ...]:
    """Return every assumed part of a policy, in the order of the model."""
    return tuple(_assumed(policy, ()))


def _assumed(part: object, path: KeyPath) -> Iterator[Assumption]:
    if isinstance(part, BaseModel):
        because = getattr(part, "because", None)
        if getattr(part, "basis", None) is Basis.ASSUMED and isinstance(because, Text):
            yield Assumption(path, because)
        for name in type(part).model_fields:
            yield from _assumed(getattr(part, name), (*path, name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _assumed(value, (*path, str(key)))
    elif isinstance(part, tuple):
        for position, value in enumerate(part):
            yield from _assumed(value, (*path, position))
