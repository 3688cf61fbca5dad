"""Checks inline tests before they run: the names they give and the outcomes they expect must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rung.errors import Problem, did_you_mean
from rung.policy.found import found_at, unknown_grade
from rung.policy.keys import KeyPath
from rung.policy.model import Expectation, Policy, PolicyTest, RulesGrading, ScoreGrading
from rung.text import _
from rung.vocabulary import Vocabulary

__all__ = ["NOT_GRADED", "outcome_problems"]

NOT_GRADED: Final = "not graded"
"""What a test expects, in place of a grade, of a customer that must be refused."""

_REFUSALS: Final = ("no_rule", "no_population", "no_evidence")


def outcome_problems(policy: Policy, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the names and outcomes of the inline tests that nothing in the policy knows."""
    names = tuple(dict.fromkeys((*vocabulary.quantities(), *policy.fields)))
    codes = tuple(_reason_codes(policy))
    for number, test in enumerate(policy.tests):
        path: KeyPath = ("tests", number)
        yield from _customers(test, path, names)
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


def _expected(
    expected: Expectation, path: KeyPath, policy: Policy, codes: tuple[str, ...]
) -> Iterator[Problem]:
    if expected.grade is not None and expected.grade not in (*policy.grades, NOT_GRADED):
        yield unknown_grade((*path, "grade"), expected.grade, (*policy.grades, NOT_GRADED))
    if expected.score is not None and not isinstance(policy.grading, ScoreGrading):
        yield found_at(
            (*path, "score"),
            _("There is no score in mode “{mode}”.").format(mode=policy.grading.mode),
            _("Expect a grade, flags or reasons."),
        )
    flags = [flag.id for flag in policy.flags]
    for name in expected.flags or ():
        if name not in flags:
            yield found_at(
                (*path, "flags"),
                _("There is no flag “{found}”.").format(found=name),
                did_you_mean(name, flags),
            )
    for code in expected.reasons or ():
        if code not in codes and not code.startswith("missing:"):
            yield found_at(
                (*path, "reasons"),
                _("No customer can be given the reason “{found}”.").format(found=code),
                did_you_mean(code, codes),
            )


def _reason_codes(policy: Policy) -> Mapping[str, None]:
    """Return every code a test may name: reasons, and the causes of not being graded."""
    codes = [f"gate:{gate.id}" for gate in policy.gates]
    for criterion in policy.criteria:
        bands = len(criterion.bands) or len(criterion.levels)
        codes += [f"{criterion.id}:{number}" for number in range(1, bands + 1)]
        codes.append(f"{criterion.id}:missing")
    if isinstance(policy.grading, RulesGrading):
        codes += [f"rule:{rule.id}" for rule in policy.rules] + ["rule:otherwise"]
    codes += [f"share:{grade}" for grade in policy.grades]
    return dict.fromkeys((*codes, *_REFUSALS))
