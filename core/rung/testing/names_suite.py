"""Whether every field, column and choice is found by each of its names, however a table writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import pytest

from rung.errors import RungError
from rung.intake.columns import Wish, bind_columns
from rung.intake.headers import headers_of
from rung.testing.installed import told
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests
from rung.values import parse_value
from rung.vocabulary import Kind, Quantity

__all__ = ["NamesTests"]

_FULL_WIDTH: Final = {ordinal: ordinal + 0xFEE0 for ordinal in range(0x21, 0x7F)} | {0x20: 0x3000}


def _spaced(name: str) -> str:
    half = len(name) // 2
    return f" {name[:half]} {name[half:]} " if half else f" {name} "


_WRITTEN: Final[Mapping[str, Callable[[str], str]]] = {
    "as declared": str,
    "in capitals": str.upper,
    "in full width": lambda name: name.translate(_FULL_WIDTH),
    "with spaces": _spaced,
}
# How people write a header that is the same to them.


class NamesTests(SectorTests):
    """Fields, columns and choices by name."""

    def test_every_field_is_found_by_each_of_its_names(self) -> None:
        """By its id, both titles and every alias, in capitals, full width and with spaces."""
        sector = self._sector
        mistakes = Mistakes(
            "leave a name to one field alone, and write no unit into it that is not the field's"
        )
        for mistake in _unfound([*sector.fields, *sector.features], "customers"):
            mistakes.add(*mistake)
        mistakes.tell()

    def test_every_event_column_is_found_by_each_of_its_names(self, request: pytest.FixtureRequest) -> None:
        """The same of every column of every event table."""
        mistakes = Mistakes("leave a name to one column of the table alone")
        for table in self._asks_for("has_events", request).events:
            for mistake in _unfound(table.columns, table.id):
                mistakes.add(*mistake)
        mistakes.tell()

    def test_every_choice_is_understood_by_each_of_its_words(self) -> None:
        """By its id, both titles and every alias, in capitals and full width; no word means two choices."""
        sector = self._sector
        mistakes = Mistakes(
            "leave a word to one choice alone; words for nothing, such as 无, name a choice only here"
        )
        everything: list[Quantity] = [*sector.fields, *sector.features, *sector.measures]
        everything += [column for table in sector.events for column in table.columns]
        everything += [field for record in sector.records for field in record.fields]
        for quantity in everything:
            if quantity.kind is Kind.CATEGORY:
                for mistake in _misread(quantity):
                    mistakes.add(*mistake)
        mistakes.tell()


def _unfound(quantities: Sequence[Quantity], table: str) -> Iterator[tuple[str, str, str]]:
    """Yield each name that does not lead to its quantity: tables are made of one name of each at a time."""
    for each in quantities:
        yield from _unlike(each, table)
    for place in range(max(len(each.names()) for each in quantities)):
        yield from _unbound(
            {each.id: each.names()[min(place, len(each.names()) - 1)] for each in quantities},
            {each.id: each for each in quantities},
            table,
        )


def _unlike(quantity: Quantity, table: str) -> Iterator[tuple[str, str, str]]:
    """Yield the ways to write a name that are another name to Rung."""
    for name in quantity.names():
        for how, write in _WRITTEN.items():
            header = next(iter(headers_of([write(name)])), None)
            if header is None or header.unit_factor(quantity) is None:
                yield (
                    f"{table}.{quantity.id}",
                    f"the header {write(name)!r} ({how}) is not its",
                    "it to be found",
                )


def _unbound(
    names: Mapping[str, str], wanted: Mapping[str, Quantity], table: str
) -> Iterator[tuple[str, str, str]]:
    """Yield the quantities of a table of such headers that are read from another, or from none."""
    wish = Wish(file=table, headers=headers_of(names.values()), quantities=wanted, reserved=wanted)
    try:
        found = {each.id: each.header for each in bind_columns(wish).found}
    except RungError as error:
        yield table, told(error), "one header for each field"
        return
    for each, header in names.items():
        there = found.get(each)
        if there is None:
            owner = next(
                (name for name, taken in found.items() if taken and taken.name == header.strip()), ""
            )
            by = f"it leads to {owner}" if owner else "nothing is read from it"
            yield f"{table}.{each}", f"the header {header!r}: {by}", f"it to be read as {each}"
        elif there.name != header.strip():
            yield f"{table}.{each}", f"is read from {there.name!r}", f"it to be read from {header!r}"


def _misread(quantity: Quantity) -> Iterator[tuple[str, str, str]]:
    for choice in quantity.choices:
        for word in dict.fromkeys((choice.id, choice.title.zh, choice.title.en, *choice.aliases)):
            for how, write in _WRITTEN.items():
                if how == "with spaces":
                    continue  # inside a word a space is another word
                where = f"{quantity.id}, choice {choice.id}"
                try:
                    found = parse_value(write(word), quantity)
                except ValueError as error:
                    yield where, f"the word {write(word)!r} ({how}): {error}", choice.id
                    continue
                if found != choice.id:
                    yield where, f"the word {write(word)!r} ({how}) means {found}", choice.id
