"""Reads the TOML files people write: a sane size, UTF-8, and syntax mistakes told with line and column."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterable
from decimal import Decimal, DecimalException
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, RungError
from rung.policy.keys import KeyPath
from rung.policy.locate import line_of
from rung.policy.syntax import syntax_error
from rung.text import _

__all__ = ["decoded", "parse_toml", "read_text"]

_LARGEST: Final = 8_000_000
# Bytes a file may have: enough for a decision table of 10,000 rules in two languages, twice over.
_SHORT: Final = 200_000
# Characters of a text worth keeping once read: one command reads a policy and its library many times.
_DEEPEST: Final = 40
# Levels of nesting: what walks a policy recurses, a policy needs fewer than ten.
_DIGITS: Final = 40
# 1e999999999 is a short text and a number that fills the memory.
_BOUND: Final = 10**_DIGITS


def read_text(path: Path) -> str:
    """Return a file's text without a byte order mark.

    Raises RungError for a file that is missing, unreadable, too large or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            written = file.read(_LARGEST + 1)
    except OSError as error:
        raise RungError.of(
            _("The file cannot be read: {reason}.").format(reason=_reason(error)),
            _("Check the path and its permissions."),
            Place(str(path)),
        ) from error
    return decoded(written, str(path))


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return _("it does not exist")
        case IsADirectoryError():
            return _("it is a folder")
        case PermissionError():
            return _("permission is denied")
    return error.strerror or type(error).__name__


def decoded(written: bytes, name: str) -> str:
    """Return the text of a file's bytes; raises RungError for too many or for what is not UTF-8."""
    if len(written) > _LARGEST:
        raise RungError.of(
            _("The file has more than {n} bytes.").format(n=_LARGEST),
            _("Such a file is a short text; a table of customers is given to `rung grade`."),
            Place(name),
        )
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise RungError.of(
            _("The file is not written in UTF-8."),
            _("Save it as UTF-8: {encoding} is likely what it is now.").format(encoding=_guess(written)),
            Place(name, line),
        ) from error


def _guess(written: bytes) -> str:
    if written.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        written.decode("gb18030")
    except UnicodeDecodeError:
        return _("another encoding")
    return "GB18030"


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return a TOML text's tables; fractions are decimals, exactly as written.

    Raises RungError with line and column of the first syntax mistake: what follows one cannot be read.
    """
    try:
        table = pickle.loads(_read_once(text)) if len(text) < _SHORT else _tables(text)
    except RecursionError:
        raise _nested(name) from None
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(str(error), text, name) from None
    except ValueError:  # more digits than Python reads
        raise _too_long(Place(name)) from None
    _refuse_excess(table, text, name)
    return table


@lru_cache(maxsize=32)
def _read_once(text: str) -> bytes:
    """Return a text's tables, to be taken out anew each time: to read them takes thirty times as long."""
    return pickle.dumps(_tables(text), pickle.HIGHEST_PROTOCOL)


def _tables(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=_number)


def _number(written: str) -> Decimal | float:
    try:
        number = Decimal(written)
    except DecimalException:
        return float(written)
    if number.is_finite() and abs(number.adjusted()) <= _DIGITS:
        return number
    return float(written)  # a number no policy needs, infinity at the most


def _refuse_excess(table: dict[str, Any], text: str, name: str) -> None:
    level: list[Any] = [table]
    for __ in range(_DEEPEST):
        level = [inner for value in level for inner in _inner(value)]
        if any(isinstance(value, int) and abs(value) >= _BOUND for value in level):
            raise _too_long(Place(name, line_of(text, _path_of_excess(table))))
        if not level:
            return
    raise _nested(name)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _path_of_excess(value: Any) -> KeyPath:
    """Return the keys that lead to the first number that is too long; asked for only where there is one."""
    inner: Iterable[tuple[str | int, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in inner:
        if isinstance(member, int) and abs(member) >= _BOUND:
            return (key,)
        if isinstance(member, dict | list) and (rest := _path_of_excess(member)):
            return (key, *rest)
    return ()


def _too_long(place: Place) -> RungError:
    message = _("A whole number has more than {n} digits.").format(n=_DIGITS)
    return RungError.of(message, _("No value graded has so many."), place)


def _nested(name: str) -> RungError:
    return RungError.of(
        _("The file is nested too deep."),
        _("A policy needs no more than {n} levels.").format(n=_DEEPEST),
        Place(name),
    )
