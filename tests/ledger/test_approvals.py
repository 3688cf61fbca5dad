"""How many must approve: by direction, by notches, by exposure; the strictest counts."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_cases import LI, NOW, WANG, ground, policy, proposal

from rung.ledger import Actor, Ground, InputKind, Override, Role
from rung.ledger.rules.approvals import Asked, Move, approvals_asked
from rung.ledger.rules.overrides import drawn_up
from rung.policy.model import OverrideRules

NONE = Asked(0)
ONE = Asked(1)
TWO = Asked(2)
OWNER = Asked(1, Role.OWNER)
BIG = {"when": {"exposure": ">= 100"}, "approval": "two"}


def rules(*levels: dict[str, Any], up: str = "none", down: str = "none", **more: Any) -> OverrideRules:
    return OverrideRules.model_validate({"approval": {"up": up, "down": down}, "levels": levels, **more})


@pytest.mark.parametrize(
    ("notches", "asked"), [(1, TWO), (3, TWO), (-1, ONE), (0, ONE), (None, TWO)], ids=str
)
def test_direction_decides_and_no_better_grade_goes_by_the_rule_for_worse(
    notches: int | None, asked: Asked
) -> None:
    assert approvals_asked(rules(up="two", down="one"), (), Move.of(notches)) == asked


@pytest.mark.parametrize(("holds", "asked"), [(True, TWO), (False, NONE), (None, TWO)])
def test_a_level_counts_while_its_condition_holds_or_is_left_open(holds: bool | None, asked: Asked) -> None:
    assert approvals_asked(rules(BIG), (holds,), Move.of(-1)) == asked


def test_a_level_nobody_looked_at_counts() -> None:
    assert approvals_asked(rules(BIG), (), Move.of(-1)) == TWO


@pytest.mark.parametrize(
    ("notches", "asked"),
    [(1, NONE), (2, ONE), (3, ONE), (-1, NONE), (-2, ONE), (0, NONE), (None, ONE)],
    ids=str,
)
def test_a_level_of_notches_begins_at_its_number_in_either_direction(
    notches: int | None, asked: Asked
) -> None:
    assert approvals_asked(rules({"notches": 2, "approval": "one"}), (True,), Move.of(notches)) == asked


@pytest.mark.parametrize(
    ("direction", "notches", "asked"),
    [("up", 2, ONE), ("up", -2, NONE), ("down", -2, ONE), ("down", 2, NONE), ("up", None, ONE)],
)
def test_a_level_may_count_in_one_direction_alone(direction: str, notches: int, asked: Asked) -> None:
    level = {"notches": 2, "direction": direction, "approval": "one"}
    assert approvals_asked(rules(level), (True,), Move.of(notches)) == asked


def test_a_level_of_exposure_and_notches_asks_for_both() -> None:
    level = {"when": {"exposure": ">= 100"}, "notches": 2, "approval": "one"}
    assert approvals_asked(rules(level), (True,), Move.of(1)) == NONE
    assert approvals_asked(rules(level), (False,), Move.of(2)) == NONE
    assert approvals_asked(rules(level), (True,), Move.of(2)) == ONE


def test_of_all_levels_that_hold_the_strictest_counts() -> None:
    levels = rules({"notches": 1, "approval": "one", "by": "owner"}, BIG)
    assert approvals_asked(levels, (True, True), Move.of(1)) == Asked(2, Role.OWNER)
    assert approvals_asked(levels, (True, False), Move.of(1)) == OWNER
    assert approvals_asked(levels, (True, True), Move.of(0)) == TWO


def test_a_level_never_makes_it_looser() -> None:
    lenient = rules({"notches": 1, "approval": "one"}, up="two")
    assert approvals_asked(lenient, (True,), Move.of(2)) == TWO


def test_another_line_is_asked_for_only_where_anybody_approves() -> None:
    assert approvals_asked(rules(up="one", other_line=True), (), Move.of(1)) == Asked(1, other_line=True)
    assert approvals_asked(rules(up="one", other_line=True), (), Move.of(-1)) == NONE


def drawn(on: Ground, grade: str, *rivals: Override, maker: Actor = LI) -> tuple[int, str, bool]:
    made = drawn_up(proposal(grade), on, rivals, maker, NOW, "O9")
    return made.approvals_needed, made.approver_role, made.other_line


def test_what_is_asked_for_stands_in_the_record() -> None:
    levels = [{"when": {"exposure": "> 1"}, "approval": "two", "by": "owner"}]
    strict = policy(override={"levels": levels, "other_line": True})
    on = ground("B", policy=strict, levels={InputKind.OVERRIDE: (True,)})
    assert drawn(on, "C") == (2, "owner", True)
    on = ground("B", policy=strict, levels={InputKind.OVERRIDE: (False,)})
    assert drawn(on, "C") == (0, "approver", False)


def test_lifting_what_another_lowered_counts_its_notches_upwards() -> None:
    levels = [{"notches": 2, "direction": "up", "approval": "two"}]
    on = ground("A", policy=policy(override={"levels": levels}))
    lowered = drawn_up(proposal("D"), on, (), WANG, NOW, "O1")
    assert drawn(on, "C", lowered)[0] == 0
    assert drawn(on, "B", lowered)[0] == 2
    assert drawn(on, "B", lowered, maker=WANG)[0] == 0  # his own
