"""Tables of cases beside a policy: one customer a row, and what the policy must say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.policy.grid import GRID_SUFFIXES, Grid, GridRow, read_grid
from rung.policy.keys import read_key
from rung.policy.model import EventCase, Expectation, Policy, PolicyTest, TestValue
from rung.policy.reader import LoadedPolicy
from rung.text import _

__all__ = ["TestedPolicy", "read_cases", "with_cases"]

_EXPECT: Final = "expect."
_EVENT: Final = "event"
_NONE: Final = "-"
# Expects that there is nothing: no flag, no promise.
_LISTS: Final = ("flags", "reasons", "service", "alarms")
_BY_CRITERION: Final = ("points", "bands")
_WORDS: Final = ("grade", "score", *_LISTS, *(f"{name}.<criterion>" for name in _BY_CRITERION))
_FIELD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class TableTest:
    """A test that one or more rows of a table make."""

    test: PolicyTest
    places: tuple[Place, ...]
    """Where each of its customers is written."""


@dataclass(frozen=True, slots=True)
class TestedPolicy:
    """A policy with all its tests: those it carries, then those of the tables beside it."""

    __test__ = False  # no test case of pytest's

    policy: Policy
    loaded: LoadedPolicy
    tables: tuple[TableTest, ...]

    def located(self, problem: Problem) -> Problem:
        """Return a problem known by its key at its file and line, be it of the policy or of a table."""
        if problem.place is None or problem.place.line is not None:
            return self.loaded.located(problem)
        match read_key(problem.place.key):
            case ("tests", int(number), *rest) if number >= len(self.loaded.policy.tests):
                return problem.at(self._table_place(number - len(self.loaded.policy.tests), rest))
        return self.loaded.located(problem)

    def _table_place(self, number: int, rest: list[str | int]) -> Place:
        places = self.tables[number].places
        position = next((part for part in rest if isinstance(part, int)), 0)
        place = places[min(position, len(places) - 1)]
        words = [part for part in rest if isinstance(part, str) and part not in {"customer", "customers"}]
        return Place(place.file, place.line, ".".join(words))


def with_cases(loaded: LoadedPolicy) -> TestedPolicy:
    """Return a policy with the cases of ``<its name>.cases.csv`` and ``.xlsx`` beside its file.

    Raises RungError with every row that makes no test.
    """
    found: list[TableTest] = []
    problems: list[Problem] = []
    for path in _tables(loaded.source):
        try:
            found += read_cases(path)
        except RungError as error:
            problems += error.problems
    if problems:
        raise RungError.all(problems)
    tests = (*loaded.policy.tests, *(each.test for each in found))
    return TestedPolicy(loaded.policy.model_copy(update={"tests": tests}), loaded, tuple(found))


def _tables(source: Path | None) -> Iterator[Path]:
    if source is not None:
        beside = (source.with_suffix(f".cases{suffix}") for suffix in GRID_SUFFIXES)
        yield from (path for path in beside if path.is_file())


def read_cases(path: Path) -> tuple[TableTest, ...]:
    """Read a table of cases; raises RungError with every column and row that is none."""
    grid = read_grid(path)
    problems = [_stray_column(grid, header) for header in grid.headers if header and not _is_known(header)]
    if problems:
        raise RungError.all(problems)
    populations: dict[str, list[GridRow]] = {}
    for row in grid.rows:
        populations.setdefault(row.cells.get("population") or f" {row.line}", []).append(row)
    tests: list[TableTest] = []
    for rows in populations.values():
        try:
            tests.append(_test(rows, grid))
        except RungError as error:
            problems += error.problems
    if problems:
        raise RungError.all(problems)
    return tuple(tests)


def _is_known(header: str) -> bool:
    if not header.startswith(_EXPECT):
        return all(_FIELD.fullmatch(part) for part in header.removeprefix(f"{_EVENT}.").split("."))
    what, dot, criterion = header.removeprefix(_EXPECT).partition(".")
    return bool(criterion) if what in _BY_CRITERION else not dot and what in _WORDS


def _stray_column(grid: Grid, header: str) -> Problem:
    known = [f"{_EXPECT}{word}" for word in _WORDS]
    return Problem(
        _("The column “{name}” is neither a field nor something to expect.").format(name=header),
        did_you_mean(header, known),
        grid.place(grid.header_line, header),
    )


def _test(rows: list[GridRow], grid: Grid) -> TableTest:
    customers = [_customer(row) for row in rows]
    expected = tuple(_expectation(row, grid) for row in rows)
    event = _event(rows[0])
    written: dict[str, Any] = {"name": rows[0].cells.get("name", ""), "expect": expected}
    if "population" in rows[0].cells:
        written |= {"customers": tuple(customers)}
    else:
        written |= {"customer": customers[0]}
    if event is not None:
        written["event"] = event
    try:
        test = PolicyTest(**written)
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise RungError.of(message, "", grid.place(rows[0].line)) from None
    return TableTest(test, tuple(grid.place(row.line) for row in rows))


def _customer(row: GridRow) -> dict[str, str]:
    reserved = ("name", "population", _EVENT)
    return {
        header: cell
        for header, cell in row.cells.items()
        if header not in reserved and not header.startswith((_EXPECT, f"{_EVENT}."))
    }


def _event(row: GridRow) -> EventCase | None:
    if _EVENT not in row.cells:
        return None
    prefix = f"{_EVENT}."
    values: dict[str, TestValue] = {
        header.removeprefix(prefix): cell for header, cell in row.cells.items() if header.startswith(prefix)
    }
    return EventCase(table=row.cells[_EVENT], values=values)


def _expectation(row: GridRow, grid: Grid) -> Expectation:
    told = {
        header.removeprefix(_EXPECT): cell for header, cell in row.cells.items() if header.startswith(_EXPECT)
    }
    written: dict[str, Any] = {}
    for header, cell in told.items():
        what, _dot, criterion = header.partition(".")
        if what in _LISTS:
            written[what] = () if cell == _NONE else tuple(cell.split())
        elif what in _BY_CRITERION:
            written.setdefault(what, {})[criterion] = _number(cell, row, f"{_EXPECT}{header}", grid)
        else:
            written[what] = _number(cell, row, f"{_EXPECT}{header}", grid) if what == "score" else cell
    return _checked(written, row, grid)


def _checked(written: Mapping[str, Any], row: GridRow, grid: Grid) -> Expectation:
    try:
        return Expectation(**written)
    except ValidationError as error:
        first = error.errors()[0]
        header = _EXPECT + ".".join(map(str, first["loc"]))
        raise RungError.of(str(first["msg"]), "", grid.place(row.line, header)) from None


def _number(cell: str, row: GridRow, header: str, grid: Grid) -> Decimal | int | None:
    if cell == _NONE:
        return None
    try:
        number = Decimal(cell)
    except InvalidOperation:
        raise RungError.of(
            _("“{found}” is no number.").format(found=cell), "", grid.place(row.line, header)
        ) from None
    is_band = header.startswith(f"{_EXPECT}bands.")
    return int(number) if is_band and number == int(number) else number
