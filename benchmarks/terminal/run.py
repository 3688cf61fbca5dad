"""The terminal program in a real pseudo-terminal: first paint, keys, sort, filter, memory.

``python run.py [ROWS] [ROUNDS]``. First paints are given as ratios to the smallest Textual program, started
in turn with ours, so that a slow moment of the machine falls on both.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "tests" / "tui")]

from terminal import Terminal  # noqa: E402 - the harness of the tests

from workspace import begin_ledger, made  # noqa: E402

_SORTED = ("总分", "等级", "名称")
_UNSORTED = "按批次"
_BLINK = 400
"""Bytes the cursor's blinking takes; rows take more."""
DATA = HERE.parent / ".data"
_MODES = "ADRPMJXQ"
"""The key of each mode."""
DOWN, PAGE_DOWN, END, HOME, ENTER = b"\x1b[B", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\r"


def main(rows: int, rounds: int) -> None:
    """Measure first paints, then one long session."""
    DATA.mkdir(exist_ok=True)
    folder = made(rows, DATA)
    print(f"{rows:,} customers")
    for overrides in (None, 0, 10_000):
        if overrides is None:
            for file in folder.glob("ledger.db*"):
                file.unlink()
        else:
            begin_ledger(folder, overrides)
        name = "no ledger" if overrides is None else f"{overrides:,} overrides"
        first_paint(folder, name, rounds)
    session(folder, rows)


def first_paint(folder: Path, name: str, rounds: int) -> None:
    ours, smallest = [], []
    for number in range(rounds + 1):
        pair = painted(smallest_app(), "smallest"), painted(review(folder), "C0 ")
        if number:  # the first warms the disk
            smallest.append(pair[0])
            ours.append(pair[1])
    ratio = median(one / other for one, other in zip(ours, smallest, strict=True))
    print(
        f"first paint, {name:<18} {median(ours):6.3f} s   smallest {median(smallest):6.3f} s   {ratio:5.2f} ×"
    )


def smallest_app() -> Terminal:
    return Terminal([sys.executable, str(HERE / "smallest.py")], columns=120, lines=40)


def review(folder: Path) -> Terminal:
    return Terminal.rung("review", "--lang", "zh", str(folder), columns=120, lines=40)


def painted(terminal: Terminal, mark: str) -> float:
    with terminal:
        return terminal.until(mark) - terminal.started


def session(folder: Path, rows: int) -> None:
    """Open once, and measure what a person does all day."""
    with smallest_app() as smallest:
        smallest.until("smallest")
        smallest.quiet(0.3)
        show("any key, smallest", [pressed(smallest, letter, f"key {letter}") for letter in "abcdefgh" * 10])
    with review(folder) as terminal:
        terminal.until("C0 ")
        memory("just painted", terminal)
        terminal.quiet(1)
        time.sleep(4)  # policy and ledger are read
        terminal.quiet(1)
        memory("all read", terminal)
        show("cursor", [pressed(terminal, DOWN, f"{n:,}/{rows:,}") for n in range(2, 202)])
        show("page", each(terminal, PAGE_DOWN, 100, rows))
        ends = (END, f"{rows:,}/"), (HOME, f" 1/{rows:,}")
        show("end and home", [pressed(terminal, key, place) for key, place in ends])
        orders = _SORTED * 3  # one order is kept at a time: each is worked out anew
        taken = [sorted_by(terminal, column, rows) for column in orders]
        for place, column in enumerate(_SORTED):
            show(f"sort by {column}", taken[place :: len(_SORTED)])
        show("page of that", each(terminal, PAGE_DOWN, 100, rows))
        memory("after sorts", terminal)
        sorted_by(terminal, _UNSORTED, rows)
        terminal.send("/")
        terminal.quiet(1)  # the names are read while one thinks of the first letter
        letters = []
        for text in ("恒", "恒泰", "c12", "有限", "c999", "z"):
            for letter in text + "\x7f" * len(text):
                letters.append(drawn(terminal, letter))
                if "-v" in sys.argv:
                    print(f"    {letter!r} {letters[-1]:.0f} ms")
        show("filter, per letter", letters)
        memory("after filters", terminal)
        terminal.send(b"\x1b")
        terminal.quiet(0.5)
        opened = terminal.send(ENTER)
        show("a customer explained", [(terminal.until("总分由来") - opened) * 1000])
        memory("at the end", terminal)
        terminal.send(b"\x1b")
        terminal.quiet(1)
        for time_of in ("first time", "again"):
            for key in _MODES:
                show(f"mode {key}, {time_of}", [drawn(terminal, key, 1.5)])
        memory("after all modes", terminal)


def pressed(terminal: Terminal, key: str | bytes, wanted: str) -> float:
    """Return the milliseconds from a key to a text on the screen."""
    at = terminal.send(key)
    taken = (terminal.until(wanted) - at) * 1000
    terminal.quiet(0.01)
    return taken


def each(terminal: Terminal, key: bytes, times: int, rows: int) -> list[float]:
    return [pressed(terminal, key, f"/{rows:,}") for _time in range(times)]


def sorted_by(terminal: Terminal, column: str, rows: int) -> float:
    """Return the milliseconds until the cursor, sent to the end before, is at the first of the new order."""
    pressed(terminal, END, f"{rows:,}/")
    terminal.send("s")
    terminal.until("排序")
    terminal.send(column)
    terminal.quiet(0.3)
    return pressed(terminal, ENTER, f" 1/{rows:,}")


def drawn(terminal: Terminal, letter: str, still: float = 0.4) -> float:
    """Return the milliseconds from a key to the last rows, after which ``still`` seconds bring none."""
    at = last = terminal.send(letter)
    while time.perf_counter() < last + still:
        if len(terminal.read(0.05)) > _BLINK:
            last = time.perf_counter()
    return (last - at) * 1000


def show(name: str, taken: list[float]) -> None:
    ordered = sorted(taken)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:<28} median {median(ordered):7.1f} ms   p95 {high:7.1f} ms   most {ordered[-1]:7.1f} ms")


def memory(name: str, terminal: Terminal) -> None:
    print(f"private memory, {name:<14} {terminal.private_memory() / 1e6:6.0f} MB")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 7,
    )
