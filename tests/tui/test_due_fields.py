"""The fields of a contact stay in sight, whatever came of the last one and however low the terminal."""

from __future__ import annotations

import pytest
from due_cases import due
from screens import lines, press, text

from rung.workspace import Workspace

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("height", [24, 18, 16])
async def test_the_fields_stay_in_sight_after_a_contact_was_taken_back(shop: Workspace, height: int) -> None:
    async with due(shop, size=(80, height)) as pilot:
        await press(pilot, "l", "z", "U", "enter")
        shown = lines(pilot.app)
        assert any("K3 of C01 is taken back; it stays on record." in each for each in shown)
        assert shown[-4].startswith(" Note ")
        assert shown[-3].startswith(" Minutes ")


async def test_the_letters_stay_in_sight_too_where_a_terminal_is_as_low_as_usual(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "U", "enter")
        shown = text(pilot.app)
        assert "Grade: D → A" in shown
        assert all(f" {each} " in shown for each in ("o Prepaid at", "d Dead number", "s Coming soon"))


async def test_a_field_that_is_refused_can_be_seen_and_mended(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", "enter", *"soon", "enter", *"x", "enter", *"qq", "escape", "z")
        shown = lines(pilot.app)
        assert any("“soon” is no day" in each or "“soon”" in each for each in shown)
        assert "soon" in shown[-4]
        assert "qq" in shown[-3]
