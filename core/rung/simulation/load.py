"""How much work promises make: contacts a week, reviews a month, answers owed, by the role that owes them.

Pure arithmetic over how many customers each promise is owed to; knows no table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rung.durations import Duration, Unit
from rung.policy.model import Contact, Obligation, Owner, Respond, Review
from rung.text import Text

__all__ = ["Owed", "RoleLoad", "a_month", "a_week", "by_role", "rhythm"]

_YEAR: Final = Fraction(3_652_425, 10_000)
# Days of a year of the Gregorian calendar, on the average of its 400 years.
_DAYS: Final = {
    Unit.HOUR: Fraction(1, 24),
    Unit.DAY: Fraction(1),
    Unit.WEEK: Fraction(7),
    Unit.MONTH: _YEAR / 12,
    Unit.YEAR: _YEAR,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise, and how many customers it is owed to."""

    source: str
    """The grade or flag that brings it."""
    title: Text
    """What the grade or flag is called."""
    code: str
    """Of the promise; see ``ServiceTerms.coded``."""
    obligation: Obligation
    is_in_force: bool
    """False: the practice states none, and nobody took the suggestion over."""
    customers: int

    @property
    def per_week(self) -> Fraction | None:
        """How often a week it comes due for all of them; ``None`` where it has no rhythm."""
        every = rhythm(self.obligation)
        return None if every is None else self.customers * a_week(every)


def rhythm(obligation: Obligation) -> Duration | None:
    """Return how often a promise comes due; ``None`` for one that is no matter of rhythm.

    Of a contact in phases the last, which lasts; of one with a longest gap alone that gap.
    """
    match obligation:
        case Contact(phases=(*_, last)):
            return last.every
        case Contact(every=every, no_later_than=latest):
            return every or latest
        case Review(every=every):
            return every
    return None


def a_week(every: Duration) -> Fraction:
    """Return how often a week something comes due that does so every ``every``."""
    return 7 / (every.count * _DAYS[every.unit])


def a_month(every: Duration) -> Fraction:
    """Return how often a month something comes due; a month is a twelfth of a year."""
    return _YEAR / 12 / (every.count * _DAYS[every.unit])


@dataclass(frozen=True, slots=True)
class RoleLoad:
    """The work of one role."""

    role: str | None
    """``None`` where no role is named."""
    contacts_a_week: Fraction = Fraction(0)
    contacts_a_month: Fraction = Fraction(0)
    reviews_a_month: Fraction = Fraction(0)
    answers: int = 0
    """Promises of an answer to a customer; how many come due depends on what customers send."""
    owned: int = 0
    """Customers the role is responsible for."""

    def with_one(self, owed: Owed) -> RoleLoad:
        """Return the load with one promise more."""
        every = rhythm(owed.obligation)
        often = (0, 0) if every is None else (a_week(every), a_month(every))
        week, month = (owed.customers * each for each in often)
        is_contact = isinstance(owed.obligation, Contact)
        return RoleLoad(
            role=self.role,
            contacts_a_week=self.contacts_a_week + (week if is_contact else 0),
            contacts_a_month=self.contacts_a_month + (month if is_contact else 0),
            reviews_a_month=self.reviews_a_month + (month if isinstance(owed.obligation, Review) else 0),
            answers=self.answers + (owed.customers if isinstance(owed.obligation, Respond) else 0),
            owned=self.owned + (owed.customers if isinstance(owed.obligation, Owner) else 0),
        )


def by_role(owed: Iterable[Owed]) -> dict[str | None, RoleLoad]:
    """Return the load of every role that is owed from by promises of rhythm, answer or responsibility."""
    loads: dict[str | None, RoleLoad] = {}
    for each in owed:
        if isinstance(each.obligation, Contact | Respond | Review | Owner):
            role = each.obligation.by
            loads[role] = loads.get(role, RoleLoad(role)).with_one(each)
    return loads
