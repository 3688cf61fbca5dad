"""Who it is that must act: the people a role stands for, with the customer at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rung.ledger import People
from rung.ledger.service.alarms import RaisedAlarm
from rung.service.alarms.clock import MANAGER
from rung.text import Text

__all__ = ["WhoseCustomer", "acting", "before"]


@dataclass(frozen=True, slots=True)
class WhoseCustomer:
    """Whose customer somebody is, as far as anything says so."""

    holder: str | None = None
    """Account of whoever holds the customer on record."""
    portfolio: str | None = None
    """As the source has it; counts where nobody holds the customer on record."""


def acting(role: str, title: Text | None, customer: WhoseCustomer, people: People) -> tuple[str, ...]:
    """Return the accounts of those a role stands for.

    Whoever has the role's id or title as account, name or team; else those whose customer it is; for
    ``MANAGER`` the nearest managers of these.
    """
    words = {role} if title is None else {role, title.zh, title.en}
    named = tuple(
        each.account
        for each in people.listed.values()
        if not words.isdisjoint((each.account, each.name, each.team or each.account))
    )
    if named:
        return named
    theirs = tuple(_theirs(customer, people))
    if role != MANAGER:
        return theirs
    managers = (people.managers(each)[:1] for each in theirs)
    return tuple(dict.fromkeys(account for found in managers for account in found))


def before(
    alarm: RaisedAlarm, role: str, title: Text | None, customer: WhoseCustomer, people: People
) -> tuple[str, ...]:
    """Return the accounts an alarm is before under a role.

    Handed up to a role that is nobody's here, it is before the managers of those whose customer it is.
    """
    found = acting(role, title, customer, people)
    theirs = tuple(_theirs(customer, people))
    if alarm.escalate_to == role and found == theirs:
        return acting(MANAGER, None, customer, people) or found
    return found


def _theirs(customer: WhoseCustomer, people: People) -> Iterator[str]:
    if customer.holder is not None:
        yield customer.holder
    elif customer.portfolio is not None:
        yield from (each.account for each in people.listed.values() if customer.portfolio in each.portfolio)
