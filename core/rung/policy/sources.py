"""Which file and line wrote each key of a policy put together from several texts, and what it overrode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rung.errors import Place, Problem
from rung.policy.keys import KeyPath, read_key, written_key
from rung.policy.locate import JOINS, is_written, line_of

__all__ = ["Origin", "Overridden", "Removed", "Setting", "SourceText", "Sources"]


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text behind a policy: its own file, one it is laid over, or a library."""

    name: str
    """What the file is called in messages."""
    text: str
    id: str = ""
    """The policy's id, or the library's sector."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A key where it is written."""

    source: SourceText
    path: KeyPath

    def inside(self, *path: str | int) -> Origin:
        """Return the origin of what stands further in."""
        return Origin(self.source, (*self.path, *path))

    def place(self) -> Place:
        """Return file, line and key; the line of the nearest key around it that stands in the text."""
        return Place(self.source.name, line_of(self.source.text, self.path), written_key(self.path))


@dataclass(frozen=True, slots=True)
class Overridden:
    """A value that another layer replaced, and where it stands."""

    origin: Origin
    value: Any


@dataclass(frozen=True, slots=True)
class Removed:
    """Something a layer took out: what it was and where, and where it was taken out."""

    what: Overridden
    by: Origin


@dataclass(frozen=True, slots=True)
class Setting:
    """One value a policy sets: where it is written, and which values it overrode, the latest last."""

    path: KeyPath
    value: Any
    origin: Origin
    overrode: tuple[Overridden, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts behind one policy."""

    own: SourceText
    """The policy's own file."""
    layers: tuple[SourceText, ...] = ()
    """The policies it is laid over, the lowest first."""
    libraries: tuple[SourceText, ...] = ()
    """The libraries its criteria were taken from."""
    origins: Mapping[KeyPath, Origin] = field(default_factory=dict)
    """Where a key and all below it was written, save what has an entry of its own further down."""
    overrode: Mapping[KeyPath, tuple[Overridden, ...]] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    joins: tuple[KeyPath, ...] = ()
    """The origins' keys that are an any, all or not of a condition."""

    @property
    def name(self) -> str:
        """What the policy's own file is called in messages."""
        return self.own.name

    @property
    def text(self) -> str:
        """The policy's own text."""
        return self.own.text

    def origin(self, path: KeyPath) -> Origin:
        """Return where a key of the policy is written: the one file that set it.

        A condition's cell is known by its field, wherever the joins put it.
        """
        for join in self.joins:
            around = next(at for at, part in enumerate(join) if part in JOINS)
            inside = self.origins[join].inside(*path[around:])
            if join[:around] == path[:around] and is_written(inside.source.text, inside.path):
                return inside
        for depth in range(len(path), -1, -1):
            if path[:depth] in self.origins:
                return self.origins[path[:depth]].inside(*path[depth:])
        return Origin(self.own, path)

    def place(self, path: KeyPath) -> Place:
        """Return where a key of the policy is written, or the nearest key around it."""
        return self.origin(path).place()

    def place_of_absence(self, path: KeyPath) -> Place:
        """Return where a key that is wanted was taken out, else the nearest key around it."""
        origin = self.origin(path)
        taken_out = (each.by.place() for each in self.removed if each.what.origin == origin)
        return next(taken_out, origin.place())

    def order(self, problem: Problem) -> tuple[bool, str, bool, int]:
        """Return what sorts problems as they are read: the policy's own file first, line by line."""
        place = problem.place or Place(self.name)
        return place.file != self.name, place.file, place.line is None, place.line or 0

    def located(self, problem: Problem) -> Problem:
        """Return a problem known by its key alone, at its file and line."""
        if problem.place is None:
            return problem.at(Place(self.name))
        if problem.place.file or problem.place.line is not None or not problem.place.key:
            return problem
        return problem.at(self.place(read_key(problem.place.key)))

    def settings(self, table: Mapping[str, Any]) -> Iterator[Setting]:
        """Yield every value of the policy's ``table``, in its order: each has exactly one source."""
        yield from self._settings((), table)

    def _settings(self, path: KeyPath, value: Any) -> Iterator[Setting]:
        inner = _members(value)
        if inner is None:
            yield Setting(path, value, self.origin(path), self.overrode.get(path, ()))
            return
        for key, member in inner:
            yield from self._settings((*path, key), member)


def _members(value: Any) -> list[tuple[str | int, Any]] | None:
    """Return what a table or a list of tables holds; ``None`` for a value."""
    if isinstance(value, Mapping) and value:
        return list(value.items())
    if isinstance(value, list) and any(isinstance(member, dict | list) for member in value):
        return list(enumerate(value))
    return None
