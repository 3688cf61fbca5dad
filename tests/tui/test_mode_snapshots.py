"""What each mode looks like, in both languages, sizes and ways of colour; a change shows itself as a picture.

Run ``pytest tests/tui/test_mode_snapshots.py --snapshot-update`` to take new pictures, and look at them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from due_cases import calls, shop_of
from textual.pilot import Pilot

from conftest import review_of, settle
from rung.ledger import Proposal
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.modes.desk import Desk
from rung_tui.review import Review

Compare = Callable[..., bool]

NOW = datetime(2026, 7, 10, 4, tzinfo=UTC)
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
THEMES = ("rung-dark", "rung-16")
MODES = {
    "approvals": ("A",),
    "records": ("R",),
    "policy": ("P", "down"),
    "monitor": ("M",),
    "migration": ("M", "3"),
    "journal": ("J",),
    "audit": ("J", "2"),
    "plugins": ("X",),
    "marks": ("space", "space", "b"),
}
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
team = "北区"

[people.wang]
name = "王伟"
role = "approver"
"""
BETTER = Proposal(grade="A", reason="interim_performance", narrative="上半年现金流已好转", evidence="F-12")


@pytest.fixture
def busy(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return the bank's workspace with a colleague's proposals and a complaint, at a known moment."""
    monkeypatch.setattr(Review, "today", staticmethod(lambda: NOW.date()))
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: NOW))
    file = workspace.folder / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")
    place = Workspace.open(workspace.folder)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "lina")
    for customer in ("K0000003", "K0000012", "K0000018"):
        place.human_input.propose(customer, BETTER, NOW)
    place.records.open("complaint", "K0000003", {"subject": "等候过久"}, NOW)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "wang")
    return place


SHOWN = [(mode, size) for mode in MODES for size in SIZES if (mode, size) != ("journal", "140x40")]
"""Beside the runs, where there is room, stand the files they were made from: another folder each time."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("mode", "size"), SHOWN)
def test_the_modes(
    snap_compare: Compare, busy: Workspace, mode: str, language: Language, size: str, theme: str
) -> None:
    app = ReviewApp(review_of(busy), language)
    app.theme = theme

    async def opened(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in MODES[mode]:
            await pilot.press(key)
            await pilot.pause(0.1)
            await settle(pilot)
        await pilot.pause(0.2)
        await settle(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=opened)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_mode_due(
    snap_compare: Compare,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    size: str,
    theme: str,
) -> None:
    monkeypatch.setattr(Review, "today", staticmethod(lambda: NOW.date()))
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: NOW))
    place = shop_of(tmp_path / "shop", calls(21), date(2026, 5, 20), datetime(2026, 5, 20, 4, tzinfo=UTC))
    app = ReviewApp(Review(place, place.run()), language)
    app.theme = theme

    async def opened(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in ("D", "l"):
            await pilot.press(key)
            await pilot.pause(0.3)
            await settle(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=opened)
