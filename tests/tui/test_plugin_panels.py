"""Panels of plugins on a customer's page: asked once it stands, in their section, drawn as it is."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from screens import lines, settle, text
from textual.pilot import Pilot

from conftest import Opened, review_of
from rung.text import Language, display_width
from rung.workspace import Workspace, panel_calls
from rung_tui.app import ReviewApp
from rung_tui.customer.panels import panels, panels_asked
from rung_tui.customer.screen import CustomerScreen
from rung_tui.drawn import plain
from rung_tui.language import speak
from rung_tui.review import Review

sys.path.insert(0, str(Path(__file__).parents[1] / "panels"))

from laid_down import LayDown, lay_down, site

__all__ = ["lay_down", "site"]

Compare = Callable[..., bool]

STAYS = """
def show(seen):
    rows = (
        PanelRow(
            Text("今年入住", "Nights this year"),
            Text("42 晚", "42 nights"),
            Text("去年 31 晚", "31 last year"),
            Tone.GOOD,
        ),
        PanelRow(Text("投诉", "Complaints"), "3", None, Tone.BAD),
        PanelRow(Text("客户", "Customer"), f"{seen.customer_id} {seen.sector}", None, Tone.MUTED),
    )
    points = tuple((f"2026-{month:02}", month * month) for month in range(1, 13))
    return PanelData(rows=rows, chart=PanelChart(points=points, is_line=True))
"""
SPENT = """
def show(seen):
    food, rooms = (Text("餐饮", "Food"), 1250000.5), (Text("客房", "Rooms"), 620000)
    return PanelData(chart=PanelChart(points=(food, rooms, (Text("退款", "Refunds"), -1200)), unit="元"))
"""


@pytest.fixture
def stays(lay_down: LayDown) -> Path:
    """Lay down a panel with rows of every tone and a line."""
    return lay_down("stays", STAYS, kind="panels", zh="入住情况", en="Stays")


async def to_page(pilot: Pilot[int]) -> None:
    """Open the first customer's page."""
    await pilot.press("enter")
    await settle(pilot)
    assert isinstance(pilot.app.screen, CustomerScreen)


@pytest.mark.asyncio
@pytest.mark.usefixtures("stays")
async def test_a_panel_is_a_section_a_key_away(opened: Opened) -> None:
    async with opened() as pilot:
        await to_page(pilot)
        assert lines(pilot.app)[-2].split("8 Grades")[1].strip() == "9 Panels"
        await pilot.press("9")
        await settle(pilot)
        shown = text(pilot.app)
        assert "── Stays · rung-stays 1.2 ──" in shown
        assert "✓ Nights this year  42 nights  31 last year" in shown
        assert "✗ Complaints        3" in shown
        assert "  Customer          K0000001 bank" in shown
        assert "144┤" in shown
        assert "2026-12" in shown


@pytest.mark.asyncio
@pytest.mark.usefixtures("stays")
async def test_another_language_is_spoken_at_once(opened: Opened) -> None:
    async with opened() as pilot:
        await to_page(pilot)
        await pilot.press("9", "f8")
        await settle(pilot)
        assert "── 入住情况 · rung-stays 1.2 ──" in text(pilot.app)
        assert "✓ 今年入住  42 晚  去年 31 晚" in text(pilot.app)


@pytest.mark.asyncio
async def test_without_panels_no_section_speaks_of_them(opened: Opened) -> None:
    async with opened() as pilot:
        await to_page(pilot)
        assert lines(pilot.app)[-2].rstrip().endswith("8 Grades")
        await pilot.press("9")
        await settle(pilot)
        assert pilot.app.is_running


@pytest.mark.asyncio
async def test_the_page_stands_while_a_panel_is_waited_for(
    opened: Opened, lay_down: LayDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_calls, "_PATIENCE", 30.0)
    flag = tmp_path / "go on"
    waits = f"""
import pathlib, time
def show(seen):
    while not pathlib.Path({str(flag)!r}).exists():
        time.sleep(0.02)
    return PanelData(rows=(PanelRow(Text("编号", "Id"), seen.customer_id),))
"""
    lay_down("slow", waits, kind="panels")
    async with opened() as pilot:
        await pilot.press("enter")
        for _round in range(100):
            await pilot.pause(0.05)
            if "Reasons" in text(pilot.app):
                break
        assert "── Reasons" in text(pilot.app)
        assert "9 Panels" not in text(pilot.app)
        await pilot.press(".")  # another customer is not kept waiting
        for _round in range(100):
            await pilot.pause(0.05)
            if "K0000002" in text(pilot.app):
                break
        assert "K0000002" in text(pilot.app)
        flag.touch()
        await settle(pilot)
        assert "9 Panels" in text(pilot.app)


@pytest.mark.asyncio
async def test_who_is_late_or_fails_is_told_in_its_place(
    opened: Opened, lay_down: LayDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_calls, "_PATIENCE", 0.3)
    lay_down("bad", "def show(seen):\n    raise SystemExit('gone')\n", kind="panels", en="Broken")
    lay_down("slow", "import time\ndef show(seen):\n    time.sleep(3)\n", kind="panels", en="Slow")
    async with opened() as pilot:
        await to_page(pilot)
        await pilot.press("9")
        await settle(pilot)
        shown = text(pilot.app)
        assert "── Broken · rung-bad 1.2 ──" in shown
        assert "! Plugin “bad” (rung-bad 1.2) failed: SystemExit: gone" in shown
        assert "! Plugin “slow” (rung-slow 1.2) gave no answer within 0.3 s." in shown


@pytest.mark.asyncio
async def test_panels_are_asked_off_the_thread_of_the_screen(opened: Opened, lay_down: LayDown) -> None:
    show = """
import threading
def show(seen):
    return PanelData(rows=(PanelRow(Text("线程", "Thread"), threading.current_thread().name),))
"""
    lay_down("thread", show, kind="panels")
    async with opened() as pilot:
        await to_page(pilot)
        await pilot.press("9")
        await settle(pilot)
        assert "Thread  panel-thread" in text(pilot.app)
        assert threading.current_thread().name not in text(pilot.app)


@pytest.mark.asyncio
async def test_beside_the_queue_nobody_is_asked(opened: Opened, stays: Path) -> None:
    async with opened(size=(140, 40)) as pilot:
        await settle(pilot)
        assert "Stays" not in text(pilot.app)
        assert stays.stem not in sys.modules


@pytest.mark.parametrize("width", [30, 46, 78, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.asyncio
async def test_no_line_of_a_panel_is_wider_than_the_pane(
    workspace: Workspace, lay_down: LayDown, width: int, language: Language
) -> None:
    speak(language)
    lay_down("long", STAYS.replace('"3"', '"三" * 200'), kind="panels", zh="很长" * 80, en="Long " * 80)
    lay_down("spent", SPENT, kind="panels")
    review = review_of(Workspace.open(workspace.folder))
    try:
        told = review.tell(0)
        told = replace(told, panels=await panels_asked(review, told))
    finally:
        review.close()
    drawn = panels(told, width)
    assert len(drawn) > 15
    assert max(display_width(plain(line)) for line in drawn) <= width


def test_a_page_with_panels(
    snap_compare: Compare, workspace: Workspace, lay_down: LayDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Review, "today", staticmethod(lambda: date(2026, 7, 10)))
    lay_down("stays", STAYS, kind="panels", zh="入住情况", en="Stays")
    lay_down("spent", SPENT, kind="panels", zh="消费构成", en="Spending")
    lay_down("torn", "def show(seen):\n    return 7\n", kind="panels", zh="坏面板", en="Torn")

    async def opened(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in ("enter", "enter", "enter", "9"):
            await pilot.press(key)
            await settle(pilot)

    app = ReviewApp(review_of(workspace), "zh")
    assert snap_compare(app, terminal_size=(140, 40), run_before=opened)
