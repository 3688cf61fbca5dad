"""Says in a person's words what the disk refused: full, read-only, no such folder."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["refuse_writing"]

_NUMBER: Final = re.compile(r"\(os error (\d+)\)")
# Polars raises OSError without a number and writes it into the text.


@contextmanager
def refuse_writing(target: Path) -> Iterator[None]:
    """Turn every OSError of the block into a RungError about writing ``target``."""
    try:
        yield
    except OSError as error:
        number = _errno(error)
        cause = os.strerror(number) if number else str(error)
        message, hint = _words(number)
        place = Place(str(target))
        raise RungError.of(
            message.format(cause=cause), f"{hint} {_('Nothing was written.')}", place
        ) from error


def _errno(error: OSError) -> int | None:
    if error.errno is not None:
        return error.errno
    found = _NUMBER.search(str(error))
    return int(found[1]) if found else None


def _words(number: int | None) -> tuple[str, str]:
    match number:
        case errno.ENOSPC | errno.EDQUOT:
            return _("The disk is full."), _("Free some space, or choose a folder on another disk.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("The folder may not be written to."), _("Choose another folder, or ask for the right.")
        case errno.ENOENT | errno.ENOTDIR:
            return _("The folder to write into is not there."), _("Create it, or choose another.")
        case errno.EFBIG:
            return _("The file would be larger than is allowed here."), _(
                "Raise the limit, or write elsewhere."
            )
        case _:
            return _("It cannot be written: {cause}."), _("Choose another folder.")
