"""System 5 as the trade describes it: borrowers and the tier each must come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from rung.grading.check import examine
from rung.grading.row import Assessment
from rung.plugins import PluginHost
from rung.policy.model import Basis, Policy, ScoreGrading
from rung.policy.shelf import Shelf

Grade = Callable[[Mapping[str, Any]], Assessment]

BEST: Final[dict[str, Any]] = {
    "assets": 1_000_000_000,
    "credit_record": "excellent",
    "days_past_due": 0,
    "statements_12m": 4,
    "statements_complete_12m": 100,
    "risk_assessment": "complete",
    "debt_ratio": 40,
}

PROFILES: Final = {
    # Largest assets; authoritative, excellent credit; what is not stated is filled from B.
    "A": BEST,
    # Large assets; good credit; good and complete statements; complete risk assessment.
    "B": BEST | {"assets": 200_000_000, "credit_record": "good"},
    # Fairly large; some credit; some statements; a vaguer assessment; higher risk.
    "C": BEST
    | {
        "assets": 20_000_000,
        "credit_record": "some",
        "statements_complete_12m": 50,
        "risk_assessment": "vague",
        "debt_ratio": 72,
    },
    # Small; poor; incomplete; insufficient; the highest risk.
    "D": BEST
    | {
        "assets": 1_000_000,
        "credit_record": "poor",
        "statements_12m": 2,
        "statements_complete_12m": 0,
        "risk_assessment": "insufficient",
        "debt_ratio": 90,
    },
}


@pytest.mark.parametrize("tier", ["A", "B", "C", "D"])
def test_each_tier_s_own_profile_comes_to_it(credit_tiers: Grade, tier: str) -> None:
    assert credit_tiers(PROFILES[tier]).grade == tier


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"assets": 200_000_000}, "A"),
        ({"credit_record": "good"}, "A"),
        ({"assets": 200_000_000, "credit_record": "some"}, "B"),
        ({"assets": 200_000_000, "credit_record": "poor"}, "B"),
        ({"assets": 20_000_000, "credit_record": "poor"}, "C"),
        ({"assets": 1_000_000, "credit_record": "poor"}, "C"),
        ({"assets": 1_000_000, "credit_record": "poor", "risk_assessment": "insufficient"}, "D"),
    ],
)
def test_neither_size_nor_credit_alone_makes_the_tier(
    credit_tiers: Grade, change: dict[str, Any], grade: str
) -> None:
    assert credit_tiers(BEST | change).grade == grade


@pytest.mark.parametrize("profile", ["A", "B", "C", "D"])
@pytest.mark.parametrize(("days", "is_capped"), [(89, False), (90, False), (91, True), (365, True)])
def test_more_than_ninety_days_past_due_is_at_most_d(
    credit_tiers: Grade, profile: str, days: int, is_capped: bool
) -> None:
    result = credit_tiers(PROFILES[profile] | {"days_past_due": days})
    assert ("gate:overdue_90" in result.reasons) is is_capped
    assert result.grade == ("D" if is_capped else result.ungated)


@pytest.mark.parametrize(("profile", "grade"), [("A", "C"), ("B", "C"), ("C", "C"), ("D", "D")])
def test_without_statements_at_most_c(credit_tiers: Grade, profile: str, grade: str) -> None:
    none_filed = {"statements_12m": 0, "statements_complete_12m": None}
    assert credit_tiers(PROFILES[profile] | none_filed).grade == grade


def test_one_statement_is_not_none(credit_tiers: Grade) -> None:
    result = credit_tiers(BEST | {"statements_12m": 1})
    assert (result.grade, result.reasons) == ("A", ())


@pytest.mark.parametrize("field", ["assets", "credit_record", "days_past_due"])
def test_what_the_tier_rests_on_is_never_guessed(credit_tiers: Grade, field: str) -> None:
    result = credit_tiers(BEST | {field: None})
    assert (result.grade, result.not_graded is None) == (None, False)


@pytest.mark.parametrize(
    ("field", "reason"),
    [("risk_assessment", "risk_assessment:missing"), ("debt_ratio", "debt_ratio:missing")],
)
def test_what_should_be_on_file_and_is_not_earns_no_points(
    credit_tiers: Grade, field: str, reason: str
) -> None:
    result = credit_tiers(BEST | {field: None})
    assert (result.score, result.reasons, result.evidence) == (90_00, (reason,), 90)


def _ladders() -> list[tuple[str, list[Any]]]:
    cents = Decimal("0.01")
    return [
        ("assets", [b + s for b in (3_000_000, 50_000_000, 800_000_000) for s in (-cents, 0, cents)]),
        ("credit_record", ["poor", "some", "good", "excellent"]),
        ("days_past_due", [400, 91, 90, 61, 60, 31, 30, 1, 0]),
        ("statements_complete_12m", [0, Decimal("49.99"), 50, Decimal("89.99"), 90, 100]),
        ("risk_assessment", ["insufficient", "vague", "complete"]),
        ("debt_ratio", [120, 85, Decimal("84.99"), 70, Decimal("69.99"), 50, Decimal("49.99"), 0]),
    ]


@pytest.mark.parametrize(("field", "rising"), _ladders(), ids=[name for name, _ in _ladders()])
def test_a_better_value_never_scores_less(credit_tiers: Grade, field: str, rising: list[Any]) -> None:
    scores = [credit_tiers(BEST | {field: value}).score or 0 for value in rising]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1] == 100_00


SCORES: Final = [
    ({"assets": 800_000_000}, "100"),
    ({"assets": Decimal("799_999_999.99")}, "92.5"),
    ({"assets": 50_000_000}, "92.5"),
    ({"assets": Decimal("49_999_999.99")}, "85"),
    ({"assets": 3_000_000}, "85"),
    ({"assets": Decimal("2_999_999.99")}, "73"),
    ({"days_past_due": 1}, "94"),
    ({"days_past_due": 30}, "94"),
    ({"days_past_due": 31}, "89.5"),
    ({"days_past_due": 60}, "89.5"),
    ({"days_past_due": 61}, "86.5"),
    ({"days_past_due": 90}, "86.5"),
    ({"days_past_due": 91}, "85"),
    ({"statements_complete_12m": 90}, "100"),
    ({"statements_complete_12m": Decimal("89.99")}, "92.5"),
    ({"statements_complete_12m": 50}, "92.5"),
    ({"statements_complete_12m": Decimal("49.99")}, "85"),
    ({"debt_ratio": Decimal("49.99")}, "100"),
    ({"debt_ratio": 50}, "97"),
    ({"debt_ratio": Decimal("69.99")}, "97"),
    ({"debt_ratio": 70}, "94"),
    ({"debt_ratio": Decimal("84.99")}, "94"),
    ({"debt_ratio": 85}, "90"),
]


@pytest.mark.parametrize(("change", "score"), SCORES)
def test_every_bound_includes_what_stands_on_it(
    credit_tiers: Grade, change: dict[str, Any], score: str
) -> None:
    assert credit_tiers(BEST | change).score == int(Decimal(score) * 100)


@pytest.mark.parametrize(
    ("change", "score", "grade"),
    [
        ({"risk_assessment": "insufficient"}, "90", "A"),
        ({"assets": 500_000_000, "debt_ratio": 60}, "89.5", "B"),
        ({"assets": 2_000_000, "debt_ratio": 60}, "70", "B"),
        ({"credit_record": "poor", "days_past_due": 45}, "69.5", "C"),
        (
            {"assets": 2_000_000, "debt_ratio": 60, "credit_record": "poor", "risk_assessment": "vague"},
            "45",
            "C",
        ),
        (
            {"assets": 2_000_000, "debt_ratio": 60, "days_past_due": 45, "statements_complete_12m": 25},
            "44.5",
            "D",
        ),
    ],
)
def test_a_score_on_a_cut_off_earns_the_tier(
    credit_tiers: Grade, change: dict[str, Any], score: str, grade: str
) -> None:
    result = credit_tiers(BEST | change)
    assert (result.score, result.grade) == (int(Decimal(score) * 100), grade)


def test_the_checker_finds_nothing_to_say() -> None:
    assert examine("bank.credit-tiers", Shelf(PluginHost())) == ()


def test_every_number_says_that_it_is_assumed_and_why(credit_tiers_policy: Policy) -> None:
    policy = credit_tiers_policy
    assert isinstance(policy.grading, ScoreGrading)
    based = [policy.grading, *policy.criteria, *policy.gates, policy.override]
    assert all(part.basis is Basis.ASSUMED for part in based)
    assert all(part.because and part.because.zh != part.because.en for part in based)


def test_the_weights_make_a_hundred(credit_tiers_policy: Policy) -> None:
    assert {each.id: int(each.weight) for each in credit_tiers_policy.criteria} == {
        "assets": 30,
        "credit_record": 20,
        "overdue": 15,
        "statements": 15,
        "risk_assessment": 10,
        "debt_ratio": 10,
    }


def test_no_service_is_passed_off_as_the_practice_s(credit_tiers_policy: Policy) -> None:
    assert list(credit_tiers_policy.service) == ["A", "B", "C", "D"]
    for terms in credit_tiers_policy.service.values():
        assert (terms.stated, terms.accepted, terms.is_in_force) == (False, False, False)
        assert all(each.basis is Basis.ASSUMED and each.because for each in terms.obligations())


def test_only_the_overdue_gate_withstands_an_override(credit_tiers_policy: Policy) -> None:
    assert {gate.id: gate.hard for gate in credit_tiers_policy.gates} == {
        "overdue_90": True,
        "no_statements": False,
    }


@pytest.mark.parametrize("number", range(47))
def test_the_policy_s_own_cases_hold(credit_tiers: Grade, credit_tiers_policy: Policy, number: int) -> None:
    case = credit_tiers_policy.tests[number]
    result, expected = credit_tiers(case.customer or {}), case.expect[0]
    assert expected.grade == (result.grade or "not graded")
    assert expected.score is None or expected.score * 100 == result.score
    assert expected.reasons is None or expected.reasons == result.reasons[: len(expected.reasons)]


def test_the_policy_has_no_case_unread(credit_tiers_policy: Policy) -> None:
    assert len(credit_tiers_policy.tests) == 47
