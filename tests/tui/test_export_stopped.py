"""A file of customers being written: how far it is stands below the list, and Esc leaves no file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import settle, text
from textual.pilot import Pilot

from conftest import Opened
from rung.runs import formats
from rung_tui.asking import AskText
from rung_tui.prompt import Prompt

pytestmark = pytest.mark.asyncio


def slow_sheet(_frame: object, part: Path, _rows: int, tell: Callable[[int], None]) -> None:
    """Write for as long as nobody stops it, as a worksheet of a million rows does."""
    part.write_text("half", encoding="utf-8")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        tell(120)
        time.sleep(0.01)


async def begin(pilot: Pilot[int], file: Path) -> None:
    """Have the customers shown written to a file."""
    await pilot.press("e")
    for _round in range(100):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, AskText):
            break
    pilot.app.screen.query_one(Prompt).value = str(file)
    await pilot.press("enter")


async def until(pilot: Pilot[int], wanted: str) -> None:
    """Wait until something stands on the screen."""
    for _round in range(200):
        if wanted in text(pilot.app):
            return
        await pilot.pause(0.05)
    raise AssertionError(text(pilot.app))


async def test_esc_stops_a_long_export_and_leaves_no_file(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_write_sheet", slow_sheet)
    folder = tmp_path / "out"
    folder.mkdir()
    async with opened(size=(120, 30)) as pilot:
        await begin(pilot, folder / "all.xlsx")
        await until(pilot, "Writing all.xlsx 120/240 Esc stops")
        await pilot.press("e")  # a second one waits for its turn
        await until(pilot, "A file is being written")
        await pilot.press("down", "y", "escape")  # the list goes on, and copying does not end it
        assert "Writing all.xlsx" in text(pilot.app)
        await pilot.press("escape")
        await until(pilot, "The export was stopped: no file was written.")
        await settle(pilot)
        assert "Esc stops" not in text(pilot.app)
    assert list(folder.iterdir()) == []


async def test_the_program_ends_without_half_a_file(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_write_sheet", slow_sheet)
    folder = tmp_path / "out"
    folder.mkdir()
    async with opened(size=(120, 30)) as pilot:
        await begin(pilot, folder / "all.xlsx")
        await until(pilot, "Writing all.xlsx 120/240")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet", "jsonl"])
async def test_what_is_stopped_once_all_is_written_leaves_no_file_either(
    opened: Opened, tmp_path: Path, ending: str
) -> None:
    from datetime import UTC, datetime

    from rung.workspace.grades_export import export_rows
    from rung_tui.beside import StoppedError

    def stopped(_stage: str, done: int, whole: int | None) -> None:
        if done == whole:
            raise StoppedError

    file = tmp_path / f"all.{ending}"
    async with opened() as pilot:
        review = pilot.app.review_now  # type: ignore[attr-defined]
        run_id, place = review.manifest.run_id, review.workspace
        with pytest.raises(StoppedError):
            export_rows(place, run_id, None, file, "en", datetime(2026, 7, 4, tzinfo=UTC), stopped)
    assert not file.exists()
