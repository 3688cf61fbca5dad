"""Conditions as a policy writes them: tables of name → cell, joined by all, any and not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rung.text import _

__all__ = [
    "AllOf",
    "AnyOf",
    "Cell",
    "Condition",
    "Not",
    "RawCell",
    "Scalar",
    "conditions_in",
    "read_condition",
]

Scalar = str | bool | int | float | Decimal | date
RawCell = Scalar | tuple[Scalar, ...]
"""A cell as TOML gives it, before the kind of its field is known."""

_JOINS = ("all", "any", "not")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field tested by one cell."""

    name: str
    raw: RawCell


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; no part at all always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Cell | AllOf | AnyOf | Not


def read_condition(written: object) -> Condition:
    """Read a table of name → cell; ``any``, ``all`` (lists of tables) and ``not`` (a table) join conditions.

    Raises ValueError, worded for the policy's author.
    """
    if isinstance(written, Cell | AllOf | AnyOf | Not):
        return written
    if not isinstance(written, Mapping):
        raise ValueError(
            _('A condition is a table of field = cell, such as {{ days_past_due = "> 90" }}.').format()
        )
    parts = tuple(_read_part(str(name), value) for name, value in written.items())
    if not parts:
        raise ValueError(_("The condition is empty; name at least one field."))
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _read_part(name: str, value: Any) -> Condition:
    if name not in _JOINS:
        return Cell(name, _raw(name, value))
    if name == "not":
        return Not(read_condition(value))
    if not isinstance(value, list) or not value:
        raise ValueError(
            _("“{name}” takes a list of conditions: {name} = [{{ … }}, {{ … }}].").format(name=name)
        )
    parts = tuple(read_condition(part) for part in value)
    return AllOf(parts) if name == "all" else AnyOf(parts)


def _raw(name: str, value: Any) -> RawCell:
    if isinstance(value, Scalar):
        return value
    if isinstance(value, list) and value and all(isinstance(item, Scalar) for item in value):
        return tuple(value)
    raise ValueError(
        _("The cell of “{name}” must be a text, a number, true, false, a date or a list.").format(name=name)
    )


def conditions_in(condition: Condition) -> Iterator[Cell]:
    """Yield every cell of a condition, in the order written."""
    match condition:
        case Cell():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from conditions_in(part)
        case Not(part):
            yield from conditions_in(part)
