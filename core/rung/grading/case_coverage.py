"""What the tests of a policy exercise: which grades, bands, rules, gates, flags, promises, and which bounds.

A part counts as exercised where a case reaches it *and* expects something that would change with it: a band
that no case names points, band or score for could be wrong unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from rung.grading.compiled import CompiledCriterion, CompiledPolicy, CompiledTerms, Matrix, Table
from rung.grading.derive import Row
from rung.grading.row import Assessment
from rung.grading.trying import Tried, tried
from rung.policy.binding import Bound, tests_in, truth
from rung.policy.cells import InRanges, Test, Value
from rung.policy.model import Expectation
from rung.policy.ranges import Range
from rung.text import _
from rung.vocabulary import Kind, Quantity

__all__ = ["Coverage", "Exercised", "coverage_of"]

_GRADE: Final = ("grade", "score", "reasons")


@dataclass(frozen=True, slots=True)
class _Case:
    """One customer of a test, graded, and what the test expects of it."""

    tried: Tried
    expected: Expectation
    event_table: str | None

    @property
    def row(self) -> Row:
        return self.tried.row

    @property
    def found(self) -> Assessment:
        return self.tried.found

    def expects(self, *names: str) -> bool:
        """Return whether one of the outcomes named is compared."""
        return any(getattr(self.expected, name) is not None for name in names)


@dataclass(frozen=True, slots=True)
class Exercised:
    """One part of a policy, and whether a case exercises it."""

    kind: str
    """``grade``, ``band``, ``cell``, ``rule``, ``gate``, ``flag``, ``service``, ``alarm`` or ``bound``."""
    key: str
    """Where it is written, as a dotted key."""
    what: str
    """In words."""
    is_met: bool


@dataclass(frozen=True)
class Coverage:
    """Every part of a policy that a case could exercise."""

    parts: tuple[Exercised, ...]

    @property
    def missed(self) -> tuple[Exercised, ...]:
        """The parts no case exercises."""
        return tuple(part for part in self.parts if not part.is_met)

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Return, by kind, how many parts are exercised and how many there are."""
        counted: dict[str, tuple[int, int]] = {}
        for part in self.parts:
            met, whole = counted.get(part.kind, (0, 0))
            counted[part.kind] = met + part.is_met, whole + 1
        return counted


def coverage_of(compiled: CompiledPolicy) -> Coverage:
    """Return what the tests of a policy exercise of it.

    Raises ValueError for a value that cannot be read as its field's kind; see ``run_tests``.
    """
    cases = [
        _Case(each, expected, test.event.table if test.event else None)
        for test in compiled.policy.tests
        for each, expected in zip(tried(test, compiled), test.expect, strict=True)
    ]
    survey = _Survey(compiled, cases)
    survey.grades()
    survey.criteria()
    survey.cells()
    survey.rules()
    survey.gates()
    survey.flags()
    survey.service()
    survey.alarms()
    return Coverage(tuple(survey.parts))


@dataclass
class _Survey:
    """Goes through a policy part by part."""

    compiled: CompiledPolicy
    cases: Sequence[_Case]
    parts: list[Exercised] = field(default_factory=list)

    def _add(self, kind: str, key: str, what: str, met: bool) -> None:
        self.parts.append(Exercised(kind, key, what, met))

    def _expecting(self, *names: str) -> list[_Case]:
        return [each for each in self.cases if each.expects(*names)]

    def grades(self) -> None:
        """Every grade is given to some case."""
        given = {each.found.grade for each in self._expecting("grade")}
        for number, grade in enumerate(self.compiled.grades):
            self._add("grade", f"grades[{number}]", grade, grade in given)

    def criteria(self) -> None:
        """Every band is met, the missing value too, and the customer a criterion does not apply to."""
        whole = _GRADE if not self.compiled.pointed else ("score",)
        for place, criterion in enumerate(self.compiled.criteria):
            known = [
                each
                for each in self.cases
                if each.expects(*whole)
                or criterion.id in (each.expected.points or {})
                or criterion.id in (each.expected.bands or {})
                or (each.found.not_graded is not None and each.expected.grade is not None)
            ]
            met = {each.found.met[place].band for each in known}
            for number in _bands(criterion):
                self._add(
                    "band",
                    _band_key(place, number, self.compiled),
                    _band_words(criterion, number),
                    number in met,
                )
            rows = [each.row for each in known]
            for number, band in enumerate(criterion.bands, start=1):
                if band.test is not None:
                    key = _band_key(place, number, self.compiled)
                    self._bounds(key, criterion.quantity, band.test, rows)
            if criterion.applies is not None:
                self._condition_bounds(f"criteria[{place}].applies", criterion.applies, rows)

    def cells(self) -> None:
        """Every cell of a matrix is met."""
        method = self.compiled.method
        if not isinstance(method, Matrix):
            return
        down, across = method.axes
        met = {
            (each.found.met[down].place, each.found.met[across].place)
            for each in self._expecting("grade")
            if each.found.grade is not None
        }
        for row, cells in enumerate(method.cells):
            for column in range(len(cells)):
                words = _("row {row}, column {column}").format(row=row + 1, column=column + 1)
                self._add("cell", f"grading.cells[{row}][{column}]", words, (row, column) in met)

    def rules(self) -> None:
        """Every rule decides for some case, and so does no rule at all where that gives a grade."""
        method = self.compiled.method
        if not isinstance(method, Table):
            return
        known = self._expecting(*_GRADE)
        decided = {rule for each in known for rule in each.found.decided}
        for number, rule in enumerate(method.rules):
            self._add("rule", f"rules[{number}]", rule.id, rule.id in decided)
            self._condition_bounds(f"rules[{number}].when", rule.condition, [each.row for each in known])
        if method.otherwise is not None:
            met = any("rule:otherwise" in each.found.reasons for each in known)
            self._add("rule", "grading.otherwise", _("no rule holds"), met)

    def gates(self) -> None:
        """Every gate fires for one case and stays open for another."""
        known = self._expecting(*_GRADE)
        for place, gate in enumerate(self.compiled.gates):
            fired = {each.found.gates[place] for each in known}
            self._add("gate", f"gates[{place}]", _("{id} fires").format(id=gate.id), True in fired)
            self._add("gate", f"gates[{place}]", _("{id} does not fire").format(id=gate.id), False in fired)
            self._condition_bounds(f"gates[{place}].when", gate.condition, [each.row for each in known])

    def flags(self) -> None:
        """Every flag stands beside one case and not beside another."""
        known = self._expecting("flags")
        for place, flag in enumerate(self.compiled.flags):
            standing = {flag.id in each.found.flags for each in known}
            self._add("flag", f"flags[{place}]", _("{id} stands").format(id=flag.id), True in standing)
            self._add(
                "flag", f"flags[{place}]", _("{id} does not stand").format(id=flag.id), False in standing
            )
            self._condition_bounds(f"flags[{place}].when", flag.condition, [each.row for each in known])

    def service(self) -> None:
        """Every promise is owed to some case; one under a condition is not owed to another."""
        known = self._expecting("service")
        classes = {flag.id: flag.service_class for flag in self.compiled.policy.flags}
        for grade, terms in self.compiled.terms.items():
            among = [
                each
                for each in known
                if each.found.grade == grade or grade in {classes[flag] for flag in each.found.flags}
            ]
            self._promises(f"service.{grade}", terms, among)
        for place, flag in enumerate(self.compiled.flags):
            if flag.id in self.compiled.flag_terms:
                among = [each for each in known if flag.id in each.found.flags]
                self._promises(f"flags[{place}].service", self.compiled.flag_terms[flag.id], among)

    def _promises(self, key: str, terms: CompiledTerms, among: Sequence[_Case]) -> None:
        rows = [each.row for each in among]
        for each in terms.obligations:
            condition, words = each.condition, f"{key} {each.code}"
            met = bool(rows) if condition is None else any(truth(condition, row) for row in rows)
            self._add("service", key, words, met)
            if condition is not None:
                spared = any(truth(condition, row) is False for row in rows)
                self._add("service", key, _("{promise} is not owed").format(promise=words), spared)
                self._condition_bounds(key, condition, rows)

    def alarms(self) -> None:
        """Every alarm is raised by one event and not by another of its table."""
        known = self._expecting("alarms")
        for place, alarm in enumerate(self.compiled.alarms):
            among = [each for each in known if each.event_table == alarm.on]
            raised = {alarm.id in each.tried.alarms for each in among}
            self._add("alarm", f"alarms[{place}]", _("{id} is raised").format(id=alarm.id), True in raised)
            if alarm.event is not None or alarm.customers is not None:
                spared = _("{id} is not raised").format(id=alarm.id)
                self._add("alarm", f"alarms[{place}]", spared, False in raised)
            if alarm.event is not None:
                events = [each.tried.event or {} for each in among]
                self._condition_bounds(f"alarms[{place}].when", alarm.event, events)
            if alarm.customers is not None:
                rows = [each.row for each in among]
                self._condition_bounds(f"alarms[{place}].customers", alarm.customers, rows)

    def _condition_bounds(self, key: str, condition: Bound, rows: Sequence[Row]) -> None:
        for each in tests_in(condition):
            self._bounds(key, each.quantity, each.test, rows)

    def _bounds(self, key: str, quantity: Quantity, test: Test, rows: Sequence[Row]) -> None:
        """Want a case on each bound and one right beside it; either side will do for a computed value."""
        if not isinstance(test, InRanges):
            return
        values = {number for row in rows if (number := _number(row.get(quantity.id))) is not None}
        is_computed = any(formula.result.id == quantity.id for formula in self.compiled.derived)
        for each in test.ranges:
            for outside, inside in _edges(each):
                for wanted in (outside, inside):
                    if not _can_be(wanted, quantity):
                        continue
                    met = wanted in values
                    if is_computed and not met:
                        border = max(outside, inside)
                        met = any((value < border) == (wanted < border) for value in values)
                    part = Exercised("bound", key, f"{quantity.id} = {_written(wanted, quantity)}", met)
                    if part not in self.parts:
                        self.parts.append(part)


def _bands(criterion: CompiledCriterion) -> Iterator[int]:
    """Yield the numbers of the bands, 0 for a missing value, -1 where the criterion does not apply."""
    yield from range(1, len(criterion.bands) + 1)
    yield 0
    if criterion.applies is not None:
        yield -1


def _band_key(place: int, number: int, compiled: CompiledPolicy) -> str:
    if number < 1:
        return f"criteria[{place}]"
    kind = "levels" if compiled.policy.criteria[place].levels else "bands"
    return f"criteria[{place}].{kind}[{number - 1}]"


def _band_words(criterion: CompiledCriterion, number: int) -> str:
    match number:
        case 0:
            return _("{id} missing").format(id=criterion.id)
        case -1:
            return _("{id} does not apply").format(id=criterion.id)
    return f"{criterion.id}:{number}"


def _edges(each: Range) -> Iterator[tuple[int, int]]:
    """Yield, for each end a range has, the last value outside it and the first within."""
    if each.low is not None:
        yield each.low - 1, each.low
    if each.high is not None:
        yield each.high + 1, each.high


def _can_be(wanted: int, quantity: Quantity) -> bool:
    low = None if quantity.low is None else quantity.low * quantity.scale
    high = None if quantity.high is None else quantity.high * quantity.scale
    return (low is None or wanted >= low) and (high is None or wanted <= high)


def _number(value: Value | None) -> int | None:
    match value:
        case date():
            return value.toordinal()
        case int():
            return int(value)
    return None


def _written(scaled: int, quantity: Quantity) -> str:
    if quantity.kind is Kind.DATE:
        return date.fromordinal(scaled).isoformat()
    return f"{Decimal(scaled) / quantity.scale:f}"
