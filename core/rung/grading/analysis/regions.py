"""Several conditions of one policy compared: which overlap, which hold another, what is left of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rung.grading.analysis.axis import pieces_in
from rung.grading.analysis.index import Index
from rung.grading.analysis.search import Budget, OutOfBudgetError, Search
from rung.grading.analysis.space import Box, Space, meet
from rung.grading.analysis.study import Conditions

__all__ = ["Regions", "members"]

_STEPS_EACH: Final = 20_000
# What one comparison may take at most, so that a hard one leaves budget for the others.


class Regions:
    """Conditions by their place; sets of places are whole numbers, bit ``n`` for place ``n``.

    A condition that could not be read (``None``) overlaps nothing and holds nothing.
    """

    def __init__(self, space: Space, conditions: Sequence[Conditions | None], budget: Budget) -> None:
        self.conditions: Final = tuple(conditions)
        self._budget: Final = budget
        boxes: list[Box] = []
        self._owners: list[int] = []
        self._holding: list[int] = []
        self._open: list[int] = []
        for kept, wants_open in ((self._holding, False), (self._open, True)):
            for place, each in enumerate(conditions):
                first = len(boxes)
                boxes += () if each is None else each.may if wants_open else each.holds
                self._owners += [place] * (len(boxes) - first)
                kept.append((1 << len(boxes)) - (1 << first))
        count = len(self.conditions)
        self._is_plain: Final = all(each and len(each.holds) == len(each.may) == 1 for each in conditions)
        """Whether each condition is one box: then its place is its box's."""
        self._all_holding: Final = (1 << sum(bits.bit_count() for bits in self._holding)) - 1
        self._count: Final = count
        self.search: Final = Search(Index(space, boxes))
        self._overlapping: dict[int, int] = {}
        self._inside: dict[tuple[int, int], bool] = {}

    def boxes(self, place: int) -> tuple[Box, ...]:
        """Return the customers for whom one condition holds."""
        each = self.conditions[place]
        return each.holds if each else ()

    def overlapping(self, place: int) -> int:
        """Return the other conditions that hold for some customer for whom one does."""
        if place not in self._overlapping:
            found = 0
            for box in self.boxes(place):
                found |= self.search.index.meeting(box)
            self._overlapping[place] = self._owned(found & self._all_holding) & ~(1 << place)
        return self._overlapping[place]

    def both(self, first: int, second: int) -> Iterable[Box]:
        """Yield the customers for whom both conditions hold."""
        for a in self.boxes(first):
            for b in self.boxes(second):
                if (shared := meet(a, b)) is not None:
                    yield shared

    def holding(self, place: int, among: int) -> int:
        """Return which of the conditions hold for every customer for whom one does."""
        boxes = self.boxes(place)
        found = among & ~(1 << place) if boxes else 0
        for box in boxes:
            found &= self._owned(self.search.index.holding(box) & self._all_holding)
        for other in pieces_in(self.overlapping(place) & among & ~found):
            if self._holding[other].bit_count() > 1 and self.is_inside(place, other):
                found |= 1 << other
        return found

    def is_inside(self, place: int, other: int) -> bool:
        """Return whether one condition holds only where the other does; false where it is not known."""
        outer = self.boxes(other)
        if len(outer) == 1:
            return all(meet(box, outer[0]) == box for box in self.boxes(place))
        if (place, other) not in self._inside:
            try:
                found = self.left(place, 1 << other) is None
            except OutOfBudgetError:
                found = False
            self._inside[place, other] = found
        return self._inside[place, other]

    def are_equal(self, place: int, other: int) -> bool:
        """Return whether two conditions hold for the same customers; false where it is not known."""
        return self.is_inside(place, other) and self.is_inside(other, place)

    def left(self, place: int, others: int, may: int = 0) -> Box | None:
        """Return customers for whom one condition holds and none of the others does; see ``outside``."""
        return self.outside(self.boxes(place), others, may)

    def outside(self, boxes: Iterable[Box], others: int, may: int = 0) -> Box | None:
        """Return customers of some boxes for whom none of the others holds, nor any of ``may`` is left open.

        ``None`` where there is nobody. Raises OutOfBudgetError.
        """
        rivals = self._boxes_of(others, may)
        for box in boxes:
            own = Budget(min(_STEPS_EACH, max(self._budget.steps, 0)))
            before = own.steps
            try:
                found = self.search.outside(box, own, rivals)
            finally:
                self._budget.take(before - own.steps)
            if found is not None:
                return found
        return None

    def _boxes_of(self, holding: int, may: int) -> int:
        """Return the boxes in which some conditions hold, and those in which others may hold."""
        if self._is_plain:
            return holding | may << self._count
        boxes = sum(self._holding[place] for place in pieces_in(holding))
        return boxes | sum(self._open[place] for place in pieces_in(may))

    def _owned(self, boxes: int) -> int:
        """Return the conditions some of whose boxes, in which they hold, are among these."""
        if self._is_plain:
            return boxes
        found = 0
        for box in pieces_in(boxes):
            found |= 1 << self._owners[box]
        return found


def members(places: Iterable[int]) -> int:
    """Return a set of places."""
    found = 0
    for place in places:
        found |= 1 << place
    return found
