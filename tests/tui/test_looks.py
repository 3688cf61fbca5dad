"""Languages, themes and sizes: switched at run time, and nothing is lost by it."""

from __future__ import annotations

from typing import Any

import pytest
from screens import lines, text

from conftest import Opened, settle
from rung_tui.override.dialog import OverrideDialog
from rung_tui.prompt import Prompt
from rung_tui.themes import fitting_theme

pytestmark = pytest.mark.asyncio


async def customer(pilot: Any) -> None:
    await pilot.press("down", "down", "enter")
    await pilot.pause(0.3)
    await settle(pilot)


async def test_the_language_is_switched_by_one_key_and_back(opened: Opened) -> None:
    async with opened() as pilot:
        assert "Not graded" in text(pilot.app)
        await pilot.press("f8")
        await settle(pilot)
        shown = text(pilot.app)
        assert "银行客户等级划分" in shown
        assert "未评级" in shown
        assert "Not graded" not in shown
        await pilot.press("L")
        await settle(pilot)
        assert "Not graded" in text(pilot.app)


async def test_a_customer_open_is_told_anew_in_the_other_language(opened: Opened) -> None:
    async with opened() as pilot:
        await customer(pilot)
        assert "Reasons" in text(pilot.app)
        await pilot.press("f8")
        await pilot.pause()
        assert "Reasons" not in text(pilot.app)
        assert "原因" in text(pilot.app)


async def test_the_dialog_speaks_the_other_language_and_keeps_what_was_filled_in(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("right", "f8")
        await pilot.pause()
        shown = text(pilot.app)
        assert isinstance(pilot.app.screen, OverrideDialog)
        assert "改判" in shown
        assert "▼" in shown
        assert "Reason" not in shown


async def test_no_english_is_left_on_a_chinese_queue(opened: Opened) -> None:
    async with opened(language="zh") as pilot:
        words = {
            word for line in lines(pilot.app) for word in line.split() if word.isascii() and word.isalpha()
        }
        assert words <= {"Rung", "A", "B", "C", "D", "Enter", "Esc", "English", "o", "s", "h", "q", "d"}


async def test_every_theme_can_be_worked_in(opened: Opened) -> None:
    async with opened() as pilot:
        seen = {pilot.app.theme}
        for _press in range(3):
            await pilot.press("f7")
            await pilot.pause()
            seen.add(pilot.app.theme)
            assert "▸ K0000001" in text(pilot.app)
        assert seen == {"rung-dark", "rung-light", "rung-16"}


@pytest.mark.parametrize(
    ("name", "value", "theme"),
    [
        ("RUNG_THEME", "light", "rung-light"),
        ("TEXTUAL_COLOR_SYSTEM", "standard", "rung-16"),
        ("NO_COLOR", "1", "rung-16"),
        ("TERM", "linux", "rung-16"),
        ("TERM", "xterm-256color", "rung-dark"),
    ],
)
async def test_the_terminal_says_which_theme_fits(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, theme: str
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv(name, value)
    assert fitting_theme() == theme


async def test_with_no_colour_the_cursor_and_the_way_of_an_override_still_show(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as pilot:
        await pilot.press("down")
        assert "▸ K0000002" in text(pilot.app)


async def test_wide_screens_show_the_customer_beside_the_queue(opened: Opened) -> None:
    async with opened(size=(140, 40)) as pilot:
        await customer(pilot)
        shown = text(pilot.app)
        assert "▸ K0000003" in shown
        assert "How the score came about" in shown
        await pilot.press("up")
        await pilot.pause(0.3)
        await settle(pilot)
        assert "K0000002" in lines(pilot.app)[3][80:]
        await pilot.press("escape")
        assert "How the score came about" not in text(pilot.app)


async def test_the_neighbours_of_a_customer_are_a_key_away(opened: Opened) -> None:
    async with opened() as pilot:
        await customer(pilot)
        for key in ("full_stop", "ideographic_full_stop"):
            await pilot.press(key)
            await pilot.pause(0.2)
            await settle(pilot)
        assert "K0000005" in lines(pilot.app)[0]
        for key in ("comma", "fullwidth_comma"):
            await pilot.press(key)
            await pilot.pause(0.2)
            await settle(pilot)
        assert "K0000003" in lines(pilot.app)[0]


async def test_a_terminal_too_small_says_so_and_recovers(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down")
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert "Too small: 40×10" in text(pilot.app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "▸ K0000002" in text(pilot.app)


async def test_a_storm_of_resizes_leaves_the_program_working(opened: Opened) -> None:
    async with opened() as pilot:
        await customer(pilot)
        for size in [(200, 60), (30, 5), (80, 24), (61, 17), (500, 200), (59, 16), (140, 40)] * 4:
            await pilot.resize_terminal(*size)
        await pilot.pause(0.2)
        await pilot.press("escape", "down")
        await settle(pilot)
        assert "▸ K0000004" in text(pilot.app)


async def test_the_input_methods_cursor_is_in_place_before_the_first_letter(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("slash")
        await pilot.pause()
        prompt = pilot.app.screen.query_one("#filter", Prompt)
        assert prompt.region.y == 2
        assert pilot.app.cursor_position == (1, 2)
        await pilot.press("a")
        await pilot.pause()
        assert pilot.app.cursor_position == (2, 2)
        prompt.value = "北京"
        prompt.cursor_position = 2
        await pilot.pause()
        assert pilot.app.cursor_position == (5, 2)


async def test_the_narratives_cursor_is_in_place_too(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("tab", "tab")
        await pilot.pause()
        narrative = pilot.app.screen.query_one("#narrative")
        assert pilot.app.focused is narrative
        x, y = pilot.app.cursor_position
        assert narrative.content_region.contains(x, y)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize(("tabs", "label"), [(2, "What you know"), (3, "Evidence"), (4, "Until")])
async def test_the_cursor_follows_its_line_when_what_is_shown_above_and_below_changes(
    opened: Opened, size: tuple[int, int], tabs: int, label: str
) -> None:
    async with opened(size=size) as pilot:
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("right", *["tab"] * tabs)
        await pilot.press("ctrl+s")  # objections come, and the dialog grows and moves
        await pilot.pause(0.2)
        row = next(y for y, line in enumerate(lines(pilot.app)) if f"│ {label}" in line)
        assert pilot.app.cursor_position.y == row + (label == "What you know")


@pytest.mark.parametrize("theme", ["rung-dark", "rung-light", "rung-16"])
async def test_the_grade_picked_can_be_read_in_every_theme(opened: Opened, theme: str) -> None:
    async with opened() as pilot:
        pilot.app.theme = theme
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("c")
        await pilot.pause()
        picker = pilot.app.screen.query_one("#grade")
        (style,) = {
            segment.style for segment in picker.render_line(0) if segment.text == " C " and segment.style
        }
        assert style.reverse
        assert style.color is not None
        if theme != "rung-16":  # there the terminal's own two colours change places
            letter, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()  # type: ignore[union-attr]
            assert sum(abs(a - b) for a, b in zip(letter, ground, strict=True)) > 300


async def test_what_is_marked_in_a_list_shows_without_colours(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("s", "down", "down")
        await pilot.pause()
        marked = [line for line in lines(pilot.app) if "│▸" in line]
        assert len(marked) == 1
        assert "▸ Customer ▼" in marked[0]


async def test_a_list_open_while_the_language_changes_is_written_anew(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("s", "down", "f8")
        await pilot.pause()
        shown = text(pilot.app)
        assert "▸ 客户 ▲" in shown
        assert "Sort by" not in shown
        assert "type to narrow" not in shown


async def test_keys_and_palette_open_over_the_dialog_and_lose_nothing(opened: Opened) -> None:
    async with opened() as pilot:
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("right", "f1")
        await pilot.pause()
        assert "Keys and signs" in text(pilot.app)
        await pilot.press("escape", "ctrl+p", *"save", "enter")
        await pilot.pause(0.3)
        assert "No reason is picked." in text(pilot.app)
        assert "▼ 1 notch" in text(pilot.app)
