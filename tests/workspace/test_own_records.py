"""Records of one's own: those one opened, and those about customers one holds or has in the portfolio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rung.pipeline import GradeRequest
from rung.workspace import Workspace
from rung.workspace.own_customers import has_own, own_among, own_customers
from rung.workspace.recording.views import RecordsWanted

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
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
    """A workspace of C1 and C2 in the east, C3 in the west, C4 nobody's; opened as somebody."""
    folder = tmp_path / "shop"
    Workspace.create(folder)
    file = folder / "rung.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f'portfolio = "account_manager"\n{text}\n{PEOPLE}', encoding="utf-8")
    (folder / "policies/tiers.toml").write_text(POLICY, encoding="utf-8")

    def become(account: str) -> Workspace:
        monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)
        return Workspace.open(folder)

    graded(become("chen"), "C1,甲,500,East\nC2,乙,5,East\nC3,丙,5,West\nC4,丁,5,\n", NOW)
    return become


def graded(place: Workspace, rows: str, at: datetime) -> str:
    source = place.folder / "customers.csv"
    source.write_text(f"customer_id,customer_name,spent,account_manager\n{rows}", encoding="utf-8")
    request = GradeRequest(
        source=source, policy=place.shelf.find("watch.tiers"), as_of=date(2026, 2, 1), created_at=at
    )
    return place.grade(request, lambda *_told: None).run_id


def complaints(place: Workspace, *customers: str) -> None:
    for customer in customers:
        place.records.open("complaint", customer, {"subject": "少送一条"}, NOW)


def mine(place: Workspace) -> list[str]:
    found = place.records.listed(RecordsWanted(is_mine=True), NOW)
    return [each.record.customer_id for each in found.rows()]


def test_records_about_ones_portfolio_are_ones_own_whoever_opened_them(acting: As) -> None:
    complaints(acting("chen"), "C1", "C2", "C3", "C4")
    complaints(acting("li"), "C3")
    assert mine(acting("li")) == ["C1", "C2", "C3"]
    assert mine(acting("zhou")) == []
    assert mine(acting("chen")) == ["C1", "C2", "C3", "C4"]


def test_the_holder_on_record_goes_before_the_portfolio(acting: As) -> None:
    chen = acting("chen")
    complaints(chen, "C1", "C2", "C3", "C4")
    chen.pool.assign(["C1"], "zhou", "换人", NOW)
    chen.pool.assign(["C3"], "li", "换人", NOW)
    assert mine(acting("li")) == ["C2", "C3"]
    assert mine(acting("zhou")) == ["C1"]


def test_the_newest_run_says_whose_a_customer_is(acting: As) -> None:
    chen = acting("chen")
    complaints(chen, "C1", "C2", "C3")
    graded(chen, "C1,甲,500,West\nC3,丙,5,East\n", NOW + timedelta(hours=1))
    assert mine(acting("li")) == ["C3"]


def test_of_several_runs_the_first_that_holds_a_customer_speaks(acting: As) -> None:
    li = acting("li")
    with li.run() as run:
        old = run.manifest.run_id
    new = graded(li, "C1,甲,500,West\nC3,丙,5,East\n", NOW + timedelta(hours=1))
    wanted = ["C1", "C2", "C3", "C4", "C9"]
    assert own_among(li, (new, old), wanted) == {"C2", "C3"}
    assert own_among(li, (old, new), wanted) == {"C1", "C2"}
    assert own_among(acting("chen"), (new, old), wanted) == frozenset()


def test_of_the_rows_of_a_run_the_same_are_ones_own(acting: As) -> None:
    chen = acting("chen")
    chen.pool.assign(["C1"], "zhou", "换人", NOW)
    for account, own in (("li", ["C2"]), ("zhou", ["C1"])):
        place = acting(account)
        with place.run() as run:
            found = own_customers(place, run)
            assert found is not None
            ids = run.frame().collect()["customer_id"]
            assert ids.filter(found).to_list() == own
            assert own_among(place, (run.manifest.run_id,), set(ids)) == set(own)


def test_who_looks_after_anybody_has_a_portfolio_or_holds_somebody(acting: As) -> None:
    assert has_own(acting("li"))
    assert not has_own(acting("zhou"))
    acting("chen").pool.assign(["C1"], "zhou", "换人", NOW)
    assert has_own(acting("zhou"))
    assert not has_own(acting("chen"))
