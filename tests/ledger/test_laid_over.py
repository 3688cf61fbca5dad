"""Overrides laid over a whole run: two columns always, rows in their order, one row or all alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cases import LI, NOW, OVERDUE, ground, policy, proposal

from rung.ledger import Act, Decision, Overlay, Override, effective_grades, laid_over
from rung.ledger.overrides import drawn_up
from rung.policy.model import Policy

GONE = Decision(act=Act.WITHDRAWN, by="li", at=NOW)
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


def over(*overrides: Override, rules: Policy = RULES) -> Overlay:
    return Overlay.on(NOW.date(), overrides, rules)


def test_nothing_laid_over_leaves_the_models_grades() -> None:
    frame = results(("C1", "A"), ("C2", None)).collect()
    laid = laid_over(frame.lazy(), over()).collect()
    assert laid["effective_grade"].to_list() == ["A", None]
    assert laid.drop("effective_grade").equals(frame)


def test_the_effective_grade_stands_beside_the_models_which_stays() -> None:
    run = results(("C1", "A"), ("C2", "B"), ("C3", None), ("C4", "B"))
    laid = laid_over(run, over(override("C2", "B", "C"), override("C3", None, "D"))).collect()
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
    overlay = over(override("gone", "B", "C"))
    assert laid_over(results(("C1", "B")), overlay).collect()["effective_grade"].to_list() == ["B"]
    assert effective_grades(results(("C1", "B")), overlay) == {}


def test_laying_over_twice_is_laying_over_once() -> None:
    overlay = over(override("C1", "B", "C"))
    once = laid_over(results(("C1", "B"), ("C2", "A")), overlay)
    assert laid_over(once, overlay).collect().equals(once.collect())


def test_a_suspended_or_pending_override_leaves_the_models_grade() -> None:
    asks = policy(override={"approval": {"down": "one"}})
    overlay = over(override("C1", "B", "A"), override("C2", "B", "C", asks))
    run = results(("C1", "C"), ("C2", "B"))
    assert laid_over(run, overlay).collect()["effective_grade"].to_list() == ["C", "B"]
    found = effective_grades(run, overlay)
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
    overlay = over(override("C1", "D", "C", rules), rules=rules)
    assert laid_over(results(("C1", "D", *reasons)), overlay).collect()["effective_grade"].to_list() == [
        grade
    ]


def test_a_hard_gate_behind_three_others_is_asked_for() -> None:
    soft = [{**OVERDUE, "id": f"g{number}", "hard": False} for number in range(3)]
    rules = policy(gates=[*soft, OVERDUE], override={"max_notches_up": None})
    overlay = over(*(override(name, "D", "C", rules) for name in ("C1", "C2", "C3")), rules=rules)
    full = ("gate:g0", "gate:g1", "gate:g2")
    asked: list[str] = []

    def gates_of(customer: str) -> list[str]:
        asked.append(customer)
        return ["g0", "g1", "g2", *(["overdue"] if customer == "C1" else [])]

    run = results(("C1", "D", *full), ("C2", "D", *full), ("C3", "D", "gate:g0"))
    laid = laid_over(run, overlay, gates_of).collect()
    assert laid["effective_grade"].to_list() == ["D", "C", "C"]
    assert asked == ["C1", "C2"]


grade = st.sampled_from([*GRADES, None])
cases = st.lists(
    st.tuples(grade, st.sampled_from(GRADES), grade, st.sampled_from(["one", "gone", "no"])), max_size=8
)


@given(cases)
def test_one_row_or_all_give_the_same_grade(rows: list[tuple[str | None, str, str | None, str]]) -> None:
    made = [
        replace(override(f"C{number}", model, proposed), decisions=(GONE,) if is_there == "gone" else ())
        for number, (model, proposed, _now, is_there) in enumerate(rows)
        if is_there != "no"
    ]
    overlay = over(*made)
    run = [(f"C{number}", now) for number, (_model, _proposed, now, _is_there) in enumerate(rows)]
    laid = laid_over(results(*run), overlay).collect()
    assert laid["effective_grade"].to_list() == [overlay.of(customer, now).grade for customer, now in run]
    assert laid["customer_id"].to_list() == [customer for customer, _now in run]
