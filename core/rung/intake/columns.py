"""Which column of a table each field is read from, and how: by its headers' names or by the mapping file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.intake.headers import Header, matching, nearest
from rung.intake.mapping import ColumnSpec, MappingFile
from rung.text import _, inert
from rung.units import factor
from rung.values import PLAIN, Reading, Value, parse_value
from rung.vocabulary import Quantity
from rung.words import fold

__all__ = ["Column", "Columns", "Wish", "bind_columns"]


@dataclass(frozen=True, slots=True)
class Column:
    """One quantity and where its values come from: a header, a constant, or the line number."""

    quantity: Quantity
    header: Header | None = None
    reading: Reading = PLAIN
    constant: Value | None = None
    is_row_number: bool = False

    @property
    def id(self) -> str:
        """The quantity's id, which is the column's name once read."""
        return self.quantity.id


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns found in one table, and the names nothing was found for."""

    found: tuple[Column, ...]
    absent: tuple[str, ...]
    unmapped: tuple[str, ...]

    def ids(self) -> frozenset[str]:
        """Return the ids of the quantities found."""
        return frozenset(column.id for column in self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for in one table."""

    file: str
    headers: Sequence[Header]
    quantities: Mapping[str, Quantity]
    """Everything to look for, by id."""
    required: frozenset[str] = frozenset()
    specs: Mapping[str, ColumnSpec] = field(default_factory=dict)
    mapping: MappingFile | None = None
    path: tuple[str, ...] = ("customers",)
    """Where the specs stand in the mapping file."""
    header_line: int | None = None
    by_name: frozenset[str] | None = None
    """Ids that may be found by a header's name alone; ``None``: all. The others need the mapping file."""
    reserved: Iterable[str] = ()
    """Ids of quantities whose headers are not to be taken for another's."""


def bind_columns(wish: Wish) -> Columns:
    """Find the column of each quantity wished for.

    Raises RungError with every problem: two headers for one field, a required one without header, a
    mapping to a header that is not there.
    """
    problems: list[Problem] = []
    found: list[Column] = []
    absent: list[str] = []
    claimed = {spec.column for spec in wish.specs.values()}
    free = [header for header in wish.headers if header.name not in claimed]
    for quantity in wish.quantities.values():
        try:
            column = _column(quantity, wish, free)
        except RungError as error:
            problems.extend(error.problems)
            continue
        if column is not None:
            found.append(column)
        elif quantity.id in wish.required:
            problems.append(_nothing_found(quantity, wish))
        else:
            absent.append(quantity.id)
    if problems:
        raise RungError.all(problems)
    taken = {column.header.name for column in found if column.header is not None}
    unmapped = tuple(header.name for header in wish.headers if header.name not in taken)
    return Columns(tuple(found), tuple(absent), unmapped)


def _column(quantity: Quantity, wish: Wish, free: Sequence[Header]) -> Column | None:
    spec = wish.specs.get(quantity.id)
    if spec is not None:
        return _specified(quantity, spec, wish)
    missing = _missing_words(wish.mapping)
    is_open = wish.by_name is None or quantity.id in wish.by_name
    candidates = matching(quantity, free, wish.reserved) if is_open else ()
    if len(candidates) > 1:
        raise _two_headers(quantity, candidates, wish)
    if not candidates:
        return None
    header = candidates[0]
    return Column(
        quantity, header, Reading(unit=header.unit_factor(quantity) or Fraction(1), missing=missing)
    )


def _missing_words(mapping: MappingFile | None) -> frozenset[str] | None:
    words = mapping.source.missing if mapping is not None else None
    return None if words is None else frozenset(map(fold, words))


def _specified(quantity: Quantity, spec: ColumnSpec, wish: Wish) -> Column:
    if spec.row_number:
        return Column(quantity, is_row_number=True)
    if spec.value is not None:
        return Column(quantity, constant=_given(spec.value, quantity, wish, "value"))
    header = _named_header(spec.column or "", quantity, wish)
    unit = factor(spec.unit, quantity) if spec.unit else header.unit_factor(quantity) or Fraction(1)
    if unit is None:
        raise RungError.of(
            _("“{unit}” is no unit of “{name}”.").format(unit=spec.unit, name=quantity.id),
            _("Units known: {names}.").format(names=f"{quantity.unit or '1'}, 千元, 万元, 亿元, %, ratio"),
            _place(wish, quantity.id, "unit"),
        )
    words = {
        fold(word): value
        for word, given in spec.values.items()
        if (value := _given(given, quantity, wish, "values", word)) is not None
    }
    reading = Reading(unit, Fraction(spec.times or 1), words, _missing_words(wish.mapping))
    return Column(quantity, header, reading)


def _given(given: object, quantity: Quantity, wish: Wish, *path: str) -> Value | None:
    try:
        return parse_value(given, quantity)
    except ValueError as error:
        raise RungError.of(str(error), place=_place(wish, quantity.id, *path)) from None


def _place(wish: Wish, *path: str) -> Place | None:
    return wish.mapping.place(*wish.path, *path) if wish.mapping is not None else None


def _named_header(name: str, quantity: Quantity, wish: Wish) -> Header:
    same = [header for header in wish.headers if header.name == name.strip()]
    alike = same or [header for header in wish.headers if fold(header.name) == fold(name)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise _two_headers(quantity, alike, wish)
    raise RungError.of(
        _("{file} has no header “{name}”.").format(file=wish.file, name=name),
        did_you_mean(name, [inert(header.name) for header in wish.headers]),
        _place(wish, quantity.id),
    )


def _two_headers(quantity: Quantity, headers: Sequence[Header], wish: Wish) -> RungError:
    names = ", ".join(
        _("“{name}” (column {n})").format(name=inert(header.name), n=header.position + 1)
        for header in headers
    )
    return RungError.of(
        _("Several headers stand for “{name}”: {headers}.").format(name=quantity.id, headers=names),
        _("Rename one, or choose in the mapping file under [{table}]: {line}").format(
            table=".".join(wish.path), line=_line(quantity, headers[0].name)
        ),
        Place(wish.file, wish.header_line),
    )


def _nothing_found(quantity: Quantity, wish: Wish) -> Problem:
    near = nearest(quantity, wish.headers) or tuple(header.name for header in wish.headers[:3])
    return Problem(
        _("No header stands for “{name}” ({titles}).").format(
            name=quantity.id, titles=f"{quantity.title.zh}, {quantity.title.en}"
        ),
        _("Nearest: {headers}. In a mapping file, under [{table}]: {line}").format(
            headers=", ".join(f"“{inert(name)}”" for name in near),
            table=".".join(wish.path),
            line=_line(quantity, near[0]),
        ),
        Place(wish.file, wish.header_line),
    )


def _line(quantity: Quantity, header: str) -> str:
    quoted = inert(header).replace("\\", "\\\\").replace('"', '\\"')
    return f'{quantity.id} = "{quoted}"'
