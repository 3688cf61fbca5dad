"""A person's own file, and what is remembered: read as far as it can be, and never a hindrance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from screens import text

from conftest import review_of, settle
from rung.workspace import Workspace
from rung_tui.acts import remap
from rung_tui.app import ReviewApp
from rung_tui.preferences.memory import Memory
from rung_tui.preferences.places import memory_file, preferences_file
from rung_tui.preferences.settings import Settings
from rung_tui.preferences.wishes import Wishes, read_wishes
from rung_tui.queue.screen import QueueScreen
from rung_tui.table.vim import set_vim


@pytest.fixture(autouse=True)
def no_wishes_left() -> Any:
    yield
    remap({})
    set_vim(None)


def written(folder: Path, content: str) -> Path:
    file = folder / "terminal.toml"
    file.write_text(content, encoding="utf-8")
    return file


def test_the_file_says_theme_language_keys_and_the_rest(tmp_path: Path) -> None:
    found = read_wishes(
        written(
            tmp_path,
            'theme = "light"\nlanguage = "zh"\nvim = true\nmouse = false\nascii = true\n'
            '[keys]\nsort = "x f5"\n"app.theme" = "f7"\n',
        )
    )
    assert found == Wishes(
        "light", "zh", vim=True, mouse=False, ascii=True, keys={"sort": "x f5", "app.theme": "f7"}
    )


def test_the_page_about_it_names_every_act_of_the_queue_and_its_example_holds(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "terminal.md").read_text(encoding="utf-8")
    assert [act.action for act in QueueScreen.ACTS if f"`{act.action}`" not in page] == []
    example = page.partition("```toml\n")[2].partition("```")[0]
    found = read_wishes(written(tmp_path, example))
    assert found == Wishes(
        "light", "zh", vim=True, mouse=False, ascii=True, keys={"sort": "x f5", "app.theme": "f7"}
    )


def test_a_file_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert read_wishes(tmp_path / "none.toml") == Wishes()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('theme = "light"\ncolour = 1\n', 2, "“colour” is not known here."),
        ('\ntheme = "green"\n', 2, "does not fit “theme”"),
        ("vim = 1\n", 1, "does not fit “vim”"),
        ('[keys]\nsort = ""\n', 2, "Keys are a text"),
        ('[keys]\nsort = "ctrl+"\n', 2, "“ctrl+” is no key."),
        ("theme = \n", 1, "This is no TOML"),
    ],
)
def test_a_mistake_is_told_by_its_line_and_the_rest_holds(
    tmp_path: Path, content: str, line: int, said: str
) -> None:
    (problem,) = read_wishes(written(tmp_path, content)).problems
    assert problem.place is not None
    assert problem.place.line == line
    assert said in problem.message


def test_what_is_right_beside_a_mistake_holds(tmp_path: Path) -> None:
    found = read_wishes(written(tmp_path, 'theme = "light"\nvim = "yes"\n'))
    assert (found.theme, found.vim, len(found.problems)) == ("light", None, 1)


def test_a_file_of_another_encoding_is_told_and_not_fatal(tmp_path: Path) -> None:
    file = tmp_path / "terminal.toml"
    file.write_bytes("theme = '明'".encode("gb18030"))
    assert len(read_wishes(file).problems) == 1


def test_the_file_is_where_the_person_says_else_where_the_platform_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("RUNG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert preferences_file() == tmp_path / "config" / "rung" / "terminal.toml"
    assert memory_file() == tmp_path / "state" / "rung" / "terminal.json"
    monkeypatch.setenv("RUNG_CONFIG_HOME", str(tmp_path / "own"))
    assert preferences_file() == tmp_path / "own" / "terminal.toml"


def test_what_two_programs_remember_does_not_undo_each_other(tmp_path: Path) -> None:
    file = tmp_path / "state" / "terminal.json"
    one, other = Memory(file, tmp_path / "a"), Memory(file, tmp_path / "b")
    one.put("theme", "light")
    other.put("language", "zh")
    one.put("views", [1], here=True)
    other.put("views", [2], here=True)
    again = Memory(file, tmp_path / "a")
    assert (again.get("theme"), again.get("language")) == ("light", "zh")
    assert (again.get("views", here=True), Memory(file, tmp_path / "b").get("views", here=True)) == ([1], [2])


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 2}', "[" * 100_000, "\x00\xff"])
def test_a_memory_that_cannot_be_read_is_empty_and_is_written_anew(tmp_path: Path, content: str) -> None:
    file = tmp_path / "terminal.json"
    file.write_text(content, encoding="latin-1")
    memory = Memory(file)
    assert memory.get("theme") is None
    memory.put("theme", "dark")
    assert json.loads(file.read_text())["theme"] == "dark"
    assert [each.name for each in tmp_path.iterdir()] == ["terminal.json"]


def test_a_memory_that_cannot_be_written_is_kept_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "terminal.json")
    memory.put("theme", "dark")
    assert memory.get("theme") == "dark"


def app_of(workspace: Workspace, wishes: Wishes, memory: Memory | None = None) -> ReviewApp:
    return ReviewApp(review_of(workspace), "en", settings=Settings(wishes, memory or Memory(None)))


@pytest.mark.asyncio
async def test_a_key_of_ones_own_does_the_act_and_is_the_one_shown(workspace: Workspace) -> None:
    async with app_of(workspace, Wishes(keys={"sort": "x"})).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert " x Sort " in text(pilot.app)
        await pilot.press("s")
        await settle(pilot)
        assert "Sort by" not in text(pilot.app)
        await pilot.press("x")
        await settle(pilot)
        assert "Sort by" in text(pilot.app)


@pytest.mark.asyncio
async def test_the_full_width_form_of_a_key_of_ones_own_does_it_too(workspace: Workspace) -> None:
    async with app_of(workspace, Wishes(keys={"sort": "x"})).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ｘ")
        await settle(pilot)
        assert "Sort by" in text(pilot.app)


@pytest.mark.asyncio
async def test_an_act_nobody_knows_is_told_with_what_was_meant(workspace: Workspace) -> None:
    async with app_of(workspace, Wishes(keys={"sorts": "x"})).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        (said,) = [notice.message for notice in pilot.app._notifications]
        assert "There is no act “sorts”." in said
        assert "sort" in said.partition("sorts")[2]


@pytest.mark.asyncio
async def test_vims_keys_are_there_on_wish_only(workspace: Workspace) -> None:
    for vim, places in ((None, [1, 1]), (True, [1, 239]), (False, [0, 0])):
        async with app_of(workspace, Wishes(vim=vim)).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            table = pilot.app.screen.table  # type: ignore[attr-defined]
            await pilot.press("j")
            found = [table.cursor]
            await pilot.press("G")
            assert [*found, table.cursor] == places
            if vim:
                await pilot.press("ctrl+u")
                assert table.cursor < 239
                await pilot.press("g")
                assert table.cursor == 0
        workspace = Workspace.open(workspace.folder)


@pytest.mark.asyncio
async def test_theme_and_language_are_as_they_were_left(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = tmp_path / "terminal.json"
    async with app_of(workspace, Wishes(), Memory(file)).run_test() as pilot:
        await settle(pilot)
        await pilot.press("f7", "f8")
        await pilot.pause()
    settings = Settings(Wishes(), Memory(file))
    assert (settings.theme, settings.language) == ("light", "zh")
    again = ReviewApp(review_of(Workspace.open(workspace.folder)), "en", settings=settings)
    assert again.theme == "rung-light"
    again.review.close()


def test_what_is_wished_for_stands_over_what_is_remembered() -> None:
    memory = Memory(None)
    memory.put("theme", "dark")
    memory.put("language", "zh")
    settings = Settings(Wishes(theme="16", language="en"), memory)
    assert (settings.theme, settings.language) == ("16", "en")
