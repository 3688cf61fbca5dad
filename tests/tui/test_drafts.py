"""What is being typed when the program is killed is there again where it was typed, in every mode."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from conftest import review_of, settle
from rung.ledger import Proposal
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.approvals.anew import AnewForm
from rung_tui.approvals.desk import ApprovalsDesk
from rung_tui.customer.desk import CustomerDesk, NoteForm, desk_of
from rung_tui.drafts.keeper import Keeper
from rung_tui.drafts.store import Store
from rung_tui.due.desk import DueDesk
from rung_tui.due.form import ContactForm
from rung_tui.due.reason import ReasonScreen
from rung_tui.modes.opening import mode_shown
from rung_tui.override.data_form import DataForm
from rung_tui.records.desk import RecordsDesk
from rung_tui.records.sheet import Sheet

pytestmark = pytest.mark.asyncio

BANK, CUSTOMER = "bank.credit-tiers", "K0000003"
Program = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def program(workspace: Workspace, tmp_path: Path) -> Program:
    """Return what opens the program, as it finds things after a kill where one was ``killed`` before."""
    states = [tmp_path / "before"]

    @asynccontextmanager
    async def open_(*, killed: bool = False) -> AsyncIterator[Pilot[int]]:
        if killed:
            states.append(tmp_path / "after")
        keeper = Keeper(Store(workspace.folder, states[-1]))
        app = ReviewApp(review_of(workspace), "en", keeper)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            yield pilot
            if not killed:
                await pilot.pause(1.3)
                # What lies there now is what a kill at this moment would leave.
                shutil.copytree(states[-1], tmp_path / "after")
        keeper.end(is_done=True)

    return open_


def left(tmp_path: Path) -> dict[str, Any]:
    """Return what the killed program left on disk."""
    (file,) = (tmp_path / "after" / "drafts").glob("*.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["drafts"]
    return found


def told(pilot: Pilot[int]) -> str:
    return "\n".join(each.message for each in pilot.app._notifications)


async def go(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def desk(pilot: Pilot[int], mode: str) -> Any:
    app = pilot.app
    assert isinstance(app, ReviewApp)
    return app.desks[mode]


async def test_the_note_and_the_proposal_anew_of_approvals_are_there_again(
    workspace: Workspace, program: Program
) -> None:
    override = Proposal(grade="C", reason="systemic", narrative="行业下滑")
    workspace.human_input.propose(CUSTOMER, override, datetime.now(UTC), workspace.latest_by(BANK))
    async with program() as pilot:
        await go(pilot, "A")
        held: ApprovalsDesk = desk(pilot, "approvals")
        held.notes["O1"] = "哪一份合同？"
        held.anew["O1"] = AnewForm(narrative="另附审计报告")
        held.anew["O2"] = AnewForm()
    async with program(killed=True) as pilot:
        assert "Typed before the program ended, and kept: Approvals O1." in told(pilot)
        await go(pilot, "A")
        held = desk(pilot, "approvals")
        assert held.notes == {"O1": "哪一份合同？"}
        assert held.anew == {"O1": AnewForm(narrative="另附审计报告")}
        assert held.begun() == "Decisions begun and not recorded: 2"


async def test_the_form_of_a_record_is_offered_again_and_has_what_was_typed(program: Program) -> None:
    async with program() as pilot:
        await go(pilot, "R", "n", *"complaint", "enter", *CUSTOMER.lower(), "enter")
        assert isinstance(pilot.app.screen, Sheet)
        key = pilot.app.screen._work.key
        assert key.endswith(f":{CUSTOMER}")
        name = "plan"
        pilot.app.screen.query_one(f"#ask-{name}").focus()
        await pilot.pause()
        await go(pilot, *"ab")
        held: RecordsDesk = desk(pilot, "records")
        assert held.drafts == {key: {name: "ab"}}
        held.reasons["R1"] = "记在别人名下"
    async with program(killed=True) as pilot:
        assert f"kept: Records {CUSTOMER}, R1." in told(pilot)
        await go(pilot, "R", "n", "home", "enter")
        assert isinstance(pilot.app.screen, Sheet)
        assert pilot.app.screen.answers[name] == "ab"
        assert desk(pilot, "records").reasons == {"R1": "记在别人名下"}


async def test_sensitive_fields_of_a_record_stay_in_the_program_and_off_the_disk(
    program: Program, tmp_path: Path
) -> None:
    async with program() as pilot:
        await go(pilot, "R")
        held: RecordsDesk = desk(pilot, "records")
        held.keep("new:bank.file:C1", {"phone": "13800000000", "name": "李"}, str, frozenset({"phone"}))
        held.keep("new:bank.file:C2", {"phone": "13900000000"}, str, frozenset({"phone"}))
        assert held.begun() == "Forms of records begun and not recorded: 2"
    assert left(tmp_path) == {"records": [["new:bank.file:C1", {"name": "李"}]]}


async def test_notes_contacts_and_corrections_of_customers_are_there_again(
    workspace: Workspace, program: Program
) -> None:
    async with program() as pilot:
        await go(pilot, "down", "down", "enter", "n", *"met")
        held: CustomerDesk = desk(pilot, "customer")
        (about,) = held.notes
        held.contacts[BANK, about] = ContactForm(note="两次未接")
        held.data[BANK, about, "assets"] = DataForm(value="500", evidence="F-12")
    async with program(killed=True) as pilot:
        assert told(pilot).count(f"Queue {about}.") == 1
        await go(pilot, "down", "down", "enter")
        held = desk_of(pilot.app, workspace)
        assert held.notes[about].text == "met"
        assert isinstance(held.notes[about], NoteForm)
        assert held.contacts == {(BANK, about): ContactForm(note="两次未接")}
        assert held.data == {(BANK, about, "assets"): DataForm(value="500", evidence="F-12")}


async def test_a_reason_being_typed_is_kept_from_the_first_letter_and_the_usual_one_is_not(
    program: Program,
) -> None:
    async with program() as pilot:
        await go(pilot, "D")
        held: DueDesk = desk(pilot, "due")
        asked = ReasonScreen(lambda: "Why?", "slip of the key", held.reasons, (BANK, CUSTOMER))
        pilot.app.push_screen(asked)
        await go(pilot, "a")
        assert held.reasons == {(BANK, CUSTOMER): "a"}
        await go(pilot, "ctrl+u", *"slip of the key")
        assert held.reasons == {}
        await go(pilot, "ctrl+u", *"twice", "escape")
    async with program(killed=True) as pilot:
        assert f"kept: Due {CUSTOMER}." in told(pilot)
        await go(pilot, "D")
        assert desk(pilot, "due").reasons == {(BANK, CUSTOMER): "twice"}
        assert isinstance(pilot.app, ReviewApp)
        assert mode_shown(pilot.app) == "due"


async def test_every_program_on_a_workspace_keeps_its_own_whoever_typed_nothing_yet(tmp_path: Path) -> None:
    idle, other, killed = (Store(tmp_path, tmp_path / "state") for _each in range(3))
    for each in (idle, other, killed):
        assert each.begin() == {}
    killed.write({"due": [["C1", {"note": "calls back"}]]})
    assert killed._lock is not None
    killed._lock.close()  # as a kill does
    later = Store(tmp_path, tmp_path / "state")
    assert later.begin() == {"due": [["C1", {"note": "calls back"}]]}
    for each in (idle, other, later):
        each.end()
