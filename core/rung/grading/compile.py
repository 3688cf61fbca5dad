"""From a policy and a vocabulary to a compiled policy, or to every problem that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Final

from rung.errors import RungError, did_you_mean
from rung.grading.compile_criteria import SHARE_SCALE, compile_criterion, in_lowest_terms
from rung.grading.compiled import (
    POINT_SCALE,
    CompiledCriterion,
    CompiledFlag,
    CompiledGate,
    CompiledPolicy,
    CompiledRule,
    Effect,
    Ranking,
    Shares,
    Table,
    WeightedScore,
)
from rung.grading.findings import Findings
from rung.policy.binding import bind, known
from rung.policy.formula import Formula, read_formula
from rung.policy.model import (
    CountGrading,
    Derived,
    Flag,
    Gate,
    Policy,
    Rule,
    RulesGrading,
    ScoreGrading,
    ServiceTerms,
    ValueGrading,
)
from rung.text import _
from rung.vocabulary import Quantity, Vocabulary

__all__ = ["compile_policy"]

_EXACT: Final = 2**53
# Whole numbers below this are carried exactly by every engine, doubles included.

_MOST_FLAGS: Final = 62
# One bit a flag in a signed 64-bit number.


def compile_policy(policy: Policy, vocabulary: Vocabulary) -> CompiledPolicy:
    """Bind every name and scale every number of a policy.

    Raises RungError with every problem found; each problem's place carries the dotted key, such as
    ``criteria[2].bands[0].when``, and no file.
    """
    return _Compiler(policy, vocabulary).compiled()


class _Compiler:
    """Compiles one policy, collecting problems instead of stopping at the first."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        own = {name: spec.field(name) for name, spec in policy.fields.items()}
        self._policy = policy
        self._vocabulary = vocabulary
        self._quantities: dict[str, Quantity] = {**vocabulary.quantities(), **own}
        self._findings = Findings()

    def compiled(self) -> CompiledPolicy:
        policy = self._policy
        derived = self._derived()
        criteria = in_lowest_terms(self._criteria())
        method = self._method(criteria)
        gates = [self._gate(gate, f"gates[{n}]") for n, gate in enumerate(policy.gates)]
        flags = [self._flag(flag, f"flags[{n}]") for n, flag in enumerate(policy.flags)]
        if len(flags) > _MOST_FLAGS:
            self._findings.report("flags", _("A policy has at most {n} flags.").format(n=_MOST_FLAGS))
        for grade, terms in policy.service.items():
            self._service(terms, f"service.{grade}")
        if self._findings.problems or method is None:
            raise RungError.all(self._findings.problems)
        return CompiledPolicy(
            policy=policy,
            vocabulary=self._vocabulary,
            quantities=self._quantities,
            derived=derived,
            criteria=criteria,
            method=method,
            gates=tuple(gate for gate in gates if gate),
            flags=tuple(flag for flag in flags if flag),
        )

    def _derived(self) -> tuple[Formula, ...]:
        """Read the formulas in an order in which each finds the names it needs; circles are reported."""
        waiting = dict(self._policy.derived)
        ready: list[Formula] = []
        while waiting:
            free = [name for name in waiting if not _mentions(waiting[name].formula, waiting)]
            for name in free or waiting:
                self._quantities[name] = _result(name, waiting[name])
            if not free:
                self._report_circle(waiting)
                break
            for name in free:
                formula = self._formula(name, waiting.pop(name))
                ready += [formula] if formula else []
        return tuple(ready)

    def _report_circle(self, names: Iterable[str]) -> None:
        listed = ", ".join(names)
        for name in names:
            self._findings.report(
                f"derived.{name}.formula",
                _("These derived values need one another: {names}.").format(names=listed),
                _("Break the circle."),
            )

    def _formula(self, name: str, spec: Derived) -> Formula | None:
        key = f"derived.{name}"
        if not spec.kind.is_numeric:
            self._findings.report(
                f"{key}.kind",
                _("A derived value is a number; kind {kind} is not.").format(kind=spec.kind.value),
            )
        result = self._quantities[name]
        return self._findings.attempt(f"{key}.formula", read_formula, spec.formula, result, self._quantities)

    def _criteria(self) -> tuple[CompiledCriterion, ...]:
        made = (
            compile_criterion(criterion, f"criteria[{n}]", self._quantities, self._findings)
            for n, criterion in enumerate(self._policy.criteria)
        )
        return tuple(each for each in made if each)

    def _method(self, criteria: tuple[CompiledCriterion, ...]) -> WeightedScore | Table | Shares | None:
        grading = self._policy.grading
        match grading:
            case ScoreGrading():
                return self._weighted(grading, criteria)
            case RulesGrading():
                return self._table(grading)
            case CountGrading() | ValueGrading():
                return self._shares(grading)

    def _table(self, grading: RulesGrading) -> Table:
        rules = [self._rule(rule, f"rules[{n}]") for n, rule in enumerate(self._policy.rules)]
        if not rules:
            self._findings.report("rules", _("A policy of mode rules needs at least one rule."))
        last = None if grading.otherwise is None else self._code(grading.otherwise, "grading.otherwise")
        return Table(tuple(rule for rule in rules if rule), last, grading.missing)

    def _rule(self, rule: Rule, key: str) -> CompiledRule | None:
        condition = self._findings.attempt(key, bind, rule.when, self._quantities, f"{key}.when")
        grade = self._code(rule.grade, f"{key}.grade")
        return None if condition is None else CompiledRule(rule.id, condition, grade)

    def _weighted(
        self, grading: ScoreGrading, criteria: tuple[CompiledCriterion, ...]
    ) -> WeightedScore | None:
        report, key, wanted = self._findings.report, "grading.cutoffs", self._policy.grades[:-1]
        if tuple(grading.cutoffs) != wanted:
            grades = ", ".join(wanted)
            report(
                key, _("Cut-offs name every grade but the last, best first: {grades}.").format(grades=grades)
            )
            return None
        scale = 10**grading.score_decimals
        scaled = [cutoff * scale for cutoff in grading.cutoffs.values()]
        if any(cutoff != int(cutoff) for cutoff in scaled):
            message = _("A cut-off has more decimals than the score, which keeps {n}.")
            report(key, message.format(n=grading.score_decimals))
        if any(later >= earlier for earlier, later in pairwise(scaled)):
            report(key, _("Cut-offs fall from grade to grade."))
        if not self._policy.criteria:
            report("criteria", _("A policy of mode score needs at least one criterion."))
        if _largest_sum(criteria, scale) >= _EXACT:
            report(
                "criteria",
                _("Points and weights are too large to be added exactly."),
                _("Use smaller weights or fewer decimals."),
            )
        return WeightedScore(tuple(int(cutoff) for cutoff in scaled), scale)

    def _shares(self, grading: CountGrading | ValueGrading) -> Shares | None:
        quantity = self._findings.attempt("grading.by", known, grading.by, self._quantities)
        if quantity is None:
            return None
        report, shares = self._findings.report, list(grading.shares.values())
        if not quantity.kind.is_numeric:
            report("grading.by", _("“{name}” is no number and cannot be ranked.").format(name=quantity.id))
        if tuple(grading.shares) != self._policy.grades:
            grades = ", ".join(self._policy.grades)
            report(
                "grading.shares", _("Shares name every grade, best first: {grades}.").format(grades=grades)
            )
        elif shares[-1] != Decimal(100) or any(later <= earlier for earlier, later in pairwise(shares)):
            report(
                "grading.shares", _("Shares are cumulative: they rise from grade to grade and end at 100.")
            )
        cuts = tuple(int(share * (SHARE_SCALE // 100)) for share in shares[:-1])
        return Shares(Ranking("grading", quantity, grading.mode, cuts, grading.ties), grading.missing)

    def _gate(self, gate: Gate, key: str) -> CompiledGate | None:
        effects = {Effect.AT_MOST: gate.at_most, Effect.AT_LEAST: gate.at_least, Effect.SET: gate.set}
        effect, grade = next((effect, grade) for effect, grade in effects.items() if grade is not None)
        if not self._policy.ordered and effect is not Effect.SET:
            self._findings.report(
                f"{key}.{effect.value}", _("Grades without an order have no cap or floor."), _("Use set.")
            )
        target = self._code(grade, f"{key}.{effect.value}")
        condition = self._findings.attempt(key, bind, gate.when, self._quantities, f"{key}.when")
        return None if condition is None else CompiledGate(gate.id, condition, effect, target, gate.missing)

    def _flag(self, flag: Flag, key: str) -> CompiledFlag | None:
        if flag.service:
            self._service(flag.service, f"{key}.service")
        condition = self._findings.attempt(key, bind, flag.when, self._quantities, f"{key}.when")
        return None if condition is None else CompiledFlag(flag.id, condition)

    def _service(self, terms: ServiceTerms, key: str) -> None:
        for obligation in terms.obligations():
            if obligation.when is not None:
                place = f"{key}.{obligation.kind}.when"
                self._findings.attempt(place, bind, obligation.when, self._quantities, place)

    def _code(self, grade: str, key: str) -> int:
        if grade in self._policy.grades:
            return self._policy.grades.index(grade)
        self._findings.report(
            key,
            _("“{found}” is no grade of this policy.").format(found=grade),
            did_you_mean(grade, self._policy.grades),
        )
        return 0


def _result(name: str, spec: Derived) -> Quantity:
    return Quantity(id=name, title=spec.title, kind=spec.kind, decimals=spec.decimals)


def _mentions(formula: str, names: Iterable[str]) -> bool:
    words = set("".join(char if char.isalnum() or char == "_" else " " for char in formula).split())
    return not words.isdisjoint(names)


def _largest_sum(criteria: tuple[CompiledCriterion, ...], scale: int) -> int:
    """Return a bound on every whole number that comes up while a score is computed."""
    sizes = (max(abs(c.best), abs(c.worst), abs(c.missing_points)) for c in criteria)
    largest = max(sizes, default=0)
    return sum(criterion.weight for criterion in criteria) * (6 * largest * scale + 4 * POINT_SCALE)
