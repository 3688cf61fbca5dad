"""Human input laid over a whole run gives every customer what laying it over that one gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl
from data_cases import datum, opened
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cases import LI, NOW, ground, policy, proposal

from rung.ledger import (
    Act,
    DataInput,
    Decision,
    Effective,
    InputRecord,
    Overlay,
    Override,
    Tally,
    effective_grades,
    laid_over,
)
from rung.ledger.grades.laid_over import LaidGrade
from rung.ledger.rules.overrides import drawn_up
from rung.policy.model import Policy

TODAY = NOW.date()
GRADES = ["A", "B", "C", "D"]
GATES = [f"g{number}" for number in range(5)]
CODES = [*(f"gate:{gate}" for gate in GATES), "rule:x", "rule:y"]
ANY = policy(
    grades=[*GRADES, "E"],
    override={
        "max_notches_up": None,
        "may_grade_not_graded": True,
        "approval": {"up": "none", "down": "none"},
    },
)
# It knows a grade more than the policies the run was graded by: one such given is gone.


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    gates = [
        {
            "id": gate,
            "when": {"days": "> 90"},
            **draw(st.sampled_from([{"at_most": "C"}, {"at_least": "B"}, {"set": "D"}, {"set": "A"}])),
            "hard": draw(st.booleans()),
            "reason": gate,
        }
        for gate in draw(st.sampled_from([GATES[:0], GATES[:1], GATES[:3], GATES]))
    ]
    return policy(gates=gates, ordered=draw(st.booleans()))


@st.composite
def inputs(draw: st.DrawFn, number: int) -> InputRecord:
    customer = f"C{draw(st.integers(0, 3))}"
    parts: dict[str, Any] = {
        "expires_at": TODAY + timedelta(draw(st.sampled_from([-1, 0, 0, 9]))),
        "effective_from": draw(st.sampled_from([NOW, NOW, None])),
        "decisions": draw(
            st.sampled_from(
                [
                    (),
                    (),
                    (),
                    (Decision(act=Act.RETURNED, by="wang", at=NOW, note="?"),),
                    (Decision(act=Act.REJECTED, by="wang", at=NOW, note="no"),),
                    (Decision(act=Act.WITHDRAWN, by="li", at=NOW),),
                ]
            )
        ),
        "superseded_by": draw(st.sampled_from([None, None, None, "O99"])),
    }
    if draw(st.booleans()):
        made: InputRecord = datum(customer, "days", "1", policy_id=ANY.id)
    else:
        model = draw(st.sampled_from([*GRADES, "E", None]))
        on = ground(model, policy=ANY, customer_id=customer)
        made = drawn_up(proposal(draw(st.sampled_from([*GRADES, "E"]))), on, (), LI, NOW, "O")
    return replace(made, id=f"I{number}", **parts)


grade = st.sampled_from([*GRADES, None])


@st.composite
def graded(draw: st.DrawFn, rules: Policy, column: str) -> dict[str, Any]:
    """Draw a grade with the gates that fired, all of them and the three reasons that are kept."""
    fired = [gate.id for gate in rules.gates if draw(st.booleans())]
    others = draw(st.sampled_from([[], ["rule:x"], ["rule:x", "rule:y"]]))
    is_conflict = len(others) == 2 and draw(st.booleans())
    gates = [f"gate:{gate}" for gate in fired]
    codes = [*others, *gates] if is_conflict else [*gates, *others]
    kept = [*codes, None, None, None][:3]
    return {
        column: None if is_conflict else draw(grade),
        **{f"reason_{place}": code for place, code in enumerate(kept, start=1)},
        "not_graded": "conflict" if is_conflict else None,
        "fired": fired,
    }


SCHEMA: dict[str, Any] = {
    "customer_id": pl.String,
    **{f"reason_{place}": pl.Enum(CODES) for place in (1, 2, 3)},
    "not_graded": pl.Enum(["conflict"]),
}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_laid_over_all_at_once_is_laid_over_one_by_one(data: st.DataObject) -> None:
    rules = data.draw(policies())
    records = [data.draw(inputs(number)) for number in range(data.draw(st.integers(0, 10)))]
    run = {f"C{n}": data.draw(graded(rules, "model_grade")) for n in range(data.draw(st.integers(0, 3)))}
    with_data = {
        each.customer_id
        for each in records
        if isinstance(each, DataInput) and each.status(TODAY) == "approved" and each.customer_id in run
    }
    anew = {customer: data.draw(graded(rules, "computed_grade")) for customer in sorted(with_data)}
    gates = {customer: anew.get(customer, row)["fired"] for customer, row in run.items()}
    results, computed = _frame(run, "model_grade"), _frame(anew, "computed_grade")

    found = laid_over(
        results.lazy(), opened(*records), rules, TODAY, computed=lambda: computed, gates_of=gates.__getitem__
    )

    overlay = Overlay.on(
        TODAY, records, rules, {customer: row["computed_grade"] for customer, row in anew.items()}
    )
    alone = {
        customer: overlay.of(customer, row["model_grade"], gates[customer])
        for customer, row in run.items()
        if customer in overlay.customers
    }
    assert found.customers.drop("row").rows() == [_row(customer, each) for customer, each in alone.items()]
    assert found.tally() == Tally.of(alone.values())
    assert list(found.grades().items()) == [(name, _outlined(each)) for name, each in alone.items()]
    assert found.frame().select("customer_id", "effective_grade").collect().rows() == [
        (customer, alone[customer].grade if customer in alone else row["model_grade"])
        for customer, row in run.items()
    ]
    assert effective_grades(results.lazy(), overlay, gates.__getitem__, computed) == alone


def _frame(rows: dict[str, dict[str, Any]], column: str) -> pl.DataFrame:
    schema = {"customer_id": pl.String, column: pl.Enum(GRADES), **SCHEMA}
    made = [{"customer_id": customer, **row} for customer, row in rows.items()]
    return pl.DataFrame([{name: row[name] for name in schema} for row in made], schema=schema)


def _outlined(found: Effective) -> LaidGrade:
    return LaidGrade(
        model_grade=found.model_grade,
        computed_grade=found.computed_grade,
        grade=found.grade,
        is_overridden=found.is_overridden,
        notches=found.notches,
        suspended=found.suspended,
        is_stale=found.is_stale,
        is_awaiting=found.is_awaiting,
    )


def _row(customer: str, found: Effective) -> tuple[Any, ...]:
    def named(override: Override | None) -> str | None:
        return override.id if override else None

    return (
        customer,
        found.model_grade,
        found.computed_grade,
        found.grade,
        named(found.override),
        named(found.pending),
        found.is_stale,
        found.suspended,
        len(found.data),
        len(found.pending_data),
        found.notches,
    )
