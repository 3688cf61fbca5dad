"""What is due as it was read once: the rows, what was logged since, and a customer of it at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from rung.errors import Problem
from rung.text import Text
from rung_tui.due.rows import Called, DueRows, key_of
from rung_tui.due.wish import DueWish
from rung_tui.scale import Scale

if TYPE_CHECKING:
    from rung.ledger import People
    from rung.service.due_list import DueList, DueRow
    from rung.vocabulary import Quantity
    from rung.workspace.following.call_list import CallCard, CallList

__all__ = ["Listing", "Shown"]

_STRETCH: Final = 256
# Rows looked through at a time for the next to be called.
_CALLED_FOR: Final = frozenset({"contact", "release"})
# What a call settles: going on, other kinds are passed over unless they alone are on the list.


@dataclass(frozen=True, slots=True)
class Shown:
    """A customer at hand for a call, or why that cannot be."""

    place: int
    row: DueRow
    day: date
    """From which it is looked at."""
    card: CallCard | None
    people: People
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What a contact with the customer is remembered by."""
        return key_of(self.row)


@dataclass(frozen=True)
class Listing:
    """What is due, as it was read once, and what was done since."""

    wish: DueWish
    whole: DueList
    """Whatever the kind."""
    due: DueList
    """Of the kind asked for."""
    runs: tuple[str, ...]
    calls: CallList
    grades: Mapping[str, Scale]
    """Of each policy, best first."""
    titles: Mapping[str, Text]
    """Of each policy."""
    kinds: Mapping[str, tuple[Text, int]]
    """How many of each kind, and what it is called."""
    notices: tuple[str, ...]
    called: dict[tuple[str, str], Called]
    has_whose: bool
    """Whether it is known of anybody whose customer they are."""
    has_more_policies: bool

    @property
    def owed_by(self) -> frozenset[Text | str | None]:
        """Who owes what is on the list, in the words of the policy where it has some."""
        return frozenset(duty.by_title or duty.by for duty in self.due.duties)

    def run_of(self, policy: str) -> str:
        """Return the run that what a policy promises is read in."""
        return self.runs[list(self.grades).index(policy)]

    def close(self) -> None:
        """Give the runs and the ledger back; for ``DueDesk.work``."""
        self.calls.__exit__(None, None, None)

    @property
    def rows(self) -> DueRows:
        """The list as a table reads it."""
        return DueRows(self.due, self.called)

    def to_call_after(self, place: int) -> Iterator[int]:
        """Yield the places after one whose customers are still to be called."""
        kinds = _CALLED_FOR if self.wish.kind is None else {self.wish.kind}
        start = place + 1
        while start < len(self.due):
            for at, row in enumerate(self.due.rows(start, _STRETCH), start):
                if row.kind.value in kinds and key_of(row) not in self.called:
                    yield at
            start += _STRETCH

    def place_of(self, key: tuple[str, str]) -> int | None:
        """Return where a customer stands first, None where they are not on the list."""
        import polars as pl

        policy, customer = key
        who = self.due.who["customer_id"].eq(customer).arg_true()
        duties = [place for place, duty in enumerate(self.due.duties) if duty.policy == policy]
        fits = pl.col("row").is_in(who.to_list()) & pl.col("duty").is_in(duties)
        found = self.due.parts.select(fits.arg_true().first()).item()
        return None if found is None else int(found)
