"""What each screen looks like, in both languages and two sizes; a change shows itself as a picture.

Run ``pytest tests/tui/test_snapshots.py --snapshot-update`` to take new pictures, and look at them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from screens import press
from textual.pilot import Pilot

from conftest import review_of, settle
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp

Compare = Callable[..., bool]

SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


async def queue(pilot: Pilot[int]) -> None:
    await settle(pilot)


async def customer(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await pilot.press("down", "down", "enter")
    await pilot.pause(0.5)
    await settle(pilot)


async def dialog(pilot: Pilot[int]) -> None:
    await settle(pilot)
    await press(pilot, "down", "down", "o", "a", "tab", "down")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", [queue, customer, dialog])
@pytest.mark.usefixtures("today")
def test_screens_of_a_score_policy(
    snap_compare: Compare, workspace: Workspace, screen: Any, language: Language, size: str
) -> None:
    app = ReviewApp(review_of(workspace), language)
    assert snap_compare(app, terminal_size=SIZES[size], run_before=screen)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_customer_under_a_policy_of_rules(
    snap_compare: Compare, workspace: Workspace, language: Language
) -> None:
    app = ReviewApp(review_of(workspace, "tobacco.service-classes"), language)
    assert snap_compare(app, terminal_size=SIZES["140x40"], run_before=customer)


@pytest.mark.parametrize("theme", ["rung-light", "rung-16"])
def test_the_other_themes(snap_compare: Compare, workspace: Workspace, theme: str) -> None:
    app = ReviewApp(review_of(workspace), "zh")
    app.theme = theme
    assert snap_compare(app, terminal_size=SIZES["140x40"], run_before=customer)
