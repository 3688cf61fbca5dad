"""Grades that do not flicker: held by a margin and by notches against the grade before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from drawn_policies import customers, policies, policy, rows
from hypothesis import HealthCheck, given, settings

from rung.errors import RungError
from rung.grading.calibration import calibrate, calibrate_rows
from rung.grading.compiled import CompiledPolicy, Hold
from rung.grading.explaining import explain
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard

BANDS = [{"when": f"{n}", "points": n} for n in range(100)] + [{"when": "-", "points": 100}]


def scored(**more: Any) -> CompiledPolicy:
    """A is from 80, B from 60, C from 40; the score is the count."""
    return policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
        criteria=[{"id": "k", "title": "K", "measure": "count", "bands": BANDS}],
        **more,
    )


def assessed(compiled: CompiledPolicy, score: int, previous: str | None, **values: Any) -> Assessment:
    row = {"count": score, "previous_grade": previous, **values}
    card = Scorecard(compiled, calibrate_rows(compiled, [row]))
    found = card.assess(row)
    told = card.results(customers(row)).select("model_grade", "reason_1").collect().row(0)
    assert told == (found.grade, found.reasons[0] if found.reasons else None)
    return found


def graded(compiled: CompiledPolicy, score: int, previous: str | None) -> str | None:
    return assessed(compiled, score, previous).grade


@pytest.mark.parametrize(
    ("score", "previous", "expected"),
    [
        (82, "B", "B"),
        (83, "B", "A"),
        (77, "A", "A"),
        (76, "A", "B"),
        (58, "A", "B"),
        (56, "A", "C"),
        (83, "D", "A"),
        (82, "D", "B"),
        (70, "B", "B"),
        (82, None, "A"),
        (82, "Z", "A"),
    ],
)
def test_a_grade_changes_only_where_the_score_is_past_the_cut_off_by_the_margin(
    score: int, previous: str | None, expected: str
) -> None:
    assert graded(scored(hysteresis={"margin": 3}), score, previous) == expected


@pytest.mark.parametrize(
    ("score", "previous", "expected"),
    [(90, "D", "C"), (90, "C", "B"), (90, "B", "A"), (10, "A", "C"), (10, "B", "D"), (90, None, "A")],
)
def test_a_grade_moves_so_many_notches_in_one_run_and_no_more(
    score: int, previous: str | None, expected: str
) -> None:
    assert graded(scored(hysteresis={"max_up": 1, "max_down": 2}), score, previous) == expected


def test_without_a_limit_on_one_side_that_side_is_free() -> None:
    assert graded(scored(hysteresis={"max_up": 1}), 10, "A") == "D"
    assert graded(scored(hysteresis={"max_down": 1}), 90, "D") == "A"


def test_the_margin_comes_first_and_the_notches_after_it() -> None:
    both = scored(hysteresis={"margin": 3, "max_up": 1})
    assert [graded(both, score, "D") for score in (42, 43, 90)] == ["D", "C", "C"]


@pytest.mark.parametrize(("points", "expected"), [(79, "B"), (80, "A")])
def test_a_margin_of_half_a_point_is_exact(points: int, expected: str) -> None:
    assert graded(scored(hysteresis={"margin": 0.5}), points, "B") == ("B" if points < 81 else expected)
    assert graded(scored(hysteresis={"margin": 0.5}), 81, "B") == "A"


def test_gates_bind_all_the_same() -> None:
    gate = {"id": "g", "when": {"yes": True}, "at_most": "D", "reason": "g"}
    found = assessed(scored(hysteresis={"max_down": 1}, gates=[gate]), 10, "A", yes=True)
    assert (found.unheld, found.ungated, found.grade) == ("D", "B", "D")
    assert found.reasons[:2] == ("gate:g", "held")


def test_held_is_a_reason_before_the_points_lost() -> None:
    assert assessed(scored(hysteresis={"margin": 3}), 82, "B").reasons == ("held", "k:83")
    assert assessed(scored(hysteresis={"margin": 3}), 70, "B").reasons == ("k:71",)


def test_who_is_not_graded_is_not_held() -> None:
    found = assessed(scored(hysteresis={"margin": 3}), None, "B")  # type: ignore[arg-type]
    assert (found.grade, found.not_graded) == (None, "missing:k")


def test_by_shares_the_notches_hold_too() -> None:
    compiled = policy(
        grades=["A", "B", "C"],
        grading={"mode": "count", "by": "count", "shares": {"A": 20, "B": 50, "C": 100}},
        hysteresis={"max_up": 1, "max_down": 1},
    )
    people = [
        {"count": count, "previous_grade": before}
        for count, before in [(9, "C"), (8, "B"), (7, "A"), (6, "A"), (5, None)]
    ]
    frame = customers(*people)
    card = Scorecard(compiled, calibrate(compiled, frame))
    told = card.results(frame).select("model_grade", "reason_1").collect().rows()
    assert [grade for grade, _ in told] == ["B", "B", "B", "B", "C"]
    assert [reason for _, reason in told] == ["held", "share:B", "share:B", "held", "share:C"]


def test_the_explanation_says_what_the_grade_would_have_been_and_what_held_it() -> None:
    compiled = scored(hysteresis={"margin": 3, "max_up": 1})
    card = Scorecard(compiled, calibrate_rows(compiled, []))
    held = explain(card, {"count": 82, "previous_grade": "B"}).held
    assert held is not None
    assert (held.previous, held.unheld, held.kept, held.is_held) == ("B", "A", "B", True)
    assert str(held.because) == "the score must pass a cut-off by 3 for the grade to change"
    held = explain(card, {"count": 90, "previous_grade": "D"}).held
    assert held is not None
    assert (held.unheld, held.kept) == ("A", "C")
    assert held.because.zh == "每次最多上调1级"
    held = explain(card, {"count": 70, "previous_grade": "C"}).held
    assert held is not None
    assert not held.is_held
    assert explain(card, {"count": 70}).held is None


def test_a_policy_that_does_not_look_back_leaves_the_grade_before_alone() -> None:
    assert graded(scored(), 82, "B") == "A"


def test_a_condition_may_ask_for_the_grade_before_and_no_table_need_have_it() -> None:
    flag = {"id": "was_best", "title": "F", "when": {"previous_grade": "A"}}
    compiled = scored(hysteresis={"max_down": 1}, flags=[flag])
    assert assessed(compiled, 70, "A").flags == ("was_best",)
    assert assessed(compiled, 70, None).flags == ()
    assert compiled.wanted == {"count"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ordered": False, "hysteresis": {"max_up": 1}}, "do not move up or down"),
        ({"hysteresis": {}}, "limits nothing"),
        ({"hysteresis": {"margin": 0.001}}, "more decimals"),
        ({"hysteresis": {"margin": 300_000}}, "No score can pass"),
        (
            {"hysteresis": {"max_up": 1}, "fields": {"previous_grade": {"title": "P", "kind": "text"}}},
            "is a field already",
        ),
    ],
)
def test_what_cannot_be_held_is_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RungError, match=words):
        scored(**more)


def test_a_margin_needs_a_score() -> None:
    with pytest.raises(RungError, match="no score in mode “count”"):
        policy(
            grades=["A", "B"],
            grading={"mode": "count", "by": "count", "shares": {"A": 20, "B": 100}},
            hysteresis={"margin": 1},
        )


several = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.slow
@several
@given(policies(), rows)
def test_the_same_customers_graded_again_keep_their_grades(
    compiled: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    plain = replace(compiled, hold=None)
    calibration = calibrate_rows(plain, people)
    first = [Scorecard(plain, calibration).assess(row) for row in people]
    margin = 5 * compiled.score_scale if compiled.has_score else None
    looking = replace(compiled, hold=Hold(margin, 1, 1))
    again = [
        Scorecard(looking, calibration).assess({**row, "previous_grade": found.ungated})
        for row, found in zip(people, first, strict=True)
    ]
    assert [each.grade for each in again] == [each.grade for each in first]
    assert not any("held" in each.reasons for each in again)


@pytest.mark.slow
@several
@given(policies(), rows)
def test_a_margin_of_zero_is_no_hysteresis(compiled: CompiledPolicy, people: list[dict[str, Any]]) -> None:
    if not compiled.has_score:
        return
    plain, zero = replace(compiled, hold=None), replace(compiled, hold=Hold(0, None, None))
    calibration = calibrate_rows(plain, people)
    assert [Scorecard(zero, calibration).assess(row).grade for row in people] == [
        Scorecard(plain, calibration).assess(row).grade for row in people
    ]
