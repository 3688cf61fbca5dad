"""What each view of the mode Monitor draws, at every size and in both languages."""

from __future__ import annotations

import pytest
from screens import lines, press, text
from watched_runs import monitor, undated

from rung.text import Language
from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio

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
