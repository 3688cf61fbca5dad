"""Lists whose members have names: which lists of a policy those are, and the order a layer asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, Literal, TypeVar

from rung.policy.keys import KeyPath

__all__ = ["Members", "Side", "is_always_named", "is_named_list", "name_key", "name_of"]

Side = Literal["before", "after"]

_LISTS: Final = frozenset({"criteria", "rules", "gates", "flags", "procedures", "alarms", "outcomes"})
_PROMISING: Final = frozenset({"service", "flags"})

_T = TypeVar("_T")


def name_key(path: KeyPath) -> str:
    """Return the key that names the members of the list at ``path``."""
    return "level" if path[-1] == "levels" else "id"


def name_of(entry: Any, key: str) -> str | None:
    """Return the name of a list's member; a criterion's is by default that of its library."""
    if not isinstance(entry, dict):
        return None
    name = entry.get(key)
    if isinstance(name, str):
        return name
    use = entry.get("use")
    return use.rpartition(".")[2] if key == "id" and name is None and isinstance(use, str) else None


def is_always_named(path: KeyPath) -> bool:
    """Return whether the list at ``path`` is changed member by member, whatever stands in it."""
    match path:
        case (str(name),):
            return name in _LISTS
        case ("override" | "correction" | "judgement", "reasons") | ("criteria", int(), "levels"):
            return True
    return False


def is_named_list(path: KeyPath, below: Any, above: Any) -> bool:
    """Return whether a layer's list changes the one below member by member, by their names.

    Promises do where each has an id; one table may stand for a list of one.
    """
    if is_always_named(path):
        return isinstance(below, list) and isinstance(above, list)
    if path[0] not in _PROMISING or not (isinstance(below, list) or isinstance(above, list)):
        return False
    lists = [each if isinstance(each, list) else [each] for each in (below, above)]
    return all(entries and all(map(_has_id, entries)) for entries in lists)


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


class Members(Generic[_T]):
    """The members of such a list in order, by name; a layer changes, adds, removes and moves them."""

    def __init__(self, members: Iterable[tuple[str | None, _T]]) -> None:
        self._members: dict[str | int, _T] = {}
        self._moves: dict[str | int, tuple[Side, str]] = {}
        for name, member in members:
            self.add(name, member)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __getitem__(self, name: str) -> _T:
        return self._members[name]

    def __setitem__(self, name: str, member: _T) -> None:
        self._members[name] = member

    def names(self) -> list[str]:
        """Return the names there are."""
        return [name for name in self._members if isinstance(name, str)]

    def add(self, name: str | None, member: _T) -> str | int:
        """Add a member at the end; return what it is called here: its name, unless another has it."""
        free = len(self._members)
        key: str | int = free if name is None or name in self._members else name
        while isinstance(key, int) and key in self._members:
            key += 1
        self._members[key] = member
        return key

    def remove(self, name: str) -> _T:
        """Take a member out."""
        return self._members.pop(name)

    def move(self, key: str | int, side: Side, anchor: str) -> None:
        """Let a member stand right before or after another, behind those of this layer that do already."""
        self._moves[key] = (side, anchor)

    def in_order(self) -> tuple[list[_T], list[str | int]]:
        """Return the members in the order asked for, and those whose places hang on each other."""
        beside: dict[tuple[Side, str], list[str | int]] = {}
        for key, (side, anchor) in self._moves.items():
            beside.setdefault((side, anchor), []).append(key)
        order: list[str | int] = []
        waiting: list[tuple[str | int, bool]] = [
            (key, False) for key in reversed(self._members) if key not in self._moves
        ]
        while waiting:  # not by recursion: thousands may stand in a chain
            key, is_ready = waiting.pop()
            if is_ready or not isinstance(key, str):
                order.append(key)
                continue
            around = (*beside.get(("before", key), ()), None, *beside.get(("after", key), ()))
            waiting += [(key, True) if each is None else (each, False) for each in reversed(around)]
        placed = set(order)
        stranded = [key for key in self._members if key not in placed]
        return [self._members[key] for key in (*order, *stranded)], stranded
