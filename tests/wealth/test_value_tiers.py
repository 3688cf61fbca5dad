"""System 29 as the practice describes it: four tiers by volume and purchases, and what junk and value get."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from rung.grading import Scorecard, calibrate_rows, compile_policy
from rung.grading.promised import service_of
from rung.plugins import PluginHost
from rung.policy.model import Basis, Handling, Policy, Resource, ServiceTerms
from rung.policy.shelf import Shelf

SHELF: Final = Shelf(PluginHost())
POLICY: Final[Policy] = SHELF.find("wealth.value-tiers").policy
CARD: Final = Scorecard(
    made := compile_policy(POLICY, SHELF.vocabulary(POLICY)),
    calibrate_rows(made, []),
)


def _row(volume: float, purchases: int, contribution: float | None, cost: float | None) -> Mapping[str, Any]:
    def fen(yuan: float | None) -> int | None:
        return None if yuan is None else int(Decimal(str(yuan)) * 100)

    return {
        "transaction_volume_12m": fen(volume),
        "purchases_12m": purchases,
        "contribution_12m": fen(contribution),
        "cost_to_serve_12m": fen(cost),
    }


def test_the_four_tiers_are_the_practice_s_and_their_order_is_assumed() -> None:
    assert POLICY.grades == ("diamond", "gold", "silver", "ordinary")
    assert [POLICY.grade_title(grade).zh for grade in POLICY.grades] == [
        "钻石客户",
        "黄金客户",
        "白银客户",
        "普通客户",
    ]
    assert POLICY.ordered
    assert POLICY.grading.mode == "score"
    assert POLICY.grading.basis is Basis.ASSUMED


def test_only_volume_and_purchases_are_looked_at() -> None:
    assert [each.measure for each in POLICY.criteria] == ["transaction_volume_12m", "purchases_12m"]
    assert all(each.basis is Basis.ASSUMED for each in POLICY.criteria)


@pytest.mark.parametrize(
    ("volume", "purchases", "grade"),
    [
        (12_000_000, 60, "diamond"),
        (3_000_000, 30, "diamond"),
        (2_000_000, 14, "gold"),
        (6_000_000, 5, "gold"),
        (600_000, 8, "silver"),
        (9_000_000, 1, "silver"),
        (30_000, 30, "silver"),
        (600_000, 2, "ordinary"),
        (20_000, 1, "ordinary"),
        (0, 0, "ordinary"),
    ],
)
def test_an_investor_gets_the_tier_of_its_volume_and_purchases(
    volume: float, purchases: int, grade: str
) -> None:
    assert CARD.assess(_row(volume, purchases, 10_000, 100)).grade == grade


@pytest.mark.parametrize(
    ("volume", "contribution", "cost", "owed"),
    [
        (9_000_000, 499.99, 1_000, {"cut", "drop_if_need_be"}),
        (9_000_000, 500, 1_000, {"more"}),
        (9_000_000, 499.99, 999.99, {"more"}),
        (9_000_000, None, 1_000, {"more"}),
        (9_000_000, 0, None, {"more"}),
        (9_000_000, None, None, {"more"}),
        (100, -20, 3_000, {"online", "cut", "drop_if_need_be"}),
        (100, 20, 30, {"online"}),
    ],
)
def test_nobody_is_promised_more_and_less_at_once(
    volume: float, contribution: float | None, cost: float | None, owed: set[str]
) -> None:
    row = _row(volume, 24 if volume > 1_000 else 0, contribution, cost)
    lines = service_of(CARD, row, CARD.assess(row).grade)
    assert {code for line in lines for code in line.codes} == owed


def test_junk_is_low_contribution_at_high_cost_and_what_follows_is_stated() -> None:
    (junk,) = POLICY.flags
    assert (junk.title.zh, junk.basis) == ("垃圾客户", Basis.ASSUMED)
    assert junk.service_class is None
    assert isinstance(junk.service, ServiceTerms)
    cut, drop = junk.service.obligations()
    assert isinstance(cut, Resource)
    assert isinstance(drop, Handling)
    assert (cut.basis, drop.basis) == (Basis.STATED, Basis.STATED)
    assert drop.text.zh == "必要时放弃"


def test_from_silver_up_is_high_value_and_that_it_is_so_is_assumed() -> None:
    owed = {
        grade: [(each.kind, each.basis) for each in terms.obligations()]
        for grade, terms in POLICY.service.items()
    }
    more = [("resource", Basis.ASSUMED)]
    assert owed == {"diamond": more, "gold": more, "silver": more, "ordinary": [("handling", Basis.ASSUMED)]}


def test_for_ordinary_customers_nothing_is_stated_and_the_suggestion_is_not_in_force() -> None:
    assert {grade for grade, terms in POLICY.service.items() if not terms.is_in_force} == {"ordinary"}


def test_the_figures_of_junk_are_the_first_thing_to_set() -> None:
    assert {name: each.value for name, each in POLICY.parameters.items()} == {
        "low_contribution": 500,
        "high_cost": 1_000,
    }
    assert all(each.basis is Basis.ASSUMED for each in POLICY.parameters.values())
