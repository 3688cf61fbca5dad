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

__all__ = ["is_of_the_disk", "refuse_writing"]

_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
_NUMBER: Final = re.compile(r"\(os error (\d+)\)")
# Polars raises OSError without a number and writes it into the text; of Parquet, an error of its own.


@contextmanager
def refuse_writing(target: Path) -> Iterator[None]:
    """Turn every OSError of the block, and what else the disk refused, into a RungError about ``target``."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, OSError) and not is_of_the_disk(error):
            raise
        number = _errno(error)
        cause = os.strerror(number) if number else str(error)
        message, hint = _words(number)
        place = Place(str(target))
        raise RungError.of(
            message.format(cause=cause), f"{hint} {_('Nothing was written.')}", place
        ) from error


def is_of_the_disk(error: BaseException) -> bool:
    """Whether it is the disk that refused, by being full, say, and not who wrote to it that erred."""
    is_told_of = isinstance(error, OSError) or type(error).__module__.partition(".")[0] == "polars"
    return is_told_of and _errno(error) in _DISK


def _errno(error: BaseException) -> int | None:
    if isinstance(error, OSError) and error.errno is not None:
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
