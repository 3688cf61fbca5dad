"""Columns share the width there is: each what it needs, the least important give way first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rung_tui.table.columns import Cell, Column, place


def column(name: str, least: int, most: int, rank: int = 0) -> Column[dict[str, str]]:
    return Column(name, lambda: name, lambda row: Cell(row.get(name, "")), least, most, rank)


def widths(columns: list[Column[dict[str, str]]], rows: list[dict[str, str]], width: int) -> dict[str, int]:
    return {placed.column.id: placed.width for placed in place(columns, rows, width)}


COLUMNS = [column("id", 4, 10), column("name", 6, 30, rank=2), column("why", 8, 40, rank=1)]
ROWS = [{"id": "C1", "name": "北京恒通贸易有限公司", "why": "逾期超过90天，最高D类"}]


def test_with_room_for_all_each_column_is_as_wide_as_its_texts() -> None:
    assert widths(COLUMNS, ROWS, 80) == {"id": 2, "name": 20, "why": 21}


def test_a_header_is_never_cut_where_there_is_room() -> None:
    assert widths([column("customer", 2, 10)], [{"customer": "7"}], 40) == {"customer": 8}


def test_what_is_over_goes_by_rank() -> None:
    assert widths(COLUMNS, ROWS, 32) == {"id": 2, "name": 7, "why": 21}


def test_the_column_of_highest_rank_is_left_out_first() -> None:
    assert widths(COLUMNS, ROWS, 16) == {"id": 2, "why": 13}


def test_the_last_column_stays_however_narrow() -> None:
    assert widths(COLUMNS, ROWS, 3) == {"id": 2}


def test_a_column_takes_no_more_than_its_most() -> None:
    assert widths([column("x", 2, 5)], [{"x": "abcdefghij"}], 40) == {"x": 5}


@given(
    least=st.lists(st.integers(1, 12), min_size=1, max_size=7),
    width=st.integers(1, 120),
    texts=st.lists(st.text("a中", max_size=30), min_size=7, max_size=7),
)
def test_columns_never_overlap_nor_leave_the_width(least: list[int], width: int, texts: list[str]) -> None:
    columns = [column(str(n), low, low + 10, rank=n) for n, low in enumerate(least)]
    rows = [{str(n): text for n, text in enumerate(texts)}]
    end = -1
    for placed in place(columns, rows, width):
        assert placed.start > end
        end = placed.start + placed.width
        assert end <= width
