"""From a verb's options to a population to grade: a file, a data source, or one the workspace names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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

    source: str | None = None
    plugin: str | None = None
    """The data source asked instead, by its plugin's id."""
    settings: tuple[str, ...] = ()
    """``OPTION=VALUE`` of the data source."""
    events: tuple[str, ...] = ()
    mapping: Path | None = None
    as_of: date | None = None
    duplicates: str | None = None
    newest_by: str | None = None
    format: str | None = None
    """What standard input carries; found by itself if None."""

    @property
    def is_there(self) -> bool:
        """Whether a source is named at all."""
        return self.source is not None or self.plugin is not None

    def check(self) -> None:
        """Refuse two sources at once, and none."""
        if self.source is not None and self.plugin is not None:
            raise RungError.of(
                _("A table and --from exclude each other."),
                _("Leave “{source}” out.").format(source=self.source),
            )
        if not self.is_there:
            raise RungError.of(
                _("{name} is missing.").format(name="SOURCE"),
                _("Name a file, a source of the workspace, or a plugin with --from ID; see --help."),
            )


@contextmanager
def request_of(
    given: SourceGiven,
    policies: Sequence[LoadedPolicy],
    session: Session,
    also: Collection[str] | None = (),
) -> Iterator[GradeRequest]:
    """Give the request, by the first of the policies; options override what the workspace says of a source.

    What comes through standard input, or from a data source, stays readable while in the block. A data
    source is asked for what all the policies rest on and for ``also``, None for all there is.
    """
    given.check()
    if given.source == STANDARD:
        with piped_table(given.format) as path:
            yield replace(_request(given, path, None, policies[0]), source_name=STANDARD)
        return
    if given.format is not None:
        raise RungError.of(
            _("--format goes with SOURCE - only."), _("The ending of a file's name says what it holds.")
        )
    known = _known(given, session)
    plugin = given.plugin or (known.from_ if known else None)
    if plugin is not None:
        from rung.cli.plugin_source import supplied

        request = _request(given, Path(plugin), known, policies[0])
        with supplied(given, plugin, policies, session, request, also) as request:
            yield request
        return
    if given.settings:
        raise RungError.of(
            _("--set gives options to a data source of a plugin, and this is a table."),
            _("Name the data source with --from, or leave --set out."),
        )
    path = Path(known.customers if known and known.customers else given.source or "")
    if not path.exists():
        raise _no_file(given.source or "", session)
    yield _request(given, path, known, policies[0])


def day_meant(given: SourceGiven, session: Session) -> date | None:
    """Return the day the values are looked at from, which picks the policy's version; None: today."""
    known = None if given.as_of is not None else _known(given, session)
    return known.as_of if known else given.as_of


def _known(given: SourceGiven, session: Session) -> SourceConfig | None:
    """Return what the workspace says of a source named; a file of that name goes first."""
    workspace, name = session.workspace, given.source
    if workspace is None or name is None or Path(name).exists() or name not in workspace.config.sources:
        return None
    return workspace.source(name)


def _no_file(source: str, session: Session) -> RungError:
    from rung.plugins import Extra

    names = ", ".join(session.workspace.config.sources) if session.workspace else ""
    hint = _("Sources of the workspace: {names}.").format(names=names) if names else _("Check the path.")
    if source in session.host.names(Extra.SOURCE):
        hint = _("A plugin's data source of that name is there: write --from {name}.").format(name=source)
    return RungError.of(_("There is no such file."), hint, Place(source))


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
