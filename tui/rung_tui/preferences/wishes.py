"""The file ``terminal.toml``: theme, language, keys, mouse; what is wrong in it is told and left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, Problem, did_you_mean
from rung.text import LANGUAGES
from rung_tui.language import _

__all__ = ["THEMES", "Wishes", "read_wishes"]

THEMES: Final = ("dark", "light", "16")
"""The names of the themes, as a person writes them."""

_KEY: Final = re.compile(r"((ctrl|alt|shift|super|meta)\+)*([a-z0-9_]+|\S)")
# A key as the program names them: f5, ctrl+s, alt+x, slash, or the sign itself.


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person prefers; None: as the program has it."""

    theme: str | None = None
    language: str | None = None
    vim: bool | None = None
    """True: g G ctrl+d ctrl+u n N besides; False: not even j and k."""
    mouse: bool | None = None
    ascii: bool | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    """Act → its keys, separated by blanks."""
    problems: tuple[Problem, ...] = ()


def read_wishes(path: Path) -> Wishes:
    """Read the file; a mistake leaves out what it is in, and a file that is not there is no mistake."""
    try:
        text = path.read_text(encoding="utf-8")
        said = tomllib.loads(text)
    except FileNotFoundError:
        return Wishes()
    except (OSError, UnicodeError) as error:
        return Wishes(
            problems=(Problem(_("It cannot be read: {reason}.").format(reason=error), "", _at(path)),)
        )
    except tomllib.TOMLDecodeError as error:
        return Wishes(problems=(_syntax(error, path),))
    return _checked(said, text, path)


def _syntax(error: tomllib.TOMLDecodeError, path: Path) -> Problem:
    found = re.search(r"line (\d+)", str(error))
    place = _at(path, int(found[1]) if found else None)
    return Problem(_("This is no TOML: {reason}.").format(reason=error), "", place)


def _checked(said: Mapping[str, Any], text: str, path: Path) -> Wishes:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in said.items():
        place = _at(path, _line_of(text, name), name)
        if name not in _KNOWN:
            problems.append(_unknown(name, tuple(_KNOWN), place))
        elif not _KNOWN[name][0](value):
            message = _("{found} does not fit “{name}”.").format(found=repr(value), name=name)
            example = _("For example: {example}").format(example=_KNOWN[name][1])
            problems.append(Problem(message, example, place))
        elif name == "keys":
            given[name] = {}
            for act, keys in value.items():
                at = _at(path, _line_of(text, act), f"keys.{act}")
                wrong = _wrong_keys(keys)
                if wrong:
                    problems.append(Problem(wrong, _("For example: {example}").format(example=_KEYS), at))
                else:
                    given[name][act] = keys
        else:
            given[name] = value
    return Wishes(**given, problems=tuple(problems))


def _wrong_keys(keys: object) -> str:
    """Return what is wrong with the keys of an act; nothing where nothing is."""
    if not isinstance(keys, str) or not keys.split():
        return _("Keys are a text, one or several with blanks between.")
    bad = [key for key in keys.split() if not _KEY.fullmatch(key)]
    return _("“{key}” is no key.").format(key=bad[0]) if bad else ""


def _unknown(name: str, known: tuple[str, ...], place: Place) -> Problem:
    return Problem(_("“{name}” is not known here.").format(name=name), did_you_mean(name, known), place)


def _line_of(text: str, name: str) -> int | None:
    pattern = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[=\]]""")
    return next((number for number, row in enumerate(text.splitlines(), 1) if pattern.match(row)), None)


def _at(path: Path, line: int | None = None, key: str = "") -> Place:
    return Place(str(path), line, key)


_KEYS: Final = 'sort = "s f5"'


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_KNOWN: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "theme": (lambda value: value in THEMES, 'theme = "light"'),
    "language": (lambda value: value in LANGUAGES, 'language = "zh"'),
    "vim": (_is_flag, "vim = true"),
    "mouse": (_is_flag, "mouse = false"),
    "ascii": (_is_flag, "ascii = true"),
    "keys": (lambda value: isinstance(value, dict), f"[keys] {_KEYS}"),
}
