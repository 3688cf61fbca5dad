"""Tells of rows and values set aside: the file that lists them, or the first few where there is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.text import _

if TYPE_CHECKING:
    from rung.runs import Run

__all__ = ["aside_words"]

_SHOWN: Final = 10


def aside_words(run: Run, listed: Path | None) -> Iterator[str]:
    """Yield what to say of a run's rows and values set aside; ``listed`` is where a person finds them."""
    from rung.runs.run import REJECTED

    count = run.manifest.rejected
    if not count:
        return
    if listed is not None:
        words = _("{n} rows or values were set aside, listed in {file}.")
        yield words.format(n=f"{count:,}", file=listed)
        return
    yield _("{n} rows or values were set aside:").format(n=f"{count:,}")
    with (run.folder / REJECTED).open(encoding="utf-8-sig", newline="") as file:
        for row in islice(csv.DictReader(file), _SHOWN):
            yield f"  {_row_words(row)}"
    if count > _SHOWN:
        words = _("… and {n} more; grade into a file with --out, and all are listed beside it.")
        yield f"  {words.format(n=f'{count - _SHOWN:,}')}"


def _row_words(row: dict[str, str]) -> str:
    if row["table"] == "customers":
        return _("Line {line}: {problem}").format(line=row["line"], problem=row["problem"])
    words = _("Line {line} of “{table}”: {problem}")
    return words.format(line=row["line"], table=row["table"], problem=row["problem"])
