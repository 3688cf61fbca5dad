"""A policy's rules and bands go out to a workbook and come back; what cannot is told at its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
import xlsxwriter

from rung.plugins import PluginHost
from rung.policy.files import parse_toml
from rung.policy.grid import read_grid
from rung.policy.reader import read_policy
from rung.policy.sheet_reading import read_sheets
from rung.policy.sheets import sheets_of
from rung.policy.shelf import Shelf
from rung.policy.workbook import write_workbook

POLICY = """
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
[fields]
sales = { title = "Sales", kind = "money" }
kind = { title = "Kind", kind = "category", choices = { mall = [], shop = [], stall = [] } }
late = { title = "Days late", kind = "integer" }
since = { title = "Since", kind = "date" }
is_new = { title = "New", kind = "boolean" }
[grading]
mode = "rules"
otherwise = "B"
[[rules]]
id = "large"
grade = "A"
when = { sales = ">= 100", kind = ["mall", "shop"], any = [{ late = "< 5" }, { is_new = true }] }
reason = { zh = "大", en = "large" }
[[rules]]
id = "loyal"
grade = "A"
when = { since = "< 2020-01-01", late = 0 }
reason = "loyal"
"""
SCORE = """
id = "shop.score"
version = "1"
title = "Score"
grades = ["A", "B"]
[fields]
sales = { title = "Sales", kind = "money" }
[grading]
mode = "score"
cutoffs = { A = 60.5 }
[[criteria]]
id = "sales"
title = "Sales"
measure = "sales"
weight = 30
bands = [
    { when = "[10..20)", points = 50 },
    { when = ">= 20", points = 100, label = "big" },
    { when = "< 10", points = 0 },
]
"""


@pytest.fixture
def book(tmp_path):
    """Return a function that exports a policy, changes cells, and reads the workbook back."""

    def back(policy, changed, *, without=()):
        path = tmp_path / "base.toml"
        path.write_text(policy, "utf-8")
        loaded = read_policy(path)
        write_workbook(tmp_path / "out.xlsx", loaded)
        with xlsxwriter.Workbook(tmp_path / "back.xlsx") as book:
            for sheet in sheets_of(loaded.table):
                grid = read_grid(tmp_path / "out.xlsx", sheet.name)
                page = book.add_worksheet(sheet.name)
                rows = [dict(row.cells) for row in grid.rows if row.cells.get("id") not in without]
                for (name, number, header), value in changed.items():
                    if name == sheet.name:
                        rows += [{}] * (number + 1 - len(rows))
                        rows[number] = {**rows[number], header: value}
                headers = [
                    *grid.headers,
                    *(h for n, _row, h in changed if n == sheet.name and h not in grid.headers),
                ]
                page.write_row(0, 0, headers)
                for line, row in enumerate(rows, start=1):
                    page.write_row(line, 0, [row.get(header, "") for header in headers])
        return read_sheets(tmp_path / "back.xlsx", loaded.table)

    return back


@pytest.mark.parametrize("policy", [POLICY, SCORE])
def test_what_nobody_changed_comes_back_as_it_was(book, policy):
    changes = book(policy, {})
    assert changes.problems == []
    assert changes.table == parse_toml(policy, "base.toml")


@pytest.mark.parametrize("name", [entry.id for entry in Shelf(PluginHost()).entries()])
def test_every_ready_policy_comes_back_as_it_was(name, tmp_path):
    loaded = Shelf(PluginHost()).find(name)
    if sheets_of(loaded.table):
        write_workbook(tmp_path / "out.xlsx", loaded)
        changes = read_sheets(tmp_path / "out.xlsx", loaded.table)
        assert changes.problems == []
        assert changes.table == loaded.table


def test_cells_changed_are_carried_over(book):
    changes = book(
        POLICY,
        {
            ("rules", 0, "sales"): ">= 250.50",
            ("rules", 0, "kind"): '["mall"]',
            ("rules", 0, "when"): "not = { late = 9 }",
            ("rules", 0, "reason.en"): "very large",
            ("rules", 1, "late"): "",
            ("rules", 1, "is_new"): "true",
            ("rules", 2, "id"): "third",
            ("rules", 2, "grade"): "B",
            ("rules", 2, "sales"): "< 1",
            ("rules", 2, "reason.zh"): "小",
        },
    )
    assert changes.problems == []
    large, loyal, third = changes.table["rules"]
    assert large["when"] == {"sales": ">= 250.50", "kind": ["mall"], "not": {"late": 9}}
    assert large["reason"] == {"zh": "大", "en": "very large"}
    assert loyal["when"] == {"since": "< 2020-01-01", "is_new": True}
    assert third == {"id": "third", "grade": "B", "when": {"sales": "< 1"}, "reason": "小"}


def test_a_rule_whose_row_is_gone_is_gone(book):
    changes = book(POLICY, {}, without=("large",))
    assert [rule["id"] for rule in changes.table["rules"]] == ["loyal"]


def test_bands_weights_and_cutoffs_are_carried_over(book):
    changes = book(
        SCORE,
        {
            ("bands", 0, "points"): 55.5,
            ("bands", 0, "weight"): 40,
            ("bands", 1, "weight"): 40,
            ("bands", 2, "weight"): 40,
            ("cutoffs", 0, "at_least"): 70,
        },
    )
    assert changes.problems == []
    (criterion,) = changes.table["criteria"]
    assert criterion["weight"] == 40
    assert criterion["bands"][0] == {"when": "[10..20)", "points": Decimal("55.5")}
    assert changes.table["grading"]["cutoffs"] == {"A": 70}


@pytest.mark.parametrize(
    ("policy", "changed", "told"),
    [
        (POLICY, {("rules", 0, "when"): "any = ["}, ":2 [when]: It cannot be read"),
        (POLICY, {("rules", 1, "id"): "large"}, ":3 [id]: “large” stands twice"),
        (POLICY, {("rules", 1, "id"): ""}, ":3 [id]: The rule has no id"),
        (POLICY, {("rules", 0, "days late"): "1"}, ":1 [days late]: “days late” is no field's name"),
        (SCORE, {("bands", 0, "points"): "many"}, ":2 [points]: “many” is no number"),
        (SCORE, {("bands", 0, "criterion"): "sale"}, ":2 [criterion]: There is no criterion “sale”"),
        (SCORE, {("bands", 0, "weight"): 31}, ":3 [weight]: The criterion's rows give it several weights"),
        (SCORE, {("bands", 0, "color"): "red"}, ":1 [color]: There is no column “color” here"),
        (SCORE, {("cutoffs", 0, "grade"): ""}, ":2 [grade]: Each row names another grade"),
    ],
)
def test_a_slip_is_told_at_its_cell(book, policy, changed, told):
    problems = [str(problem) for problem in book(policy, changed).problems]
    assert any(told in problem for problem in problems), problems
