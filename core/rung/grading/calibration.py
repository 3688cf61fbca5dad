"""Cut-offs that a population gave to rank-based grades and criteria, frozen; and how they are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rung.grading.compiled import CompiledPolicy, Ranking
from rung.grading.derive import Row, derive
from rung.grading.segments import MOST_SEGMENTS, Segment, too_many
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
    """Of rankings among all customers."""
    segments: Mapping[str, Mapping[Segment, Cutoffs]] = field(default_factory=dict)
    """Of rankings within segments, by the segment; one where nobody has a value is not among them."""

    def of(self, ranking: Ranking, row: Row) -> Cutoffs:
        """Return the cut-offs one customer is held to; empty ones in a segment that gave none."""
        if ranking.within is None:
            return self.cutoffs[ranking.key]
        segment = _segment(row.get(ranking.within.id))
        found = None if segment is None else self.segments[ranking.key].get(segment)
        return found or Cutoffs((None,) * len(ranking.shares), 0, 0)

    def known_segments(self, ranking: Ranking) -> tuple[Segment, ...]:
        """Return the segments of a ranking that gave cut-offs, in the order of their places."""
        return tuple(each for each, cut in self.segments[ranking.key].items() if not cut.is_empty)

    def cuts_by_share(self, ranking: Ranking) -> list[list[int | None]]:
        """Return for each share of a ranking its cut-off in each of the known segments."""
        found = self.segments[ranking.key]
        known = [found[each].at_least for each in self.known_segments(ranking)]
        return [[cuts[share] for cuts in known] for share in range(len(ranking.shares))]

    def to_dict(self) -> dict[str, Any]:
        """Return the calibration as plain data for JSON."""
        whole = {key: _plain(found) for key, found in self.cutoffs.items()}
        parts = {
            key: {"within": [{"segment": segment, **_plain(cut)} for segment, cut in found.items()]}
            for key, found in self.segments.items()
        }
        return whole | parts

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Calibration:
        """Read what ``to_dict`` wrote."""
        whole = {key: found for key, found in written.items() if "within" not in found}
        return cls(
            {key: _cutoffs(found) for key, found in whole.items()},
            {
                key: {each["segment"]: _cutoffs(each) for each in found["within"]}
                for key, found in written.items()
                if key not in whole
            },
        )


def _plain(cutoffs: Cutoffs) -> dict[str, Any]:
    return {"at_least": list(cutoffs.at_least), "population": cutoffs.population, "total": cutoffs.total}


def _cutoffs(written: Mapping[str, Any]) -> Cutoffs:
    return Cutoffs(tuple(written["at_least"]), written["population"], written["total"])


def calibrate(compiled: CompiledPolicy, measured: pl.LazyFrame) -> Calibration:
    """Find the cut-offs of every ranking among the customers of a measured frame.

    Rules: a share takes ceil(share × n) of the n customers that have a value; by value, the fewest
    best customers whose sum reaches the share of the total. Ties join the better grade
    (``ties = "up"``) or, where they do not all fit, the worse (``"down"``). Missing values are
    outside n; negatives count as zero in a total; a total of zero grades nobody. Within segments all of
    this holds inside each. Raises RungError where a field makes more segments than there may be.
    """
    if not compiled.rankings:
        return Calibration()
    import narwhals.stable.v2 as nw

    from rung.grading.derived import with_derived

    frame = with_derived(compiled.derived, nw.from_native(measured)).to_native()
    whole, parts = _apart(compiled.rankings)
    return Calibration(
        {ranking.key: _from_frame(ranking, frame) for ranking in whole},
        {ranking.key: _from_segments(ranking, frame) for ranking in parts},
    )


def _apart(rankings: Sequence[Ranking]) -> tuple[list[Ranking], list[Ranking]]:
    """Return the rankings among all customers, and those within segments."""
    parts = [ranking for ranking in rankings if ranking.within is not None]
    return [ranking for ranking in rankings if ranking.within is None], parts


def _from_frame(ranking: Ranking, frame: pl.LazyFrame) -> Cutoffs:
    import polars as pl

    name = ranking.quantity.id
    return _from_column(ranking, frame.select(pl.col(name).drop_nulls()).collect(engine="streaming")[name])


def _from_segments(ranking: Ranking, frame: pl.LazyFrame) -> dict[Segment, Cutoffs]:
    """Read the values once, and cut each segment's apart."""
    import polars as pl

    assert ranking.within is not None
    named = (pl.col(ranking.within.id).alias("segment"), pl.col(ranking.quantity.id).alias("value"))
    values = frame.select(named).drop_nulls().collect(engine="streaming")
    found = values["segment"].unique()
    if found.len() > MOST_SEGMENTS:
        raise too_many(ranking, found.len())
    parts = values.partition_by("segment", as_dict=True)
    return {segment: _from_column(ranking, parts[(segment,)]["value"]) for segment in sorted(found.to_list())}


def _from_column(ranking: Ranking, column: pl.Series) -> Cutoffs:
    """Find the cut-offs among values of which none is missing."""
    import polars as pl

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


def calibrate_rows(compiled: CompiledPolicy, rows: Sequence[Row]) -> Calibration:
    """Find the cut-offs among a few customers given as rows; the reference for ``calibrate``."""
    full = [derive(compiled, row) for row in rows]
    whole, parts = _apart(compiled.rankings)
    return Calibration(
        {
            ranking.key: cutoffs_of(ranking, [_number(row.get(ranking.quantity.id)) for row in full])
            for ranking in whole
        },
        {ranking.key: _segments_of(ranking, full) for ranking in parts},
    )


def _segments_of(ranking: Ranking, rows: Sequence[Row]) -> dict[Segment, Cutoffs]:
    assert ranking.within is not None
    found: dict[Segment, list[int | None]] = {}
    for row in rows:
        segment, value = _segment(row.get(ranking.within.id)), _number(row.get(ranking.quantity.id))
        if segment is not None and value is not None:
            found.setdefault(segment, []).append(value)
    if len(found) > MOST_SEGMENTS:
        raise too_many(ranking, len(found))
    return {segment: cutoffs_of(ranking, values) for segment, values in sorted(found.items())}


def _segment(value: Value | None) -> Segment | None:
    return None if isinstance(value, date) else value


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
