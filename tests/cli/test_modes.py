"""Policies of every mode on the command line: shown, tested, graded and explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Cli

HEAD = """
schema = 1
id = "shop.modes"
version = "1"
title = { zh = "方式", en = "Modes" }
grades = ["A", "B", "C"]
roles = { head = { zh = "经理", en = "Head" } }
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.visits]
title = { zh = "来店", en = "Visits" }
kind = "integer"
"""
MATRIX = (
    HEAD
    + """
[grading]
mode = "matrix"
axes = ["spent", "visits"]
cells = [["A", "B"], ["B", "C"]]
[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100" }, { when = "< 100" }]
[[criteria]]
id = "visits"
title = { zh = "来店", en = "Visits" }
measure = "visits"
missing = "worst"
bands = [{ when = ">= 5", label = { zh = "常客", en = "regular" } }, { when = "< 5" }]
[[tests]]
customer = { spent = 100, visits = 4 }
expect = { grade = "B", bands = { spent = 1, visits = 2 } }
"""
)
COMBINE = (
    HEAD
    + """
[grading]
mode = "combine"
how = "worst"
[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100", grade = "A" }, { when = "< 100", grade = "B" }]
[[criteria]]
id = "visits"
title = { zh = "来店", en = "Visits" }
measure = "visits"
missing = "drop"
bands = [{ when = ">= 5", grade = "A" }, { when = "< 5", grade = "C" }]
"""
)
UNIQUE = (
    HEAD
    + """
[grading]
mode = "rules"
hit = "unique"
otherwise = "C"
[[rules]]
id = "big"
grade = "A"
when = { spent = ">= 100" }
reason = { zh = "大", en = "Big" }
[[rules]]
id = "often"
grade = "B"
when = { visits = ">= 5" }
reason = { zh = "常来", en = "Comes often" }
"""
)
COLLECT = (
    UNIQUE.replace('hit = "unique"', 'hit = "collect"\ncollect = "sum"\ncutoffs = { A = 50, B = 20 }')
    .replace('grade = "A"', "points = 30")
    .replace('grade = "B"', "points = 25.5")
)
ALARMS = (
    HEAD.replace('grades = ["A", "B", "C"]\n', "sector = 'engineering'\n")
    + """
[[alarms]]
id = "bad"
title = { zh = "不满", en = "Unhappy" }
on = "surveys"
when = { score = "<= 2" }
customers = { spent = ">= 100" }
duties = { text = { zh = "回电", en = "Call back" }, by = "head", within = "24h" }
"""
)
CUSTOMERS = """客户编号,客户名称,消费,来店
C1,甲,200,9
C2,乙,200,1
C3,丙,50,9
C4,丁,50,1
C5,戊,200,
C6,己,300,7
"""
SOURCE = ("--source", "customers.csv", "--policy", "policy.toml", "--as-of", "2026-03-01")


@pytest.fixture
def write(tmp_path: Path):
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")

    def put(policy: str) -> None:
        (tmp_path / "policy.toml").write_text(policy, encoding="utf-8")

    return put


def words(text: str) -> str:
    return " ".join(text.split())


def grades(cli: Cli) -> dict[str, int]:
    ended = cli("grade", "customers.csv", "--policy", "policy.toml", "--as-of", "2026-03-01", "--json")
    assert ended.code == 0, ended.err
    run = ended.json["manifest"]
    return {**run["counts"], **run["not_graded"]}


def test_a_matrix_is_shown_tested_graded_and_explained(cli: Cli, write) -> None:
    write(MATRIX)
    shown = words(cli("policy", "show", "policy.toml").out)
    assert "Spent ＼ Visits regular < 5" in shown
    assert "≥ 100 A B" in shown
    assert cli("policy", "test", "policy.toml").code == 0
    assert grades(cli) == {"A": 2, "B": 3, "C": 1}
    told = words(cli("explain", "C2", *SOURCE).out)
    assert "Spent ＼ Visits regular → < 5" in told
    assert "→ ≥ 100 A [B]" in told
    assert "Visits: 1 → 5" in told


def test_combined_scales_are_shown_graded_and_explained(cli: Cli, write) -> None:
    write(COMBINE)
    assert "the worst of them counts" in cli("policy", "show", "policy.toml").out
    assert grades(cli) == {"A": 3, "B": 1, "C": 2}
    told = words(cli("explain", "C2", *SOURCE).out)
    assert "Visits 1 < 5 C ≥ 5" in told
    assert "1. Visits: < 5 [visits:2] 2. Spent: ≥ 100 [spent:1]" in told


def test_rules_in_conflict_are_counted_named_and_exemplified(cli: Cli, write) -> None:
    write(UNIQUE)
    assert "Only one rule may hold" in cli("policy", "show", "policy.toml").out
    ended = cli("grade", "customers.csv", "--policy", "policy.toml", "--as-of", "2026-03-01")
    told = words(ended.out)
    assert "Rules conflict: more than one holds 2" in told
    assert "big and often 2 C1, C6" in told
    found = cli("grade", "customers.csv", "--policy", "policy.toml", "--as-of", "2026-03-01", "--json").json
    assert found["manifest"]["conflicts"] == [
        {"rules": ["big", "often"], "customers": 2, "examples": ["C1", "C6"]}
    ]
    explained = words(cli("explain", "C1", *SOURCE).out)
    assert "Not graded: Rules conflict: more than one holds [conflict]" in explained
    assert "1. Big [rule:big] 2. Comes often [rule:often]" in explained


def test_collected_points_are_shown_graded_and_explained(cli: Cli, write) -> None:
    write(COLLECT)
    shown = words(cli("policy", "show", "policy.toml").out)
    assert "The points of every rule that holds are added up" in shown
    assert "25.5 Visits ≥ 5 Comes often" in shown
    assert grades(cli) == {"A": 2, "B": 2, "C": 1, "missing:visits": 1}
    told = words(cli("explain", "C1", *SOURCE).out)
    assert "Grade A · score 55.5" in told
    assert "→ big 30 yes Big Spent ≥ 100 (is 200 yuan)" in told
    assert "A ≥ 50 · B ≥ 20" in told


def test_a_policy_of_alarms_is_shown_and_grades_nobody(cli: Cli, write) -> None:
    write(ALARMS)
    shown = words(cli("policy", "show", "policy.toml").out)
    assert "Nobody is graded; the policy raises alarms." in shown
    assert "Unhappy" in shown
    assert "of customers with: Spent ≥ 100 Call back; by: Head; within 24 hours" in shown
    ended = cli("grade", "customers.csv", "--policy", "policy.toml", "--as-of", "2026-03-01")
    assert ended.code == 2
    assert "grades nobody: it only raises alarms" in ended.err
