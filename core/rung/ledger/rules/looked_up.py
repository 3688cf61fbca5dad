"""The ledger held, with all that is open of many customers read at once: one by one takes minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from rung.ledger.events import Draft, Event, EventFilter
from rung.ledger.records import InputRecord
from rung.ledger.rules.delegation import DELEGATION_KINDS
from rung.ledger.service.passed_on import ServicePassedOn
from rung.ledger.store import ALL_INPUTS, EVERY, OPEN, Appending, Head, InputFilter

__all__ = ["LookedUp"]

_PIECE: Final = 1_000
# Customers asked for at once.

_Key = tuple[str | None, str | None]


class LookedUp(ServicePassedOn):
    """See ``Appending``; what was read is good until something is appended about the customer."""

    def __init__(self, ledger: Appending, customers: Iterable[tuple[str, str]]) -> None:
        """``customers`` are pairs of a policy's id and a customer's."""
        self.ledger = ledger
        self._open: dict[_Key, list[InputRecord]] = {}
        self._delegations: tuple[Event, ...] | None = None
        by_policy: defaultdict[str, list[str]] = defaultdict(list)
        for policy_id, customer_id in dict.fromkeys(customers):
            by_policy[policy_id].append(customer_id)
            self._open[policy_id, customer_id] = []
        for policy_id, theirs in by_policy.items():
            rest = iter(theirs)
            while piece := tuple(islice(rest, _PIECE)):
                for each in ledger.inputs(InputFilter(policy_id=policy_id, customers=piece, states=OPEN)):
                    self._open[policy_id, each.customer_id].append(each)

    @property
    def next_sequence(self) -> int:
        """The number the next event appended will have."""
        return self.ledger.next_sequence

    def append(self, draft: Draft) -> Event:
        """Put one act at the end of the chain, and forget what was read of its customer."""
        self._open.pop((draft.policy_id, draft.customer_id), None)
        self._delegations = None if draft.kind in DELEGATION_KINDS else self._delegations
        return self.ledger.append(draft)

    def inputs(self, wanted: InputFilter = ALL_INPUTS) -> Iterator[InputRecord]:
        """Yield the human inputs wanted as they stand, oldest first."""
        found = self._open.get((wanted.policy_id, wanted.customer_id))
        if found is None or not wanted.states or not set(wanted.states) <= set(OPEN):
            yield from self.ledger.inputs(wanted)
            return
        for each in found:
            if (
                each.state in wanted.states
                and (not wanted.kinds or each.kind in wanted.kinds)
                and (wanted.subject is None or getattr(each, "subject", None) == wanted.subject)
                and wanted.maker in (None, each.maker)
                and wanted.batch in (None, each.batch)
                and (not wanted.customers or each.customer_id in wanted.customers)
            ):
                yield each

    def events(self, wanted: EventFilter = EVERY, *, after: int = 0) -> Iterator[Event]:
        """Yield the events wanted; delegations are read once."""
        if after or wanted != EventFilter(kinds=DELEGATION_KINDS):
            yield from self.ledger.events(wanted, after=after)
            return
        if self._delegations is None:
            self._delegations = tuple(self.ledger.events(wanted))
        yield from self._delegations

    def event(self, sequence: int) -> Event | None:
        """Return one event, None where there is none of that number."""
        return self.ledger.event(sequence)

    def head(self) -> Head:
        """Return where the chain ends."""
        return self.ledger.head()

    def input(self, input_id: str) -> InputRecord | None:
        """Return a human input as it stands, None where there is none of that id."""
        return self.ledger.input(input_id)
