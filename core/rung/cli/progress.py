"""A progress bar on stderr for work that takes over a second, and only where somebody watches."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rung.text import inert

if TYPE_CHECKING:
    from rung.progress import Progress

__all__ = ["progress"]

_PATIENCE: Final = 1.0
# Seconds: what is done sooner needs no bar.


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function that reports progress; it draws nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _whole: None
        return
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from rung.cli.terminal import console

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    bar = Bar(*columns, console=console(stderr=True), transient=True)
    stages: dict[str, TaskID] = {}

    def report(stage: str, done: int, whole: int | None) -> None:
        if stage not in stages:
            for task in stages.values():
                bar.update(task, visible=False)
            stages[stage] = bar.add_task(inert(stage), total=whole)
        bar.update(stages[stage], completed=done, total=whole)

    timer = threading.Timer(_PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield report
    finally:
        timer.cancel()
        bar.stop()
