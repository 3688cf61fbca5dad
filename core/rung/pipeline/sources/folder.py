"""A private folder for customers' data on their way: removed at the end, or later if its writer is killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from rung.locks import CAN_LOCK, try_to_lock
from rung.runs.refusals import refuse_writing

__all__ = ["private_folder"]

_PREFIX: Final = "rung-source-"
_LOCK: Final = ".lock"


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give an empty folder that nobody else may read, and remove it with all that is in it.

    What writers that were killed left behind goes as well. Raises RungError where the disk refuses.
    """
    _clear_leftovers()
    with refuse_writing(Path(tempfile.gettempdir())):
        made = tempfile.TemporaryDirectory(prefix=_PREFIX)
    with made as name:
        folder = Path(name)
        with refuse_writing(folder):
            lock = _held(folder)
        try:
            yield folder
        finally:
            lock.close()


def _held(folder: Path) -> IO[bytes]:
    """Return the lock that says that somebody works here; under its name only once it is held."""
    waiting = folder / f"{_LOCK}.new"
    lock = waiting.open("ab")
    try_to_lock(lock)
    if CAN_LOCK:  # elsewhere an open file cannot be renamed, nor its folder removed
        waiting.rename(folder / _LOCK)
    return lock


def _clear_leftovers() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
                continue
            with (folder / _LOCK).open("rb+") as lock:
                if try_to_lock(lock):
                    shutil.rmtree(folder)
