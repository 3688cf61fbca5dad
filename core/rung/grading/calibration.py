"""Cut-offs that a population gave to rank-based grades and criteria, frozen; and how they are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.grading.compiled import CompiledPolicy, Ranking
from rung.grading.derive import derive
from rung.policy.cells import Value

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Calibration", "Cutoffs", "calibrate", "calibrate_rows", "cutoffs_of"]

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """What one population gave one ranking."""

    at_least: tuple[int | None, ...]
    """Least scaled value within each share, best first; ``None`` where nobody is."""
    population: int
    """Customers with a value."""
    total: int
    """Sum of the scaled values, negatives as zero; only meaningful for rankings by value."""

    @property
    def is_empty(self) -> bool:
        """Whether the population grades nobody: nobody has a value, or by value the total is zero."""
        return self.population == 0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The cut-offs of every ranking of a policy, by the ranking's key."""

    cutoffs: Mapping[str, Cutoffs] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the calibration as plain data for JSON."""
        return {
            key: {"at_least": list(found.at_least), "population": found.population, "total": found.total}
            for key, found in self.cutoffs.items()
        }

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Calibration:
        """Read what ``to_dict`` wrote."""
        return cls(
            {
                key: Cutoffs(tuple(found["at_least"]), found["population"], found["total"])
                for key, found in written.items()
            }
        )


def calibrate(compiled: CompiledPolicy, measured: pl.LazyFrame) -> Calibration:
    """Find the cut-offs of every ranking among the customers of a measured frame.

    Rules: a share takes ceil(share × n) of the n customers that have a value; by value, the fewest
    best customers whose sum reaches the share of the total. Ties join the better grade
    (``ties = "up"``) or, where they do not all fit, the worse (``"down"``). Missing values are
    outside n; negatives count as zero in a total; a total of zero grades nobody.
    """
    if not compiled.rankings:
        return Calibration()
    import narwhals.stable.v2 as nw

    from rung.grading.derived import with_derived

    frame = with_derived(compiled.derived, nw.from_native(measured)).to_native()
    return Calibration({ranking.key: _from_frame(ranking, frame) for ranking in compiled.rankings})


def _from_frame(ranking: Ranking, frame: pl.LazyFrame) -> Cutoffs:
    import polars as pl

    name = ranking.quantity.id
    column = frame.select(pl.col(name).drop_nulls()).collect(engine="streaming")[name]
    counts = column.sort(descending=True).rle().struct.unnest()
    values, sizes = counts["value"], counts["len"].cast(pl.Int64)
    by_count = sizes.cum_sum()
    weights = by_count
    if ranking.by == "value":
        weights = (values.clip(lower_bound=0).cast(pl.Int128) * sizes.cast(pl.Int128)).cum_sum()
    return _cut(ranking, _Column(values), _Column(weights), int(column.len()))


class _Column(Sequence[int]):
    """A Polars column read one value at a time, so that ten million need no Python list."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def __len__(self) -> int:
        return self._series.len()

    def __getitem__(self, index: Any) -> Any:
        return int(self._series.item(index if index >= 0 else self._series.len() + index))


def calibrate_rows(compiled: CompiledPolicy, rows: Sequence[Mapping[str, Any]]) -> Calibration:
    """Find the cut-offs among a few customers given as rows; the reference for ``calibrate``."""
    full = [derive(compiled, row) for row in rows]
    return Calibration(
        {
            ranking.key: cutoffs_of(ranking, [_number(row.get(ranking.quantity.id)) for row in full])
            for ranking in compiled.rankings
        }
    )


def _number(value: Value | None) -> int | None:
    return None if value is None or isinstance(value, str | date) else int(value)


def cutoffs_of(ranking: Ranking, found: Sequence[int | None]) -> Cutoffs:
    """Find one ranking's cut-offs among scaled values; missing ones are left out."""
    present = sorted((value for value in found if value is not None), reverse=True)
    values = sorted(set(present), reverse=True)
    weights: list[int] = []
    running = 0
    for value in values:
        count = present.count(value)
        running += count if ranking.by == "count" else max(value, 0) * count
        weights.append(running)
    return _cut(ranking, values, weights, len(present))


def _cut(ranking: Ranking, values: Sequence[int], weights: Sequence[int], population: int) -> Cutoffs:
    """Cut at each share, given distinct values, best first, and the weight reached with each of them."""
    total = weights[-1] if len(weights) else 0
    if total == 0:
        return Cutoffs((None,) * len(ranking.shares), 0, 0)
    at_least: list[int | None] = []
    for share in ranking.shares:
        whole_customers = -(-share * population // _MILLION) * _MILLION
        goal = whole_customers if ranking.by == "count" else share * total
        reached = _first_reaching(weights, goal)
        if ranking.ties == "down" and weights[reached] * _MILLION > goal:
            reached -= 1
        at_least.append(values[reached] if reached >= 0 else None)
    return Cutoffs(tuple(at_least), population, total if ranking.by == "value" else 0)


def _first_reaching(weights: Sequence[int], goal: int) -> int:
    """Return the first place whose weight, in millionths, reaches the goal; weights never fall."""
    low, high = 0, len(weights) - 1
    while low < high:
        middle = (low + high) // 2
        if weights[middle] * _MILLION >= goal:
            high = middle
        else:
            low = middle + 1
    return low
