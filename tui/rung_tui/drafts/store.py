"""The file of drafts of one running program: whole or not there, readable by its user alone."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import IO, Any, Final

__all__ = ["Packed", "Store", "state_folder"]

Packed = dict[str, list[list[Any]]]
"""Forms by the name of their drawer."""

_SCHEMA: Final = 1
_OLD: Final = 90 * 24 * 3600
# Seconds after which what a program left behind is of no use to anybody.


def state_folder() -> Path:
    """Return where the program keeps what is not worth a backup."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "rung"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "rung"


class Store:
    """Drafts about a workspace, in a file that only the program that holds its lock writes.

    Programs on one workspace have a file each. Whichever starts takes over the files of those that ended
    without clearing up.
    """

    def __init__(self, workspace: Path, folder: Path | None = None) -> None:
        self._workspace = workspace.resolve()
        self._folder = (folder or state_folder()) / "drafts"
        self._stem = sha256(str(self._workspace).encode()).hexdigest()[:16]
        self._file: Path | None = None
        self._lock: IO[bytes] | None = None
        self._written: Packed = {}

    def begin(self) -> Packed:
        """Claim a file, and return what was left by programs that are gone."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clear_up()
        found: Packed = {}
        numbers = {int(each.stem.rpartition("-")[2]) for each in self._folder.glob(f"{self._stem}-*.json")}
        last = max(numbers, default=0)
        for number in count(1):  # programs in which nothing was typed yet hold a number, and have no file
            if self._file is not None and number > last:
                break
            if self._file is not None and number not in numbers:
                continue
            file = self._folder / f"{self._stem}-{number}.json"
            lock = _locked(file.with_suffix(".lock"))
            if lock is None:
                continue
            for name, forms in _read(file).items():
                found.setdefault(name, []).extend(forms)
            if self._file is None:
                self._file, self._lock = file, lock
            else:
                self._take_in(found, file, lock)
        self.write(found)
        return found

    def _take_in(self, found: Packed, file: Path, lock: IO[bytes]) -> None:
        """Give up another program's file once its drafts stand in our own."""
        self.write(found)
        file.unlink(missing_ok=True)
        lock.close()
        file.with_suffix(".lock").unlink(missing_ok=True)

    def write(self, drafts: Mapping[str, list[list[Any]]]) -> None:
        """Have the file hold these drafts, and not be there where there are none."""
        wanted = {name: forms for name, forms in drafts.items() if forms}
        if self._file is None or wanted == self._written:
            return
        if wanted:
            part = self._file.with_suffix(".part")
            content = {"schema": _SCHEMA, "workspace": str(self._workspace), "drafts": wanted}
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(json.dumps(content, ensure_ascii=False).encode())
            part.replace(self._file)
        else:
            self._file.unlink(missing_ok=True)
        self._written = wanted

    def end(self) -> None:
        """Let go of the file; what it holds stays for the next program."""
        if self._file is not None and self._lock is not None:
            self._lock.close()
            with suppress(OSError):
                self._file.with_suffix(".lock").unlink(missing_ok=True)
        self._file = self._lock = None

    def _clear_up(self) -> None:
        """Remove drafts about workspaces that are gone, and those of long ago."""
        for file in self._folder.glob("*.json"):
            told = _content(file)
            place = told.get("workspace")
            with suppress(OSError):
                gone = isinstance(place, str) and not Path(place).exists()
                if gone or time.time() - file.stat().st_mtime > _OLD:
                    file.unlink(missing_ok=True)
                    file.with_suffix(".lock").unlink(missing_ok=True)


def _content(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("schema") == _SCHEMA else {}


def _read(file: Path) -> Packed:
    drafts = _content(file).get("drafts")
    if not isinstance(drafts, dict):
        return {}
    return {
        name: [pair for pair in forms if isinstance(pair, list) and len(pair) == len(("key", "form"))]
        for name, forms in drafts.items()
        if isinstance(forms, list)
    }


def _locked(path: Path) -> IO[bytes] | None:
    """Return the file held by this program alone, None where another holds it."""
    file = path.open("ab")
    if sys.platform == "win32":  # pragma: no cover - there one program at a time is what is provided for
        return file
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
