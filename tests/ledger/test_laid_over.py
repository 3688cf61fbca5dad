"""Overrides laid over a whole run: two columns always, rows in their order, one row or all alike."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from data_cases import datum, opened
from ledger_cases import LI, NOW, OVERDUE, ground, policy, proposal

from rung.ledger import Overlay, Override, effective_grades, laid_over
from rung.ledger.grades.suspending import GatesOf
from rung.ledger.rules.overrides import drawn_up
from rung.policy.model import Policy

GRADES = ["A", "B", "C", "D"]
RULES = policy(override={"max_notches_up": None, "may_grade_not_graded": True})
CODES = [f"gate:g{number}" for number in range(5)]


def results(*rows: tuple[Any, ...]) -> pl.LazyFrame:
    """Return a run's results: id, grade, then up to three reasons."""
    return pl.LazyFrame(
        [{"customer_id": row[0], "model_grade": row[1], **_reasons(row[2:])} for row in rows],
        schema={
            "customer_id": pl.String,
            "model_grade": pl.Enum(GRADES),
            "score": pl.Int64,
            **{f"reason_{n}": pl.Enum([*CODES, "gate:overdue", "rule:x"]) for n in (1, 2, 3)},
        },
    )


def _reasons(codes: tuple[str, ...]) -> dict[str, str]:
    return {f"reason_{number}": code for number, code in enumerate(codes, start=1)}


def override(customer: str, model: str | None, grade: str, rules: Policy = RULES) -> Override:
    on = ground(model, policy=rules, customer_id=customer)
    return drawn_up(proposal(grade), on, (), LI, NOW, f"O-{customer}")


def lay(
    run: pl.LazyFrame, *overrides: Override, rules: Policy = RULES, gates_of: GatesOf | None = None
) -> pl.DataFrame:
    """Return the run with its effective grades."""
    return laid_over(run, opened(*overrides), rules, NOW.date(), gates_of=gates_of).frame().collect()


def test_nothing_laid_over_leaves_the_models_grades() -> None:
    frame = results(("C1", "A"), ("C2", None)).collect()
    laid = lay(frame.lazy())
    assert laid["effective_grade"].to_list() == ["A", None]
    assert laid.drop("effective_grade").equals(frame)


def test_the_effective_grade_stands_beside_the_models_which_stays() -> None:
    run = results(("C1", "A"), ("C2", "B"), ("C3", None), ("C4", "B"))
    laid = lay(run, override("C2", "B", "C"), override("C3", None, "D"))
    assert laid.columns[:3] == ["customer_id", "model_grade", "effective_grade"]
    assert laid.columns == [
        *run.collect_schema().names()[:2],
        "effective_grade",
        *run.collect_schema().names()[2:],
    ]
    assert laid["model_grade"].to_list() == ["A", "B", None, "B"]
    assert laid["effective_grade"].to_list() == ["A", "C", "D", "B"]
    assert laid.schema["effective_grade"] == pl.Enum(GRADES)


def test_an_override_of_a_customer_that_is_gone_changes_nothing() -> None:
    gone, run = override("gone", "B", "C"), results(("C1", "B"))
    assert lay(run, gone)["effective_grade"].to_list() == ["B"]
    assert effective_grades(run, Overlay.on(NOW.date(), [gone], RULES)) == {}


def test_laying_over_twice_is_laying_over_once() -> None:
    once = lay(results(("C1", "B"), ("C2", "A")), override("C1", "B", "C"))
    assert lay(once.lazy(), override("C1", "B", "C")).equals(once)


def test_a_suspended_or_pending_override_leaves_the_models_grade() -> None:
    asks = policy(override={"approval": {"down": "one"}})
    made = override("C1", "B", "A"), override("C2", "B", "C", asks)
    run = results(("C1", "C"), ("C2", "B"))
    assert lay(run, *made)["effective_grade"].to_list() == ["C", "B"]
    found = effective_grades(run, Overlay.on(NOW.date(), made, RULES))
    assert found["C1"].suspended == "model_fell"
    assert found["C2"].pending is not None


@pytest.mark.parametrize(
    ("reasons", "grade"),
    [
        (("gate:overdue",), "D"),
        (("gate:g0", "gate:overdue", "rule:x"), "D"),
        (("rule:x",), "C"),
        ((), "C"),
        (("gate:g0", "gate:g1", "rule:x"), "C"),
    ],
)
def test_a_hard_gate_among_the_reasons_suspends(reasons: tuple[str, ...], grade: str) -> None:
    rules = policy(gates=[OVERDUE], override={"max_notches_up": None})
    laid = lay(results(("C1", "D", *reasons)), override("C1", "D", "C", rules), rules=rules)
    assert laid["effective_grade"].to_list() == [grade]


def test_a_hard_gate_behind_three_others_is_asked_for() -> None:
    soft = [{**OVERDUE, "id": f"g{number}", "hard": False} for number in range(3)]
    rules = policy(gates=[*soft, OVERDUE], override={"max_notches_up": None})
    made = [override(name, "D", "C", rules) for name in ("C1", "C2", "C3")]
    full = ("gate:g0", "gate:g1", "gate:g2")
    asked: list[str] = []

    def gates_of(customer: str) -> list[str]:
        asked.append(customer)
        return ["g0", "g1", "g2", *(["overdue"] if customer == "C1" else [])]

    run = results(("C1", "D", *full), ("C2", "D", *full), ("C3", "D", "gate:g0"))
    laid = lay(run, *made, rules=rules, gates_of=gates_of)
    assert laid["effective_grade"].to_list() == ["D", "C", "C"]
    assert asked == ["C1", "C2"]


def computed(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Return what grading anew gave: id, grade, then up to three reasons."""
    anew = results(*rows).rename({"model_grade": "computed_grade"}).drop("score").collect()
    return anew.with_columns(not_graded=pl.lit(None, pl.String))


def test_the_computed_grade_stands_between_the_machines_and_the_effective_one() -> None:
    run = results(("C1", "B"), ("C2", "B"), ("C3", "B"))
    data = [
        datum("C1", "days", "0", policy_id="test.tiers"),
        datum("C2", "days", "0", policy_id="test.tiers"),
    ]
    laid = laid_over(
        run,
        opened(*data, override("C2", "C", "D")),
        RULES,
        NOW.date(),
        computed=lambda: computed(("C1", "A"), ("C2", "C")),
    )
    columns = ("customer_id", "model_grade", "computed_grade", "effective_grade", "is_stale", "data")
    assert laid.customers.select(columns).rows() == [
        ("C1", "B", "A", "A", False, 1),
        ("C2", "B", "C", "D", False, 1),
    ]
    assert laid.frame().collect()["effective_grade"].to_list() == ["A", "D", "B"]


def test_a_hard_gate_yields_to_a_correction_and_comes_with_one() -> None:
    rules = policy(gates=[OVERDUE], override={"max_notches_up": None})
    run = results(("C1", "D", "gate:overdue"), ("C2", "D"))
    made = [override("C1", "D", "C", rules), override("C2", "D", "C", rules)]
    data = [datum(name, "days", "0", policy_id="test.tiers") for name in ("C1", "C2")]
    anew = computed(("C1", "D"), ("C2", "D", "gate:overdue"))
    laid = laid_over(run, opened(*made, *data), rules, NOW.date(), computed=lambda: anew)
    assert laid.frame().collect()["effective_grade"].to_list() == ["C", "D"]
    assert laid.customers["suspended"].to_list() == [None, "hard_gate"]


def test_a_correction_that_leaves_a_customer_not_graded_leaves_no_grade() -> None:
    data = datum("C1", "days", None, policy_id="test.tiers")
    laid = laid_over(
        results(("C1", "B")), opened(data), RULES, NOW.date(), computed=lambda: computed(("C1", None))
    )
    assert laid.frame().collect()["effective_grade"].to_list() == [None]
    assert laid.tally().regraded == 1


def test_an_override_that_lifts_stays_in_force_while_the_computed_grade_is_the_one_overruled() -> None:
    assert lay(results(("C1", "C")), override("C1", "C", "B"))["effective_grade"].to_list() == ["B"]
    assert lay(results(("C1", "D")), override("C1", "C", "B"))["effective_grade"].to_list() == ["D"]
