"""The table alone: any number of rows, only those in sight are read, the cursor stays in sight."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from screens import lines, text
from textual.app import App, ComposeResult

from rung.errors import RungError
from rung_tui.table import Cell, Column, SortSign, VirtualTable

pytestmark = pytest.mark.asyncio


class Names:
    def __init__(self, count: int) -> None:
        self.count = count
        self.read = 0
        self.error: RungError | None = None

    def __len__(self) -> int:
        return self.count

    def page(self, start: int, count: int) -> Sequence[tuple[str, str]]:
        if self.error is not None:
            raise self.error
        found = [
            (f"C{n:08d}", "北京恒通贸易有限公司" if n % 2 else "[b]x[/b]")
            for n in range(start, min(start + count, self.count))
        ]
        self.read += len(found)
        return found


def columns() -> list[Column[tuple[str, str]]]:
    return [
        Column("id", lambda: "Id", lambda row: Cell(row[0]), 4, 12),
        Column("name", lambda: "姓名", lambda row: Cell(row[1]), 4, 40, rank=1),
    ]


class Program(App[None]):
    def __init__(self, source: Names) -> None:
        super().__init__()
        self.source = source
        self.said: list[object] = []

    def compose(self) -> ComposeResult:
        yield VirtualTable(columns(), self.source, empty=lambda: "nobody")

    def on_virtual_table_chosen(self, message: VirtualTable.Chosen) -> None:
        self.said.append(message.place)

    def on_virtual_table_header_pressed(self, message: VirtualTable.HeaderPressed) -> None:
        self.said.append(message.column)

    def on_virtual_table_failed(self, message: VirtualTable.Failed) -> None:
        self.said.append(str(message.error))

    @property
    def table(self) -> VirtualTable[tuple[str, str]]:
        return self.query_one(VirtualTable)


async def test_ten_million_rows_open_by_reading_a_few_pages() -> None:
    source = Names(10_000_000)
    async with Program(source).run_test(size=(60, 20)) as pilot:
        assert "C00000000" in text(pilot.app)
        await pilot.press("end")
        assert "C09999999" in lines(pilot.app)[-1]
        await pilot.press("home", "pagedown")
        assert source.read < 2_000


async def test_the_last_row_stands_at_the_bottom_and_no_further() -> None:
    app = Program(Names(100))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("end", "down", "pagedown")
        assert app.table.cursor == 99
        assert "▸ C00000099" in lines(app)[-1]


async def test_columns_stay_aligned_whatever_the_names_hold() -> None:
    app = Program(Names(50))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert lines(app)[1].startswith("▸ C00000000 [b]x[/b]")
        assert lines(app)[2].startswith("  C00000001 北京恒通贸易有限公司")


async def test_an_empty_table_says_what_it_was_told_to() -> None:
    app = Program(Names(0))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "end", "enter")
        assert "nobody" in text(app)
        assert app.said == []


async def test_enter_and_a_double_click_open_a_row() -> None:
    app = Program(Names(50))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "enter")
        await pilot.click(VirtualTable, offset=(5, 4), times=2)
        assert app.said == [1, 3]


async def test_a_click_on_a_header_names_its_column() -> None:
    app = Program(Names(50))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.click(VirtualTable, offset=(3, 0))
        await pilot.click(VirtualTable, offset=(14, 0))
        assert app.said == ["id", "name"]


async def test_a_source_that_cannot_be_read_is_reported_once() -> None:
    source = Names(50)
    source.error = RungError.of("The file is damaged.")
    app = Program(source)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "down", "end")
        await pilot.pause(0.1)
        assert app.said == ["The file is damaged."]


async def test_other_rows_take_the_place_of_those_shown() -> None:
    app = Program(Names(50))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("end")
        app.table.show(Names(7), cursor=3, sorted_by=("id", SortSign.DOWN))
        await pilot.pause()
        assert "Id ▼" in lines(app)[0]
        assert "▸ C00000003" in lines(app)[4]


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = Program(Names(500))
    async with app.run_test(size=(60, 20)) as pilot:
        app.table.scroll_to(y=200, animate=False)
        await pilot.pause()
        assert "C00000200" in lines(app)[1]
        assert app.table.cursor == 0
        await pilot.press("down")
        assert "▸ C00000001" in text(app)


async def test_a_narrower_screen_lays_the_columns_out_anew() -> None:
    app = Program(Names(50))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.resize_terminal(20, 10)
        await pilot.pause()
        assert lines(app)[2].rstrip() == "  C00000001 北京恒…"


async def test_dragging_the_thumb_scrolls_and_leaves_the_cursor() -> None:
    app = Program(Names(1000))
    async with app.run_test(size=(60, 21)) as pilot:
        await pilot.mouse_down(VirtualTable, offset=(59, 1))
        await pilot.hover(VirtualTable, offset=(59, 20))
        await pilot.mouse_up(VirtualTable, offset=(59, 20))
        await pilot.pause()
        assert "C00000999" in lines(app)[20]
        assert app.table.cursor == 0
        await pilot.hover(VirtualTable, offset=(59, 1))
        await pilot.pause()
        assert "C00000999" in lines(app)[20]
