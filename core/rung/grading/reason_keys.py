"""What each reason of each customer weighs, as one comparable number a reason, by the policy's method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import narwhals.stable.v2 as nw

from rung.grading.cases import WholeType, case_of, narrowest
from rung.grading.compiled import (
    HELD,
    Combination,
    CompiledCriterion,
    CompiledPolicy,
    Matrix,
    Shares,
    Table,
    WeightedScore,
)
from rung.grading.outcome import CONFLICT

__all__ = ["ReasonKeys", "code_type"]


def code_type(compiled: CompiledPolicy) -> WholeType:
    """Return the type of grades', reasons' and refusals' places."""
    most = max(len(compiled.grades), len(compiled.reason_codes), len(compiled.refusal_codes))
    return narrowest(most)


_CriterionKey: TypeAlias = Callable[[CompiledCriterion, int], nw.Expr]


@dataclass(frozen=True, slots=True)
class ReasonKeys:
    """Builds the keys of one policy's reasons.

    A key is what the reason weighs times a width, plus how early it was written: larger is more
    important, no two of one customer are equal, and whatever weighs nothing stays below the width.
    """

    compiled: CompiledPolicy

    @property
    def width(self) -> int:
        """What a weight is multiplied by."""
        return len(self.compiled.reason_codes) + 1

    @property
    def most(self) -> int:
        """More than the heaviest of the method's own reasons weighs; gates weigh more."""
        match self.compiled.method:
            case WeightedScore():
                lost = ((c.best - min(c.worst, c.missing_points)) * c.weight for c in self.compiled.criteria)
                return 1 + sum(lost)
            case Combination() as combination:
                codes = range(combination.last + 1)
                weights = [criterion.weight for criterion in self.compiled.criteria]
                return 1 + max(combination.pull(code, weight) for code in codes for weight in weights)
            case Matrix():
                return 3
            case Table(rules):
                return len(rules) + 2
        return 2

    @property
    def dtype(self) -> WholeType:
        """Return a type that holds every key."""
        gates = len(self.compiled.gates)
        dtype = narrowest((2 * self.most + gates + 2) * self.width)
        return nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype

    def of_method(self) -> dict[str, nw.Expr]:
        """Return the keys of the method's own reasons, by column name."""
        match self.compiled.method:
            case WeightedScore():
                return self._by_criterion(self._lost)
            case Combination():
                return self._by_criterion(self._pulled)
            case Matrix(axes):
                return {f"__key_{axis}": self._axis(axis, 2 - rank) for rank, axis in enumerate(axes)}
            case Table() as table:
                return {"__own_key": self._own()} | self._rules(table)
            case Shares():
                return {"__own_key": self._own()}
        return {}

    def of_hold(self) -> dict[str, nw.Expr]:
        """Return the key of a grade that the one before holds on to, where the policy looks back."""
        if self.compiled.hold is None:
            return {}
        key = self.most * self.width + self._early(HELD)
        return {"__held_key": case_of([(nw.col("__held"), key)], 0, self.dtype)}

    def of_gates(self) -> dict[str, nw.Expr]:
        """Return the keys of the gates; the first written weighs most."""
        keys = {}
        gates = self.compiled.gates
        for index, gate in enumerate(gates):
            fired = nw.col(f"__gate_{index}").fill_null(gate.missing == "fire")
            key = (self.most + len(gates) - index) * self.width + self._early(f"gate:{gate.id}")
            keys[f"__gate_key_{gate.id}"] = case_of([(fired, key)], 0, self.dtype)
        return keys

    def _early(self, code: str) -> int:
        return self.width - 1 - self.compiled.reason_codes.index(code)

    def _by_criterion(self, key_of: _CriterionKey) -> dict[str, nw.Expr]:
        return {
            f"__key_{criterion.id}": key_of(criterion, index)
            for index, criterion in enumerate(self.compiled.criteria)
        }

    def _first(self, criterion: CompiledCriterion) -> int:
        # The places of a criterion's codes rise from band to band (``CompiledPolicy.reason_codes``),
        # so one subtraction finds the band's.
        return self._early(f"{criterion.id}:missing")

    def _lost(self, criterion: CompiledCriterion, index: int) -> nw.Expr:
        """Return the key of the points lost; null where the criterion is left out."""
        step, dtype = criterion.weight * self.width, self.dtype
        points = nw.col(f"points_{criterion.id}")
        points = points if dtype is nw.Int32 else points.cast(dtype)
        whole_ = points * -step + (criterion.best * step + self._first(criterion))
        return whole_ - nw.col(f"__band_{index}").cast(dtype)

    def _pulled(self, criterion: CompiledCriterion, index: int) -> nw.Expr:
        combination = self.compiled.method
        assert isinstance(combination, Combination)
        band, first = nw.col(f"__band_{index}"), self._first(criterion)
        is_graded = ~nw.col("__code").is_null()
        graded = [(number, each.grade or 0) for number, each in enumerate(criterion.bands, start=1)]
        if criterion.fills_in:
            graded.append((0, criterion.worst_grade))
        cases = []
        for number, grade in graded:
            pull = combination.pull(grade, criterion.weight)
            cases.append((is_graded & (band == number), pull * self.width + first - number))
        return case_of(cases, 0, self.dtype)

    def _axis(self, axis: int, weight: int) -> nw.Expr:
        criterion = self.compiled.criteria[axis]
        key = nw.col(f"__band_{axis}").cast(self.dtype) * -1 + (weight * self.width + self._first(criterion))
        return nw.when(~nw.col("__code").is_null()).then(key)

    def _own(self) -> nw.Expr:
        own = nw.col("__reason")
        key = own.cast(self.dtype) * -1 + ((self.most - 1) * self.width + self.width - 1)
        return nw.when(~own.is_null()).then(key)

    def _rules(self, table: Table) -> dict[str, nw.Expr]:
        """Return the keys of rules that are reasons together: of the grade, or of a conflict."""
        keys = {}
        count, gates = len(table.rules), len(self.compiled.gates)
        is_graded = ~nw.col("__code").is_null()
        for rank, place in enumerate(table.precedence):
            held, early = nw.col(f"__rule_{place}"), self._early(f"rule:{table.rules[place].id}")
            cases = []
            if table.may_conflict:
                is_conflict = nw.col("__refused") == self.compiled.refusal_codes.index(CONFLICT)
                weight = self.most + gates + 1 + count - rank
                cases.append((held & is_conflict, weight * self.width + early))
            if table.names_every:
                cases.append((held & is_graded, (1 + count - rank) * self.width + early))
            if cases:
                keys[f"__rule_key_{place}"] = case_of(cases, 0, self.dtype)
        return keys
