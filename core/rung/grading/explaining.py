"""Builds the explanation of one customer's grade from its measured values."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from rung.grading.calibration import Calibration
from rung.grading.compiled import POINT_SCALE, CompiledPolicy, Shares, Table, WeightedScore
from rung.grading.derive import Row, derive
from rung.grading.explanation import (
    ConditionLine,
    CriterionLine,
    CutoffLine,
    Explanation,
    FlagLine,
    GateLine,
    NewValue,
    ReasonLine,
    RuleLine,
    ServiceLine,
    Suggestion,
)
from rung.grading.nearest_change import nearest_change
from rung.grading.reasons import band_words, reason_text, refusal_text
from rung.grading.row import Assessment, Met
from rung.grading.scorecard import Scorecard
from rung.policy.binding import Bound, bind, tests_in, truth
from rung.policy.cells import Value, holds
from rung.policy.conditions import Condition, conditions_in
from rung.policy.model import Contact, Criterion, Owner, Promise, Respond, Review, ServiceTerms
from rung.policy.wording import cell_words
from rung.text import Text
from rung.values import format_value
from rung.vocabulary import Quantity

__all__ = ["explain", "service_of"]

T = TypeVar("T", Contact, Respond, Review, Owner, Promise)


def explain(scorecard: Scorecard, row: Row, customer_id: str = "", customer_name: str = "") -> Explanation:
    """Explain one customer's grade from its measured values (scaled; see vocabulary.Quantity)."""
    compiled = scorecard.compiled
    policy = compiled.policy
    row = derive(compiled, row)
    found = scorecard.assess(row)
    cutoffs, population = _cutoffs(compiled, scorecard.calibration)
    return Explanation(
        customer_id=customer_id,
        customer_name=customer_name,
        policy_id=policy.id,
        policy_version=policy.version,
        policy_title=policy.title,
        grade=found.grade,
        grade_title=None if found.grade is None else policy.grade_title(found.grade),
        service_class=_service_class(compiled, found),
        ungated=found.ungated,
        not_graded=None
        if found.not_graded is None
        else ReasonLine(found.not_graded, refusal_text(compiled, found.not_graded)),
        score=_score(compiled, found.score),
        measure=_measure(compiled, row),
        cutoffs=cutoffs,
        population=population,
        criteria=_criteria(scorecard, found),
        rules=_rules(compiled, found, row),
        gates=_gates(compiled, found, row),
        flags=_flags(compiled, row),
        reasons=tuple(ReasonLine(code, reason_text(compiled, code)) for code in found.reasons),
        evidence=found.evidence,
        suggestion=_suggestion(scorecard, row),
        service=_service(compiled, found, found.grade, row),
    )


def _words(value: Value | None, quantity: Quantity) -> Text:
    if value is None:
        return Text("缺失", "missing")
    return Text(format_value(value, quantity, "zh"), format_value(value, quantity, "en"))


def _score(compiled: CompiledPolicy, score: int | None) -> Decimal | None:
    return None if score is None else Decimal(score) / compiled.score_scale


def _measure(compiled: CompiledPolicy, row: Row) -> Text | None:
    if not isinstance(compiled.method, Shares):
        return None
    quantity = compiled.method.ranking.quantity
    return _words(row.get(quantity.id), quantity)


def _cutoffs(compiled: CompiledPolicy, calibration: Calibration) -> tuple[tuple[CutoffLine, ...], int | None]:
    match compiled.method:
        case WeightedScore(cutoffs, scale):
            words = [Text.same(f"{(Decimal(least) / scale).normalize():f}") for least in cutoffs]
            population = None
        case Shares(ranking):
            given = calibration.cutoffs[ranking.key]
            words = [_least(least, ranking.quantity) for least in given.at_least]
            population = given.population
        case Table():
            return (), None
    return tuple(
        CutoffLine(grade, text) for grade, text in zip(compiled.grades, words, strict=False)
    ), population


def _least(least: int | None, quantity: Quantity) -> Text:
    return Text("无人", "nobody") if least is None else _words(least, quantity)


def _criteria(scorecard: Scorecard, found: Assessment) -> tuple[CriterionLine, ...]:
    in_force = sum(met.criterion.weight for met in found.met if met.counts)
    written = {criterion.id: criterion for criterion in scorecard.compiled.policy.criteria}
    return tuple(_criterion(scorecard, met, written[met.criterion.id], in_force) for met in found.met)


def _criterion(scorecard: Scorecard, met: Met, written: Criterion, in_force: int) -> CriterionLine:
    quantity = met.criterion.quantity
    share = Decimal(met.criterion.weight) / in_force if in_force and met.counts else Decimal(0)
    points = None if met.points is None else Decimal(met.points) / POINT_SCALE
    best = Decimal(met.criterion.best) / POINT_SCALE
    better, worse = _neighbours(met, written)
    ranking = met.criterion.ranking
    given = scorecard.calibration.cutoffs[ranking.key].at_least if ranking else ()
    return CriterionLine(
        id=met.criterion.id,
        title=written.title,
        value=_words(met.value, quantity),
        band=_band(met, written),
        better=better,
        worse=worse,
        points=points,
        best_points=best,
        weight_share=round(share * 100, 1),
        contribution=None if points is None else round(points * share, 2),
        lost=Decimal(0) if points is None else round((best - points) * share, 2),
        is_evidence=met.band > 0,
        basis=written.basis,
        cutoffs=tuple(_least(least, quantity) for least in given),
    )


def _band(met: Met, written: Criterion) -> Text:
    if met.band > 0:
        return band_words(written, met.band, met.criterion.quantity)
    if met.band < 0:
        return Text("不适用", "does not apply")
    return {
        "refuse": Text("缺失，不予评级", "missing: refused"),
        "drop": Text("缺失，权重分给其余标准", "missing: left out, the rest re-weighted"),
        "worst": Text("缺失，按最低分", "missing: worst points"),
        "points": Text("缺失，按中性分", "missing: neutral points"),
    }[met.criterion.missing]


def _neighbours(met: Met, written: Criterion) -> tuple[Text | None, Text | None]:
    """Return the bands with next more and next fewer points than the one met."""
    if met.points is None or met.band <= 0:
        return None, None
    ranked = sorted({band.points for band in met.criterion.bands})
    place = ranked.index(met.points)

    def words(points: int) -> Text:
        number = next(n for n, band in enumerate(met.criterion.bands, start=1) if band.points == points)
        return band_words(written, number, met.criterion.quantity)

    better = words(ranked[place + 1]) if place + 1 < len(ranked) else None
    return better, words(ranked[place - 1]) if place else None


def _conditions(written: Condition, bound: Bound, row: Row) -> tuple[ConditionLine, ...]:
    return tuple(
        ConditionLine(
            title=test.quantity.title,
            asked=cell_words(cell.raw, test.quantity),
            found=_words(row.get(test.quantity.id), test.quantity),
            held=holds(test.test, row.get(test.quantity.id)),
        )
        for cell, test in zip(conditions_in(written), tests_in(bound), strict=True)
    )


def _rules(compiled: CompiledPolicy, found: Assessment, row: Row) -> tuple[RuleLine, ...]:
    if not isinstance(compiled.method, Table):
        return ()
    return tuple(
        RuleLine(
            id=rule.id,
            grade=compiled.grades[rule.grade],
            reason=written.reason,
            held=truth(rule.condition, row),
            decided=f"rule:{rule.id}" in found.reasons,
            conditions=_conditions(written.when, rule.condition, row),
        )
        for rule, written in zip(compiled.method.rules, compiled.policy.rules, strict=True)
    )


def _gates(compiled: CompiledPolicy, found: Assessment, row: Row) -> tuple[GateLine, ...]:
    return tuple(
        GateLine(
            id=gate.id,
            reason=written.reason,
            effect=gate.effect.value,
            grade=compiled.grades[gate.target],
            fired=fired,
            conditions=_conditions(written.when, gate.condition, row),
        )
        for gate, written, fired in zip(compiled.gates, compiled.policy.gates, found.gates, strict=True)
    )


def _flags(compiled: CompiledPolicy, row: Row) -> tuple[FlagLine, ...]:
    return tuple(
        FlagLine(
            id=flag.id,
            title=written.title,
            held=truth(flag.condition, row),
            conditions=_conditions(written.when, flag.condition, row),
        )
        for flag, written in zip(compiled.flags, compiled.policy.flags, strict=True)
    )


def _suggestion(scorecard: Scorecard, row: Row) -> Suggestion | None:
    change = nearest_change(scorecard, row)
    if change is None:
        return None
    quantities = scorecard.compiled.quantities
    return Suggestion(
        grade=change.grade,
        score=_score(scorecard.compiled, change.score),
        values=tuple(
            NewValue(
                name,
                quantities[name].title,
                _words(row.get(name), quantities[name]),
                _words(value, quantities[name]),
            )
            for name, value in change.values.items()
        ),
    )


def _service_class(compiled: CompiledPolicy, found: Assessment) -> Text | None:
    standing = (flag.service_class for flag in compiled.policy.flags if flag.id in found.flags)
    name = next((each for each in standing if each is not None), None)
    return None if name is None else compiled.policy.grade_title(name)


def service_of(scorecard: Scorecard, row: Row, grade: str | None) -> tuple[ServiceLine, ...]:
    """Return what a customer with these measured values was promised, with a grade that need not be theirs.

    A grade that a person gave brings its own service; the flags and their promises stay the customer's.
    """
    compiled = scorecard.compiled
    row = derive(compiled, row)
    return _service(compiled, scorecard.assess(row), grade, row)


def _service(
    compiled: CompiledPolicy, found: Assessment, grade: str | None, row: Row
) -> tuple[ServiceLine, ...]:
    policy = compiled.policy
    promised = []
    if grade is not None and grade in policy.service:
        promised.append((policy.grade_title(grade), policy.service[grade]))
    for flag in policy.flags:
        if flag.id not in found.flags:
            continue
        if flag.service is not None:
            promised.append((flag.title, flag.service))
        elif flag.service_class is not None and flag.service_class in policy.service:
            promised.append((flag.title, policy.service[flag.service_class]))
    return tuple(ServiceLine(source, _owed(terms, compiled, row)) for source, terms in promised)


def _owed(terms: ServiceTerms, compiled: CompiledPolicy, row: Row) -> ServiceTerms:
    """Return the terms without promises whose condition does not hold, and without conditions that do."""

    def owed(obligations: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(
            each.model_copy(update={"when": None})
            for each in obligations
            if each.when is None or truth(bind(each.when, compiled.quantities), row)
        )

    return terms.model_copy(
        update={
            "contact": owed(terms.contact),
            "respond": owed(terms.respond),
            "review": owed(terms.review),
            "owner": owed(terms.owner),
            "promise": owed(terms.promise),
        }
    )
