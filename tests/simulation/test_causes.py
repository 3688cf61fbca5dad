"""Each customer who moves is given the cause that tells best why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drawn_policies import customers, policy

from rung.grading.compiled import CompiledPolicy
from rung.simulation.causes import cause_text
from rung.simulation.graded import graded_by
from rung.simulation.simulation import Movement, Population, Simulation, simulated

BANDS = [{"when": ">= 5", "points": 100}, {"when": "< 5", "points": 0}]


def scored(**parts: Any) -> CompiledPolicy:
    return policy(
        **{
            "grading": {"mode": "score", "cutoffs": {"A": 80, "B": 50, "C": 20}},
            "criteria": [
                {"id": name, "title": name.title(), "measure": name, "bands": BANDS}
                for name in ("count", "share")
            ],
            **parts,
        }
    )


def simulation(before: CompiledPolicy, after: CompiledPolicy, *people: dict[str, Any]) -> Simulation:
    frame = customers(*people)
    population = Population("t", date(2026, 1, 1), frame.select("customer_id", "customer_name").collect())
    return simulated(population, graded_by(before, frame), graded_by(after, frame))


def causes(found: Simulation) -> list[tuple[str, str]]:
    return list(found.movers.select("movement", "cause").iter_rows())


def test_the_criterion_that_moved_the_score_most_is_the_cause() -> None:
    heavy = scored().policy.criteria[0].model_copy(update={"weight": 9})
    after = scored(criteria=[heavy, scored().policy.criteria[1]])
    # 50 before; 90 and 10 after
    found = simulation(scored(), after, {"count": 5, "share": 0}, {"count": 0, "share": 500})
    assert causes(found) == [("up", "criterion:count"), ("down", "criterion:share")]
    assert cause_text("criterion:count", scored(), after).en == "Count"


def test_where_the_score_is_the_same_the_cut_offs_are_the_cause() -> None:
    after = scored(grading={"mode": "score", "cutoffs": {"A": 50, "B": 40, "C": 20}})
    found = simulation(scored(), after, {"count": 5, "share": 0})
    assert causes(found) == [("up", "cutoffs")]


def test_a_gate_under_one_policy_alone_is_the_cause() -> None:
    gate = {"id": "g", "when": {"yes": True}, "at_most": "D", "missing": "skip", "reason": "shut"}
    gated = scored(gates=[gate])
    person = {"count": 5, "share": 500, "yes": True}
    assert causes(simulation(scored(), gated, person)) == [("down", "gate:g")]
    assert causes(simulation(gated, scored(), person)) == [("up", "gate:g")]
    assert cause_text("gate:g", scored(), gated).en == "shut"


def test_what_leaves_a_customer_without_a_grade_is_the_cause() -> None:
    gate = {"id": "g", "when": {"yes": True}, "at_most": "D", "reason": "shut"}
    gated = scored(gates=[gate])
    person = {"count": 5, "share": 500}
    assert causes(simulation(scored(), gated, person)) == [("no longer graded", "not_graded:gate:g")]
    assert causes(simulation(gated, scored(), person)) == [("newly graded", "not_graded:gate:g")]
    assert cause_text("not_graded:gate:g", scored(), gated).en == "Data missing to tell whether: shut"


@pytest.mark.parametrize("parts", [{"ordered": False}, {"grades": ["D", "C", "B", "A"]}])
def test_between_grades_that_are_no_ranks_nobody_goes_up_or_down(parts: dict[str, Any]) -> None:
    def ruled(grade: str) -> CompiledPolicy:
        rule = {"id": "r", "grade": grade, "when": {"count": ">= 0"}, "reason": "r"}
        return policy(grading={"mode": "rules"}, rules=[rule], **(parts if grade == "B" else {}))

    found = simulation(ruled("A"), ruled("B"), {"count": 1})
    assert found.movements == {Movement.OTHER: found.matrix["A", "B"]}
