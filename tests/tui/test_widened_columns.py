"""Columns become wider for rows further down where there is room, and never give way for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens import lines, text
from textual.app import App, ComposeResult

from rung_tui.table import Cell, Column, VirtualTable
from rung_tui.table.columns import place, widened

COUNT = 100_000
LONG = "北京恒通贸易有限公司"


class Names:
    """Short names, but for the last."""

    def __len__(self) -> int:
        return COUNT

    def page(self, start: int, count: int) -> Sequence[tuple[str, str]]:
        return [(f"C{n}", LONG if n == COUNT - 1 else "甲") for n in range(start, min(start + count, COUNT))]


def columns(most: int = 40) -> list[Column[tuple[str, str]]]:
    return [
        Column("id", lambda: "Id", lambda row: Cell(row[0]), 4, 12),
        Column("name", lambda: "姓名", lambda row: Cell(row[1]), 4, most, rank=1),
        Column("why", lambda: "Why", lambda _row: Cell("because"), 4, 12, rank=2),
    ]


class Program(App[None]):
    def compose(self) -> ComposeResult:
        yield VirtualTable(columns(), Names(), empty=lambda: "nobody")


@pytest.mark.asyncio
async def test_a_long_name_at_the_end_is_whole_where_there_is_room() -> None:
    async with Program().run_test(size=(60, 12)) as pilot:
        await pilot.pause(0.1)
        assert lines(pilot.app)[1].startswith("▸ C0  甲   because    ")
        await pilot.press("end")
        await pilot.pause(0.3)
        assert f"▸ C99999 {LONG} because" in text(pilot.app)
        assert "…" not in text(pilot.app)
        await pilot.press("home")  # the columns stay as they are: no jumping to and fro
        await pilot.pause(0.3)
        assert lines(pilot.app)[1].startswith("▸ C0     甲                   because")


def test_what_is_free_goes_by_rank_and_no_further() -> None:
    placed = place(columns(), [("C1", "甲")], 24)
    found = widened(placed, [("C123456", LONG)], 24)
    assert found is not None
    assert [(each.column.id, each.width) for each in found] == [("id", 7), ("name", 8), ("why", 7)]


def test_where_nothing_is_free_nothing_changes() -> None:
    placed = place(columns(), [("C1", "甲")], 15)
    assert widened(placed, [("C1234567", LONG)], 15) is None


@given(
    first=st.lists(st.tuples(st.text("a中", max_size=14), st.text("a中", max_size=30)), max_size=3),
    then=st.lists(st.tuples(st.text("a中", max_size=14), st.text("a中", max_size=30)), max_size=3),
    width=st.integers(1, 90),
)
def test_no_column_is_lost_or_made_narrower_or_leaves_the_width(
    first: list[tuple[str, str]], then: list[tuple[str, str]], width: int
) -> None:
    before = place(columns(20), first, width)
    after = widened(before, then, width)
    if after is None:
        return
    assert [each.column.id for each in after] == [each.column.id for each in before]
    assert all(new.width >= old.width for new, old in zip(after, before, strict=True))
    assert after[-1].start + after[-1].width <= width
    assert all(each.width <= each.column.most for each in after)
