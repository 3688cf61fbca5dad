"""Keeps the sound parts of a faulty policy, so that their meaning is checked in the same round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from rung.errors import Problem
from rung.policy.keys import KeyPath, read_key, written_key
from rung.policy.mistakes import mistakes_in
from rung.policy.model import Policy
from rung.policy.reader import Draft

__all__ = ["Salvage", "salvage"]

_PARTS: Final = frozenset(
    {
        *("criteria", "rules", "gates", "flags", "procedures", "tests"),
        *("meaning", "fields", "parameters", "derived", "service", "roles"),
    }
)
# Lists and tables whose members stand on their own: one can go without the others.
_NAMED: Final = frozenset({"meaning", "service", "derived"})
# Tables whose keys are judged as names, whatever stands under them.
_TEXTS: Final = ("title", "describes", "reason", "text", "version", "zh", "en")
_STOPGAPS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_TEXTS, "?"),
    "points": 0,
    "grading": {"mode": "rules"},
}
# What stands in for a value the model insists on, where no check of meaning looks at it.
_HINGES: Final = frozenset({"grading", "rules", "tests"})
# Without a sound [grading], nothing can be said of these, nor of the criteria as a whole.

_Places = Mapping[str, tuple[int, ...]]
"""List → the positions in the file of the members that are left."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """The sound parts of a policy, as a policy of their own."""

    policy: Policy
    places: _Places
    touched: frozenset[KeyPath]
    """What was mended or taken out, by its key in the file."""
    lost: frozenset[str]
    """Names that stood for what was taken out."""

    def in_file(self, problem: Problem) -> Problem | None:
        """Return a problem of the salvaged policy under its key in the file.

        ``None`` if it may only follow from what was mended or taken out.
        """
        if problem.place is None:
            return None
        path = _restored(read_key(problem.place.key), self.places)
        if self._follows(path) or any(f"{name}”" in problem.message for name in self.lost):
            return None
        return problem.at(replace(problem.place, key=written_key(path)))

    def _follows(self, path: KeyPath) -> bool:
        if any(path[: len(each)] == each for each in self.touched):
            return True
        is_name = path[0] in _NAMED and len(path) == 2
        if not is_name and any(each[: len(path)] == path for each in self.touched):
            return True
        if ("grading",) not in self.touched:
            return False
        return path[0] in _HINGES or (path[0] == "criteria" and len(path) < 3)


def salvage(draft: Draft) -> Salvage | None:
    """Return what is sound in a faulty draft; ``None`` where too little is.

    First each mistake is mended by itself, by a stopgap or by leaving its key out; what is refused
    even so takes the criterion, rule, gate or other part it stands in with it.
    """
    touched = {each.path for each in draft.mistakes}
    out = {_part(path) for path in draft.unjudged}
    for __ in range(3):
        table, places = _without(_mended(draft.table, touched), out)
        try:
            policy = Policy.model_validate(table)
        except ValidationError as error:
            refused = {_restored(each.path, places) for each in mistakes_in(error, table)}
            out |= {_part(path) for path in refused}
        else:
            members = {path for path in touched | out if len(path) == 2 and path[0] in _PARTS}
            return Salvage(policy, places, frozenset(touched | out), frozenset(_names(draft.table, members)))
    return None


def _part(path: KeyPath) -> KeyPath:
    return path[:2] if path[0] in _PARTS else path[:1]


def _restored(path: KeyPath, places: _Places) -> KeyPath:
    match path:
        case (str(name), int(position), *rest) if name in places:
            return (name, places[name][position], *rest)
    return path


def _mended(table: dict[str, Any], paths: Iterable[KeyPath]) -> dict[str, Any]:
    mended = deepcopy(table)
    for path in paths:
        around: Any = mended
        for part in path[:-1]:
            around = _inside(around, part)
        key = path[-1]
        if isinstance(around, dict) and isinstance(key, str):
            around.pop(key, None)
            around.update(_stopgap(path))
    return mended


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) else None


def _stopgap(path: KeyPath) -> dict[str, Any]:
    key = str(path[-1])
    if key == "id":
        return {"id": "un.named" if path == ("id",) else f"unnamed_{abs(hash(path))}"}
    return {key: deepcopy(_STOPGAPS[key])} if key in _STOPGAPS else {}


def _without(table: dict[str, Any], out: Iterable[KeyPath]) -> tuple[dict[str, Any], _Places]:
    """Return the table without some of its parts, and where the members left in its lists stood."""
    gone = set(out)
    left = {key: value for key, value in table.items() if (key,) not in gone}
    for path in gone:
        if len(path) == 1:
            left.update(_stopgap(path))
    places: dict[str, tuple[int, ...]] = {}
    for name in _PARTS & left.keys():
        part = left[name]
        if isinstance(part, list):
            places[name] = tuple(at for at in range(len(part)) if (name, at) not in gone)
            left[name] = [part[at] for at in places[name]]
        elif isinstance(part, dict):
            left[name] = {key: value for key, value in part.items() if (name, key) not in gone}
    return left, places


def _names(table: Mapping[str, Any], members: Iterable[KeyPath]) -> Iterator[str]:
    for path in members:
        name = path[-1]
        if isinstance(name, int):
            name = _inside(_inside(_inside(table, path[0]), name), "id")
        if isinstance(name, str):
            yield name
