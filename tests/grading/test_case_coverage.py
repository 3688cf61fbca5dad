"""What a policy's tests exercise: reached is not enough, something that would change must be expected."""

from __future__ import annotations

from rung.grading.case_coverage import coverage_of
from rung.grading.compile import compile_policy
from rung.policy.reader import parse_policy
from rung.vocabulary import Vocabulary

POLICY = """
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
roles = { seller = "Seller" }
[fields]
sales = { title = "Sales", kind = "integer" }
late = { title = "Days late", kind = "integer" }
[grading]
mode = "score"
cutoffs = { A = 60 }
[[criteria]]
id = "sales"
title = "Sales"
measure = "sales"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
missing = "worst"
[[gates]]
id = "late"
when = { late = "> 30" }
missing = "skip"
at_most = "B"
reason = "late"
[[flags]]
id = "huge"
title = "Huge"
when = { sales = ">= 1_000" }
[service.A]
contact = [{ every = "7d", by = "seller" }, { every = "1d", by = "seller", when = { late = "> 10" } }]
"""


def missed(*tests):
    text = POLICY + "".join(
        f"[[tests]]\ncustomer = {customer}\nexpect = {expect}\n" for customer, expect in tests
    )
    loaded = parse_policy(text, "tiers.toml")
    coverage = coverage_of(compile_policy(loaded.policy, Vocabulary.of(None, {})))
    return {(part.kind, part.what) for part in coverage.missed}


def test_without_a_test_everything_is_missed():
    assert missed() == {
        ("grade", "A"),
        ("grade", "B"),
        ("band", "sales:1"),
        ("band", "sales:2"),
        ("band", "sales missing"),
        ("gate", "late fires"),
        ("gate", "late does not fire"),
        ("flag", "huge stands"),
        ("flag", "huge does not stand"),
        ("service", "service.A contact:1"),
        ("service", "service.A contact:2"),
        ("service", "service.A contact:2 is not owed"),
        *(("bound", f"sales = {value}") for value in (99, 100, 999, 1000)),
        *(("bound", f"late = {value}") for value in (10, 11, 30, 31)),
    }


def test_a_band_reached_counts_only_where_a_test_expects_something_of_it():
    reached = ("{ sales = 100 }", '{ grade = "A" }')
    expected = ("{ sales = 100 }", "{ points = { sales = 100 } }")
    assert ("band", "sales:1") in missed(reached)
    assert ("grade", "A") not in missed(reached)
    assert ("band", "sales:1") not in missed(expected)
    assert ("grade", "A") in missed(expected)
    assert ("bound", "sales = 100") not in missed(expected)
    assert ("bound", "sales = 99") in missed(expected)


def test_a_policy_can_be_exercised_whole():
    both = '["contact:1", "contact:2"]'
    assert missed(
        ("{ sales = 100, late = 30 }", f'{{ grade = "A", score = 100, flags = [], service = {both} }}'),
        ("{ sales = 100, late = 31 }", '{ grade = "B", score = 100, flags = [] }'),
        ("{ sales = 99 }", '{ grade = "B", score = 0, flags = [] }'),
        ("{ sales = 999, late = 10 }", '{ grade = "A", flags = [], service = ["contact:1"] }'),
        ("{ sales = 1000, late = 11 }", f'{{ flags = ["huge"], service = {both} }}'),
        ("{ }", '{ grade = "B", score = 0 }'),
    ) == set()  # fmt: skip
