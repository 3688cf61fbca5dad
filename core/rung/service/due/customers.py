"""The customers of a run for a due list: who they are, whose they are, and which of them are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from rung.service.bound import Standing
from rung.service.day_columns import MOMENT
from rung.service.due.asked import Chosen
from rung.service.due_list import WHO
from rung.service.placing import places_in

__all__ = ["Customers"]


@dataclass(frozen=True)
class Customers:
    """The customers of a run, in its row order."""

    standing: Standing
    chosen: Chosen
    holders: pl.DataFrame | None
    """Whose they are by the ledger: the columns of ``HOLDERS``."""

    @cached_property
    def who(self) -> pl.DataFrame:
        """Everybody: the columns of ``WHO``."""
        frame = self.standing.frame
        codes = frame["grade"].to_physical().cast(pl.Int32).alias("place")
        found = frame.select("customer_id", "customer_name", "grade", "portfolio").with_columns(codes)
        holder = pl.Series("holder", [None], dtype=pl.String).new_from_index(0, found.height)
        if self.holders is None or self.holders.is_empty():
            return found.with_columns(holder).select(list(WHO))
        places, held = self._placed
        free = places.filter(held["account"].is_null())
        # Who is in the pool is nobody's, whatever the source says.
        portfolio = found["portfolio"].scatter(free, None)
        return found.with_columns(holder.scatter(places, held["account"]), portfolio).select(list(WHO))

    @cached_property
    def held_since(self) -> pl.Series:
        """Since when whoever holds a customer does, as far as the ledger tells."""
        since = pl.Series("held", [None], dtype=MOMENT).new_from_index(0, self.standing.frame.height)
        if self.holders is None:
            return since
        places, held = self._placed
        return since.scatter(places, held["since"].cast(MOMENT))

    @cached_property
    def _placed(self) -> tuple[pl.Series, pl.DataFrame]:
        """The places in the run of those whom the ledger tells of, and what it tells."""
        assert self.holders is not None
        places = places_in(self.standing.frame["customer_id"], self.holders["customer_id"])
        is_there = places.is_not_null()
        return places.filter(is_there), self.holders.filter(is_there)

    @cached_property
    def wanted(self) -> pl.Series | None:
        """Whether each is chosen; None where all are."""
        tests = self._tests()
        return self.who.select(pl.all_horizontal(tests)).to_series() if tests else None

    def _tests(self) -> list[pl.Expr]:
        chosen = self.chosen
        tests: list[pl.Expr] = []
        if chosen.grades is not None:
            names = pl.col("grade").cast(pl.String)
            tests.append(names.is_in(sorted(chosen.grades)).fill_null(value=False))
        if chosen.rows is not None:
            rows = chosen.rows.implode()
            tests.append(pl.int_range(pl.len(), dtype=pl.UInt32).is_in(rows))
        if chosen.portfolios is not None or chosen.holders is not None:
            own = pl.col("portfolio").is_in(sorted(chosen.portfolios or ())) & pl.col("holder").is_null()
            held = pl.col("holder").is_in(sorted(chosen.holders or ()))
            tests.append(own.fill_null(value=False) | held.fill_null(value=False))
        return tests

    def wanted_of(self, rows: pl.Series) -> pl.Series:
        """Return those of some places in the run whose customers are chosen."""
        return rows if self.wanted is None else rows.filter(self.wanted.gather(rows))

    def held_of(self, rows: pl.Series) -> pl.Series:
        """Return those of some places in the run whose customers are somebody's."""
        is_held = pl.col("portfolio").is_not_null() | pl.col("holder").is_not_null()
        return rows.filter(self.who[rows].select(is_held).to_series())
