"""The lists of the mode Records: what is late first, narrowed, counted, in time, beside their records."""

from __future__ import annotations

import pytest
from records_shop import records, shown
from screens import press

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio

EN = """\
 Rung  a[Records] Alarms                                                   中文
 m[All] Mine  l Late only  s[Still open]  t[Every type] Visit plan
  Due        Late      Record Type       Customer Name           State    Cause
▸ 2026-03-17 5 d late  R1     Complaint  C1       甲公司         Received
  2026-04-03 12 d left R5     Complaint  C2       坏[31m[b]人👨… Received
                       R2     Visit plan C1       甲公司         Planned
"""
PAGE = """\
 Rung  Records  R1  Complaint  C1  甲公司                                  中文
 State  [1 Received] 2 In hand  3 Settled ■
 To be closed by: 2026-03-17  5 d late
 Seen to by: Sales representative

 Subject: 少送一条

 ── What was done with it ─────────────────────────────────────────────────────
"""


async def test_what_is_late_comes_first_and_closed_ones_are_left_out(shop: Workspace) -> None:
    async with records(shop) as pilot:
        assert shown(pilot).startswith(EN)
        assert " 1/3  late 1" in shown(pilot)


async def test_the_list_and_the_page_are_drawn_in_chinese(shop: Workspace) -> None:
    async with records(shop, language="zh") as pilot:
        assert "投诉处理单" in shown(pilot)
        assert "逾期5天" in shown(pilot)
        await press(pilot, "enter")
        assert "状态  [1 已受理] 2 处理中  3 已办结 ■" in shown(pilot)
        assert "投诉内容：少送一条" in shown(pilot)
        await press(pilot, "f8")
        assert shown(pilot).startswith(PAGE)


async def test_a_list_is_narrowed_by_type_state_customer_lateness_and_whose(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "t", *"plan", "enter")
        assert " 1/1" in shown(pilot)
        assert "R2" in shown(pilot)
        await press(pilot, "t", *"complaint", "enter", "s", *"settled", "enter")
        assert "s[Settled]" in shown(pilot)
        assert "R3" in shown(pilot)
        assert "R1" not in shown(pilot)
        await press(pilot, "s", "enter", "s", *"all", "enter", "t", *"every", "enter", "l")
        assert " 1/1  late 1" in shown(pilot)
        await press(pilot, "l", "/", *"C2", "enter")
        assert "Customer C2 ✗" in shown(pilot)
        assert " 1/1" in shown(pilot)
        await press(pilot, "escape", "m")
        assert " 1/4  late 1" in shown(pilot)


async def test_a_state_of_another_type_is_let_go_with_the_type(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "t", *"complaint", "enter", "s", *"settled", "enter", "t", *"plan", "enter")
        assert "s[Still open]" in shown(pilot)
        assert "R2" in shown(pilot)


async def test_a_customers_records_are_told_in_time_newest_first(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "h")
        page = shown(pilot)
        assert "Records of C1 in time, newest first" in page
        assert page.index("R3  Complaint  Received → Settled") < page.index("R1  Complaint  opened")


async def test_records_are_counted_by_period_and_cause(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "c", *"complaint", "enter")
        page = shown(pilot)
        assert "Complaint, opened 2026-03-01 to 2026-03-22: 3, still open 2" in page
        assert "2026-03 *" in page
        assert "By Cause" in page
        await press(pilot, "p")
        assert "2026-Q1 *" in shown(pilot)


async def test_a_wide_screen_shows_the_record_under_the_cursor_beside_the_list(shop: Workspace) -> None:
    async with records(shop, (140, 40)) as pilot:
        assert "R1  Complaint  C1" in shown(pilot)
        assert "Subject: 少送一条" in shown(pilot)
        await press(pilot, "down")
        assert "R5  Complaint  C2" in shown(pilot)
