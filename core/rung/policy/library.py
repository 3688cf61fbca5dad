"""A sector's library: the file ``criteria.toml``, from which a policy takes criteria by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, Problem, RungError
from rung.policy.files import parse_toml, read_text
from rung.policy.locate import line_of
from rung.text import _

__all__ = ["LIBRARY_FILE", "Libraries", "Library", "no_libraries", "parse_library", "read_library"]

LIBRARY_FILE: Final = "criteria.toml"
"""The one file of a folder of policies that is no policy."""


@dataclass(frozen=True, slots=True)
class Library:
    """The named criteria of one sector, as written: tables with the keys of a criterion."""

    sector: str
    name: str
    """What the file is called in messages."""
    text: str
    criteria: Mapping[str, Mapping[str, Any]]


Libraries = Callable[[str], Library]
"""Gives a sector's library by the sector's id; raises RungError where there is none."""


def no_libraries(sector: str) -> Library:
    """Give no library at all: for policies that stand alone."""
    raise RungError.of(_("The library of “{sector}” is not at hand here.").format(sector=sector))


def read_library(path: Path, sector: str) -> Library:
    """Read a sector's library; raises RungError for a file that cannot be read or is no TOML."""
    return parse_library(read_text(path), str(path), sector)


def parse_library(text: str, name: str, sector: str) -> Library:
    """Return the library a text holds; raises RungError with every top-level key that is no table."""
    tables = parse_toml(text, name)
    strays = [
        Problem(
            _("“{key}” is no criterion.").format(key=key),
            _("A library holds one table a criterion: [name], then its keys."),
            Place(name, line_of(text, (key,)), key),
        )
        for key, value in tables.items()
        if not isinstance(value, dict)
    ]
    if strays:
        raise RungError.all(strays)
    return Library(sector, name, text, tables)
