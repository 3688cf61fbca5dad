"""Overruling a grade: filled in, held against the rules while typing, recorded, seen, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from screens import lines, press, text

from conftest import Opened, review_of, settle
from rung.ledger import InputKind, Override
from rung.workspace import Workspace
from rung_tui.override.dialog import OverrideDialog

pytestmark = pytest.mark.asyncio


async def to_customer(pilot: Any, customer: str) -> None:
    await pilot.press("slash", *customer.lower(), "enter")
    await settle(pilot)


async def dialog(pilot: Any, key: str = "o") -> OverrideDialog:
    await pilot.press(key)
    for _round in range(100):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, OverrideDialog):
            break
    screen = pilot.app.screen
    assert isinstance(screen, OverrideDialog)
    await settle(pilot)
    return screen


async def closed(pilot: Any) -> None:
    for _round in range(100):
        await pilot.pause(0.05)
        if not isinstance(pilot.app.screen, OverrideDialog):
            break
    await settle(pilot)


def recorded(workspace: Workspace) -> tuple[Override, ...]:
    return workspace.human_input.overrides()


async def test_a_lower_grade_takes_effect_on_saving_and_shows_in_the_queue(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "tab")
        pilot.app.focused.insert("主要客户流失，见走访记录。")  # type: ignore[union-attr]
        await pilot.press("ctrl+s")
        await closed(pilot)
        (override,) = recorded(workspace)
        assert (override.customer_id, override.model_grade, override.proposed_grade) == ("K0000003", "B", "C")
        assert override.reason == "interim_performance"
        assert override.narrative == "主要客户流失，见走访记录。"
        assert "C▼" in text(pilot.app)


async def test_a_better_grade_awaits_approval_and_leaves_the_grade_as_it_is(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("left")
        assert "▲ 1 notch  needs two approvals" in text(pilot.app)
        await pilot.press("tab", "down", "ctrl+s")
        await closed(pilot)
        assert recorded(workspace)[0].effective_from is None
        assert recorded(workspace)[0].approvals_needed == 2
        assert "B?" in text(pilot.app)


async def test_the_dialog_tells_the_approvals_the_exposure_asks_for(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000005")
        await dialog(pilot)
        await pilot.press("right")
        assert "in effect at once" in text(pilot.app)
    large = review_of(workspace)
    ground = large.ground("K0000003")
    small = {**ground.levels, InputKind.OVERRIDE: (False,)}
    assert large.asked("A", ground).how_many == 2
    assert large.asked("A", replace(ground, levels=small)).how_many == 1
    assert large.asked("C", ground).how_many == 0
    large.close()


async def test_a_grade_further_than_allowed_is_refused_while_it_is_picked(opened: Opened) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000009")
        await dialog(pilot)
        await press(pilot, "a")
        assert "is 3 notches; the policy allows 1" in text(pilot.app)


async def test_nothing_is_held_against_what_was_not_touched_until_it_is_saved(opened: Opened) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await press(pilot, "right")
        assert "No reason is picked." not in text(pilot.app)
        await press(pilot, "ctrl+s")
        assert "No reason is picked." in text(pilot.app)
        assert isinstance(pilot.app.screen, OverrideDialog)


async def test_the_reason_other_wants_to_be_written_out(opened: Opened, workspace: Workspace) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("right", "tab", "up", "ctrl+s")
        assert "has to be written out" in text(pilot.app)
        assert recorded(workspace) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-07-10", "is not in the future"),
        ("2028-01-01", "the policy allows"),
        ("soon", "“soon” is no day."),
        ("2026-13-01", "“2026-13-01” is no day."),
    ],
)
@pytest.mark.usefixtures("today")
async def test_a_day_that_cannot_be_is_refused_while_it_is_typed(
    opened: Opened, typed: str, said: str
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        screen = await dialog(pilot)
        await pilot.press("right")
        screen.query_one("#expires").value = typed  # type: ignore[attr-defined]
        await pilot.pause()
        assert said in text(pilot.app)


async def test_a_day_may_be_typed_with_full_width_signs(
    opened: Opened, workspace: Workspace, today: date
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        screen = await dialog(pilot)
        await pilot.press("right", "tab", "down")
        screen.query_one("#expires").value = "２０２６／１２／３１"  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.press("ctrl+s")
        await closed(pilot)
        assert recorded(workspace)[0].expires_at == date(2026, 12, 31)
        assert today < date(2026, 12, 31)


async def test_the_service_before_and_after_is_shown(opened: Opened) -> None:
    async with opened(size=(120, 50)) as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await press(pilot, "left")
        shown = text(pilot.app)
        assert "contact every 3 months" in shown
        assert "contact every 1 month" in shown


async def test_escape_keeps_what_was_typed_for_the_next_time(opened: Opened) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "tab")
        pilot.app.focused.insert("还在核实")  # type: ignore[union-attr]
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, OverrideDialog)
        await dialog(pilot)
        assert "还在核实" in text(pilot.app)
        assert "▼ 1 notch" in text(pilot.app)


async def test_ones_own_override_is_taken_back(opened: Opened, workspace: Workspace) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("left", "tab", "down", "ctrl+s")
        await closed(pilot)
        await pilot.press("u")
        await pilot.pause(0.3)
        assert "Take back O1: B → A" in text(pilot.app)
        await pilot.press("enter")
        for _round in range(100):
            await pilot.pause(0.05)
            if recorded(workspace)[0].withdrawn_at:
                break
        await settle(pilot)
        assert "B?" not in text(pilot.app)


async def test_there_is_nothing_to_take_back_where_nothing_was_done(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("u")
        await pilot.pause(0.3)
        assert "You have nothing open about this customer." in [
            note.message for note in pilot.app._notifications
        ]


async def test_overridden_customers_have_a_view_and_the_record_is_on_their_page(opened: Opened) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        await pilot.press("right", "tab", "down", "ctrl+s")
        await closed(pilot)
        await pilot.press("escape", "7")
        await settle(pilot)
        assert [line.split()[1] for line in lines(pilot.app) if "▸" in line] == ["K0000003"]
        await pilot.press("enter")
        await pilot.pause(0.5)
        await settle(pilot)
        await pilot.press("end")
        await pilot.pause()
        shown = text(pilot.app)
        assert "On record" in shown
        assert "O1  B → C  in effect" in shown


async def test_a_customer_that_is_not_graded_is_not_given_a_grade(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("6")
        await settle(pilot)
        await dialog(pilot)
        await press(pilot, "d")
        assert "The customer is not graded, and the policy" in text(pilot.app)


async def test_a_ledger_that_is_none_ends_the_program_and_is_left_as_it_is(
    opened: Opened, workspace: Workspace
) -> None:
    (workspace.folder / "ledger.db").write_bytes(b"this is no database, only some text" * 40)
    async with opened() as pilot:
        assert "ledger" in str(pilot.app.failure)  # type: ignore[attr-defined]
        assert pilot.app.return_code == 2
    assert (workspace.folder / "ledger.db").read_bytes().startswith(b"this is no database")


async def test_a_ledger_damaged_while_one_works_refuses_to_record_and_keeps_the_dialog(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await to_customer(pilot, "K0000003")
        await dialog(pilot)
        (workspace.folder / "ledger.db").write_bytes(b"this is no database, only some text" * 40)
        await pilot.press("right", "tab", "down", "ctrl+s")
        await pilot.pause(1)
        assert isinstance(pilot.app.screen, OverrideDialog)
        assert "✗" in text(pilot.app)


@pytest.mark.parametrize("key", ["o", "f4"])
async def test_the_dialog_opens_by_letter_and_function_key(opened: Opened, key: str) -> None:
    async with opened() as pilot:
        await dialog(pilot, key)
