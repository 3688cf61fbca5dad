"""Every quantity a policy asks about as one axis each; a box is a set of values on every axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rung.grading.analysis.axis import MISSING, Axis, axis_of, pieces_in
from rung.policy.binding import All, Any, Bound, Inverse, Tested, tests_in
from rung.policy.cells import IsMissing, Test, Value
from rung.vocabulary import Quantity

__all__ = ["Box", "Space", "TooManyBoxesError", "meet", "space_of"]

Box = tuple[int, ...]
"""One mask for each axis of a space, in their order: all customers whose every value lies in its mask."""

_MOST_BOXES = 1_000
# Boxes one condition may fall into; nested any of all of any multiplies without end.


class TooManyBoxesError(Exception):
    """A condition falls into more boxes than are looked at."""


@dataclass(frozen=True)
class Space:
    """The axes, and every customer there can be."""

    axes: tuple[Axis, ...]

    @cached_property
    def full(self) -> Box:
        """Every customer."""
        return tuple(axis.full for axis in self.axes)

    @cached_property
    def present(self) -> Box:
        """Every customer of whom nothing is missing."""
        return tuple(axis.full & ~MISSING for axis in self.axes)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Place of each quantity's axis."""
        return {axis.quantity.id: place for place, axis in enumerate(self.axes)}

    def where(self, name: str, mask: int, within: Box | None = None) -> Box:
        """Return a box narrowed to a mask on one axis."""
        box, place = within or self.full, self.places[name]
        return (*box[:place], box[place] & mask, *box[place + 1 :])

    def tested(self, name: str, test: Test) -> int:
        """Return the values of a quantity for which a test holds."""
        return self.axes[self.places[name]].mask(test)

    def boxes(self, bound: Bound, *, wanted: bool = True, may: bool = False) -> tuple[Box, ...]:
        """Return the customers of whom a condition holds (or fails, if not wanted), as a union of boxes.

        ``may`` adds those of whom missing values leave it open. Raises TooManyBoxesError.
        """
        return tuple(_without_swallowed(self._boxes(bound, wanted, may)))

    def _boxes(self, bound: Bound, wanted: bool, may: bool) -> list[Box]:
        match bound:
            case Tested(quantity, test):
                axis = self.axes[self.places[quantity.id]]
                mask = axis.mask(test, wanted=wanted, may=may)
                return [self.where(quantity.id, mask)] if mask else []
            case Inverse(part):
                return self._boxes(part, not wanted, may)
            case All(parts) | Any(parts):
                each = [self._boxes(part, wanted, may) for part in parts]
                return self._joined(each) if isinstance(bound, All) is wanted else _listed(each)

    def _joined(self, each: list[list[Box]]) -> list[Box]:
        joined = [self.full]
        for boxes in each:
            joined = _listed([[both for box in boxes if (both := meet(so_far, box))] for so_far in joined])
        return joined

    def condition(self, box: Box) -> Bound:
        """Return the condition that holds for exactly the customers of a box, open for none."""
        return All(tuple(self._conditions(box)))

    def _conditions(self, box: Box) -> Iterator[Bound]:
        for axis, mask in zip(self.axes, box, strict=True):
            if mask == axis.full:
                continue
            present, missing = mask & ~MISSING, Tested(axis.quantity, IsMissing(mask & MISSING == 0))
            if present == axis.full & ~MISSING or not present:
                yield missing
            elif mask & MISSING:
                yield Any((missing, Tested(axis.quantity, axis.test(present))))
            else:
                yield All((missing, Tested(axis.quantity, axis.test(present))))

    def row(self, box: Box) -> dict[str, Value | None]:
        """Return one customer of a box: a value for every axis, missing only where nothing else is left."""
        return {
            axis.quantity.id: axis.value(next(pieces_in(mask & ~MISSING or mask)))
            for axis, mask in zip(self.axes, box, strict=True)
        }


def space_of(
    conditions: Iterable[Bound],
    tests: Iterable[tuple[Quantity, Test]] = (),
    quantities: Iterable[Quantity] = (),
) -> Space:
    """Return the space of every quantity named, cut by every test made of it."""
    made: dict[str, tuple[Quantity, dict[Test, None]]] = {}
    for quantity, test in (
        *((each.quantity, each.test) for bound in conditions for each in tests_in(bound)),
        *tests,
    ):
        made.setdefault(quantity.id, (quantity, {}))[1][test] = None
    for quantity in quantities:
        made.setdefault(quantity.id, (quantity, {}))
    return Space(tuple(axis_of(quantity, each) for quantity, each in made.values()))


def meet(first: Box, second: Box) -> Box | None:
    """Return the customers in both boxes, ``None`` where there is none."""
    both = tuple(a & b for a, b in zip(first, second, strict=True))
    return both if all(both) else None


def _listed(each: Iterable[Iterable[Box]]) -> list[Box]:
    listed = list(dict.fromkeys(box for boxes in each for box in boxes))
    if len(listed) > _MOST_BOXES:
        listed = _without_swallowed(listed)
        if len(listed) > _MOST_BOXES:
            raise TooManyBoxesError
    return listed


def _without_swallowed(boxes: list[Box]) -> list[Box]:
    """Return the boxes without those that lie in another one."""
    if len(boxes) < 2:
        return boxes
    return [
        box
        for n, box in enumerate(boxes)
        if not any(_swallows(other, box, n > m) for m, other in enumerate(boxes) if m != n)
    ]


def _swallows(outer: Box, inner: Box, is_earlier: bool) -> bool:
    return all(a & b == b for a, b in zip(outer, inner, strict=True)) and (outer != inner or is_earlier)
