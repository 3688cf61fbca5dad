"""An explanation says what counted, what did not, and the smallest change that would."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drawn_policies import policies, policy, rows
from hypothesis import HealthCheck, given, settings

from rung.grading.calibration import Calibration, calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.explanation import Explanation
from rung.grading.nearest_change import nearest_change
from rung.grading.scorecard import Scorecard
from rung.text import Text

SCORED: dict[str, Any] = {
    "grading": {"mode": "score", "cutoffs": {"A": 80, "B": 60, "C": 40}},
    "criteria": [
        {
            "id": "assets",
            "title": {"zh": "资产", "en": "Assets"},
            "measure": "money",
            "weight": 30,
            "bands": [
                {"when": ">= 5_000", "points": 100},
                {"when": "[500..5_000)", "points": 70},
                {"when": "< 500", "points": 30},
            ],
        },
        {
            "id": "visits",
            "title": {"zh": "拜访", "en": "Visits"},
            "measure": "count",
            "weight": 10,
            "missing": "drop",
            "bands": [{"when": ">= 10", "points": 100}, {"when": "< 10", "points": 0}],
        },
        {
            "id": "mood",
            "title": {"zh": "口碑", "en": "Mood"},
            "measure": "word",
            "weight": 10,
            "missing": "worst",
            "applies": {"yes": True},
            "levels": [
                {"level": "x", "title": {"zh": "好", "en": "Good"}, "describes": "d", "points": 100},
                {"level": "y", "title": {"zh": "差", "en": "Poor"}, "describes": "d", "points": 20},
            ],
        },
    ],
    "gates": [
        {
            "id": "late",
            "when": {"share": "> 90%"},
            "at_most": "D",
            "missing": "skip",
            "reason": {"zh": "逾期", "en": "Late"},
        }
    ],
    "flags": [
        {
            "id": "big",
            "title": {"zh": "大户", "en": "Big"},
            "when": {"money": ">= 9_000"},
            "service": {"owner": {"by": "boss"}},
        }
    ],
    "service": {"B": {"contact": {"every": "15d"}}},
}


def explained(row: dict[str, Any], **changed: Any) -> Explanation:
    compiled = policy(**{**SCORED, **changed})
    return explain(Scorecard(compiled, Calibration()), row, "c1", "甲")


def test_each_criterion_shows_value_band_neighbours_points_and_contribution() -> None:
    found = explained({"money": 60_000, "count": 12, "share": 0, "yes": False})
    assets, visits, mood = found.criteria
    assert (str(assets.value), str(assets.band)) == ("600 yuan", "[500 .. 5,000)")
    assert (str(assets.better), str(assets.worse)) == ("≥ 5,000", "< 500")
    assert (assets.points, assets.weight_share, assets.contribution, assets.lost) == (
        Decimal(70),
        Decimal("75.0"),
        Decimal("52.50"),
        Decimal("22.50"),
    )
    assert (visits.contribution, visits.lost, visits.better) == (Decimal("25.00"), Decimal("0.00"), None)
    assert (mood.band, mood.points, mood.weight_share) == (
        Text("不适用", "does not apply"),
        None,
        Decimal("0.0"),
    )
    assert (found.grade, found.score, found.evidence) == ("B", Decimal("77.5"), 100)


def test_evidence_is_the_share_of_the_weight_that_rests_on_real_values() -> None:
    assert explained({"money": 60_000, "share": 0, "yes": True}).evidence == 60
    assert explained({"money": 60_000, "count": 1, "share": 0, "yes": True, "word": "x"}).evidence == 100


def test_gates_that_fired_and_that_did_not_are_shown_with_what_was_asked_and_found() -> None:
    fired = explained({"money": 900_000, "count": 12, "share": 9_001})
    assert (fired.grade, fired.ungated) == ("D", "A")
    assert [(gate.fired, gate.grade, str(gate.conditions[0].found)) for gate in fired.gates] == [
        (True, "D", "90.01%")
    ]
    assert explained({"money": 900_000, "count": 12, "share": 9_000}).gates[0].fired is False
    assert explained({"money": 900_000, "count": 12}).gates[0].fired is None


def test_reasons_come_gates_first_then_by_points_lost() -> None:
    found = explained({"money": 10_000, "count": 1, "share": 9_999, "yes": True})
    assert [reason.code for reason in found.reasons] == ["gate:late", "assets:3", "visits:2", "mood:missing"]
    assert found.reasons[3].text == Text("口碑：缺数据", "Mood: no data")


def test_a_refused_customer_says_what_is_missing_and_has_no_grade() -> None:
    found = explained({"count": 1, "share": 0})
    assert found.grade is None and found.score is None
    assert found.not_graded is not None
    assert (found.not_graded.code, found.not_graded.text.en) == ("missing:assets", "Data missing: Assets")


def test_service_of_the_grade_and_of_its_flags_is_promised() -> None:
    found = explained({"money": 900_000, "count": 1, "share": 0, "yes": False})
    assert (found.grade, [str(line.source) for line in found.service]) == ("B", ["B", "Big"])


def test_a_promise_under_a_condition_is_owed_only_where_the_condition_holds() -> None:
    service = {
        "B": {
            "promise": [
                {"text": "always"},
                {"text": "big", "when": {"money": ">= 600"}},
                {"text": "late", "when": {"share": "> 0"}},
            ]
        }
    }
    owed = explained({"money": 60_000, "count": 12}, service=service).service[0].terms
    assert [str(promise.text) for promise in owed.promise] == ["always", "big"]


def test_a_flag_may_set_the_class_of_service_beside_the_grade() -> None:
    flags = [{"id": "care", "title": "Care", "when": {"yes": True}, "service_class": "4"}]
    found = explained(
        {"money": 60_000, "count": 12, "yes": True, "word": "x"},
        flags=flags,
        meaning={"4": {"title": "Care service"}},
    )
    assert (found.grade, found.service_class) == ("A", Text.same("Care service"))
    assert explained({"money": 60_000, "count": 12}, flags=flags).service_class is None


def test_the_smallest_change_names_one_value_where_one_suffices() -> None:
    found = explained({"money": 60_000, "count": 12, "share": 0, "yes": False}).suggestion
    assert found is not None
    assert (found.grade, [(value.name, str(value.new)) for value in found.values]) == (
        "A",
        [("money", "5,000 yuan")],
    )


def test_the_smallest_change_leaves_a_gate_and_gains_points_together_where_both_are_needed() -> None:
    found = explained(
        {"money": 10_000, "count": 1, "share": 9_999, "yes": False},
        gates=[
            {"id": "late", "when": {"share": "> 90%"}, "at_most": "D", "reason": "late"},
        ],
    ).suggestion
    assert found is not None
    assert {value.name: str(value.new) for value in found.values} == {"share": "90%", "money": "500 yuan"}


def test_the_best_grade_and_unordered_grades_have_no_next_one() -> None:
    assert explained({"money": 900_000, "count": 12, "share": 0, "yes": False}).suggestion is None
    unordered = policy(
        grades=["won", "talking"],
        ordered=False,
        grading={"mode": "rules"},
        rules=[
            {"id": "r", "grade": "talking", "when": {"count": ">= 0"}, "reason": "r"},
            {"id": "s", "grade": "won", "when": {"count": "< 0"}, "reason": "s"},
        ],
    )
    assert nearest_change(Scorecard(unordered, Calibration()), {"count": 1}) is None


def test_a_rule_missed_by_one_condition_is_the_smallest_change() -> None:
    table = policy(
        grading={"mode": "rules", "otherwise": "D"},
        rules=[
            {"id": "a", "grade": "A", "when": {"count": ">= 10", "yes": True, "word": "x"}, "reason": "a"},
            {"id": "b", "grade": "B", "when": {"count": ">= 5", "yes": True}, "reason": "b"},
        ],
    )
    found = explain(Scorecard(table, Calibration()), {"count": 7, "yes": False, "word": "y"})
    assert found.suggestion is not None
    assert [(value.name, str(value.new)) for value in found.suggestion.values] == [("yes", "yes")]
    assert [(rule.id, rule.held, rule.decided) for rule in found.rules] == [
        ("a", False, False),
        ("b", False, False),
    ]
    assert [line.held for line in found.rules[0].conditions] == [False, False, False]


def test_by_shares_the_cutoffs_and_the_population_are_shown() -> None:
    compiled = policy(
        grades=["A", "B"], grading={"mode": "count", "by": "money", "shares": {"A": 20, "B": 100}}
    )
    scorecard = Scorecard(compiled, calibrate_rows(compiled, [{"money": n * 100} for n in range(1, 11)]))
    found = explain(scorecard, {"money": 800})
    assert (found.grade, found.population, str(found.measure)) == ("B", 10, "8 yuan")
    assert [(line.grade, str(line.at_least)) for line in found.cutoffs] == [("A", "9 yuan")]
    assert found.reasons[0].text == Text("金额：前20%之后", "Money: below the top 20 %")
    assert found.suggestion is not None and str(found.suggestion.values[0].new) == "9 yuan"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(policies(), rows)
def test_every_explanation_agrees_with_the_grade_and_every_suggestion_keeps_its_promise(
    compiled: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    scorecard = Scorecard(compiled, calibrate_rows(compiled, people))
    for row in people[:3]:
        found, graded = explain(scorecard, row), scorecard.assess(row)
        assert (found.grade, [reason.code for reason in found.reasons]) == (
            graded.grade,
            list(graded.reasons),
        )
        change = nearest_change(scorecard, row)
        if change is not None:
            then = scorecard.assess(row, change.values)
            assert then.grade == change.grade
            assert graded.grade is None or compiled.grades.index(change.grade) < compiled.grades.index(
                graded.grade
            )


def test_a_rule_left_open_refuses_only_where_it_would_give_another_grade() -> None:
    table = policy(
        grading={"mode": "rules", "otherwise": "D"},
        rules=[
            {"id": "a", "grade": "A", "when": {"count": ">= 10"}, "reason": "a"},
            {"id": "b1", "grade": "B", "when": {"yes": True}, "reason": "b"},
            {"id": "b2", "grade": "B", "when": {"word": "x"}, "reason": "b"},
        ],
    )
    scorecard = Scorecard(table, Calibration())
    rows_ = ({"count": 1, "word": "x"}, {"count": 1}, {"word": "x"}, {"count": 1, "yes": False, "word": "y"})
    found = [scorecard.assess(row) for row in rows_]
    assert [(each.grade, each.not_graded) for each in found] == [
        ("B", None),
        (None, "missing:yes"),
        (None, "missing:count"),
        ("D", None),
    ]
