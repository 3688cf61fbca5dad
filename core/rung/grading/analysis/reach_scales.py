"""Which grades criteria can come to together: added up, combined, or crossed in a matrix.

Criteria that look at the same values are taken together, and only combinations some customer can have
count. The others do not bear on each other, so their sums are added set by set.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rung.grading.analysis.reached import Reached
from rung.grading.analysis.scales import Alternative, alternatives
from rung.grading.analysis.space import Box, meet
from rung.grading.analysis.study import Study
from rung.grading.compiled import POINT_SCALE, Combination, Matrix, WeightedScore
from rung.grading.hysteresis import place
from rung.grading.met import Met
from rung.policy.formula import divide_half_up

__all__ = ["Combined", "Placed", "Scored"]

State = tuple[int, int]
"""What criteria so far come to: their weight and their weighted sum, or a grade and 1."""

_MOST_STATES: Final = 40_000
_MOST_COMBINED: Final = 40_000
# States kept, and combinations of related criteria tried; past them the answer is no longer complete.


@dataclass(slots=True)
class _Sums:
    """The states that can be reached, with a customer for each."""

    boxes: dict[State, Box]
    is_complete: bool = True


class _Joined(ABC):
    """Criteria joined by adding states up."""

    def __init__(self, study: Study, numbers: Sequence[int]) -> None:
        self._study: Final = study
        self._groups: Final = [
            [alternatives(study, number) for number in group] for group in _related(study, numbers)
        ]

    @abstractmethod
    def _contribution(self, met: Met) -> State:
        """Return what one criterion adds."""

    @abstractmethod
    def _code(self, state: State) -> int:
        """Return the grade a state of weight comes to."""

    def _add(self, first: State, second: State) -> State:
        return first[0] + second[0], first[1] + second[1]

    def sums(self, box: Box) -> _Sums:
        """Return every state the customers of a box can come to."""
        sums = _Sums({(0, 0): box})
        for group in self._groups:
            parts = self._parts(group, box, sums)
            merged: dict[State, Box] = {}
            for before, already in sums.boxes.items():
                for part, narrowed in parts.items():
                    state = self._add(before, part)
                    if state not in merged:
                        both = meet(already, narrowed)
                        if both is not None:
                            merged[state] = both
            sums.boxes = merged
            if len(merged) > _MOST_STATES:
                sums.is_complete = False
                sums.boxes = dict(_thinned(merged))
        return sums

    def _parts(self, group: list[list[Alternative]], box: Box, sums: _Sums) -> dict[State, Box]:
        """Return what related criteria can add together, each with customers who have it."""
        parts: dict[State, Box] = {}
        for tried, (state, found) in enumerate(self._combined(group, box)):
            parts.setdefault(state, found)
            if tried == _MOST_COMBINED:
                sums.is_complete = False
                break
        return parts

    def _combined(self, group: list[list[Alternative]], box: Box) -> Iterator[tuple[State, Box]]:
        if not group:
            yield (0, 0), box
            return
        for alternative in group[0]:
            own = self._contribution(alternative.met)
            for each in alternative.boxes:
                both = meet(each, box)
                if both is not None:
                    for state, found in self._combined(group[1:], both):
                        yield self._add(own, state), found

    def within(self, box: Box) -> Reached:
        """Return the grades some customers of the box are given."""
        sums = self.sums(box)
        reached = Reached(is_complete=sums.is_complete)
        for state, found in sums.boxes.items():
            if state[0]:
                reached.boxes.setdefault(self._code(state), found)
        return reached


class Scored(_Joined):
    """Weighted points cut into grades."""

    def __init__(self, study: Study, method: WeightedScore) -> None:
        super().__init__(study, range(len(study.compiled.criteria)))
        self._method: Final = method

    def _contribution(self, met: Met) -> State:
        return (met.criterion.weight, met.criterion.weight * met.points) if met.points is not None else (0, 0)

    def _code(self, state: State) -> int:
        return place(self.score(state), self._method.cutoffs)

    def score(self, state: State) -> int:
        """Return the score of a state, scaled."""
        return divide_half_up(state[1] * self._method.score_scale, state[0] * POINT_SCALE)

    def within(self, box: Box) -> Reached:
        """Return the grades some customers of the box are given, and the least and greatest score."""
        sums = self.sums(box)
        reached = Reached(is_complete=sums.is_complete)
        scores = {self.score(state): found for state, found in sums.boxes.items() if state[0]}
        for score, found in scores.items():
            reached.boxes.setdefault(place(score, self._method.cutoffs), found)
        if scores:
            reached.scores = min(scores), max(scores)
        return reached


class Combined(_Joined):
    """Scales side by side."""

    def __init__(self, study: Study, method: Combination) -> None:
        super().__init__(study, range(len(study.compiled.criteria)))
        self._method: Final = method

    def _contribution(self, met: Met) -> State:
        if not met.counts:
            return 0, 0
        return (met.criterion.weight, met.grade * met.criterion.weight) if self._is_mean else (1, met.grade)

    @property
    def _is_mean(self) -> bool:
        return self._method.how == "weighted"

    def _add(self, first: State, second: State) -> State:
        if self._is_mean or not first[0] or not second[0]:
            return super()._add(first, second)
        pick = max if self._method.how == "worst" else min
        return 1, pick(first[1], second[1])

    def _code(self, state: State) -> int:
        weight, places = state
        return (2 * places + weight - (self._method.ties == "up")) // (2 * weight)


@dataclass(slots=True)
class Placed:
    """Two criteria crossed in a matrix."""

    study: Study
    method: Matrix
    _axes: list[list[Alternative]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._axes = [alternatives(self.study, number) for number in self.method.axes]

    def cells(self, box: Box) -> Iterator[tuple[int, int, Box]]:
        """Yield the cells, by row and column, that some customers of a box are in."""
        down, across = self._axes
        for first in down:
            for second in across:
                found = next(_met_boxes(first, second, box), None)
                if found is not None:
                    yield first.met.place, second.met.place, found

    def within(self, box: Box) -> Reached:
        """Return the grades some customers of the box are given."""
        reached = Reached()
        for row, column, found in self.cells(box):
            reached.boxes.setdefault(self.method.cells[row][column], found)
        return reached


def _met_boxes(first: Alternative, second: Alternative, box: Box) -> Iterator[Box]:
    for a in first.boxes:
        for b in second.boxes:
            both = meet(a, b)
            both = both and meet(both, box)
            if both is not None:
                yield both


def _related(study: Study, numbers: Sequence[int]) -> list[list[int]]:
    """Return the criteria in groups that look at no value in common."""
    full = study.space.full
    groups: list[tuple[set[int], list[int]]] = []
    for number in numbers:
        named = {
            axis
            for each in alternatives(study, number)
            for box in each.boxes
            for axis, mask in enumerate(box)
            if mask != full[axis]
        }
        group = [number]
        for other in [each for each in groups if each[0] & named]:
            groups.remove(other)
            named |= other[0]
            group = [*other[1], *group]
        groups.append((named, group))
    return [sorted(group) for _named, group in groups]


def _thinned(states: dict[State, Box]) -> Iterator[tuple[State, Box]]:
    """Yield fewer states, evenly spread from the least mean to the greatest, both kept."""
    ranked = sorted(states.items(), key=lambda item: item[0][1] / item[0][0] if item[0][0] else 0.0)
    step = len(ranked) // (_MOST_STATES // 4) + 1
    yield from ranked[::step]
    yield ranked[-1]
