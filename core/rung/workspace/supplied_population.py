"""A population that a plugin's data source hands over: its options gathered, its tables read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung.pipeline.sources import Asked, read_options, supplied_tables, wanted_of
from rung.workspace.plugin_sources import declared_options, source_place

if TYPE_CHECKING:
    from rung.pipeline import GradeRequest
    from rung.policy.reader import LoadedPolicy
    from rung.workspace.population import AtHand, Reporting, SourceAsked

__all__ = ["supplied"]


@contextmanager
def supplied(
    asked: SourceAsked,
    plugin: str,
    policies: Sequence[LoadedPolicy],
    at_hand: AtHand,
    request: GradeRequest,
    also: Collection[str] | None,
    reporting: Reporting,
) -> Iterator[GradeRequest]:
    """Give a request with the tables a data source hands over; files of events given beside it go first.

    Raises RungError where it is not there, its options are not fit, or it fails.
    """
    name = asked.source
    place = source_place(at_hand.workspace, name)
    try:
        source = at_hand.host.source(plugin)
    except RungError as error:
        raise RungError.all(each if place is None else each.at(place) for each in error.problems) from None
    written = {**declared_options(at_hand.workspace, name), **asked.options}
    options = read_options(source, written, os.environ, place)
    wanted = wanted_of(
        policies,
        at_hand.host,
        request.as_of,
        also=None if also is None else [*also, *_besides(request, policies, at_hand)],
        elsewhere=request.events,
    )
    question = Asked(source=source, options=options, wanted=wanted, at=request.created_at)
    with ExitStack() as stack:
        with reporting() as report:
            found = stack.enter_context(supplied_tables(question, at_hand.host, report))
        yield replace(
            request,
            source=found.customers,
            events={**found.events, **request.events},
            supplied=found.stamp,
        )


def _besides(request: GradeRequest, policies: Sequence[LoadedPolicy], at_hand: AtHand) -> Iterator[str]:
    """Yield what is read besides what the policies rest on, and what a workspace keeps besides."""
    if request.newest_by is not None:
        yield request.newest_by
    if at_hand.workspace is None:
        return
    lasts = (at_hand.shelf.vocabulary(each.policy).last_contact for each in policies)
    for name in (at_hand.workspace.config.portfolio, *lasts):
        if name is not None:
            yield name
