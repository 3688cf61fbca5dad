"""From a verb's options to a population to grade: a file, a data source, or one the workspace names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rung.cli.options import STANDARD, event_files
from rung.cli.progress import progress
from rung.cli.standard_input import piped_table
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.session import Session
    from rung.pipeline import GradeRequest
    from rung.policy.reader import LoadedPolicy
    from rung.workspace.population import SourceAsked

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

    def asked(self) -> SourceAsked:
        """Return it read; raises RungError for what cannot be."""
        from rung.cli.plugin_source import option_settings
        from rung.workspace.population import SourceAsked

        return SourceAsked(
            source=self.source,
            plugin=self.plugin,
            options=option_settings(self.settings),
            events=event_files(self.events),
            mapping=self.mapping,
            as_of=self.as_of,
            duplicates=self.duplicates,
            newest_by=self.newest_by,
        )


@contextmanager
def request_of(
    given: SourceGiven,
    policies: Sequence[LoadedPolicy],
    session: Session,
    also: Collection[str] | None = (),
) -> Iterator[GradeRequest]:
    """Give the request, by the first of the policies; options override what the workspace says of a source.

    What comes through standard input, or from a data source, stays readable while in the block; see
    ``population_request``.
    """
    from rung.workspace.population import population_request, table_request

    given.check()
    if given.source == STANDARD:
        with piped_table(given.format) as path:
            request = table_request(given.asked(), path, None, policies[0])
            yield replace(request, source_name=STANDARD)
        return
    if given.format is not None:
        raise RungError.of(
            _("--format goes with SOURCE - only."), _("The ending of a file's name says what it holds.")
        )
    with population_request(given.asked(), policies, session.at_hand, also, progress) as request:
        yield request


def day_meant(given: SourceGiven, session: Session) -> date | None:
    """Return the day the values are looked at from, which picks the policy's version; None: today."""
    from rung.workspace import population

    return population.day_meant(given.asked(), session.at_hand)
