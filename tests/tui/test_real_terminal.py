"""In a real pseudo-terminal: keys as bytes, an input method's commits, kills; always restored."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from terminal import Terminal

from rung.workspace import Workspace

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

DOWN, PAGE_DOWN, ESCAPE, ENTER, TAB = b"\x1b[B", b"\x1b[6~", b"\x1b", b"\r", b"\t"
F3, F4, F8 = b"\x1bOR", b"\x1bOS", b"\x1b[19~"
CTRL_S, CTRL_Q = b"\x13", b"\x11"
READ = 1.5
# Seconds in which policy and ledger are surely read.


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    return workspace.folder


def opened(folder: Path, *more: str, **given: object) -> Terminal:
    return Terminal.rung("review", "--workspace", str(folder), "--lang", "en", *more, **given)


def test_it_paints_takes_keys_and_ends_restored(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.send(DOWN * 3)
        terminal.until("4/240")
        terminal.send(PAGE_DOWN)
        terminal.until("23/240")
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.is_restored
        assert terminal.last_words == ""


def test_an_input_methods_commit_of_several_characters_filters_at_once(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(F3)
        terminal.quiet()
        terminal.send("合肥和创")
        terminal.until("1/1 of 240")
        terminal.send(CTRL_Q)
        assert terminal.end() == 0


def test_the_terminals_cursor_waits_where_the_input_method_will_write(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send("／")
        terminal.quiet(0.3)
        assert terminal.output.rstrip().endswith(b"\x1b[3;2H") or b"\x1b[3;2H" in terminal.output[-200:]


def test_a_whole_override_in_chinese_by_bytes_alone(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN)
        terminal.until("3/240")
        terminal.send(F4)
        terminal.until("model grade B")
        terminal.quiet()
        for keys in ("c", TAB, DOWN, TAB, "客户已迁出本市，", "业务量减半。", CTRL_S):
            terminal.send(keys)
            terminal.quiet()
        terminal.quiet(1)
        terminal.send("q")
        assert terminal.end() == 0
    (override,) = Workspace.open(folder).human_input.overrides()
    assert (override.customer_id, override.proposed_grade) == ("K0000003", "C")
    assert override.narrative == "客户已迁出本市，业务量减半。"


def test_keys_sent_all_at_once_reach_the_fields_they_were_typed_for(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN + F4)
        terminal.until("model grade B")
        terminal.quiet()
        terminal.send(b"c" + TAB + DOWN + TAB + "客户已迁出".encode() + TAB + b"A-17" + CTRL_S)
        terminal.quiet(1)
        terminal.send("q")
        assert terminal.end() == 0
    (override,) = Workspace.open(folder).human_input.overrides()
    assert (override.proposed_grade, override.reason) == ("C", "interim_performance")
    assert (override.narrative, override.evidence) == ("客户已迁出", "A-17")


def test_the_language_is_switched_in_front_of_ones_eyes(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.send(F8)
        terminal.until("银行客户等级划分")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_or_does_nothing_but_never_leaves_the_terminal_broken(
    folder: Path, number: signal.Signals
) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(0.3)
        os.kill(terminal.pid, number)
        time.sleep(0.5)
        try:
            os.kill(terminal.pid, 0)
            terminal.send(CTRL_Q)
        except OSError:
            pass
        assert terminal.end() in {0, 128 + number}
        assert terminal.is_restored


def test_a_mistake_of_ours_is_one_line_and_the_terminal_restored(folder: Path) -> None:
    script = (
        "from rung_tui.queue.screen import QueueScreen\n"
        "from rung.cli import run\n"
        "def fail(self): raise ZeroDivisionError('a mistake of ours')\n"
        "QueueScreen.action_sort = fail\n"
        f"raise SystemExit(run(['review', '--lang', 'en', '--workspace', {str(folder)!r}]))\n"
    )
    with Terminal([sys.executable, "-c", script]) as terminal:
        terminal.until("K0000001")
        terminal.quiet(0.3)
        terminal.send("s")
        assert terminal.end() == 70
        assert terminal.is_restored
        assert terminal.last_words.startswith("rung: A mistake in Rung or a plugin: ZeroDivisionError")
        assert "\n" not in terminal.last_words


def test_killed_in_the_middle_of_a_save_nothing_half_written_is_left(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN)
        terminal.send(F4)
        terminal.until("model grade B")
        terminal.quiet()
        for keys in ("c", TAB, DOWN):
            terminal.send(keys)
            terminal.quiet()
        terminal.send(CTRL_S)
        os.kill(terminal.pid, signal.SIGKILL)
    human = Workspace.open(folder).human_input
    assert len(human.overrides()) in {0, 1}
    if human.is_begun:
        from rung.ledger import verify

        with human.ledger() as store:
            assert verify(store).is_whole


def refused(folder: Path, *arguments: str, **given: object) -> str:
    """Run to the end and return the one line said, the exit code being 2."""
    with Terminal.rung("review", "--lang", "en", *arguments, **given) as terminal:
        assert terminal.end() == 2, folder
        assert terminal.is_restored
        assert "\n" not in terminal.last_words
        return terminal.last_words


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    assert "This is no workspace" in refused(tmp_path, "--workspace", str(tmp_path))


def test_a_workspace_without_a_run(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "empty")
    assert "There is no run yet." in refused(tmp_path, str(tmp_path / "empty"))


def test_a_run_that_is_not_there(folder: Path) -> None:
    assert "There is no run “nosuch”" in refused(folder, str(folder), "--run", "nosuch")


def test_a_run_cut_short(folder: Path) -> None:
    run = Workspace.open(folder).run().folder / "results.arrow"
    run.write_bytes(run.read_bytes()[:-100])
    assert "The run is damaged" in refused(folder, str(folder))


def test_a_run_whose_bytes_were_changed(folder: Path) -> None:
    run = Workspace.open(folder).run().folder / "results.arrow"
    content = bytearray(run.read_bytes())
    content[-400:-20] = bytes(380)
    run.write_bytes(content)
    assert "damaged" in refused(folder, str(folder))


def test_a_policy_that_was_altered(folder: Path) -> None:
    policy = Workspace.open(folder).run().folder / "policy.json"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("75", "57"), encoding="utf-8")
    assert "was altered" in refused(folder, str(folder))


def test_a_ledger_that_is_none(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"not a database" * 100)
    assert "ledger.db" in refused(folder, str(folder))


def test_a_workspace_file_with_mistakes(folder: Path) -> None:
    with (folder / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[people.zhang]\nrole = "king"\n')
    assert "“king” is no role" in refused(folder, str(folder))


def test_without_a_terminal_it_says_what_to_do_instead(folder: Path) -> None:
    import subprocess

    found = subprocess.run(
        [sys.executable, "-m", "rung", "--lang", "en", "review", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert found.returncode == 2
    assert found.stderr.startswith("rung: The terminal program needs a terminal. To see grades in a pipe:")


def test_the_first_paint_loads_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys, time\n"
        "from rung_tui.queue.screen import QueueScreen\n"
        "QueueScreen._begin = lambda self: None\n"
        "from rung_tui.table.virtual_table import VirtualTable\n"
        "painted = VirtualTable.render_line\n"
        "heavy = ['polars', 'narwhals', 'pydantic', 'sqlalchemy', 'fastexcel', 'duckdb', 'pandas', 'numpy']\n"
        "def paint(self, y):\n"
        "    self.app.title = ' '.join(name for name in heavy if name in sys.modules) or 'light'\n"
        "    said = 'loaded: ' + self.app.title\n"
        "    if y == 1: self.app.set_timer(0.2, lambda: self.app.exit(0, message=said))\n"
        "    return painted(self, y)\n"
        "VirtualTable.render_line = paint\n"
        "from rung.cli import run\n"
        f"raise SystemExit(run(['review', '--lang', 'en', {str(folder)!r}]))\n"
    )
    with Terminal([sys.executable, "-c", script]) as terminal:
        assert terminal.end() == 0
        assert "loaded: light" in terminal.last_words


def test_a_run_removed_while_it_is_open_can_still_be_looked_at(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        shutil.rmtree(folder / "runs")
        terminal.send(PAGE_DOWN * 3)
        terminal.until("K0000058")
        terminal.send(CTRL_Q)
        assert terminal.end() == 0


PLACE = re.compile(rb"\x1b\[(\d+);(\d+)H")
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


def cursor(terminal: Terminal) -> tuple[int, int]:
    """Return where the terminal's cursor was left: line and column, from 1."""
    line, column = PLACE.findall(terminal.output)[-1]
    return int(line), int(column)


def test_the_cursor_stands_behind_what_an_input_method_has_written(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send("、")
        terminal.quiet(0.3)
        assert cursor(terminal) == (3, 2)
        terminal.send("北京华")
        terminal.quiet(0.3)
        assert cursor(terminal) == (3, 8)


def test_the_cursor_is_in_place_in_every_field_of_the_dialog_from_first_focus(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN + "ｏ".encode())
        terminal.until("model grade B")
        terminal.quiet(0.3)
        places = []
        terminal.send(TAB)
        for _field in ("narrative", "evidence", "until"):
            terminal.quiet(0.3)
            terminal.send(TAB)
            terminal.quiet(0.3)
            places.append(cursor(terminal))
        first = places[0][0]
        assert places == [(first, 4), (first + 4, 16), (first + 5, 16)]
        terminal.send("２０２６１２３１")
        terminal.quiet(0.3)
        assert cursor(terminal) == (first + 5, 32)


@pytest.mark.parametrize("term", ["xterm-256color", "xterm-16color"])
def test_with_no_color_not_one_colour_is_sent(folder: Path, term: str) -> None:
    # Not even grey: with the terminal's own colours as its ground that once came out black on black.
    with opened(folder, environment={"NO_COLOR": "1", "TERM": term}) as terminal:
        terminal.until("K0000001")
        terminal.send(DOWN + ENTER)
        terminal.until("Reasons")
        assert COLOUR.findall(terminal.output) == []
        assert re.search(rb"\x1b\[7[;m]", terminal.output)  # the row under the cursor


def test_sixteen_colours_are_all_that_a_terminal_of_sixteen_gets(folder: Path) -> None:
    with opened(folder, environment={"TERM": "xterm-16color", "COLORTERM": ""}) as terminal:
        terminal.until("K0000001")
        terminal.send(DOWN + ENTER)
        terminal.until("Reasons")
        assert COLOUR.findall(terminal.output) != []
        assert re.findall(rb"[34]8;[25];", terminal.output) == []


def test_a_storm_of_resizes_with_keys_between_leaves_it_working(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        for columns, height in [(200, 60), (20, 4), (1, 1), (80, 24), (61, 17), (300, 90), (59, 15)] * 6:
            terminal.resize(columns, height)
            terminal.send(DOWN)
            terminal.read(0.01)
        terminal.resize(80, 24)
        terminal.quiet(0.5)
        terminal.send(b"\x1b[H")
        terminal.until("1/240")
        terminal.send(CTRL_Q)
        assert terminal.end() == 0
        assert terminal.is_restored


GROWS_MEANWHILE = """
import fcntl, struct, sys, termios, time
from textual.drivers.linux_driver import LinuxDriver
look = LinuxDriver._get_terminal_size
def interrupted(self):
    size = look(self)
    if size == (50, 10):
        fcntl.ioctl(sys.stdin, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
        time.sleep(0.05)  # the handler of the next signal runs within that of this one
    return size
LinuxDriver._get_terminal_size = interrupted
from rung.cli import run
raise SystemExit(run(['review', '--lang', 'en', '--workspace', {folder!r}]))
"""


def test_a_terminal_that_grows_while_it_is_looked_at_is_taken_as_large_as_it_is(folder: Path) -> None:
    with Terminal([sys.executable, "-c", GROWS_MEANWHILE.format(folder=str(folder))]) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.resize(50, 10)
        terminal.quiet(0.5)
        terminal.send(DOWN)
        terminal.until("2/240")


SLOW_SAVE = """
import time
from pathlib import Path
from rung_tui.review import Review
propose = Review.propose
def slowly(self, *given):
    Path({begun!r}).touch()
    time.sleep(0.5)
    recorded = propose(self, *given)
    time.sleep(0.3)
    return recorded
Review.propose = slowly
from rung.cli import run
raise SystemExit(run(['review', '--lang', 'en', '--workspace', {folder!r}]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_a_save_lets_it_finish_and_says_so(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    begun = tmp_path / "begun"
    program = SLOW_SAVE.format(folder=str(folder), begun=str(begun))
    with Terminal([sys.executable, "-c", program]) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN + F4)
        terminal.until("model grade B")
        terminal.quiet()
        for keys in ("c", TAB, DOWN, CTRL_S):
            terminal.send(keys)
            terminal.quiet()
        deadline = time.monotonic() + 20
        while not begun.exists() and time.monotonic() < deadline:
            terminal.read(0.05)
        os.kill(terminal.pid, number)
        assert terminal.end() == 128 + number
        assert terminal.is_restored
        assert terminal.last_words.startswith(f"rung: Ended by {number.name}; what was saved is on record.")
        assert "\n" not in terminal.last_words
    human = Workspace.open(folder).human_input
    assert [each.proposed_grade for each in human.overrides()] == ["C"]
    from rung.ledger import verify

    with human.ledger() as store:
        assert verify(store).is_whole


def test_a_signal_tells_of_an_override_begun_and_not_saved(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(READ)
        terminal.send(DOWN + DOWN + F4)
        terminal.until("model grade B")
        terminal.send("c")
        terminal.quiet(0.5)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.last_words.endswith("Overrides begun and not saved: 1")


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.6, 0.8])
def test_a_signal_while_it_starts_leaves_the_terminal_as_it_was(folder: Path, seconds: float) -> None:
    with opened(folder) as terminal:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            terminal.read(0.01)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() in {-signal.SIGTERM, 128 + signal.SIGTERM}
        assert terminal.is_restored


def test_a_terminal_that_is_closed_ends_the_program(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.until("K0000001")
        terminal.quiet(0.3)
        os.close(terminal._file)
        end = time.perf_counter() + 10
        pid = 0
        while not pid and time.perf_counter() < end:
            time.sleep(0.05)
            pid, _status = os.waitpid(terminal.pid, os.WNOHANG)
        terminal._file = os.open(os.devnull, os.O_RDWR)
        terminal.code = 0 if pid else None
        assert pid == terminal.pid
