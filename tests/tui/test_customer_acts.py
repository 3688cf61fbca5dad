"""A customer's page is gone through by sections, and acted from: data, contacts, timeline, covered values."""

from __future__ import annotations

import json

import pytest
from screens import lines, text
from textual.pilot import Pilot

from conftest import Opened, review_of, settle
from rung.ledger import EventFilter, InputKind
from rung.ledger.kinds import EventKind
from rung.text import MASK
from rung.workspace import Workspace
from rung.workspace.run_review import RunReview
from rung_tui.app import ReviewApp
from rung_tui.chooser import Chooser
from rung_tui.customer.contact_dialog import ContactDialog
from rung_tui.customer.page_screen import CustomerPage
from rung_tui.customer.timeline import TimelineScreen
from rung_tui.override.data_dialog import DataDialog

pytestmark = pytest.mark.asyncio


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause(0.1)
    await settle(pilot)


async def page(pilot: Pilot[int]) -> CustomerPage:
    await press(pilot, "down", "down", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, CustomerPage)
    return screen


async def until(pilot: Pilot[int], screen: type) -> None:
    """Wait until a screen is gone."""
    for _round in range(100):
        await pilot.pause(0.05)
        if not isinstance(pilot.app.screen, screen):
            break
    await settle(pilot)


async def test_sections_are_a_number_or_a_tab_away(opened: Opened) -> None:
    async with opened() as pilot:
        screen = await page(pilot)
        assert lines(pilot.app)[-2].startswith("1[Why] 2 Gates 3 Change 4 Service 5 Evidence 6 Record")
        await press(pilot, "2")
        assert "── Gates" in lines(pilot.app)[0] + lines(pilot.app)[1]
        await press(pilot, "tab", "tab")
        assert "4[Service]" in lines(pilot.app)[-2]
        assert screen.panel.scroll_offset.y > 0
        await press(pilot, "1")
        assert screen.panel.scroll_offset.y == 0


async def test_at_140_columns_the_sections_stand_side_by_side(opened: Opened) -> None:
    async with opened(size=(140, 40)) as pilot:
        await press(pilot, "down", "down", "enter", "enter")
        assert not isinstance(pilot.app.screen, CustomerPage)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CustomerPage)
        shown = [line for line in lines(pilot.app) if "── Reasons" in line or "── Service promised" in line]
        assert len(shown) == 2
        assert "How the score came about" in text(pilot.app)
        assert "Evidence and its age" in text(pilot.app)


async def test_evidence_tells_its_age_and_what_is_owed_tells_why_nothing_is(opened: Opened) -> None:
    async with opened() as pilot:
        await page(pilot)
        await press(pilot, "5")
        assert "The data are of 2026-06-30, " in text(pilot.app)
        assert "of service is only suggested" in text(pilot.app)


async def test_a_criterion_is_judged_from_the_page_with_what_comes_of_it_told_before(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await page(pilot)
        await press(pilot, "c", "down", "enter")
        assert isinstance(pilot.app.screen, DataDialog)
        assert "judgement · Credit record" in text(pilot.app)
        await press(pilot, *["down"] * 4)
        assert "Grade B → " in text(pilot.app)
        await press(pilot, "tab", *"seen", "tab", *"file7", "ctrl+s")
        await until(pilot, DataDialog)
        (made,) = workspace.human_input.inputs()
        assert (made.kind, made.narrative, made.evidence) == (InputKind.JUDGEMENT, "seen", "file7")
        await press(pilot, "u")
        assert f"Take back {made.id}" in text(pilot.app)
        await press(pilot, "enter")
        await until(pilot, Chooser)
        assert workspace.human_input.input(made.id).withdrawn_at is not None


async def test_a_correction_begun_is_there_again_and_asked_about_at_the_end(opened: Opened) -> None:
    async with opened() as pilot:
        await page(pilot)
        await press(pilot, "c", "enter", *"123", "escape")
        await press(pilot, "c", "enter")
        assert "123" in text(pilot.app)
        await press(pilot, "escape", "q")
        assert "Judgements and corrections begun and not saved: 1" in text(pilot.app)
        await press(pilot, "enter")


async def test_a_contact_is_logged_from_the_page_and_stands_in_the_timeline(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await page(pilot)
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, ContactDialog)
        await press(pilot, "enter", *"sent", "escape", "r")
        await until(pilot, ContactDialog)
        (contact,) = workspace.contacts.of("K0000003")
        assert (contact.reached, contact.text) == (True, "sent")
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, TimelineScreen)
        shown = text(pilot.app)
        assert f"{contact.id}" in shown
        assert "sent" in shown
        assert "graded  B  score 72  2026.1" in shown
        await press(pilot, "right")
        assert "graded" not in text(pilot.app)


async def test_a_day_that_cannot_be_read_keeps_the_contact_in_the_dialog(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await page(pilot)
        await press(pilot, "l", "tab", "tab", *"soon", "escape", "r")
        assert isinstance(pilot.app.screen, ContactDialog)
        assert "✗ " in text(pilot.app)
        assert workspace.contacts.of("K0000003") == ()


@pytest.mark.parametrize("error", [ZeroDivisionError("broken"), RuntimeError("a plugin's")])
async def test_an_explanation_that_fails_is_told_on_the_page_and_the_program_goes_on(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_given: object, **_named: object) -> object:
        raise error

    monkeypatch.setattr(RunReview, "shown", fails)
    async with opened() as pilot:
        await press(pilot, "down", "down", "enter")
        assert f"This cannot be told: {type(error).__name__}: {error}" in text(pilot.app)
        await press(pilot, "o", "w", "escape", "escape")
        assert pilot.app.is_running


async def test_sensitive_values_are_covered_until_a_key_shows_one_with_that_on_record(
    workspace: Workspace,
) -> None:
    config = workspace.folder / "rung.toml"
    named = '\n[confidentiality]\nfields = ["debt_ratio", "assets"]\nvisible_to = "viewer"\n'
    config.write_text(config.read_text("utf-8") + named, "utf-8")
    app = ReviewApp(review_of(Workspace.open(workspace.folder)), "en")
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        await page(pilot)
        shown = text(pilot.app)
        assert "Covered: Assets · Debt ratio; v shows one, and that is put on record." in shown
        assert "52.29%" not in shown
        assert MASK in shown
        assert reads(workspace) == []
        await press(pilot, "w")
        assert "52.29%" not in text(pilot.app)
        await press(pilot, "escape", "v", "down", "enter")
        shown = text(pilot.app)
        assert "52.29%" in shown
        assert "321,586" not in shown
        assert "Covered: Assets; v shows one" in shown
        assert reads(workspace) == [["debt_ratio"]]


def reads(workspace: Workspace) -> list[list[str]]:
    """Return the fields of every reading on record."""
    human = workspace.human_input
    if not human.is_begun:
        return []
    with human.ledger() as store:
        found = store.events(EventFilter(kinds=(EventKind.SENSITIVE_READ.value,)))
        return [json.loads(each.payload)["fields"] for each in found]
