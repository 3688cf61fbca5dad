"""An exporter: a format Rung does not write itself, for grades that go elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rung.text import Text

__all__ = ["Exporter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format of grades: the endings of its files, and the function that writes one.

    ``write(batches, file, about)`` is handed an iterator of Polars frames of the same columns, those a CSV
    of the grades would have, in order, with typed values, already covered for whoever exports; the file
    to write, which does not exist and takes its place only once ``write`` returns; and about the run: its
    ``run_id``, ``policy``, ``version``, ``as_of`` and ``customers`` (how many), and of several side by side
    ``runs``, the first three of each. All rows are to be taken. What it raises ends the export with the
    plugin's name, and leaves no file; whatever else it writes beside its file is thrown away. Texts carry no
    guard against formulas: whoever writes for a spreadsheet adds one.
    """

    id: str
    """The entry point's name; ``--out-format`` takes it."""
    title: Text
    """What the format is called."""
    endings: tuple[str, ...]
    """Endings of its files, such as ``".sav"``, small letters; none of Rung's own."""
    write: Callable[[Any, Path, Mapping[str, Any]], None]
    """Writes one file; see above."""
