"""Other values are tried on a customer's page: the grade answers while one types, and nothing is recorded."""

from __future__ import annotations

import pytest
from screens import lines, text
from textual.pilot import Pilot

from conftest import Opened, settle
from rung.ledger import InputKind
from rung.workspace import Workspace
from rung.workspace.run_review import RunReview
from rung.workspace.what_if import WhatIf
from rung_tui.customer.desk import CustomerDesk
from rung_tui.override.data_dialog import DataDialog

pytestmark = pytest.mark.asyncio

STEPS = {"K0000003": 2, "K0000004": 3}
"""How far down the queue a customer stands: B at 72 points, and B at 72.5 that one change makes an A."""


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait for what comes of them."""
    await pilot.press(*keys)
    await pilot.pause(0.1)
    await settle(pilot)


async def page_of(pilot: Pilot[int], customer: str) -> None:
    """Open a customer's page."""
    await press(pilot, *["down"] * STEPS[customer], "enter")


async def recorded(pilot: Pilot[int]) -> None:
    """Wait until the dialog is gone and the page shows what was recorded."""
    for _round in range(100):
        await pilot.pause(0.05)
        if not isinstance(pilot.app.screen, DataDialog):
            break
    await settle(pilot)


def desk(pilot: Pilot[int]) -> CustomerDesk:
    found = pilot.app.desks["customer"]  # type: ignore[attr-defined]
    assert isinstance(found, CustomerDesk)
    return found


async def test_a_value_typed_answers_with_grade_score_stairs_and_service_and_records_nothing(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "5", "0", "0")
        shown = text(pilot.app)
        assert "Grade B → C  ▼ 1 notch  score 72.00 → 52.50  -19.5" in shown
        assert "→ 500 yuan" in shown
        assert "Δ Assets  large → small  -19.5" in shown
        assert "− contact every 3 months" in shown
        assert "+ contact every 6 months" in shown
        assert "being tried: 1" in lines(pilot.app)[-2]
        assert not workspace.human_input.is_begun


async def test_several_values_are_tried_at_once_and_one_or_all_reset(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "f2", "5", "0", "0", "down", "down", "9", "9")
        assert "being tried: 2" in lines(pilot.app)[-2]
        assert "→ 99 days" in text(pilot.app)
        assert "Grade B → D" in text(pilot.app)
        await press(pilot, "ctrl+r")
        assert "Grade B → C" in text(pilot.app)
        assert "being tried: 1" in lines(pilot.app)[-2]
        await press(pilot, "ctrl+z")
        assert "being tried" not in text(pilot.app)
        assert "Type another value: the grade answers at once." in text(pilot.app)


async def test_what_is_wrong_with_a_value_is_told_where_it_is_typed(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "l", "o", "t", "s")
        assert "✗ “lots” is no number that can be read here." in text(pilot.app)
        assert "the same grade" in text(pilot.app)
        await press(pilot, "ctrl+r", *"10万")
        assert "→ 100,000 yuan" in text(pilot.app)


async def test_a_choice_is_picked_from_the_list_of_them(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "down")
        assert "Enter picks: " in text(pilot.app)
        await press(pilot, "enter")
        assert "As it is  Good" in text(pilot.app)
        await press(pilot, "down", "enter")
        assert "being tried: 1" in lines(pilot.app)[-2]
        assert "Δ Credit record" in text(pilot.app)


async def test_the_smallest_change_up_and_down_is_shown_and_one_key_tries_it(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000004")
        await press(pilot, "3")
        assert "Smallest change that reaches a better grade" in text(pilot.app)
        assert "Smallest change that costs the grade" in text(pilot.app)
        await press(pilot, "+")
        assert "Grade B → A  ▲ 1 notch" in text(pilot.app)
        await press(pilot, "f6")
        assert "▼" in text(pilot.app)
        await press(pilot, "escape", "-")
        assert "▼" in text(pilot.app)


async def test_where_no_change_suffices_that_is_said(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "+")
        assert "No change of up to three values reaches a better grade." in text(pilot.app)


async def test_what_was_tried_is_there_again_and_stays_with_its_customer(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "5", "0", "0", "escape")
        assert "Model grade B" in text(pilot.app)
        await press(pilot, ".", "w")
        assert "being tried" not in text(pilot.app)
        await press(pilot, "escape", ",", "w")
        assert "Grade B → C" in text(pilot.app)
        assert desk(pilot).begun() == ""


async def test_what_is_tried_is_recorded_as_a_correction_with_a_reason(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "5", "0", "0", "ctrl+s")
        assert isinstance(pilot.app.screen, DataDialog)
        assert "correction · Assets" in text(pilot.app)
        assert "Grade B → C  in effect at once" in text(pilot.app)
        await press(pilot, "ctrl+s")
        assert "No reason is picked." in text(pilot.app)
        await press(pilot, "space")
        await pilot.click("#evidence")
        await press(pilot, *"file7", "ctrl+s")
        await recorded(pilot)
        (made,) = workspace.human_input.inputs()
        assert (made.kind, made.model_grade, made.proposed_grade) == (InputKind.CORRECTION, "B", "C")
        assert (made.reason, made.evidence) == ("entered_wrong", "file7")
        assert "being tried" not in text(pilot.app)
        assert f"correction {made.id}" in text(pilot.app)


async def test_of_several_values_tried_one_chooses_which_to_record(opened: Opened) -> None:
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "5", "0", "0", "down", "down", "9", "ctrl+s")
        assert "Record which value?" in text(pilot.app)
        await press(pilot, "down", "enter")
        assert "correction · Days past due" in text(pilot.app)


async def test_a_fault_while_trying_is_told_and_the_program_goes_on(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: RunReview, _row: int, _now: object) -> WhatIf:
        raise ZeroDivisionError("a plugin's")

    monkeypatch.setattr(RunReview, "what_if", broken)
    async with opened() as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w")
        assert "! a plugin's" in text(pilot.app)
        await press(pilot, "escape")
        assert "Model grade B" in text(pilot.app)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "─What if · nothing is recorded by trying────────────────────────────────────────",
                " Grade B → C  ▼ 1 notch  score 72.00 → 52.50  -19.5                             ",
                " ▸ Assets                       321,586,500 yuan → 500 yuan                     ",
                "   Credit record                            Good   from the data                ",
            ],
        ),
        (
            "zh",
            [
                " 等级 B → C  ▼ 1 级  总分 72.00 → 52.50  -19.5                                  ",
                " ▸ 资产规模           321,586,500 元 → 500 元                                   ",
                "   信用记录                     良好   来源数据                                 ",
            ],
        ),
    ],
)
async def test_the_pane_at_80_columns(opened: Opened, language: str, expected: list[str]) -> None:
    async with opened(language=language) as pilot:
        await page_of(pilot, "K0000003")
        await press(pilot, "w", "5", "0", "0")
        shown = lines(pilot.app)
        assert shown[0 if language == "en" else 1 :][: len(expected)] == expected


async def test_at_140_columns_the_page_answers_beside_the_pane(opened: Opened) -> None:
    async with opened(size=(140, 40)) as pilot:
        await press(pilot, "down", "down", "enter", "enter", "w")
        await press(pilot, "5", "0", "0")
        assert "Grade B → C" in lines(pilot.app)[1][:64]
        assert "How the score came about" in text(pilot.app)
        await press(pilot, "escape")
        assert "Owed next" in text(pilot.app)
