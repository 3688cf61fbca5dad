"""Which encoding a text table is in, and its text piece by piece without holding the whole of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from rung.errors import Place, RungError
from rung.text import _

__all__ = ["CHUNK", "decoded_chunks", "detect_encoding", "known_encoding"]

CHUNK: Final = 1 << 22
# Bytes read at a time: large enough for speed, small enough that memory does not grow with the file.

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def known_encoding(name: str, place: Place | None = None) -> str:
    """Return the name Python knows an encoding by; raises RungError for one that is none."""
    try:
        info = codecs.lookup(name)
        "".encode(info.name)  # refuses codecs that are no encoding of text, such as hex
    except LookupError:
        raise RungError.of(
            _("“{name}” is no encoding that is known.").format(name=name),
            _("Usual ones: utf-8, gb18030, gbk, big5, utf-16, cp1252."),
            place,
        ) from None
    return info.name


def detect_encoding(path: Path) -> str:
    """Return the encoding of a text table: by its byte order mark, else UTF-8, else GB18030.

    A file that is neither throughout gets the one that fails at fewer places. Raises RungError for a
    file that holds no text.
    """
    with path.open("rb") as file:
        head = file.read(CHUNK)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        if b"\x00" in head:
            raise RungError.of(
                _("The file holds no text."),
                _("Give a CSV, Parquet or XLSX file; name the encoding in the mapping file if it is UTF-16."),
                Place(str(path)),
            )
        failure = _first_failure(file)
        if failure is None:
            return "utf-8"
        begin = max(0, failure - CHUNK // 8)
        file.seek(begin)
        window = file.read(CHUNK // 4)
    # Within a file a window may begin in the middle of a character. Headers may be all that is not ASCII.
    window = window.split(b"\n", 1)[-1] if begin and b"\n" in window else window
    failures = {name: _failures(head, name) + _failures(window, name) for name in ("utf-8", "gb18030")}
    return "gb18030" if failures["gb18030"] < failures["utf-8"] else "utf-8"


def _first_failure(file: BinaryIO) -> int | None:
    """Return where about the file stops being UTF-8, ``None`` where it never does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    at = 0
    while chunk := file.read(CHUNK):
        try:
            # An ASCII chunk needs no decoding unless it follows an unfinished character.
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return at + error.start
        at += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return at
    return None


def _failures(sample: bytes, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return decoder.decode(sample).count("\ufffd")


def decoded_chunks(path: Path, encoding: str) -> Iterator[tuple[str, int]]:
    """Yield a file's text and the number of bytes read so far, bytes that are no text replaced by U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            done += len(chunk)
            yield decoder.decode(chunk), done
    yield decoder.decode(b"", final=True), done
