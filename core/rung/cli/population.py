"""From a verb's options to a population to grade: a file, or a source the workspace knows by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rung.cli.options import STANDARD, event_files
from rung.cli.standard_input import piped_table
from rung.errors import Place, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.session import Session
    from rung.pipeline import GradeRequest
    from rung.policy.reader import LoadedPolicy
    from rung.workspace.config import SourceConfig

__all__ = ["SourceGiven", "day_meant", "request_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGiven:
    """What a person said of the source."""

    source: str
    events: tuple[str, ...] = ()
    mapping: Path | None = None
    as_of: date | None = None
    duplicates: str | None = None
    newest_by: str | None = None
    format: str | None = None
    """What standard input carries; found by itself if None."""


@contextmanager
def request_of(given: SourceGiven, policy: LoadedPolicy, session: Session) -> Iterator[GradeRequest]:
    """Give the request; a name the workspace knows stands for its tables, options override its settings.

    What comes through standard input stays readable while in the block.
    """
    if given.source == STANDARD:
        with piped_table(given.format) as path:
            yield replace(_request(given, path, None, policy), source_name=STANDARD)
        return
    if given.format is not None:
        raise RungError.of(
            _("--format goes with SOURCE - only."), _("The ending of a file's name says what it holds.")
        )
    path, known = _found(given.source, session)
    yield _request(given, path, known, policy)


def day_meant(given: SourceGiven, session: Session) -> date | None:
    """Return the day the values are looked at from, which picks the policy's version; None: today."""
    if given.as_of is not None or session.workspace is None or Path(given.source).exists():
        return given.as_of
    known = session.workspace.config.sources.get(given.source)
    return known.as_of if known else None


def _found(source: str, session: Session) -> tuple[Path, SourceConfig | None]:
    """Return the table of customers a person named, and what the workspace says of it."""
    path = Path(source)
    workspace = session.workspace
    known = None
    if workspace is not None and not path.exists() and source in workspace.config.sources:
        known = workspace.source(source)
        path = Path(known.customers)
    if not path.exists():
        names = ", ".join(workspace.config.sources) if workspace else ""
        raise RungError.of(
            _("There is no such file."),
            _("Sources of the workspace: {names}.").format(names=names) if names else _("Check the path."),
            Place(source),
        )
    return path, known


def _request(
    given: SourceGiven, path: Path, known: SourceConfig | None, policy: LoadedPolicy
) -> GradeRequest:
    from rung.intake import read_mapping
    from rung.pipeline import GradeRequest

    mapping = given.mapping or (Path(known.mapping) if known and known.mapping else None)
    events = {table: Path(file) for table, file in known.events.items()} if known else {}
    events.update(event_files(given.events))
    for table, file in events.items():
        if not file.exists():
            raise RungError.of(
                _("There is no such file for the events “{table}”.").format(table=table),
                _("Check the path."),
                Place(str(file)),
            )
    duplicates = given.duplicates or (known.duplicates if known else "refuse")
    newest_by = given.newest_by or (known.newest_by if known else None)
    if duplicates == "newest" and newest_by is None:
        raise RungError.of(
            _("Which row is the newest cannot be told without a date."),
            _("Name the date with --newest-by FIELD."),
        )
    now = datetime.now(UTC)
    return GradeRequest(
        source=path,
        policy=policy,
        # The one place where the clock is read: what is not said is today, and recorded.
        as_of=given.as_of or (known.as_of if known else None) or now.astimezone().date(),
        created_at=now,
        events=events,
        mapping=None if mapping is None else read_mapping(mapping),
        duplicates=duplicates,
        newest_by=newest_by,
    )
