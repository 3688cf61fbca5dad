"""``rung follow resources``: what is set aside for whom."""

from __future__ import annotations

from pathlib import Path

import fastexcel
import pytest
from commands import Cli, Once

POLICY = """
schema = 1
id = "shop.supply"
version = "1"
title = { zh = "供货", en = "Supply" }
grades = ["A", "B"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[fields.town]
title = { zh = "地区", en = "Town" }
kind = "category"
choices = { near = ["近"], far = ["远"] }

[grading]
mode = "rules"
[[rules]]
id = "a"
grade = "A"
when = { spent = ">= 100" }
reason = { zh = "多", en = "much" }
[[rules]]
id = "b"
grade = "B"
when = { spent = "< 100" }
reason = { zh = "少", en = "little" }

[service.A]
resource = [
    { id = "supply", what = { zh = "货源系数", en = "Supply factor" }, amount = 1.5, unit = "×" },
    { id = "van", what = { zh = "专车", en = "Own van" }, when = { town = "far" } },
]
[service.B]
resource = { id = "supply", what = { zh = "货源系数", en = "Supply factor" }, amount = 0.8, unit = "×" }

[override]
approval = { up = "none", down = "none" }
"""
CUSTOMERS = (
    "customer_id,customer_name,spent,town\nC1,张三,200,近\nC2,李四,20,远\nC3,=王五,500,远\nC4,赵六,,近\n"
)


@pytest.fixture
def work(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """Four shops, one of them without a grade."""

    @once
    def made() -> None:
        (tmp_path / "supply.toml").write_text(POLICY, encoding="utf-8")
        (tmp_path / "shops.csv").write_text(CUSTOMERS, encoding="utf-8")
        assert cli("init").code == 0
        ended = cli("grade", "shops.csv", "--policy", "supply.toml", "--as-of", "2026-03-02")
        assert ended.code == 0, ended.err

    return made


@pytest.mark.usefixtures("work")
def test_each_customer_has_what_their_grade_sets_aside(cli: Cli) -> None:
    found = cli("follow", "resources", "--json").json["resources"]
    assert [(each["customer_id"], each["code"], each["amount"]) for each in found] == [
        ("C1", "supply", "1.5"),
        ("C2", "supply", "0.8"),
        ("C3", "supply", "1.5"),
        ("C3", "van", None),
    ]


@pytest.mark.usefixtures("work")
def test_an_override_changes_what_is_set_aside(cli: Cli) -> None:
    ended = cli(
        "override", "propose", "C2", "A", "--reason", "other", "--narrative", "新店", "--evidence", "1"
    )
    assert ended.code == 0, ended.err
    found = cli("follow", "resources", "--grade", "A", "--code", "supply", "--json").json["resources"]
    assert [each["customer_id"] for each in found][:2] == ["C1", "C2"]


def test_the_list_goes_to_a_spreadsheet_as_numbers_and_plain_names(cli: Cli, work: Path) -> None:
    ended = cli("follow", "resources", "--code", "supply", "--out", "supply.xlsx")
    assert ended.code == 0, ended.err
    table = fastexcel.read_excel(work / "supply.xlsx").load_sheet(0).to_polars()
    assert table["how much"].to_list() == [1.5, 0.8, 1.5]
    assert not str(table["name"][2]).startswith("=")


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--code", "vans"), "“van”"),
        (("--grade", "Z"), "“Z” is no grade"),
        (("--out", "supply.txt"), ".txt"),
        (("--out", "nowhere/supply.csv"), "not there"),
        (("--out", "supply.csv", "--json"), "exclude each other"),
    ],
)
def test_bad_input_is_told(cli: Cli, words: tuple[str, ...], told: str) -> None:
    ended = cli("follow", "resources", *words)
    assert (ended.code, told in ended.err) == (2, True), ended.err
