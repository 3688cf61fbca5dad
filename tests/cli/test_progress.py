"""Work over a second shows a bar to whoever watches, and to nobody else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import textwrap
from pathlib import Path

WORK = """
    import sys, time
    from rung.cli.progress import progress
    with progress() as report:
        report("Reading [red]a[/red]\\x1b[31m", 0, 10)
        time.sleep(float(sys.argv[1]))
        report("Grading", 3, None)
        time.sleep(0.3)
    print("done")
"""


def watched(seconds: float) -> tuple[str, str]:
    """Run the work with stderr on a terminal; return what it printed and what the terminal saw."""
    above, below = pty.openpty()
    command = [sys.executable, "-c", textwrap.dedent(WORK), str(seconds)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=below, text=True, env=environment) as work:
        os.close(below)
        seen = b""
        while True:
            try:
                chunk = os.read(above, 4096)
            except OSError:  # the terminal is closed when the program has ended
                break
            if not chunk:
                break
            seen += chunk
        assert work.stdout is not None
        printed = work.stdout.read()
    os.close(above)
    assert work.returncode == 0
    return printed, seen.decode()


def test_work_of_over_a_second_shows_its_stages() -> None:
    printed, seen = watched(1.4)
    assert printed == "done\n"
    assert "Reading [red]a[/red][31m" in seen
    assert "Grading" in seen


def test_quick_work_shows_no_bar() -> None:
    printed, seen = watched(0.0)
    assert printed == "done\n"
    assert "Grading" not in seen


def test_without_a_terminal_no_bar_is_drawn(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WORK), "1.2"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert (ran.stdout, ran.stderr) == ("done\n", "")
