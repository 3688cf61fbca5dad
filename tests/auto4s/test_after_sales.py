"""System 12 as the trade describes it: after-sales customers and the grade each must come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, Final

import pytest

from rung.grading.check import examine
from rung.grading.row import Assessment
from rung.plugins import PluginHost
from rung.policy.model import Basis, Policy
from rung.policy.shelf import Shelf

Grade = Callable[[Mapping[str, Any]], Assessment]

# High loyalty, great enthusiasm, great revenue: each value on its bound.
A: Final = {
    "visits_12m": 4,
    "months_since_visit": 3,
    "promotion_share_12m": 25,
    "arenas_12m": 3,
    "spend_12m": 10_000,
}
# Medium loyalty, some enthusiasm, some revenue: each value on its bound.
B: Final = {
    "visits_12m": 2,
    "months_since_visit": 6,
    "promotion_share_12m": 50,
    "arenas_12m": 2,
    "spend_12m": 3_000,
}
# Hardly takes part: not one visit in a year.
NEVER: Final = {"visits_12m": 0, "arenas_12m": 0, "spend_12m": 0}

CUSTOMERS: Final = [
    (A, "A", "a_loyal"),
    (A | {"visits_12m": 12, "months_since_visit": 0, "spend_12m": 80_000}, "A", "a_loyal"),
    (A | {"visits_12m": 3}, "B", "b_steady"),
    (A | {"months_since_visit": 4}, "B", "b_steady"),
    (A | {"arenas_12m": 2}, "B", "b_steady"),
    (A | {"spend_12m": "9999.99"}, "B", "b_steady"),
    (A | {"spend_12m": "10000.01"}, "A", "a_loyal"),
    (A | {"promotion_share_12m": "79.99"}, "A", "a_loyal"),
    (A | {"promotion_share_12m": 80}, "C", "c_promotion"),
    (A | {"promotion_share_12m": 100}, "C", "c_promotion"),
    (B, "B", "b_steady"),
    (B | {"visits_12m": 1}, "C", "c_irregular"),
    (B | {"months_since_visit": 7}, "C", "c_irregular"),
    (B | {"arenas_12m": 1}, "C", "c_irregular"),
    (B | {"spend_12m": "2999.99"}, "C", "c_irregular"),
    (B | {"spend_12m": "3000.01"}, "B", "b_steady"),
    (B | {"promotion_share_12m": "79.99"}, "B", "b_steady"),
    (B | {"promotion_share_12m": 80}, "C", "c_promotion"),
    (NEVER, "D", "d_hardly"),
    (NEVER | {"months_since_visit": 12}, "D", "d_hardly"),
    (NEVER | {"months_since_visit": 40}, "D", "d_hardly"),
]


@pytest.mark.parametrize(("customer", "grade", "rule"), CUSTOMERS)
def test_the_customer_comes_to_the_grade_described(
    after_sales: Grade, customer: dict[str, Any], grade: str, rule: str
) -> None:
    result = after_sales(customer)
    assert (result.grade, result.reasons) == (grade, (f"rule:{rule}",))


def test_everybody_with_visits_counted_has_a_grade(after_sales: Grade) -> None:
    came = product((1, 2, 4), (0, 3, 4, 7), (0, 79, 80, 100), (1, 2, 3), (0, 3_000, 10_000))
    for visits, months, share, arenas, spend in came:
        customer = dict(zip(A, (visits, months, share, arenas, spend), strict=True))
        assert after_sales(customer).grade in {"A", "B", "C"}


def test_without_a_table_of_visits_nobody_is_taken_for_one_who_never_came(after_sales: Grade) -> None:
    result = after_sales({"customer_name": "张三"})
    assert (result.grade, result.not_graded) == (None, "missing:visits_12m")


def test_a_value_unknown_is_no_hindrance_where_it_decides_nothing(after_sales: Grade) -> None:
    assert after_sales({"visits_12m": 0}).grade == "D"


def test_all_measures_are_computed_and_none_is_judged(after_sales_policy: Policy) -> None:
    assert (after_sales_policy.criteria, after_sales_policy.gates, after_sales_policy.flags) == ((), (), ())


def test_the_grades_carry_the_names_of_the_trade(after_sales_policy: Policy) -> None:
    titles = {grade: after_sales_policy.grade_title(grade).zh for grade in after_sales_policy.grades}
    assert titles == {"A": "A类 最重要客户", "B": "B类 忠实客户", "C": "C类 普通客户", "D": "D类 潜在客户"}


def test_every_cut_off_says_that_it_is_assumed_and_why(after_sales_policy: Policy) -> None:
    based = [after_sales_policy.grading, *after_sales_policy.rules, after_sales_policy.override]
    assert all(part.basis is Basis.ASSUMED and part.because for part in based)


def test_the_best_grade_whose_marks_hold_comes_first(after_sales_policy: Policy) -> None:
    assert [rule.grade for rule in after_sales_policy.rules] == ["A", "B", "C", "C", "D"]


def test_no_service_is_passed_off_as_the_practice_s(after_sales_policy: Policy) -> None:
    assert list(after_sales_policy.service) == ["A", "B", "C", "D"]
    for terms in after_sales_policy.service.values():
        assert (terms.stated, terms.accepted, terms.is_in_force) == (False, False, False)
        assert all(each.basis is Basis.ASSUMED and each.because for each in terms.obligations())


@pytest.mark.parametrize("number", range(20))
def test_the_policy_s_own_cases_hold(after_sales: Grade, after_sales_policy: Policy, number: int) -> None:
    case = after_sales_policy.tests[number]
    result, expected = after_sales(case.customer or {}), case.expect[0]
    assert expected.grade == (result.grade or "not graded")
    assert expected.reasons is None or expected.reasons == result.reasons


def test_the_policy_has_no_case_unread(after_sales_policy: Policy) -> None:
    assert len(after_sales_policy.tests) == 20


def test_the_checker_finds_nothing_to_say() -> None:
    assert examine("auto4s.after-sales", Shelf(PluginHost())) == ()
