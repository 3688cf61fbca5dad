"""What the mode Due looks like, in both languages, sizes and themes, and under the mouse."""

from __future__ import annotations

import pytest
from due_cases import (
    contacts,
    due,
    field,
    undated,
)
from screens import lines, press, settle, text

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio

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
 Enter 备注  S 跳过  U 撤回  H 历史  Q 停止  ^P 操作  F1 按键  F12 模式
"""


async def test_the_language_is_switched_in_the_midst_of_a_call(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "enter", *"busy", "f8")
        shown = text(pilot.app)
        assert "A → D" in shown
        assert "z 信赖4S店，明确不来" in shown
        assert "逾期45天" in shown
        assert "Trusts" not in shown
        assert field(pilot, "note") == "busy"


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
    async with due(shop, language="zh") as pilot:
        await press(pilot, "l", "n")
        assert undated(pilot) == ZH


async def test_the_mouse_does_it_too(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await pilot.click("#views", offset=(lines(pilot.app)[1].index("30 d"), 0))
        await settle(pilot)
        assert "[30 d]" in text(pilot.app)
        await press(pilot, "l")
        await pilot.click("#outcomes", offset=(4, 1))
        await settle(pilot)
        assert "Coming soon. Grade: A, as before." in text(pilot.app)
    assert contacts(shop, "C01") == ["coming_soon"]
