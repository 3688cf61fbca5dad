"""What a policy file says of itself before its first table: id, version and the days it holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from rung.errors import Place, Problem, RungError
from rung.policy.files import parse_toml, read_text
from rung.policy.locate import line_of
from rung.text import _

__all__ = ["Heading", "clashes", "days", "place_in", "read_heading"]

_ID_LINE: Final = re.compile(r"""^\s*id\s*=\s*["'](?P<id>[^"'\n]+)["']""", re.MULTILINE)
# Finds the id of a file that a syntax mistake keeps from being read.
_FIRST_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """One version of a policy, as far as its file tells."""

    source: Path
    id: str
    """The policy's id as far as the file tells it, else the file's name."""
    version: str = ""
    start: date | None = None
    """The first day it holds; ``None``: it always has."""
    end: date | None = None
    """The last day it holds; ``None``: until further notice."""
    is_published: bool = False

    def holds_on(self, day: date) -> bool:
        """Return whether the version is in force on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def read_heading(path: Path) -> Heading:
    """Return what a policy file says of itself; its name for an id where it cannot be read."""
    try:
        text = read_text(path)
    except RungError:
        return Heading(path, path.stem)
    table = _head(text)
    if table is None:
        try:
            table = parse_toml(text, str(path))
        except RungError:
            line = _ID_LINE.search(text)
            return Heading(path, line["id"] if line else path.stem)
    name, version = table.get("id"), table.get("version")
    return Heading(
        path,
        name if isinstance(name, str) else path.stem,
        version if isinstance(version, str) else "",
        _day(table.get("effective_from")),
        _day(table.get("effective_to")),
    )


def _head(text: str) -> dict[str, Any] | None:
    """Return the keys before the first table: a long policy need not be read whole to be found."""
    table = _FIRST_TABLE.search(text)
    try:
        # Cut inside a list or a text, what is left is no TOML, and the whole is read.
        return tomllib.loads(text[: table.start()].replace("\r\n", "\n")) if table else None
    except (ValueError, RecursionError):
        return None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def days(start: date | None, end: date | None) -> str:
    """Return a span of days in words."""
    match start, end:
        case None, None:
            return _("at all times")
        case None, date():
            return _("until {end}").format(end=end)
        case date(), None:
            return _("from {start} on").format(start=start)
    return _("from {start} to {end}").format(start=start, end=end)


def clashes(headings: Iterable[Heading]) -> Iterator[tuple[Heading, Heading, Problem]]:
    """Yield each two files of one id that cannot stand side by side: one version twice, or days in common."""
    for one, other in combinations(headings, 2):
        start = max((each.start for each in (one, other) if each.start), default=None)
        end = min((each.end for each in (one, other) if each.end), default=None)
        if one.version == other.version:
            yield one, other, _stand_twice(one, other)
        elif start is None or end is None or start <= end:
            yield one, other, _overlap(one, other, days(start, end))


def _stand_twice(one: Heading, other: Heading) -> Problem:
    return Problem(
        _("The policy “{name}” stands in several files: {files}.").format(
            name=one.id, files=f"{one.source}, {other.source}"
        ),
        _("Give all but one another id, or another version and days of its own; or name the file."),
        place_in(other.source, "version"),
    )


def _overlap(one: Heading, other: Heading, span: str) -> Problem:
    first, later = sorted((one, other), key=lambda each: each.start or date.min)
    if later.start is None or later.start == first.start:
        hint = _("Let effective_from of the newer one be the day it is to hold from.")
    else:
        hint = _("Write effective_to = {day} in {file}.").format(
            day=later.start - timedelta(days=1), file=first.source
        )
    message = _("Two versions of “{name}” hold {days}: {one} ({one_file}) and {other} ({other_file}).")
    return Problem(
        message.format(
            name=one.id,
            days=span,
            one=first.version,
            one_file=first.source,
            other=later.version,
            other_file=later.source,
        ),
        hint,
        place_in(later.source, "effective_from"),
    )


def place_in(file: Path, key: str) -> Place:
    """Return where a key stands in a policy file."""
    try:
        return Place(str(file), line_of(read_text(file), (key,)), key)
    except RungError:
        return Place(str(file), key=key)
