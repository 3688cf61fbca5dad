"""Grades one population again and again into a workspace, telling of each run once it is kept; a program.

``python run_writer.py WORKSPACE POLICY SOURCE``.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from rung.pipeline import GradeRequest
from rung.workspace import Workspace


def main(folder: Path, policy: Path, source: Path) -> None:
    """Work without end."""
    workspace = Workspace.open(folder)
    loaded = workspace.shelf.find(str(policy))
    is_ready = False
    while True:
        request = GradeRequest(
            source=source, policy=loaded, as_of=date(2026, 1, 1), created_at=datetime.now(UTC)
        )
        made = workspace.grade(request, lambda _stage, _done, _whole: None)
        if not is_ready:  # with all that is imported the first time
            print("ready", flush=True)
            is_ready = True
        print(made.run_id, flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
