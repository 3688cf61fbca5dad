"""When one customer's next contact is due, from what they are promised and how their contacts stand: pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rung.ledger.records import State
from rung.policy.service import Contact
from rung.service.rhythm import Clock, DueDays, contact_due

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger.records import InputRecord
    from rung.ledger.service.contacts import LastContact
    from rung.service.calendars import Calendar

__all__ = ["NextContact", "contact_promises", "has_ended", "next_contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextContact:
    """The contact a customer is owed next."""

    code: str
    """Of the promise."""
    promise: Contact
    days: DueDays


def contact_promises(service: Iterable[ServiceLine]) -> Iterator[tuple[str, Contact]]:
    """Yield the promises of contact in force, with their codes."""
    for line in service:
        if not line.terms.is_in_force:
            continue
        for code, promise in zip(line.codes, line.terms.obligations(), strict=False):
            if isinstance(promise, Contact):
                yield code, promise


def next_contact(
    service: Iterable[ServiceLine], clock: Clock, calendar: Calendar, opened: Mapping[str, date]
) -> NextContact | None:
    """Return the contact due first of those promised; None where none ever comes due.

    ``opened``: the day the customer's open record of a type was opened, by type: terms that require one
    begin with it, and not without.
    """
    found: list[NextContact] = []
    for line in service:
        begun = clock
        if line.terms.requires is not None:
            if line.terms.requires not in opened:
                continue
            begun = replace(clock, since=max(clock.since, opened[line.terms.requires]))
        for code, promise in contact_promises([line]):
            days = contact_due(promise, begun, calendar)
            if days is not None:
                found.append(NextContact(code=code, promise=promise, days=days))
    return min(found, key=lambda each: each.days.due, default=None)


def has_ended(
    last: LastContact | None,
    ending: Collection[str],
    since: date,
    inputs: Iterable[InputRecord],
    calendar: Calendar,
    *,
    is_touched: bool,
) -> bool:
    """Whether no contact is owed to a customer any more; law: ``ended_rows``.

    ``ending``: ids of the outcomes that end the promise; ``since``: when the effective grade began;
    ``inputs``: the open ones; ``is_touched``: people's input gave the grade.
    """
    if last is None or last.outcome not in ending or last.latest_at is None:
        return False
    counting = (each for each in inputs if each.state is State.IN_EFFECT)
    # An id is a letter and the number of the event that made it.
    if any(int(each.id[1:]) > last.latest for each in counting):
        return False
    return is_touched or since <= calendar.day_of(last.latest_at)
