"""Looks for a customer inside one box and outside many others: one left over, or proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rung.grading.analysis.axis import pieces_in, runs_of
from rung.grading.analysis.index import Index
from rung.grading.analysis.space import Box, Space

__all__ = ["Budget", "OutOfBudgetError", "Search", "outside"]


_PIECES_A_STEP: Final = 16


class OutOfBudgetError(Exception):
    """A search stopped before it was through; ``left`` are the boxes it did not look into."""

    def __init__(self, left: tuple[Box, ...]) -> None:
        self.left = left
        super().__init__(left)


@dataclass(slots=True)
class Budget:
    """How many steps searches may still take, all together."""

    steps: int

    def take(self, steps: int) -> bool:
        """Take steps off; return whether there were so many."""
        self.steps -= steps
        return self.steps >= 0


def outside(space: Space, within: Box, covers: Sequence[Box], budget: Budget) -> Box | None:
    """Return a box within one box that no cover meets, ``None`` where the covers hold all of it.

    Raises OutOfBudgetError.
    """
    return Search(Index(space, covers)).outside(within, budget)


@dataclass(frozen=True, slots=True)
class Search:
    """Searches past boxes that are indexed once."""

    index: Index

    def outside(self, within: Box, budget: Budget, among: int | None = None) -> Box | None:
        """Return a box within one box that none of the indexed boxes (``among`` them) meets.

        ``None`` where they hold every customer of it. Raises OutOfBudgetError.
        """
        index = self.index
        rivals = index.meeting(within) & (index.every if among is None else among)
        if not rivals:
            return within
        if rivals & index.holding(within):
            return None
        return _Descent(index, within, rivals, budget).found()

    def widened(self, box: Box, within: Box) -> Box:
        """Return a box that no indexed box meets, made as wide as it can be inside another, axis by axis."""
        index, wide = self.index, list(box)
        for place in range(len(wide)):
            rivals = index.every
            for other, mask in enumerate(wide):
                if other != place:
                    rivals &= index.meeting_on(other, mask)
            admitting = index.admitting(place)
            for piece in pieces_in(within[place] & ~wide[place]):
                if not admitting[piece] & rivals:
                    wide[place] |= 1 << piece
        return tuple(wide)


class _Descent:
    """One search, axis by axis: at each step the rivals that hold the values chosen so far are left.

    Where no rival is left, somebody lies outside all; where one holds whatever is still to be chosen,
    nobody does. What was found to be covered once is not looked into again.
    """

    def __init__(self, index: Index, within: Box, rivals: int, budget: Budget) -> None:
        self._within: Final = within
        self._rivals: Final = rivals
        self._budget: Final = budget
        self._covered: Final[set[tuple[int, int]]] = set()
        holding = [index.holding_on(place, mask) & rivals for place, mask in enumerate(within)]
        # The axis that tells most rivals apart comes first; one that tells none apart never.
        self._order: Final = sorted(
            (place for place, held in enumerate(holding) if held != rivals),
            key=lambda place: holding[place].bit_count(),
        )
        ahead = [rivals]
        for place in reversed(self._order):
            ahead.append(ahead[-1] & holding[place])
        self._ahead: Final = ahead[::-1]
        self._index: Final = index
        self._known: Final[dict[int, list[tuple[int, int]]]] = {}

    def found(self) -> Box | None:
        try:
            path = self._descend(0, self._rivals, ())
        except OutOfBudgetError as error:
            raise OutOfBudgetError(tuple(map(self._box, error.left))) from None
        return None if path is None else self._box(path)

    def _box(self, path: tuple[int, ...]) -> Box:
        chosen = dict(zip(self._order, path, strict=False))
        return tuple(chosen.get(place, mask) for place, mask in enumerate(self._within))

    def _descend(self, depth: int, rivals: int, path: tuple[int, ...]) -> tuple[int, ...] | None:
        if not rivals:
            return path
        if rivals & self._ahead[depth] or (depth, rivals) in self._covered:
            return None
        if not self._budget.take(self._cost(depth)):
            raise OutOfBudgetError((path,))
        classes = self._classes(depth)
        ways = _ways(classes, rivals)
        done: list[int] = []
        for left, mask in sorted(ways.items(), key=lambda way: way[0].bit_count()):
            if _holds_another(left, done):
                continue  # fewer rivals covered as much already
            try:
                found = self._descend(depth + 1, left, (*path, mask))
            except OutOfBudgetError as error:
                rest = sum(
                    other
                    for after, other in ways.items()
                    if after != left and not _holds_another(after, done)
                )
                raise OutOfBudgetError((*error.left, *([(*path, rest)] if rest else []))) from None
            if found is not None:
                return found
            done.append(left)
        self._covered.add((depth, rivals))
        return None

    def _cost(self, depth: int) -> int:
        """Return the steps a look at an axis takes: dear at first, while its values are put in classes."""
        if depth in self._known:
            return len(self._known[depth])
        return 1 + self._within[self._order[depth]].bit_count() // _PIECES_A_STEP

    def _classes(self, depth: int) -> list[tuple[int, int]]:
        """Return an axis's values by the rivals that hold them: the rivals, and the values' mask."""
        if depth not in self._known:
            place = self._order[depth]
            admitting = self._index.admitting(place)
            classes: dict[int, int] = {}
            for first, last in runs_of(self._within[place]):
                start, holding = first, admitting[first] & self._rivals
                for piece in range(first + 1, last + 2):
                    after = admitting[piece] & self._rivals if piece <= last else -1
                    if after != holding:
                        classes[holding] = classes.get(holding, 0) | (1 << piece) - (1 << start)
                        start, holding = piece, after
            self._known[depth] = list(classes.items())
        return self._known[depth]


def _ways(classes: Sequence[tuple[int, int]], rivals: int) -> dict[int, int]:
    """Return the rivals each way on leaves, and the values that lead there."""
    ways: dict[int, int] = {}
    for holding, mask in classes:
        left = holding & rivals
        ways[left] = ways.get(left, 0) | mask
    return ways


def _holds_another(rivals: int, others: Sequence[int]) -> bool:
    return any(other & rivals == other for other in others)
