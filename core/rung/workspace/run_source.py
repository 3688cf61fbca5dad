"""Where the customers of a run came from, as a source to read again: one of the workspace, or the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.text import _, inert
from rung.workspace.population import SourceAsked

if TYPE_CHECKING:
    from rung.runs.manifest import Manifest, ReadingStamp, SourceStamp
    from rung.workspace.workspace import Workspace

__all__ = [
    "SourceFound",
    "named_source",
    "named_sources",
    "reading_now",
    "source_of_run",
    "source_of_table",
]

_CUSTOMERS: Final = "customers"


@dataclass(frozen=True, slots=True)
class SourceFound:
    """A source that can be read again."""

    asked: SourceAsked
    words: str
    """What it is, for people."""


def source_of_run(workspace: Workspace, manifest: Manifest) -> SourceFound | None:
    """Return the source of a run; None where it came through a pipe or its files are gone.

    A source of the workspace goes first, with what the workspace says of it; else tables are read as they
    were for the run, as far as it tells.
    """
    name = _name_of(workspace, manifest)
    if name is not None:
        return named_source(workspace, name)
    found = _of_files(manifest) if manifest.source is None else _supplied(manifest.source)
    made = manifest.reading
    if found is None or made is None:
        return found
    if made.mapping is not None and not Path(made.mapping).is_file():
        return None
    asked = replace(
        found.asked,
        mapping=None if made.mapping is None else Path(made.mapping),
        duplicates=made.duplicates,
        newest_by=made.newest_by,
    )
    return replace(found, asked=asked)


def reading_now(workspace: Workspace, manifest: Manifest) -> ReadingStamp | None:
    """Return how the tables of a run would be read again; None where they cannot, or it does not tell."""
    from rung.pipeline.readings import reading_stamp

    made, name = manifest.reading, _name_of(workspace, manifest)
    if name is not None:
        known = workspace.source(name)
        return reading_stamp(known.mapping, known.duplicates, known.newest_by)
    if made is None or (manifest.source is None and _of_files(manifest) is None):
        return None
    return reading_stamp(made.mapping, made.duplicates, made.newest_by)


def _name_of(workspace: Workspace, manifest: Manifest) -> str | None:
    """Return the source of the workspace that a run's customers came from; None where it has none."""
    if manifest.source is not None:
        return next(_asked_alike(workspace, manifest.source), None)
    customers = Path(_tables(manifest).get(_CUSTOMERS, ""))
    if not customers.is_absolute():
        return None
    named = [name for name in workspace.config.sources if _customers(workspace, name) is not None]
    same = [name for name in named if _customers(workspace, name) == customers]
    moved = [name for name in named if not same and _is_moved(workspace, name, customers)]
    return next(iter((*same, *moved)), None)


def _tables(manifest: Manifest) -> dict[str, str]:
    return {each.table: each.path for each in manifest.inputs}


def _of_files(manifest: Manifest) -> SourceFound | None:
    tables = {table: Path(path) for table, path in _tables(manifest).items()}
    customers = tables.pop(_CUSTOMERS, None)
    if customers is None or not customers.is_absolute():
        return None
    if not all(each.is_file() for each in (customers, *tables.values())):
        return None
    return SourceFound(SourceAsked(source=str(customers), events=tables), _told(str(customers), len(tables)))


def source_of_table(table: Path) -> SourceFound:
    """Return a file as a source."""
    return SourceFound(SourceAsked(source=str(table.absolute())), inert(str(table)))


def named_sources(workspace: Workspace) -> tuple[SourceFound, ...]:
    """Return the sources the workspace knows; raises RungError where it knows none."""
    found = tuple(named_source(workspace, name) for name in workspace.config.sources)
    if not found:
        raise RungError.of(
            _("The tables of this run cannot be read again, and the workspace names no source."),
            _("Name one in rung.toml, under [sources]; or grade with rung grade."),
        )
    return found


def named_source(workspace: Workspace, name: str) -> SourceFound:
    """Return a source of the workspace; raises RungError for an unknown one."""
    known = workspace.source(name)
    config = workspace.config.sources[name]
    words = _told(config.customers or _("data source {name}").format(name=known.from_), len(known.events))
    return SourceFound(SourceAsked(source=name, is_name=True, as_of=known.as_of), f"{name}: {words}")


def _told(customers: str, events: int) -> str:
    told = inert(customers)
    return _("{source}, {n} tables of events").format(source=told, n=events) if events else told


def _customers(workspace: Workspace, name: str) -> Path | None:
    found = workspace.source(name).customers
    return None if found is None else Path(found).resolve()


def _is_moved(workspace: Workspace, name: str, customers: Path) -> bool:
    """Return whether a file is a source's as it lay before the workspace was copied or moved."""
    parts = Path(workspace.config.sources[name].customers or "").parts
    return len(parts) > 1 and customers.parts[-len(parts) :] == parts


def _supplied(stamp: SourceStamp) -> SourceFound:
    from rung.pipeline.sources import Given

    options = {option: Given(value) for option, value in stamp.options.items()}
    return SourceFound(
        SourceAsked(plugin=stamp.id, options=options), _("data source {name}").format(name=stamp.id)
    )


def _asked_alike(workspace: Workspace, stamp: SourceStamp) -> Iterator[str]:
    """Yield the sources of the workspace that ask a plugin for the same."""
    for name, known in workspace.config.sources.items():
        if known.from_ == stamp.id and all(
            stamp.options.get(option) in (None, str(value)) for option, value in known.options.items()
        ):
            yield name
