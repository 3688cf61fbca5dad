"""From what is said of a source to a population to grade: a file, a data source, one known by its name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rung import moments
from rung.errors import Place, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.pipeline import GradeRequest
    from rung.pipeline.sources import Given
    from rung.plugins import PluginHost
    from rung.policy.reader import LoadedPolicy
    from rung.policy.shelf import Shelf
    from rung.progress import Progress
    from rung.workspace.config import SourceConfig
    from rung.workspace.workspace import Workspace

__all__ = [
    "AtHand",
    "Reporting",
    "SourceAsked",
    "day_meant",
    "known_source",
    "population_request",
    "table_request",
]

Reporting = Callable[[], AbstractContextManager["Progress"]]
"""Gives what progress is told to, for a block."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """What surrounds who asks: plugins, policies, and the workspace if there is one."""

    host: PluginHost
    shelf: Shelf
    workspace: Workspace | None

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """Return what a workspace has at hand."""
        return cls(workspace.host, workspace.shelf, workspace)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAsked:
    """What was said of a source; what is not said, the workspace may say of a source it knows."""

    source: str | None = None
    """A file, or the name of a source of the workspace."""
    is_name: bool = False
    """Whether it is that name, whatever files there are; else a file of the name goes first."""
    plugin: str | None = None
    """The data source asked instead, by its plugin's id."""
    options: Mapping[str, Given] = field(default_factory=dict)
    """Of the data source."""
    events: Mapping[str, Path] = field(default_factory=dict)
    mapping: Path | None = None
    as_of: date | None = None
    duplicates: str | None = None
    newest_by: str | None = None


@contextmanager
def population_request(
    asked: SourceAsked,
    policies: Sequence[LoadedPolicy],
    at_hand: AtHand,
    also: Collection[str] | None,
    reporting: Reporting,
) -> Iterator[GradeRequest]:
    """Give the request, by the first of the policies; what was said goes before what the workspace says.

    What comes from a data source stays readable while in the block. A data source is asked for what all
    the policies rest on and for ``also``, None for all there is. Raises RungError for a source that is
    not there or cannot be read.
    """
    known = known_source(asked, at_hand)
    plugin = asked.plugin or (known.from_ if known else None)
    if plugin is not None:
        from rung.workspace.supplied_population import supplied

        request = table_request(asked, Path(plugin), known, policies[0])
        with supplied(asked, plugin, policies, at_hand, request, also, reporting) as request:
            yield request
        return
    if asked.options:
        raise RungError.of(
            _("--set gives options to a data source of a plugin, and this is a table."),
            _("Name the data source with --from, or leave --set out."),
        )
    path = Path(known.customers if known and known.customers else asked.source or "")
    if not path.exists():
        raise _no_file(str(path) if known else asked.source or "", at_hand)
    yield table_request(asked, path, known, policies[0])


def day_meant(asked: SourceAsked, at_hand: AtHand) -> date | None:
    """Return the day the values are looked at from, which picks the policy's version; None: today."""
    known = None if asked.as_of is not None else known_source(asked, at_hand)
    return known.as_of if known else asked.as_of


def known_source(asked: SourceAsked, at_hand: AtHand) -> SourceConfig | None:
    """Return what the workspace says of a source named; a file of that name goes first."""
    workspace, name = at_hand.workspace, asked.source
    if workspace is None or name is None or name not in workspace.config.sources:
        return None
    return None if Path(name).exists() and not asked.is_name else workspace.source(name)


def _no_file(source: str, at_hand: AtHand) -> RungError:
    from rung.plugins import Extra

    workspace = at_hand.workspace
    names = ", ".join(workspace.config.sources) if workspace else ""
    hint = _("Sources of the workspace: {names}.").format(names=names) if names else _("Check the path.")
    if source in at_hand.host.names(Extra.SOURCE):
        hint = _("A plugin's data source of that name is there: write --from {name}.").format(name=source)
    return RungError.of(_("There is no such file."), hint, Place(source))


def table_request(
    asked: SourceAsked, path: Path, known: SourceConfig | None, policy: LoadedPolicy
) -> GradeRequest:
    """Return the request for the customers in a file; raises RungError for what contradicts itself."""
    from rung.intake import read_mapping
    from rung.pipeline import GradeRequest

    mapping = asked.mapping or (Path(known.mapping) if known and known.mapping else None)
    events = {table: Path(file) for table, file in known.events.items()} if known else {}
    events.update(asked.events)
    for table, file in events.items():
        if not file.exists():
            raise RungError.of(
                _("There is no such file for the events “{table}”.").format(table=table),
                _("Check the path."),
                Place(str(file)),
            )
    duplicates = asked.duplicates or (known.duplicates if known else "refuse")
    newest_by = asked.newest_by or (known.newest_by if known else None)
    if duplicates == "newest" and newest_by is None:
        raise RungError.of(
            _("Which row is the newest cannot be told without a date."),
            _("Name the date with --newest-by FIELD."),
        )
    now = moments.now()
    return GradeRequest(
        source=path,
        policy=policy,
        # The one place where the clock is read: what is not said is today, and recorded.
        as_of=asked.as_of or (known.as_of if known else None) or now.date(),
        created_at=now.astimezone(UTC),
        events=events,
        mapping=None if mapping is None else read_mapping(mapping),
        duplicates=duplicates,
        newest_by=newest_by,
    )
