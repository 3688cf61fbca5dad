"""System 18 as the practice describes it: four marks, who handles C1 and C2, and how partners are treated."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

import rung_policies
from rung.durations import Duration
from rung.grading import Scorecard, calibrate_rows, compile_policy
from rung.grading.row import Assessment
from rung.plugins import PluginHost
from rung.policy.library import read_library
from rung.policy.model import Basis, Policy
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf

SHELF: Final = Shelf(PluginHost())
FOLDER: Final = Path(rung_policies.__file__).parent / "channel"
TEXT: Final = (FOLDER / "special-channel.toml").read_text(encoding="utf-8")
POLICY: Final = SHELF.find("channel.special-channel").policy
SHORT: Final = {
    "years": {"cooperation_years": "2.9"},
    "size": {"outlets": "9"},
    "reps": {"channel_reps": "1"},
    "budget": {"budget": "99999.99"},
}
FULL: Final = {
    "cooperation_years": "3",
    "outlets": "10",
    "influence": "some",
    "channel_reps": "2",
    "rep_quality": "fair",
    "budget": "100000",
}


def _assessed(policy: Policy, client: Mapping[str, str]) -> Assessment:
    vocabulary = SHELF.vocabulary(policy)
    compiled = compile_policy(policy, vocabulary)
    known = vocabulary.quantities()
    row: dict[str, Any] = {
        key: int(Decimal(value) * known[key].scale) if known[key].kind.is_numeric else value
        for key, value in client.items()
    }
    return Scorecard(compiled, calibrate_rows(compiled, [])).assess(row)


def _short_of(*marks: str) -> Mapping[str, str]:
    client = dict(FULL)
    for mark in marks:
        client |= SHORT[mark]
    return client


def test_the_two_classes_are_an_order_of_handling() -> None:
    assert (POLICY.grades, POLICY.ordered, POLICY.grading.mode) == (("C1", "C2"), True, "rules")


def test_the_same_four_are_looked_at_for_both() -> None:
    assert [rule.id for rule in POLICY.rules] == ["history", "size_and_influence", "reps", "budget"]
    assert {rule.grade for rule in POLICY.rules} == {None}


def test_what_separates_c1_from_c2_must_be_chosen() -> None:
    chosen = {name: each for name, each in POLICY.parameters.items() if each.choose}
    assert set(chosen) == {
        "marks_needed",
        "years_enough",
        "outlets_enough",
        "reps_enough",
        "budget_enough",
    }
    assert chosen["marks_needed"].choices == (1, 2, 3, 4)
    assert all(each.basis is Basis.ASSUMED for each in chosen.values())


@pytest.mark.parametrize(
    ("needed", "classes"),
    [(1, "C1 C1 C1 C1 C2"), (2, "C1 C1 C1 C2 C2"), (3, "C1 C1 C2 C2 C2"), (4, "C1 C2 C2 C2 C2")],
)
def test_the_choice_decides_how_many_of_the_four_make_c1(needed: int, classes: str) -> None:
    written = TEXT.replace(
        "[parameters.marks_needed]\nvalue = 3", f"[parameters.marks_needed]\nvalue = {needed}"
    )
    library = read_library(FOLDER / "criteria.toml", "channel")
    policy = parse_policy(written, "special-channel.toml", lambda _: library).policy
    marks = tuple(SHORT)
    found = [_assessed(policy, _short_of(*marks[:short])).grade for short in range(5)]
    assert found == classes.split()


@pytest.mark.parametrize("mark", SHORT)
def test_no_mark_weighs_more_than_another(mark: str) -> None:
    found = _assessed(POLICY, _short_of(mark))
    assert (found.grade, found.score) == ("C1", 3)


@pytest.mark.parametrize("name", ["cooperation_years", "outlets", "influence", "rep_quality", "budget"])
def test_a_client_that_is_not_known_in_all_four_is_not_graded(name: str) -> None:
    found = _assessed(POLICY, {key: value for key, value in FULL.items() if key != name})
    assert (found.grade, found.not_graded) == (None, f"missing:{name}")


# ---- who handles them


def _duties(grade: str) -> dict[str, str | None]:
    return {code: each.by for code, each in POLICY.service[grade].coded()}


def test_the_specialist_leads_c1_and_the_head_of_the_office_is_in_charge_of_all() -> None:
    assert _duties("C1") == {
        "business_review": "channel_specialist",
        "specialist_leads": "channel_specialist",
        "plan_area": "channel_specialist",
        "adapt_promotions": "channel_specialist",
        "lead_talks": "channel_specialist",
        "daily_care": "channel_specialist",
        "in_store": "channel_rep",
        "all_c_clients": "office_head",
    }


def test_the_head_of_the_sales_office_is_in_charge_of_c2() -> None:
    assert _duties("C2") == {
        "business_review": "office_head",
        "office_head_in_charge": "office_head",
        "in_store": "channel_rep",
    }


def test_all_of_it_is_stated_and_in_force() -> None:
    for terms in POLICY.service.values():
        assert terms.is_in_force
        assert {each.basis for each in terms.obligations()} == {Basis.STATED}


def test_the_roles_are_called_what_the_trade_calls_them() -> None:
    assert [role.zh for role in POLICY.roles.values()] == ["特渠专员", "业代处主任", "特渠业代"]


@pytest.mark.parametrize("grade", ["C1", "C2"])
def test_the_business_is_reviewed_every_month(grade: str) -> None:
    (review,) = POLICY.service[grade].contact
    assert review.every == Duration.parse("1mo")


@pytest.mark.parametrize(
    ("procedure", "said"),
    [
        ("before_talks", ("怎样运作", "经营策略", "最新动态", "关键部门")),
        ("supplying_partner", ("一般纳税人", "库存管理", "资金", "配送", "后勤")),
        ("equal_terms", ("条件基本一致", "价格和店内费用")),
        ("monthly_review", ("每月",)),
    ],
)
def test_the_procedures_say_what_the_practice_says_and_all_of_it_is_stated(
    procedure: str, said: tuple[str, ...]
) -> None:
    found = next(each for each in POLICY.procedures if each.id == procedure)
    assert len(found.steps) == len(said)
    assert all(words in step.text.zh for words, step in zip(said, found.steps, strict=True))
    assert {step.basis for step in found.steps} == {Basis.STATED}


# ---- partners


@pytest.mark.parametrize(
    ("client", "flags"),
    [
        ({}, ()),
        ({"price_gap": "3", "store_cost_gap": "3"}, ()),
        ({"price_gap": "3.01"}, ("unequal_terms",)),
        ({"store_cost_gap": "3.01"}, ("unequal_terms",)),
    ],
)
def test_partners_of_one_client_may_differ_by_three_per_cent(
    client: dict[str, str], flags: tuple[str, ...]
) -> None:
    assert _assessed(POLICY, FULL | client).flags == flags
