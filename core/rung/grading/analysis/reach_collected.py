"""Which grades the collected points of a table's rules can come to: every set of rules that hold together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rung.grading.analysis.axis import pieces_in
from rung.grading.analysis.index import Index
from rung.grading.analysis.reached import Reached
from rung.grading.analysis.space import Box
from rung.grading.analysis.study import Study
from rung.grading.compiled import POINT_SCALE, Table
from rung.grading.hysteresis import place
from rung.grading.ruling import collected
from rung.policy.formula import divide_half_up

__all__ = ["Collected"]

_MOST_SETS: Final = 30_000
# Sets of rules looked at; past them the answer is no longer complete.


@dataclass(slots=True)
class _Walk:
    """One walk over the axes of a box: which rules are still possible after the values chosen so far."""

    within: Box
    order: list[int]
    reached: Reached = field(default_factory=Reached)
    scores: list[int] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)


class Collected:
    """Points of the rules that hold, summed, counted, or the least or greatest of them."""

    def __init__(self, study: Study, table: Table) -> None:
        self._table: Final = table
        self._is_read = True
        boxes: list[Box] = []
        self._owners: list[tuple[int, bool]] = []
        """Each box's rule, and whether the rule holds there rather than may hold."""
        for number, rule in enumerate(table.rules):
            read = study.conditions(("rules", number, "when"), rule.condition)
            self._is_read = self._is_read and read is not None
            for parts, holds in ((read.holds, True), (read.may, False)) if read else ():
                boxes += parts
                self._owners += [(number, holds)] * len(parts)
        self._index: Final = Index(study.space, boxes)

    def within(self, box: Box) -> Reached:
        """Return the grades some customers of the box are given, and the least and greatest score."""
        rules = self._index.meeting(box)
        order = [axis for axis, mask in enumerate(box) if rules & ~self._index.holding_on(axis, mask)]
        walk = _Walk(box, order)
        self._descend(walk, 0, rules, ())
        walk.reached.is_complete = walk.reached.is_complete and self._is_read
        if walk.scores:
            walk.reached.scores = min(walk.scores), max(walk.scores)
        return walk.reached

    def _descend(self, walk: _Walk, depth: int, rules: int, path: tuple[int, ...]) -> None:
        if (depth, rules) in walk.seen:
            return
        if len(walk.seen) > _MOST_SETS:
            walk.reached.is_complete = False
            return
        walk.seen.add((depth, rules))
        if depth == len(walk.order) or not rules:
            self._note(walk, rules, path)
            return
        axis = walk.order[depth]
        ways: dict[int, int] = {}
        admitting = self._index.admitting(axis)
        for piece in pieces_in(walk.within[axis]):
            left = admitting[piece] & rules
            ways[left] = ways.get(left, 0) | 1 << piece
        for left, mask in ways.items():
            self._descend(walk, depth + 1, left, (*path, mask))

    def _note(self, walk: _Walk, rules: int, path: tuple[int, ...]) -> None:
        chosen = dict(zip(walk.order, path, strict=False))
        found = tuple(chosen.get(axis, mask) for axis, mask in enumerate(walk.within))
        told = self._outcome(rules)
        if told is None:
            return
        code, score = told
        walk.reached.boxes.setdefault(code, found)
        if score is not None:
            walk.scores.append(score)

    def _outcome(self, boxes: int) -> tuple[int, int | None] | None:
        """Return the grade where these boxes are met, with the score if there is one; ``None`` for none."""
        met = [self._owners[box] for box in pieces_in(boxes)]
        holding = {number for number, holds in met if holds}
        is_open = {number for number, _holds in met} - holding if self._table.missing == "refuse" else set()
        if not holding:
            last = self._table.otherwise
            return None if is_open or last is None else (last, None)
        collecting, rules = self._table.collecting, self._table.rules
        assert collecting is not None
        held = [rules[number] for number in sorted(holding)]
        points = collected(collecting, held)
        if any(collected(collecting, [*held, rules[number]]) != points for number in is_open):
            return None
        score = divide_half_up(points * collecting.score_scale, POINT_SCALE)
        return place(score, collecting.cutoffs), score
