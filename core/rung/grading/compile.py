"""From a policy and a vocabulary to a compiled policy, or to every problem that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rung.errors import RungError
from rung.grading.compile_criteria import compile_criterion, in_lowest_terms
from rung.grading.compile_method import compile_method
from rung.grading.compile_promises import compile_alarm, compile_terms
from rung.grading.compiled import (
    PREVIOUS_GRADE,
    CompiledAlarm,
    CompiledCriterion,
    CompiledFlag,
    CompiledGate,
    CompiledPolicy,
    CompiledTerms,
    Effect,
)
from rung.grading.expiry import report_disagreement
from rung.grading.findings import Findings
from rung.grading.grade_codes import grade_code
from rung.grading.hysteresis import compiled_hold, previous_grade_field
from rung.policy.binding import Bound, bind
from rung.policy.contact_outcomes import outcomes_in_effect
from rung.policy.formula import Formula, read_formula
from rung.policy.keys import KeyPath, written_key
from rung.policy.model import Alarm, Derived, Flag, Gate, InputRules, Policy, ServiceTerms
from rung.text import _
from rung.vocabulary import Quantity, Vocabulary

__all__ = ["compile_policy"]

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
        if policy.hysteresis is not None:
            self._quantities.setdefault(PREVIOUS_GRADE, previous_grade_field(policy))
        self._findings = Findings()

    def compiled(self) -> CompiledPolicy:
        policy = self._policy
        derived = self._derived()
        criteria = in_lowest_terms(self._criteria())
        method = compile_method(policy, criteria, self._quantities, self._findings)
        gates = [self._gate(gate, f"gates[{n}]") for n, gate in enumerate(policy.gates)]
        flags = [self._flag(flag, f"flags[{n}]") for n, flag in enumerate(policy.flags)]
        if len(flags) > _MOST_FLAGS:
            self._findings.report("flags", _("A policy has at most {n} flags.").format(n=_MOST_FLAGS))
        terms = {grade: self._terms(each, ("service", grade)) for grade, each in policy.service.items()}
        flag_terms = {
            flag.id: self._terms(flag.service, ("flags", n, "service"))
            for n, flag in enumerate(policy.flags)
            if flag.service
        }
        alarms = tuple(self._alarm(alarm, f"alarms[{n}]") for n, alarm in enumerate(policy.alarms))
        outcomes = self._findings.attempt("outcomes", outcomes_in_effect, policy, self._vocabulary)
        hold = compiled_hold(policy, self._vocabulary, self._findings)
        levels = {table: self._levels(table, rules) for table, rules in policy.input_rules.items()}
        report_disagreement(policy.criteria, self._findings)
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
            terms=terms,
            flag_terms=flag_terms,
            alarms=alarms,
            hold=hold,
            approval_levels=levels,
            outcomes=outcomes or (),
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
            compile_criterion(criterion, f"criteria[{n}]", self._policy, self._quantities, self._findings)
            for n, criterion in enumerate(self._policy.criteria)
        )
        return tuple(each for each in made if each)

    def _gate(self, gate: Gate, key: str) -> CompiledGate | None:
        effects = {Effect.AT_MOST: gate.at_most, Effect.AT_LEAST: gate.at_least, Effect.SET: gate.set}
        effect, grade = next((effect, grade) for effect, grade in effects.items() if grade is not None)
        if not self._policy.ordered and effect is not Effect.SET:
            self._findings.report(
                f"{key}.{effect.value}", _("Grades without an order have no cap or floor."), _("Use set.")
            )
        target = grade_code(self._policy, grade, f"{key}.{effect.value}", self._findings)
        condition = self._findings.attempt(key, bind, gate.when, self._quantities, f"{key}.when")
        return None if condition is None else CompiledGate(gate.id, condition, effect, target, gate.missing)

    def _flag(self, flag: Flag, key: str) -> CompiledFlag | None:
        condition = self._findings.attempt(key, bind, flag.when, self._quantities, f"{key}.when")
        return None if condition is None else CompiledFlag(flag.id, condition)

    def _terms(self, terms: ServiceTerms, path: KeyPath) -> CompiledTerms:
        return compile_terms(
            terms, written_key(path), self._quantities, self._vocabulary.records, self._findings
        )

    def _alarm(self, alarm: Alarm, key: str) -> CompiledAlarm:
        return compile_alarm(alarm, key, self._vocabulary.events, self._quantities, self._findings)

    def _levels(self, table: str, rules: InputRules) -> tuple[Bound | None, ...]:
        return tuple(
            None
            if level.when is None
            else self._findings.attempt(
                f"{table}.levels[{n}]", bind, level.when, self._quantities, f"{table}.levels[{n}].when"
            )
            for n, level in enumerate(rules.levels)
        )


def _result(name: str, spec: Derived) -> Quantity:
    return Quantity(id=name, title=spec.title, kind=spec.kind, decimals=spec.decimals)


def _mentions(formula: str, names: Iterable[str]) -> bool:
    words = set("".join(char if char.isalnum() or char == "_" else " " for char in formula).split())
    return not words.isdisjoint(names)
