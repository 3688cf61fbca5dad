"""The effective grade: overrides survive re-grading, turn stale, are suspended, and never stop the model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from ledger_cases import LI, NOW, OVERDUE, WANG, ground, policy, proposal

from rung.ledger import Act, Decision, Desk, Ground, LedgerStore, Overlay, Override, Suspension, overrides_in
from rung.ledger.rules.overrides import drawn_up
from rung.policy.model import Policy

TODAY = NOW.date()
FREE = policy(override={"max_notches_up": None})


def made(model: str | None, grade: str, rules: Policy = FREE, **parts: Any) -> Override:
    on = ground(model, policy=rules)
    return replace(drawn_up(proposal(grade), on, (), LI, NOW, "O1"), **parts)


def over(*overrides: Override, rules: Policy = FREE, today: date = TODAY) -> Overlay:
    return Overlay.on(today, overrides, rules)


def test_without_an_override_it_is_the_models() -> None:
    found = over().of("C1", "B")
    assert (found.grade, found.model_grade, found.is_overridden, found.is_stale) == ("B", "B", False, False)


def test_an_override_in_effect_is_laid_over_the_model_grade() -> None:
    found = over(made("B", "C")).of("C1", "B")
    assert (found.grade, found.model_grade, found.is_overridden, found.is_stale) == ("C", "B", True, False)


def test_other_customers_keep_the_models() -> None:
    assert over(made("B", "C")).of("C2", "B").grade == "B"


def test_an_override_under_another_policy_does_not_count() -> None:
    assert over(made("B", "C"), rules=policy(id="test.other")).of("C1", "B").grade == "B"


def test_one_that_awaits_approval_is_shown_and_not_laid_over() -> None:
    asks = policy(override={"approval": {"down": "one"}})
    found = over(made("B", "C", asks)).of("C1", "B")
    assert (found.grade, found.override, found.is_overridden) == ("B", None, False)
    assert found.pending is not None


def test_on_its_last_day_it_is_in_force_and_the_day_after_no_more() -> None:
    override = made("B", "C", expires_at=date(2026, 6, 30))
    assert over(override, today=date(2026, 6, 30)).of("C1", "B").grade == "C"
    assert over(override, today=date(2026, 7, 1)).of("C1", "B").grade == "B"


GONE = Decision(act=Act.WITHDRAWN, by="li", at=NOW)


@pytest.mark.parametrize("end", [{"decisions": (GONE,)}, {"superseded_by": "O2", "superseded_at": NOW}])
def test_withdrawn_or_superseded_it_is_the_models_again(end: dict[str, Any]) -> None:
    assert over(made("B", "C", **end)).of("C1", "B").grade == "B"


@pytest.mark.parametrize(
    ("model", "grade", "now", "effective", "is_stale", "suspended"),
    [
        # made on, proposed, the model's grade now
        ("B", "A", "B", "A", False, None),
        ("C", "A", "B", "A", True, None),
        ("B", "A", "A", "A", True, None),
        ("B", "A", "C", "C", True, Suspension.MODEL_FELL),
        ("B", "A", "D", "D", True, Suspension.MODEL_FELL),
        ("B", "A", None, None, True, Suspension.MODEL_FELL),
        ("B", "C", "A", "C", True, None),
        ("B", "C", "C", "C", True, None),
        ("B", "C", "D", "D", True, Suspension.MODEL_FELL),
        ("B", "C", None, "C", True, None),
        (None, "B", None, "B", False, None),
        (None, "B", "A", "B", True, None),
        (None, "B", "B", "B", True, None),
        (None, "B", "C", "C", True, Suspension.MODEL_FELL),
    ],
)
def test_a_stale_override_stays_in_force_unless_it_lifts_and_the_model_fell(
    model: str | None,
    grade: str,
    now: str | None,
    effective: str | None,
    is_stale: bool,
    suspended: Suspension | None,
) -> None:
    found = over(made(model, grade)).of("C1", now)
    assert (found.grade, found.model_grade, found.is_stale, found.suspended) == (
        effective,
        now,
        is_stale,
        suspended,
    )


def test_classes_that_are_no_ranks_do_not_fall() -> None:
    rules = policy(ordered=False)
    found = over(made("B", "A", rules), rules=rules).of("C1", "D")
    assert (found.grade, found.is_stale, found.suspended) == ("A", True, None)


def test_a_hard_gate_that_fires_later_suspends_what_it_forbids() -> None:
    rules = policy(gates=[OVERDUE], override={"max_notches_up": None})
    overlay = over(made("D", "C", rules), rules=rules)
    held = overlay.of("C1", "D", ["overdue"])
    assert (held.grade, held.suspended) == ("D", Suspension.HARD_GATE)
    assert overlay.of("C1", "D", ["another"]).grade == "C"
    assert over(made("C", "D", rules), rules=rules).of("C1", "D", ["overdue"]).suspended is None


def test_a_soft_gate_suspends_nothing() -> None:
    rules = policy(gates=[{**OVERDUE, "hard": False}])
    assert over(made("D", "C", rules), rules=rules).of("C1", "D", ["overdue"]).grade == "C"


def test_a_grade_the_policy_gave_up_is_not_laid_over() -> None:
    fewer = policy(grades=["A", "B", "D"])
    found = over(made("B", "C"), rules=fewer).of("C1", "B")
    assert (found.grade, found.suspended) == ("B", Suspension.GRADE_GONE)


def test_a_pending_one_turns_stale_too() -> None:
    asks = policy(override={"approval": {"down": "one"}})
    assert over(made("B", "C", asks)).of("C1", "A").is_stale


def test_an_override_survives_grading_anew_and_turns_stale(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal("C"), ground("B"), NOW)
    newer = policy(version="2026.2")

    def grade_now(model: str, today: date) -> tuple[str | None, bool]:
        found = Overlay.on(today, overrides_in(store), newer).of("C1", model)
        return found.grade, found.is_stale

    assert grade_now("B", TODAY) == ("C", False)
    assert grade_now("A", TODAY + timedelta(days=90)) == ("C", True)
    assert grade_now("B", TODAY + timedelta(days=180)) == ("C", False)


def test_an_override_in_effect_shows_beside_the_one_that_would_supersede_it(store: LedgerStore) -> None:
    Desk(store, LI).propose(proposal("C"), ground("B"), NOW)
    asks: Ground = ground("B", policy=policy(override={"approval": {"up": "one"}}))
    Desk(store, WANG).propose(proposal("A", supersedes=("O1",)), asks, NOW)
    found = Overlay.on(TODAY, overrides_in(store), FREE).of("C1", "B")
    assert (found.grade, found.pending and found.pending.id) == ("C", "O2")
