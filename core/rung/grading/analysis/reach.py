"""Which grades a policy's method can give, before gates, to the customers of a box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rung.grading.analysis.precedence import Precedence
from rung.grading.analysis.reach_collected import Collected
from rung.grading.analysis.reach_scales import Combined, Placed, Scored
from rung.grading.analysis.reached import Reached
from rung.grading.analysis.regions import Regions, members
from rung.grading.analysis.search import OutOfBudgetError
from rung.grading.analysis.space import Box, meet
from rung.grading.analysis.study import Study
from rung.grading.analysis.supposed import ranked_tests
from rung.grading.compiled import Combination, Matrix, Shares, Table, Ungraded, WeightedScore

__all__ = ["Reach", "reach_of"]


class Reach(Protocol):
    """A method asked which grades it gives."""

    def within(self, box: Box) -> Reached:
        """Return the grades some customers of the box are given."""
        ...


def reach_of(study: Study, regions: Regions | None) -> Reach:
    """Return a policy's method; ``regions`` are the rules of its table, if it has one."""
    match study.compiled.method:
        case Table(collecting=None) as table:
            assert regions is not None
            return _Ruled(table, regions, Precedence.of(table))
        case Table() as table:
            return Collected(study, table)
        case WeightedScore() as method:
            return Scored(study, method)
        case Combination() as method:
            return Combined(study, method)
        case Matrix() as method:
            return Placed(study, method)
        case Shares() as method:
            return _Shared(study, method)
        case Ungraded():
            return _Nobody()


@dataclass(frozen=True, slots=True)
class _Ruled:
    table: Table
    regions: Regions
    precedence: Precedence

    def within(self, box: Box) -> Reached:
        reached = Reached()
        for place, rule in enumerate(self.table.rules):
            if rule.grade is None or rule.grade in reached.boxes:
                continue
            shared = [both for each in self.regions.boxes(place) if (both := meet(each, box))]
            before, refusing = self.precedence.before(place), self.precedence.refusing(place)
            self._note(reached, rule.grade, shared, before, refusing)
        last = self.table.otherwise
        if last is not None and last not in reached.boxes:
            refusing = members(place for place, rule in enumerate(self.table.rules) if rule.grade != last)
            every = members(range(len(self.table.rules)))
            self._note(reached, last, [box], every, refusing if self.table.missing == "refuse" else 0)
        if any(each is None for each in self.regions.conditions):
            reached.is_complete = False
        return reached

    def _note(self, reached: Reached, code: int, boxes: list[Box], before: int, refusing: int) -> None:
        try:
            found = self.regions.outside(boxes, before, refusing)
        except OutOfBudgetError:
            reached.is_complete = False
        else:
            if found is not None:
                reached.boxes[code] = found


@dataclass(frozen=True, slots=True)
class _Shared:
    study: Study
    method: Shares

    def within(self, box: Box) -> Reached:
        ranking, space = self.method.ranking, self.study.space
        name, reached = ranking.quantity.id, Reached()
        for code, test in enumerate(ranked_tests(ranking)):
            found = space.where(name, space.tested(name, test), box)
            if all(found):
                reached.boxes[code] = found
        worst = space.where(name, 1, box)
        if self.method.missing == "worst" and all(worst):
            reached.boxes.setdefault(len(ranking.shares), worst)
        return reached


@dataclass(frozen=True, slots=True)
class _Nobody:
    codes: Mapping[int, Box] = field(default_factory=dict)

    def within(self, box: Box) -> Reached:  # noqa: ARG002 - nobody is graded, whatever the box
        return Reached()
