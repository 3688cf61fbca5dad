"""Differences as plain data, for JSON: parts as a policy would write them, each with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rung.durations import Duration
from rung.errors import Place
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not
from rung.policy.diff.difference import Difference
from rung.policy.parts import Part
from rung.text import Text

__all__ = ["plain_difference", "plain_value"]


def plain_difference(
    difference: Difference, before: Place | None = None, after: Place | None = None
) -> dict[str, Any]:
    """Return a difference as plain data; ``before`` and ``after`` are where it is written."""
    return {
        "key": difference.key,
        "change": difference.kind.value,
        "area": difference.area.value,
        "before": plain_value(difference.before),
        "after": plain_value(difference.after),
        "before_at": _plain_place(before),
        "after_at": _plain_place(after),
    }


def _plain_place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line, "key": place.key}


def plain_value(value: object) -> Any:
    """Return a value of the model as a policy writes it; keys left to their default are left out."""
    match value:
        case Part():
            set_ = ((key, getattr(value, key)) for key in type(value).model_fields)
            return {key: plain_value(each) for key, each in set_ if key in value.model_fields_set}
        case Cell() | AllOf() | AnyOf() | Not():
            return _condition(value)
        case Text(zh, en):
            return zh if zh == en else {"zh": zh, "en": en}
        case Duration():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain_value(each) for key, each in value.items()}
        case tuple():
            return [plain_value(each) for each in value]
    return value


def _condition(condition: Condition) -> Any:
    match condition:
        case Cell(name, raw):
            return {name: plain_value(raw)}
        case AnyOf(parts):
            return {"any": [_condition(part) for part in parts]}
        case Not(part):
            return {"not": _condition(part)}
        case AllOf(parts):
            tables = [_condition(part) for part in parts]
            merged = {key: value for table in tables for key, value in table.items()}
            return merged if len(merged) == sum(map(len, tables)) else {"all": tables}
