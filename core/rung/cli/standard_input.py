"""A table that comes through a pipe: laid down whole first, since a table is read more than once."""

from __future__ import annotations

import codecs
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rung.cli.options import STANDARD
from rung.errors import Problem, RungError
from rung.runs.refusals import refuse_writing
from rung.text import _

__all__ = ["piped_table"]

_HEAD: Final = 1 << 16
_BINARY: Final = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx"}
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OBJECT: Final = re.compile(rb"[\s\0]*(\[[\s\0]*)?\{")
# The beginning of an object, or of a list of them, which is refused with how to make lines of it.


@contextmanager
def piped_table(kind: str | None) -> Iterator[Path]:
    """Give a file with what comes through standard input; ``kind`` is one of ``FORMATS``, found if None.

    Errors raised in the block name standard input instead of the file. Raises RungError where it cannot
    be read, or not be laid down.
    """
    with TemporaryDirectory(prefix="rung-") as temporary:
        path = _laid_down(Path(temporary), kind)
        try:
            yield path
        except RungError as error:
            raise RungError.all(_renamed(each, str(path)) for each in error.problems) from error


def _laid_down(folder: Path, kind: str | None) -> Path:
    stream = sys.stdin.buffer if sys.stdin is not None else None
    try:
        head = stream.read(_HEAD) if stream is not None else b""
    except OSError as error:
        raise RungError.of(
            _("Standard input cannot be read: {reason}.").format(
                reason=error.strerror or type(error).__name__
            ),
            _("Pipe a table into it, or name a file."),
        ) from error
    path = folder / f"standard-input.{kind or _kind(head)}"
    with refuse_writing(folder), path.open("wb") as file:
        file.write(head)
        if stream is not None:
            shutil.copyfileobj(stream, file)
    return path


def _kind(head: bytes) -> str:
    """Return the ending of a file that begins so."""
    for magic, ending in _BINARY.items():
        if head.startswith(magic):
            return ending
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return "jsonl" if _OBJECT.match(head) else "csv"


def _renamed(problem: Problem, path: str) -> Problem:
    place = problem.place
    if place is not None and place.file == path:
        place = replace(place, file=STANDARD)
    message, hint = (text.replace(path, STANDARD) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint, place=place)
