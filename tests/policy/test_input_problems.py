"""What the rules for overriding, correcting and judging can get wrong is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from layered import BASE, HEAD, loaded

from rung.policy.input_problems import input_problems
from rung.policy.meaning import meaning_problems
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary

NO_ORDER = "Grades without an order have no notches to go up or down. Take it out, or set ordered = true."


def told(**parts: Any) -> list[str]:
    whole = {
        "schema": 1,
        "id": "test.tiers",
        "version": "1",
        "title": "Tiers",
        "grades": ["A", "B", "C", "D"],
        "grading": {"mode": "rules"},
        **parts,
    }
    return [str(problem).strip() for problem in input_problems(Policy.model_validate(whole))]


def levels(*each: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"approval": {"up": "one", "down": "none"}, "levels": list(each), **more}


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"override": levels({"notches": 1, "approval": "two", "direction": "up"}, max_notches_up=1)},
        {"override": levels({"notches": 3, "approval": "one"}, max_notches_up=1)},  # down there is no limit
        {"override": levels({"notches": 1, "approval": "one", "direction": "down"})},
        {"override": levels({"when": {"x": "> 1"}, "approval": "one", "by": "owner", "direction": "up"})},
        {"correction": levels({"notches": 3, "approval": "two"})},
        {"judgement": {"other_line": True, "levels": [{"when": {"x": "> 1"}, "approval": "one"}]}},
        {"ordered": False, "override": levels({"when": {"x": "> 1"}, "approval": "two"})},
    ],
)
def test_rules_that_fit_together_are_let_be(sound: dict[str, Any]) -> None:
    assert told(**sound) == []


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"ordered": False, "override": {"max_notches_down": 2}}, f"[override.max_notches_down]: {NO_ORDER}"),
        (
            {"ordered": False, "correction": levels({"notches": 1, "approval": "two"})},
            f"[correction.levels[0].notches]: {NO_ORDER}",
        ),
        (
            {
                "ordered": False,
                "override": levels({"when": {"x": "> 1"}, "direction": "up", "approval": "two"}),
            },
            f"[override.levels[0].direction]: {NO_ORDER}",
        ),
        (
            {"override": levels({"notches": 2, "direction": "up", "approval": "two"}, max_notches_up=1)},
            "[override.levels[0].notches]: From 2 notches on, and nobody may go further than 1: it never "
            "holds. Lower it, or take the level out.",
        ),
        (
            {"correction": levels({"notches": 4, "approval": "two"})},
            "[correction.levels[0].notches]: From 4 notches on, and nobody may go further than 3: it never "
            "holds. Lower it, or take the level out.",
        ),
        (
            {"override": levels({"notches": 1, "approval": "none", "by": "owner"})},
            "[override.levels[0].approval]: A level makes approval stricter, and this one asks for none. "
            'Write approval = "one" or "two", or take the level out.',
        ),
        (
            {"override": levels({"notches": 1, "direction": "up", "approval": "one"})},
            "[override.levels[0].approval]: The level asks for no more than is asked without it. "
            'Ask for more, or for by = "owner", or take the level out.',
        ),
        (
            {"judgement": {"other_line": True}},
            "[judgement.other_line]: Nobody approves, so nobody of another line does. "
            'Ask for approval, such as approval = { up = "one" }, or take it out.',
        ),
    ],
)
def test_what_does_not_fit_together_is_told(parts: dict[str, Any], problem: str) -> None:
    assert told(**parts) == [problem]


@pytest.mark.parametrize("table", ["override", "correction", "judgement"])
def test_a_reason_stands_once(table: str) -> None:
    reasons = [{"id": "x", "title": "X"}, {"id": "x", "title": "Y"}]
    policy = Policy.model_validate(
        {
            "schema": 1,
            "id": "test.tiers",
            "version": "1",
            "title": "Tiers",
            "grades": ["A", "B"],
            "grading": {"mode": "rules"},
            table: {"reasons": reasons},
        }
    )
    (problem,) = meaning_problems(policy, Vocabulary(fields={}))
    assert str(problem.place).strip() == f"[{table}.reasons[1].id]"


BELOW = """
[correction]
reasons = [{ id = "typo", title = "Typing error" }, { id = "late", title = "Late" }]
levels = [{ when = { spend = "> 100" }, approval = "two" }, { when = { spend = "> 50" }, approval = "two" }]
"""
ABOVE = """
[correction]
reasons = [{ id = "late", needs_narrative = true }, { id = "typo", remove = true }]
levels = [{ when = { spend = "> 500" }, approval = "two", by = "owner" }]
"""


def test_a_layer_replaces_levels_whole_and_changes_reasons_one_by_one() -> None:
    found = loaded(HEAD + ABOVE, shop_base=BASE + BELOW).policy.correction
    assert [(each.id, str(each.title), each.needs_narrative) for each in found.reasons] == [
        ("late", "Late", True)
    ]
    assert [(level.approval, level.by) for level in found.levels] == [("two", "owner")]
