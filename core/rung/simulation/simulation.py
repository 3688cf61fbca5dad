"""Whom a change of policy moves: a population graded by two policies, laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.grading.compiled import CompiledPolicy
from rung.simulation.causes import with_causes
from rung.simulation.graded import GRADE, REASON, REFUSAL, Graded
from rung.simulation.load import Owed
from rung.simulation.owed import owed_in
from rung.vocabulary import Quantity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Cell", "Movement", "Outcome", "Population", "Side", "Simulation", "simulated"]

VALUE: Final = "value"


class Movement(StrEnum):
    """How a customer moves from one policy to the other."""

    UP = "up"
    DOWN = "down"
    OTHER = "other"
    """To another grade, where the two policies' grades are no ranks, or not the same ones."""
    NEWLY_GRADED = "newly graded"
    NO_LONGER_GRADED = "no longer graded"


@dataclass(frozen=True, slots=True)
class Population:
    """Who is graded: the customers, in the row order of what they are graded on."""

    name: str
    """The run, or the table."""
    as_of: date
    customers: pl.DataFrame
    """``customer_id``, ``customer_name``, and ``value`` (scaled) where a value is followed."""
    value: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Some customers, and what they are worth."""

    customers: int = 0
    value: int = 0
    """Sum of the value followed, scaled; missing ones count as nothing."""

    def plus(self, other: Cell) -> Cell:
        """Return both together."""
        return Cell(self.customers + other.customers, self.value + other.value)


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two policies makes of the population."""

    compiled: CompiledPolicy
    grades: Mapping[str | None, Cell]
    """By grade, best first; ``None``: not graded."""
    refusals: Mapping[str, int]
    """Customers not graded, by the code of the cause."""
    flagged: Mapping[str, int]
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A cause that moved customers, and how many."""

    code: str
    """See ``rung.simulation.causes``."""
    customers: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """A population by two policies."""

    population: Population
    before: Side
    after: Side
    matrix: Mapping[tuple[str | None, str | None], Cell]
    """Customers by grade before and grade after; only cells with customers."""
    movements: Mapping[Movement, Cell]
    causes: tuple[Outcome, ...]
    """What moved them, the most frequent first."""
    movers: pl.DataFrame
    """Everybody who moves, in the population's order: ``customer_id``, ``customer_name``, ``value`` if
    followed, ``movement``, ``cause``, and of each side ``before_``/``after_`` ``grade``, ``refusal``,
    ``reason`` (codes) and ``score`` (scaled)."""
    notes: tuple[str, ...] = ()
    """What whoever reads it should know, in words."""

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return self.population.customers.height

    @property
    def moved(self) -> int:
        """How many customers get another grade, a first one, or none any more."""
        return self.movers.height

    @property
    def moved_value(self) -> int:
        """What they are worth, scaled."""
        return sum(cell.value for cell in self.movements.values())


def simulated(
    population: Population, before: Graded, after: Graded, notes: tuple[str, ...] = ()
) -> Simulation:
    """Lay two gradings of one population side by side; all of them have their rows in the same order."""
    import polars as pl

    people = population.customers
    if VALUE not in people.columns:
        people = people.with_columns(pl.lit(0, dtype=pl.Int64).alias(VALUE))
    frame = pl.concat([people, _named(before, "before"), _named(after, "after")], how="horizontal")
    frame = frame.with_columns(_movement(before.compiled, after.compiled).alias("movement"))
    movers = with_causes(frame.filter(pl.col("movement").is_not_null()), before.compiled, after.compiled)
    if population.value is None:
        movers = movers.drop(VALUE)
    return Simulation(
        population=population,
        before=_side(before, people[VALUE]),
        after=_side(after, people[VALUE]),
        matrix=_matrix(frame, before.compiled, after.compiled),
        movements=_movements(frame),
        causes=_causes(movers),
        movers=movers,
        notes=notes,
    )


def _named(graded: Graded, side: str) -> pl.DataFrame:
    import polars as pl

    text = pl.String
    return graded.frame.select(
        pl.col(GRADE).cast(text).alias(f"{side}_grade"),
        pl.col(REFUSAL).cast(text).alias(f"{side}_refusal"),
        pl.col(REASON).cast(text).alias(f"{side}_reason"),
        pl.col("score").alias(f"{side}_score"),
        pl.col("^points_.*$").name.prefix(f"{side}_"),
    )


def _movement(before: CompiledPolicy, after: CompiledPolicy) -> pl.Expr:
    """Return how each customer moves; null for who stays."""
    import polars as pl

    one, other = pl.col("before_grade"), pl.col("after_grade")
    named = {movement: pl.lit(movement.value) for movement in Movement}
    between = named[Movement.OTHER]
    if before.grades == after.grades and before.policy.ordered and after.policy.ordered:
        ranks = pl.Enum(after.grades)
        is_better = other.cast(ranks).to_physical() < one.cast(ranks).to_physical()
        between = pl.when(is_better).then(named[Movement.UP]).otherwise(named[Movement.DOWN])
    return (
        pl.when(one.eq_missing(other))
        .then(None)
        .when(one.is_null())
        .then(named[Movement.NEWLY_GRADED])
        .when(other.is_null())
        .then(named[Movement.NO_LONGER_GRADED])
        .otherwise(between)
    )


def _cell() -> list[pl.Expr]:
    import polars as pl

    return [pl.len().alias("customers"), pl.col(VALUE).cast(pl.Int128).sum().alias("worth")]


def _side(graded: Graded, value: pl.Series) -> Side:
    import polars as pl

    frame, compiled = graded.frame, graded.compiled
    counted = frame.select(pl.col(GRADE).cast(pl.String), value).group_by(GRADE).agg(_cell())
    found = {grade: Cell(customers, int(worth)) for grade, customers, worth in counted.iter_rows()}
    left = frame.lazy().select(pl.col(REFUSAL).cast(pl.String)).drop_nulls().group_by(REFUSAL).len().collect()
    masks = frame.group_by("flags").len().rows()
    refused = dict(left.iter_rows())
    return Side(
        compiled=compiled,
        grades={grade: found.get(grade, Cell()) for grade in (*compiled.grades, None)},
        refusals={code: refused[code] for code in (*compiled.refusal_codes, *refused) if code in refused},
        flagged={
            flag.id: sum(count for mask, count in masks if mask >> bit & 1)
            for bit, flag in enumerate(compiled.flags)
        },
        owed=owed_in(graded),
    )


def _matrix(
    frame: pl.DataFrame, before: CompiledPolicy, after: CompiledPolicy
) -> dict[tuple[str | None, str | None], Cell]:
    counted = frame.group_by("before_grade", "after_grade").agg(_cell())
    found = {(one, other): Cell(n, int(worth)) for one, other, n, worth in counted.iter_rows()}
    order = ((one, other) for one in (*before.grades, None) for other in (*after.grades, None))
    return {pair: found[pair] for pair in order if pair in found}


def _movements(frame: pl.DataFrame) -> dict[Movement, Cell]:
    counted = frame.drop_nulls("movement").group_by("movement").agg(_cell())
    found = {Movement(name): Cell(n, int(worth)) for name, n, worth in counted.iter_rows()}
    return {movement: found[movement] for movement in Movement if movement in found}


def _causes(movers: pl.DataFrame) -> tuple[Outcome, ...]:
    counted = movers.group_by("cause").len().sort("len", "cause", descending=[True, False])
    return tuple(Outcome(code, count) for code, count in counted.iter_rows())
