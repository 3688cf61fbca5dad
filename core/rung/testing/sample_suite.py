"""Whether the generated sample is what it promises: any size, equal for equal seeds, known and gradable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from rung.errors import RungError
from rung.intake.headers import headers_of, matching
from rung.testing.digest import of_sample
from rung.testing.grading import Graded, as_tables, grade_all
from rung.testing.installed import told
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests, graded_base
from rung.testing.values_suite import ungraded
from rung.vocabulary import Quantity, Sample, Sector

if TYPE_CHECKING:
    import polars as pl

__all__ = ["SampleTests"]

_SEED = 2026
_TYPE = "a frame of texts, as a user's own file would hold them"


class SampleTests(SectorTests):
    """The sample generator at three sizes."""

    def test_a_sample_of_one_customer_is_graded(self, request: pytest.FixtureRequest) -> None:
        """One row, its events with it, graded by every policy without a fault."""
        self._holds(1, request)

    def test_a_sample_of_a_thousand_customers_is_graded(self, request: pytest.FixtureRequest) -> None:
        """A thousand rows with a thousand ids, graded by every policy without a fault."""
        self._holds(1_000, request)

    def test_a_sample_of_a_hundred_thousand_customers_holds(self, request: pytest.FixtureRequest) -> None:
        """A hundred thousand rows with as many ids, every column known, every event a customer's."""
        sector = self._asks_for("has_sample", request)
        mistakes = Mistakes("make ids from the customer's number, and events only of customers that are made")
        made = _made(sector, 100_000, _SEED, mistakes)
        if made is not None:
            _check_tables(sector, made, 100_000, mistakes)
        mistakes.tell()

    def test_equal_seeds_give_equal_samples(self, request: pytest.FixtureRequest) -> None:
        """The same count and seed give the same tables again; another seed gives others."""
        sector = self._asks_for("has_sample", request)
        mistakes = Mistakes(
            "draw from random.Random(seed) alone: not from the module random, a clock or a set"
        )
        once, again, other = (_made(sector, 200, seed, mistakes) for seed in (1, 1, 2))
        if once is not None and again is not None and other is not None:
            if of_sample(once) != of_sample(again):
                mistakes.add("sample(200, 1)", "differs when made again", "equal tables for equal arguments")
            if of_sample(once) == of_sample(other):
                mistakes.add("sample(200, 2)", "equals sample(200, 1)", "other customers for another seed")
        mistakes.tell()

    def test_every_header_of_the_sample_is_known(self, request: pytest.FixtureRequest) -> None:
        """Each column leads to one field or feature, and each event table to one the sector declares."""
        sector = self._asks_for("has_sample", request)
        mistakes = Mistakes("write the header among the field's aliases, or leave the column out")
        made = _made(sector, 50, _SEED, mistakes)
        if made is not None:
            for mistake in _unknown(sector, made):
                mistakes.add(*mistake)
        mistakes.tell()

    def test_no_measure_fails_on_the_sample(self, request: pytest.FixtureRequest) -> None:
        """Every measure and feature a policy reads is computed for everybody."""
        sector = self._asks_for("has_sample", request)
        self._graded()
        mistakes = Mistakes("mend the measure or feature named")
        for graded in graded_base(sector.id):
            for fault in graded.manifest.faults:
                mistakes.add(graded.policy, fault, "no fault")
            for name in graded.manifest.quality["absent"]:
                mistakes.add(graded.policy, f"{name} is nowhere in the sample", "a column or events for it")
        mistakes.tell()

    def _holds(self, count: int, request: pytest.FixtureRequest) -> None:
        __tracebackhide__ = True
        sector = self._asks_for("has_sample", request)
        mistakes = Mistakes(
            "make as many customers as asked for, each with an id of its own, and values policies take"
        )
        made = _made(sector, count, _SEED, mistakes)
        if made is not None:
            _check_tables(sector, made, count, mistakes)
            for graded in _graded(sector, made, mistakes):
                for mistake in ungraded(graded, count, f"sample({count:,}, {_SEED})"):
                    mistakes.add(*mistake)
        mistakes.tell()


def _made(sector: Sector, count: int, seed: int, mistakes: Mistakes) -> Sample | None:
    assert sector.sample is not None
    where = f"sample({count:,}, {seed})"
    try:
        made = sector.sample(count, seed)
    except Exception as error:
        mistakes.add(where, f"{type(error).__name__}: {error}", "a Sample")
        return None
    if not isinstance(made, Sample):
        mistakes.add(where, f"returns {type(made).__name__}", "rung.sdk.Sample")
        return None
    return made


def _graded(sector: Sector, made: Sample, mistakes: Mistakes) -> list[Graded]:
    try:
        return grade_all(sector, as_tables(made))
    except RungError as error:
        mistakes.add("grading the sample", told(error), "every policy to grade it")
    except Exception as error:
        mistakes.add("grading the sample", f"{type(error).__name__}: {error}", "every policy to grade it")
    return []


def _check_tables(sector: Sector, made: Sample, count: int, mistakes: Mistakes) -> None:
    import polars as pl

    where = f"sample({count:,}, {_SEED})"
    for name, frame in {"customers": made.customers, **made.events}.items():
        if any(dtype != pl.String for dtype in getattr(frame, "dtypes", [None])):
            mistakes.add(f"{where}, {name}", f"columns of {set(map(str, frame.dtypes))}", _TYPE)
            return
    if made.customers.height != count:
        mistakes.add(where, f"{made.customers.height:,} customers", f"{count:,}")
    keys = _column(made.customers, _quantity(sector, sector.key))
    if keys is None:
        mistakes.add(where, f"no column is the key, {sector.key}", "a column for it")
        return
    blank = (keys.fill_null("").str.strip_chars() == "").sum()
    if blank or keys.n_unique() != keys.len():
        mistakes.add(
            where, f"{blank} blank ids, {keys.len() - keys.n_unique()} repeated", "an id of its own for each"
        )
    for table in sector.events:
        if table.id not in made.events:
            continue
        column = next(each for each in table.columns if each.id == table.customer)
        named = _column(made.events[table.id], column)
        if named is None:
            mistakes.add(f"{where}, {table.id}", f"no column is {table.customer}", "the customer's id")
        elif named.len() and not named.is_in(keys.implode()).any():
            mistakes.add(f"{where}, {table.id}", "no event is of a customer of the sample", "their ids")


def _quantity(sector: Sector, name: str) -> Quantity:
    return next(each for each in sector.fields if each.id == name)


def _column(frame: pl.DataFrame, quantity: Quantity) -> pl.Series | None:
    found = matching(quantity, headers_of(frame.columns))
    return frame[frame.columns[found[0].position]] if found else None


def _unknown(sector: Sector, made: Sample) -> Iterator[tuple[str, Any, str]]:
    known = {table.id: table for table in sector.events}
    yield from _strange("customers", made.customers.columns, (*sector.fields, *sector.features))
    for name, frame in made.events.items():
        if name not in known:
            yield "events", f"the sample has a table {name!r}", f"one of {', '.join(known) or 'none'}"
        else:
            yield from _strange(name, frame.columns, known[name].columns)
    for name in known.keys() - made.events.keys():
        yield "events", f"the sample has no table {name!r}", "one for each event table, empty if need be"


def _strange(
    table: str, headers: list[str], quantities: tuple[Quantity, ...]
) -> Iterator[tuple[str, Any, str]]:
    for header in headers_of(headers):
        owners = [each.id for each in quantities if matching(each, [header], [one.id for one in quantities])]
        if len(owners) != 1:
            leads = f"leads to {', '.join(owners)}" if owners else "is no field's"
            yield f"{table}, header {header.name!r}", leads, "the header of one field"
