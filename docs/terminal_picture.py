"""Draws a terminal's screen as an SVG that stands the same in every browser, Chinese columns included.

Textual's own export squeezes a run of Chinese into half its cells. Here whatever is not plain ASCII has its
place of its own, so that no font's widths matter, and the bars and lines are drawn instead of written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

__all__ = ["picture"]

WIDTH: Final = 8.4
HEIGHT: Final = 18
# One cell, in the units of the picture: a letter of 14 is 8.4 wide in nearly every monospaced font.
BASELINE: Final = 13.5
MARGIN: Final = 12
FONTS: Final = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace"
)
WORDS: Final = re.compile(r"[!-~]+(?: [!-~]+)*|[^ -~]")


class _Box(NamedTuple):
    """A part of a cell, from its left upper corner, in shares of the cell."""

    left: float
    top: float
    width: float
    height: float
    opacity: float = 1


def _blocks() -> Iterator[tuple[str, _Box]]:
    for eighths, char in enumerate("▏▎▍▌▋▊▉█", start=1):
        yield char, _Box(0, 0, eighths / 8, 1)
    for eighths, char in enumerate("▁▂▃▄▅▆▇", start=1):
        yield char, _Box(0, 1 - eighths / 8, 1, eighths / 8)
    yield "▀", _Box(0, 0, 1, 0.5)
    yield "▐", _Box(0.5, 0, 0.5, 1)
    yield "▔", _Box(0, 0, 1, 1 / 8)
    yield "▕", _Box(7 / 8, 0, 1 / 8, 1)
    for char, opacity in zip("░▒▓", (0.25, 0.5, 0.75), strict=True):
        yield char, _Box(0, 0, 1, 1, opacity)


BLOCKS: Final = dict(_blocks())
LINES: Final = {
    "─": "M0 .5H1",
    "━": "M0 .5H1",
    "│": "M.5 0V1",
    "┃": "M.5 0V1",
    "┼": "M0 .5H1M.5 0V1",
    "├": "M.5 0V1M.5 .5H1",
    "┤": "M.5 0V1M0 .5H.5",
    "┬": "M0 .5H1M.5 .5V1",
    "┴": "M0 .5H1M.5 0V.5",
    "╭": "M.5 1V.5H1",
    "╮": "M0 .5H.5V1",
    "╰": "M.5 0V.5H1",
    "╯": "M0 .5H.5V0",
    "┌": "M.5 1V.5H1",
    "┐": "M0 .5H.5V1",
    "└": "M.5 0V.5H1",
    "┘": "M0 .5H.5V0",
}


class _Run(NamedTuple):
    """Text of one style, where it stands in the screen."""

    row: int
    column: int
    text: str
    fore: str
    back: str
    style: Style


def picture(screen: Sequence[Iterable[Segment]], columns: int, title: str, theme: TerminalTheme) -> str:
    """Return the SVG of a screen, line by line; ``theme`` tells the colours that a terminal chooses."""
    runs = list(_runs(screen, theme))
    ground = theme.background_color.hex
    wide, high = columns * WIDTH + 2 * MARGIN, len(screen) * HEIGHT + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(wide)} {_n(high)}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>text{{font:14px {FONTS};white-space:pre}}",
        "path{fill:none;stroke-width:1.2}rect{shape-rendering:crispEdges}</style>",
        f'<rect width="100%" height="100%" rx="8" fill="{_backdrop(runs, ground)}"/>',
        f'<g transform="translate({MARGIN} {MARGIN})">',
        *_drawn(runs, _backdrop(runs, ground)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _backdrop(runs: Sequence[_Run], otherwise: str) -> str:
    """Return the colour most of the screen lies on."""
    cells: dict[str, int] = {}
    for run in runs:
        cells[run.back] = cells.get(run.back, 0) + cell_len(run.text)
    return max(cells, key=cells.__getitem__, default=otherwise)


def _runs(screen: Sequence[Iterable[Segment]], theme: TerminalTheme) -> Iterator[_Run]:
    for row, line in enumerate(screen):
        column = 0
        for segment in line:
            if segment.control:
                continue
            style = segment.style or Style.null()
            fore, back = _colours(style, theme)
            yield _Run(row, column, segment.text, fore, back, style)
            column += cell_len(segment.text)


def _colours(style: Style, theme: TerminalTheme) -> tuple[str, str]:
    def hexed(colour: object, foreground: bool) -> str:
        from rich.color import Color

        if not isinstance(colour, Color) or colour.type is ColorType.DEFAULT:
            return (theme.foreground_color if foreground else theme.background_color).hex
        return colour.get_truecolor(theme, foreground=foreground).hex

    fore, back = hexed(style.color, True), hexed(style.bgcolor, False)
    return (back, fore) if style.reverse else (fore, back)


def _drawn(runs: Sequence[_Run], backdrop: str) -> Iterator[str]:
    for run in runs:
        if run.back != backdrop:
            box = _Box(0, 0, cell_len(run.text), 1)
            yield _rect(run.row, run.column, box, run.back)
    for run in runs:
        yield from _shapes(run)
    for run in runs:
        yield from _letters(run)


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character with the cells before it."""
    column = 0
    for char in text:
        yield column, char
        column += cell_len(char)


def _shapes(run: _Run) -> Iterator[str]:
    waiting: tuple[int, int, _Box] | None = None
    for offset, char in _cells(run.text):
        box = BLOCKS.get(char)
        if waiting is not None and (box is None or box != waiting[2] or box.width < 1):
            yield _wide(run, *waiting)
            waiting = None
        if box is not None:
            waiting = (waiting[0], waiting[1] + 1, box) if waiting else (offset, 1, box)
        elif char in LINES:
            x, y = _n((run.column + offset) * WIDTH), _n(run.row * HEIGHT)
            d = re.sub(r"[MHV][^MHV]+", lambda step: _scaled(step[0]), LINES[char])
            yield f'<path transform="translate({x} {y})" d="{d}" stroke="{run.fore}"/>'
    if waiting is not None:
        yield _wide(run, *waiting)


def _wide(run: _Run, offset: int, count: int, box: _Box) -> str:
    width = box.width if count == 1 else count
    return _rect(run.row, run.column + offset, box._replace(width=width), run.fore)


def _scaled(step: str) -> str:
    sizes: dict[str, Callable[[list[float]], list[float]]] = {
        "M": lambda at: [at[0] * WIDTH, at[1] * HEIGHT],
        "H": lambda at: [at[0] * WIDTH],
        "V": lambda at: [at[0] * HEIGHT],
    }
    return step[0] + " ".join(map(_n, sizes[step[0]]([float(each) for each in step[1:].split()])))


def _rect(row: int, column: int, box: _Box, colour: str) -> str:
    x, y = _n((column + box.left) * WIDTH), _n((row + box.top) * HEIGHT)
    faint = f' fill-opacity="{box.opacity}"' if box.opacity < 1 else ""
    size = f'width="{_n(box.width * WIDTH)}" height="{_n(box.height * HEIGHT)}"'
    return f'<rect x="{x}" y="{y}" {size} fill="{colour}"{faint}/>'


def _letters(run: _Run) -> Iterator[str]:
    """Yield the text, each piece at its own cell: ASCII by words, all else by character."""
    spans = []
    before = 0, 0
    for found in WORDS.finditer(run.text):
        text = found[0]
        if text in BLOCKS or text in LINES or text.isspace():
            continue
        column = before[1] + cell_len(run.text[before[0] : found.start()])
        before = found.start(), column
        x = _n((run.column + column) * WIDTH)
        if text.isascii():
            width = _n(len(text) * WIDTH)
            spans.append(f'<tspan x="{x}" textLength="{width}">{escape(text)}</tspan>')
        else:
            # Set in the middle of its cells: fonts make Chinese narrower than two of them.
            middle = _n((run.column + column + cell_len(text) / 2) * WIDTH)
            spans.append(f'<tspan x="{middle}" text-anchor="middle">{escape(text)}</tspan>')
    if spans:
        more = "".join(
            f' {name}="{value}"'
            for name, value, holds in (
                ("font-weight", "bold", run.style.bold),
                ("font-style", "italic", run.style.italic),
                ("text-decoration", "underline", run.style.underline),
                ("fill-opacity", "0.6", run.style.dim),
            )
            if holds
        )
        y = _n(run.row * HEIGHT + BASELINE)
        yield f'<text y="{y}" fill="{run.fore}"{more}>{"".join(spans)}</text>'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
