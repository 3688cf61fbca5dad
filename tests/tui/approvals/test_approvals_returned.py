"""A proposal given back is put forward anew by its maker, and is open again."""

from __future__ import annotations

import pytest
from approvals_office import As, approvals, now, status
from screens import lines, press, text

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio


@pytest.fixture
def returned(office: Workspace, acting: As) -> Workspace:
    """Return the office where O1 was given back; Li Na, who made it, acts."""
    office.human_input.give_back("O1", now(), "which contract?")
    acting("lina")
    return office


async def test_the_hints_offer_to_resubmit_and_nothing_that_would_be_refused(returned: Workspace) -> None:
    async with approvals(returned) as pilot:
        await press(pilot, "v")
        assert "Override O1" in text(pilot.app)
        assert lines(pilot.app)[-1].startswith(" Space Mark  u Withdraw  s Resubmit  Esc Queue")


async def test_what_was_written_before_is_added_to_and_not_typed_over(returned: Workspace) -> None:
    async with approvals(returned) as pilot:
        await press(pilot, "v", "s", *" 118", "ctrl+s")
    told = returned.human_input.input("O1").narrative
    assert told.endswith("第二行 118")


async def test_what_one_put_forward_anew_is_told_to_be_ones_own_and_not_to_be_decided(
    returned: Workspace,
) -> None:
    async with approvals(returned) as pilot:
        await press(pilot, "v", "s", "ctrl+s", "y")
        shown = " ".join(text(pilot.app).split())
        assert "✗ 李娜 (lina) may not decide on what others propose." in shown
        assert "[Mine 3]" in shown
        assert "This one is decided" not in shown
    assert status(returned, "O1") == "proposed"
