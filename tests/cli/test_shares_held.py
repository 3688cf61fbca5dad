"""Graded by shares, a run tells how many customers each grade has and how much of the value they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Cli

POLICY = """
schema = 1
id = "shop.shares"
version = "1"
title = { zh = "店铺ABC", en = "Shop ABC" }
grades = ["A", "B", "C"]
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.cost]
title = { zh = "成本", en = "Cost" }
kind = "money"
[derived.left]
title = { zh = "毛利", en = "Left over" }
formula = "spent - cost"
kind = "money"
[grading]
mode = "MODE"
by = "BY"
shares = SHARES
"""
COUNT = POLICY.replace("MODE", "count").replace("SHARES", "{ A = 20, B = 50, C = 100 }")
VALUE = POLICY.replace("MODE", "value").replace("SHARES", "{ A = 80, B = 95, C = 100 }")
SPENT = (6000, 1000, 1000, 500, 500, 400, 300, 200, 100, 0)
GRADE = ("grade", "customers.csv", "--policy", "shop.toml")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = (f"{n},{spent},{cost}" for n, (spent, cost) in enumerate(zip(SPENT, (*[0] * 9, 50), strict=True)))
    (tmp_path / "customers.csv").write_text(
        "\n".join(("customer_id,spent,cost", *rows, "10,,0")) + "\n", encoding="utf-8"
    )
    return tmp_path


def test_by_number_of_customers_each_grade_tells_the_value_it_holds(cli: Cli, table: Path) -> None:
    (table / "shop.toml").write_text(COUNT.replace("BY", "spent"), encoding="utf-8")
    ended = cli(*GRADE, "--json")
    assert ended.json["manifest"]["counts"] == {"A": 3, "B": 2, "C": 5}  # 1,000 stands twice
    assert ended.json["manifest"]["ranked"] == {
        "by": "spent",
        "title": {"zh": "消费", "en": "Spent"},
        "unit": "",
        "decimals": 2,
        "total": 1_000_000,
        "held": {"A": 800_000, "B": 100_000, "C": 100_000},
    }
    assert ended.json["shares"] == {
        "A": {"customers": 27.3, "value": 80.0},
        "B": {"customers": 18.2, "value": 10.0},
        "C": {"customers": 45.5, "value": 10.0},
    }


def test_by_value_the_summary_shows_both_shares_side_by_side(cli: Cli, table: Path) -> None:
    (table / "shop.toml").write_text(VALUE.replace("BY", "spent"), encoding="utf-8")
    words = " ".join(cli(*GRADE).out.split())
    assert "share of: Spent" in words
    assert "A 3 27.3% 80.0%" in words
    assert "B 4 36.4% 17.0%" in words
    assert "C 3 27.3% 3.0%" in words
    assert "– not graded 1 9.1%" in words
    assert "占消费" in cli("--lang", "zh", *GRADE).out


def test_a_derived_value_is_summed_too_and_a_loss_counts_as_nothing(cli: Cli, table: Path) -> None:
    (table / "shop.toml").write_text(VALUE.replace("BY", "left"), encoding="utf-8")
    ended = cli(*GRADE, "--json")
    assert ended.json["manifest"]["ranked"]["total"] == 1_000_000
    assert ended.json["shares"]["A"] == {"customers": 27.3, "value": 80.0}


def test_without_shares_only_the_customers_are_counted(cli: Cli, shop: Path) -> None:
    ended = cli("grade", "customers.csv", "--policy", shop / "shop.toml", "--json")
    assert ended.json["manifest"]["ranked"] is None
    assert ended.json["shares"]["B"] == {"customers": 40.0}
