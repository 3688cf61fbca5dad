"""Which run an event kept aside is held against: the first by a policy, made since, with its customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rung.workspace.arrivals.listening import Listener, Listening

if TYPE_CHECKING:
    from rung.ledger.service.arrivals import ArrivedEvent

__all__ = ["first_listeners"]


def first_listeners(
    listening: Listening, sector: str, table: str, events: Sequence[ArrivedEvent]
) -> Iterator[tuple[tuple[int, ...], Listener]]:
    """Yield places of events with the policy, and its run, that hears of them now."""
    for listener in listening.listeners:
        if listener.compiled.policy.sector != sector or not listener.alarms_on(table):
            continue
        if listener.is_graded:
            yield from _by_runs(listening, listener, table, events)
        else:
            yield tuple(range(len(events))), listener


def _by_runs(
    listening: Listening, listener: Listener, table: str, events: Sequence[ArrivedEvent]
) -> Iterator[tuple[tuple[int, ...], Listener]]:
    waiting = dict(enumerate(events))
    begun = min(each.made_at for each in events)
    policy = listener.compiled.policy.id
    theirs = (each for each in reversed(listening.manifests) if each.policy.id == policy)
    for manifest in theirs:
        if not waiting:
            return
        if manifest.created_at <= begun:
            continue
        due = {place: each for place, each in waiting.items() if each.made_at < manifest.created_at}
        heard = listening.opened(manifest.run_id)
        there = heard.among([each.customer_id for each in due.values()])
        places = tuple(place for place, each in due.items() if each.customer_id in there)
        for place in places:
            del waiting[place]
        found = Listener(heard.compiled, heard, is_graded=True)
        if places and found.alarms_on(table):
            yield places, found
