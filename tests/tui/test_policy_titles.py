"""Texts of a policy changed in the tree: both languages in one dialog, refused where empty, written."""

from __future__ import annotations

import tomllib

import pytest
from screens import lines, press, settle, text
from textual.pilot import Pilot

from conftest import Opened
from rung.workspace import Workspace
from rung_tui.chooser import Chooser
from rung_tui.policy.desk import PolicyDesk
from rung_tui.policy.screen import PolicyScreen
from rung_tui.policy.wording import WordingScreen

pytestmark = pytest.mark.asyncio

DIALOG = """\
╭─ Title · Assets ─────────────────────────────────────────────────────────╮
│ 中文      资产规模                                                       │
│ English   Assets                                                         │
│ Shown to whoever works in that language; no grade changes by it.         │
╰──────────────────────────────────────────────────────────────────────────╯
"""


def screen(pilot: Pilot[int]) -> PolicyScreen:
    """Return the mode's screen."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, PolicyScreen))


def desk(pilot: Pilot[int]) -> PolicyDesk:
    """Return the mode's desk."""
    return screen(pilot).desk


def value(pilot: Pilot[int], *path: str | int) -> object:
    """Return what the draft says."""
    draft = desk(pilot).draft
    assert draft is not None
    return draft.value(path)


async def at(pilot: Pilot[int], *path: str | int) -> None:
    """Unfold everything and put the cursor on a part."""
    await press(pilot, "o")
    shown = screen(pilot)
    paths = [each.node.path for each in shown.table.source.page(0, 400)]
    shown.table.cursor = paths.index(path)
    await settle(pilot)


async def typed(pilot: Pilot[int], chinese: str, english: str) -> None:
    """Type a text over the one in the dialog, and take it."""
    assert isinstance(pilot.app.screen, WordingScreen)
    language = pilot.app.screen.focused
    assert language is not None
    order = (chinese, english) if language.id == "zh" else (english, chinese)
    await press(pilot, "ctrl+u", *order[0], "tab", "end", "ctrl+u", *order[1])
    await press(pilot, "enter")


async def to_title_of_assets(pilot: Pilot[int]) -> None:
    """Open the dialog for the title of the first criterion."""
    await press(pilot, "P")
    await at(pilot, "criteria", 0)
    await press(pilot, "s")
    assert isinstance(pilot.app.screen, Chooser)
    await press(pilot, "enter")


async def test_the_dialog_shows_both_languages(opened: Opened) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        shown = [each.rstrip() for each in lines(pilot.app)]
        first = next(number for number, each in enumerate(shown) if "Title · Assets" in each)
        found = [each[2:78] for each in shown[first : first + 5]]
        assert found == DIALOG.splitlines()


async def test_a_title_is_changed_shown_and_taken_back(opened: Opened) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        await typed(pilot, "资产", "Wealth")
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产", "en": "Wealth"}
        (row,) = [each for each in lines(pilot.app) if "Wealth" in each]
        assert "资产" in row  # in the other language
        assert "Changes 1" in text(pilot.app)
        await press(pilot, "u")
        assert "Wealth" not in text(pilot.app)
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产规模", "en": "Assets"}


async def test_nobody_is_graded_anew_for_a_text(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        weighed: list[object] = []
        monkeypatch.setattr(PolicyScreen, "weigh", lambda _self, candidate: weighed.append(candidate))
        before = desk(pilot).effect
        await typed(pilot, "资产", "Wealth")
        await press(pilot, "u")
        await press(pilot, "ctrl+y")
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产", "en": "Wealth"}
        assert weighed == []
        assert desk(pilot).effect is before


async def test_an_empty_text_is_refused_and_the_dialog_stays(opened: Opened) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        await typed(pilot, "", "Wealth")
        assert "✗ The Chinese text is empty." in text(pilot.app)
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "zh"
        await press(pilot, *"资产", "enter")
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产", "en": "Wealth"}


async def test_escape_leaves_it_as_it_was(opened: Opened) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        await press(pilot, *"xyz", "escape")
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产规模", "en": "Assets"}
        draft = desk(pilot).draft
        assert draft is not None
        assert draft.edits == ()


@pytest.mark.parametrize(
    ("part", "change", "shown"),
    [
        (("meaning", "A"), ("甲等", "First class"), "A  First class"),
        (("criteria", 0, "bands", 1), ("第二", "second best"), "band 2  second best"),
        (("gates", 0), ("逾期", "Long overdue"), "Long overdue"),
        (("service", "A", "contact"), ("常去", "Go there often"), "Go there often"),
    ],
)
async def test_grades_bands_gates_and_promises_are_renamed(
    opened: Opened, part: tuple[str | int, ...], change: tuple[str, str], shown: str
) -> None:
    async with opened(size=(140, 40)) as pilot:
        await press(pilot, "P")
        await at(pilot, *part)
        await press(pilot, "s")
        if isinstance(pilot.app.screen, Chooser):
            await press(pilot, "enter")
        await typed(pilot, *change)
        row = screen(pilot).table.current
        assert row is not None
        assert shown in row.node.title
        assert row.node.title[:20] in text(pilot.app)


async def test_enter_on_the_policys_own_title_opens_it_in_the_language_of_the_screen(opened: Opened) -> None:
    async with opened(language="zh") as pilot:
        await press(pilot, "P")
        await at(pilot, "title")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WordingScreen)
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "zh"
        await typed(pilot, "我行客户分级", "Our tiers")
        assert "我行客户分级" in lines(pilot.app)[0]  # the line of the policy


async def test_where_no_text_is_that_is_said(opened: Opened) -> None:
    async with opened() as pilot:
        await press(pilot, "P")
        await at(pilot, "grading", "mode")
        await press(pilot, "s")
        assert "There is no text here to change." in text(pilot.app)


async def test_a_title_is_there_again_in_the_next_sitting_and_written(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as pilot:
        await to_title_of_assets(pilot)
        await typed(pilot, "资产", "Wealth")
    async with opened(size=(100, 40)) as pilot:
        await press(pilot, "P")
        assert value(pilot, "criteria", 0, "title") == {"zh": "资产", "en": "Wealth"}
        await press(pilot, "w")
        assert "Wealth" in text(pilot.app)  # the change in words
        await press(pilot, *"our words", "enter")
        await settle(pilot)
    written = (workspace.folder / "policies" / "credit-tiers.toml").read_text(encoding="utf-8")
    layer = tomllib.loads(written)
    assert layer["criteria"] == [{"id": "assets", "title": {"zh": "资产", "en": "Wealth"}}]
