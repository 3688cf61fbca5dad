"""Builds the explanation of one customer's grade from its measured values."""

from __future__ import annotations

from decimal import Decimal

from rung.grading.compiled import POINT_SCALE, CompiledPolicy, Shares, Table
from rung.grading.derive import Row, derive
from rung.grading.explained_criteria import criterion_lines, matrix_line
from rung.grading.explained_held import held_line
from rung.grading.explained_values import cutoff_lines, score_of, segment_words, value_words
from rung.grading.explanation import (
    ConditionLine,
    Explanation,
    FlagLine,
    GateLine,
    NewValue,
    ReasonLine,
    RuleLine,
    Suggestion,
)
from rung.grading.nearest_change import nearest_change
from rung.grading.promised import promised, service_of
from rung.grading.reasons import reason_text, refusal_text
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.binding import Bound, tests_in, truth
from rung.policy.cells import holds
from rung.policy.conditions import Condition, conditions_in
from rung.policy.wording import cell_words
from rung.text import Text

__all__ = ["explain", "service_of", "suggestion"]


def explain(
    scorecard: Scorecard,
    row: Row,
    customer_id: str = "",
    customer_name: str = "",
    *,
    supposed: Row | None = None,
) -> Explanation:
    """Explain one customer's grade from its measured values (scaled; see vocabulary.Quantity).

    ``supposed`` values replace the row's, derived ones included: the grade a customer would have. What
    would change that is not looked for.
    """
    compiled = scorecard.compiled
    policy = compiled.policy
    found = scorecard.assess(row, supposed)
    row = {**derive(compiled, row), **(supposed or {})}
    cutoffs, population = cutoff_lines(compiled, scorecard.calibration, row)
    ranking = compiled.method.ranking if isinstance(compiled.method, Shares) else None
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
        score=score_of(compiled, found.score),
        measure=_measure(compiled, row),
        cutoffs=cutoffs,
        population=population,
        criteria=criterion_lines(scorecard, found, row),
        rules=_rules(compiled, found, row),
        gates=_gates(compiled, found, row),
        flags=_flags(compiled, row),
        reasons=tuple(ReasonLine(code, reason_text(compiled, code)) for code in found.reasons),
        evidence=found.evidence,
        suggestion=suggestion(scorecard, row) if supposed is None else None,
        service=promised(compiled, found.grade, found.flags, row),
        matrix=matrix_line(compiled, found),
        mode=policy.grading.mode,
        segment=segment_words(ranking, row),
        ranked_by=ranking.quantity.id if ranking else "",
        segment_by=ranking.within.id if ranking and ranking.within else "",
        held=held_line(compiled, found),
    )


def _measure(compiled: CompiledPolicy, row: Row) -> Text | None:
    if not isinstance(compiled.method, Shares):
        return None
    quantity = compiled.method.ranking.quantity
    return value_words(row.get(quantity.id), quantity)


def _conditions(written: Condition, bound: Bound, row: Row) -> tuple[ConditionLine, ...]:
    return tuple(
        ConditionLine(
            title=test.quantity.title,
            asked=cell_words(cell.raw, test.quantity),
            found=value_words(row.get(test.quantity.id), test.quantity),
            held=holds(test.test, row.get(test.quantity.id)),
            quantity=test.quantity.id,
        )
        for cell, test in zip(conditions_in(written), tests_in(bound), strict=True)
    )


def _rules(compiled: CompiledPolicy, found: Assessment, row: Row) -> tuple[RuleLine, ...]:
    if not isinstance(compiled.method, Table):
        return ()
    collects = compiled.method.collecting is not None
    return tuple(
        RuleLine(
            id=rule.id,
            grade=None if rule.grade is None else compiled.grades[rule.grade],
            reason=written.reason,
            held=truth(rule.condition, row),
            decided=rule.id in found.decided,
            conditions=_conditions(written.when, rule.condition, row),
            points=Decimal(rule.points) / POINT_SCALE if collects else None,
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


def suggestion(scorecard: Scorecard, row: Row, *, is_down: bool = False) -> Suggestion | None:
    """Return the smallest change that reaches a better grade, or a worse one; None where there is none."""
    row = derive(scorecard.compiled, row)
    change = nearest_change(scorecard, row, is_down=is_down)
    if change is None:
        return None
    quantities = scorecard.compiled.quantities
    return Suggestion(
        grade=change.grade,
        score=score_of(scorecard.compiled, change.score),
        values=tuple(
            NewValue(
                name,
                quantities[name].title,
                value_words(row.get(name), quantities[name]),
                value_words(value, quantities[name]),
            )
            for name, value in change.values.items()
        ),
    )


def _service_class(compiled: CompiledPolicy, found: Assessment) -> Text | None:
    standing = (flag.service_class for flag in compiled.policy.flags if flag.id in found.flags)
    name = next((each for each in standing if each is not None), None)
    return None if name is None else compiled.policy.grade_title(name)
