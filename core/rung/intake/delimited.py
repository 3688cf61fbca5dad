"""Delimited text tables: encoding and delimiter found, header read, rows yielded batch by batch."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from rung.errors import Place, RungError
from rung.intake.damage import check_damage, note_damage
from rung.intake.encoding import decoded_chunks, detect_encoding, known_encoding
from rung.intake.headers import headers_of
from rung.intake.mapping import MappingFile
from rung.intake.records import Splitter
from rung.intake.source import Batch, Notes
from rung.text import _

__all__ = ["DelimitedSource"]

_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 200


class DelimitedSource:
    """A CSV, TSV or other delimited text file."""

    def __init__(self, path: Path, mapping: MappingFile | None = None) -> None:
        self.file = str(path)
        self.size = path.stat().st_size
        self._path = path
        options = mapping.source if mapping is not None else None
        place = mapping.place("source", "encoding") if mapping is not None else None
        named = options.encoding if options is not None else None
        self._encoding = known_encoding(named, place) if named else detect_encoding(path)
        head = self._head()
        delimiter = (options.delimiter if options is not None else None) or _delimiter(head)
        names, self.header_line, self._first_line = self._header(head, delimiter)
        self.headers = headers_of(names)
        if not self.headers:
            raise RungError.of(_("The first row names no column."), place=Place(self.file, self.header_line))
        self._splitter = Splitter(delimiter, len(names), self.headers[-1].position + 1)
        self.notes = Notes(encoding=self._encoding, delimiter=delimiter)

    def _head(self) -> list[str]:
        text = next(decoded_chunks(self._path, self._encoding))[0].removeprefix("\ufeff")
        self._has_old_line_ends = "\r" in text and "\n" not in text
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not any(line.strip() for line in lines):
            raise RungError.of(
                _("The file is empty."),
                _("It needs a row of headers and the customers' rows."),
                Place(self.file),
            )
        return lines

    def _header(self, head: list[str], delimiter: str) -> tuple[list[str], int, int]:
        """Return the names in the first row that is not blank, its line, and the line after it."""
        is_open = False

        def feed() -> Iterator[str]:
            nonlocal is_open
            yield from (line + "\n" for line in head[:_SAMPLE_LINES])
            is_open = True

        reader = csv.reader(feed(), delimiter=delimiter)
        start = 1
        with suppress(csv.Error):
            for row in reader:
                if any(name.strip() for name in row) and not is_open:
                    return row, start, reader.line_num + 1
                start = reader.line_num + 1
        raise RungError.of(
            _("The row of headers cannot be read: a quotation mark is opened and not closed."),
            place=Place(self.file, min(start, len(head))),
        )

    def batches(self, positions: Sequence[int]) -> Iterator[Batch]:
        """Yield the rows; rows that do not fit and characters that cannot be decoded go to ``notes``.

        Raises RungError, after the last batch, for a file with too many such characters.
        """
        self.notes = Notes(encoding=self._encoding, delimiter=self._splitter.delimiter)
        line, left, characters = 1, "", 0
        for text, done, is_last in self._chunks():
            characters += len(text)
            records = self._splitter.split(left + text, line, self._first_line, is_last)
            note_damage(self.notes, records.text, line)
            line, left = records.next_line, records.left
            self.notes.rejections += records.rejections
            self.notes.blank_rows += records.blank_rows
            if len(records.lines):
                yield Batch(records.texts(positions), records.lines, done)
        check_damage(self.notes, characters, self.file)

    def _chunks(self) -> Iterator[tuple[str, int, bool]]:
        waiting: tuple[str, int] | None = None
        for text, done in decoded_chunks(self._path, self._encoding):
            if waiting is not None:
                yield (*waiting, False)
            waiting = (text.replace("\r", "\n") if self._has_old_line_ends else text), done
        if waiting is not None:
            yield (*waiting, True)


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter under which most rows are as wide as the first, the wider the better."""
    sample = [line + "\n" for line in lines[:_SAMPLE_LINES] if line.strip()]
    if len(lines) > len(sample) > 1:
        sample.pop()  # the last line of a piece may be cut

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        except csv.Error:
            return 0.0, 0
        return (widths.count(widths[0]) / len(widths), widths[0]) if widths[0] > 1 else (0.0, 0)

    return max(_DELIMITERS, key=fit)
