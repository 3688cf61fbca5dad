"""The smallest change that would reach the next grade, up or down, found by trying and graded each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice

from rung.grading.compiled import Combination, CompiledPolicy, Effect, Shares, Table, WeightedScore
from rung.grading.derive import Row, derive
from rung.grading.moves import Move, nearest, ways
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.binding import truth
from rung.policy.cells import Value

__all__ = ["Change", "nearest_change"]

_MOST_TOGETHER = 3
# Moves tried together; advice to change more than that at once helps nobody.
_BUDGET = 4_000
# Gradings tried; at about 0.03 ms each this stays near a tenth of a second.


@dataclass(frozen=True, slots=True)
class Change:
    """Values that together would reach another grade."""

    values: Move
    """New scaled value by quantity id."""
    grade: str
    score: int | None


def nearest_change(scorecard: Scorecard, row: Row, *, is_down: bool = False) -> Change | None:
    """Return the fewest, then relatively smallest, changes after which the grade is better.

    ``is_down``: after which it is worse. Only values that may change are changed (``is_changeable``).
    ``None`` where there is no grade (what is missing says why), there is none better, the grades have no
    order, or up to three moves (each into another band, past a gate or onto a rule) do not suffice.
    """
    compiled = scorecard.compiled
    row = derive(compiled, row)
    now = scorecard.assess(row)
    if not compiled.policy.ordered or now.grade in (None, compiled.grades[-1 if is_down else 0]):
        return None
    place = compiled.grades.index(now.grade)
    wanted = compiled.grades[place + 1 :] if is_down else compiled.grades[:place]
    moves = _distinct(scorecard, row, now, is_down=is_down)
    tried = 0
    for together in range(1, _MOST_TOGETHER + 1):
        best: tuple[tuple[int, float], Change] | None = None
        for chosen in islice(combinations(moves, together), _BUDGET - tried):
            tried += 1
            values = _joined(chosen)
            if values is None:
                continue
            cost = _cost(values, row)
            if best is not None and cost >= best[0]:
                continue
            then = scorecard.assess(row, values)
            if then.grade is not None and then.grade in wanted:
                best = cost, Change(values, then.grade, then.score)
        if best is not None:
            return best[1]
    return None


def _distinct(scorecard: Scorecard, row: Row, now: Assessment, *, is_down: bool) -> list[Move]:
    quantities = scorecard.compiled.quantities
    distinct: list[Move] = []
    for move in (
        *_band_moves(scorecard, row, now, is_down=is_down),
        *_method_moves(scorecard, row, is_down=is_down),
        *_gate_moves(scorecard, row, is_down=is_down),
    ):
        if move and move not in distinct and all(quantities[name].is_changeable for name in move):
            distinct.append(move)
    return distinct


def _band_moves(scorecard: Scorecard, row: Row, now: Assessment, *, is_down: bool) -> Iterator[Move]:
    """Yield a move into every band of a criterion that could be worth more (or less) than the one met."""
    for index, met in enumerate(now.met):
        criterion = met.criterion
        ranking = criterion.ranking
        cutoffs = () if ranking is None else scorecard.calibration.of(ranking, row).at_least
        for place in range(len(criterion.bands)):
            if met.band < 0 or not _moves(scorecard.compiled, now, index, place, is_down=is_down):
                continue
            if ranking is None:
                found = nearest(criterion.bands[place].test, criterion.quantity, met.value)
            else:
                found = _at_cutoff(cutoffs, place, is_down=is_down)
            if found is not None:
                yield {criterion.quantity.id: found}


def _at_cutoff(cutoffs: Sequence[int | None], place: int, *, is_down: bool) -> int | None:
    """Return the value nearest to a ranked band from below, or from above."""
    if not is_down:
        return cutoffs[place] if place < len(cutoffs) else None
    above = cutoffs[place - 1] if 0 < place <= len(cutoffs) else None
    return None if above is None else above - 1


def _moves(compiled: CompiledPolicy, now: Assessment, index: int, place: int, *, is_down: bool) -> bool:
    """Return whether a criterion's band could be worth more (or less) than the one met."""
    met = now.met[index]
    band = met.criterion.bands[place]
    match compiled.method:
        case WeightedScore():
            return met.points is None or (band.points < met.points if is_down else band.points > met.points)
        case Combination():
            grade = band.grade or 0
            return not met.counts or (grade > met.grade if is_down else grade < met.grade)
    # What a band of a matrix is worth hangs on the other axis, which may move too.
    return place != met.band - 1


def _method_moves(scorecard: Scorecard, row: Row, *, is_down: bool) -> Iterator[Move]:
    """Yield moves onto each rule and off each rule that holds, or past each cut-off of a ranking."""
    match scorecard.compiled.method:
        case Table(rules):
            for rule in rules:
                yield from ways(rule.condition, row)
            for rule in rules:
                if truth(rule.condition, row):
                    yield from ways(rule.condition, row, wanted=False)
        case Shares(ranking):
            for least in scorecard.calibration.of(ranking, row).at_least:
                if least is not None:
                    yield {ranking.quantity.id: least - 1 if is_down else least}


def _gate_moves(scorecard: Scorecard, row: Row, *, is_down: bool) -> Iterator[Move]:
    """Yield moves out of every cap, and into every floor; a gate that sets a grade may do either.

    Downward it is into every cap, and out of every floor.
    """
    for gate in scorecard.compiled.gates:
        if gate.effect is not Effect.AT_LEAST:
            yield from ways(gate.condition, row, wanted=is_down)
        if gate.effect is not Effect.AT_MOST:
            yield from ways(gate.condition, row, wanted=not is_down)


def _joined(moves: tuple[Move, ...]) -> Move | None:
    """Return the moves as one, or ``None`` where two would give one value two ways."""
    joined: dict[str, Value] = {}
    for move in moves:
        if not joined.keys().isdisjoint(move):
            return None
        joined.update(move)
    return joined


def _cost(values: Move, row: Row) -> tuple[int, float]:
    return len(values), sum(_distance(value, row.get(name)) for name, value in values.items())


def _distance(new: Value, old: Value | None) -> float:
    """Return how far apart two values are, relative to their size; 1 for words and for missing values."""
    if isinstance(new, date) and isinstance(old, date):
        return min(1.0, abs((new - old).days) / 365)
    if old is None or isinstance(new, str | bool | date) or isinstance(old, str | bool | date):
        return 1.0
    return abs(new - old) / (max(abs(new), abs(old)) or 1)
