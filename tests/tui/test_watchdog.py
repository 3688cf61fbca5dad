"""The screen never hangs: no turn of the event loop is busy for over 50 ms in what a person does all day."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import screens
import textual._wait
from watchdog import _known_work, watched

from conftest import Opened, settle
from rung.ledger import Proposal
from rung.workspace import Workspace
from rung_tui.modes.mode import MODES

pytestmark = pytest.mark.asyncio

twice: Final = pytest.mark.flaky(reruns=1, only_rerun="the screen hung")
"""A turn that is long by what the program does is so again; by what else the machine does it is not."""


async def test_work_that_keeps_the_thread_busy_is_told_with_its_place() -> None:
    with watched() as watch:
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(_busy)
        await asyncio.sleep(0.01)
    assert watch.longest.seconds > 0.08
    with pytest.raises(AssertionError, match=r"the screen hung 1 times:\n(.|\n)*_busy"):
        watch.assert_free()


def _busy() -> None:
    for _time in range(25):
        _known_work()


async def test_waiting_for_others_is_no_work_of_the_threads_own() -> None:
    with watched() as watch:
        await asyncio.sleep(0.1)
        await asyncio.to_thread(_busy)
    watch.assert_free()


async def test_a_file_read_on_the_thread_that_draws_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("x", encoding="ascii")
    with watched(tmp_path) as watch:
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon((tmp_path / "ledger.db").read_text, "ascii")
        await asyncio.to_thread((tmp_path / "ledger.db").read_text, "ascii")
    assert len(watch.touched) == 1
    with pytest.raises(AssertionError, match=r"ledger\.db"):
        watch.assert_free()


QUEUE = (
    "down",
    "pagedown",
    "end",
    "home",
    "space",
    "slash",
    "北",
    "京",
    "escape",
    "f8",
    "f8",
    "f7",
    "f7",
    "f7",
)
CUSTOMER = ("down", "down", "enter", "full_stop", "full_stop", "comma", "pagedown", "pageup", "escape")
DIALOG = ("down", "down", "f4", "c", "tab", "down", "tab", "客", "户", "escape")
PALETTE = ("ctrl+p", "s", "o", "escape", "f1", "down", "escape", "f12", "escape", "s", "down", "enter")
DUE = ("D", "down", "m", "w", "t", "a", "r", "l", "enter", "x", "escape", "escape", "escape")


@twice
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize(
    "keys",
    [QUEUE, CUSTOMER, DIALOG, PALETTE, DUE],
    ids=["queue", "customer", "dialog", "palette", "due"],
)
async def test_the_screen_is_free_while_keys_are_pressed(
    opened: Opened, workspace: Workspace, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with opened(size=size) as pilot:
        with watched(workspace.folder) as watch:
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.02)
                await settle(pilot)
    watch.assert_free()


APPROVALS = (
    "A",
    "down",
    "space",
    "down",
    "space",
    "y",
    "escape",
    "tab",
    "n",
    "escape",
    "r",
    "e",
    "escape",
    "escape",
)
RECORDS = (
    "R",
    "down",
    "enter",
    "c",
    "o",
    "escape",
    "e",
    "x",
    "escape",
    "escape",
    "n",
    "escape",
    "a",
    "escape",
)
POLICY = ("P", "down", "enter", "ctrl+u", "8", "8", "enter", "m", "escape", "p", "escape", "u", "t", "escape")
MONITOR = ("M", "2", "3", "right", "enter", "enter", "escape", "escape", "4", "5", "escape")
JOURNAL = ("J", "enter", "escape", "down", "space", "v", "escape", "a", "down", "enter", "escape", "escape")
PLUGINS = ("X", "down", "enter", "escape", "c", "space", "escape", "escape")
EVERY = tuple(mode.keys[0] for mode in MODES)
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"

[people.wang]
name = "王伟"
role = "approver"
"""


@pytest.fixture(autouse=True)
def typed_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have keys come no faster than fingers are: between two the screen has done its work."""
    monkeypatch.setattr(textual._wait, "SLEEP_GRANULARITY", 1 / 50)
    monkeypatch.setattr(textual._wait, "SLEEP_IDLE", 1 / 1000)
    monkeypatch.setattr(screens, "_LOOK", 0.04)


@pytest.fixture
def busy(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace with overrides that await approval, and with records; an approver acts."""
    file = workspace.folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")
    place, now = Workspace.open(workspace.folder), datetime.now(UTC)
    run_id = place.latest_by("bank.credit-tiers")
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "lina")
    with place.run(run_id) as run:
        rows = [run.results.row(number) for number in range(run.results.num_rows)]
    for customer in [str(row["customer_id"]) for row in rows if row["model_grade"] == "B"][:40]:
        place.human_input.propose(
            customer, Proposal(grade="C", reason="systemic", narrative="行业下滑"), now, run_id
        )
        place.records.open("complaint", customer, {"subject": "少送一条"}, now)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "wang")
    return place


@twice
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize(
    "keys",
    [APPROVALS, RECORDS, POLICY, MONITOR, JOURNAL, PLUGINS, EVERY],
    ids=["approvals", "records", "policy", "monitor", "journal", "plugins", "every"],
)
async def test_the_screen_is_free_in_every_mode(
    busy: Workspace, opened: Opened, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with opened(size=size) as pilot:
        with watched(busy.folder) as watch:
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.02)
                await settle(pilot)
    watch.assert_free()
