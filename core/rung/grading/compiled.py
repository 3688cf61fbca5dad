"""A policy made ready to grade: every name bound, every number a scaled whole number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rung.grading.compiled_method import (
    Collecting,
    Combination,
    CompiledRule,
    Matrix,
    Method,
    Shares,
    Table,
    Ungraded,
    WeightedScore,
)
from rung.grading.compiled_parts import (
    HELD,
    POINT_SCALE,
    PREVIOUS_GRADE,
    CompiledBand,
    CompiledCriterion,
    CompiledFlag,
    CompiledGate,
    Effect,
    Expiry,
    Hold,
    Ranking,
)
from rung.grading.compiled_promises import CompiledAlarm, CompiledTerms
from rung.policy.binding import Bound, names_in, tests_in
from rung.policy.formula import Formula
from rung.policy.model import Policy
from rung.policy.outcome import OutcomeInEffect
from rung.vocabulary import Quantity, Vocabulary

__all__ = [
    "HELD",
    "POINT_SCALE",
    "PREVIOUS_GRADE",
    "Collecting",
    "Combination",
    "CompiledAlarm",
    "CompiledBand",
    "CompiledCriterion",
    "CompiledFlag",
    "CompiledGate",
    "CompiledPolicy",
    "CompiledRule",
    "CompiledTerms",
    "Effect",
    "Expiry",
    "Hold",
    "Matrix",
    "Method",
    "Ranking",
    "Shares",
    "Table",
    "Ungraded",
    "WeightedScore",
]


@dataclass(frozen=True)
class CompiledPolicy:
    """Everything grading needs of a policy; see ``compile_policy``."""

    policy: Policy
    vocabulary: Vocabulary
    quantities: Mapping[str, Quantity]
    """Every name the policy may use: the vocabulary's and its own derived values'."""
    derived: tuple[Formula, ...]
    """In an order in which each formula's names are known before it."""
    criteria: tuple[CompiledCriterion, ...]
    method: Method
    gates: tuple[CompiledGate, ...]
    flags: tuple[CompiledFlag, ...]
    terms: Mapping[str, CompiledTerms]
    """What is promised, by grade."""
    flag_terms: Mapping[str, CompiledTerms]
    """What is promised, by flag."""
    alarms: tuple[CompiledAlarm, ...]
    hold: Hold | None = None
    """Keeps grades from flickering; ``PREVIOUS_GRADE`` is then among the quantities."""
    approval_levels: Mapping[str, tuple[Bound | None, ...]] = field(default_factory=dict)
    """The condition of each approval level, None where it has none, by the policy's table: ``override``,
    ``correction``, ``judgement``."""
    outcomes: tuple[OutcomeInEffect, ...] = ()
    """What a contact with a customer can come to: the sector's and the policy's own."""

    @property
    def grades(self) -> tuple[str, ...]:
        """Grades, best first; a grade's code is its place."""
        return self.policy.grades

    @property
    def score_scale(self) -> int:
        """What a score is multiplied by to become the whole number kept; 1 without a score."""
        match self.method:
            case WeightedScore(score_scale=scale) | Table(collecting=Collecting(score_scale=scale)):
                return scale
        return 1

    @property
    def cutoffs(self) -> tuple[int, ...]:
        """Least score of each grade but the last, scaled; empty without a score."""
        match self.method:
            case WeightedScore(cutoffs=cutoffs) | Table(collecting=Collecting(cutoffs=cutoffs)):
                return cutoffs
        return ()

    @property
    def has_score(self) -> bool:
        """Whether a number stands between the values and the grade."""
        return isinstance(self.method, WeightedScore) or (
            isinstance(self.method, Table) and self.method.collecting is not None
        )

    @property
    def pointed(self) -> tuple[CompiledCriterion, ...]:
        """The criteria whose bands give points that are added up."""
        return self.criteria if isinstance(self.method, WeightedScore) else ()

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """Every set of cut-offs the population must give."""
        own = [criterion.ranking for criterion in self.criteria if criterion.ranking]
        return (*([self.method.ranking] if isinstance(self.method, Shares) else []), *own)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Every quantity named by criteria, rules, gates, flags, promises and alarms, once each."""
        names: list[str] = []
        for criterion in self.criteria:
            names.append(criterion.quantity.id)
            if criterion.applies:
                names.extend(names_in(criterion.applies))
        if isinstance(self.method, Shares):
            names.append(self.method.ranking.quantity.id)
        names += [ranking.within.id for ranking in self.rankings if ranking.within]
        for condition in self._conditions():
            names.extend(tested(condition))
        return tuple(dict.fromkeys(names))

    def _conditions(self) -> Iterator[Bound]:
        if isinstance(self.method, Table):
            yield from (rule.condition for rule in self.method.rules)
        yield from (gate.condition for gate in self.gates)
        yield from (flag.condition for flag in self.flags)
        for terms in (*self.terms.values(), *self.flag_terms.values()):
            yield from terms.conditions()
        yield from (alarm.customers for alarm in self.alarms if alarm.customers is not None)

    def _exposures(self) -> Iterator[Bound]:
        for levels in self.approval_levels.values():
            yield from (condition for condition in levels if condition is not None)

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """Names whose values a decision table rests on, once each; empty for other methods."""
        if not isinstance(self.method, Table):
            return ()
        return tuple(dict.fromkeys(name for rule in self.method.rules for name in rule.needs))

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Quantities read from the measured frame: by grading, and by the levels of approval."""
        own = {formula.result.id: formula for formula in self.derived}
        wanted: set[str] = set()
        # All that is derived: every formula is computed, whether anything rests on it or not.
        waiting = [*self.named, *own, *(each.expiry.dated_by.id for each in self.criteria if each.expiry)]
        waiting += [name for condition in self._exposures() for name in tested(condition)]
        while waiting:
            name = waiting.pop()
            if name in own:
                waiting.extend(own[name].names())
            elif self.hold is None or name != PREVIOUS_GRADE:
                wanted.add(name)
        return frozenset(wanted)

    def sensitive(self, also: Collection[str] = ()) -> frozenset[str]:
        """Return the quantities that are sensitive: marked so, ``also``, and what is derived from these."""
        found = set(self.vocabulary.sensitive(also)) | (set(also) & self.quantities.keys())
        for formula in self.derived:
            if not found.isdisjoint(formula.names()):
                found.add(formula.result.id)
        return frozenset(found)

    @cached_property
    def reason_codes(self) -> tuple[str, ...]:
        """Every reason an assessment can give; a reason's place in the tuple stands for it in expressions.

        A criterion's bands follow its missing value, so that a band's number counts on from there.
        """
        codes = [f"gate:{gate.id}" for gate in self.gates]
        codes += [HELD] if self.hold else []
        for criterion in self.criteria:
            codes.append(f"{criterion.id}:missing")
            codes += [f"{criterion.id}:{number}" for number in range(1, len(criterion.bands) + 1)]
        match self.method:
            case Table(rules):
                codes += [f"rule:{rule.id}" for rule in rules]
                codes.append("rule:otherwise")
            case Shares():
                codes += [f"share:{grade}" for grade in self.grades]
        return tuple(codes)

    @cached_property
    def refusal_codes(self) -> tuple[str, ...]:
        """Every cause of not being graded; a cause's code is its place."""
        codes = [f"missing:{criterion.id}" for criterion in self.criteria]
        match self.method:
            case Table(rules) as table:
                codes += [f"missing:{name}" for rule in rules for name in rule.needs]
                codes += ["conflict"] if table.may_conflict else []
            case Shares(ranking):
                codes.append(f"missing:{ranking.quantity.id}")
                codes += [f"missing:{ranking.within.id}"] if ranking.within else []
        codes += ["no_rule", "no_population", "no_evidence"]
        codes += [f"gate:{gate.id}" for gate in self.gates]
        return tuple(dict.fromkeys(codes))


def tested(condition: Bound) -> tuple[str, ...]:
    """Return every name a condition tests, those only tested for being missing included."""
    return tuple(dict.fromkeys(test.quantity.id for test in tests_in(condition)))
