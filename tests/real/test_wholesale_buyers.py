"""Wholesale buyers, a stand-in for tobacco's shops: a dirty table without ids, by class and by value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytestmark = pytest.mark.real
TABLE = "wholesale_customers.csv"
GOODS = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]


@pytest.fixture(scope="module")
def pareto(grade: Callable[..., Any]) -> Any:
    return grade(TABLE, "wholesale", "pareto")


@pytest.fixture(scope="module")
def spend(data: Path) -> pl.Series:
    """Each buyer's yearly spend, added up by hand."""
    raw = pl.read_csv(data / TABLE, columns=GOODS, encoding="utf8-lossy")
    return raw.sum_horizontal().alias("spend")


def _named(outcome: Any) -> pl.Series:
    return outcome.results["model_grade"].cast(pl.String)


def test_every_buyer_is_read_though_bytes_and_columns_are_stray(pareto: Any, spend: pl.Series) -> None:
    assert pareto.quality["read"]["rows"] == pareto.quality["customers"] == 440
    assert spend.sum() == 14_619_500
    assert {each["unread"] for each in pareto.quality["columns"]} == {0}


def test_by_value_a_is_who_carries_the_spend_to_four_fifths(pareto: Any, spend: pl.Series) -> None:
    assert pareto.manifest.counts == {"A": 252, "B": 114, "C": 74}
    least = [spend.filter(_named(pareto) == grade).min() for grade in "ABC"]
    assert least[:2] == [24_916, 13_820]


def test_the_largest_fifth_holds_less_than_half(grade: Callable[..., Any], spend: pl.Series) -> None:
    outcome = grade(TABLE, "wholesale", "top-fifth")
    assert outcome.manifest.counts == {"top": 88, "rest": 352}
    held = spend.filter(_named(outcome) == "top").sum()
    assert held / spend.sum() == pytest.approx(0.42904839, abs=1e-8)


def test_channel_and_region_stand_in_for_format_and_market(grade: Callable[..., Any]) -> None:
    classes = grade(TABLE, "wholesale", "classes")
    assert classes.manifest.counts == {"1": 25, "2": 200, "3": 215}
    assert [classes.column(name)["present"] for name in ("retail_format", "market_type")] == [440, 440]
