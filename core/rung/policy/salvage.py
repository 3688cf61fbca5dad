"""Keeps the sound parts of a faulty policy, so that their meaning is checked in the same round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from rung.errors import Problem
from rung.policy.keys import KeyPath, read_key, written_key
from rung.policy.mistakes import Mistake, mistakes_in
from rung.policy.model import Policy
from rung.policy.outcomes import NOT_GRADED
from rung.policy.reader import Draft

__all__ = ["Salvage", "salvage"]

_PARTS: Final = frozenset(
    {
        *("criteria", "rules", "gates", "flags", "procedures", "alarms", "outcomes", "tests"),
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

_GRADES: Final[KeyPath] = ("grades",)
_GRADING: Final = ("criteria", "rules", "gates", "flags")
_GIVING: Final = ("grade", "at_most", "at_least", "set", "service_class")
# Where a policy names grades.

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
        if _GRADES in self.touched and path[0] == "grading":
            return True  # their number and order is not known
        if ("grading",) not in self.touched:
            return False
        return path[0] in _HINGES or (path[0] == "criteria" and len(path) < 3)


def salvage(draft: Draft) -> Salvage | None:
    """Return what is sound in a faulty draft; ``None`` where too little is.

    First each mistake is mended by itself, by a stopgap or by leaving its key out; what is refused
    even so takes the criterion, rule, gate or other part it stands in with it.
    """
    if draft.is_baseless:
        return None
    touched = {path for each in draft.mistakes for path in _at_fault(each, draft.table)}
    out = {_part(path) for path in draft.unjudged}
    for __ in range(3):
        table, places = _without(_mended(draft.table, touched), out)
        if _GRADES in touched:
            table["grades"] = _grades_named(draft.table)
        try:
            policy = Policy.model_validate(table)
        except ValidationError as error:
            refused = mistakes_in(error, table)
            touched |= {path for each in refused if not each.path for path in _at_fault(each, draft.table)}
            out |= {_part(_restored(each.path, places)) for each in refused if each.path} - {_GRADES}
        else:
            members = {path for path in touched | out if len(path) == 2 and path[0] in _PARTS}
            return Salvage(policy, places, frozenset(touched | out), frozenset(_names(draft.table, members)))
    return None


def _at_fault(mistake: Mistake, table: Mapping[str, Any]) -> tuple[KeyPath, ...]:
    if mistake.path:
        return (_GRADES,) if mistake.path[0] == "grades" else (mistake.path,)
    # What is wrong with a policy as a whole is how its grades are found.
    return (_GRADES,) if "grading" in table else (_GRADES, ("grading",))


def _grades_named(table: Mapping[str, Any]) -> list[str]:
    """Return every grade the policy seems to have: those listed, then those it gives or promises to."""
    grading = table.get("grading")
    grading = grading if isinstance(grading, dict) else {}
    members = [each for name in _GRADING for each in _listed(table.get(name)) if isinstance(each, dict)]
    bands = [
        each
        for member in members
        for key in ("bands", "levels")
        for each in _listed(member.get(key))
        if isinstance(each, dict)
    ]
    named = [
        *_listed(table.get("grades")),
        *(each for key in ("cutoffs", "shares") for each in _keys(grading.get(key))),
        *(each for row in _listed(grading.get("cells")) for each in _listed(row)),
        *(each.get(key) for each in (*members, *bands) for key in _GIVING),
        *_keys(table.get("meaning")),
        *_keys(table.get("service")),
        grading.get("otherwise"),
    ]
    names = [each for each in named if isinstance(each, str) and 0 < len(each) <= 32 and each != NOT_GRADED]
    return list(dict.fromkeys(names)) or ["?"]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(value: Any) -> list[Any]:
    return list(value) if isinstance(value, dict) else []


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
