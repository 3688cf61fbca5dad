"""Which file wrote which key of a policy that was put together from its own text and libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rung.errors import Place, Problem
from rung.policy.keys import KeyPath, read_key, written_key
from rung.policy.library import Library
from rung.policy.locate import line_of

__all__ = ["Borrowed", "Sources"]

Borrowed = Mapping[tuple[int, str], tuple[Library, str]]
"""Criterion's position and key → the library that wrote it, and the criterion's name there."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts behind one policy."""

    name: str
    """What the policy's own file is called in messages."""
    text: str
    borrowed: Borrowed = field(default_factory=dict)

    def place(self, path: KeyPath) -> Place:
        """Return where a key of the policy is written, or the nearest key around it."""
        match path:
            case ("criteria", int(position), str(key), *rest) if (position, key) in self.borrowed:
                library, name = self.borrowed[position, key]
                path = (name, key, *rest)
                return Place(library.name, line_of(library.text, path), written_key(path))
        return Place(self.name, line_of(self.text, path), written_key(path))

    def order(self, problem: Problem) -> tuple[bool, str, bool, int]:
        """Return what sorts problems as they are read: the policy's own file first, line by line."""
        place = problem.place or Place(self.name)
        return place.file != self.name, place.file, place.line is None, place.line or 0

    def located(self, problem: Problem) -> Problem:
        """Return a problem known by its key alone, at its file and line."""
        if problem.place is None:
            return problem.at(Place(self.name))
        if problem.place.line is not None or not problem.place.key:
            return problem
        return problem.at(self.place(read_key(problem.place.key)))
