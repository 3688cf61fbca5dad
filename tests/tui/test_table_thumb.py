"""The scroll bar's thumb says where one is, and where it is put, there one comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung_tui.table.thumb import thumb, top_at

HEIGHTS = st.integers(1, 200)
ROWS = st.integers(1, 10_000_000)


@pytest.mark.parametrize(
    ("rows", "height", "top", "covered"),
    [
        (20, 20, 0, range(0)),
        (40, 20, 0, range(10)),
        (40, 20, 20, range(10, 20)),
        (1_000_000, 20, 0, range(1)),
        (1_000_000, 20, 500_000, range(10, 11)),
        (1_000_000, 20, 999_980, range(19, 20)),
    ],
)
def test_the_thumb_covers_the_share_in_sight(rows: int, height: int, top: int, covered: range) -> None:
    assert thumb(rows, height, top) == covered


@given(ROWS, HEIGHTS, st.data())
def test_the_thumb_never_leaves_its_bar(rows: int, height: int, data: st.DataObject) -> None:
    covered = thumb(rows, height, data.draw(st.integers(0, max(0, rows - height))))
    assert set(covered) <= set(range(height))
    assert bool(covered) is (rows > height)


@given(ROWS, HEIGHTS, st.integers(-50, 300))
def test_wherever_it_is_dragged_rows_are_in_sight(rows: int, height: int, line: int) -> None:
    assert 0 <= top_at(rows, height, line) <= max(0, rows - height)


@pytest.mark.parametrize(("line", "top"), [(0, 0), (19, 999_980), (300, 999_980), (-3, 0)])
def test_the_ends_of_the_bar_are_the_ends_of_the_rows(line: int, top: int) -> None:
    assert top_at(1_000_000, 20, line) == top
