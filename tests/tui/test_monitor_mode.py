"""The mode Monitor: views by key, runs and values chosen, a cell opened, work given up; both languages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from screens import lines, press, settle, text
from textual.pilot import Pilot

from conftest import review_of
from rung.errors import RungError
from rung.ledger import Proposal
from rung.pipeline import GradeRequest
from rung.policy.reader import parse_policy
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.customer.panel import CustomerPanel
from rung_tui.monitor.desk import MonitorDesk
from rung_tui.monitor.moved import MovedScreen
from rung_tui.monitor.screen import MonitorScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"


@asynccontextmanager
async def monitor(
    workspace: Workspace,
    size: tuple[int, int] = (80, 24),
    language: Language = "en",
    review: Review | None = None,
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the monitor."""
    app = ReviewApp(review or review_of(workspace), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "M")
        yield pilot


def shown(pilot: Any) -> str:
    return "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"


def undated(pilot: Any) -> str:
    """Return the screen with a pattern for when runs were made: that goes by the machine's zone."""
    return re.sub(r"\(07-0[0-9] [0-9]{2}:[0-9]{2}\)", "(MM-DD hh:mm)", shown(pilot))


async def test_the_grades_are_shown_beside_the_run_before(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        assert undated(pilot) == DISTRIBUTION


async def test_the_migration_is_shown_with_the_cell_at_hand(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "right")
        assert undated(pilot) == MIGRATION


async def test_a_curve_stands_beside_its_figures(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "2")
        assert undated(pilot) == CONCENTRATION


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)])
async def test_every_view_fits_every_size_in_both_languages(
    workspace: Workspace, size: tuple[int, int], language: Language
) -> None:
    async with monitor(workspace, size, language) as pilot:
        for key in "12345":
            await press(pilot, key)
            assert "Counting" not in text(pilot.app)
            assert len(lines(pilot.app)) == size[1]


async def test_the_language_is_switched_in_place(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        assert "Bank customer tiers" in text(pilot.app)
        await press(pilot, "L")
        assert "银行客户等级划分" in text(pilot.app)
        assert "A类客户" in text(pilot.app)


async def test_enter_lists_who_moved_so_and_opens_a_customer(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "right", "enter")
        assert isinstance(pilot.app.screen, MovedScreen)
        assert "A → B: 1 (3.0% of A)" in text(pilot.app)
        await press(pilot, "enter")
        panel = pilot.app.screen.query_one(CustomerPanel)
        assert panel.told is not None
        assert panel.told.explanation.grade == "B"
        await press(pilot, "escape", "escape", "escape")
        assert not isinstance(pilot.app.screen, MonitorScreen | MovedScreen)


async def test_an_empty_cell_says_that_nobody_moved_so(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "down", "enter")
        assert isinstance(pilot.app.screen, MonitorScreen)
        assert "Nobody moved so." in [each.message for each in pilot.app._notifications]


async def test_a_cell_is_chosen_and_opened_with_the_mouse(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3")
        row = next(place for place, each in enumerate(lines(pilot.app)) if each.startswith(" C "))
        column = lines(pilot.app)[row].index("▼")
        await pilot.click(offset=(column, row))
        await settle(pilot)
        assert "C → D: 5 (" in text(pilot.app)
        await pilot.click(offset=(column, row), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, MovedScreen)


async def test_a_click_on_a_view_shows_it(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        row = next(place for place, each in enumerate(lines(pilot.app)) if "2 Concentration" in each)
        await pilot.click(offset=(lines(pilot.app)[row].index("Concentration"), row))
        await settle(pilot)
        assert "Who holds Assets" in text(pilot.app)


async def test_a_value_is_followed_through_the_grades(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "v", *"assets", "enter")
        assert "Assets by grade" in text(pilot.app)
        await press(pilot, "v", *"alone", "enter")
        assert "Assets by grade" not in text(pilot.app)


async def test_the_run_watched_is_chosen_and_beside_the_first_there_is_none(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        first = list(pilot.app.screen.desk.manifests)[-1]
        await press(pilot, "n", "down", "enter")
        assert pilot.app.screen.desk.wish.run_id == first
        assert "There is no run before this one to compare with." in text(pilot.app)
        await press(pilot, "3")
        assert "There is no other run by this policy to compare with" in text(pilot.app)
        await press(pilot, "enter", "right")
        await press(pilot, "b", "enter")
        assert "Grade before (down) and now (across)" in text(pilot.app)


async def test_what_was_chosen_is_there_again_when_one_comes_back(workspace: Workspace) -> None:
    async with monitor(workspace) as pilot:
        await press(pilot, "3", "right", "escape")
        assert not isinstance(pilot.app.screen, MonitorScreen)
        await press(pilot, "M")
        assert "A → B: 1 (" in text(pilot.app)


async def test_overrides_are_told_and_laid_side_by_side(workspace: Workspace) -> None:
    overrule(workspace, 3)
    async with monitor(workspace, (140, 40)) as pilot:
        assert "effective" in text(pilot.app)
        await press(pilot, "4")
        told = text(pilot.app)
        assert "Overruled: 3 of 233 graded customers, 1.3%" in told
        assert "▲ 0 up, ▼ 3 down" in told
        await press(pilot, "g")
        assert "Side by side: by maker" in text(pilot.app)


async def test_outcomes_say_whether_people_were_right_and_a_bad_file_says_what_is_wrong(
    workspace: Workspace,
) -> None:
    overrule(workspace, 3)
    table = workspace.folder / "outcomes.csv"
    ids = review_of(workspace).run.results.page(["customer_id"], 0, 200)["customer_id"]
    rows = [f"{each},{number % 5 == 0:d},2027-06-30" for number, each in enumerate(ids)]
    table.write_text("customer_id,outcome,outcome_date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    async with monitor(workspace, (140, 60)) as pilot:
        await press(pilot, "4", "o", *"nowhere.csv", "enter")
        assert "✗" in text(pilot.app)
        await press(pilot, "o", "home", "ctrl+k")
        pilot.app.screen.query_one("#asked").value = str(table)
        await press(pilot, "enter")
        told = text(pilot.app)
        assert "How it turned out: “outcome” in outcomes.csv" in told
        assert "feared" in told
        await press(pilot, "f")
        assert "hoped for" in text(pilot.app)


async def test_work_nobody_waits_for_is_given_up(workspace: Workspace, held: Held) -> None:
    async with monitor(workspace) as pilot:
        held.hold()
        await pilot.press("2")
        await pilot.pause(0.1)
        assert "Counting…" in text(pilot.app)
        await pilot.press("escape")
        await pilot.pause(0.05)
        assert "Stopped. r reads it after all." in text(pilot.app)
        held.go()
        await settle(pilot)
        assert "Stopped. r reads it after all." in text(pilot.app)
        await press(pilot, "r")
        assert "Who holds Assets" in text(pilot.app)


async def test_of_two_views_wanted_at_once_the_last_is_shown(workspace: Workspace, held: Held) -> None:
    async with monitor(workspace) as pilot:
        held.hold()
        await pilot.press("2", "3")
        await pilot.pause(0.05)
        held.go()
        await settle(pilot)
        assert "Grade before (down) and now (across)" in text(pilot.app)


async def test_a_run_gone_in_the_middle_is_said_and_the_rest_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with monitor(workspace) as pilot:

        def gone(*_given: object) -> None:
            raise RungError.of("The run is damaged.", "Grade the customers again.")

        with monkeypatch.context() as patch:
            patch.setattr(MonitorDesk, "_migration", gone)
            await press(pilot, "3")
            assert "✗ The run is damaged. Grade the customers again." in text(pilot.app)
        await press(pilot, "1")
        assert "Customers by grade" in text(pilot.app)
        await press(pilot, "3")
        assert "Grade before (down) and now (across)" in text(pilot.app)


async def test_hostile_names_are_inert_and_new_and_lost_customers_are_found(tmp_path: Path) -> None:
    workspace = shop_of(tmp_path / "shop")
    async with monitor(workspace, review=Review(workspace, workspace.run())) as pilot:
        await press(pilot, "3")
        assert "New: 2 · lost: 1" in text(pilot.app)
        await press(pilot, *["down"] * 5, "enter")
        assert isinstance(pilot.app.screen, MovedScreen)
        assert "坏[31m[b]人👨👩👧" in text(pilot.app)
        await press(pilot, "escape", *["up"] * 5, *["right"] * 5, "enter")
        assert "C1 " in text(pilot.app)
        await press(pilot, "enter")
        panel = pilot.app.screen.query_one(CustomerPanel)
        assert panel.told is not None
        assert panel.told.explanation.customer_id == "C1"


async def test_what_was_kept_and_what_is_to_come_are_told(tmp_path: Path) -> None:
    workspace = calls_of(tmp_path / "calls")
    async with monitor(workspace, (140, 40), review=Review(workspace, workspace.run())) as pilot:
        await press(pilot, "5")
        told = text(pilot.app)
        assert "What falls due, week by week" in told
        assert re.search(r"contact +.* 0%", told)
        await press(pilot, "p")
        assert "90 days back, 13 weeks ahead" in text(pilot.app)


# What is watched


def overrule(workspace: Workspace, count: int) -> None:
    """Overrule the grades of so many customers with grade B, down to C."""
    review = review_of(workspace)
    grades = review.run.results.page(["customer_id", "model_grade"], 0, 240)
    found = [
        customer
        for customer, grade in zip(grades["customer_id"], grades["model_grade"], strict=True)
        if grade == "B"
    ]
    for customer in found[:count]:
        ground = review.core.ground(customer, date.today())
        reason = review.core.policy.override.reasons[0].id
        wanted = Proposal(grade="C", reason=reason, narrative="seen on site", evidence="visit")
        review.core.propose(wanted, ground, datetime.now(UTC))
    review.close()


class Held:
    """Lets concentration be read only when told to."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read, self._free = read, Event()
        self._free.set()

    def hold(self) -> None:
        self._free.clear()

    def go(self) -> None:
        self._free.set()

    def __call__(self, *given: Any) -> Any:
        self._free.wait(5)
        return self._read(*given)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    made = Held(MonitorDesk._concentration)
    monkeypatch.setattr(MonitorDesk, "_concentration", lambda *given: made(*given))
    return made


SHOP = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C", "D"]
ordered = true
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[grading]
mode = "score"
cutoffs = { A = 90, B = 60, C = 40 }
[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
reason = { zh = "消费太少", en = "Too little spent" }
bands = [
    { when = ">= 300", points = 100 },
    { when = "[200..300)", points = 70 },
    { when = "[100..200)", points = 50 },
    { when = "< 100", points = 10 },
]
"""


def shop_of(folder: Path) -> Workspace:
    """Make a workspace of two runs: C1 with grade A is lost, C9 with a hostile name and grade A is new."""
    folder.mkdir()
    workspace = Workspace.create(folder)
    source = folder / "customers.csv"
    for month, rows in ((3, "C1,客户1,300\nC2,客户2,0\n"), (4, f"C2,客户2,300\nC9,{HOSTILE},300\nC3,甲,\n")):
        source.write_text("customer_id,customer_name,spent\n" + rows, encoding="utf-8")
        request = GradeRequest(
            source=source,
            policy=parse_policy(SHOP, "shop.toml"),
            as_of=date(2026, month, 1),
            created_at=datetime(2026, month, 1, 8, tzinfo=UTC),
        )
        workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


def calls_of(folder: Path) -> Workspace:
    """Make a workspace of customers who were all to be called long since."""
    folder.mkdir()
    workspace = Workspace.create(folder)
    source = folder / "calls.csv"
    rows = "".join(f"C{n},客户{n},reached,accepts,none_now,\n" for n in range(1, 21))
    source.write_text(
        "customer_id,customer_name,phone_status,acceptance,need,intention\n" + rows, encoding="utf-8"
    )
    made = datetime.now(UTC) - timedelta(days=60)
    policy = workspace.shelf.find("auto4s.call-list")
    request = GradeRequest(source=source, policy=policy, as_of=made.date(), created_at=made)
    workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


DISTRIBUTION = """\
 Rung  Monitor  Bank customer tiers 2026.1                                 中文
 1[Distribution] 2 Concentration  3 Migration  4 Overrides  5 Service
 n 2026-06-30 (MM-DD hh:mm)  v customers alone  b vs 2026-06-30 (MM-DD hh:mm)
 ── Customers by grade ───────────────────────────────────────────────────────
 grade                                                  customers share change
 A Tier A   ██████████████                                     32 13.3%   -0.4
 B Tier B   ████████████████████████████████████████░░░        93 38.8%   -2.5
 C Tier C   ██████████████████████████▓                        62 25.8%   +0.8
 D Tier D   ██████████████████▓▓                               46 19.2%   +2.1
 not graded ███                                                 7  2.9%      0

 ▓ more than before, ░ less; change in percentage points
 Concentration of the grades, Σ s²: 0.288 (before 0.298)









 240 customers, as of 2026-06-30
 b Run before  v Value  n Run  r Read again  Esc Queue  ^P Actions  F1 Keys
"""
CONCENTRATION = """\
 Rung  Monitor  Bank customer tiers 2026.1                                 中文
 1 Distribution  2[Concentration] 3 Migration  4 Overrides  5 Service
 n 2026-06-30 (MM-DD hh:mm)  v Assets
 ── Who holds Assets ─────────────────────────────────────────────────────────
 share  ⠶ held  o even split       │             customers  of them      hold
 100%┤         ⢀⣠⠤⠔⠒⠒⠚⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉o │ the first           3     1.3%     13.3%
     │       ⣠⠚⠁              oo   │ the first          12     5.1%     35.6%
     │     ⢀⠞               oo     │ the first          24    10.1%     50.9%
     │     ⡎              oo       │ the first          48    20.3%     79.5%
     │    ⡸             oo         │ the first         119    50.2%     98.3%
     │   ⢠⠃           oo           │ it takes           24    10.1%     50.9%
     │   ⡇          oo             │ it takes           49    20.7%     80.5%
     │  ⡼         oo               │ it takes           88    37.1%     95.1%
     │ ⢰⠁       oo                 │
     │ ⡜      oo                   │ 81.05 bn yuan in all, 237 customers
     │⢠⠃    oo                     │ Gini 0.746; as concentrated as among 56
     │⢸   oo                       │   equals (Σ s² = 0.018)
     │⡇ oo                         │ Without the value, and left out: 3.
   0%┤⡇o                           │
     └┬─────────────┬────────────┬ │
      0%           50%        100% │

 240 customers, as of 2026-06-30
 v Value  n Run  r Read again  Esc Queue  ^P Actions  F1 Keys  F12 Modes
"""
MIGRATION = """\
 Rung  Monitor  Bank customer tiers 2026.1                                 中文
 1 Distribution  2 Concentration  3[Migration] 4 Overrides  5 Service
 n 2026-06-30 (MM-DD hh:mm)  b vs 2026-06-30 (MM-DD hh:mm)
 ── Grade before (down) and now (across) ─────────────────────────────────────
                 A         B         C         D  ungraded       all
 A        ▒     32=>░      1▼        ·         ·         ·        33
 B               ·  █     92= █      7▼        ·         ·        99
 C               ·         ·  ▓     55= ▓      5▼        ·        60
 D               ·         ·         ·  ▒     41=        ·        41
 ungraded        ·         ·         ·         ·  ░      7=        7
 all            32        93        62        46         7       240

 A → B: 1 (3.0% of A)

 Graded both times: 233. stayed 220 (94.4%) · ▲ up 0 (0.0%) · ▼ down 13 (5.6%)
 New: 0 · lost: 0
 Weighted bandwidth of moves down 0.481, up – (0: none to 1: all the way);
   Shorrocks 0.061




 240 customers, as of 2026-06-30
 Enter Customers  b Run before  n Run  r Read again  Esc Queue  ^P Actions
"""
