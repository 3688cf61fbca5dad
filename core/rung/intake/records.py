"""Text split into records as wide as the header: quotes and inner line breaks undone, misfits set aside."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from rung.intake.rejected import Rejection
from rung.text import _
from rung.words import BLANKS

__all__ = ["Records", "Splitter"]

_SEPARATOR: Final = "\x1f"
# Takes the delimiter's place once quotes are undone: no table has it, so no quote is needed any more.
_LONGEST: Final = 500
# Lines one record may span; a quotation mark left open would swallow the rest of the file.


@dataclass(slots=True)
class Records:
    """The records of a piece of text."""

    text: str
    """The piece itself, line ends made one."""
    next_line: int
    """The line the next piece begins on."""
    left: str
    """The unfinished record at the end, to be put before the next piece."""
    payload: str = ""
    separator: str = _SEPARATOR
    lines: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32))
    rejections: list[Rejection] = field(default_factory=list)
    blank_rows: int = 0

    def texts(self, positions: Sequence[int]) -> pl.DataFrame:
        """Return the columns at ``positions``, all text, each named by its position."""
        wanted = sorted(set(positions))
        if not wanted:
            return pl.DataFrame()
        frame = pl.read_csv(
            self.payload.encode(),
            has_header=False,
            separator=self.separator,
            quote_char=None,
            infer_schema=False,
            columns=wanted,
        )
        frame.columns = [str(position) for position in wanted]
        return frame


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits text into records of one width."""

    delimiter: str
    width: int
    """Fields of the header row."""
    named: int
    """Fields up to the last one that has a name: a record may stop there."""

    def split(self, text: str, line: int, first_line: int, is_last: bool) -> Records:
        """Return the records of ``text``, which begins on ``line``, from ``first_line`` on."""
        end = len(text) if is_last else text.rfind("\n") + 1
        whole = _tidied(text[:end])
        lines = whole.split("\n")
        if not lines[-1]:
            lines.pop()
        records = Records(whole, line + len(lines), text[end:])
        skipped = min(max(0, first_line - line), len(lines))
        line, lines = line + skipped, lines[skipped:]
        if '"' not in whole and self._is_regular(lines):
            records.payload, records.separator = "\n".join(lines), self.delimiter
            records.lines = pl.int_range(line, line + len(lines), dtype=pl.UInt32, eager=True)
        else:
            self._split_irregular(lines, line, is_last, records)
        return records

    def _is_regular(self, lines: list[str]) -> bool:
        delimiters = self.width - 1
        counts = [line.count(self.delimiter) for line in lines]
        return counts.count(delimiters) == len(counts) and self.delimiter * delimiters not in lines

    def _split_irregular(self, lines: list[str], first: int, is_last: bool, records: Records) -> None:
        kept: list[str] = []
        numbers: list[int] = []
        at = 0
        while at < len(lines):
            line, number = lines[at], first + at
            if '"' not in line:
                row, used, is_open = line.split(self.delimiter), 1, False
            else:
                row, used, is_open = self._quoted(lines, at)
                if is_open and not is_last and used < _LONGEST:
                    records.left = "\n".join(lines[at:]) + "\n" + records.left
                    records.next_line = number
                    break
            fitted = None if is_open else self._fitted(row)
            if fitted is not None:
                kept.append(fitted)
                numbers.append(number)
            elif any(value.strip(BLANKS) for value in row):
                records.rejections.append(self._misfit(number, line, row, is_open))
            else:
                records.blank_rows += 1
            at += used if fitted is not None else 1
        records.payload = "\n".join(kept)
        records.lines = pl.Series(numbers, dtype=pl.UInt32)

    def _quoted(self, lines: list[str], at: int) -> tuple[list[str], int, bool]:
        """Return a record with quotes, the lines it spans, and whether a quotation mark stays open."""
        is_open = False

        def feed() -> Iterator[str]:
            nonlocal is_open
            for number in range(at, min(len(lines), at + _LONGEST)):
                yield lines[number] + "\n"
            is_open = True

        reader = csv.reader(feed(), delimiter=self.delimiter)
        try:
            row = next(reader)
        except csv.Error:  # a field too long to be one
            return lines[at].split(self.delimiter), _LONGEST, True
        return row, reader.line_num, is_open

    def _fitted(self, row: list[str]) -> str | None:
        """Return a record as wide as the header; ``None`` where it is not, or holds nothing."""
        if not self.named <= len(row) <= self.width:
            if len(row) < self.named or any(value.strip(BLANKS) for value in row[self.width :]):
                return None
            row = row[: self.width]
        if not any(row):
            return None
        return _SEPARATOR.join(row).replace("\n", " ") + _SEPARATOR * (self.width - len(row))

    def _misfit(self, line: int, text: str, row: list[str], is_open: bool) -> Rejection:
        if is_open:
            problem = _("A quotation mark is opened and not closed.")
        else:
            problem = _("The row has {found} fields; the header has {expected}.").format(
                found=len(row), expected=self.width
            )
        return Rejection(line, "", text, problem)


def _tidied(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    return text.replace(_SEPARATOR, " ") if _SEPARATOR in text else text
