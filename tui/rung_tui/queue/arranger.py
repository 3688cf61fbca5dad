"""Computes orders and selections of a run's customers by Polars, on one thread beside the screen's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rung_tui.language import _
from rung_tui.queue.places import Places
from rung_tui.queue.selecting import Selection, SupersededError, check
from rung_tui.queue.wish import Arrangement, Sort, View, Wish

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import Effective
    from rung.ledger.grades.laid_over import LaidGrade

__all__ = ["Arranger", "SupersededError"]

_WITHIN_GRADE: Final = 1 << 48
_FILE_COLUMNS: Final = {"id": "customer_id", "name": "customer_name"}


@dataclass
class Arranger(Selection):
    """Arranges one run; every method but the constructor is for one worker thread."""

    _orders: dict[Sort, pl.Series] = field(default_factory=dict, init=False, repr=False)

    def lay_over(
        self, standings: Mapping[str, Effective | LaidGrade], recomputed: pl.DataFrame | None = None
    ) -> None:
        """Take other standings and results; orders that rest on the ones before are computed anew."""
        keeps_values = recomputed is None and self.recomputed is None
        super().lay_over(standings, recomputed)
        self._orders = {
            sort: order for sort, order in self._orders.items() if sort.column != "grade" and keeps_values
        }

    def arrange(self, wish: Wish, go_on: Callable[[], bool] = lambda: True) -> Arrangement:
        """Return what a wish comes to; raises SupersededError once ``go_on`` says nobody waits."""
        note = self._unanswerable(wish.view)
        if note:
            return Arrangement(wish, (), note=note)
        mask = self._mask(wish, go_on)
        order = self._order(wish.sort) if wish.sort else None
        check(go_on)
        numbers = self._numbers(mask, order)
        check(go_on)
        counts = self._counts(mask)
        everyone = numbers is None or (order is None and len(numbers) == self.rows)
        listed = None if numbers is None or everyone else Places(numbers)
        return Arrangement(wish, listed, counts, before=self._before(wish, numbers))

    def _unanswerable(self, view: View) -> str:
        if view is View.CHANGED and self.before is None:
            return _("There is no earlier run by this policy to compare with.")
        if view is View.BORDERLINE and self.cut_points is None:
            return _("This policy decides by rules: there is no cut-off to be near to.")
        return ""

    def _before(self, wish: Wish, numbers: pl.Series | None) -> Mapping[int, str]:
        if wish.view is not View.CHANGED or self._changes is None or numbers is None:
            return {}
        return dict(zip(numbers.to_list(), (was or "" for was in self._changes.gather(numbers)), strict=True))

    def _order(self, sort: Sort) -> pl.Series:
        """Return all places in the run, in order; equals stay as the run has them."""
        import polars as pl

        if sort not in self._orders:
            self._orders.clear()  # one is four megabytes; another is there again in a moment
            keys = self._keys(sort)
            # Best grades come first when ascending, and whoever has no value comes last either way.
            order = pl.arg_sort_by(
                keys.columns, descending=sort.descending, nulls_last=True, maintain_order=True
            )
            self._orders[sort] = keys.select(order.cast(pl.UInt32)).to_series()
        return self._orders[sort]

    def _keys(self, sort: Sort) -> pl.DataFrame:
        import polars as pl

        match sort.column:
            case "grade":
                # Within a grade by score: one number holds both, and one column sorts four times as fast.
                code = self._grade_codes().cast(pl.Int64) * _WITHIN_GRADE
                score = self._laid(pl.col("score").fill_null(0))
                return (code - score).to_frame()
            case "reason":
                first = pl.coalesce(pl.col("reason_1").to_physical().cast(pl.UInt32), pl.lit(None, pl.UInt32))
                return self._laid(first).to_frame()
            case "score" | "evidence" as column:
                return self._laid(pl.col(column)).to_frame()
            case column:
                return self._read(pl.col(_FILE_COLUMNS.get(column, column))).to_frame()

    def _numbers(self, mask: pl.Series | None, order: pl.Series | None) -> pl.Series | None:
        if mask is None:
            return order
        return mask.arg_true() if order is None else order.filter(mask.gather(order))

    def _counts(self, mask: pl.Series | None) -> dict[str, int]:
        import polars as pl

        codes = pl.DataFrame({"code": self._grade_codes(), "shown": True if mask is None else mask})
        # Grade by grade: ten times as fast as counting the values.
        is_so = {grade: pl.col("code") == place for place, grade in enumerate(self.grades)}
        is_so[""] = pl.col("code").is_null()
        return codes.select((each & pl.col("shown")).sum().alias(grade) for grade, each in is_so.items()).row(
            0, named=True
        )
