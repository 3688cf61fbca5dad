"""Asks a data source for its tables and lays them down; its faults end the run, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Problem, RungError, did_you_mean
from rung.pipeline.sources.contained import Contained, Step, UnfitTableError
from rung.pipeline.sources.folder import private_folder
from rung.pipeline.sources.options import Options
from rung.progress import Progress
from rung.runs.manifest import SourceStamp
from rung.supplies import DataSource, SourceTables, SourceWanted
from rung.text import _, current_language

if TYPE_CHECKING:
    import polars as pl

    from rung.pipeline.sources.frames import Lazy
    from rung.plugins import PluginHost

__all__ = ["Asked", "Supplied", "supplied_tables"]

_CUSTOMERS: Final = "customers"
_END: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to a data source."""

    source: DataSource
    options: Options
    wanted: SourceWanted
    at: datetime


@dataclass(frozen=True, slots=True)
class Supplied:
    """The tables a data source handed over, as files."""

    customers: Path
    events: Mapping[str, Path]
    stamp: SourceStamp


@contextmanager
def supplied_tables(asked: Asked, host: PluginHost, progress: Progress) -> Iterator[Supplied]:
    """Read from a data source and give its tables; the files are gone after the block.

    Errors raised in the block name the source instead of the files. Raises RungError where the source
    fails, hands over what is no table, or the disk refuses.
    """
    with private_folder() as folder:
        found = _Reading(asked, host, folder, progress).tables()
        try:
            yield found
        except RungError as error:
            names = {str(path): f"{asked.source.id}: {table}" for table, path in found.events.items()}
            names[str(found.customers)] = asked.source.id
            raise RungError.all(_renamed(each, names) for each in error.problems) from None


def _renamed(problem: Problem, names: Mapping[str, str]) -> Problem:
    place, message, hint = problem.place, problem.message, problem.hint
    for path, name in names.items():
        message, hint = message.replace(path, name), hint.replace(path, name)
        if place is not None and place.file == path:
            place = replace(place, file=name)
    return replace(problem, message=message, hint=hint, place=place)


class _Reading:
    """One call of a data source, and the reading of what it hands over."""

    def __init__(self, asked: Asked, host: PluginHost, folder: Path, progress: Progress) -> None:
        self._asked, self._folder, self._progress = asked, folder, progress
        self._contained = Contained.of(asked.source.id, host, asked.options.hidden.cover)
        title = asked.source.title.in_language(current_language())
        self._told = _("Reading {file}").format(file=title)

    def tables(self) -> Supplied:
        """Call the source and lay its tables down; event tables nobody asked for are left alone."""
        source, wanted = self._asked.source, self._asked.wanted
        self._progress(self._told, 0, None)
        with self._contained.within(Step.READ):
            found = source.read(self._asked.options.values, wanted)
        with self._contained.within(Step.TABLES):
            self._check(found)
        asked = {_CUSTOMERS: wanted.fields, **wanted.events}
        laid = {
            table: self._laid_down(table, handed, asked[table])
            for table, handed in found.tables()
            if table in asked
        }
        return Supplied(
            laid[_CUSTOMERS][0],
            {table: path for table, (path, _rows) in laid.items() if table != _CUSTOMERS},
            SourceStamp(
                id=source.id,
                distribution=self._contained.distribution,
                version=self._contained.version,
                options=dict(self._asked.options.told),
                read_at=self._asked.at,
                rows={table: rows for table, (_path, rows) in laid.items()},
            ),
        )

    def _check(self, found: Any) -> None:
        """Raise for what is no ``SourceTables``, and for tables of events nobody knows."""
        if not isinstance(found, SourceTables):
            message = _("It returned {found}; one {wanted} is wanted.")
            raise UnfitTableError([message.format(found=type(found).__name__, wanted="SourceTables")])
        if not isinstance(found.events, Mapping):
            message = _("Its events are {found}, and no tables by name.")
            raise UnfitTableError([message.format(found=type(found.events).__name__)])
        known = tuple(each.id for each in self._asked.wanted.sector.events)
        message = _("There is no event table “{name}”.")
        strange = [str(name) for name in found.events if name not in known]
        if strange:
            raise UnfitTableError(
                f"{message.format(name=name)} {did_you_mean(name, known)}".strip() for name in strange
            )

    def _laid_down(self, table: str, handed: object, columns: tuple[str, ...]) -> tuple[Path, int]:
        from rung.pipeline.sources.spool import Spool

        spool = Spool(self._folder, table)
        for frame in self._frames(table, handed):
            with self._contained.within(Step.TABLES):
                spool.take(frame)
            self._progress(self._told, spool.rows, None)
        with self._contained.within(Step.TABLES):
            return spool.close(columns), spool.rows

    def _frames(self, table: str, handed: object) -> Iterator[pl.DataFrame | Lazy]:
        """Yield the frames of a table; the plugin's own code runs in between, on this thread."""
        from rung.pipeline.sources.frames import batches_of, frame_of

        with self._contained.within(Step.READ):
            batches = batches_of(table, handed)
        try:
            while True:
                with self._contained.within(Step.READ):
                    batch = next(batches, _END)
                if batch is _END:
                    return
                with self._contained.within(Step.TABLES):
                    frame = frame_of(table, batch)
                yield frame
        finally:
            # Left half-way, its cursor is to be closed now, whatever it thinks of that.
            with suppress(RungError), self._contained.within(Step.READ):
                getattr(batches, "close", lambda: None)()
