"""Writes the rows refused of a file of events beside it, as they stand, to be mended and sent again."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from rung.runs.atomic import whole_file
from rung.service.events.reading import ReadEvents
from rung.text import inert

__all__ = ["refused_file", "write_refused"]

LINE_HEADER: Final = "#line"
PROBLEM_HEADER: Final = "#problem"
_NUMBER: Final = re.compile(r"[+-]?[0-9.,]+%?")


def refused_file(source: Path) -> Path:
    """Return a free name beside a file for what was refused of it."""
    number, free = 1, source.with_name(f"{source.stem}.refused.csv")
    while free.exists():
        number += 1
        free = source.with_name(f"{source.stem}.refused-{number}.csv")
    return free


def write_refused(path: Path, read: ReadEvents) -> int:
    """Write the refused rows under their own headers, with line and problems; return how many there are.

    The columns added have headers that no event table knows: mended, the file can be sent as it is.
    """
    problems: defaultdict[int, list[str]] = defaultdict(list)
    texts: dict[int, str] = {}
    for each in read.refused:
        where = f"{each.column}: " if each.column else ""
        problems[each.line].append(f"{where}{each.problem}")
        texts[each.line] = each.value
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*read.headers, LINE_HEADER, PROBLEM_HEADER])
        for line, told in sorted(problems.items()):
            # A row that does not fit its header has no cells: it stands in the first, as it was.
            nothing = (texts[line], *[None] * (len(read.headers) - 1))
            row = read.refused_rows.get(line, nothing)
            writer.writerow([*map(_safe, row), line, _safe(" ".join(told))])
    return len(problems)


def _safe(value: str | None) -> str:
    """Return a cell no spreadsheet takes for a formula; numbers stay as they are."""
    text = inert(value or "")
    is_formula = text.lstrip().startswith(("=", "+", "-", "@")) and not _NUMBER.fullmatch(text.strip())
    return f"'{text}" if is_formula else text
