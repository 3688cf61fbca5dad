"""Many boxes asked at once: which of them meet a box, and which hold all of it, as sets of their places.

A set of boxes is a whole number too, bit ``n`` for box ``n``. Asked for one box, every other is answered
by a few operations on such numbers, so that all pairs of a long table are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from itertools import accumulate
from operator import and_, or_
from typing import Final

from rung.grading.analysis.axis import MISSING, is_run, pieces_in, runs_of
from rung.grading.analysis.space import Box, Space

__all__ = ["Index"]


class Index:
    """Boxes of one space."""

    def __init__(self, space: Space, boxes: Sequence[Box]) -> None:
        self.every = (1 << len(boxes)) - 1
        """All boxes."""
        self._columns: Final = tuple(
            _Column(axis.full, [box[place] for box in boxes]) for place, axis in enumerate(space.axes)
        )

    def add(self, box: Box) -> None:
        """Put one more box behind the others."""
        bit = self.every + 1
        self.every |= bit
        for column, mask in zip(self._columns, box, strict=True):
            column.add(mask, bit)

    def meeting(self, box: Box) -> int:
        """Return the boxes that have a customer in common with one."""
        return reduce(
            and_, (column.meeting(mask) for column, mask in zip(self._columns, box, strict=True)), self.every
        )

    def holding(self, box: Box) -> int:
        """Return the boxes that hold every customer of one."""
        return reduce(
            and_,
            (column.holding(mask, self.every) for column, mask in zip(self._columns, box, strict=True)),
            self.every,
        )

    def holding_on(self, place: int, mask: int) -> int:
        """Return the boxes that hold every value of a mask, on one axis."""
        return self._columns[place].holding(mask, self.every)

    def meeting_on(self, place: int, mask: int) -> int:
        """Return the boxes that hold some value of a mask, on one axis."""
        return self._columns[place].meeting(mask)

    def admitting(self, place: int) -> Sequence[int]:
        """Return, for each piece of an axis, the boxes that hold it."""
        return self._columns[place].admitting


class _Column:
    """The masks of all boxes on one axis; missing values apart, most are one unbroken run of pieces."""

    def __init__(self, full: int, masks: Sequence[int]) -> None:
        size = full.bit_length()
        starting, ending = [0] * size, [0] * size
        self._missing = 0
        """Boxes that hold the missing value."""
        self._unbound = 0
        """Boxes that hold every other."""
        self._broken: dict[int, int] = {}
        """Boxes of several runs, by their mask."""
        for place, mask in enumerate(masks):
            bit, present = 1 << place, mask & ~MISSING
            if mask & MISSING:
                self._missing |= bit
            if present == full & ~MISSING:
                self._unbound |= bit
            elif present and is_run(present):
                starting[(present & -present).bit_length() - 1] |= bit
                ending[present.bit_length() - 1] |= bit
            elif present:
                self._broken[present] = self._broken.get(present, 0) | bit
        # Begun by a piece, and not ended before it: the boxes whose run holds the piece are in both.
        self._begun: Final = list(accumulate(starting, or_))
        self._lasting: Final = list(accumulate(reversed(ending), or_))[::-1]
        self._met: dict[int, int] = {}
        self._held: dict[int, int] = {}

    def add(self, mask: int, bit: int) -> None:
        admitting, present = self.admitting, mask & ~MISSING
        self._missing |= bit if mask & MISSING else 0
        if present:
            self._broken[present] = self._broken.get(present, 0) | bit
        for piece in pieces_in(mask):
            admitting[piece] |= bit
        self._met.clear()
        self._held.clear()

    def meeting(self, mask: int) -> int:
        if mask not in self._met:
            present = mask & ~MISSING
            found = (self._missing if mask & MISSING else 0) | (self._unbound if present else 0)
            for first, last in runs_of(present):
                found |= self._begun[last] & self._lasting[first]
            for other, boxes in self._broken.items():
                if other & present:
                    found |= boxes
            self._met[mask] = found
        return self._met[mask]

    def holding(self, mask: int, every: int) -> int:
        if mask not in self._held:
            present = mask & ~MISSING
            found = every
            if present:
                first, last = (present & -present).bit_length() - 1, present.bit_length() - 1
                found = self._unbound | self._begun[first] & self._lasting[last]
                for other, boxes in self._broken.items():
                    if other & present == present:
                        found |= boxes
            self._held[mask] = found & self._missing if mask & MISSING else found
        return self._held[mask]

    @cached_property
    def admitting(self) -> list[int]:
        found = [
            self._unbound | begun & lasting for begun, lasting in zip(self._begun, self._lasting, strict=True)
        ]
        found[0] = self._missing
        for mask, boxes in self._broken.items():
            for piece in pieces_in(mask):
                found[piece] |= boxes
        return found
