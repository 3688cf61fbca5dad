"""Writes the fields of a new plugin: as Python, and as the criteria and examples that grade by them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rung.starting.answers import StartField
from rung.text import Text
from rung.vocabulary import Kind

__all__ = ["Graded", "graded_by", "python_fields", "quoted"]

_BOUNDS: Final = {
    Kind.MONEY: (100_000, 10_000),
    Kind.NUMBER: (10, 3),
    Kind.INTEGER: (10, 3),
    Kind.PERCENT: (80, 50),
}
# A bound for the best band and one for the next, to have something to change: nobody's customers are known.


@dataclass(frozen=True, slots=True)
class Graded:
    """How one field is graded at first."""

    field: StartField
    bands: tuple[tuple[str, int], ...]
    """Cell, as TOML, and points of each, the best first."""
    best: str
    """A value of the best band, as TOML; at its very bound where it has one."""
    worst: str
    """The value of the last band that is nearest to the others."""
    between: tuple[str, ...] = ()
    """The first and the last value in between, where there are any."""


def graded_by(field: StartField) -> Graded:
    """Return bands and examples for a field that is graded."""
    if field.kind is Kind.BOOLEAN:
        best, worst = ("false", "true") if field.is_less_better else ("true", "false")
        return Graded(field, ((best, 100), (worst, 0)), best, worst)
    if field.kind is Kind.CATEGORY:
        names = [json.dumps(name) for name, _title in field.choices]
        names = names[::-1] if field.is_less_better else names
        last = len(names) - 1
        points = [100 * (last - place) // last for place in range(len(names))]
        bands = tuple(zip(names, points, strict=True))
        return Graded(field, bands, names[0], names[-1], (names[1], names[-2]) if last > 1 else ())
    high, low = _BOUNDS[field.kind]
    step = Decimal(1) / field.declared().scale
    if field.is_less_better:
        cells = (f"<= {low:_}", f"({low:_}..{high:_}]", f"> {high:_}")
        values = (Decimal(low), low + step, Decimal(high), high + step)
    else:
        cells = (f">= {high:_}", f"[{low:_}..{high:_})", f"< {low:_}")
        values = (Decimal(high), high - step, Decimal(low), low - step)
    best, first, last_between, worst = map(_grouped, values)
    bands = tuple(zip(map(json.dumps, cells), (100, 60, 0), strict=True))
    return Graded(field, bands, best, worst, (first, last_between))


def _grouped(value: Decimal) -> str:
    whole, point, rest = f"{value:f}".partition(".")
    return f"{int(whole):_}{point}{rest}"


def python_fields(fields: tuple[StartField, ...]) -> str:
    """Return the fields as they stand in the tuple of the sector's, each line ending in a newline."""
    return "".join(line + "\n" for field in fields for line in _field(field))


def _field(field: StartField) -> Iterator[str]:
    yield "    Field("
    yield f"        id={json.dumps(field.id)},"
    yield f"        title={_text(field.title)},"
    yield f"        kind=Kind.{field.kind.name},"
    if field.kind is Kind.MONEY:
        yield '        unit="元",'
    if field.choices:
        yield "        choices=("
        for name, title in field.choices:
            yield f"            Choice(id={json.dumps(name)}, title={_text(title)}),"
        yield "        ),"
    if not field.is_graded:
        yield "        is_changeable=False,"
    yield "    ),"


def _text(title: Text) -> str:
    return f"Text({quoted(title.zh)}, {quoted(title.en)})"


def quoted(text: str) -> str:
    """Return a text as Python, as a formatter writes it: in double quotes, unless that takes backslashes."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
