"""Who may let customers go to the public pool, take them from it, or give them to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rung.errors import Problem
from rung.ledger.actor import Actor, People, Role
from rung.ledger.looking import against_looking
from rung.ledger.service.holdings import Holding
from rung.moments import local
from rung.text import _

__all__ = ["PoolRules", "Whose", "against_assigning", "against_releasing", "against_taking"]


@dataclass(frozen=True, slots=True)
class PoolRules:
    """What a workspace says of its pool."""

    take: Role = Role.REVIEWER
    """The least role that may take a customer."""
    at_most: int | None = None
    """How many customers somebody may hold who takes one more; None: any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose customer one is: what the ledger tells, and where it tells nothing the source."""

    customer_id: str
    holding: Holding | None
    portfolio: str | None
    """As the source has it; None where it does not say."""

    @property
    def account(self) -> str | None:
        """The holder on record."""
        return None if self.holding is None else self.holding.account

    @property
    def is_free(self) -> bool:
        """Whether the customer is nobody's: in the pool, or of no holder and no portfolio."""
        return self.portfolio is None if self.holding is None else self.holding.is_in_pool

    def is_of(self, actor: Actor) -> bool:
        """Whether the customer is somebody's, or of whom they stand in for."""
        if self.holding is not None:
            return self.holding.account in actor.accounts
        return self.portfolio is not None and self.portfolio in actor.portfolio


def against_releasing(actor: Actor, whose: Whose, people: People) -> Iterator[Problem]:
    """Yield what speaks against somebody's letting a customer go."""
    if whose.is_free:
        message = _("{customer} is nobody's already.").format(customer=whose.customer_id)
        yield Problem(message, _("Free customers: rung pool list --free"))
    elif not actor.may_propose:
        yield from against_looking(actor)
    elif _is_governed(people) and not whose.is_of(actor) and not actor.may_decide:
        message = _("{customer} is not yours, and {name} may only give back their own customers.")
        hint = _("Somebody with the role “approver” may release those of others.")
        yield Problem(message.format(customer=whose.customer_id, name=actor.name), hint)


def against_taking(
    actor: Actor, whose: Whose, people: People, rules: PoolRules, held: int, today: date
) -> Iterator[Problem]:
    """Yield what speaks against somebody's taking a customer who holds ``held`` already."""
    if _is_governed(people) and not actor.role.reaches(rules.take):
        message = _("{name} may not take customers: that asks for the role “{role}”.")
        yield Problem(message.format(name=actor.name, role=rules.take.words))
    if not whose.is_free:
        yield _taken(whose, people)
    cooling = whose.holding
    if (
        cooling is not None
        and cooling.is_in_pool
        and cooling.cooling_off_until is not None
        and cooling.cooling_off_account in actor.accounts
        and today <= cooling.cooling_off_until
    ):
        message = _("You let {customer} go, and may not take it back until {day} is over.")
        told = {"customer": whose.customer_id, "day": cooling.cooling_off_until.isoformat()}
        yield Problem(message.format(**told), _("A colleague may take it now, or an approver assign it."))
    if rules.at_most is not None and held >= rules.at_most:
        message = _("You hold as many customers as one may: {most}.")
        hint = _("Let one go first: rung pool release CUSTOMER --reason …")
        yield Problem(message.format(most=rules.at_most), hint)


def against_assigning(actor: Actor, whose: Whose, to: str, people: People) -> Iterator[Problem]:
    """Yield what speaks against somebody's giving a customer to an account."""
    if _is_governed(people) and not actor.may_decide:
        message = _("{name} may not assign customers: that asks for the role “{role}”.")
        yield Problem(message.format(name=actor.name, role=Role.APPROVER.words))
    if _is_governed(people) and to not in people.listed:
        message = _("There is nobody called “{name}”.").format(name=to)
        yield Problem(message, _("Whoever gets customers stands under [people] in rung.toml."))
    if whose.account == to:
        message = _("{customer} is {name}'s already.")
        yield Problem(message.format(customer=whose.customer_id, name=people.name(to)))


def _taken(whose: Whose, people: People) -> Problem:
    hint = _("Free customers: rung pool list --free")
    holding = whose.holding
    if holding is not None and holding.account is not None:
        message = _("{customer} is {name}'s since {day}.")
        told = {"customer": whose.customer_id, "name": people.name(holding.account)}
        return Problem(message.format(**told, day=f"{local(holding.since):%Y-%m-%d %H:%M}"), hint)
    message = _("{customer} is {portfolio}'s, and not in the pool.")
    return Problem(message.format(customer=whose.customer_id, portfolio=whose.portfolio), hint)


def _is_governed(people: People) -> bool:
    return bool(people.listed)
