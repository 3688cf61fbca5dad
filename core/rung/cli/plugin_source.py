"""A population that a plugin's data source hands over: its options gathered, its tables read."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING

from rung.cli.progress import progress
from rung.errors import Problem, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.population import SourceGiven
    from rung.cli.session import Session
    from rung.pipeline import GradeRequest
    from rung.pipeline.sources import Given
    from rung.policy.reader import LoadedPolicy

__all__ = ["supplied"]


@contextmanager
def supplied(
    given: SourceGiven,
    plugin: str,
    policies: Sequence[LoadedPolicy],
    session: Session,
    request: GradeRequest,
    also: Collection[str] | None,
) -> Iterator[GradeRequest]:
    """Give a request with the tables a data source hands over; files of events given beside it go first."""
    from rung.pipeline.sources import Asked, read_options, supplied_tables, wanted_of
    from rung.workspace.plugin_sources import declared_options, source_place

    name = given.source
    place = source_place(session.workspace, name)
    try:
        source = session.host.source(plugin)
    except RungError as error:
        raise RungError.all(each if place is None else each.at(place) for each in error.problems) from None
    written = declared_options(session.workspace, name)
    written.update(_flags(given.settings))
    options = read_options(source, written, os.environ, place)
    wanted = wanted_of(
        policies,
        session.host,
        request.as_of,
        also=None if also is None else [*also, *_besides(request, policies, session)],
        elsewhere=request.events,
    )
    asked = Asked(source=source, options=options, wanted=wanted, at=request.created_at)
    with ExitStack() as stack:
        # What a plugin prints is not to stand among grades that go to standard output.
        with progress() as report, redirect_stdout(sys.stderr):
            found = stack.enter_context(supplied_tables(asked, session.host, report))
        yield replace(
            request,
            source=found.customers,
            events={**found.events, **request.events},
            supplied=found.stamp,
        )


def _besides(request: GradeRequest, policies: Sequence[LoadedPolicy], session: Session) -> Iterator[str]:
    """Yield what is read besides what the policies rest on, and what a workspace keeps besides."""
    if request.newest_by is not None:
        yield request.newest_by
    if session.workspace is None:
        return
    lasts = (session.shelf.vocabulary(each.policy).last_contact for each in policies)
    for name in (session.workspace.config.portfolio, *lasts):
        if name is not None:
            yield name


def _flags(settings: Sequence[str]) -> dict[str, Given]:
    """Read ``OPTION=VALUE`` pairs; raises RungError for all that are none or stand twice."""
    from rung.pipeline.sources import Given

    found: dict[str, Given] = {}
    problems: list[Problem] = []
    for setting in settings:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not (sign and name):
            # What stands there may be a secret: it is not repeated.
            problems.append(
                Problem(
                    _("--set names no option."), _("Write --set OPTION=VALUE, such as --set region=east.")
                )
            )
        elif name in found:
            problems.append(Problem(_("The option “{name}” is given twice.").format(name=name)))
        else:
            found[name] = Given(value)
    if problems:
        raise RungError.all(problems)
    return found
