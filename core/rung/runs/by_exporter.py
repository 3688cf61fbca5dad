"""Has a plugin's exporter write a table: in batches, whole or not at all, every failure with its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Place, Problem, RungError
from rung.plugins.aside import printed_aside
from rung.plugins.origins import failed_at_work
from rung.progress import Progress
from rung.runs.atomic import whole_file_by_name
from rung.runs.refusals import is_of_the_disk
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.supplies import Exporter

__all__ = ["write_by"]

_BATCH: Final = 50_000
# Rows handed over at once: a few megabytes, whatever the table's length.


def write_by(
    exporter: Exporter,
    origin: str,
    frame: pl.LazyFrame,
    path: Path,
    rows: int,
    about: Mapping[str, Any],
    report: Progress,
) -> None:
    """Write ``frame``, of ``rows`` rows, by a plugin's exporter, replacing a file at ``path``.

    ``origin``: the plugin's distribution, for what is said where it fails. Raises RungError where it raises,
    leaves rows out or writes no file, and where the disk refuses; no file is left then, nor one touched.
    """
    batches = _Batches(frame, rows, _told(path, report))
    with whole_file_by_name(path) as file:
        try:
            with printed_aside():
                exporter.write(iter(batches), file, MappingProxyType(dict(about)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin's SystemExit too: it must not end the program
            if batches.failed is not None:
                raise batches.failed from None
            if is_of_the_disk(error):
                raise
            raise RungError.all([failed_at_work(exporter.id, origin, error)]) from error
        if batches.failed is not None:
            raise batches.failed
        if batches.given < rows:
            words = _("Plugin “{plugin}” ({distribution}) stopped after {given} of {rows} customers.")
            told = {"plugin": exporter.id, "distribution": origin, "given": batches.given, "rows": rows}
            raise RungError.of(words.format(**told), _("Report it to the plugin's author."))
        if not file.is_file():
            raise RungError.all([_no_file(exporter, origin, path)])


def _no_file(exporter: Exporter, origin: str, path: Path) -> Problem:
    words = _("Plugin “{plugin}” ({distribution}) wrote no file.")
    message = words.format(plugin=exporter.id, distribution=origin)
    return Problem(message, _("Report it to the plugin's author."), Place(str(path)))


def _told(path: Path, report: Progress) -> Callable[[int, int], None]:
    stage = _("Writing {file}").format(file=path.name)
    return lambda done, rows: report(stage, done, rows)


class _Batches:
    """The rows of a table, some at a time; what goes wrong with them is told from what a plugin raises."""

    def __init__(self, frame: pl.LazyFrame, rows: int, report: Callable[[int, int], None]) -> None:
        self.given = 0
        """Rows handed over so far."""
        self.failed: BaseException | None = None
        """What went wrong on this side."""
        self._frame, self._rows, self._report = frame, rows, report

    def __iter__(self) -> Iterator[pl.DataFrame]:
        try:
            self._report(0, self._rows)
            if not self._rows:
                yield self._frame.collect()  # the columns, for a table nobody is in
                return
            for batch in self._frame.collect_batches(chunk_size=_BATCH, lazy=True):
                self.given += batch.height
                if batch.height:
                    yield batch
                self._report(self.given, self._rows)
        except GeneratorExit:
            raise
        except BaseException as error:
            self.failed = error
            raise
