"""Runs the tests a policy carries and tells, for each, what came out differently from what it expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rung.errors import Problem, RungError
from rung.grading.compiled import POINT_SCALE, CompiledPolicy
from rung.grading.met import Met
from rung.grading.row import Assessment
from rung.grading.trying import Tried, tried
from rung.policy.found import found_at
from rung.policy.keys import KeyPath
from rung.policy.model import Expectation, Policy, PolicyTest
from rung.policy.outcomes import NOT_GRADED
from rung.text import _
from rung.values import parse_value
from rung.vocabulary import EventTable, Quantity

__all__ = ["Difference", "Outcome", "run_test", "run_tests", "value_problems"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a test expected and did not get."""

    customer: int
    """Position of the customer among the test's, from 0."""
    what: str
    """Key of the expectation, such as ``grade`` or ``points.credit``."""
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one test came to."""

    number: int
    """Position of the test in the policy, from 0."""
    name: str
    differences: tuple[Difference, ...]

    @property
    def is_passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences

    def problems(self) -> Iterator[Problem]:
        """Yield the differences as problems under their keys; ``LoadedPolicy.located`` adds the line."""
        for each in self.differences:
            yield found_at(
                ("tests", self.number, "expect", each.customer, *each.what.split(".")),
                _("Test “{name}”: expected {what} {expected}, found {found}.").format(
                    name=self.name, what=each.what, found=each.found, expected=each.expected
                ),
            )


def run_tests(compiled: CompiledPolicy) -> tuple[Outcome, ...]:
    """Grade the customers of every test and compare; the customers of one test are one population.

    Raises RungError with every value of a customer that cannot be read.
    """
    problems = value_problems(compiled.policy, compiled.quantities, compiled.vocabulary.events)
    if problems:
        raise RungError.all(problems)
    return tuple(run_test(number, test, compiled) for number, test in enumerate(compiled.policy.tests))


def run_test(number: int, test: PolicyTest, compiled: CompiledPolicy) -> Outcome:
    """Grade the customers of one test, which is one population, and compare.

    ``number`` is the test's place, from 0. Raises ValueError for a value that cannot be read.
    """
    differences = tuple(
        difference
        for customer, (found, expected) in enumerate(zip(tried(test, compiled), test.expect, strict=True))
        for difference in _differences(customer, expected, found, compiled)
    )
    return Outcome(number, test.name or f"tests[{number}]", differences)


def _differences(
    customer: int, expected: Expectation, case: Tried, compiled: CompiledPolicy
) -> Iterator[Difference]:
    found = case.found
    grade = found.grade or NOT_GRADED
    if expected.grade is not None and expected.grade != grade:
        shown = grade if found.grade else f"{NOT_GRADED} ({found.not_graded})"
        yield Difference(customer, "grade", expected.grade, shown)
    if expected.score is not None:
        score = _score(found, compiled)
        if score != expected.score:
            yield Difference(customer, "score", str(expected.score), _number(score))
    if expected.flags is not None and set(expected.flags) != set(found.flags):
        yield Difference(customer, "flags", _listed(expected.flags), _listed(found.flags))
    if expected.reasons is not None and not _begin(expected.reasons, found):
        shown_reasons = found.reasons[: max(len(expected.reasons), 1)]
        yield Difference(customer, "reasons", _listed(expected.reasons), _listed(shown_reasons))
    yield from _by_criterion(customer, expected, found)
    if expected.service is not None and Counter(expected.service) != Counter(case.service):
        yield Difference(customer, "service", _listed(expected.service), _listed(case.service))
    if expected.alarms is not None and set(expected.alarms) != set(case.alarms):
        yield Difference(customer, "alarms", _listed(expected.alarms), _listed(case.alarms))


def _by_criterion(customer: int, expected: Expectation, found: Assessment) -> Iterator[Difference]:
    met = {each.criterion.id: each for each in found.met}
    for name, points in (expected.points or {}).items():
        given = _points(met[name])
        if points != given:
            yield Difference(customer, f"points.{name}", _number(points), _number(given))
    for name, band in (expected.bands or {}).items():
        if band != met[name].band:
            yield Difference(customer, f"bands.{name}", str(band), str(met[name].band))


def _points(met: Met) -> Decimal | None:
    return None if met.points is None else Decimal(met.points) / POINT_SCALE


def _number(number: Decimal | None) -> str:
    return _("none") if number is None else f"{number.normalize():f}"


def _score(found: Assessment, compiled: CompiledPolicy) -> Decimal | None:
    return None if found.score is None else Decimal(found.score) / compiled.score_scale


def _begin(expected: tuple[str, ...], found: Assessment) -> bool:
    """Return whether the reasons begin as expected; the cause of a refusal may stand before them."""
    if not expected:
        return not found.reasons
    beginnings = [found.reasons, (found.not_graded, *found.reasons)]
    return any(each[: len(expected)] == expected for each in beginnings)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) or _("none")


def value_problems(
    policy: Policy, quantities: Mapping[str, Quantity], events: Mapping[str, EventTable]
) -> tuple[Problem, ...]:
    """Return every value of a test's customers or event that cannot be read as its field's kind."""
    return tuple(
        problem
        for number, test in enumerate(policy.tests)
        for path, written, known in _written(number, test, quantities, events)
        for problem in _unreadable(path, written, known)
    )


def _written(
    number: int, test: PolicyTest, quantities: Mapping[str, Quantity], events: Mapping[str, EventTable]
) -> Iterator[tuple[KeyPath, Mapping[str, object], Mapping[str, Quantity]]]:
    """Yield every table of values a test writes, with where it stands and what its names mean."""
    for position, customer in enumerate(test.population()):
        around: KeyPath = ("tests", number, "customer")
        if test.customers:
            around = ("tests", number, "customers", position)
        yield around, customer, quantities
    if test.event is not None and test.event.table in events:
        columns = {column.id: column for column in events[test.event.table].columns}
        yield ("tests", number, "event", "values"), test.event.values, columns


def _unreadable(
    path: KeyPath, written: Mapping[str, object], known: Mapping[str, Quantity]
) -> Iterator[Problem]:
    for name, value in written.items():
        try:
            if name in known:
                parse_value(value, known[name])
        except ValueError as error:
            yield found_at((*path, name), f"{name}: {error}")
