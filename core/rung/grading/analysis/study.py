"""What every part of an analysis shares: the policy's space, its conditions as boxes, examples, a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from rung.grading.analysis.finding import Example
from rung.grading.analysis.search import Budget
from rung.grading.analysis.solving import solved
from rung.grading.analysis.space import Box, Space, TooManyBoxesError, space_of
from rung.grading.analysis.supposed import calibration_for, ranked_tests, supposed_cutoffs
from rung.grading.compiled import PREVIOUS_GRADE, CompiledPolicy, CompiledTerms, Table
from rung.grading.derive import derive
from rung.grading.row import Assessment, assess
from rung.policy.binding import Bound
from rung.policy.cells import Test, Value
from rung.policy.keys import KeyPath
from rung.vocabulary import Quantity

__all__ = ["EXAMPLES", "STEPS", "Conditions", "Study", "conditions_of"]

STEPS: Final = 1_000_000
"""Steps all searches of one analysis take together; seconds at most."""


EXAMPLES: Final = 2_000
"""Customers graded for examples in one analysis; findings past them go without."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """One condition of the policy as boxes."""

    path: KeyPath
    bound: Bound
    holds: tuple[Box, ...]
    may: tuple[Box, ...]
    """Those for whom it holds, or is left open by missing values."""
    fails: tuple[Box, ...]
    may_fail: tuple[Box, ...]


@dataclass(slots=True)
class Study:
    """One policy under analysis."""

    compiled: CompiledPolicy
    space: Space
    budget: Budget
    examples_left: int = EXAMPLES
    unread: list[KeyPath] = field(default_factory=list)
    """Conditions with too many boxes to be looked at."""
    _known: dict[KeyPath, Conditions | None] = field(default_factory=dict)

    @classmethod
    def of(cls, compiled: CompiledPolicy, steps: int = STEPS) -> Study:
        """Return the study of a policy, its space cut by every test the policy makes."""
        space = space_of(
            (bound for _path, bound in conditions_of(compiled)), _tests(compiled), _inputs(compiled)
        )
        return cls(compiled, space, Budget(steps))

    def conditions(self, path: KeyPath, bound: Bound) -> Conditions | None:
        """Return a condition as boxes; ``None`` where they are too many, which is then said once."""
        if path not in self._known:
            try:
                self._known[path] = Conditions(
                    path,
                    bound,
                    self.space.boxes(bound),
                    self.space.boxes(bound, may=True),
                    self.space.boxes(bound, wanted=False),
                    self.space.boxes(bound, wanted=False, may=True),
                )
            except TooManyBoxesError:
                self.unread.append(path)
                self._known[path] = None
        return self._known[path]

    def example(self, boxes: Iterable[Box | None], is_so: Callable[[Assessment], bool]) -> Example | None:
        """Return the first customer of the boxes whom the row function grades as the finding says."""
        supposed: Example | None = None
        for box in boxes:
            if box is None or not self.examples_left:
                continue
            self.examples_left -= 1
            found = self._customer(box)
            if is_so(found.assessment):
                if not found.supposed:
                    return found
                supposed = supposed or found
        return supposed

    def _customer(self, box: Box) -> Example:
        compiled = self.compiled
        plain = {**self.space.row(box)}
        if PREVIOUS_GRADE in plain and box[self.space.places[PREVIOUS_GRADE]] & 1:
            plain[PREVIOUS_GRADE] = None
        names = {formula.result.id for formula in compiled.derived}
        cutoffs = {ranking.key: supposed_cutoffs(ranking) for ranking in compiled.rankings}
        wanted = [name for name in names if name in self.space.places]
        row = solved(compiled.derived, self.space, box) if wanted else plain
        if row is None:
            forced: dict[str, Value | None] = {name: plain[name] for name in wanted}
            given = {name: value for name, value in plain.items() if name not in names}
            told = assess(compiled, calibration_for(compiled, plain), given, forced)
            unlike = [name for name in wanted if derive(compiled, given).get(name) != plain[name]]
            return Example(plain, told, cutoffs, tuple(unlike))
        given = {name: value for name, value in row.items() if name not in names}
        return Example(row, assess(compiled, calibration_for(compiled, row), given), cutoffs)


def conditions_of(compiled: CompiledPolicy) -> Iterator[tuple[KeyPath, Bound]]:
    """Yield every condition over a customer's values, and where it stands."""
    if isinstance(compiled.method, Table):
        for number, rule in enumerate(compiled.method.rules):
            yield ("rules", number, "when"), rule.condition
    for number, gate in enumerate(compiled.gates):
        yield ("gates", number, "when"), gate.condition
    for number, flag in enumerate(compiled.flags):
        yield ("flags", number, "when"), flag.condition
    for number, criterion in enumerate(compiled.criteria):
        if criterion.applies is not None:
            yield ("criteria", number, "applies"), criterion.applies
    places = {flag.id: number for number, flag in enumerate(compiled.flags)}
    for grade, terms in compiled.terms.items():
        yield from _promises(("service", grade), terms)
    for name, terms in compiled.flag_terms.items():
        yield from _promises(("flags", places[name], "service"), terms)
    for number, alarm in enumerate(compiled.alarms):
        if alarm.customers is not None:
            yield ("alarms", number, "customers"), alarm.customers


def _promises(around: KeyPath, terms: CompiledTerms) -> Iterator[tuple[KeyPath, Bound]]:
    counted: Counter[str] = Counter()
    for each in terms.obligations:
        kind = each.obligation.kind
        if each.condition is not None:
            yield (*around, kind, counted[kind], "when"), each.condition
        counted[kind] += 1


def _tests(compiled: CompiledPolicy) -> Iterator[tuple[Quantity, Test]]:
    for criterion in compiled.criteria:
        yield from ((criterion.quantity, band.test) for band in criterion.bands if band.test is not None)
    for ranking in compiled.rankings:
        yield from ((ranking.quantity, test) for test in ranked_tests(ranking))


def _inputs(compiled: CompiledPolicy) -> Iterator[Quantity]:
    yield from (criterion.quantity for criterion in compiled.criteria)
    yield from (ranking.within for ranking in compiled.rankings if ranking.within is not None)
    for formula in compiled.derived:
        yield from (compiled.quantities[name] for name in formula.names())
        yield formula.result
