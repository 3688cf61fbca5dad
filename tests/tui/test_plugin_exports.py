"""Who is shown is written in a plugin's format too: its ending is told, and of two plugins one is chosen."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from screens import settle, text
from textual.pilot import Pilot

from conftest import Opened
from rung.errors import RungError
from rung.workspace import Workspace
from rung.workspace.grades_export import export_rows
from rung_tui.asking import AskText
from rung_tui.chooser import Chooser
from rung_tui.prompt import Prompt

sys.path.insert(0, str(Path(__file__).parents[1] / "panels"))

from laid_down import LayDown, lay_down, site

__all__ = ["lay_down", "site"]

IDS = """
def write(batches, file, about):
    ids = [each for batch in batches for each in batch["customer_id"]]
    file.write_text(" ".join(["{by}", about["policy"], str(about["customers"]), *ids]))
"""


async def write(pilot: Pilot[int], file: Path) -> None:
    """Type a file's name and have it written."""
    await pilot.press("e")
    for _round in range(60):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, AskText):
            break
    pilot.app.screen.query_one(Prompt).value = str(file)
    await pilot.press("enter")
    await settle(pilot)


async def until_there(pilot: Pilot[int], file: Path) -> str:
    """Wait for a file and return what is in it."""
    for _round in range(100):
        await pilot.pause(0.05)
        if file.exists():
            break
    return file.read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_a_plugins_ending_is_told_and_written_by_it(
    opened: Opened, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("ids", IDS.format(by="ids"), kind="exporters", endings=(".ids",))
    async with opened() as pilot:
        await pilot.press("slash", *"k000001", "enter", "s", *"customer", "down", "enter")
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert "Plugins write besides: .ids (A list)." in " ".join(text(pilot.app).replace("│", " ").split())
        await pilot.press("escape")
        await write(pilot, tmp_path / "out.ids")
        found = (await until_there(pilot, tmp_path / "out.ids")).split()
    assert found == ["ids", "bank.credit-tiers", "10", *(f"K00000{each}" for each in range(19, 9, -1))]


@pytest.mark.asyncio
async def test_where_two_plugins_write_an_ending_one_is_asked_which(
    opened: Opened, lay_down: LayDown, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        lay_down(name, IDS.format(by=name), kind="exporters", endings=(".ids",))
    async with opened() as pilot:
        await write(pilot, tmp_path / "out.ids")
        assert isinstance(pilot.app.screen, Chooser)
        assert "two · rung-two 1.2" in text(pilot.app)
        await pilot.press("down", "enter")
        assert (await until_there(pilot, tmp_path / "out.ids")).startswith("two bank.credit-tiers 240 ")
        await settle(pilot)
        await write(pilot, tmp_path / "other.ids")
        await pilot.press("escape")
        await settle(pilot)
    assert not (tmp_path / "other.ids").exists()


@pytest.mark.asyncio
async def test_a_plugin_that_fails_is_told_and_the_program_goes_on(
    opened: Opened, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("ids", "def write(batches, file, about):\n    1 / 0\n", kind="exporters", endings=(".ids",))
    async with opened(size=(120, 30)) as pilot:
        await write(pilot, tmp_path / "out.ids")
        for _round in range(60):
            await pilot.pause(0.05)
            if "ZeroDivisionError" in text(pilot.app):
                break
        assert "Plugin “ids” (rung-ids 1.2) failed: ZeroDivisionError" in text(pilot.app)
    assert list(tmp_path.glob("*out.ids*")) == []


def test_rows_of_a_run_are_written_in_their_order(
    workspace: Workspace, lay_down: LayDown, tmp_path: Path
) -> None:
    lay_down("ids", IDS.format(by="ids"), kind="exporters", endings=(".ids",))
    place = Workspace.open(workspace.folder)
    run = place.latest_by("bank.credit-tiers")
    now = datetime(2026, 7, 10, tzinfo=UTC)
    rows = pl.Series([4, 0], dtype=pl.UInt32)
    count = export_rows(place, run, rows, tmp_path / "out.ids", "en", now, lambda *_told: None)
    assert count == 2
    told = (tmp_path / "out.ids").read_text(encoding="utf-8")
    assert told == "ids bank.credit-tiers 2 K0000005 K0000001"
    with pytest.raises(RungError, match=r"or with a plugin's: .ids \(ids\)"):
        export_rows(place, run, None, tmp_path / "out.doc", "en", now, lambda *_told: None)
