"""What is said of an approval bears the sign of one, and goes once the list is read anew."""

from __future__ import annotations

import pytest
from approvals_office import SMALL, approvals, status
from screens import press, text

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio


async def test_that_it_is_approved_is_no_refusal(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "down", "y", "up")
        shown = " ".join(text(pilot.app).split())
        assert "✓ 王伟 approved it on" in shown
        assert "✗ 王伟" not in shown
    assert status(office, "O2") == "approved"


async def test_what_came_of_a_decision_goes_once_the_list_is_read_anew(office: Workspace) -> None:
    async with approvals(office) as pilot:
        await press(pilot, "down", "y")
        assert f"You approved Override O2 of {SMALL}: B → A (+1)." in text(pilot.app)
        await press(pilot, "r")
        assert "You approved" not in text(pilot.app)
        assert "Override O3" in text(pilot.app)
