"""Puts a policy together before it is validated: criteria from libraries merged in, parameters filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from rung.errors import Problem, RungError, did_you_mean
from rung.policy.keys import KeyPath
from rung.policy.library import Libraries, Library
from rung.policy.mistakes import Mistake
from rung.policy.sources import Origin, Overridden, SourceText
from rung.text import _

__all__ = ["Composition", "compose"]

_PARAMETER: Final = re.compile(r"\$\{([^{}]*)\}")
_RIVALS: Final = {"levels": "bands", "bands": "levels"}
# A criterion has one of the two: writing the one replaces the library's other.


@dataclass(slots=True)
class Composition:
    """A policy's table on its way to the model, and what was found wrong with it so far."""

    table: dict[str, Any]
    lent: dict[KeyPath, Origin] = field(default_factory=dict)
    """Keys that a library wrote."""
    hidden: dict[KeyPath, Overridden] = field(default_factory=dict)
    """Keys of a library that the criterion writes itself."""
    libraries: dict[str, SourceText] = field(default_factory=dict)
    """The libraries taken from, by sector."""
    mistakes: list[Mistake] = field(default_factory=list)
    spoiled: list[KeyPath] = field(default_factory=list)
    """Places that cannot be judged any more: their texts wait for a parameter that is not there."""
    incomplete: list[KeyPath] = field(default_factory=list)
    """Criteria that lack what their library would have brought."""
    used: set[str] = field(default_factory=set)
    """Parameters that stand in some text."""

    def spoil(self, path: KeyPath, message: str, hint: str) -> None:
        """Add a mistake at a key, and leave what stands there out of further judgement."""
        self.report(path, message, hint)
        self.spoiled.append(path)

    def report(self, path: KeyPath, message: str, hint: str = "") -> None:
        """Add a mistake at a key."""
        self.mistakes.append(Mistake(path, Problem(message, hint)))


def compose(table: Mapping[str, Any], libraries: Libraries) -> Composition:
    """Return a policy's table with its library criteria merged in and its parameters filled in."""
    made = Composition(dict(table))
    libraries = cache(libraries)  # a policy takes many criteria from one file
    criteria = table.get("criteria")
    if isinstance(criteria, list):
        made.table["criteria"] = [
            _merged(criterion, position, libraries, made) if isinstance(criterion, dict) else criterion
            for position, criterion in enumerate(criteria)
        ]
    parameters = table.get("parameters")
    known = parameters if isinstance(parameters, dict) else {}
    for key, value in made.table.items():
        if key != "parameters":
            made.table[key] = _filled(value, (key,), known, made)
    return made


def _merged(
    criterion: dict[str, Any], position: int, libraries: Libraries, made: Composition
) -> dict[str, Any]:
    use = criterion.get("use")
    if not isinstance(use, str):
        return criterion
    library, name = _looked_up(use, ("criteria", position, "use"), libraries, made)
    if library is None:
        made.incomplete.append(("criteria", position))
        return criterion
    replaced = {_RIVALS[key] for key in criterion if key in _RIVALS}
    taken = {key: value for key, value in library.criteria[name].items() if key not in replaced}
    source = made.libraries.setdefault(library.sector, SourceText(library.name, library.text, library.sector))
    for key, value in library.criteria[name].items():
        origin = Origin(source, (name, key))
        if key not in criterion and key in taken:
            made.lent["criteria", position, key] = origin
        elif key in criterion:
            made.hidden["criteria", position, key] = Overridden(origin, value)
    return {"id": name, **taken, **criterion}


def _looked_up(
    use: str, path: KeyPath, libraries: Libraries, made: Composition
) -> tuple[Library | None, str]:
    sector, point, name = use.partition(".")
    if not (sector and point and name):
        made.report(
            path,
            _("“{use}” names no criterion of a library.").format(use=use),
            _('Write the sector, a point and the name: use = "bank.overdue".'),
        )
        return None, name
    try:
        library = libraries(sector)
    except RungError as error:
        for problem in error.problems:
            made.mistakes.append(Mistake(path, problem))
        return None, name
    if name not in library.criteria:
        made.report(
            path,
            _("The library of “{sector}” has no criterion “{name}”.").format(sector=sector, name=name),
            did_you_mean(use, [f"{sector}.{known}" for known in library.criteria]),
        )
        return None, name
    return library, name


def _filled(value: Any, path: KeyPath, parameters: Mapping[str, Any], made: Composition) -> Any:
    if isinstance(value, str):
        return _filled_text(value, path, parameters, made)
    if isinstance(value, dict):
        return {key: _filled(inner, (*path, key), parameters, made) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, (*path, at), parameters, made) for at, inner in enumerate(value)]
    return value


def _filled_text(text: str, path: KeyPath, parameters: Mapping[str, Any], made: Composition) -> Any:
    names = _PARAMETER.findall(text) if "${" in text else ()
    if not names:
        return text
    made.used |= set(names)
    values = {name: value for name in names for value in _value_of(name, path, parameters, made)}
    if len(values) < len(set(names)):
        return text
    whole = _PARAMETER.fullmatch(text)
    if whole:
        return values[whole[1]]
    return _PARAMETER.sub(lambda found: _written(values[found[1]]), text)


def _value_of(name: str, path: KeyPath, parameters: Mapping[str, Any], made: Composition) -> Iterator[Any]:
    if name not in parameters:
        made.spoil(
            path,
            _("There is no parameter “{name}”.").format(name=name),
            did_you_mean(name, list(parameters)) or _("Declare it under [parameters]."),
        )
    elif isinstance(parameters[name], dict) and "value" in parameters[name]:
        yield parameters[name]["value"]
    else:
        made.spoiled.append(path)  # the parameter itself is at fault, and reported there


def _written(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(_written(item) for item in value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
    return str(value)
