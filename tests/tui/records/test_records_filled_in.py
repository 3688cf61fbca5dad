"""Forms of records filled in: mistakes stand at their fields, what was typed stays until it is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from records_shop import answer, record, records, records_of, shown, told
from screens import press, without_notices

from rung.errors import RungError
from rung.workspace import Workspace
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.sheet import Sheet

pytestmark = pytest.mark.asyncio


async def test_a_record_is_written_without_the_mouse_and_opened(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", *"C2", "enter")
        assert "New record · Complaint  C2" in shown(pilot)
        await press(pilot, *"late", "enter", *"again", "tab", "2", "ctrl+s")
        await without_notices(pilot)
        assert " 3/4" in shown(pilot)
        assert told(pilot)[-2:] == [
            "R6 of C2 is open: Complaint. To be closed by 2026-04-03.",
            "C2 had an open record of this type already.",
        ]
    assert record(shop, 6).fields == {"subject": "late\nagain", "cause": "delivery"}


async def test_every_mistake_stands_at_its_field_at_once(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"survey", "enter", "enter")
        await press(pilot, *"soon", "tab", *"101", "ctrl+s")
        page = shown(pilot)
        assert "fields to mend: 2" in page
        assert "“soon” is no date" in page
        assert "100" in page
        # The first of them has the keys; what was typed stands.
        assert (answer(pilot, "asked_on"), answer(pilot, "score")) == ("soon", "101")
        assert pilot.app.focused.id == "ask-asked_on"  # type: ignore[union-attr]
        await press(pilot, *["backspace"] * 4, *"2026年3月20日", "tab", "backspace", "ctrl+s")
    assert record(shop, 6).fields == {"asked_on": "2026-03-20", "score": "10"}


async def test_what_is_needed_is_told_and_nothing_recorded(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", "ctrl+s")
        assert "✗ This is needed." in shown(pilot)
    assert [each for each, _state in records_of(shop, "C1")] == ["R1", "R2", "R3"]


async def test_what_was_typed_stays_until_it_is_recorded_or_thrown_away(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half", "escape")
        assert "Forms of records begun and not recorded: 1" in shown(pilot)
        await press(pilot, "escape", "R", "n")
        assert "begun, not recorded" in shown(pilot)
        await press(pilot, "enter")
        assert answer(pilot, "subject") == "half"
        await press(pilot, "f9", "down", "enter")
        assert "begun" not in shown(pilot)
        await press(pilot, "n", *"comp", "enter", "enter")
        assert answer(pilot, "subject") == ""


async def test_a_refusal_keeps_what_was_typed(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: Any) -> None:
        raise RungError.of("The ledger is away.")

    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half")
        with monkeypatch.context() as away:
            away.setattr(RecordsDesk, "open", refused)
            await press(pilot, "ctrl+s")
        assert "✗ The ledger is away." in shown(pilot)
        assert answer(pilot, "subject") == "half"
        await press(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, Sheet)
    assert record(shop, 6).fields == {"subject": "half"}


async def test_nobody_is_guessed_and_who_is_unknown_is_told(shop: Workspace) -> None:
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", *"C9", "enter")
        assert "There is no customer “C9”" in shown(pilot)
        await press(pilot, *["backspace"] * 2, *"甲公")
        assert "▸ C1  甲公司" in shown(pilot)


async def test_who_may_look_only_is_told_so_and_what_was_typed_stays(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "guest")
    async with records(shop) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter", *"half", "ctrl+s")
        assert "Guest (guest) may look, not keep records." in shown(pilot)
        assert answer(pilot, "subject") == "half"


async def test_a_choice_is_picked_and_let_go_by_the_mouse(shop: Workspace) -> None:
    async with records(shop, (140, 40)) as pilot:
        await press(pilot, "n", *"comp", "enter", "enter")
        box = pilot.app.screen.query_one("#ask-cause")
        await pilot.click(box, offset=(4, 0))
        assert answer(pilot, "cause") == "product"
        await pilot.click(box, offset=(4, 0))
        assert answer(pilot, "cause") == ""
        await pilot.click(box, offset=(18, 0))
        assert answer(pilot, "cause") == "delivery"
