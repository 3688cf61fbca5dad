"""Analyses a compiled policy: everything its conditions and numbers give away before a customer is graded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from rung.errors import Place, Problem, Severity
from rung.grading.analysis.bands import band_findings, weight_findings
from rung.grading.analysis.finding import Finding
from rung.grading.analysis.gaps import gap_findings
from rung.grading.analysis.grades import cutoff_findings, grade_findings, idle_gate_findings
from rung.grading.analysis.inside import counted
from rung.grading.analysis.matrix import matrix_findings
from rung.grading.analysis.parts import condition_findings, flag_findings, gate_findings
from rung.grading.analysis.reach import reach_of
from rung.grading.analysis.regions import Regions
from rung.grading.analysis.study import STEPS, Study
from rung.grading.analysis.tables import table_findings
from rung.grading.compiled import CompiledPolicy, Matrix, Table
from rung.policy.reader import LoadedPolicy

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Analysis", "analyse"]

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one policy, gravest first."""

    compiled: CompiledPolicy
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found but notes."""
        return all(each.severity is Severity.NOTE for each in self.findings)

    def counted(self, measured: pl.LazyFrame) -> Analysis:
        """Return the analysis with the number of customers of a measured frame inside each finding."""
        return replace(self, findings=counted(self.findings, self.compiled, measured))

    def located(self, loaded: LoadedPolicy) -> Analysis:
        """Return the analysis with every place at its file and line."""

        @cache
        def placed(place: Place) -> Place:
            return loaded.located(Problem("", place=place)).place or place

        return replace(
            self,
            findings=tuple(
                replace(
                    each,
                    problem=each.problem.at(placed(each.problem.place or Place(""))),
                    others=tuple(placed(other) for other in each.others),
                )
                for each in self.findings
            ),
        )


def analyse(compiled: CompiledPolicy, steps: int = STEPS) -> Analysis:
    """Return everything found in a policy; ``steps`` is what its searches may take all together.

    Pairs of rules, gates and flags are compared completely. A search that stops at its limit is a finding
    of its own, which says what was not looked into.
    """
    found = _findings(Study.of(compiled, steps))
    return Analysis(compiled, tuple(sorted(found, key=lambda each: _ORDER.index(each.severity))))


def _findings(study: Study) -> Iterator[Finding]:
    method = study.compiled.method
    regions: Regions | None = None
    if isinstance(method, Table):
        rules = [
            study.conditions(("rules", number, "when"), rule.condition)
            for number, rule in enumerate(method.rules)
        ]
        regions = Regions(study.space, rules, study.budget)
        yield from table_findings(study, method, regions)
        yield from gap_findings(study, method, rules)
    yield from band_findings(study)
    yield from weight_findings(study)
    if isinstance(method, Matrix):
        yield from matrix_findings(study, method)
    yield from gate_findings(study)
    yield from flag_findings(study)
    reach = reach_of(study, regions)
    yield from grade_findings(study, reach)
    yield from cutoff_findings(study, reach)
    yield from idle_gate_findings(study, reach)
    yield from condition_findings(study)
