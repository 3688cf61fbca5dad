"""What docs/overruling.md shows is sound: policies that load, people that are read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rung.grading.compile import compile_policy
from rung.ledger import People, read_people
from rung.policy.meaning import meaning_problems
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary

PAGE = (Path(__file__).parents[2] / "docs/overruling.md").read_text(encoding="utf-8")
BLOCKS = [tomllib.loads(block.partition("```")[0]) for block in PAGE.split("```toml\n")[1:]]
RULES = [block for block in BLOCKS if "override" in block]
VOCABULARY = Vocabulary(fields={})


def policy(rules: dict[str, Any]) -> Policy:
    field = {"title": "Balance", "kind": "money"}
    rule = {"id": "any", "when": {"loan_balance": "> 1"}, "grade": "A", "reason": "Any"}
    return Policy.model_validate(
        {
            "schema": 1,
            "id": "shown.policy",
            "version": "1",
            "title": "Shown",
            "grades": ["A", "B", "C", "D"],
            "grading": {"mode": "rules", "otherwise": "D"},
            "fields": {"loan_balance": field},
            "rules": [rule],
            **rules,
        }
    )


@pytest.mark.parametrize("rules", RULES)
def test_the_rules_shown_are_sound(rules: dict[str, Any]) -> None:
    shown = policy(rules)
    assert meaning_problems(shown, VOCABULARY) == ()
    assert compile_policy(shown, VOCABULARY).policy == shown


def test_three_ways_are_shown_from_strict_to_loose() -> None:
    asked = [policy(rules).override.approval.up for rules in RULES]
    assert asked == ["one", "none", "one"]


def test_the_people_shown_are_read_and_of_the_lines_told() -> None:
    (shown,) = [block["people"] for block in BLOCKS if "people" in block]
    people: People = read_people(shown, "rung.toml")
    assert people.same_line("li", "zhao")
    assert not people.same_line("li", "zhou")
