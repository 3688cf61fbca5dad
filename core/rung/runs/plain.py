"""Turns frozen dataclasses into plain JSON values and back, refusing whatever does not fit their types."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

__all__ = ["from_plain", "to_plain"]


def to_plain(value: Any) -> Any:
    """Return dataclasses as tables by field name, tuples as lists, days as ISO 8601, moments so in UTC."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC)
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: Any, found: Any, key: str = "") -> Any:
    """Return ``found`` as a value of the annotation ``kind``.

    Raises ValueError naming the key of the first value that does not fit, by its path.
    """
    if kind is Any:
        return found
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(arguments, found, key)
    if origin is tuple:
        items = _checked(list, found, key)
        return tuple(from_plain(arguments[0], item, f"{key}[{n}]") for n, item in enumerate(items))
    if origin is not None and issubclass(origin, Mapping):
        table = _checked(dict, found, key)
        return {name: from_plain(arguments[1], item, f"{key}.{name}") for name, item in table.items()}
    if is_dataclass(kind):
        return _instance(kind, _checked(dict, found, key), key)
    if issubclass(kind, date):
        return _moment(kind, _checked(str, found, key), key)
    return _checked(kind, found, key)


def _optional(arguments: tuple[Any, ...], found: Any, key: str) -> Any:
    if found is None:
        return None
    (kind,) = (argument for argument in arguments if argument is not type(None))
    return from_plain(kind, found, key)


def _instance(kind: Any, found: dict[str, Any], key: str) -> Any:
    hints = _hints(kind)
    strange = sorted((set(found) - set(hints)) | (_mandatory(kind) - set(found)))
    if strange:
        raise ValueError(f"{key}.{strange[0]}".lstrip("."))
    return kind(**{name: from_plain(hints[name], item, f"{key}.{name}") for name, item in found.items()})


@cache
def _mandatory(kind: Any) -> frozenset[str]:
    """Return the fields that must be there; one with a plain default came later than the first files."""
    return frozenset(item.name for item in fields(kind) if item.default is MISSING)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


def _moment(kind: type[date], found: str, key: str) -> date:
    try:
        return datetime.fromisoformat(found) if kind is datetime else date.fromisoformat(found)
    except ValueError:
        raise ValueError(key.lstrip(".")) from None


def _checked(kind: type, found: Any, key: str) -> Any:
    # bool is an int to Python, but never in these files.
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise ValueError(key.lstrip("."))
    return found
