"""Values given by people: the grade computed for one customer is the one computed for many, by any policy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from data_cases import datum, opened
from drawn_policies import FIELDS, START, customers, policies, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_cases import NOW

from rung.grading.calibration import calibrate
from rung.grading.compiled import CompiledPolicy
from rung.grading.scorecard import Scorecard
from rung.ledger import DataInput, InputKind
from rung.ledger.grades.regrading import regraded, results_over, values_of
from rung.ledger.grades.value_texts import written_value
from rung.vocabulary import Quantity

TODAY = NOW.date()
QUANTITIES: dict[str, Quantity] = {field.id: field for field in FIELDS[2:]}
several = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
small = st.integers(-600, 1200)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "money": small,
    "count": st.integers(-6, 12),
    "share": small,
    "word": st.sampled_from(["x", "y", "z", "no such choice"]),
    "yes": st.booleans(),
    "day": st.integers(-6, 12).map(lambda n: START + timedelta(n)),
    "customer_name": st.just("Somebody else"),
    "previous_grade": st.sampled_from("AD"),
    "ratio": st.just(5),
    "gone": st.just("7"),
}


@st.composite
def inputs(draw: st.DrawFn) -> DataInput:
    subject = draw(st.sampled_from(sorted(VALUES)))
    value = draw(st.one_of(st.none(), VALUES[subject], VALUES[subject], VALUES[subject]))
    quantity = QUANTITIES.get(subject)
    text = written_value(value, quantity) if quantity else None if value is None else str(value)
    return datum(
        f"c{draw(st.integers(0, 9))}",
        subject,
        draw(st.sampled_from([text, text, text, "0.123", "nonsense"])),
        kind=draw(st.sampled_from([InputKind.JUDGEMENT, InputKind.CORRECTION])),
        expires_at=TODAY + timedelta(draw(st.sampled_from([-1, 0, 30]))),
        effective_from=draw(st.sampled_from([NOW, NOW, None])),
    )


@pytest.mark.slow
@several
@given(policies(), rows, st.lists(inputs(), max_size=12))
def test_one_customer_graded_anew_is_graded_as_all_are(
    compiled: CompiledPolicy, people: list[dict[str, Any]], data: list[DataInput]
) -> None:
    frame = customers(*people)
    scorecard = Scorecard(compiled, calibrate(compiled, frame))
    found = results_over(frame, scorecard, opened(*data), TODAY)
    alone = {}
    for row in frame.collect().to_dicts():
        own = [each for each in data if each.customer_id == row["customer_id"]]
        graded = regraded(scorecard, row, values_of(own, compiled, TODAY))
        alone[row["customer_id"]] = (graded.grade, [*graded.reasons, None, None, None][:3], graded.not_graded)
    together = {customer: (grade, why, cause) for _row, customer, grade, *why, cause in found.iter_rows()}
    assert together == {customer: alone[customer] for customer in together}
    in_the_run = {
        customer: model for customer, model in _graded(scorecard, frame) if customer not in together
    }
    assert in_the_run == {customer: alone[customer][0] for customer in in_the_run}


def _graded(scorecard: Scorecard, frame: Any) -> list[tuple[str, str | None]]:
    return list(scorecard.results(frame).select("customer_id", "model_grade").collect().iter_rows())


@several
@given(policies(), rows)
def test_nothing_given_changes_nothing(compiled: CompiledPolicy, people: list[dict[str, Any]]) -> None:
    frame = customers(*people)
    scorecard = Scorecard(compiled, calibrate(compiled, frame))
    row = {"customer_id": "c0", **people[0]}
    assert regraded(scorecard, row, {}) == scorecard.assess(row)
    assert results_over(frame, scorecard, opened(), date(2026, 3, 1)).is_empty()
