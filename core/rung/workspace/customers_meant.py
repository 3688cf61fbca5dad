"""Which customers of a run are meant: by id, by grade, by flag, by their values, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError, did_you_mean
from rung.policy.cells import Test, read_cell
from rung.text import _
from rung.vocabulary import Quantity
from rung.words import fold

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.compiled import CompiledPolicy
    from rung.runs.run import Run

__all__ = ["CustomersWanted", "View", "customers_meant", "read_where"]

_SHOWN: Final = 5
# Ids named in a message; the rest is counted.


class View(StrEnum):
    """Where a customer of a run stands."""

    STALE = "stale"
    """The grade a human input was made on has changed since, or the input is suspended."""
    OVERRIDDEN = "overridden"
    """With an open override, in effect or awaiting approval."""
    UNGRADED = "ungraded"
    THIN = "thin"
    """Less than 60 % of the weight rests on real values."""


_THIN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersWanted:
    """Which customers are wanted; what is not given does not matter, what is given holds together."""

    customers: tuple[str, ...] | None = None
    """By id, or by name."""
    grades: tuple[str, ...] = ()
    """With one of these effective grades."""
    flags: tuple[str, ...] = ()
    """With all of these flags."""
    where: tuple[tuple[str, str], ...] = ()
    """Field and cell, in the policy's language: ("days_past_due", "> 30"); every one holds."""
    views: tuple[View, ...] = ()
    """Each of them holds."""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the list of customers is asked for."""
        return bool(self.grades or self.flags or self.where or self.views)


_WHERE: Final = re.compile(r"\s*(?P<name>[^=<>!]+?)\s*(?P<sign>=(?![=])|(?=<=|>=|!=|<|>))\s*(?P<cell>.+)")


def read_where(written: str) -> tuple[str, str]:
    """Return the field and the cell of a filter; raises RungError for what is none.

    ``late=> 30``, ``late > 30``, ``town=本市``, ``opened=missing``: what follows the first sign of
    equality is the cell, and the sign may be left out before a comparison.
    """
    match = _WHERE.fullmatch(written)
    if match is None:
        raise RungError.of(
            _("“{found}” is no filter.").format(found=written),
            _("Write a field, = and a cell, such as “days_past_due=> 30” or “town=missing”."),
        )
    return match["name"], match["cell"].strip()


def customers_meant(
    run: Run,
    compiled: CompiledPolicy,
    wanted: CustomersWanted,
    touched: Callable[[], pl.DataFrame],
    known: Iterable[str],
) -> tuple[int, ...]:
    """Return the places in a run of the customers wanted: as listed, else in the run's order.

    ``touched`` gives the customers with open human input (see ``LaidOver.customers``); ``known`` are the
    ids of the quantities that may be filtered by. Raises RungError with every mistake in what is wanted:
    grades, flags and fields there are not, cells that cannot be read, customers who are not in the run.
    """
    problems = list(_strangers(wanted, compiled))
    tests = list(_tests(wanted, compiled, frozenset(known), problems))
    rows = None if wanted.customers is None else _rows(run, wanted.customers, problems)
    if problems:
        raise RungError.all(problems)
    if not wanted.is_filtered:
        return tuple(range(run.manifest.rows)) if rows is None else tuple(rows)
    kept = _kept(run, compiled, wanted, touched, tests)
    places = [place for place, is_kept in enumerate(kept) if is_kept]
    if rows is None:
        return tuple(places)
    found = frozenset(places)
    return tuple(row for row in rows if row in found)


def _strangers(wanted: CustomersWanted, compiled: CompiledPolicy) -> Iterator[Problem]:
    flags = tuple(flag.id for flag in compiled.flags)
    for grade in wanted.grades:
        if grade not in compiled.grades:
            message = _("“{grade}” is no grade of the policy “{policy}”.")
            hint = did_you_mean(grade, compiled.grades)
            yield Problem(message.format(grade=grade, policy=compiled.policy.id), hint)
    for flag in wanted.flags:
        if flag not in flags:
            message = _("“{flag}” is no flag of the policy “{policy}”.")
            yield Problem(message.format(flag=flag, policy=compiled.policy.id), did_you_mean(flag, flags))


def _tests(
    wanted: CustomersWanted, compiled: CompiledPolicy, known: frozenset[str], problems: list[Problem]
) -> Iterator[tuple[Quantity, Test]]:
    quantities = {name: each for name, each in compiled.quantities.items() if name in known}
    words = {fold(word): each for each in quantities.values() for word in reversed(each.names())}
    for name, cell in wanted.where:
        quantity = quantities.get(name) or words.get(fold(name))
        if quantity is None:
            message = _("The run keeps no value “{found}” to filter by.")
            problems.append(Problem(message.format(found=name), did_you_mean(name, sorted(quantities))))
            continue
        try:
            yield quantity, read_cell(cell, quantity)
        except RungError as error:
            problems += error.problems


def _rows(run: Run, customers: Iterable[str], problems: list[Problem]) -> list[int]:
    """Return the places of customers by id, else by name."""
    import polars as pl

    frame = run.frame().select("customer_id", "customer_name").with_row_index("row")
    asked = pl.Series(list(dict.fromkeys(customers)), dtype=pl.String)
    every = frame.filter(
        pl.col("customer_id").is_in(asked.implode()) | pl.col("customer_name").is_in(asked.implode())
    ).collect()
    by_name = dict(zip(reversed(every["customer_name"]), reversed(every["row"]), strict=True))
    places = {**by_name, **dict(zip(every["customer_id"], every["row"], strict=True))}
    strangers = [each for each in asked if each not in places]
    if strangers:
        named = _(", ").join(f"“{each}”" for each in strangers[:_SHOWN])
        more = len(strangers) - _SHOWN
        message = _("There is no customer {names} in the run “{run}”.")
        words = message.format(names=named, run=run.manifest.run_id)
        hint = _("Besides these {n} others are not in it.").format(n=f"{more:,}") if more > 0 else ""
        problems.append(Problem(words, hint))
    return list(dict.fromkeys(places[each] for each in asked if each in places))


def _kept(
    run: Run,
    compiled: CompiledPolicy,
    wanted: CustomersWanted,
    touched: Callable[[], pl.DataFrame],
    tests: Iterable[tuple[Quantity, Test]],
) -> pl.Series:
    import polars as pl

    asked = [
        pl.col("flags") & (1 << place) != 0
        for place, flag in enumerate(compiled.flags)
        if flag.id in wanted.flags
    ]
    asked += [_OF_RUN[view]() for view in wanted.views if view in _OF_RUN]
    kept = pl.repeat(True, run.manifest.rows, eager=True, dtype=pl.Boolean)
    if asked:
        kept &= run.frame().select(pl.all_horizontal(asked).fill_null(value=False)).collect().to_series()
    by_people = [_OF_PEOPLE[view]() for view in wanted.views if view in _OF_PEOPLE]
    if wanted.grades or by_people:
        # Only what people may have set needs the ledger.
        kept &= _standing(run, wanted.grades, by_people, touched())
    measured = list(tests)
    return kept & _holding(run, measured) if measured else kept


def _standing(
    run: Run, grades: tuple[str, ...], by_people: list[pl.Expr], touched: pl.DataFrame
) -> pl.Series:
    """Return who has one of these effective grades, and stands so as the ledger has it."""
    import polars as pl

    kept = pl.repeat(True, run.manifest.rows, eager=True, dtype=pl.Boolean)
    if grades:
        effective = run.frame().select(pl.col("model_grade").cast(pl.String)).collect().to_series()
        given = touched["effective_grade"].cast(pl.String)
        kept &= effective.scatter(touched["row"], given).is_in(grades).fill_null(value=False)
    if by_people:
        rows = touched.filter(pl.all_horizontal(by_people))["row"]
        kept &= pl.repeat(False, run.manifest.rows, eager=True, dtype=pl.Boolean).scatter(rows, True)
    return kept


def _stale() -> pl.Expr:
    import polars as pl

    return pl.col("is_stale") | pl.col("suspended").is_not_null()


def _overridden() -> pl.Expr:
    import polars as pl

    return pl.col("override").is_not_null() | pl.col("pending").is_not_null()


def _ungraded() -> pl.Expr:
    import polars as pl

    return pl.col("model_grade").is_null()


def _thin() -> pl.Expr:
    import polars as pl

    return pl.col("evidence") < _THIN


_OF_RUN: Final = {View.UNGRADED: _ungraded, View.THIN: _thin}
_OF_PEOPLE: Final = {View.STALE: _stale, View.OVERRIDDEN: _overridden}


def _holding(run: Run, tests: Iterable[tuple[Quantity, Test]]) -> pl.Series:
    import narwhals.stable.v2 as nw
    import polars as pl

    from rung.grading.predicates import test_expression
    from rung.runs.run import MEASURED

    frame = nw.from_native(pl.scan_ipc(run.folder / MEASURED))
    held = nw.all_horizontal(
        *(test_expression(quantity, test).fill_null(value=False) for quantity, test in tests),
        ignore_nulls=False,
    )
    found: pl.LazyFrame = frame.select(held.alias("held")).to_native()
    return found.collect().to_series()
