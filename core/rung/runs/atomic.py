"""Writes a folder or a file completely or not at all: error, full disk, Ctrl-C or kill leaves no half."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from rung.errors import Place, RungError
from rung.locks import CAN_LOCK, try_to_lock
from rung.runs.refusals import refuse_writing
from rung.text import _

__all__ = ["clear_leftovers", "whole_file", "whole_file_by_name", "whole_folder"]

_WRITING: Final = ".writing"
_LOCK: Final = ".lock"


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a folder to write into; it becomes ``target`` if the block ends well, else it is removed.

    A free name is needed: an existing ``target`` is never replaced. Raises RungError where the
    disk refuses.
    """
    with _part(target) as part:
        part.mkdir()
        yield part
        _sync(*part.iterdir(), part)
        part.rename(target)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a file name to write to; it replaces ``target`` if the block ends well, else it is removed."""
    with _part(target) as part:
        yield part
        _sync(part)
        part.replace(target)


@contextmanager
def whole_file_by_name(target: Path) -> Iterator[Path]:
    """Give a file of the target's own name, in a folder of its own beside it, for who writes by the ending.

    It replaces ``target`` if the block ends well, else it is removed; so is whatever else was left in that
    folder. Raises RungError where the block leaves no such file.
    """
    with _part(target) as part:
        part.mkdir()
        file = part / target.name
        yield file
        if not file.is_file():
            raise RungError.of(_("No file was written."), place=Place(str(target)))
        _sync(file)
        file.replace(target)


def clear_leftovers(folder: Path) -> None:
    """Remove what writers that were killed left in ``folder``; those of living writers stay."""
    for part in folder.glob(f".*{_WRITING}"):
        with suppress(OSError):
            lock = _locked(_lock_of(part))
            if lock is not None:
                with lock:
                    _remove(part)
                    _lock_of(part).unlink(missing_ok=True)


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    with refuse_writing(target):
        part, lock = _claim(target)
        try:
            yield part
        finally:
            _remove(part)
            lock.close()
            _lock_of(part).unlink(missing_ok=True)
        _sync(target.parent)


def _claim(target: Path) -> tuple[Path, IO[bytes]]:
    while True:
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{_WRITING}")
        lock = _locked(_lock_of(part))
        if lock is not None and _lock_of(part).exists():
            return part, lock


def _lock_of(part: Path) -> Path:
    return part.with_name(part.name + _LOCK)


def _locked(path: Path) -> IO[bytes] | None:
    """Return the file held by this process alone, None where another holds it."""
    file, is_held = path.open("ab"), False
    try:
        # Where nothing can be locked, a living writer's part stays anyhow: it is open.
        is_held = not CAN_LOCK or try_to_lock(file)
    finally:
        if not is_held:
            file.close()
    return file if is_held else None


def _remove(part: Path) -> None:
    while True:
        try:
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)
        except KeyboardInterrupt:
            continue
        return


def _sync(*paths: Path) -> None:
    for path in paths:
        if path.is_dir() and os.name == "nt":  # pragma: no cover
            continue
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
