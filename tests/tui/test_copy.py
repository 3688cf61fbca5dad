"""Copying and writing out what the queue shows, and never saying more of it than is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
from screens import text

from conftest import Opened, settle
from rung.ledger import EventKind
from rung.workspace import Workspace
from rung_tui.asking import AskText
from rung_tui.prompt import Prompt
from rung_tui.taking import clipboard
from rung_tui.taking.clipboard import Outcome, native, put


def program(folder: Path, name: str, script: str) -> Path:
    """Make a program of the name that runs a shell script."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize(
    ("environment", "platform", "programs", "expected"),
    [
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip"], ["wl-copy", "xclip"]),
        ({"DISPLAY": ":0"}, "linux", ["xsel"], ["xsel"]),
        ({}, "linux", ["wl-copy", "xclip", "xsel"], []),
        ({}, "darwin", ["pbcopy"], ["pbcopy"]),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", ["pbcopy"], []),
        ({"SSH_TTY": "x", "DISPLAY": "localhost:10"}, "linux", ["xclip"], ["xclip"]),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "linux", ["clip.exe"], ["clip.exe"]),
        ({"TMUX": "/tmp/t"}, "linux", ["tmux"], ["tmux"]),
        ({"DISPLAY": ":0"}, "linux", [], []),
    ],
)
def test_the_clipboard_of_the_person_is_looked_for_and_no_other(
    tmp_path: Path, environment: dict[str, str], platform: str, programs: list[str], expected: list[str]
) -> None:
    for name in programs:
        program(tmp_path / "bin", name, "cat > /dev/null")
    found = native({**environment, "PATH": str(tmp_path / "bin")}, platform)
    assert [each.command[0] for each in found] == expected


def test_what_a_program_took_is_copied_and_nothing_else_is(tmp_path: Path) -> None:
    program(tmp_path / "bin", "xclip", f"/bin/cat > {tmp_path}/got")
    environment = {"DISPLAY": ":0", "PATH": str(tmp_path / "bin")}
    assert put("客户 K1", environment, "linux") is Outcome.COPIED
    assert (tmp_path / "got").read_text(encoding="utf-8") == "客户 K1"


def test_a_program_that_fails_leaves_the_terminal(tmp_path: Path) -> None:
    program(tmp_path / "bin", "xclip", "exit 1")
    environment = {"DISPLAY": ":0", "PATH": str(tmp_path / "bin")}
    assert put("K1", environment, "linux") is Outcome.SENT
    assert put("K" * 74_995, environment, "linux") is Outcome.TOO_LONG
    assert put("K" * 74_994, environment, "linux") is Outcome.SENT


def test_what_tmux_took_is_said_to_be_with_tmux(tmp_path: Path) -> None:
    program(tmp_path / "bin", "tmux", "cat > /dev/null")
    environment = {"TMUX": "/tmp/t", "PATH": f"{tmp_path}/bin:/bin:/usr/bin"}
    assert put("K1", environment, "linux") is Outcome.TMUX


def notices(pilot: Any) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


async def copied(pilot: Any, outcome: Outcome, monkeypatch: pytest.MonkeyPatch, *keys: str) -> list[str]:
    """Copy with a clipboard that answers so, and return what it was given."""
    got: list[str] = []
    monkeypatch.setattr(clipboard, "put", lambda text: (got.append(text), outcome)[1])
    await pilot.press("y")
    await settle(pilot)
    await pilot.press(*keys, "enter")
    await settle(pilot)
    return got


@pytest.mark.asyncio
async def test_a_cell_is_copied(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as pilot:
        assert await copied(pilot, Outcome.COPIED, monkeypatch) == ["K0000001"]
        assert notices(pilot) == ["Copied: K0000001"]


@pytest.mark.asyncio
async def test_a_row_is_copied_with_its_cells_parted_by_tabs(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        (row,) = await copied(pilot, Outcome.COPIED, monkeypatch, *"whole row")
        assert row.startswith("K0000001\t")


@pytest.mark.asyncio
async def test_the_ids_of_the_marked_are_copied_one_a_line(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        await pilot.press("space", "down", "space")
        assert await copied(pilot, Outcome.COPIED, monkeypatch) == ["K0000001\nK0000003"]


@pytest.mark.asyncio
async def test_what_was_only_sent_to_the_terminal_is_not_called_copied(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(size=(120, 24)) as pilot:
        sent: list[str] = []
        monkeypatch.setattr(pilot.app, "copy_to_clipboard", sent.append)
        await copied(pilot, Outcome.SENT, monkeypatch)
        assert sent == ["K0000001"]
        assert notices(pilot) == ["Sent to the terminal, which does not say whether it took it: K0000001"]


async def write(pilot: Any, path: Path) -> None:
    await pilot.press("e")
    for _round in range(40):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, AskText):
            break
    pilot.app.screen.query_one(Prompt).value = str(path)
    await pilot.press("enter")
    await settle(pilot)
    for _round in range(100):
        await pilot.pause(0.05)
        if path.exists():
            break
    await settle(pilot)


@pytest.mark.asyncio
@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
async def test_who_is_shown_is_written_in_the_order_shown(
    opened: Opened, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"out.{ending}"
    async with opened() as pilot:
        await pilot.press("slash", *"k000001", "enter", "s", *"customer", "down", "enter")
        await settle(pilot)
        await write(pilot, file)
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet}
    frame = fastexcel.read_excel(file).load_sheet(0).to_polars() if ending == "xlsx" else read[ending](file)
    assert frame["customer_id"].to_list() == [f"K00000{number}" for number in range(19, 9, -1)]
    assert "model_grade" in frame.columns


@pytest.mark.asyncio
async def test_a_file_that_is_there_is_replaced_only_when_that_is_said_twice(
    opened: Opened, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("mine")
    async with opened() as pilot:
        await write(pilot, file)
        assert "That file is there already." in text(pilot.app)
        assert file.read_text() == "mine"
        await pilot.press("enter")
        await settle(pilot)
        for _round in range(60):
            await pilot.pause(0.05)
            if file.read_text(encoding="utf-8") != "mine":
                break
    assert "K0000240" in file.read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_a_name_that_will_not_do_is_told_and_nothing_is_lost(opened: Opened, tmp_path: Path) -> None:
    async with opened() as pilot:
        await write(pilot, tmp_path / "out.docx")
        assert "names no kind of file" in text(pilot.app).replace("\n", "")
        assert isinstance(pilot.app.screen, AskText)


@pytest.mark.asyncio
async def test_where_people_are_listed_it_is_on_record_that_the_grades_were_taken(
    opened: Opened, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    del today
    monkeypatch.setenv("LOGNAME", "chen")
    monkeypatch.setenv("USER", "chen")
    config = workspace.folder / "rung.toml"
    config.write_text(config.read_text() + '\n[people.root]\nname = "R"\nrole = "owner"\n')
    async with opened() as pilot:
        await write(pilot, tmp_path / "out.csv")
    with Workspace.open(workspace.folder).human_input.ledger() as store:
        kinds = [event.kind for event in store.events()]
    assert kinds == [EventKind.EXPORT_TAKEN]
