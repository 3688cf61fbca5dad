"""The mode Records: lists narrowed, forms filled in, records worked on, alarms answered; nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from screens import lines, press, settle, without_notices
from textual.pilot import Pilot

from rung.errors import RungError
from rung.pipeline import GradeRequest
from rung.service.events.happening import Happened
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.sheet import Sheet
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"
CUSTOMERS = f"customer_id,customer_name,spent,account_manager\nC1,甲公司,500,East\nC2,{HOSTILE},5,East\n"
POLICY = """
schema = 1
id = "watch.tiers"
version = "3"
sector = "general"
title = { zh = "等级", en = "Tiers" }
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 80 } }

[roles]
keeper = { zh = "客户经理", en = "Keeper" }
chief = { zh = "总监", en = "Chief" }

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]

[correction]
approval = { up = "none", down = "none" }

[[alarms]]
id = "unhappy"
title = { zh = "大客户不满意", en = "A big customer is unhappy" }
on = "surveys"
when = { score = "< 60" }
reason = { zh = "得分低", en = "A low score" }
duties = [
    { by = "keeper", within = "2h", channel = "phone", text = { zh = "致电", en = "Call" } },
    { by = "keeper", within = "2d", text = { zh = "书面答复", en = "Write" } },
]
escalate_after = "1h"
escalate_to = "chief"
"""
PEOPLE = """
[people.li]
name = "李娜"
role = "reviewer"

[people.chen]
name = "陈总"
role = "approver"

[people.guest]
name = "Guest"
role = "viewer"
"""
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
TODAY = MONDAY + timedelta(days=20)


def shop_of(folder: Path, more: str = "") -> Workspace:
    """Make a workspace in Chinese time with two customers and a policy that listens."""
    Workspace.create(folder)
    file = folder / "rung.toml"
    calendar = '\n[calendar]\ntimezone = "Asia/Shanghai"\n'
    file.write_text(file.read_text(encoding="utf-8") + calendar + more, encoding="utf-8")
    (folder / "policies/tiers.toml").write_text(POLICY, encoding="utf-8")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    place = Workspace.open(folder)
    graded(place, "watch.tiers", "customers.csv")
    return place


def graded(place: Workspace, policy: str, source: str) -> None:
    request = GradeRequest(
        source=place.folder / source,
        policy=place.shelf.find(policy),
        as_of=date(2026, 2, 1),
        created_at=datetime(2026, 2, 1, tzinfo=SHANGHAI),
    )
    place.grade(request, lambda *_told: None)


@pytest.fixture(scope="module")
def shop_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the shop once: to grade and to open records takes longer than to copy what came of it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("rung.workspace.human_input.account", lambda: "li")
        place = shop_of(tmp_path_factory.mktemp("shops") / "shop", PEOPLE)
        complain(place, "C1", MONDAY)
        visit = {"purpose": "年度走访", "planned_on": "2026-03-25"}
        place.records.open("visit_plan", "C1", visit, MONDAY)
        closed = complain(place, "C1", MONDAY)
        place.records.change(closed, MONDAY, state="settled")
        complain(place, "C2", TODAY - timedelta(days=1))
    return place.folder


@pytest.fixture
def shop(shop_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace with three open records, one of them late, and a closed one."""
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    monkeypatch.setattr(RecordsDesk, "now", staticmethod(lambda: TODAY))
    return Workspace.open(Path(shutil.copytree(shop_once, tmp_path / "shop")))


def complain(place: Workspace, customer: str, at: datetime) -> str:
    return place.records.open("complaint", customer, {"subject": "少送一条"}, at).records[0].id


@asynccontextmanager
async def records(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the records."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("R")
        await settle(pilot)
        yield pilot


def shown(pilot: Any) -> str:
    return "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"


def records_of(place: Workspace, customer: str) -> list[tuple[str, str]]:
    with place.human_input.ledger() as store:
        return [(each.id, each.state) for each in store.records() if each.customer_id == customer]


def record(place: Workspace, number: int) -> Any:
    with place.human_input.ledger() as store:
        return store.record(number)


def answer(pilot: Any, name: str) -> str:
    sheet = pilot.app.screen
    assert isinstance(sheet, Sheet)
    return sheet.answers[name]


def told(pilot: Any) -> list[str]:
    return [each.message for each in pilot.app._notifications]


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


async def test_a_record_is_written_without_the_mouse_and_opened(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", *"C2", "enter")
        assert "New record · Complaint  C2" in shown(pilot)
        await press(pilot, *"late", "enter", *"again", "tab", "2", "ctrl+s")
        await without_notices(pilot)
        assert " 3/4" in shown(pilot)
        assert told(pilot)[-2:] == [
            "R6 of C2 is open: Complaint. To be closed by 2026-04-03.",
            "C2 had an open record of this type already.",
        ]
    assert record(shop, 6).fields == {"subject": "late\nagain", "cause": "delivery"}


async def test_every_mistake_stands_at_its_field_at_once(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"survey", "enter", "enter")
        await press(pilot, *"soon", "tab", *"101", "ctrl+s")
        page = shown(pilot)
        assert "fields to mend: 2" in page
        assert "“soon” is no date" in page
        assert "100" in page
        # The first of them has the keys; what was typed stands.
        assert (answer(pilot, "asked_on"), answer(pilot, "score")) == ("soon", "101")
        assert pilot.app.focused.id == "ask-asked_on"  # type: ignore[union-attr]
        await press(pilot, *["backspace"] * 4, *"2026年3月20日", "tab", "backspace", "ctrl+s")
    assert record(shop, 6).fields == {"asked_on": "2026-03-20", "score": "10"}


async def test_what_is_needed_is_told_and_nothing_recorded(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", "ctrl+s")
        assert "✗ This is needed." in shown(pilot)
    assert [each for each, _state in records_of(shop, "C1")] == ["R1", "R2", "R3"]


async def test_what_was_typed_stays_until_it_is_recorded_or_thrown_away(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half", "escape")
        assert "Forms of records begun and not recorded: 1" in shown(pilot)
        await press(pilot, "escape", "R", "n")
        assert "begun, not recorded" in shown(pilot)
        await press(pilot, "enter")
        assert answer(pilot, "subject") == "half"
        await press(pilot, "f9", "down", "enter")
        assert "begun" not in shown(pilot)
        await press(pilot, "n", *"comp", "enter", "enter")
        assert answer(pilot, "subject") == ""


async def test_a_refusal_keeps_what_was_typed(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: Any) -> None:
        raise RungError.of("The ledger is away.")

    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half")
        with monkeypatch.context() as away:
            away.setattr(RecordsDesk, "open", refused)
            await press(pilot, "ctrl+s")
        assert "✗ The ledger is away." in shown(pilot)
        assert answer(pilot, "subject") == "half"
        await press(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, Sheet)
    assert record(shop, 6).fields == {"subject": "half"}


async def test_nobody_is_guessed_and_who_is_unknown_is_told(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", *"C9", "enter")
        assert "There is no customer “C9”" in shown(pilot)
        await press(pilot, *["backspace"] * 2, *"甲公")
        assert "▸ C1  甲公司" in shown(pilot)


async def test_a_record_is_moved_on_with_a_note_and_another_day_and_put_back(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "2", *"on it", "tab", *"2026/4/1", "ctrl+s")
        page = shown(pilot)
        assert "[2 In hand]" in page
        assert "To be closed by: 2026-04-01  10 d left" in page
        assert "Received → In hand; to be closed by 2026-04-01" in page
        moved = record(shop, 1)
        assert (moved.state, moved.due) == ("in_hand", date(2026, 4, 1))
        await press(pilot, "u")
        assert "[1 Received]" in shown(pilot)
    back = record(shop, 1)
    assert (back.state, back.due) == ("received", date(2026, 3, 17))


async def test_a_day_that_is_none_and_a_move_that_is_none_are_told(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "m", "ctrl+s")
        assert "✗ It would stay as it is." in shown(pilot)
        await press(pilot, "tab", "tab", *"soon", "ctrl+s")
        assert "“soon” is neither a day nor a span" in shown(pilot)
        await press(pilot, *["backspace"] * 4, *"2020-01-01", "ctrl+s")
        assert "2020-01-01 is before 2026-03-02" in shown(pilot)
        await press(pilot, "shift+tab", "shift+tab", "3", "ctrl+s")
        assert "R1 would not be open" in shown(pilot)
    assert record(shop, 1).changes == ()


async def test_fields_are_changed_and_only_what_differs_is_recorded(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "e", "end", *"!", "tab", "3", "ctrl+s")
        assert "Subject: 少送一条!" in shown(pilot)
        assert "Cause: Price" in shown(pilot)
        (change,) = record(shop, 1).changes
        assert change.fields == {"subject": "少送一条!", "cause": "price"}
        await press(pilot, "e", "tab", "backspace", "ctrl+s")
    assert record(shop, 1).changes[-1].fields == {"cause": None}


async def test_a_slip_is_taken_back_with_a_reason(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "w", *"double", "enter")
        assert "withdrawn" in shown(pilot)
        await press(pilot, "escape")
        await without_notices(pilot)
        assert " 1/2" in shown(pilot)
        await press(pilot, "s", *"taken", "enter")
        assert "R1" in shown(pilot)
    last = record(shop, 1)
    assert (last.state, last.changes[-1].note) == ("withdrawn", "double")


async def test_what_was_done_last_is_undone_from_the_list(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "enter", "2", "ctrl+s", "escape", "u")
        assert record(shop, 1).state == "received"
        await press(pilot, "n", *"comp", "enter", "enter", *"slip", "ctrl+s", "u", "enter")
        assert dict(records_of(shop, "C1"))["R8"] == "withdrawn"


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


async def test_who_may_look_only_is_told_so_and_what_was_typed_stays(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "guest")
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half", "ctrl+s")
        assert "Guest (guest) may look, not keep records." in shown(pilot)
        assert answer(pilot, "subject") == "half"


async def test_a_choice_is_picked_and_let_go_by_the_mouse(shop: Workspace) -> None:
    async with records(shop, (140, 40)) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter")
        box = pilot.app.screen.query_one("#ask-cause")
        await pilot.click(box, offset=(4, 0))
        assert answer(pilot, "cause") == "product"
        await pilot.click(box, offset=(4, 0))
        assert answer(pilot, "cause") == ""
        await pilot.click(box, offset=(18, 0))
        assert answer(pilot, "cause") == "delivery"


async def test_a_wide_screen_shows_the_record_under_the_cursor_beside_the_list(shop: Workspace) -> None:
    async with records(shop, (140, 40)) as pilot:
        assert "R1  Complaint  C1" in shown(pilot)
        assert "Subject: 少送一条" in shown(pilot)
        await press(pilot, "down")
        assert "R5  Complaint  C2" in shown(pilot)


# Alarms


@pytest.fixture
def alarmed(shop: Workspace) -> Workspace:
    """Return the workspace with two alarms: one with an hour left, one long late and to be handed up."""
    happened = [
        Happened(
            customer_id=customer, at=TODAY - timedelta(hours=hours), values={"score": "30"}, key=customer
        )
        for customer, hours in (("C1", 1), ("C2", 5))
    ]
    shop.events.add("surveys", happened, TODAY)
    return shop


async def test_alarms_show_the_time_left_and_who_is_late_comes_first(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a")
        page = shown(pilot)
        assert "a Records" in lines(pilot.app)[-1]
        assert page.index("3 h late") < page.index("60 min left")
        assert "Handed up now, for nobody answered in time: W9." in page
        await press(pilot, "l")
        assert " 1/1  late 1" in shown(pilot)


async def test_an_alarm_is_answered_and_closed(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a", "enter", "a", "tab", *"called him", "ctrl+s")
        assert "李娜, 2026-03-22 10:00: called him" in shown(pilot)
        await press(pilot, "x", "tab", "tab", *"settled", "ctrl+s")
        assert "Duties that wait to be answered: 1" in shown(pilot)
        await press(pilot, "2", "tab", *"fine", "ctrl+s")
        page = shown(pilot)
        assert "Closed by 李娜 on 2026-03-22 10:00: settled" in page
        assert "What came of it: fine" in page
        assert "a Answer" not in page
        await press(pilot, "escape")
        await without_notices(pilot)
        assert " 1/1" in shown(pilot)
        await press(pilot, "s", "down", "down", "enter")
        assert "W9" in shown(pilot)
    alarm = alarmed.alarms.alarm("W9")
    assert alarm.closing is not None
    assert alarm.duties[0].answer is not None


async def test_an_answer_says_something_and_what_was_typed_stays(alarmed: Workspace) -> None:
    async with records(alarmed) as pilot:
        await press(pilot, "a", "enter", "a", "ctrl+s")
        assert "✗ This is needed." in shown(pilot)
        await press(pilot, *"half", "escape", "a")
        assert answer(pilot, "note") == "half"


# What is not for everybody, and what starts with a record

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
