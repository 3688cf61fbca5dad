"""Lines are broken by cells: at blanks, between Chinese characters, never before closing punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.text import display_width
from rung_tui.bars import floating_bar
from rung_tui.drawn import line, plain, width_of, wrap

TEXTS = st.text(st.sampled_from("ab cd，。（）中文字 …12,;%"), max_size=80)


@given(text=TEXTS, width=st.integers(4, 40), hanging=st.integers(0, 3))
def test_no_line_is_wider_than_asked(text: str, width: int, hanging: int) -> None:
    assert all(width_of(each) <= width for each in wrap(line(text), width, hanging))


@given(text=TEXTS, width=st.integers(4, 40))
def test_nothing_is_lost_but_blanks_at_the_breaks(text: str, width: int) -> None:
    joined = "".join(plain(each) for each in wrap(line(text), width))
    assert joined.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a bc def", 4, ["a bc", "def"]),
        ("逾期超过九十天，最高", 8, ["逾期超过", "九十天，", "最高"]),
        ("九十天，最高", 6, ["九十", "天，最", "高"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, width: int, lines: list[str]) -> None:
    assert [plain(each).rstrip() for each in wrap(line(text), width)] == lines


def test_later_lines_hang_in() -> None:
    assert [plain(each).rstrip() for each in wrap(line("1. one two three"), 9, 3)] == [
        "1. one",
        "   two",
        "   three",
    ]


@given(start=st.floats(0, 1), gained=st.floats(0, 1), lost=st.floats(0, 1), width=st.integers(1, 60))
def test_a_bar_fills_its_cells_exactly(start: float, gained: float, lost: float, width: int) -> None:
    spans = floating_bar(start, start + gained, start + gained + lost, width)
    assert sum(display_width(span.text) for span in spans) == width


@pytest.mark.parametrize(
    ("start", "end", "reach", "drawn"),
    [
        (0, 0.5, 0.5, "████    "),
        (0, 0.5, 1, "████░░░░"),
        (0.5, 1, 1, "    ████"),
        (0, 0.0625, 0.0625, "▌       "),
        (0.25, 0.25, 0.5, "  ░░    "),
        (0, 0.001, 0.001, "▏       "),
    ],
)
def test_bars_are_fine_to_an_eighth(start: float, end: float, reach: float, drawn: str) -> None:
    assert plain(floating_bar(start, end, reach, 8)) == drawn
