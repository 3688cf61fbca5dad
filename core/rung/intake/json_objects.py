"""One line of JSON as an object of texts: numbers keep the very digits they were written with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from rung.text import _

__all__ = ["more_than_one", "object_of"]


class _RepeatedError(ValueError):
    """A key stands twice in one object."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        raise _RepeatedError(next(key for key in keys if keys.count(key) > 1))
    return found


def _decoder(**more: Any) -> Callable[[str], Any]:
    # Numbers stay texts: a float would lose digits, and every kind of table is read by the same rules.
    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, **more).decode


_quick: Final = _decoder()
_strict: Final = _decoder(object_pairs_hook=_once_each)


def object_of(line: str) -> dict[str, Any]:
    """Return the object a line holds; raises ValueError, in words for a person, where it holds none."""
    try:
        found = _quick(line)
        # As many colons as keys: no key stands twice, and nothing is nested.
        if found.__class__ is not dict or line.count(":") != len(found):
            found = _strict(line)
    except json.JSONDecodeError as error:
        raise ValueError(_("The line is no JSON: it breaks at column {n}.").format(n=error.colno)) from None
    except _RepeatedError as error:
        raise ValueError(_("The key “{name}” stands twice in the line.").format(name=error)) from None
    except RecursionError:
        raise ValueError(_("The line is nested too deep.")) from None
    if not isinstance(found, dict):
        raise ValueError(_("The line holds no JSON object, but {found}.").format(found=_kind(found)))
    if "\\u" in line and not _is_text(found):
        raise ValueError(_("The line holds half of a character (an unpaired \\ud8… escape)."))
    return found


def _is_text(found: dict[str, Any]) -> bool:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _kind(value: object) -> str:
    match value:
        case list():
            return _("a list")
        case dict():
            return _("an object")
        case _:
            return _("a single value")


def more_than_one(key: str, value: object) -> ValueError:
    """Return the error of a list or an object where a table has one value."""
    return ValueError(
        _("“{name}” holds {found}; a cell holds one value.").format(name=key, found=_kind(value))
    )
