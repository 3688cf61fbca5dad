"""Whatever the terminal can and cannot do: colours, signs, widths, crashes; what was typed outlives them."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import ColorSystem
from screens import text
from terminal import Terminal
from textual.color import Color

from conftest import Opened, review_of, settle
from rung.text import display_width
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.drafts.drawer import Drawer
from rung_tui.drafts.keeper import Keeper
from rung_tui.drafts.store import Packed, Store
from rung_tui.override.form import Form
from rung_tui.plain_signs import plainly
from rung_tui.themes import DARK, LIGHT, SIXTEEN, fitting_theme

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="in a real pseudo-terminal")

DOWN, ENTER, F4, CTRL_Q = b"\x1b[B", b"\r", b"\x1bOS", b"\x11"
READ = 1.5
TRUE_COLOUR, OF_256 = re.compile(rb"[34]8;2;"), re.compile(rb"[34]8;5;")
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    return workspace.folder


def opened_in(folder: Path, *more: str, **environment: str) -> Terminal:
    given = {"COLORTERM": "", **environment}
    return Terminal.rung("--lang", "en", "review", "--workspace", str(folder), *more, environment=given)


# Colours


@pytest.mark.parametrize(
    ("term", "colorterm", "theme"),
    [
        ("xterm-256color", "truecolor", "rung-dark"),
        ("xterm-256color", "", "rung-dark"),
        ("tmux-256color", "", "rung-dark"),
        ("screen.xterm-256color", "", "rung-dark"),
        ("xterm-kitty", "", "rung-dark"),
        ("screen", "", "rung-16"),
        ("xterm", "", "rung-16"),
        ("xterm", "truecolor", "rung-dark"),
        ("linux", "", "rung-16"),
        ("vt100", "", "rung-16"),
        ("xterm-16color", "", "rung-16"),
    ],
)
def test_the_theme_is_one_whose_colours_the_terminal_has(
    monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str, theme: str
) -> None:
    for name in ("RUNG_THEME", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    assert fitting_theme() == theme


@pytest.mark.parametrize("theme", [DARK, LIGHT, SIXTEEN], ids=lambda theme: theme.name)
@pytest.mark.parametrize("system", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD], ids=lambda each: each.name)
def test_no_two_grades_share_a_colour_in_the_terminals_a_theme_is_for(
    theme: object, system: ColorSystem
) -> None:
    assert isinstance(theme, type(DARK))
    if system is ColorSystem.STANDARD and theme is not SIXTEEN:
        return
    names = [theme.variables[f"rung-grade-{number}"] for number in range(1, 6)]
    drawn = [Color.parse(name).rich_color.downgrade(system) for name in names]
    assert [pair for pair in combinations(drawn, 2) if pair[0].number == pair[1].number] == []


@on_linux
@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color"])
def test_no_more_than_256_colours_are_sent_to_a_terminal_that_claims_no_more(folder: Path, term: str) -> None:
    with opened_in(folder, TERM=term, TMUX="/tmp/tmux-0/default,1,0", SSH_TTY="/dev/pts/9") as terminal:
        terminal.until("K0000001")
        terminal.quiet(0.3)
        assert OF_256.search(terminal.output)
        assert not TRUE_COLOUR.search(terminal.output)


@on_linux
def test_the_linux_console_gets_its_sixteen_and_a_vt100_none(folder: Path) -> None:
    for term, has_colours in (("linux", True), ("vt100", False)):
        with opened_in(folder, TERM=term) as terminal:
            terminal.until("K0000001")
            terminal.quiet(0.3)
            assert bool(COLOUR.search(terminal.output)) == has_colours
            assert not OF_256.search(terminal.output)
            assert not TRUE_COLOUR.search(terminal.output)


@on_linux
def test_a_terminal_that_cannot_be_drawn_on_is_told_so_before_a_single_escape(folder: Path) -> None:
    with opened_in(folder, TERM="dumb") as terminal:
        assert terminal.end() == 2
        assert b"\x1b" not in terminal.output
        assert terminal.last_words.startswith("rung: This terminal cannot be drawn on: TERM is “dumb”.")


@pytest.mark.asyncio
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_grades_and_ways_are_letters_and_signs_besides_colours(
    opened: Opened, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(size=size) as pilot:
        await pilot.press("down", "down", "o")
        await pilot.pause(0.5)
        await pilot.press("c")
        await pilot.pause()
        assert "▼ 1 notch" in text(pilot.app)


# Signs and frames


@pytest.mark.parametrize(
    ("drawn", "plain"),
    [
        ("╭─ 改判 ─╮│ ▸ A ▲ │╰──╯", "+- 改判 -+| > A ^ |+--+"),
        ("█▌▏░", "##|."),
        ("≥ 100, ≤ 5, ≥3", ">=100, <=5, ≥3"),
        ("“无”…→", '"无"~>'),
        ("café Ⅷ ① Ж", "cafe V 1 ?"),
        ("m²", "m2"),
        ("한글 ｱ 😀", "한글 ｱ 😀"),
    ],
)
def test_signs_in_doubt_become_plain_ones_in_the_same_cells(drawn: str, plain: str) -> None:
    assert plainly(drawn) == plain
    assert display_width(plain) == display_width(drawn)


@on_linux
@pytest.mark.parametrize("how", ["option", "setting"])
def test_asked_for_plain_signs_nothing_drawn_is_of_doubtful_width(folder: Path, how: str) -> None:
    more, given = (("--ascii",), {}) if how == "option" else ((), {"RUNG_ASCII": "1"})
    with opened_in(folder, *more, **given) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + ENTER)
        terminal.until("Reasons")
        terminal.send(b"\x1b")
        terminal.quiet(0.5)
        terminal.send(F4)
        terminal.until("model grade")
        terminal.quiet(0.5)
        assert in_doubt(terminal) == set()


def in_doubt(terminal: Terminal) -> set[str]:
    """Return the signs of the last screen that some terminals draw two cells wide."""
    return {char for char in terminal.output.decode() if char in "─│╭╮╰╯▸▲▼█▌▏░…“”·×→"}


@on_linux
@pytest.mark.parametrize(("column", "is_plain"), [(3, True), (2, False)])
def test_a_terminal_is_asked_how_wide_it_draws_and_the_answer_is_heeded(
    folder: Path, column: int, is_plain: bool
) -> None:
    with opened_in(folder) as terminal:
        terminal.until("K0000001")
        assert terminal.output.count(b"\x1b[6n") == 1
        terminal.send(f"\x1b[2;{column}R")
        terminal.quiet(READ)
        terminal.output.clear()
        terminal.send(DOWN + F4)
        terminal.until("model grade")
        terminal.quiet(0.5)
        assert (in_doubt(terminal) == set()) == is_plain
        terminal.send(b"\x1b")
        terminal.quiet(0.3)
        terminal.send(CTRL_Q)
        assert terminal.end() == 0


@on_linux
def test_who_wants_the_signs_is_not_asked(folder: Path) -> None:
    with opened_in(folder, RUNG_ASCII="0") as terminal:
        terminal.until("K0000001")
        terminal.quiet(0.3)
        assert b"\x1b[6n" not in terminal.output


# What was typed


def begin_override(terminal: Terminal) -> None:
    terminal.until("K0000001")
    terminal.quiet(READ)
    terminal.send(DOWN + DOWN + F4)
    terminal.until("model grade B")
    terminal.quiet(0.3)
    for keys in ("c", "\t", DOWN, "\t", "客户已迁出"):
        terminal.send(keys)
        terminal.quiet(0.2)


@on_linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_when_the_program_was_ended_is_there_again(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    with opened_in(folder, **state) as terminal:
        begin_override(terminal)
        terminal.quiet(2.5, timeout=2.5)  # a kill may take the last second
        os.kill(terminal.pid, number)
        terminal.end()
    (file,) = (tmp_path / "state" / "rung" / "drafts").glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "客户已迁出" in file.read_text(encoding="utf-8")
    with opened_in(folder, **state) as terminal:
        terminal.until("Queue K0000003")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN + F4)
        terminal.until("客户已迁出")
        terminal.send(b"\x1b")
        terminal.quiet(0.3)
        terminal.send(CTRL_Q)
        terminal.until("Quit without saving")
        for keys in (DOWN, ENTER):
            terminal.quiet(0.3)
            terminal.send(keys)
        assert terminal.end() == 0
    assert not file.exists()


@on_linux
def test_a_mistake_of_ours_takes_nothing_that_was_typed(folder: Path, tmp_path: Path) -> None:
    script = (
        "from rung_tui.queue.screen import QueueScreen\n"
        "from rung.cli import run\n"
        "def fail(self): raise ZeroDivisionError('a mistake of ours')\n"
        "QueueScreen.action_sort = fail\n"
        f"raise SystemExit(run(['review', '--lang', 'en', '--workspace', {str(folder)!r}]))\n"
    )
    given = {"XDG_STATE_HOME": str(tmp_path)}
    with Terminal([sys.executable, "-c", script], environment=given) as terminal:
        begin_override(terminal)
        terminal.send(b"\x1b")
        terminal.quiet(0.3)
        terminal.send("s")
        assert terminal.end() == 70
        assert terminal.is_restored
    (file,) = (tmp_path / "rung" / "drafts").glob("*.json")
    assert "客户已迁出" in file.read_text(encoding="utf-8")


KEY = ("bank.credit-tiers", "K0000003")
Left = Callable[..., Packed]


@pytest.fixture
def left(tmp_path: Path) -> Left:
    """Return what a program finds, which then writes something and ends."""

    def run(written: Packed | None = None, about: Path = tmp_path) -> Packed:
        store = Store(about, tmp_path / "state")
        found = store.begin()
        if written is not None:
            store.write(written)
        store.end()
        return found

    return run


def files(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "drafts").glob("*.json"))


def test_forms_go_to_disk_and_come_back_as_they_were(left: Left) -> None:
    forms = {KEY: Form(grade="C", narrative="面谈", supersedes=("O1",)), ("p", "blank"): Form()}
    answers = {"move:R3": {"state": "closed"}, "new": {"text": " "}}
    drawers = [Drawer("queue", forms, Form), Drawer("records", answers), Drawer("x", {"a": "why"}, str)]
    assert left({each.name: each.packed() for each in drawers}) == {}
    found = left()
    again = {drawer.name: Drawer(drawer.name, {}, drawer.form) for drawer in drawers}
    for name, drawer in again.items():
        drawer.unpack(found[name])
    assert again["queue"].forms == {KEY: forms[KEY]}
    assert again["records"].forms == {"move:R3": {"state": "closed"}}
    assert again["x"].forms == {"a": "why"}


def test_what_is_being_typed_now_is_not_overwritten_and_what_no_longer_fits_is_left() -> None:
    forms = {KEY: Form(narrative="new")}
    packed = [
        [list(KEY), {"narrative": "old"}],
        [["p", "c"], "no form"],
        [["p", "d"], {"gone": 1, "grade": "A"}],
    ]
    assert Drawer("queue", forms, Form).unpack(packed) == [("p", "d")]
    assert forms == {KEY: Form(narrative="new"), ("p", "d"): Form(grade="A")}


def test_two_programs_on_one_workspace_keep_their_drafts_apart(tmp_path: Path, left: Left) -> None:
    first, second = Store(tmp_path, tmp_path / "state"), Store(tmp_path, tmp_path / "state")
    first.begin()
    first.write({"queue": [["a", "1"]]})
    assert second.begin() == {}
    second.write({"queue": [["b", "2"]]})
    first.end()
    second.end()
    assert left() == {"queue": [["a", "1"], ["b", "2"]]}
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"schema": 9}', b'{"schema": 1, "drafts": 3}', b"\xff"]
)
def test_a_damaged_file_of_drafts_is_no_reason_not_to_start(
    tmp_path: Path, left: Left, content: bytes
) -> None:
    left({"queue": [["a", "1"]]})
    (file,) = files(tmp_path)
    file.write_bytes(content)
    assert left() == {}


def test_drafts_about_a_workspace_that_is_gone_are_cleared_up(tmp_path: Path, left: Left) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    left({"queue": [["a", "1"]]}, gone)
    gone.rmdir()
    left()
    assert files(tmp_path) == []


@pytest.mark.asyncio
async def test_a_contact_begun_is_there_when_its_mode_is_opened_and_kept_while_it_is_not(
    workspace: Workspace, tmp_path: Path, left: Left
) -> None:
    form = {"note": "rang twice", "next": "", "minutes": "", "fact": ""}
    left({"due": [[list(KEY), form]]}, workspace.folder)
    keeper = Keeper(Store(workspace.folder, tmp_path / "state"))
    app = ReviewApp(review_of(workspace), "en", keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.pause(1.2)
        assert any("kept: Due K0000003." in each.message for each in app._notifications)
        assert "rang twice" in files(tmp_path)[0].read_text(encoding="utf-8")
        await pilot.press("D")
        await settle(pilot)
        assert app.desks["due"].begun() == "Contacts begun and not logged: 1"
    keeper.end(is_done=True)
    assert files(tmp_path) == []


@pytest.mark.asyncio
async def test_where_nothing_can_be_kept_one_works_all_the_same(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file, not a folder", encoding="ascii")
    keeper = Keeper(Store(workspace.folder, tmp_path))
    app = ReviewApp(review_of(workspace), "en", keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down")
        assert "▸ K0000002" in text(app)
    keeper.end(is_done=False)
