"""Decision tables: which of the rules that hold gives the grade, and what an open rule does to it."""

from __future__ import annotations

from typing import Any

import pytest
from both_ways import assessed, told
from drawn_policies import policy

from rung.errors import RungError
from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.nearest_change import nearest_change
from rung.grading.scorecard import Scorecard

RULES = (
    ("busy", "B", {"count": ">= 5"}),
    ("known", "C", {"yes": True}),
    ("big", "A", {"money": ">= 100"}),
)
BUSY, KNOWN, BIG = {"count": 5}, {"yes": True}, {"money": 10_000}
NONE = {"count": 4, "yes": False, "money": 9_999}


def table(hit: str, rules: Any = RULES, **grading: Any) -> CompiledPolicy:
    written = [
        {"id": name, "when": when, "reason": name, ("points" if hit == "collect" else "grade"): worth}
        for name, worth, when in rules
    ]
    return policy(grading={"mode": "rules", "hit": hit, **grading}, rules=written)


EVERY = BUSY | KNOWN | BIG


@pytest.mark.parametrize(
    ("hit", "row", "outcome", "reasons"),
    [
        ("first", EVERY, "B", ("rule:busy",)),
        ("first", NONE | BIG, "A", ("rule:big",)),
        ("first", NONE, "no_rule", ()),
        ("priority", EVERY, "A", ("rule:big",)),
        ("priority", NONE | BUSY | KNOWN, "B", ("rule:busy",)),
        ("priority", NONE | KNOWN, "C", ("rule:known",)),
        ("rule_order", EVERY, "B", ("rule:busy", "rule:known", "rule:big")),
        ("rule_order", NONE | KNOWN | BIG, "C", ("rule:known", "rule:big")),
        ("unique", NONE | KNOWN, "C", ("rule:known",)),
        ("unique", NONE | KNOWN | BIG, "conflict", ("rule:known", "rule:big")),
        ("unique", EVERY, "conflict", ("rule:busy", "rule:known", "rule:big")),
        ("any", NONE | KNOWN, "C", ("rule:known",)),
        ("any", EVERY, "conflict", ("rule:busy", "rule:known", "rule:big")),
    ],
)
def test_the_hit_policy_picks_among_the_rules_that_hold(
    hit: str, row: dict[str, Any], outcome: str, reasons: tuple[str, ...]
) -> None:
    (found,) = assessed(table(hit), row)
    assert told(found) == (outcome, reasons)


ALIKE = (("busy", "B", {"count": ">= 5"}), ("known", "B", {"yes": True}), ("big", "A", {"money": ">= 100"}))


def test_rules_that_agree_may_hold_together_under_any_but_not_under_unique() -> None:
    row = NONE | BUSY | KNOWN
    assert told(assessed(table("any", ALIKE), row)[0]) == ("B", ("rule:busy",))
    assert told(assessed(table("unique", ALIKE), row)[0]) == ("conflict", ("rule:busy", "rule:known"))


def test_the_rules_in_conflict_stand_before_the_gates() -> None:
    gate = {"id": "g", "when": {"yes": True}, "at_most": "D", "reason": "r"}
    made = policy(
        grading={"mode": "rules", "hit": "unique"},
        rules=[{"id": n, "grade": g, "when": w, "reason": n} for n, g, w in RULES],
        gates=[gate],
    )
    (found,) = assessed(made, NONE | KNOWN | BIG)
    assert told(found) == ("conflict", ("rule:known", "rule:big", "gate:g"))


@pytest.mark.parametrize(
    ("hit", "row", "outcome"),
    [
        # An open rule counts where it could give another outcome, and nowhere else.
        ("first", {"count": 5}, "B"),
        ("first", {"yes": True, "money": 0}, "missing:count"),
        ("priority", {"money": 10_000}, "A"),
        ("priority", {"count": 5, "money": 0}, "B"),
        ("priority", {"count": 5}, "missing:money"),
        ("rule_order", {"count": 5}, "B"),
        ("rule_order", {"yes": True, "money": 0}, "missing:count"),
        ("unique", {"count": 5, "money": 0}, "missing:yes"),
        ("unique", {"count": 5, "yes": True}, "conflict"),
        ("any", {"count": 5, "money": 0}, "missing:yes"),
        ("any", {"count": 5, "yes": True}, "conflict"),
    ],
)
def test_a_rule_left_open_refuses_where_it_could_change_the_outcome(
    hit: str, row: dict[str, Any], outcome: str
) -> None:
    (found,) = assessed(table(hit), row)
    assert told(found)[0] == outcome


def test_an_open_rule_that_agrees_refuses_under_unique_alone() -> None:
    row = {"count": 5, "money": 0}
    assert told(assessed(table("any", ALIKE), row)[0]) == ("B", ("rule:busy",))
    assert told(assessed(table("unique", ALIKE), row)[0]) == ("missing:yes", ())


def test_an_open_rule_that_would_give_what_holds_otherwise_refuses_nobody() -> None:
    rules = (("busy", "D", {"count": ">= 5"}),)
    for hit in ("first", "unique", "any", "priority", "rule_order"):
        (found,) = assessed(table(hit, rules, otherwise="D"), {})
        assert told(found) == ("D", ("rule:otherwise",))
    two = (*rules, ("known", "D", {"yes": True}))
    assert told(assessed(table("unique", two, otherwise="D"), {})[0]) == ("missing:count", ())


@pytest.mark.parametrize("hit", ["first", "unique", "any", "priority", "rule_order"])
def test_an_open_rule_holds_nobody_up_where_missing_values_match_nothing(hit: str) -> None:
    (found,) = assessed(table(hit, missing="no_match"), {"yes": True})
    assert told(found) == ("C", ("rule:known",))


POINTS = (
    ("busy", 30, {"count": ">= 5"}),
    ("known", -10.5, {"yes": True}),
    ("big", 50.25, {"money": ">= 100"}),
)
CUTS = {"A": 60, "B": 30, "C": 0}


@pytest.mark.parametrize(
    ("how", "row", "grade", "score", "reasons"),
    [
        ("sum", EVERY, "A", 6975, ("rule:big", "rule:busy", "rule:known")),
        ("sum", NONE | BUSY, "B", 3000, ("rule:busy",)),
        ("sum", NONE | KNOWN, "D", -1050, ("rule:known",)),
        ("min", EVERY, "D", -1050, ("rule:known", "rule:busy", "rule:big")),
        ("min", NONE | BUSY | BIG, "B", 3000, ("rule:busy", "rule:big")),
        ("max", EVERY, "B", 5025, ("rule:big", "rule:busy", "rule:known")),
        ("max", NONE | KNOWN, "D", -1050, ("rule:known",)),
        ("count", EVERY, "C", 300, ("rule:busy", "rule:known", "rule:big")),
    ],
)
def test_collected_points_become_a_score_and_a_grade(
    how: str, row: dict[str, Any], grade: str, score: int, reasons: tuple[str, ...]
) -> None:
    (found,) = assessed(table("collect", POINTS, collect=how, cutoffs=CUTS), row)
    assert (*told(found), found.score) == (grade, reasons, score)


@pytest.mark.parametrize(("decimals", "score"), [(0, 50), (1, 503), (2, 5025), (3, 50250)])
def test_a_collected_score_is_rounded_half_up_to_its_decimals(decimals: int, score: int) -> None:
    made = table("collect", POINTS, collect="sum", cutoffs=CUTS, score_decimals=decimals)
    (found,) = assessed(made, NONE | BIG)
    assert found.score == score


def test_where_no_rule_holds_nothing_is_collected() -> None:
    bare, given = (
        assessed(table("collect", POINTS, collect="count", cutoffs=CUTS, **more), NONE)[0]
        for more in ({}, {"otherwise": "D"})
    )
    assert (*told(bare), bare.score) == ("no_rule", (), None)
    assert (*told(given), given.score) == ("D", ("rule:otherwise",), None)


@pytest.mark.parametrize(
    ("how", "row", "outcome"),
    [
        ("sum", {"count": 5, "yes": False}, "missing:money"),
        ("count", {"count": 5, "yes": False}, "missing:money"),
        ("max", {"money": 10_000, "yes": False}, "B"),
        ("max", {"count": 5, "yes": False}, "missing:money"),
        ("min", {"count": 5, "yes": False}, "B"),
        ("min", {"count": 5, "money": 0}, "missing:yes"),
        ("max", {"yes": False, "money": 0}, "missing:count"),
    ],
)
def test_an_open_rule_refuses_where_its_points_would_change_the_score(
    how: str, row: dict[str, Any], outcome: str
) -> None:
    (found,) = assessed(table("collect", POINTS, collect=how, cutoffs=CUTS), row)
    assert told(found)[0] == outcome


def test_a_rule_without_points_changes_no_sum() -> None:
    rules = (*POINTS, ("noted", 0, {"word": "x"}))
    (found,) = assessed(table("collect", rules, collect="sum", cutoffs=CUTS), NONE | BUSY)
    assert (found.grade, found.score) == ("B", 3000)


STAGES: list[dict[str, Any]] = [
    {"id": "named", "grade": "potential", "when": {"word": "not(missing)"}, "reason": "r"},
    {"id": "wants", "grade": "target", "when": {"yes": True}, "reason": "r"},
    {"id": "bought", "grade": "closed", "when": {"count": ">= 1"}, "reason": "r"},
    {"id": "again", "grade": "loyal", "when": {"count": ">= 3"}, "reason": "r"},
]


def process(**more: Any) -> CompiledPolicy:
    parts: dict[str, Any] = {
        "grades": ["potential", "target", "closed", "loyal"],
        "ordered": False,
        "grading": {"mode": "process"},
        "rules": STAGES,
    }
    return policy(**parts | more)


@pytest.mark.parametrize(
    ("row", "outcome", "reasons"),
    [
        ({"word": "x", "yes": False, "count": 0}, "potential", ("rule:named",)),
        ({"word": "x", "yes": True, "count": 0}, "target", ("rule:wants",)),
        ({"word": "x", "yes": True, "count": 2}, "closed", ("rule:bought",)),
        ({"count": 3}, "loyal", ("rule:again",)),
        ({"count": 1}, "closed", ("rule:bought",)),
        ({"word": "x", "yes": True}, "missing:count", ()),
        ({"yes": False, "count": 0}, "no_rule", ()),
    ],
)
def test_the_furthest_stage_whose_rule_holds_is_the_grade(
    row: dict[str, Any], outcome: str, reasons: tuple[str, ...]
) -> None:
    (found,) = assessed(process(), row)
    assert told(found) == (outcome, reasons)


def test_stages_are_found_in_whatever_order_their_rules_are_written() -> None:
    turned = process(rules=STAGES[::-1])
    (found,) = assessed(turned, {"word": "x", "yes": True, "count": 2})
    assert told(found) == ("closed", ("rule:bought",))


def test_the_explanation_shows_every_rule_and_marks_those_that_decided() -> None:
    def decided(made: CompiledPolicy, row: dict[str, Any]) -> list[tuple[str, bool | None, bool]]:
        found = explain(Scorecard(made, Calibration()), row)
        return [(rule.id, rule.held, rule.decided) for rule in found.rules]

    row = NONE | KNOWN | BIG
    assert decided(table("priority"), row) == [
        ("busy", False, False),
        ("known", True, False),
        ("big", True, True),
    ]
    assert decided(table("rule_order"), row) == [
        ("busy", False, False),
        ("known", True, True),
        ("big", True, False),
    ]
    assert [rule[2] for rule in decided(table("unique"), row)] == [False, False, False]
    summed = table("collect", POINTS, collect="sum", cutoffs=CUTS)
    assert [rule[2] for rule in decided(summed, row)] == [False, True, True]
    least = table("collect", POINTS, collect="min", cutoffs=CUTS)
    assert [rule[2] for rule in decided(least, row)] == [False, True, False]


def test_the_smallest_change_leaves_an_earlier_rule_or_reaches_a_better_one() -> None:
    bad_first = (("late", "D", {"count": ">= 5"}), ("fine", "A", {"yes": True}))
    change = nearest_change(Scorecard(table("first", bad_first), Calibration()), {"count": 6, "yes": True})
    assert change is not None
    assert (dict(change.values), change.grade) == ({"count": 4}, "A")
    summed = Scorecard(table("collect", POINTS, collect="sum", cutoffs=CUTS), Calibration())
    change = nearest_change(summed, NONE | BUSY)
    assert change is not None
    assert (dict(change.values), change.grade, change.score) == ({"money": 10_000}, "A", 8025)


def test_a_customer_in_conflict_is_given_no_way_up() -> None:
    assert nearest_change(Scorecard(table("unique"), Calibration()), EVERY) is None


@pytest.mark.parametrize(
    ("grading", "rules", "key", "message"),
    [
        (
            {"hit": "collect", "cutoffs": CUTS},
            POINTS,
            "grading.hit",
            'Under hit = "collect" it must be said how.',
        ),
        (
            {"hit": "collect", "collect": "sum"},
            POINTS,
            "grading.hit",
            'Under hit = "collect" cut-offs make a grade of the points.',
        ),
        (
            {"hit": "collect", "collect": "sum", "cutoffs": {"A": 1, "C": 0}},
            POINTS,
            "grading.cutoffs",
            "Cut-offs name every grade but the last, best first: A, B, C.",
        ),
        (
            {"hit": "collect", "collect": "sum", "cutoffs": CUTS},
            (("busy", None, {"count": ">= 5"}),),
            "rules[0]",
            "Rule “busy” gives no points to collect.",
        ),
        ({"hit": "first"}, (("busy", None, {"count": ">= 5"}),), "rules[0]", "Rule “busy” gives no grade."),
    ],
)
def test_what_a_table_lacks_is_told_at_its_place(
    grading: dict[str, Any], rules: Any, key: str, message: str
) -> None:
    with pytest.raises(RungError) as caught:
        table(rules=rules, **grading)
    assert [(each.place.key if each.place else "", each.message) for each in caught.value.problems] == [
        (key, message)
    ]


def test_counting_needs_no_points() -> None:
    rules = [{"id": name, "when": when, "reason": "r"} for name, _points, when in POINTS]
    grading = {"mode": "rules", "hit": "collect", "collect": "count", "cutoffs": {"A": 3, "B": 2, "C": 1}}
    (found,) = assessed(policy(grading=grading, rules=rules), NONE | BUSY | BIG)
    assert (found.grade, found.score) == ("B", 200)
