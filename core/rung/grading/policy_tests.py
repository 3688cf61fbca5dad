"""All tests of a policy at once, those it carries and those in tables beside it, and what they exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rung.errors import Problem, RungError
from rung.grading.case_coverage import Coverage, Exercised, coverage_of
from rung.grading.compile import compile_policy
from rung.grading.inline_tests import Outcome, run_tests
from rung.policy.case_table import TestedPolicy, with_cases
from rung.policy.found import found_at
from rung.policy.keys import read_key
from rung.policy.outcomes import outcome_problems
from rung.policy.reader import LoadedPolicy
from rung.text import _
from rung.vocabulary import Vocabulary

__all__ = ["Report", "run_policy_tests"]


@dataclass(frozen=True, slots=True)
class Report:
    """What the tests of one policy came to."""

    tested: TestedPolicy
    outcomes: tuple[Outcome, ...]
    coverage: Coverage

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The tests something came out differently in."""
        return tuple(outcome for outcome in self.outcomes if not outcome.is_passed)

    def problems(self, outcome: Outcome) -> tuple[Problem, ...]:
        """Return what came out differently in one test, at file and line."""
        return tuple(map(self.tested.located, outcome.problems()))

    def missed(self) -> Iterator[tuple[Exercised, Problem]]:
        """Yield every part no test exercises, and as a problem at file and line."""
        for part in self.coverage.missed:
            told = found_at(read_key(part.key), _("No test exercises {what}.").format(what=part.what))
            yield part, self.tested.located(told)


def run_policy_tests(loaded: LoadedPolicy, vocabulary: Vocabulary) -> Report:
    """Run every test of a policy.

    Raises RungError, placed at file and line, for a policy that does not compile and for tests that name
    what is not there or give values that cannot be read.
    """
    tested = with_cases(loaded)
    try:
        problems = tuple(outcome_problems(tested.policy, vocabulary))
        if problems:
            raise RungError.all(problems)
        compiled = compile_policy(tested.policy, vocabulary)
        return Report(tested, run_tests(compiled), coverage_of(compiled))
    except RungError as error:
        raise RungError.all(map(tested.located, error.problems)) from error
