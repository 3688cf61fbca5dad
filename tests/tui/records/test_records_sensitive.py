"""Records that are not for everybody, and service that starts with a record."""

from __future__ import annotations

from pathlib import Path

import pytest
from records_shop import MONDAY, TODAY, answer, graded, record, records, shown
from screens import press

from rung.workspace import Workspace
from rung_tui.records.desk import RecordsDesk

pytestmark = pytest.mark.asyncio

SHOPS = "customer_id,customer_name,is_hardship,volume_3m\nT1,难户,是,2000\n"
CONFIDENTIAL = """
[people.li]
name = "李娜"
role = "reviewer"
[people.boss]
name = "陈总"
role = "owner"
"""


@pytest.fixture
def tobacco(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace of shops, one of them in hardship with its file open."""
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    monkeypatch.setattr(RecordsDesk, "now", staticmethod(lambda: TODAY))
    place = Workspace.create(tmp_path / "tobacco")
    file = place.folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + CONFIDENTIAL, encoding="utf-8")
    (place.folder / "shops.csv").write_text(SHOPS, encoding="utf-8")
    place = Workspace.open(place.folder)
    graded(place, "tobacco.service-classes", "shops.csv")
    values = {"hardship": "老", "circumstances": "独居"}
    place.records.open("hardship_file", "T1", values, MONDAY)
    return place


async def test_sensitive_fields_are_masked_and_taken_over_unseen(tobacco: Workspace) -> None:
    async with records(tobacco) as pilot:
        await press(pilot, "enter")
        page = shown(pilot)
        assert "独居" not in page
        assert "Service rests on it, and ends when it is closed" in page
        await press(pilot, "e")
        assert answer(pilot, "circumstances") == ""
        await press(pilot, "tab", "tab", *"coal", "ctrl+s")
    (change,) = record(tobacco, 1).changes
    assert change.fields == {"needs": "coal"}
    assert record(tobacco, 1).fields["circumstances"] == "独居"


async def test_reading_what_is_sensitive_is_on_record_and_lists_tell_nothing(
    tobacco: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "boss")
    async with records(tobacco, (140, 40)) as pilot:
        assert "独居" not in shown(pilot)
        assert reads(tobacco) == []
        await press(pilot, "enter")
        assert "Circumstances: 独居" in shown(pilot)
        await press(pilot, "r")
        assert "Circumstances: 独居" in shown(pilot)
    assert reads(tobacco) == ["boss"]  # once a session


def reads(place: Workspace) -> list[str]:
    with place.human_input.ledger() as store:
        return [each.maker for each in store.events() if each.kind == "sensitive.read"]


async def test_the_form_of_a_file_says_what_service_waits_for_it(tobacco: Workspace) -> None:
    async with records(tobacco) as pilot:
        await press(pilot, "n", *"hardship", "enter", "enter")
        assert "Service starts once it is open" in shown(pilot)
