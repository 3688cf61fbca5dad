"""The tests a policy carries are run, and each difference is told at its line."""

from __future__ import annotations

import pytest

from rung.errors import RungError
from rung.grading.compile import compile_policy
from rung.grading.inline_tests import Difference, run_tests
from rung.policy.reader import parse_policy
from rung.vocabulary import Vocabulary

SCORED = """\
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 80 } }
[fields.spend]
title = "Spend"
kind = "money"
[fields.size]
title = "Size"
kind = "category"
choices = { small = ["小"], large = ["大"] }
[[criteria]]
id = "spend"
title = "Spend"
measure = "spend"
bands = [{ when = ">= 100.50", points = 99.5 }, { when = "-", points = 10 }]
[[gates]]
id = "small"
when = { size = "small" }
at_most = "B"
missing = "skip"
reason = "Small"
[[flags]]
id = "rich"
title = "Rich"
when = { spend = ">= 1000" }
[[flags]]
id = "big"
title = "Big"
when = { size = "large" }
[[tests]]
name = "one"
"""


def run(text: str):
    loaded = parse_policy(text, "it")
    own = {name: spec.field(name) for name, spec in loaded.policy.fields.items()}
    outcomes = run_tests(compile_policy(loaded.policy, Vocabulary.of(None, own)))
    return outcomes, [str(loaded.located(problem)) for outcome in outcomes for problem in outcome.problems()]


@pytest.mark.parametrize(
    ("customer", "expect"),
    [
        ("spend = 100.50", 'grade = "A"'),
        ("spend = 100.49", 'grade = "B", score = 10'),
        ("spend = 100.5", "score = 99.5"),
        ("spend = 100.5", "score = 99.50, flags = [], reasons = []"),
        ("spend = 2000, size = 'large'", 'flags = ["big", "rich"]'),
        ("spend = 2000, size = '大'", 'flags = ["rich", "big"]'),
        ("spend = 1, size = 'small'", 'reasons = ["gate:small", "spend:2"]'),
        ("spend = 1, size = 'small'", 'reasons = ["gate:small"]'),
        ("size = 'small'", 'grade = "not graded"'),
        ("size = 'small'", 'grade = "not graded", reasons = ["missing:spend"]'),
        ("size = 'small'", 'reasons = ["missing:spend", "gate:small"]'),
        ("size = 'small'", 'reasons = ["gate:small"]'),
        ("spend = '1万元'", 'grade = "A"'),
    ],
)
def test_what_is_expected_and_comes_out_passes(customer, expect):
    (outcome,), problems = run(SCORED + f"customer = {{ {customer} }}\nexpect = {{ {expect} }}\n")
    assert problems == []
    assert outcome.is_passed


@pytest.mark.parametrize(
    ("customer", "expect", "difference"),
    [
        ("spend = 100.49", 'grade = "A"', Difference(0, "grade", "A", "B")),
        ("spend = 1", 'grade = "not graded"', Difference(0, "grade", "not graded", "B")),
        ("size = 'small'", 'grade = "B"', Difference(0, "grade", "B", "not graded (missing:spend)")),
        ("spend = 100.5", "score = 99.49", Difference(0, "score", "99.49", "99.5")),
        ("size = 'small'", "score = 1", Difference(0, "score", "1", "none")),
        ("spend = 1", 'flags = ["big"]', Difference(0, "flags", "big", "none")),
        ("spend = 2000", "flags = []", Difference(0, "flags", "none", "rich")),
        ("spend = 1", "reasons = []", Difference(0, "reasons", "none", "spend:2")),
        (
            "spend = 1, size = 'small'",
            'reasons = ["spend:2"]',
            Difference(0, "reasons", "spend:2", "gate:small"),
        ),
    ],
)
def test_what_comes_out_differently_is_told(customer, expect, difference):
    (outcome,), problems = run(SCORED + f"customer = {{ {customer} }}\nexpect = {{ {expect} }}\n")
    assert outcome.differences == (difference,)
    assert not outcome.is_passed
    assert problems == [
        f"it:35 [tests[0].expect[0].{difference.what}]: "
        f"Test “one”: expected {difference.what} {difference.expected}, found {difference.found}."
    ]


SHARED = """\
id = "shop.shares"
version = "1"
title = "Shares"
grades = ["A", "B"]
grading = { mode = "value", by = "spend", shares = { A = 80, B = 100 } }
[fields.spend]
title = "Spend"
kind = "money"
[[tests]]
customers = [{ spend = 70 }, { spend = 20 }, { spend = 10 }, {}]
expect = [
    { grade = "A" },
    { grade = "A" },
    { grade = "A" },
    { grade = "not graded" },
]
"""


def test_the_customers_of_one_test_are_a_population():
    (outcome,), problems = run(SHARED)
    assert outcome.name == "tests[0]"
    assert outcome.differences == (Difference(2, "grade", "A", "B"),)
    assert problems == ["it:14 [tests[0].expect[2].grade]: Test “tests[0]”: expected grade A, found B."]


def test_values_that_cannot_be_read_are_all_told_before_any_test_runs():
    text = SCORED + 'customer = { spend = "much", size = "huge" }\nexpect = {}\n'
    with pytest.raises(RungError) as raised:
        run(text)
    keys = [problem.place.key for problem in raised.value.problems]
    assert keys == ["tests[0].customer.spend", "tests[0].customer.size"]
