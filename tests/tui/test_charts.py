"""Charts fill their width to the cell and say the same in Chinese, in English, in ASCII and in no colour."""

from __future__ import annotations

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung_tui.charts import (
    ASCII,
    BLOCKS,
    Axis,
    BarRow,
    Heat,
    HeatGrid,
    Series,
    Signs,
    bar_chart,
    draw_with,
    heat_map,
    line_chart,
)
from rung_tui.drawn import Line, plain, width_of

ZH: Final = (
    BarRow("A 优质", 120, 100, ("120", "12.0%", "+20"), "grade-1"),
    BarRow("B 良好", 530, 600, ("530", "53.0%", "-70"), "grade-3"),
    BarRow("C 一般", 0, 0, ("0", "0.0%", "0"), "grade-5"),
    BarRow("未评级", 3, None, ("3", "0.3%", ""), "muted"),
)
EN: Final = (
    BarRow("Gold", 50, numbers=("50", "50.0%")),
    BarRow("Silver", 41, numbers=("41", "41.0%")),
    BarRow("Iron", 9, numbers=("9", "9.0%")),
)


def picture(lines: list[Line]) -> list[str]:
    return [plain(each).rstrip() for each in lines]


def test_bars_of_before_and_now_tell_gain_from_loss_by_sign() -> None:
    assert picture(bar_chart(ZH, 48, heads=("等级", "客户", "占比", "变化"))) == [
        "等级                             客户  占比 变化",
        "A 优质 ████▓                      120 12.0%  +20",
        "B 良好 ██████████████████████░░░  530 53.0%  -70",
        "C 一般                              0  0.0%    0",
        "未评级 ▏                            3  0.3%",
    ]


def test_bars_without_a_before_are_fine_to_an_eighth() -> None:
    assert picture(bar_chart(EN, 30, top=100)) == [
        "Gold   ███████        50 50.0%",
        "Silver █████▊         41 41.0%",
        "Iron   █▎              9  9.0%",
    ]


def test_bars_in_ascii() -> None:
    assert picture(bar_chart(ZH, 40, signs=ASCII)) == [
        "A 优质 ###+                120 12.0% +20",
        "B 良好 #################-- 530 53.0% -70",
        "C 一般                       0  0.0%   0",
        "未评级 #                     3  0.3%",
    ]


def test_in_a_narrow_chart_the_last_numbers_give_way_then_the_bar_then_the_first_number() -> None:
    assert picture(bar_chart(ZH, 26)) == [
        "A 优质 ██        120 12.0%",
        "B 良好 ████████░ 530 53.0%",
        "C 一般             0  0.0%",
        "未评级 ▏           3  0.3%",
    ]
    assert picture(bar_chart(ZH, 14)) == [
        "A 优质     120",
        "B 良好     530",
        "C 一般       0",
        "未评级       3",
    ]
    assert picture(bar_chart(ZH, 6)) == ["A 优质", "B 良好", "C 一般", "未评级"]
    assert bar_chart(ZH, 0) == []
    assert bar_chart([], 40) == []


MOVES: Final = Heat(
    ("A", "B", "C", "未评级"),
    ("A", "B", "C", "未评级"),
    ((9000, 200, 10, 0), (123, 45678, 4, 3), (0, 12, 700, 1), (1, 0, 0, 9)),
    "原\\现",
    "合计",
    is_square=True,
    ordered=3,
)


def test_a_heat_map_has_the_number_the_shade_and_the_direction_in_every_cell_and_sums_at_the_edge() -> None:
    assert picture(heat_map(MOVES, 60, chosen=(1, 0))) == [
        "原\\现        A        B        C   未评级     合计",
        "A      ░ 9,000= █   200▼ ░    10▼       ·    9,210",
        "B     >▓   123▲ █45,678= ░     4▼ ░     3   45,808",
        "C            ·  ░    12▲ ░   700= ░     1      713",
        "未评级 ░     1        ·        ·  ░     9=      10",
        "合计     9,124   45,890      714       13   55,741",
    ]


def test_a_heat_map_in_ascii() -> None:
    assert picture(heat_map(MOVES, 60, chosen=(1, 0), signs=ASCII))[1:3] == [
        "A      . 9,000= #   200v .    10v       .    9,210",
        "B     >*   123^ #45,678= .     4v .     3   45,808",
    ]


def test_a_narrow_heat_map_shortens_numbers_then_drops_side_sums_then_lists_its_cells() -> None:
    assert picture(heat_map(MOVES, 44))[2] == "B      ▓ 123▲ █ 46k= ░   4▼ ░   3    46k"
    assert picture(heat_map(MOVES, 34)) == [
        "原\\现      A      B      C  未评…",
        "A      ░9.0k= █ 200▼ ░  10▼     ·",
        "B      ▓ 123▲ █ 46k= ░   4▼ ░   3",
        "C          ·  ░  12▲ ░ 700= ░   1",
        "未评级 ░   1      ·      ·  ░   9=",
        "合计    9.1k    46k    714     13",
    ]
    assert picture(heat_map(MOVES, 26, chosen=(0, 1)))[:5] == [
        " B → B               46k =",
        " A → A              9.0k =",
        " C → C               700 =",
        ">A → B               200 ▼",
        " B → A               123 ▲",
    ]


def test_grades_that_are_no_ranks_have_no_direction() -> None:
    heat = Heat(("X", "Y"), ("X", "Y"), ((1, 2), (3, 4)), is_square=True)
    assert picture(heat_map(heat, 20)) == ["   X   Y", "X ░1= ▓2", "Y █3  █4="]


def test_the_roles_of_a_heat_map_say_what_its_signs_say() -> None:
    roles = {span.role for each in heat_map(MOVES, 60)[1:] for span in each if "▲" in span.text}
    assert roles == {"good"}
    assert {span.role for each in heat_map(MOVES, 60) for span in each if "▼" in span.text} == {"bad"}


@pytest.mark.parametrize("width", [60, 44, 34, 26])
def test_every_cell_of_a_heat_map_is_found_where_it_is_drawn(width: int) -> None:
    grid = HeatGrid(MOVES, width)
    for row, values in enumerate(MOVES.cells):
        for column, value in enumerate(values):
            line = grid.line_of((row, column))
            if grid.is_list and not value:
                assert line is None
                continue
            assert line is not None
            drawn = plain(grid.lines((row, column))[line])
            at = width_of((grid.lines((row, column))[line][0],)) if not drawn.startswith(">") else 0
            assert (row, column) in {grid.cell_at(x, line) for x in range(at, width)}
    assert grid.cell_at(0, 99) is None


def percent(value: float) -> str:
    return f"{value:.0%}"


CURVE: Final = Series("客户", [(i / 20, (i / 20) ** 0.3) for i in range(21)])
EVEN: Final = Series("均等", [(0, 0), (1, 1)], "muted")
ACROSS: Final = Axis("客户占比", 0, 1, percent)
UP: Final = Axis("价值占比", 0, 1, percent)


def test_a_line_chart_tells_two_series_apart_by_sign() -> None:
    assert picture(line_chart([CURVE, EVEN], 44, 10, across=ACROSS, up=UP)) == [
        "价值占比  ⠶ 客户  o 均等",
        "100%┤                        ⢀⣀⣀⣀⡠⠤⠤⠤⠒⠒⠒o⠉o⠉",
        "    │             ⣀⣀⠤⠤⠤⠔⠒⠊⠉⠉⠉⠁    oooooo",
        "    │      ⢀⡠⠤⠒⠒⠉⠉          oooooo",
        " 50%┤  ⢀⠤⠒⠊⠁         ooooooo",
        "    │ ⢠⠃       oooooo",
        "    │⢀⠎  oooooo",
        "  0%┤⡜ooo",
        "    └┬──────────────────┬──────────────────┬",
        "     0%    客户占比    50%              100%",
    ]


def test_a_line_chart_in_ascii_and_small() -> None:
    assert picture(line_chart([CURVE, EVEN], 30, 7, across=ACROSS, up=UP, signs=ASCII)) == [
        "价值占比  * 客户  o 均等",
        "100%+             ********o*o*",
        "    |  ***********oooooooo",
        "    | *   ooooooo",
        "  0%+*oooo",
        "    ++-----------+-----------+",
        "     0%         50%       100%",
    ]


def test_a_line_chart_without_room_gives_up_the_labels_at_its_side() -> None:
    assert picture(line_chart([CURVE, EVEN], 12, 4, across=ACROSS, up=UP)) == [
        "┤ ⣀⡠⠤⠔⠒⠒o⠊o⠉",
        "┤⡜ooooo",
        "└┬─────────┬",
        " 0%     100%",
    ]


def test_a_chart_with_nothing_in_it_has_its_axes() -> None:
    assert picture(line_chart([], 20, 4)) == [
        "1┤",
        "0┤",
        " └┬───────┬────────┬",
        "  0      0.5       1",
    ]


HOSTILE: Final = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧", "é́́́", "①α…→", "\u200b\u200b", "🇨🇳国", "Ａ等", ""]
    ),
)
SIGNS: Final = st.sampled_from([BLOCKS, ASCII])


@given(
    rows=st.lists(
        st.builds(
            BarRow,
            HOSTILE,
            st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.floats(0, 1e9),
            st.lists(HOSTILE, max_size=3).map(tuple),
        ),
        max_size=5,
    ),
    heads=st.lists(HOSTILE, max_size=4).map(tuple),
    width=st.integers(0, 90),
    signs=SIGNS,
)
def test_every_bar_fills_its_width(
    rows: list[BarRow], heads: tuple[str, ...], width: int, signs: Signs
) -> None:
    lines = bar_chart(rows, width, heads=heads, signs=signs)
    assert {width_of(each) for each in lines} <= {width}


@st.composite
def heats(draw: st.DrawFn) -> Heat:
    rows = tuple(draw(st.lists(HOSTILE, min_size=1, max_size=6)))
    is_square = draw(st.booleans())
    columns = rows if is_square else tuple(draw(st.lists(HOSTILE, min_size=1, max_size=6)))
    numbers = st.integers(0, 10_000_000)
    cells = tuple(tuple(draw(numbers) for _column in columns) for _row in rows)
    ordered = draw(st.integers(0, len(rows)))
    return Heat(rows, columns, cells, draw(HOSTILE), draw(HOSTILE), is_square=is_square, ordered=ordered)


@given(heat=heats(), width=st.integers(0, 120), signs=SIGNS)
def test_every_line_of_a_heat_map_fills_its_width(heat: Heat, width: int, signs: Signs) -> None:
    lines = heat_map(heat, width, chosen=(0, 0), signs=signs)
    assert {width_of(each) for each in lines} <= {width}


NUMBERS: Final = st.floats(-1e12, 1e12) | st.just(float("nan")) | st.just(float("inf"))


@given(
    series=st.lists(
        st.builds(Series, HOSTILE, st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6)), max_size=3
    ),
    name=HOSTILE,
    width=st.integers(0, 90),
    height=st.integers(0, 20),
    signs=SIGNS,
)
def test_a_line_chart_fills_its_room(
    series: list[Series], name: str, width: int, height: int, signs: Signs
) -> None:
    lines = line_chart(series, width, height, across=Axis(name), up=Axis(name), signs=signs)
    assert len(lines) == (height if width else 0)
    assert {width_of(each) for each in lines} <= {width}


def test_drawn_in_ascii_a_chart_has_no_character_of_ambiguous_width() -> None:
    draw_with(ASCII)
    try:
        drawn = [
            *bar_chart([BarRow("等级 A…→B“≥5”", 3, 2, ("▲ 1·2",))], 20),
            *heat_map(MOVES, 60, chosen=(0, 0)),
            *heat_map(MOVES, 20, chosen=(0, 0)),
            *line_chart([CURVE, EVEN], 30, 8, across=ACROSS, up=UP),
        ]
    finally:
        draw_with(BLOCKS)
    text = "".join(map(plain, drawn))
    assert {char for char in text if unicodedata.east_asian_width(char) == "A"} == set()
