"""How each aggregate of events is computed within a group, and made into a feature's value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

import polars as pl

from rung.durations import Duration
from rung.intake.kept import divided, dtype_of, within_bounds
from rung.intake.source import LINE
from rung.vocabulary import Aggregate, Feature, Field

__all__ = ["FeaturePlan", "empty_value"]

_ZERO_WHEN_EMPTY: Final = frozenset({Aggregate.COUNT, Aggregate.SUM, Aggregate.DISTINCT})


def empty_value(feature: Feature) -> int | None:
    """Return a feature's scaled value for a customer without events; ``None`` for missing."""
    if feature.empty is not None:
        return feature.empty * feature.scale
    return 0 if feature.aggregate in _ZERO_WHEN_EMPTY else None


@dataclass(frozen=True, slots=True)
class FeaturePlan:
    """One feature over one table of events: what is summed up in a group, and what is made of it."""

    feature: Feature
    column: Field | None
    at: str | None
    """Id of the column that dates the events; ``None`` where they have no date."""
    as_of: date
    where: str
    """Name of the column that says which events meet the feature's cells."""

    def parts(self) -> list[pl.Expr]:
        """Return the aggregates of one group: how many events count, and up to two more numbers."""
        window, meets = self._window(), pl.col(self.where)
        if window is not None:
            meets = window & meets
        count = meets.sum()
        if self.feature.aggregate is Aggregate.SHARE:
            count = pl.len() if window is None else window.sum()
        parts = {"n": count, **self._numbers(meets)}
        return [expression.alias(self._name(part)) for part, expression in parts.items()]

    def _name(self, part: str) -> str:
        return f"#{self.feature.id}.{part}"

    def _window(self) -> pl.Expr | None:
        if self.feature.within is None or self.at is None:
            return None
        return pl.col(self.at) > Duration.parse(self.feature.within).before(self.as_of)

    def _numbers(self, meets: pl.Expr) -> dict[str, pl.Expr]:
        value = pl.when(meets).then(pl.col(self.column.id)) if self.column is not None else pl.lit(None)
        match self.feature.aggregate:
            case Aggregate.COUNT:
                return {"value": meets.sum() if self.column is None else value.count()}
            case Aggregate.SHARE:
                return {"value": meets.sum()}
            case Aggregate.SUM | Aggregate.MEAN:
                # 128 bits: a thousand values at the limit would overflow 64.
                return {"value": value.cast(pl.Int128).sum(), "known": value.count()}
            case Aggregate.MIN:
                return {"value": value.min()}
            case Aggregate.MAX:
                return {"value": value.max()}
            case Aggregate.FIRST:
                return {"value": self._column().min_by(pl.when(meets).then(self._order()))}
            case Aggregate.LAST | Aggregate.DAYS_UNTIL | Aggregate.MONTHS_UNTIL:
                return {"value": self._column().max_by(pl.when(meets).then(self._order()))}
            case Aggregate.DISTINCT:
                return {"value": value.drop_nulls().n_unique()}
            case Aggregate.MONTHS_SINCE | Aggregate.DAYS_SINCE:
                return {"value": pl.when(meets).then(pl.col(self.at or LINE)).max()}

    def _column(self) -> pl.Expr:
        return pl.col(self.column.id) if self.column is not None else pl.lit(None)

    def _order(self) -> pl.Expr:
        """Return what events are ordered by: their date, then their row."""
        line = pl.col(LINE).cast(pl.Int64)
        return line if self.at is None else pl.col(self.at).to_physical().cast(pl.Int64) * 2**32 + line

    def value(self) -> pl.Expr:
        """Return the feature's value, made of a group's aggregates."""
        feature, found = self.feature, pl.col(self._name("value"))
        match feature.aggregate:
            case Aggregate.COUNT | Aggregate.DISTINCT:
                value = found.cast(pl.Int64) * feature.scale
            case Aggregate.SHARE:
                value = divided(found, _above_zero(pl.col(self._name("n"))), Fraction(100 * feature.scale))
            case Aggregate.SUM:
                value = pl.when(pl.col(self._name("known")) > 0).then(self._rescaled(found))
            case Aggregate.MEAN:
                value = divided(found, _above_zero(pl.col(self._name("known"))), self._rescale())
            case Aggregate.DAYS_SINCE:
                value = (self._today() - _days(found)) * feature.scale
            case Aggregate.MONTHS_SINCE:
                value = self._months_since(found) * feature.scale
            case Aggregate.DAYS_UNTIL:
                value = (_days(found) - self._today()) * feature.scale
            case Aggregate.MONTHS_UNTIL:
                value = self._months_until(found) * feature.scale
            case _:
                value = self._rescaled(found)
        if feature.kind.is_numeric:
            value = within_bounds(value, feature)
        is_empty = pl.col(self._name("n")) == 0
        dtype = dtype_of(feature)
        default = pl.lit(empty_value(feature) if feature.kind.is_numeric else None, dtype=dtype)
        return pl.when(is_empty).then(default).otherwise(value.cast(dtype)).alias(feature.id)

    def _rescale(self) -> Fraction:
        return Fraction(self.feature.scale, self.column.scale if self.column is not None else 1)

    def _rescaled(self, found: pl.Expr) -> pl.Expr:
        times = self._rescale()
        if not self.feature.kind.is_numeric:
            return found
        return found * times.numerator if times.denominator == 1 else divided(found, pl.lit(1), times)

    def _today(self) -> pl.Expr:
        return pl.lit(self.as_of.toordinal() - _EPOCH, dtype=pl.Int64)

    def _months_since(self, latest: pl.Expr) -> pl.Expr:
        months = self.as_of.year * 12 + self.as_of.month
        began = latest.dt.year().cast(pl.Int64) * 12 + latest.dt.month().cast(pl.Int64)
        unfinished = (latest.dt.day().cast(pl.Int64) > self.as_of.day).cast(pl.Int64)
        return pl.lit(months, dtype=pl.Int64) - began - unfinished

    def _months_until(self, day: pl.Expr) -> pl.Expr:
        # A month begun is a month; a day of the month that a shorter one lacks is that one's last.
        months = self.as_of.year * 12 + self.as_of.month
        named = day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64)
        begun = (day.dt.day().cast(pl.Int64) > self.as_of.day).cast(pl.Int64)
        return named + begun - pl.lit(months, dtype=pl.Int64)


_EPOCH: Final = date(1970, 1, 1).toordinal()


def _days(day: pl.Expr) -> pl.Expr:
    return day.to_physical().cast(pl.Int64)


def _above_zero(count: pl.Expr) -> pl.Expr:
    return pl.when(count > 0).then(count)
