"""Due and Records show one's own at first to whoever looks after customers, and all by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from screens import press, settle, text

from rung.pipeline import GradeRequest
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.records.desk import RecordsDesk
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
CUSTOMERS = "customer_id,customer_name,spent,account_manager\nC1,甲,500,East\nC2,乙,5,West\nC3,丙,5,\n"
POLICY = """
schema = 1
id = "watch.tiers"
version = "3"
sector = "general"
title = { zh = "等级", en = "Tiers" }
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 80 } }

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
"""
PEOPLE = """
[people.li]
name = "李娜"
role = "reviewer"
portfolio = ["East"]

[people.zhou]
name = "周"
role = "reviewer"

[people.chen]
name = "陈总"
role = "owner"
"""
As = Callable[[str], Workspace]


@pytest.fixture
def acting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> As:
    """A shop with an open record about each of three customers; opened as somebody."""
    monkeypatch.setattr(RecordsDesk, "now", staticmethod(lambda: NOW))
    folder = tmp_path / "shop"
    Workspace.create(folder)
    file = folder / "rung.toml"
    written = file.read_text(encoding="utf-8")
    file.write_text(f'portfolio = "account_manager"\n{written}\n{PEOPLE}', encoding="utf-8")
    (folder / "policies/tiers.toml").write_text(POLICY, encoding="utf-8")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")

    def become(account: str) -> Workspace:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)
        return Workspace.open(folder)

    place = become("chen")
    request = GradeRequest(
        source=folder / "customers.csv",
        policy=place.shelf.find("watch.tiers"),
        as_of=date(2026, 2, 1),
        created_at=NOW,
    )
    place.grade(request, lambda *_told: None)
    for customer in ("C1", "C2", "C3"):
        place.records.open("complaint", customer, {"subject": "少送一条"}, NOW)
    return become


def records_about(app: ReviewApp) -> set[str]:
    listed = text(app).splitlines()[3:]
    return {each for each in ("C1", "C2", "C3") if any(f" {each} " in line for line in listed)}


async def test_records_begin_with_ones_own_and_m_shows_all(acting: As) -> None:
    place = acting("li")
    app = ReviewApp(Review(place, place.run()), "en")
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await settle(pilot)
        assert "[Mine]" in text(app)
        assert records_about(app) == {"C1"}
        await press(pilot, "m")
        await settle(pilot)
        assert "[All]" in text(app)
        assert records_about(app) == {"C1", "C2", "C3"}
        await press(pilot, "escape", "R")  # what was chosen is kept while the program runs
        await settle(pilot)
        assert "[All]" in text(app)


async def test_who_looks_after_nobody_sees_all_at_first(acting: As) -> None:
    place = acting("zhou")
    app = ReviewApp(Review(place, place.run()), "en")
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await settle(pilot)
        assert "[All]" in text(app)
        assert records_about(app) == {"C1", "C2", "C3"}
        await press(pilot, "m")
        await settle(pilot)
        assert "No record is like that. m shows what is about customers of others too." in text(app)


async def test_a_customer_assigned_on_record_is_ones_own_in_both_modes(acting: As) -> None:
    acting("chen").pool.assign(["C2"], "zhou", "换人", datetime.now(UTC))
    place = acting("zhou")
    app = ReviewApp(Review(place, place.run()), "zh")
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "R")
        await settle(pilot)
        assert records_about(app) == {"C2"}
        await press(pilot, "D")
        await settle(pilot)
        assert "[我的]" in text(app)
