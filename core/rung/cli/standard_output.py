"""A file poured out to standard output once it is whole: nothing of it is seen before."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from rung.errors import RungError
from rung.text import _

__all__ = ["pour"]


def pour(path: Path, refused: str) -> None:
    """Write a file's bytes to standard output.

    ``refused`` is what to say, with its ``{reason}``, where that fails. Raises BrokenPipeError where nobody
    reads any more.
    """
    sys.stdout.flush()
    try:
        with path.open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the program ends quietly
    except OSError as error:
        # Python would complain once more when it flushes stdout at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise RungError.of(
            refused.format(reason=error.strerror), _("What came out of it so far is not the whole.")
        ) from error
