"""From a policy and a vocabulary to a compiled policy, or to every problem that stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce
from math import gcd
from typing import Final, TypeVar

from rung.errors import Place, Problem, RungError, did_you_mean
from rung.grading.compiled import (
    POINT_SCALE,
    CompiledBand,
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
from rung.policy.binding import bind, known
from rung.policy.cells import Always, InRanges, InValues, IsMissing, read_cell
from rung.policy.formula import Formula, read_formula
from rung.policy.model import (
    CountGrading,
    Criterion,
    Derived,
    Gate,
    MissingPoints,
    Policy,
    RulesGrading,
    ScoreGrading,
    ValueGrading,
)
from rung.policy.ranges import EVERYTHING, Range, complement, union
from rung.text import _
from rung.vocabulary import Kind, Quantity, Vocabulary

__all__ = ["compile_policy"]

T = TypeVar("T")

_EXACT: Final = 2**53
# Whole numbers below this divide exactly in a double, which is how every engine divides.

_SHARE_SCALE: Final = 1_000_000


def compile_policy(policy: Policy, vocabulary: Vocabulary) -> CompiledPolicy:
    """Bind every name and scale every number of a policy.

    Raises RungError with every problem found; each problem's place carries the dotted key, such as
    ``criteria[2].bands[0].when``, and no file.
    """
    return _Compiler(policy, vocabulary).compiled()


class _Compiler:
    """Compiles one policy, collecting problems instead of stopping at the first."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        self._policy = policy
        self._vocabulary = vocabulary
        own = {name: spec.field(name) for name, spec in policy.fields.items()}
        self._quantities: dict[str, Quantity] = {**vocabulary.quantities(), **own}
        self._problems: list[Problem] = []

    def compiled(self) -> CompiledPolicy:
        policy = self._policy
        derived = self._derived()
        criteria = tuple(
            found
            for index, criterion in enumerate(policy.criteria)
            if (found := self._criterion(criterion, f"criteria[{index}]"))
        )
        method = self._method(criteria)
        gates = self._each("gates", policy.gates, self._gate)
        flags = self._each(
            "flags",
            policy.flags,
            lambda flag, key: CompiledFlag(flag.id, bind(flag.when, self._quantities, f"{key}.when")),
        )
        for grade, terms in policy.service.items():
            for obligation in terms.obligations():
                if obligation.when is not None:
                    key = f"service.{grade}.{obligation.kind}.when"
                    self._try(key, lambda when=obligation.when, key=key: bind(when, self._quantities, key))
        if self._problems or method is None:
            raise RungError.all(self._problems)
        return CompiledPolicy(
            policy=policy,
            vocabulary=self._vocabulary,
            quantities=self._quantities,
            derived=derived,
            criteria=_reduced(criteria),
            method=method,
            gates=gates,
            flags=flags,
        )

    def _try(self, key: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except RungError as error:
            self._problems += [p if p.place else p.at(Place("", key=key)) for p in error.problems]
            return None

    def _each(self, name: str, parts: Iterable[object], make: Callable[..., T]) -> tuple[T, ...]:
        made = (
            self._try(f"{name}[{index}]", lambda part=part, index=index: make(part, f"{name}[{index}]"))
            for index, part in enumerate(parts)
        )
        return tuple(each for each in made if each is not None)

    def _report(self, key: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(message, hint, Place("", key=key)))

    def _derived(self) -> tuple[Formula, ...]:
        """Read the formulas in an order in which each finds the names it needs; cycles are reported."""
        waiting = dict(self._policy.derived)
        ready: list[Formula] = []
        for name, spec in waiting.items():
            if not spec.kind.is_numeric:
                self._report(
                    f"derived.{name}.kind",
                    _("A derived value is a number; kind {kind} is not.").format(kind=spec.kind.value),
                )
        while waiting:
            done = [n for n in waiting if not _mentions(waiting[n].formula, waiting.keys())]
            if not done:
                names = ", ".join(waiting)
                for name in waiting:
                    self._report(
                        f"derived.{name}.formula",
                        _("These derived values need one another: {names}.").format(names=names),
                        _("Break the circle."),
                    )
                    self._quantities[name] = _result(name, waiting[name])
                break
            for name in done:
                spec = waiting.pop(name)
                result = _result(name, spec)
                formula = self._try(
                    f"derived.{name}.formula",
                    lambda spec=spec, result=result: read_formula(spec.formula, result, self._quantities),
                )
                if formula:
                    ready.append(formula)
                self._quantities[name] = result
        return tuple(ready)

    def _criterion(self, criterion: Criterion, key: str) -> CompiledCriterion | None:
        quantity = self._try(f"{key}.measure", lambda: known(criterion.measure, self._quantities))
        applies = criterion.applies and self._try(
            f"{key}.applies",
            lambda: bind(criterion.applies, self._quantities, f"{key}.applies"),  # type: ignore[arg-type]
        )
        if quantity is None:
            return None
        before = len(self._problems)
        ranking = None
        if criterion.rank:
            bands, ranking = self._ranked(criterion, quantity, key)
        else:
            bands = self._bands(criterion, quantity, key)
        if len(self._problems) > before or not bands:
            return None
        worst = min(band.points for band in bands)
        neutral = criterion.missing.points if isinstance(criterion.missing, MissingPoints) else None
        return CompiledCriterion(
            id=criterion.id,
            quantity=quantity,
            weight=int(criterion.weight * 10_000),
            bands=bands,
            ranking=ranking,
            missing="points" if isinstance(criterion.missing, MissingPoints) else criterion.missing,
            missing_points=worst if neutral is None else _hundredths(neutral),
            applies=applies or None,
        )

    def _bands(self, criterion: Criterion, quantity: Quantity, key: str) -> tuple[CompiledBand, ...]:
        if criterion.levels:
            written = [
                (f"{key}.levels[{i}].level", level.level, level.points)
                for i, level in enumerate(criterion.levels)
            ]
        else:
            written = [
                (f"{key}.bands[{i}].when", band.when, band.points) for i, band in enumerate(criterion.bands)
            ]
        bands: list[CompiledBand] = []
        for place, cell, points in written:
            test = self._try(place, lambda cell=cell: read_cell(cell, quantity))  # type: ignore[arg-type]
            if isinstance(test, IsMissing):
                self._report(
                    place,
                    _("A band cannot select missing values."),
                    _('Say missing = "worst", "drop", "refuse" or { points = 50 }.'),
                )
            elif test is not None:
                bands.append(CompiledBand(test, None, _hundredths(points)))
        if len(bands) == len(written) and not criterion.levels:
            self._covered(bands, quantity, f"{key}.bands")
        return tuple(bands)

    def _covered(self, bands: list[CompiledBand], quantity: Quantity, key: str) -> None:
        """Report the values no band selects: a value in a gap could not be graded."""
        if any(isinstance(band.test, Always) for band in bands):
            return
        if quantity.kind.is_numeric or quantity.kind is Kind.DATE:
            covered = union(r for band in bands if isinstance(band.test, InRanges) for r in band.test.ranges)
            gaps = [gap for gap in complement(covered) if not _outside(gap, quantity)]
            if gaps:
                shown = "; ".join(_shown(gap, quantity) for gap in gaps[:3])
                self._report(
                    key,
                    _("No band selects {values}.").format(values=shown),
                    _('Let the bands meet, or end with when = "-".'),
                )
            return
        if any(isinstance(band.test, InValues) and band.test.negated for band in bands):
            return
        listed = {value for band in bands if isinstance(band.test, InValues) for value in band.test.values}
        every = [c.id for c in quantity.choices] if quantity.kind is Kind.CATEGORY else [True, False]
        left = [
            str(value).lower() if isinstance(value, bool) else value for value in every if value not in listed
        ]
        if quantity.kind is Kind.TEXT or not every:
            left = [_("every other text")]
        if left:
            self._report(
                key,
                _("No band selects {values}.").format(values=", ".join(left)),
                _('Let the bands meet, or end with when = "-".'),
            )

    def _ranked(
        self, criterion: Criterion, quantity: Quantity, key: str
    ) -> tuple[tuple[CompiledBand, ...], Ranking | None]:
        shares = [None if band.top is None else int(band.top * 10_000) for band in criterion.bands]
        if not quantity.kind.is_numeric:
            self._report(
                f"{key}.measure", _("“{name}” is no number and cannot be ranked.").format(name=quantity.id)
            )
        if shares[-1] not in (None, _SHARE_SCALE):
            self._report(
                f"{key}.bands",
                _('The last band of a ranked criterion takes the rest: top = 100 or when = "-".'),
            )
        inner = shares[:-1]
        if None in inner or any(
            b <= a for a, b in zip(inner, inner[1:], strict=False) if a is not None and b is not None
        ):
            self._report(
                f"{key}.bands",
                _("The shares of a ranked criterion are cumulative and rise from band to band."),
            )
            return (), None
        bands = tuple(
            CompiledBand(None, share, _hundredths(band.points))
            for band, share in zip(criterion.bands, shares, strict=True)
        )
        by = criterion.rank or "count"
        cuts = tuple(share for share in inner if share is not None)
        return bands, Ranking(f"criteria.{criterion.id}", quantity, by, cuts, criterion.ties)

    def _method(self, criteria: tuple[CompiledCriterion, ...]) -> WeightedScore | Table | Shares | None:
        grading = self._policy.grading
        match grading:
            case ScoreGrading():
                return self._weighted(grading, criteria)
            case RulesGrading():
                rules = self._each(
                    "rules",
                    self._policy.rules,
                    lambda rule, key: CompiledRule(
                        rule.id,
                        bind(rule.when, self._quantities, f"{key}.when"),
                        self._code(rule.grade, f"{key}.grade"),
                    ),
                )
                if not self._policy.rules:
                    self._report("rules", _("A policy of mode rules needs at least one rule."))
                otherwise = (
                    None if grading.otherwise is None else self._code(grading.otherwise, "grading.otherwise")
                )
                return Table(rules, otherwise, grading.missing)
            case CountGrading() | ValueGrading():
                return self._shares(grading)

    def _weighted(
        self, grading: ScoreGrading, criteria: tuple[CompiledCriterion, ...]
    ) -> WeightedScore | None:
        wanted = self._policy.grades[:-1]
        if tuple(grading.cutoffs) != wanted:
            self._report(
                "grading.cutoffs",
                _("Cut-offs name every grade but the last, best first: {grades}.").format(
                    grades=", ".join(wanted)
                ),
            )
            return None
        scale = 10**grading.score_decimals
        scaled = [cutoff * scale for cutoff in grading.cutoffs.values()]
        if any(cutoff != int(cutoff) for cutoff in scaled):
            self._report(
                "grading.cutoffs",
                _("A cut-off has more decimals than the score, which keeps {n}.").format(
                    n=grading.score_decimals
                ),
            )
        if any(b >= a for a, b in zip(scaled, scaled[1:], strict=False)):
            self._report("grading.cutoffs", _("Cut-offs fall from grade to grade."))
        if not self._policy.criteria:
            self._report("criteria", _("A policy of mode score needs at least one criterion."))
        largest = (
            2
            * scale
            * sum(
                c.weight * max(abs(c.best), abs(c.worst), abs(c.missing_points)) for c in _reduced(criteria)
            )
        )
        if largest + POINT_SCALE * sum(c.weight for c in criteria) >= _EXACT:
            self._report(
                "criteria",
                _("Points and weights are too large to be added exactly."),
                _("Use smaller weights or fewer decimals."),
            )
        return WeightedScore(tuple(int(cutoff) for cutoff in scaled), scale)

    def _shares(self, grading: CountGrading | ValueGrading) -> Shares | None:
        quantity = self._try("grading.by", lambda: known(grading.by, self._quantities))
        if quantity is None:
            return None
        if not quantity.kind.is_numeric:
            self._report(
                "grading.by", _("“{name}” is no number and cannot be ranked.").format(name=quantity.id)
            )
        shares = list(grading.shares.values())
        if tuple(grading.shares) != self._policy.grades:
            self._report(
                "grading.shares",
                _("Shares name every grade, best first: {grades}.").format(
                    grades=", ".join(self._policy.grades)
                ),
            )
        elif shares[-1] != Decimal(100) or any(b <= a for a, b in zip(shares, shares[1:], strict=False)):
            self._report(
                "grading.shares", _("Shares are cumulative: they rise from grade to grade and end at 100.")
            )
        cuts = tuple(int(share * 10_000) for share in shares[:-1])
        ranking = Ranking("grading", quantity, grading.mode, cuts, grading.ties)
        return Shares(ranking, grading.missing)

    def _gate(self, gate: Gate, key: str) -> CompiledGate:
        effect, grade = next(
            (effect, grade)
            for effect, grade in (
                (Effect.AT_MOST, gate.at_most),
                (Effect.AT_LEAST, gate.at_least),
                (Effect.SET, gate.set),
            )
            if grade is not None
        )
        if not self._policy.ordered and effect is not Effect.SET:
            self._report(f"{key}.{effect}", _("Grades without an order have no cap or floor."), _("Use set."))
        target = self._code(grade, f"{key}.{effect}")
        return CompiledGate(
            gate.id, bind(gate.when, self._quantities, f"{key}.when"), effect, target, gate.missing
        )

    def _code(self, grade: str, key: str) -> int:
        if grade in self._policy.grades:
            return self._policy.grades.index(grade)
        self._report(
            key,
            _("“{found}” is no grade of this policy.").format(found=grade),
            did_you_mean(grade, self._policy.grades),
        )
        return 0


def _result(name: str, spec: Derived) -> Quantity:
    return Quantity(id=name, title=spec.title, kind=spec.kind, decimals=spec.decimals)


def _mentions(formula: str, names: Iterable[str]) -> bool:
    words = set("".join(c if c.isalnum() or c == "_" else " " for c in formula).split())
    return any(name in words for name in names)


def _hundredths(points: Decimal) -> int:
    return int(points * POINT_SCALE)


def _reduced(criteria: tuple[CompiledCriterion, ...]) -> tuple[CompiledCriterion, ...]:
    """Divide the weights by their greatest common divisor: the score is a ratio and stays the same."""
    divisor = reduce(gcd, (criterion.weight for criterion in criteria), 0) or 1
    return tuple(replace(criterion, weight=criterion.weight // divisor) for criterion in criteria)


def _outside(gap: Range, quantity: Quantity) -> bool:
    """Return whether intake lets no value of the gap through."""
    low = None if quantity.low is None else quantity.low * quantity.scale
    high = None if quantity.high is None else quantity.high * quantity.scale
    return (low is not None and gap.high is not None and gap.high < low) or (
        high is not None and gap.low is not None and gap.low > high
    )


def _shown(gap: Range, quantity: Quantity) -> str:
    low, high = (None if end is None else _units(end, quantity) for end in (gap.low, gap.high))
    if gap == EVERYTHING[0]:
        return _("any value")
    if low is None:
        return f"<= {high}"
    if high is None:
        return f">= {low}"
    return low if low == high else f"[{low}..{high}]"


def _units(scaled: int, quantity: Quantity) -> str:
    if quantity.kind is Kind.DATE:
        return date.fromordinal(scaled).isoformat()
    return f"{Decimal(scaled) / quantity.scale}"
