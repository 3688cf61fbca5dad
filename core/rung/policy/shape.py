"""What may stand at a place of a policy, read off the model: the keys of a table, the kind of a value."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from rung.durations import Duration
from rung.policy.conditions import AllOf, Cell
from rung.policy.keys import KeyPath
from rung.policy.model import Policy
from rung.text import Text, _

__all__ = ["choices_at", "keys_at", "wanted_at"]


def keys_at(path: KeyPath, table: Any) -> tuple[str, ...]:
    """Return the keys a table of the policy file may have; none where any key may stand.

    ``table`` is the whole file: which keys ``[grading]`` has depends on its mode.
    """
    keys: dict[str, None] = {}
    for shape in _tables(_shapes_at(path, table)):
        if _is_model(shape):
            keys |= dict.fromkeys(field.alias or name for name, field in shape.model_fields.items())
        elif shape is Text:
            keys |= {"zh": None, "en": None}
    return tuple(keys)


def _tables(shapes: Iterable[Any]) -> Iterator[Any]:
    # One table may stand for a list of one.
    for shape in shapes:
        yield from _branches(get_args(shape)[0]) if get_origin(shape) is tuple else (shape,)


def choices_at(path: KeyPath, table: Any) -> tuple[str, ...]:
    """Return the words that may stand at a place; none where it is not a matter of choice."""
    return tuple(str(word) for shape in _shapes_at(path, table) for word in _words(shape))


def wanted_at(path: KeyPath, table: Any) -> str:
    """Return in words what may stand at a place; empty where the model knows no such place."""
    shapes = list(_shapes_at(path, table))
    if Cell in shapes or AllOf in shapes:
        return _('a condition, such as { days_past_due = "> 90" }')
    if {bool, date, str} <= set(shapes):
        is_list_too = any(get_origin(shape) is tuple for shape in shapes)
        return _value(or_list=is_list_too)
    words = [str(word) for shape in shapes for word in _words(shape)]
    named = [_named(shape) for shape in shapes if not _words(shape)]
    if words:
        named.insert(0, _("one of {words}").format(words=", ".join(words)))
    return _(" or ").join(dict.fromkeys(name for name in named if name))


def _shapes_at(path: KeyPath, table: Any) -> Iterator[Any]:
    shapes: list[Any] = [Policy]
    value = table
    for part in path:
        shapes = [inner for shape in shapes for inner in _step(shape, part, value)]
        value = _inside(value, part)
        shapes = [shape for shape in shapes if _suits(shape, value)] or shapes
    yield from shapes


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _step(shape: Any, part: str | int, value: Any) -> Iterator[Any]:
    """Yield what may stand one key or position further in."""
    origin, inner = get_origin(shape), get_args(shape)
    if origin is tuple and isinstance(part, int):
        yield from _branches(inner[0])
    elif origin is tuple and isinstance(value, dict):
        for branch in _tables((shape,)):
            yield from _step(branch, part, value)
    elif origin is dict:
        yield from _branches(inner[1])
    elif shape is Text:
        yield str
    elif _is_model(shape):
        for name, field in shape.model_fields.items():
            if part == (field.alias or name):
                yield from _branches(field.annotation)


def _branches(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _branches(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for branch in get_args(annotation):
            yield from _branches(branch)
    elif annotation is not type(None):
        yield annotation


def _suits(shape: Any, value: Any) -> bool:
    """Return whether a table's mode, if the model has one, is the one written."""
    if not _is_model(shape) or "mode" not in shape.model_fields or not isinstance(value, dict):
        return True
    return value.get("mode") in get_args(shape.model_fields["mode"].annotation)


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _words(shape: Any) -> tuple[Any, ...]:
    if get_origin(shape) is Literal:
        return get_args(shape)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return tuple(member.value for member in shape)
    return ()


def _value(*, or_list: bool) -> str:
    if or_list:
        return _("a text, a number, a date, true or false, or a list of them")
    return _("a text, a number, a date, true or false")


_NAMES: Final = {
    Text: lambda: _('a text, or { zh = "…", en = "…" }'),
    Duration: lambda: _("a duration, such as 24h, 7d, 2w, 12mo or 1y"),
    Decimal: lambda: _("a number"),
    int: lambda: _("a whole number"),
    bool: lambda: _("true or false"),
    date: lambda: _("a date, such as 2026-01-31"),
    str: lambda: _("a text"),
}


def _named(shape: Any) -> str:
    origin = get_origin(shape)
    if origin is tuple:
        return _("a list")
    if origin is dict or _is_model(shape):
        return _("a table")
    return _NAMES[shape]() if shape in _NAMES else ""
