"""The mode Due: contacts logged and taken back, a batch called through; nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from due_cases import (
    NOW,
    contacts,
    due,
    field,
    pane_title,
    with_file,
)
from screens import lines, press, text

from rung.errors import RungError
from rung.workspace import Workspace
from rung_tui.due.desk import DueDesk
from rung_tui.due.listing import Listing

pytestmark = pytest.mark.asyncio


async def test_a_letter_logs_a_contact_and_tells_the_grade_before_and_after(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z")
        assert "K" in text(pilot.app)
        assert "Grade: A → D" in text(pilot.app)
        assert "C02" in text(pilot.app)
    assert contacts(shop, "C01") == ["goes_to_dealer"]


async def test_a_batch_of_twenty_is_called_through_without_the_mouse(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", *"n" * 20)
        assert "C21" in pane_title(pilot)
        assert "Calls: 20, reached 20, skipped 0, taken back 0." in text(pilot.app)
        assert " 21/21 " in text(pilot.app)
        await press(pilot, "x")
        assert "That was the last. U takes the last call back." in text(pilot.app)
    assert contacts(shop, "C20") == ["no_need_now"]
    assert contacts(shop, "C21") == ["no_answer"]


async def test_a_customer_is_skipped_and_nothing_is_logged(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "S", "space", "s")
        assert "C04" in pane_title(pilot)
    assert [contacts(shop, each) for each in ("C01", "C02", "C03")] == [[], [], ["coming_soon"]]


async def test_the_last_contact_is_taken_back_for_the_usual_reason_or_another(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "z", "U")
        assert "Why is K3 of C01 taken back?" in text(pilot.app)
        assert "slip of the key" in text(pilot.app)
        await press(pilot, *"other car", "enter")
        shown = text(pilot.app)
        assert "K3 of C01 is taken back; it stays on record." in shown
        assert "Grade: D → A" in shown
        assert "C01" in pane_title(pilot)
        assert "✓" not in shown
        await press(pilot, "U")
        assert "Why is" not in text(pilot.app)
    assert contacts(shop, "C01") == []
    (withdrawn,) = (each for each in shop.contacts.history("C01").entries if each.kind == "contact.withdrawn")
    assert withdrawn.payload["reason"] == "other car"


async def test_a_refusal_to_take_back_keeps_the_reason_and_the_contact(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: Any) -> None:
        raise RungError.of("The ledger is away.")

    async with due(shop) as pilot:
        await press(pilot, "l", "n")
        with monkeypatch.context() as away:
            away.setattr(DueDesk, "undo", refused)
            await press(pilot, "U", *"slipped", "enter")
            assert "✗ The ledger is away." in text(pilot.app)
        await press(pilot, "U")
        assert "slipped" in text(pilot.app)
        await press(pilot, "enter")
    assert contacts(shop, "C01") == []


async def test_a_note_and_a_day_go_with_the_contact(shop: Workspace) -> None:
    day = NOW.date() + timedelta(days=3)
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "enter", *"3d", "enter", *"5", "enter")
        await press(pilot, "enter", "s")
        assert f"Next contact: {day}" in text(pilot.app)
        assert field(pilot, "note") == ""
        assert pilot.app.desks["due"].begun() == ""  # type: ignore[attr-defined]
    (contact,) = shop.contacts.of("C01")
    assert (contact.text, contact.next_on, contact.minutes, contact.channel) == ("busy", day, 5, "phone")


async def test_a_contact_refused_keeps_what_was_typed(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "enter", *"2020-01-01", "escape", "s")
        assert "✗ The next contact would be on 2020-01-01, which is past." in text(pilot.app)
        assert (field(pilot, "note"), field(pilot, "next")) == ("busy", "2020-01-01")
        assert "C01" in pane_title(pilot)
        await press(pilot, "b")
        assert "No outcome has the key “b”." in text(pilot.app)
        await press(pilot, "Q", "escape", "d", "l")
        assert (field(pilot, "note"), field(pilot, "next")) == ("busy", "2020-01-01")
    assert contacts(shop, "C01") == []


async def test_everything_that_cannot_be_read_is_said_at_once(shop: Workspace) -> None:
    async with due(shop, (140, 40)) as pilot:
        await press(pilot, "l", "enter", "enter", *"soon", "enter", "x", "enter", *"need", "enter", "s")
        shown = text(pilot.app)
        assert "“soon” is neither a day nor a span" in shown
        assert "“x” is no number of minutes." in shown
        assert "“need” says no value of a field." in shown


async def test_what_is_no_refusal_keeps_what_was_typed_too(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(DueDesk, "log", broken)
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "escape", "s")
        assert "✗ Nothing was recorded: OSError: disk full" in text(pilot.app)
        assert field(pilot, "note") == "busy"


async def test_whoever_may_only_look_is_told_so(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    people = '[people.li]\nname = "李"\nrole = "viewer"\n[people.wang]\nname = "王"\nrole = "owner"\n'
    shop = with_file(shop, people)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    async with due(shop) as pilot:
        await press(pilot, "l", "s")
        assert "✗ 李 (li) may look, not log contacts." in text(pilot.app)
    assert contacts(shop, "C01") == []


async def test_whom_a_colleague_called_meanwhile_is_passed_over(shop: Workspace) -> None:
    from rung.service.contacts import ContactSaid

    async with due(shop) as pilot:
        shop.contacts.log("C02", ContactSaid(outcome="i"), datetime.now(UTC))
        await press(pilot, "l", "n")
        assert "C03" in pane_title(pilot)
        assert any("✓" in each and "C02" in each for each in lines(pilot.app))


async def test_ending_the_program_asks_where_a_contact_was_begun(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "l", "enter", *"busy", "ctrl+q")
        assert "Contacts begun and not logged: 1" in text(pilot.app)
        await press(pilot, "escape")
        assert field(pilot, "note") == "busy"


async def test_another_list_never_lets_a_letter_log_the_wrong_customer(shop: Workspace) -> None:
    async with due(shop) as pilot:
        await press(pilot, "down", "down", "l")
        assert "C03" in pane_title(pilot)
        await press(pilot, "Q", "r", "l", "s")
    assert [contacts(shop, each) for each in ("C01", "C03")] == [["coming_soon"], []]


async def test_whole_lists_are_never_put_in_words_for_the_name_of_a_worker(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(Listing, "__repr__", lambda self: f"{written.append(self)}")
    async with due(shop) as pilot:
        await press(pilot, "r", "l", "s")
    assert contacts(shop, "C01") == ["coming_soon"]
    assert written == []
