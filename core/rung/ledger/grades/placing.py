"""Finds the customers of open human input in a run, once: from there on their places stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ROW", "Places", "RunIds", "placed"]

ROW: Final = "row"
"""The column of a customer's place in the run, from 0; results and measured values have the same order."""


@dataclass(frozen=True, slots=True)
class RunIds:
    """The ids of a run's customers, in its order, ready to be looked for."""

    ids: pl.Series
    hashes: pl.Series

    @classmethod
    def of(cls, run: pl.LazyFrame) -> Self:
        """Read the ids of a run."""
        ids = run.select("customer_id").collect().to_series()
        return cls(ids, ids.hash())

    def met(self, ids: pl.Series) -> pl.DataFrame:
        """Return the ``number`` of each id that the run has, and its ``row`` there."""
        import polars as pl

        # Joined by their hashes, which takes half as long as by themselves; then they are held side by side.
        own = pl.LazyFrame({"hash": self.hashes}).with_row_index(ROW)
        asked = pl.LazyFrame({"hash": ids.hash()}).with_row_index("number")
        found = own.join(asked, on="hash").select(ROW, "number").collect()
        is_same = self.ids.gather(found[ROW]) == ids.gather(found["number"])
        return found if is_same.all() else found.filter(is_same)


def placed(opened: pl.DataFrame, run: pl.LazyFrame | RunIds, today: date) -> pl.DataFrame:
    """Return a ledger's ``open_frame`` with ``row``, without what expired or is of customers not in the run.

    ``run`` has the run's ``customer_id`` in its order. What is placed already is returned as it is.
    """
    import polars as pl

    if ROW in opened.columns:
        return opened
    is_live = opened["expires_at"] >= today
    live = opened if is_live.all() else opened.filter(is_live)
    found = (run if isinstance(run, RunIds) else RunIds.of(run)).met(live["customer_id"])
    rows = pl.Series(ROW, [None], dtype=pl.UInt32).new_from_index(0, live.height)
    live = live.with_columns(rows.scatter(found["number"], found[ROW]))
    return live.filter(pl.col(ROW).is_not_null()) if found.height < live.height else live


@dataclass(frozen=True, slots=True)
class Places:
    """Some places in a run, and where each stands among them: what is placed is put together by number.

    A join would hash anew what is in order already.
    """

    rows: pl.Series
    """The places, rising, each once."""
    _numbers: pl.Series

    @classmethod
    def of(cls, rows: pl.Series) -> Self:
        """Return the places named, which may be named in any order and several times."""
        import polars as pl

        size = 1 + int(rows.max() or 0) if len(rows) else 0  # type: ignore[arg-type]
        named = pl.Series([False]).new_from_index(0, size).scatter(rows, values=True)
        places = named.arg_true().alias(ROW)
        numbers = pl.Series([None], dtype=pl.UInt32).new_from_index(0, size)
        numbers = numbers.scatter(places, pl.int_range(len(places), dtype=pl.UInt32, eager=True))
        return cls(places, numbers)

    def found(self, rows: pl.Series) -> pl.Series:
        """Return where places stand among these; they must all be among them."""
        return self._numbers.gather(rows)

    def last(self, rows: pl.Series, named: pl.Series) -> pl.Series:
        """Return where, in the series the places were named in, each of some of them was named last."""
        import polars as pl

        numbers = pl.int_range(len(named), dtype=pl.UInt32, eager=True)
        where = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(self.rows))
        return where.scatter(self.found(named), numbers).gather(self.found(rows))

    def laid(self, part: pl.DataFrame) -> pl.DataFrame:
        """Return the columns of a frame with ``row``, a row a place, null where it has none.

        Of several rows of one place the last counts.
        """
        import polars as pl

        where = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(self.rows))
        where = where.scatter(self.found(part[ROW]), pl.int_range(part.height, dtype=pl.UInt32, eager=True))
        return part.drop(ROW).select(pl.all().gather(where))
