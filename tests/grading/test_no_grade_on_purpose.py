"""A table may say that whoever meets no rule has no grade: then it is no gap, and no slip."""

from __future__ import annotations

import pytest

from rung.grading.check import examine_text
from rung.grading.compile import compile_policy
from rung.grading.inline_tests import run_tests
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.vocabulary import Vocabulary

POLICY = """
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
fields = { sales = { title = "Sales", kind = "integer" } }
[grading]
mode = "{mode}"
otherwise = "not graded"
[[rules]]
id = "large"
grade = "A"
when = { sales = ">= 100" }
reason = "large"
[[rules]]
id = "fair"
grade = "B"
when = { sales = "[50..100)" }
reason = "fair"
[[tests]]
customers = [{ sales = 100 }, { sales = 49 }]
expect = [{ grade = "A" }, { grade = "not graded", reasons = ["no_rule"] }]
"""


@pytest.mark.parametrize("mode", ["rules", "process"])
def test_who_meets_no_rule_is_not_graded(mode):
    text = POLICY.replace("{mode}", mode)
    loaded = parse_policy(text, "tiers.toml")
    (outcome,) = run_tests(compile_policy(loaded.policy, Vocabulary.of(None, {})))
    assert outcome.differences == ()
    problems = examine_text(text, "tiers.toml", Shelf(PluginHost()))
    assert [problem for problem in problems if "not graded" in str(problem)] == []
