"""Widths: what the program counts is what a terminal draws, whatever names, lines, bars and tables hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.text import display_width
from rung_tui.bars import floating_bar
from rung_tui.drawn import Span, line, padded, plain, width_of, wrap
from rung_tui.plain_signs import plainly
from rung_tui.table.cells import fit, settled

PIECES = (
    *("北京", "限公司", "，", "。", "“引”", "——", "…", "（", "ｱ", "ａ", "𠮷", "㊀", "한글", "か\u3099"),
    *("👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "❤\ufe0f", "☎", "⚠\ufe0f", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3"),
    *("é", "e\u0301", "Ж", "Ω", "①", "±", "×", "½", "→", "▲", "█", "▏", "─", "╭", "●"),
    *("שלום", "مرحبا", "\u202eabc\u202c", "\u200f", "\u200b", "\ufeff", "\u00ad", "\u034f", "\u0e33"),
    *("\x1b[31m", "\x1b]0;t\x07", "\t", "\n", "\r", "\x00", "\x9b", "[b]", " ", "a", "0"),
)
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs"])), max_size=16)
TEXTS = HOSTILE.map("".join)


@given(text=TEXTS, width=st.integers(2, 60), hanging=st.integers(0, 5))
def test_a_line_broken_is_never_wider_than_asked(text: str, width: int, hanging: int) -> None:
    assert all(width_of(each) <= width for each in wrap(line(text), width, hanging))


@given(parts=st.lists(TEXTS, max_size=5), widths=st.lists(st.integers(0, 20), min_size=5, max_size=5))
def test_the_columns_of_a_row_begin_where_they_ought_to(parts: list[str], widths: list[int]) -> None:
    row = [padded(text, width) for text, width in zip(parts, widths, strict=False)]
    assert [width_of([each]) for each in row] == widths[: len(parts)]


@given(text=TEXTS)
def test_plain_signs_take_as_many_cells_as_what_they_stand_for(text: str) -> None:
    drawn = settled(text)
    assert display_width(plainly(drawn)) == display_width(drawn)


@given(text=TEXTS)
def test_plain_signs_leave_nothing_in_doubt_but_comparisons_and_accents_of_no_width(text: str) -> None:
    doubtful = {
        char
        for char in plainly(settled(text))
        if unicodedata.east_asian_width(char) == "A" and display_width(char) == 1
    }
    assert doubtful <= set("≥≤≠")


@given(start=st.floats(0, 1), end=st.floats(0, 1), reach=st.floats(0, 1), width=st.integers(1, 80))
def test_a_bar_in_plain_signs_is_as_long_as_the_bar(
    start: float, end: float, reach: float, width: int
) -> None:
    spans = floating_bar(start, end, max(end, reach), width)
    assert width_of([Span(plainly(plain(spans)))]) == width


# In a real terminal


class Tmux:
    """A terminal with a screen to look at: prints texts and tells where the cursor is after each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = str(folder / "s")
        self._ready = folder / "ready"
        given = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        given.pop("TMUX", None)
        self._run = ["tmux", "-u", "-S", self._socket, "-f", "/dev/null"]
        subprocess.run(
            [*self._run, "new-session", "-d", "-x", "200", "-y", "50", "stty -echo; exec cat"],
            env=given,
            check=True,
        )
        (self._tty,) = self._told("#{pane_tty}").split()
        time.sleep(0.3)

    def _told(self, what: str) -> str:
        asked = [*self._run, "display-message", "-p", what]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout

    def width(self, text: str) -> int:
        """Return in which column the cursor is after a text printed at the start of a line."""
        number = str(time.perf_counter_ns())
        with Path(self._tty).open("wb", buffering=0) as tty:
            # The title says when the text before it has been read.
            tty.write(b"\x1b[2J\x1b[1;1H" + text.encode() + f"\x1b]2;{number}\x07".encode())
        for _time in range(200):
            column, title = self._told("#{cursor_x} #{pane_title}").split(maxsplit=1)
            if title.strip() == number:
                return int(column)
            time.sleep(0.01)
        raise AssertionError("the terminal does not answer")

    def close(self) -> None:
        subprocess.run([*self._run, "kill-server"], check=False)


@pytest.fixture(scope="module")
def tmux() -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux to look at what a terminal does")
    with tempfile.TemporaryDirectory(prefix="rung-tmux-") as folder:
        found = Tmux(Path(folder))
        yield found
        found.close()


KNOWN = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(text=KNOWN)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_text_settled_is_as_wide_in_a_real_terminal_as_the_program_counts(tmux: Tmux, text: str) -> None:
    shown = settled(text)
    assert tmux.width(shown) == display_width(shown)


@given(text=KNOWN, width=st.integers(1, 40))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_cell_fills_its_column_in_a_real_terminal(tmux: Tmux, text: str, width: int) -> None:
    assert tmux.width(fit(text, width)) == width
