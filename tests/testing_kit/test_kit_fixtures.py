"""The fixtures of the pytest plugin: shapes as documented, and nothing heavy in everybody's session."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

from rung.testing.tried import explained, graded_rows

CLIENT = {"客户编号": "C1", "客户名称": "甲"}


def test_importing_the_pytest_plugin_loads_nothing_but_pytest() -> None:
    watched = "import sys, pytest; before = set(sys.modules); import rung.testing.fixtures; "
    watched += "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    done = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["rung"]


USING = """
    def test_it(grade, explain, workspace):
        people = [
            {"会员号": "M1", "消费额": 3000, "是否会员": True},
            {"会员号": "M2", "消费额": None},
            {"会员号": "M3", "消费额": "1,000.5"},
        ]
        graded = grade(people, "shop.tiers")
        assert [each["grade"] for each in graded] == ["A", None, "A"]
        assert graded[1]["not_graded"] == "missing:spent"
        assert set(graded[0]) == {
            "customer_id", "customer_name", "grade", "score", "points",
            "flags", "reasons", "evidence", "not_graded",
        }
        told = explain(people[0], "shop.tiers")
        assert (told.grade, told.evidence, told.criteria[0].id) == ("A", 100, "spent")
        assert (workspace.folder / "rung.toml").is_file()
        assert "shop.tiers" in [each.id for each in workspace.shelf.entries()]
"""


def test_the_fixtures_grade_explain_and_make_a_workspace(kit: Any) -> None:
    ran = kit(suite=USING)
    assert ran.counts == {"passed": 1}, ran.output[-3000:]


def test_a_row_has_points_and_score_in_their_units() -> None:
    shop = {"customer_id": "C1", "customer_name": "甲", "cooperation_years": 3}
    (row,) = graded_rows([shop], "channel.special-channel")
    assert row["customer_id"] == "C1"
    assert all(value is None or isinstance(value, Decimal) for value in row["points"].values())
    assert explained(shop, "channel.special-channel").customer_id == "C1"
