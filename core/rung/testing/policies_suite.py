"""Whether the policies a sector ships are sound: checked, without gaps, passing their own tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rung.errors import RungError, Severity
from rung.testing.grading import policy_ids, shelf
from rung.testing.installed import told
from rung.testing.mistakes import Mistakes
from rung.testing.sector_tests import SectorTests

if TYPE_CHECKING:
    from rung.grading.analysis import Finding

__all__ = ["PoliciesTests"]


class PoliciesTests(SectorTests):
    """Policies and the library of criteria."""

    def test_every_policy_is_checked_clean(self, request: pytest.FixtureRequest) -> None:
        """What ``rung policy check`` says of each: no error of form or meaning, and ids of the sector."""
        from rung.grading.check import examine

        sector = self._asks_for("has_policies", request)
        mistakes = Mistakes(f"run: rung policy check {policy_ids(sector.id)[0]}; it tells file and line")
        for name in policy_ids(sector.id):
            if not name.startswith(f"{sector.id}."):
                mistakes.add(name, "its id does not begin with the sector's", f"{sector.id}.{name}")
                continue
            for problem in examine(name, shelf()):
                if problem.severity is Severity.ERROR:
                    mistakes.add(name, problem, "no error")
        mistakes.tell()

    def test_bands_and_rules_cover_everybody(self, request: pytest.FixtureRequest) -> None:
        """No value of a measure, and no customer, that no band or rule holds for."""
        from rung.grading.analysis import FindingKind
        from rung.grading.check import examine

        sector = self._asks_for("has_policies", request)
        mistakes = Mistakes(
            "add a band or a rule for whom the finding shows, or say what a missing value means"
        )
        for name, finding in self._findings(request):
            if finding.kind is FindingKind.GAP and finding.severity is not Severity.NOTE:
                mistakes.add(name, finding.problem, "no gap")
        for name in policy_ids(sector.id):
            for problem in examine(name, shelf()):
                # Values no band selects keep a policy from being compiled, and so from being analysed.
                if problem.severity is Severity.ERROR and problem.place and "bands" in problem.place.key:
                    mistakes.add(name, problem, "bands that cover every value")
        mistakes.tell()

    def test_no_rule_is_idle_and_no_grade_out_of_reach(self, request: pytest.FixtureRequest) -> None:
        """The rest of what ``rung policy check`` finds: conflicts, shadowed rules, unreachable grades."""
        from rung.grading.analysis import FindingKind

        mistakes = Mistakes(
            "run: rung policy check POLICY; each finding shows a customer, and what it concerns"
        )
        for name, finding in self._findings(request):
            if finding.kind is not FindingKind.GAP and finding.severity is not Severity.NOTE:
                mistakes.add(name, finding.problem, "nothing but notes")
        mistakes.tell()

    def test_policies_pass_their_own_tests(self, request: pytest.FixtureRequest) -> None:
        """Every ``[[tests]]`` of a policy, and every case in a table beside it (NAME.cases.csv or .xlsx)."""
        from rung.grading.policy_tests import run_policy_tests

        sector = self._asks_for("has_policies", request)
        mistakes = Mistakes(
            "run: rung policy test POLICY; mend the policy, or the case if the policy is right"
        )
        for name in policy_ids(sector.id):
            try:
                loaded = shelf().find(name)
                report = run_policy_tests(loaded, shelf().vocabulary(loaded.policy))
            except RungError as error:
                mistakes.add(name, told(error), "tests that can be run")
                continue
            if not report.outcomes:
                mistakes.add(
                    name, "carries no test", "a customer of each grade at least, as [[tests]] or a case"
                )
            for outcome in report.failed:
                for problem in report.problems(outcome):
                    mistakes.add(name, problem, "what the test expects")
        mistakes.tell()

    def test_the_library_is_sound(self, request: pytest.FixtureRequest) -> None:
        """Every named criterion of ``criteria.toml`` can be used as it stands."""
        from rung.grading.check_library import library_problems

        sector = self._asks_for("has_library", request)
        mistakes = Mistakes("mend criteria.toml at the line told")
        try:
            problems = library_problems(sector.id, shelf())
        except RungError as error:
            problems = error.problems
        for problem in problems:
            if problem.severity is Severity.ERROR:
                mistakes.add("criteria.toml", problem, "no error")
        mistakes.tell()

    def _findings(self, request: pytest.FixtureRequest) -> list[tuple[str, Finding]]:
        """Return what the analysis finds in each policy without errors."""
        from rung.grading.analysis import analyse
        from rung.grading.compile import compile_policy

        found: list[tuple[str, Finding]] = []
        for name in policy_ids(self._asks_for("has_policies", request).id):
            try:
                loaded = shelf().find(name)
                compiled = compile_policy(loaded.policy, shelf().vocabulary(loaded.policy))
            except RungError:
                continue  # told by the check of the policy
            found += ((name, finding) for finding in analyse(compiled).located(loaded).findings)
        return found
