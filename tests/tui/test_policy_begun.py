"""A policy begun from a table on the screen: asked for, refused beside the field, written whole, opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screens import press, settle, text
from textual.pilot import Pilot

from conftest import review_of
from rung.progress import Progress
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.beside import StoppedError
from rung_tui.policy.beginning import BeginScreen
from rung_tui.policy.column_marks import ColumnMarks
from rung_tui.policy.screen import PolicyScreen
from rung_tui.prompt import Prompt

pytestmark = pytest.mark.asyncio


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Twenty buyers, without a column that is their id."""
    rows = [f"{100 * n},{n % 4},{'east' if n % 2 else 'west'}" for n in range(1, 21)]
    file = tmp_path / "buyers.csv"
    file.write_text("\n".join(["spend,days_late,region", *rows, ""]), encoding="utf-8")
    return file


@asynccontextmanager
async def begun(workspace: Workspace) -> AsyncIterator[Pilot[int]]:
    """Open the mode Policy, and in it the dialog."""
    app = ReviewApp(review_of(workspace), "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "P", "ctrl+n")
        await there(pilot)
        yield pilot


async def there(pilot: Pilot[int]) -> BeginScreen:
    """Return the dialog once it is there."""
    for _round in range(100):
        if isinstance(pilot.app.screen, BeginScreen):
            break
        await pilot.pause(0.05)
    assert isinstance(pilot.app.screen, BeginScreen)
    await pilot.pause()
    return pilot.app.screen


async def until(pilot: Pilot[int], wanted: str) -> None:
    """Wait until something stands on the screen."""
    for _round in range(200):
        if wanted in text(pilot.app):
            return
        await pilot.pause(0.05)
    raise AssertionError(text(pilot.app))


def write_into(pilot: Pilot[int], name: str, value: str) -> None:
    """Fill in a field."""
    pilot.app.screen.query_one(f"#{name}", Prompt).value = value


async def read(pilot: Pilot[int], table: Path) -> None:
    """Name the table, and have it read."""
    write_into(pilot, "table", str(table))
    await pilot.pause()
    await pilot.press("enter")
    await until(pilot, "[x] spend")
    await settle(pilot)


async def test_a_policy_is_begun_and_opened_where_it_is_changed(workspace: Workspace, table: Path) -> None:
    async with begun(workspace) as pilot:
        await read(pilot, table)
        assert "own.buyers" in text(pilot.app)
        assert "[x] days_late" in text(pilot.app)
        pilot.app.screen.query_one(ColumnMarks).focus()
        await pilot.press("down", "right")
        assert "less is better" in text(pilot.app)
        write_into(pilot, "title", "买家")
        await pilot.press("ctrl+s")
        await until(pilot, "over own.buyers")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PolicyScreen)
        assert "买家" in text(pilot.app)
        assert "does not hold the values" in " ".join(text(pilot.app).split())
        assert "--data" not in text(pilot.app)
        await press(pilot, "escape", "P")
        assert "over own.buyers" in text(pilot.app)  # it stays, until one goes back to the run's
        await press(pilot, "b")
        await until(pilot, "over bank.credit")
    found = Workspace.open(workspace.folder).shelf.find("own.buyers")
    assert found.policy.grades == ("A", "B", "C")
    assert [each.measure for each in found.policy.criteria] == ["spend", "days_late"]
    late = [band["when"] for band in found.table["criteria"][1]["bands"]]
    assert late[0].startswith("<")
    assert "row_number" in (workspace.folder / "buyers.map.toml").read_text(encoding="utf-8")


async def test_what_speaks_against_it_stands_beside_its_field_and_nothing_is_written(
    workspace: Workspace, table: Path
) -> None:
    async with begun(workspace) as pilot:
        write_into(pilot, "table", str(table.with_name("none.csv")))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, "✗ There is no such file.")
        await read(pilot, table)
        write_into(pilot, "id", "Buyers")
        write_into(pilot, "grades", "A,A")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, "✗ “Buyers” is no id of a policy.")
        assert "✗ A grade stands twice in the list." in text(pilot.app)
        assert pilot.app.screen.query_one("#id").has_focus
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("ctrl+n")
        await there(pilot)
        assert "A,A" in text(pilot.app)  # what was typed is there again
        assert "[x] spend" in text(pilot.app)
    assert not list((workspace.folder / "policies").glob("*"))


async def test_a_file_that_is_there_is_never_overwritten(workspace: Workspace, table: Path) -> None:
    folder = workspace.folder / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "buyers.toml").write_text("mine", encoding="utf-8")
    async with begun(workspace) as pilot:
        await read(pilot, table)
        assert "own.buyers-2" in text(pilot.app)
        write_into(pilot, "id", "own.buyers")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, "There is a policy “own.buyers” already")
    assert (folder / "buyers.toml").read_text(encoding="utf-8") == "mine"
    assert [each.name for each in folder.iterdir()] == ["buyers.toml"]


async def test_esc_stops_the_writing_and_leaves_no_file(
    workspace: Workspace, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rung.workspace.drafting.begun as core

    def slow(*given: object) -> None:
        report: Progress = given[-1]  # type: ignore[assignment]
        while True:
            report("Reading", 7, 20)

    async with begun(workspace) as pilot:
        await read(pilot, table)
        monkeypatch.setattr(core, "begin_scheme", slow)
        await pilot.press("ctrl+s")
        await until(pilot, "Reading 7/20")
        assert "Esc stops it; nothing is written then" in text(pilot.app)
        await pilot.press("escape")
        await until(pilot, "✗ Stopped: nothing was written.")
    assert not list((workspace.folder / "policies").glob("*"))


async def test_stopping_at_the_last_moment_leaves_neither_file(workspace: Workspace, table: Path) -> None:
    from datetime import date

    from rung.workspace.drafting.begun import NewPolicy, begin_policy, read_table

    def stopped(stage: str, _done: int, _whole: int | None) -> None:
        if stage.startswith("Writing"):
            raise StoppedError

    columns = read_table(table, date(2026, 7, 1), lambda *_: None)
    wanted = NewPolicy("own.buyers", "Buyers", "A,B", chosen=("spend",))
    with pytest.raises(StoppedError):
        begin_policy(workspace, table, columns, wanted, date(2026, 7, 1), stopped)
    assert not wanted.file(workspace).exists()
    assert not wanted.mapping(workspace).exists()
