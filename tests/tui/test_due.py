"""The mode Due: contacts logged and taken back, a batch called through, lists narrowed; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from screens import lines, text
from textual.pilot import Pilot

from conftest import settle
from rung.errors import RungError
from rung.pipeline import GradeRequest
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.due.desk import DueDesk
from rung_tui.due.screen import DueScreen
from rung_tui.language import _, speak
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"
NOW = datetime.now(UTC)
AT = NOW - timedelta(days=60)
DAY = AT.date()
CALENDAR = '[calendar]\ncountry = "none"\ntimezone = "UTC"\nroll = "none"\n'
HEAD = "customer_id,customer_name,phone_status,acceptance,need,intention,owner_id\n"


EN = """\
 Rung  Due  Call list of a repair shop  YYYY-MM-DD                         中文
 m[All] Mine  w[Today] 7 d  30 d  t[Every kind 21] contact 21
  Due        Late               Customer Name              Grade What
  YYYY-MM-DD ✓ Accepts us, no … C01      坏[31m[b]人👨👩👧 A→B   Followed up o…┃
▸ YYYY-MM-DD 45 d late          C02      客户02            B     Twice a month…
  YYYY-MM-DD 45 d late          C03      客户03            B     Twice a month…
  YYYY-MM-DD 45 d late          C04      客户04            B     Twice a month…
─C02  客户02  B, to be won──────────────────────────────────────────────────────
 K2 C01: Accepts us, no need now. Grade: A → B. Next contact: YYYY-MM-DD
 ▸ One letter logs it:                        Say: Hello, this is … from the
   s Coming soon         f A friend runs a s…   repair shop. Do you drive much,
   n Accepts us, no ne…  z Trusts the 4S dea…   how many kilometres by now?
   l Perhaps later       r Will not come        When is the next service due?
   h Hard to talk to     i Has come in          And what could we have done
   p Person in charge …  c Car sold             better when you were here?
   g Under warranty      m Never in town      due YYYY-MM-DD  45 d late  Twice
   u Car seldom used     x No answer            a month: use of the car, next
   t Seldom in town      v Data to be verifi…   service date; probe his
   k Prepaid at a 4S d…  w Wrong number         impression of us, build trust
   o Prepaid at anothe…  d Dead number        Why: Knows and accepts us, no
 Note      what was said                 Next on  a day, or 3d
 Minutes           A fact   FIELD=VALUE, if you learned one
 2/21  late 21  Calls: 1, reached 1, skipped 0, taken back 0.  Owed by: Caller
 Enter Note  S Skip  U Take back  H History  Q Stop  ^P Actions  F1 Keys
"""
ZH = """\
 Rung  到期  来车台次电访名单  YYYY-MM-DD                               English
 m[全部] 我的  w[今天] 7天  30天  t[全部类型 21] 联系 21
  到期       逾期             客户 名称              等级 事项
  YYYY-MM-DD ✓ 认可，暂无需求 C01  坏[31m[b]人👨👩👧 A→B  每周跟进一次，问候并…┃
▸ YYYY-MM-DD 逾期45天         C02  客户02            B    每月两次：了解用车情…
  YYYY-MM-DD 逾期45天         C03  客户03            B    每月两次：了解用车情…
  YYYY-MM-DD 逾期45天         C04  客户04            B    每月两次：了解用车情…
─C02  客户02  B类 认可待争取────────────────────────────────────────────────────
 K2 C01：认可，暂无需求。等级：A → B。下次联系：YYYY-MM-DD
 ▸ 按一个字母即登记：                         话术：您好，我是××修理厂的。车最
   s 近期来店            f 朋友开修理店         近用得多吗，跑了多少公里？下次
   n 认可，暂无需求      z 信赖4S店，明确不来   保养大概什么时候？上次来店的服
   l 以后再说            r 明确不来             务，您觉得有哪里可以做得更好？
   h 难以沟通            i 已来店             YYYY-MM-DD到期  逾期45天  每月两
   p 未找到负责人        c 车已卖               次：了解用车情况、下次保养日
   g 车在保              m 已不在本地           期，探询对我们的印象，建立信任
   u 车很少用            x 未接通             原因：了解并认可我们，目前没有需
   t 很少在本地          v 资料待核实           求
   k 在4S店有储值        w 打错，非本人
   o 在别的店有储值      d 空号
 备注      谈了什么                      下次     日期或 3d
 分钟              获知     字段=值，有新情况时填
 2/21  逾期 21  拨打1次，联系上1，跳过0，撤回0。  责任岗位：电访员
 Enter 备注  S 跳过  U 撤回  H 历史  Q 停止  ^P 操作  F1 按键
"""


def calls(count: int) -> str:
    """Return call sheets: the first will come soon, the others accept the shop and need nothing now."""
    rows = [f"C01,{HOSTILE},reached,accepts,known,soon,East"]
    rows += [
        f"C{n:02},客户{n:02},reached,accepts,none_now,,{'West' if n % 2 else 'East'}"
        for n in range(2, count + 1)
    ]
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """Return a repair shop's workspace: twenty-one customers, all to be called long since."""
    return shop_of(tmp_path / "shop", calls(21))


def shop_of(folder: Path, sheets: str, as_of: date = DAY, at: datetime = AT) -> Workspace:
    """Make a workspace and grade its customers by the call list."""
    folder.mkdir()
    workspace = with_file(Workspace.create(folder), CALENDAR)
    (folder / "calls.csv").write_text(sheets, encoding="utf-8")
    return graded(workspace, as_of, at)


def with_file(workspace: Workspace, after: str, before: str = "") -> Workspace:
    """Return a workspace with more in its file."""
    file = workspace.folder / "rung.toml"
    file.write_text(before + file.read_text(encoding="utf-8") + after, encoding="utf-8")
    return Workspace.open(workspace.folder)


def graded(workspace: Workspace, as_of: date = DAY, at: datetime = AT) -> Workspace:
    """Grade the customers of a workspace."""
    policy = workspace.shelf.find("auto4s.call-list")
    source = workspace.folder / "calls.csv"
    request = GradeRequest(source=source, policy=policy, as_of=as_of, created_at=at)
    workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


@asynccontextmanager
async def due(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it what is due."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await done(pilot)
        yield pilot


async def done(pilot: Any) -> None:
    """Wait until nothing is being read or recorded."""
    for _round in range(200):
        await pilot.pause(0.03)
        screens = [screen for screen in pilot.app.screen_stack if isinstance(screen, DueScreen)]
        if not pilot.app.is_running or all(not s.status.work and not s.pane.is_busy for s in screens):
            break
    await pilot.pause()


async def press(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await done(pilot)


def field(pilot: Any, name: str) -> str:
    value: str = pilot.app.screen_stack[-1].query_one(f"#{name}").value
    return value


def pane_title(pilot: Any) -> str:
    return str(pilot.app.screen.pane.border_title)


def undated(pilot: Any) -> str:
    """Return the screen with every day written as a pattern."""
    shown = "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"
    return re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD", shown)


def contacts(workspace: Workspace, customer: str) -> list[str]:
    return [each.outcome for each in workspace.contacts.of(customer)]


async def test_a_letter_logs_a_contact_and_tells_the_grade_before_and_after(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z")
        assert "K" in text(pilot.app)
        assert "Grade: A → D" in text(pilot.app)
        assert "C02" in text(pilot.app)
    assert contacts(shop, "C01") == ["goes_to_dealer"]


async def test_a_batch_of_twenty_is_called_through_without_the_mouse(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", *"n" * 20)
        assert "C21" in pane_title(pilot)
        assert "Calls: 20, reached 20, skipped 0, taken back 0." in text(pilot.app)
        assert " 21/21 " in text(pilot.app)
        await press(pilot, "x")
        assert "That was the last. U takes the last call back." in text(pilot.app)
    assert contacts(shop, "C20") == ["no_need_now"]
    assert contacts(shop, "C21") == ["no_answer"]


async def test_a_customer_is_skipped_and_nothing_is_logged(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "S", "space", "s")
        assert "C04" in pane_title(pilot)
    assert [contacts(shop, each) for each in ("C01", "C02", "C03")] == [[], [], ["coming_soon"]]


async def test_the_last_contact_is_taken_back_for_the_usual_reason_or_another(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "U")
        assert "Why is K3 of C01 taken back?" in text(pilot.app)
        assert "slip of the key" in text(pilot.app)
        await press(pilot, *"other car", "enter")
        shown = text(pilot.app)
        assert "K3 of C01 is taken back; it stays on record." in shown
        assert "Grade: D → A" in shown
        assert "C01" in pane_title(pilot)
        assert "✓" not in shown
        await press(pilot, "U")
        assert "Why is" not in text(pilot.app)
    assert contacts(shop, "C01") == []
    (withdrawn,) = (each for each in shop.contacts.history("C01").entries if each.kind == "contact.withdrawn")
    assert withdrawn.payload["reason"] == "other car"


async def test_a_refusal_to_take_back_keeps_the_reason_and_the_contact(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: Any) -> None:
        raise RungError.of("The ledger is away.")

    async with due(shop) as pilot:
        await press(pilot, "l", "n")
        with monkeypatch.context() as away:
            away.setattr(DueDesk, "undo", refused)
            await press(pilot, "U", *"slipped", "enter")
            assert "✗ The ledger is away." in text(pilot.app)
        await press(pilot, "U")
        assert "slipped" in text(pilot.app)
        await press(pilot, "enter")
    assert contacts(shop, "C01") == []


async def test_a_note_and_a_day_go_with_the_contact(shop: Workspace) -> None:
    day = NOW.date() + timedelta(days=3)
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "enter", *"3d", "enter", *"5", "enter")
        await press(pilot, "enter", "s")
        assert f"Next contact: {day}" in text(pilot.app)
        assert field(pilot, "note") == ""
        assert pilot.app.due.begun == 0  # type: ignore[attr-defined]
    (contact,) = shop.contacts.of("C01")
    assert (contact.text, contact.next_on, contact.minutes, contact.channel) == ("busy", day, 5, "phone")


async def test_a_contact_refused_keeps_what_was_typed(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "enter", *"2020-01-01", "escape", "s")
        assert "✗ The next contact would be on 2020-01-01, which is past." in text(pilot.app)
        assert (field(pilot, "note"), field(pilot, "next")) == ("busy", "2020-01-01")
        assert "C01" in pane_title(pilot)
        await press(pilot, "b")
        assert "No outcome has the key “b”." in text(pilot.app)
        await press(pilot, "Q", "escape", "d", "l")
        assert (field(pilot, "note"), field(pilot, "next")) == ("busy", "2020-01-01")
    assert contacts(shop, "C01") == []


async def test_everything_that_cannot_be_read_is_said_at_once(shop: Workspace) -> None:
    async with due(shop, (140, 40)) as pilot:
        await press(pilot, "l", "enter", "enter", *"soon", "enter", "x", "enter", *"need", "enter", "s")
        shown = text(pilot.app)
        assert "“soon” is neither a day nor a span" in shown
        assert "“x” is no number of minutes." in shown
        assert "“need” says no value of a field." in shown


async def test_what_is_no_refusal_keeps_what_was_typed_too(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(DueDesk, "log", broken)
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "escape", "s")
        assert "✗ Nothing was recorded: OSError: disk full" in text(pilot.app)
        assert field(pilot, "note") == "busy"


async def test_whoever_may_only_look_is_told_so(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    people = '[people.li]\nname = "李"\nrole = "viewer"\n[people.wang]\nname = "王"\nrole = "owner"\n'
    shop = with_file(shop, people)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    async with due(shop) as pilot:
        await press(pilot, "l", "s")
        assert "✗ 李 (li) may look, not log contacts." in text(pilot.app)
    assert contacts(shop, "C01") == []


async def test_whom_a_colleague_called_meanwhile_is_passed_over(shop: Workspace) -> None:
    from rung.service.contacts import ContactSaid

    async with due(shop) as pilot:
        shop.contacts.log("C02", ContactSaid(outcome="i"), datetime.now(UTC))
        await press(pilot, "l", "n")
        assert "C03" in pane_title(pilot)
        assert any("✓" in each and "C02" in each for each in lines(pilot.app))


async def test_nothing_due_is_said_and_no_contact_is_asked_for(tmp_path: Path) -> None:
    fresh = shop_of(tmp_path / "fresh", calls(2), as_of=NOW.date(), at=datetime.now(UTC))
    async with due(fresh) as pilot:
        assert "Nothing is due." in text(pilot.app)
        await press(pilot, "l", "enter", "U", "t")
        assert not pilot.app.screen.is_logging  # type: ignore[attr-defined]
        await press(pilot, "w")
        assert "C01" in text(pilot.app)
        await press(pilot, "w", "w")
        assert "Nothing is due." in text(pilot.app)


async def test_a_workspace_without_promises_says_why_nothing_is_due(workspace: Workspace) -> None:
    async with due(workspace) as pilot:
        assert "Nothing is due." in text(pilot.app)
        assert "only suggested" in text(pilot.app)


async def test_the_list_is_narrowed_to_ones_own(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    people = '[people.li]\nname = "李"\nrole = "reviewer"\nportfolio = ["West"]\n'
    people += '[people.wang]\nname = "王"\nrole = "owner"\n'
    shop = graded(with_file(shop, people, 'portfolio = "owner_id"\n'), at=AT + timedelta(seconds=1))
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    async with due(shop) as pilot:
        assert " 1/21 " in text(pilot.app)
        assert "East" in text(pilot.app)
        await press(pilot, "m")
        assert " 1/10 " in text(pilot.app)
        assert "East" not in text(pilot.app)


async def test_a_kind_is_chosen_by_one_key(shop: Workspace) -> None:
    async with due(shop) as pilot:
        assert "[Every kind 21]" in text(pilot.app)
        await press(pilot, "t")
        assert "[contact 21]" in text(pilot.app)
        await press(pilot, "t")
        assert "[Every kind 21]" in text(pilot.app)


async def test_enter_opens_the_customer_and_escape_comes_back(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "down", "enter")
        await settle(pilot)
        assert "客户02  C02" in text(pilot.app)
        assert "Reasons" in text(pilot.app)
        await press(pilot, "escape")
        assert any("▸" in each and "C02" in each for each in lines(pilot.app))


async def test_the_queue_shows_the_new_grade_on_coming_back(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "Q", "escape")
        await settle(pilot)
        assert any("C01" in each and "D◇" in each for each in lines(pilot.app))


async def test_the_language_is_switched_in_the_midst_of_a_call(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "enter", *"busy", "f8")
        shown = text(pilot.app)
        assert "A → D" in shown
        assert "z 信赖4S店，明确不来" in shown
        assert "逾期45天" in shown
        assert "Trusts" not in shown
        assert field(pilot, "note") == "busy"


async def test_all_keys_are_listed_those_of_the_outcomes_too(shop: Workspace) -> None:
    async with due(shop, (100, 80)) as pilot:
        await press(pilot, "l", "f1")
        shown = text(pilot.app)
        assert "Trusts the 4S dealer, will not come" in shown
        assert "the customer is not reached" in shown
        assert "Mine or all" in shown


async def test_the_mode_is_in_the_palette_and_not_while_one_is_in_it(shop: Workspace) -> None:
    async with due(shop) as pilot:
        assert " d Due " not in lines(pilot.app)[-1]
        await press(pilot, "escape")
        assert " d Due " in lines(pilot.app)[-1]
        await press(pilot, "ctrl+p", *"log cont", "enter")
        await done(pilot)
        assert isinstance(pilot.app.screen, DueScreen)


async def test_ending_the_program_asks_where_a_contact_was_begun(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "ctrl+q")
        assert "Contacts begun and not logged: 1" in text(pilot.app)
        await press(pilot, "escape")
        assert field(pilot, "note") == "busy"


async def test_another_list_never_lets_a_letter_log_the_wrong_customer(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "down", "down", "l")
        assert "C03" in pane_title(pilot)
        await press(pilot, "Q", "r", "l", "s")
    assert [contacts(shop, each) for each in ("C01", "C03")] == [["coming_soon"], []]


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (220, 60)])
async def test_every_size_has_letters_and_what_to_say(shop: Workspace, size: tuple[int, int]) -> None:
    async with due(shop, size, "zh") as pilot:
        await press(pilot, "l", "n")
        shown = text(pilot.app)
        assert "您好" in shown
        assert "n 认可" in shown
        assert "▸" in shown


@pytest.mark.parametrize("theme", ["rung-dark", "rung-light", "rung-16"])
async def test_every_theme_shows_done_and_place_without_colour(shop: Workspace, theme: str) -> None:
    async with due(shop) as pilot:
        pilot.app.theme = theme
        await press(pilot, "l", "s")
        shown = lines(pilot.app)
        assert "✓ Coming soon" in shown[3]
        assert shown[4].startswith("▸ ")


async def test_the_english_screen_at_80_by_24(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "n")
        assert undated(pilot) == EN


async def test_the_chinese_screen_at_80_by_24(shop: Workspace) -> None:
    speak("zh")
    if _("One letter logs it:") == "One letter logs it:":
        pytest.skip("the catalogue does not have the mode's words yet")
    async with due(shop, language="zh") as pilot:
        await press(pilot, "l", "n")
        assert undated(pilot) == ZH


async def test_the_mouse_does_it_too(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await pilot.click("#views", offset=(lines(pilot.app)[1].index("30 d"), 0))
        await done(pilot)
        assert "[30 d]" in text(pilot.app)
        await press(pilot, "l")
        await pilot.click("#outcomes", offset=(4, 1))
        await done(pilot)
        assert "Coming soon. Grade: A, as before." in text(pilot.app)
    assert contacts(shop, "C01") == ["coming_soon"]
