"""Ctrl-C stops the work once and lets the clearing up finish."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from rung.cli.interrupts import one_interrupt


def test_ctrl_c_is_raised_in_the_work() -> None:
    with pytest.raises(KeyboardInterrupt), one_interrupt():
        os.kill(os.getpid(), signal.SIGINT)


def test_a_second_ctrl_c_does_not_disturb_the_handling_of_the_first() -> None:
    cleared = []
    with pytest.raises(KeyboardInterrupt), one_interrupt():
        try:
            os.kill(os.getpid(), signal.SIGINT)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            cleared.append(True)
    assert cleared == [True]


def test_what_was_set_before_is_set_again() -> None:
    before = signal.getsignal(signal.SIGINT)
    with one_interrupt():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


WORK = """
    import os, signal, sys, threading
    from pathlib import Path
    from rung.cli.interrupts import one_interrupt
    from rung.runs.atomic import whole_folder
    try:
        with one_interrupt():
            import polars as pl
            rows = pl.LazyFrame({"n": range(1000)}).join(pl.LazyFrame({"m": range(400_000)}), how="cross")
            threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
            with whole_folder(Path("run")) as folder:
                rows.sink_ipc(folder / "rows.arrow", compression="uncompressed")
    except KeyboardInterrupt:
        print(os.listdir())
"""


def test_polars_stops_and_its_half_written_file_is_removed_at_once(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WORK)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
