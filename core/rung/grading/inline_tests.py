"""Runs the tests a policy carries and tells, for each, what came out differently from what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rung.errors import Problem, RungError
from rung.grading.calibration import calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.derive import Row
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.found import found_at
from rung.policy.keys import KeyPath
from rung.policy.model import Expectation, Policy, PolicyTest
from rung.policy.outcomes import NOT_GRADED
from rung.text import _
from rung.values import Value, parse_value
from rung.vocabulary import Quantity

__all__ = ["Difference", "Outcome", "run_tests", "value_problems"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a test expected and did not get."""

    customer: int
    """Position of the customer among the test's, from 0."""
    what: str
    """``grade``, ``score``, ``flags`` or ``reasons``."""
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
                ("tests", self.number, "expect", each.customer, each.what),
                _("Test “{name}”: expected {what} {expected}, found {found}.").format(
                    name=self.name, what=each.what, found=each.found, expected=each.expected
                ),
            )


def run_tests(compiled: CompiledPolicy) -> tuple[Outcome, ...]:
    """Grade the customers of every test and compare; the customers of one test are one population.

    Raises RungError with every value of a customer that cannot be read.
    """
    problems = value_problems(compiled.policy, compiled.quantities)
    if problems:
        raise RungError.all(problems)
    return tuple(_run(number, test, compiled) for number, test in enumerate(compiled.policy.tests))


def _run(number: int, test: PolicyTest, compiled: CompiledPolicy) -> Outcome:
    rows = [_row(customer, compiled.quantities) for customer in test.population()]
    card = Scorecard(compiled, calibrate_rows(compiled, rows))
    differences = tuple(
        difference
        for customer, (row, expected) in enumerate(zip(rows, test.expect, strict=True))
        for difference in _differences(customer, expected, card.assess(row), compiled)
    )
    return Outcome(number, test.name or f"tests[{number}]", differences)


def _row(customer: Mapping[str, object], quantities: Mapping[str, Quantity]) -> Row:
    read: dict[str, Value | None] = {
        name: parse_value(value, quantities[name]) for name, value in customer.items() if name in quantities
    }
    return dict.fromkeys(quantities) | read


def _differences(
    customer: int, expected: Expectation, found: Assessment, compiled: CompiledPolicy
) -> Iterator[Difference]:
    grade = found.grade or NOT_GRADED
    if expected.grade is not None and expected.grade != grade:
        shown = grade if found.grade else f"{NOT_GRADED} ({found.not_graded})"
        yield Difference(customer, "grade", expected.grade, shown)
    if expected.score is not None:
        score = _score(found, compiled)
        if score != expected.score:
            yield Difference(
                customer, "score", str(expected.score), _("none") if score is None else str(score)
            )
    if expected.flags is not None and set(expected.flags) != set(found.flags):
        yield Difference(customer, "flags", _listed(expected.flags), _listed(found.flags))
    if expected.reasons is not None and not _begin(expected.reasons, found):
        shown_reasons = found.reasons[: max(len(expected.reasons), 1)]
        yield Difference(customer, "reasons", _listed(expected.reasons), _listed(shown_reasons))


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


def value_problems(policy: Policy, quantities: Mapping[str, Quantity]) -> tuple[Problem, ...]:
    """Return every value of a test's customers that cannot be read as its field's kind."""
    return tuple(_unreadable(policy, quantities))


def _unreadable(policy: Policy, quantities: Mapping[str, Quantity]) -> Iterator[Problem]:
    for number, test in enumerate(policy.tests):
        for position, customer in enumerate(test.population()):
            around: KeyPath = ("tests", number, "customer")
            if test.customer is None:
                around = ("tests", number, "customers", position)
            for name, value in customer.items():
                try:
                    if name in quantities:
                        parse_value(value, quantities[name])
                except ValueError as error:
                    yield found_at((*around, name), f"{name}: {error}")
