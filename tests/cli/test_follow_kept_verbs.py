"""``rung follow kept``, ``forecast`` and ``reviewed`` as a person has them."""

from __future__ import annotations

from pathlib import Path

import fastexcel
import pytest
from commands import Cli

from rung.cli.follow_forecast import FORECAST_BY
from rung.cli.follow_kept import BY
from rung.service.kept.forecasting import ForecastBy
from rung.service.kept.report import By

POLICY = """
schema = 1
id = "shop.care"
version = "1"
title = { zh = "照看", en = "Care" }
grades = ["A", "B"]
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[fields.seller]
title = { zh = "店员", en = "Seller" }
kind = "text"
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
contact = { every = "7d", minutes = 30 }
review = { every = "14d" }
[service.B]
contact = { every = "1mo" }
"""


@pytest.fixture
def work(cli: Cli, tmp_path: Path) -> Path:
    """Two customers graded long ago, whom nobody called since."""
    assert cli("init").code == 0
    (tmp_path / "policies/care.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "c.csv").write_text("customer_id,spent,seller\nC1,500,East\nC2,5,West\n", encoding="utf-8")
    file = tmp_path / "rung.toml"
    said = '\n[calendar]\ncountry = "none"\nweekend = ["sun"]\nroll = "none"\n'
    portfolio = 'portfolio = "seller"\n'
    file.write_text(portfolio + file.read_text(encoding="utf-8") + said, encoding="utf-8")
    ended = cli("grade", "c.csv", "--policy", "shop.care", "--as-of", "2026-01-05")
    assert ended.code == 0, ended.err
    return tmp_path


def test_what_may_be_counted_by_is_what_can_be_counted_by() -> None:
    assert tuple(By) == BY
    assert tuple(ForecastBy) == FORECAST_BY


@pytest.mark.usefixtures("work")
def test_what_was_kept_is_told_as_a_table_and_as_json(cli: Cli) -> None:
    ended = cli("follow", "kept", "--since", "2026-01-05", "--until", "2026-02-01", "--by", "grade")
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0] == "Due from 2026-01-05 to 2026-02-01: 4"
    assert "fewer than ten are judged" in ended.out
    told = cli("follow", "kept", "--since", "2026-01-05", "--until", "2026-02-01", "--json").json
    assert [(each["person"], each["kind"], each["missed"]) for each in told["lines"]] == [
        ("East", "contact", 3),
        ("East", "review", 1),
    ]
    assert told["whole"]["rate"] == 0


@pytest.mark.usefixtures("work")
def test_what_was_kept_goes_into_a_spreadsheet(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "kept.xlsx"
    ended = cli("follow", "kept", "--since", "2026-01-05", "--until", "2026-02-01", "--out", str(file))
    assert ended.code == 0, ended.err
    sheet = fastexcel.read_excel(file).load_sheet(0).to_polars()
    assert sheet.columns == ["whose", "what", "due", "kept", "late", "missed", "open", "kept in time"]
    assert sheet.height == 2


@pytest.mark.usefixtures("work")
def test_a_period_to_come_is_refused(cli: Cli) -> None:
    ended = cli("follow", "kept", "--since", "2999-01-01", "--until", "2999-02-01")
    assert ended.code == 2
    assert "still to come" in ended.err


@pytest.mark.usefixtures("work")
def test_the_weeks_to_come_are_counted_beside_those_of_a_changed_policy(cli: Cli, tmp_path: Path) -> None:
    told = cli("follow", "forecast", "--weeks", "2", "--json").json
    first, second = told["policies"][0]["lines"]
    assert (first["contacts"], first["overdue"], first["hours"]) == (2, 3, 0.5)
    assert (second["contacts"], second["reviews"]) == (1, 0)
    changed = tmp_path / "changed.toml"
    changed.write_text(POLICY.replace('every = "7d"', 'every = "1d"'), encoding="utf-8")
    ended = cli("follow", "forecast", "--weeks", "2", "--with", str(changed))
    assert ended.code == 0, ended.err
    assert "changed: shop.care" in ended.out
    assert cli("follow", "forecast", "--weeks", "2", "--until", "2030-01-01").code == 2


@pytest.mark.usefixtures("work")
def test_reviews_go_on_record_and_are_taken_back(cli: Cli) -> None:
    assert cli("follow", "due", "--kind", "review", "--json").json["count"] == 1
    looked = cli("follow", "reviewed", "--due", "--dry-run", "--json").json["reviews"]
    assert [(each["customer_id"], each["grade"], each["id"]) for each in looked] == [("C1", "A", None)]
    asked = cli("follow", "reviewed", "--due")
    assert asked.code == 2
    assert "nobody is there to be asked" in asked.err
    made = cli("follow", "reviewed", "--due", "--yes", "--reason", "无变化", "--json")
    assert made.code == 0, made.err
    name = made.json["reviews"][0]["id"]
    assert cli("follow", "due", "--kind", "review", "--json").json["count"] == 0
    assert cli("follow", "reviewed", "--undo", name).code == 2
    undone = cli("follow", "reviewed", "--undo", name, "--reason", "记错")
    assert undone.code == 0, undone.err
    assert cli("follow", "due", "--kind", "review", "--json").json["count"] == 1
    assert cli("follow", "reviewed").code == 2
    assert cli("follow", "reviewed", "C1").code == 0
