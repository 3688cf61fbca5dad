"""Types of record that several sectors call alike are told apart; who is nowhere is told of which policy."""

from __future__ import annotations

import time
from typing import Any

import pytest
from records_shop import records, shown, told
from screens import press, settle

from rung.workspace import Workspace
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.sheet import Sheet

pytestmark = pytest.mark.asyncio


@pytest.fixture
def two_sectors(shop: Workspace) -> Workspace:
    """Return the shop, whose file names another sector besides that of its run."""
    file = shop.folder / "rung.toml"
    written = file.read_text(encoding="utf-8").replace('# sector = "bank"', 'sector = "tobacco"')
    file.write_text(written, encoding="utf-8")
    return Workspace.open(shop.folder)


async def test_a_new_record_names_the_sector_where_titles_are_the_same(two_sectors: Workspace) -> None:
    async with records(two_sectors, size=(140, 40)) as pilot:
        await press(pilot, "n")
        page = shown(pilot)
        assert "  Complaint · General customer management  " in page
        assert "  Complaint · Cigarette retail  " in page
        assert "  Hardship file  " in page
        assert "Hardship file ·" not in page
        await press(pilot, *"comp cig", "enter")
        assert "Complaint · Cigarette retail: about which customer?" in shown(pilot)


async def test_the_views_name_the_sector_where_titles_are_the_same(two_sectors: Workspace) -> None:
    async with records(two_sectors, size=(220, 24)) as pilot:
        views = shown(pilot).splitlines()[1:3]
        assert any("Complaint · General customer management" in each for each in views)
        assert any(" Survey " in each or " Satisfaction survey " in each for each in views)


async def test_who_is_not_to_be_found_is_told_where_that_was_looked_for(two_sectors: Workspace) -> None:
    async with records(two_sectors) as pilot:
        await press(pilot, "n", *"comp gen", "enter", *"C9", "enter")
        assert "There is no customer “C9” in the last run by: Tiers; or several" in shown(pilot)
        await press(pilot, "escape", "n", *"hardship", "enter", *"C8", "enter")
        page = " ".join(shown(pilot).replace("│", " ").split())
        assert "There is no customer “C8”: nobody of this sector has been graded yet." in page


async def test_a_page_that_cannot_be_shown_names_the_policy(shop: Workspace) -> None:
    async with records(shop) as pilot:
        pilot.app.screen.show_customer("C9", None)  # type: ignore[attr-defined]
        await settle(pilot)
        assert told(pilot)[-1] == "C9 is not in the last run by: Tiers."


async def test_what_is_typed_while_a_form_is_read_is_for_the_form(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = RecordsDesk.waiting

    def slowly(self: RecordsDesk, declared: Any) -> Any:
        time.sleep(0.3)
        return quick(self, declared)

    monkeypatch.setattr(RecordsDesk, "waiting", slowly)
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter")
        await pilot.press(*"C2", "enter", *"late")
        await settle(pilot)
        sheet = pilot.app.screen
        assert isinstance(sheet, Sheet)
        assert sheet.answers["subject"] == "late"
