"""The mode Runs and audit: runs in full and compared, acts page by page, the chain verified and exported."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from screens import lines, press, settle, text
from textual.pilot import Pilot

from rung.ledger import Proposal
from rung.text import MASK, Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.journal.acts import ActRows
from rung_tui.journal.desk import JournalDesk
from rung_tui.journal.screen import JournalScreen
from rung_tui.queue.screen import QueueScreen
from rung_tui.review import Review

pytestmark = pytest.mark.asyncio

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧\ud800"
AT = datetime(2026, 7, 4, 8, tzinfo=UTC)
BANK = "bank.credit-tiers"


def overruled(workspace: Workspace, count: int) -> list[str]:
    """Put overrides of the first customers of the bank on record, and return their ids."""
    run_id = workspace.latest_by(BANK)
    with workspace.run(run_id) as run:
        rows = [run.results.row(number) for number in range(run.results.num_rows)]
    ids = [str(row["customer_id"]) for row in rows if row["model_grade"] == "B"][:count]
    for number, customer in enumerate(ids):
        proposal = Proposal(grade="C", reason="systemic", narrative=f"行业下滑 {number}")
        workspace.human_input.propose(customer, proposal, AT + timedelta(minutes=number), run_id)
    return ids


@asynccontextmanager
async def journal(
    workspace: Workspace,
    size: tuple[int, int] = (80, 24),
    language: Language = "en",
    policy: str = BANK,
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the runs."""
    app = ReviewApp(Review(workspace, workspace.run(workspace.latest_by(policy))), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("J")
        await settle(pilot)
        yield pilot


def notices(pilot: Any) -> str:
    return "\n".join(each.message for each in pilot.app._notifications)


def screen(pilot: Any) -> JournalScreen:
    found = next(each for each in pilot.app.screen_stack if isinstance(each, JournalScreen))
    assert isinstance(found, JournalScreen)
    return found


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def tampered(workspace: Workspace, statement: str, *values: object) -> None:
    """Change the ledger's file as somebody might who may write to it."""
    with closing(sqlite3.connect(workspace.folder / "ledger.db")) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement, values)


# Runs


async def test_runs_are_listed_newest_first_and_the_one_in_the_queue_is_marked(workspace: Workspace) -> None:
    async with journal(workspace) as pilot:
        rows = lines(pilot.app)[3:6]
        assert [each[:16] for each in rows] == ["▸ ● Bank custome", "    Service clas", "    Bank custome"]
        assert ["07-03" in rows[0], "07-02" in rows[1], "07-01" in rows[2]] == [True] * 3
        assert "A 32  B 93  C 62  D…" in rows[0]


async def test_a_run_is_told_in_full_why_customers_are_not_graded_too(workspace: Workspace) -> None:
    async with journal(workspace, (100, 60)) as pilot:
        await press(pilot, "enter")
        shown = text(pilot.app)
        assert "20260703T080000Z-bank.credit-tiers" in shown
        assert "3  Data missing: Assets" in shown
        assert "1 value of “资产负债率(%)” could not be read" in shown
        assert "37,056 bytes" in shown
        assert "Hash of it" in shown


async def test_a_damaged_run_stands_in_its_place_with_what_is_wrong(workspace: Workspace) -> None:
    _newest, middle, oldest = workspace.store.ids()
    (workspace.store.folder / middle / "run.json").write_text("{", encoding="utf-8")
    (workspace.store.folder / oldest / "measured.arrow").write_bytes(b"")
    async with journal(workspace, (140, 40)) as pilot:
        rows = lines(pilot.app)
        damaged = next(place for place, each in enumerate(rows) if "✗ The manifest is" in each)
        assert "20260702T0" in rows[damaged]
        assert "✗ The run is damag" in rows[damaged + 1]
        await press(pilot, "down", "down", "enter")
        # Where the line breaks is for the length of the folder's name.
        assert "measured.arrow" in text(pilot.app)
        assert "missing" in text(pilot.app)
        assert "Data missing" not in text(pilot.app)
        await press(pilot, "escape", "o")
        assert isinstance(pilot.app.screen, JournalScreen)
        assert "The run is damaged" in notices(pilot)


async def test_another_run_is_opened_in_the_queue(workspace: Workspace) -> None:
    async with journal(workspace) as pilot:
        await press(pilot, "down", "o")
        await settle(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)
        assert "Service classes of cigarette retailers" in lines(pilot.app)[0]


async def test_a_run_is_compared_with_the_one_before_it_or_the_one_marked(workspace: Workspace) -> None:
    async with journal(workspace, (100, 60)) as pilot:
        await press(pilot, "c")
        shown = text(pilot.app)
        assert re.search("▼ +13  worse", shown)
        assert re.search("▲ +0  better", shown)
        assert re.search(r"D Tier D +41 +46 +\+5", shown)
        await press(pilot, "escape", "down", "space", "up", "c")
        assert "Two policies: who moved between them means nothing." in text(pilot.app)
        await press(pilot, "escape", "down", "space", "c")
        assert "There is no run by this policy before it" in notices(pilot)


# Acts


async def test_acts_are_shown_newest_first_in_words_and_in_full_on_demand(workspace: Workspace) -> None:
    overruled(workspace, 3)
    async with journal(workspace) as pilot:
        await press(pilot, "2")
        assert lines(pilot.app)[3].startswith("▸   3 2026-07-04")
        assert "override propo" in lines(pilot.app)[3]
        assert "Head" in lines(pilot.app)[1]
        await press(pilot, "enter", "end")
        shown = text(pilot.app)
        assert "Hash before" in shown
        assert '"run_id": "20260703T080000Z-bank.credit-tiers"' in shown


async def test_in_80_columns_whose_act_it_was_and_about_whom_is_read_whole(workspace: Workspace) -> None:
    overruled(workspace, 2)
    async with journal(workspace, size=(80, 24)) as pilot:
        await press(pilot, "2")
        row = next(each for each in lines(pilot.app) if "override proposed" in each)
        assert re.search(r"K[0-9]{7} O[0-9]", row)


async def test_the_filter_narrows_the_acts_and_what_cannot_be_read_is_said_at_once(
    workspace: Workspace,
) -> None:
    ids = overruled(workspace, 3)
    async with journal(workspace, (100, 30)) as pilot:
        await press(
            pilot, "2", "slash", *"nobody", "tab", *"nemo", "down", "down", *"overide", "tab", *"soon"
        )
        await press(pilot, "enter")
        shown = text(pilot.app)
        for told in (
            "no customer “nobody”",
            "nobody called “nemo”",
            "“overide” is no kind",
            "“soon” is no moment",
        ):
            assert told in shown, told
        await press(pilot, "f5", *ids[1], "enter")
        assert " 1/1 " in text(pilot.app)
        assert ids[1] in lines(pilot.app)[2]
        await press(pilot, "escape")
        assert " 2/3 " in text(pilot.app)
        await press(pilot, "s")
        assert " 1/1 " in text(pilot.app)


async def test_what_was_typed_in_the_filter_stays_when_it_is_left(workspace: Workspace) -> None:
    overruled(workspace, 1)
    async with journal(workspace) as pilot:
        await press(pilot, "2", "slash", *"nobody", "escape", "escape", "J", "slash")
        assert pilot.app.screen.query_one("#customer").value == "nobody"  # type: ignore[attr-defined]


async def test_a_kind_is_chosen_from_the_list(workspace: Workspace) -> None:
    overruled(workspace, 2)
    async with journal(workspace) as pilot:
        await press(pilot, "2", "slash", "f3", *"override prop", "enter", "enter")
        assert " 1/2 " in text(pilot.app)
        assert "override.proposed" in lines(pilot.app)[1]
        await press(pilot, "slash", "f5", "f3", *"note wri", "enter", "enter")
        assert "No act on record is like that." in text(pilot.app)


async def test_the_customers_page_is_opened_from_an_act(workspace: Workspace) -> None:
    ids = overruled(workspace, 1)
    async with journal(workspace) as pilot:
        await press(pilot, "2", "o")
        await settle(pilot)
        assert ids[0] in text(pilot.app)
        assert "Reasons" in text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, JournalScreen)


async def test_looking_begins_no_ledger_and_says_that_nothing_is_on_record(workspace: Workspace) -> None:
    async with journal(workspace) as pilot:
        await press(pilot, "2")
        assert "Nothing on record." in text(pilot.app)
        await press(pilot, "v", "enter")
        assert "The chain is whole: 0 events." in text(pilot.app)
    assert not (workspace.folder / "ledger.db").exists()


async def test_sensitive_values_are_masked_as_the_log_masks_them(workspace: Workspace) -> None:
    from rung.ledger import InputKind, Supply

    run_id = workspace.latest_by(BANK)
    with workspace.run(run_id) as run:
        customer = str(run.results.row(0)["customer_id"])
    supply = Supply(
        kind=InputKind.CORRECTION,
        subject="days_past_due",
        value="77",
        reason="entered_wrong",
        evidence="凭证1",
    )
    workspace.human_input.supply(customer, supply, AT, run_id)
    with (workspace.folder / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[confidentiality]\nfields = ["days_past_due"]\nvisible_to = "owner"\n')
    async with journal(Workspace.open(workspace.folder), (100, 60)) as pilot:
        await press(pilot, "2", "enter")
        shown = text(pilot.app)
        assert f'"value": "{MASK}"' in shown
        assert '"77"' not in shown


# The chain


async def test_the_first_act_that_does_not_fit_is_named_and_gone_to(workspace: Workspace) -> None:
    overruled(workspace, 4)
    tampered(workspace, "UPDATE events SET maker = ? WHERE sequence = 2", HOSTILE[:9])
    async with journal(workspace, (100, 30)) as pilot:
        await press(pilot, "2", "v", "enter")
        shown = text(pilot.app)
        assert "✗ Event 2 was changed after it was recorded" in shown
        assert "The 1 events before it fit." in shown
        await press(pilot, "b", "enter")
        assert "Act no. 2" in text(pilot.app)
        assert "\x1b[31m" not in text(pilot.app)
        await press(pilot, "end")
        assert "Its content is not what its hash was taken of." in text(pilot.app)


async def test_missing_and_unreadable_acts_stand_in_their_place(workspace: Workspace) -> None:
    overruled(workspace, 4)
    tampered(workspace, "DELETE FROM events WHERE sequence = 3")
    tampered(workspace, "UPDATE events SET made_at = 'soon' WHERE sequence = 2")
    tampered(workspace, "UPDATE events SET payload = ? WHERE sequence = 1", b'{"id": "\\ud800", "x": 1')
    async with journal(workspace, (120, 30), "zh") as pilot:
        await press(pilot, "2", "down")
        rows = lines(pilot.app)
        assert any("▸" in each and " 3 " in each and "✗" in each for each in rows)
        assert any(each.startswith("    2") and "✗" in each for each in rows)
        await press(pilot, "down", "down", "enter")
        assert isinstance(screen(pilot), JournalScreen)


async def test_a_head_kept_outside_is_looked_for_and_no_hash_is_refused(workspace: Workspace) -> None:
    overruled(workspace, 2)
    async with journal(workspace) as pilot:
        await press(pilot, "2", "h")
        head = workspace.human_input.ledger().head()
        assert f"2 {head.hash}" in notices(pilot)
        assert pilot.app.clipboard == f"2 {head.hash}"
        await press(pilot, "v", *"nonsense", "enter")
        assert "“nonsense” is no hash." in text(pilot.app)
        await press(pilot, *["backspace"] * 8, *("0" * 64), "enter")
        assert "The event with the hash given is not in the ledger" in text(pilot.app)


async def test_verifying_can_be_stopped(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    overruled(workspace, 1)
    begun, goes_on = Event(), Event()

    def slow(_desk: JournalDesk, _head: str, report: Any) -> None:
        report("Verifying", 5, 10)
        begun.set()
        goes_on.wait(10)
        report("Verifying", 6, 10)
        raise AssertionError("it was to be stopped")

    monkeypatch.setattr(JournalDesk, "verify", slow)
    async with journal(workspace) as pilot:
        await press(pilot, "2", "v")
        await pilot.press("enter")
        await pilot.pause(0.5)
        assert begun.is_set()
        assert "Verifying 5/10 Esc stops" in lines(pilot.app)[-2]
        await press(pilot, "escape")
        goes_on.set()
        assert "nothing is said about the chain" in notices(pilot)
        assert not screen(pilot).is_at_work


# The export


async def test_the_acts_shown_are_written_as_json_lines_and_that_goes_on_record(
    workspace: Workspace, tmp_path: Path
) -> None:
    ids = overruled(workspace, 3)
    with (workspace.folder / "rung.toml").open("a", encoding="utf-8") as file:
        file.write("\n[confidentiality]\n")
    out = tmp_path / "acts.jsonl"
    async with journal(Workspace.open(workspace.folder)) as pilot:
        await press(pilot, "2", "s", "e", *str(out), "enter")
        assert "1 acts written to" in notices(pilot)
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["customer_id"] == ids[2]
    with workspace.human_input.ledger() as store:
        last = store.event(4)
    assert last is not None
    assert (last.kind, json.loads(last.payload)["file"]) == ("export.taken", "acts.jsonl")


async def test_a_file_that_is_there_is_replaced_only_when_that_is_confirmed(
    workspace: Workspace, tmp_path: Path
) -> None:
    overruled(workspace, 1)
    out = tmp_path / "acts.jsonl"
    out.write_text("mine", encoding="utf-8")
    async with journal(workspace) as pilot:
        await press(pilot, "2", "e", "enter")
        assert "No file is named." in text(pilot.app)
        await press(pilot, *str(tmp_path), "enter")
        assert "is a folder, not a file." in text(pilot.app)
        await press(pilot, *"/acts.jsonl", "enter")
        assert "Enter once more replaces it" in text(pilot.app)
        assert out.read_text(encoding="utf-8") == "mine"
        await press(pilot, "enter")
        assert "1 acts written" in notices(pilot)
    assert json.loads(out.read_text(encoding="utf-8"))["sequence"] == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (220, 60)])
async def test_every_size_and_language_has_runs_and_acts(workspace: Workspace, size: tuple[int, int]) -> None:
    overruled(workspace, 2)
    async with journal(workspace, size, "zh") as pilot:
        assert "银行客户等" in text(pilot.app)
        await press(pilot, "2")
        assert "提出改判" in text(pilot.app)
        await press(pilot, "f8")
        assert "override propo" in text(pilot.app)


async def test_an_act_that_is_read_late_is_told_in_the_pane_all_the_same(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = overruled(workspace, 2)
    read, come = ActRows.page, Event()

    def late(rows: ActRows, start: int, count: int) -> object:
        come.wait(10)
        return read(rows, start, count)

    monkeypatch.setattr(ActRows, "page", late)
    async with journal(workspace, (140, 40)) as pilot:
        await press(pilot, "2")
        assert "override.proposed" not in text(pilot.app)
        come.set()
        await pilot.pause(0.5)
        await settle(pilot)
        assert "override.proposed" in text(pilot.app)
        assert text(pilot.app).count(customers[1]) == 2
