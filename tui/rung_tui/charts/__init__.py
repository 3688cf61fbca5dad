"""Charts in cells: from data and a width to lines that say the same in Chinese, ASCII and no colour."""

from rung_tui.charts.bars import BarRow, bar_chart
from rung_tui.charts.heat import Heat, HeatGrid, heat_map
from rung_tui.charts.line import Axis, Series, line_chart
from rung_tui.charts.signs import ASCII, BLOCKS, Signs, draw_with, signs_of_now

__all__ = [
    "ASCII",
    "BLOCKS",
    "Axis",
    "BarRow",
    "Heat",
    "HeatGrid",
    "Series",
    "Signs",
    "bar_chart",
    "draw_with",
    "heat_map",
    "line_chart",
    "signs_of_now",
]
