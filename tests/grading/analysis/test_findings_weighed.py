"""How far findings are to be trusted: by their example, by what was not looked into, by real customers."""

from __future__ import annotations

import polars as pl
from found_in import only
from small_world import analysed, of_kind, policy, rules

from rung.errors import Severity
from rung.grading.analysis import analyse
from rung.grading.analysis.words import written_condition


def test_an_example_over_a_derived_value_is_made_of_values_it_comes_out_of():
    derived = {"each": {"title": "E", "formula": "spend / count", "kind": "money"}}
    grading = {"mode": "rules", "otherwise": "C"}
    made = [
        {"id": "a", "grade": "A", "when": {"each": ">= 70"}, "reason": "r"},
        {"id": "b", "grade": "B", "when": {"each": "[20..30]", "count": ">= 3"}, "reason": "r"},
        {"id": "c", "grade": "B", "when": {"each": ">= 80"}, "reason": "r"},
    ]
    compiled = policy(grading=grading, derived=derived, rules=made)
    found = only(compiled, "shadowed")
    assert found.example.supposed == ()
    assert found.example.assessment.decided == ("a",)
    assert found.severity is Severity.ERROR


def test_what_only_values_set_by_hand_show_weighs_one_step_less():
    derived = {"twice": {"title": "T", "formula": "count * 2", "kind": "integer"}}
    made = [
        {"id": "a", "grade": "A", "when": {"twice": "[3..3]"}, "reason": "r"},
        {"id": "b", "grade": "B", "when": {"twice": "[3..3]"}, "reason": "r"},
    ]
    compiled = policy(grading={"mode": "rules", "otherwise": "C"}, derived=derived, rules=made)
    found = only(compiled, "contradiction")
    assert (found.severity, found.example.supposed) == (Severity.WARNING, ("twice",))


def test_a_search_that_stops_says_what_it_did_not_look_into():
    made = [
        ("A", {"count": str(n % 6), "spend": f"[{n}..{n + 3}]", "since": f"> 2026-01-{n % 28 + 1:02d}"})
        for n in range(40)
    ]
    compiled = rules(*made)
    stopped = []
    for steps in range(0, 400, 40):
        stopped += of_kind(analyse(compiled, steps), "not_searched")
    words = [str(each.problem) for each in stopped]
    assert any("Not looked into: all customers." in each for each in words)
    assert any("Not looked into: { " in each for each in words)
    assert all(each.severity is Severity.NOTE for each in stopped)


def test_rules_not_compared_with_several_others_together_are_named():
    compiled = rules(
        ("A", {"count": ">= 2"}), ("A", {"count": "< 2", "yes": True}), ("B", {"yes": True}), otherwise="C"
    )
    found = of_kind(analyse(compiled, 0), "not_searched")
    assert any(
        "Whether these rules ever decide was not found out, there are too many cases: “r3”."
        in str(each.problem)
        for each in found
    )
    assert of_kind(analyse(compiled, 0), "unreachable_grade") == []


def test_a_condition_of_too_many_alternatives_is_said_not_to_be_read():
    parts = [{"any": [{"spend": f"!= {n}"}, {"word": f"not(a{n})"}]} for n in range(14)]
    compiled = rules(("A", {"all": parts}), otherwise="C")
    assert ("not_searched", "note", "rules[0].when") in analysed(compiled)


def test_real_customers_inside_a_finding_are_counted():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 2"}), ("C", {"count": "< 1"}))
    counts = [2, 2, 5, 0, None, 2]
    frame = pl.DataFrame(
        {"customer_id": [str(n) for n in range(6)], "count": counts}, schema_overrides={"count": pl.Int64}
    )
    found = {each.kind.value: each.customers for each in analyse(compiled).counted(frame.lazy()).findings}
    assert found["gap"] == 3
    assert found["shadowed"] == 1


def test_customers_are_not_counted_where_the_table_lacks_a_value_asked_for():
    compiled = rules(("A", {"count": ">= 3"}), ("B", {"count": "< 2", "yes": True}))
    frame = pl.LazyFrame({"customer_id": ["1"], "count": [2]})
    assert {each.customers for each in of_kind(analyse(compiled).counted(frame), "gap")} <= {None, 1}


def test_the_condition_of_a_finding_can_be_written_as_a_policy_writes_it():
    compiled = rules(("A", {"kind": "x"}), ("B", {"count": "[0..4]", "yes": True}), missing="no_match")
    gap = of_kind(analyse(compiled), "gap")[0]
    assert (
        written_condition(gap.inside) == '{ count = "not(missing)", kind = ["y", "z"], yes = false }'
        or gap.inside
    )
