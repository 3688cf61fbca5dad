"""Checks inline tests before they run: the names they give and the outcomes they expect must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.policy.found import found_at, unknown_grade
from rung.policy.keys import KeyPath
from rung.policy.method import HELD, PREVIOUS_GRADE
from rung.policy.model import (
    Expectation,
    Policy,
    PolicyTest,
    ProcessGrading,
    RulesGrading,
    ScoreGrading,
)
from rung.text import _
from rung.vocabulary import Vocabulary

__all__ = ["NOT_GRADED", "outcome_problems"]

NOT_GRADED: Final = "not graded"
"""What a test expects, in place of a grade, of a customer that must be refused."""

_REFUSALS: Final = ("no_rule", "no_population", "no_evidence", "conflict")


def outcome_problems(policy: Policy, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the names and outcomes of the inline tests that nothing in the policy knows."""
    looked_back = [PREVIOUS_GRADE] if policy.hysteresis else []
    names = tuple(dict.fromkeys((*vocabulary.quantities(), *policy.fields, *looked_back)))
    codes = tuple(_reason_codes(policy))
    for number, test in enumerate(policy.tests):
        path: KeyPath = ("tests", number)
        yield from _customers(test, path, names)
        yield from _event(test, path, vocabulary)
        if test.event is None and any(expected.alarms for expected in test.expect):
            yield found_at(
                (*path, "expect"),
                _("Alarms are expected, but no event arrives."),
                _("Add event = { table = …, values = { … } }."),
            )
        for position, expected in enumerate(test.expect):
            yield from _expected(expected, (*path, "expect", position), policy, codes)


def _customers(test: PolicyTest, path: KeyPath, names: tuple[str, ...]) -> Iterator[Problem]:
    for position, customer in enumerate(test.population()):
        around = (*path, "customer") if test.customer is not None else (*path, "customers", position)
        yield from (
            found_at(
                (*around, name),
                _("There is no field or feature “{found}”.").format(found=name),
                did_you_mean(name, names),
            )
            for name in customer
            if name not in names
        )


def _event(test: PolicyTest, path: KeyPath, vocabulary: Vocabulary) -> Iterator[Problem]:
    event = test.event
    if event is None:
        return
    table = vocabulary.events.get(event.table)
    if table is None:
        yield found_at(
            (*path, "event", "table"),
            _("There is no event table “{found}”.").format(found=event.table),
            did_you_mean(event.table, list(vocabulary.events)),
        )
        return
    columns = [column.id for column in table.columns]
    for name in event.values:
        if name not in columns:
            yield found_at(
                (*path, "event", "values", name),
                _("The event table “{table}” has no column “{found}”.").format(table=table.id, found=name),
                did_you_mean(name, columns),
            )


def _expected(
    expected: Expectation, path: KeyPath, policy: Policy, codes: tuple[str, ...]
) -> Iterator[Problem]:
    if expected.grade is not None and expected.grade not in (*policy.grades, NOT_GRADED):
        yield unknown_grade((*path, "grade"), expected.grade, (*policy.grades, NOT_GRADED))
    if expected.score is not None and not _has_score(policy):
        yield found_at(
            (*path, "score"),
            _("There is no score in mode “{mode}”.").format(mode=policy.grading.mode),
            _("Expect a grade, flags or reasons."),
        )
    flags = [flag.id for flag in policy.flags]
    yield from _unknown(expected.flags, (*path, "flags"), flags, _("There is no flag “{found}”."))
    known = [*codes, *(code for code in expected.reasons or () if code.startswith("missing:"))]
    message = _("No customer can be given the reason “{found}”.")
    yield from _unknown(expected.reasons, (*path, "reasons"), known, message)
    message = _("Nothing is promised under the code “{found}”.")
    yield from _unknown(expected.service, (*path, "service"), tuple(_promised(policy)), message)
    alarms = [alarm.id for alarm in policy.alarms]
    yield from _unknown(expected.alarms, (*path, "alarms"), alarms, _("There is no alarm “{found}”."))
    yield from _by_criterion(expected, path, policy)


def _unknown(
    named: Iterable[str] | None, path: KeyPath, known: Sequence[str], message: str
) -> Iterator[Problem]:
    for name in named or ():
        if name not in known:
            yield found_at(path, message.format(found=name), did_you_mean(name, known))


def _by_criterion(expected: Expectation, path: KeyPath, policy: Policy) -> Iterator[Problem]:
    """Yield what is wrong with the points and bands expected of single criteria."""
    bands = {each.id: len(each.bands) or len(each.levels) for each in policy.criteria}
    message = _("There is no criterion “{found}”.")
    for table, named in (("points", expected.points), ("bands", expected.bands)):
        for name in named or ():
            yield from _unknown([name], (*path, table, name), list(bands), message)
    if expected.points and not isinstance(policy.grading, ScoreGrading):
        yield found_at(
            (*path, "points"),
            _("Criteria give no points in mode “{mode}”.").format(mode=policy.grading.mode),
            _("Expect the bands."),
        )
    for name, number in (expected.bands or {}).items():
        if name in bands and not -1 <= number <= bands[name]:
            yield found_at(
                (*path, "bands", name),
                _("“{name}” has no band {n}; it has {most}.").format(name=name, n=number, most=bands[name]),
                _("Bands are numbered from 1; 0 is missing, -1 does not apply."),
            )


def _has_score(policy: Policy) -> bool:
    grading = policy.grading
    return isinstance(grading, ScoreGrading) or (
        isinstance(grading, RulesGrading) and grading.hit == "collect"
    )


def _promised(policy: Policy) -> Iterator[str]:
    terms = [*policy.service.values(), *(flag.service for flag in policy.flags if flag.service)]
    for each in terms:
        yield from (code for code, _obligation in each.coded())


def _reason_codes(policy: Policy) -> Mapping[str, None]:
    """Return every code a test may name: reasons, and the causes of not being graded."""
    codes = [f"gate:{gate.id}" for gate in policy.gates]
    codes += [HELD] if policy.hysteresis else []
    for criterion in policy.criteria:
        bands = len(criterion.bands) or len(criterion.levels)
        codes += [f"{criterion.id}:{number}" for number in range(1, bands + 1)]
        codes.append(f"{criterion.id}:missing")
    if isinstance(policy.grading, RulesGrading | ProcessGrading):
        codes += [f"rule:{rule.id}" for rule in policy.rules] + ["rule:otherwise"]
    codes += [f"share:{grade}" for grade in policy.grades]
    return dict.fromkeys((*codes, *_REFUSALS))
