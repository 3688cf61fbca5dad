"""Locks by which processes keep out of each other's way; where files cannot be locked, none is held."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["CAN_LOCK", "alone", "try_to_lock"]

CAN_LOCK: Final = sys.platform != "win32"
"""Whether files can be locked here; an open one cannot be removed either where they cannot."""


def try_to_lock(file: IO[bytes]) -> bool:
    """Lock an open file until it is closed; return False where another holds it, or files cannot be locked.

    A disk that takes no locks, as some shared ones, is an OSError.
    """
    if sys.platform == "win32":  # pragma: no cover
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep whoever else asks for the same lock waiting, so that reading and writing are one act.

    The file is made if need be, and stays. Raises RungError where the disk refuses it.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("ab")
    except OSError as error:
        raise _refused(error, lock.parent) from error
    with file:
        try:
            _wait_for(file)
        except OSError as error:
            raise _refused(error, lock.parent) from error
        yield


def _wait_for(file: IO[bytes]) -> None:
    if sys.platform != "win32":  # pragma: no branch
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _refused(error: OSError, folder: Path) -> RungError:
    return RungError.of(
        _("It cannot be written: {cause}.").format(cause=error.strerror or type(error).__name__),
        _("Nothing was written."),
        Place(str(folder)),
    )
