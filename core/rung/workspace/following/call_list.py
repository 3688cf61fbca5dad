"""Calls worked through one by one: who is due, what to say, what was said before, and how the day went."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from rung.grading.reasons import reason_text, refusal_text
from rung.ledger.service.filters import ContactFilter
from rung.service.contacts.next_contact import contact_promises
from rung.workspace.following.log import owed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rung.grading.compiled import CompiledPolicy
    from rung.ledger import InputRecord
    from rung.ledger.service.contacts import LoggedContact
    from rung.policy.outcome import OutcomeInEffect
    from rung.policy.service import Contact
    from rung.runs.run import Run
    from rung.service.contacts import ContactSaid
    from rung.service.due_list import DueList, DueRow
    from rung.text import Text
    from rung.workspace.following.customer_at_hand import CustomerAtHand
    from rung.workspace.following.made import ContactMade, ContactUndone
    from rung.workspace.workspace import Workspace

__all__ = ["CallCard", "CallList", "CallTally"]

_SHOWN: Final = 3
# Contacts before, and reasons, that a caller is shown; the whole history is one key away.


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCard:
    """What a caller has before him of one customer."""

    row: DueRow
    run_id: str
    grade: str | None
    """The effective grade, now."""
    grade_title: Text | None
    reasons: tuple[Text, ...]
    """Why the customer has its grade, the most important first."""
    promise: Contact | None
    """What is owed; None where the policy promises no contact with the grade there is now."""
    outcomes: tuple[OutcomeInEffect, ...]
    last: tuple[LoggedContact, ...]
    """Newest first."""
    called_meanwhile: LoggedContact | None
    """A contact logged since the list was made: there is no need to call again."""


@dataclass(slots=True)
class CallTally:
    """How a round of calls went."""

    began: datetime
    calls: int = 0
    reached: int = 0
    minutes: int = 0
    """As logged; calls whose minutes nobody gave are not among them."""
    skipped: int = 0
    undone: int = 0
    moved: int = 0
    """Customers who came to another grade."""

    def hours(self, now: datetime) -> float:
        """Return how long the round has taken."""
        return max((now - self.began).total_seconds() / 3600, 1e-9)

    def per_hour(self, now: datetime) -> float:
        """Return calls an hour; of one that lasted under a minute, as if it had lasted one."""
        return self.calls / max(self.hours(now), 1 / 60)


class CallList:
    """Contacts due, one after the other, from a list that holds nothing else.

    What is logged is on record at once, so one may stop anywhere. Use it in a block: the runs stay open
    while it is worked through.
    """

    def __init__(self, workspace: Workspace, runs: Sequence[str], due: DueList, made_at: datetime) -> None:
        self.workspace = workspace
        self._due = due
        self.made_at = made_at
        self.tally = CallTally(made_at)
        self._wanted = runs
        self._runs: dict[str, Run] = {}
        self._stack = ExitStack()
        self._logged: list[ContactMade] = []

    def __enter__(self) -> Self:
        self._stack.enter_context(self.workspace.contacts.at_work())
        for run_id in self._wanted:
            run = self._stack.enter_context(self.workspace.run(run_id))
            self._runs[run.manifest.policy.id] = run
            self.workspace.contacts.scorecard(run)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def __len__(self) -> int:
        return len(self._due)

    def row(self, place: int) -> DueRow:
        """Return what is due at a place of the list; raises IndexError past its end."""
        return self._due.rows(place, 1)[0]

    def compiled(self, place: int) -> CompiledPolicy:
        """Return the policy by which the customer at a place is called."""
        return self.workspace.contacts.scorecard(self._runs[self.row(place).policy]).compiled

    def card(self, place: int, now: datetime) -> CallCard:
        """Return what to have before one when calling the customer at a place of the list."""
        row = self.row(place)
        run = self._runs[row.policy]
        contacts = self.workspace.contacts
        at_hand = contacts.at_hand(run, row.customer_id, to_act=False)
        today = contacts.calendar.day_of(now)
        human = self.workspace.human_input
        inputs: tuple[InputRecord, ...] = ()
        last: tuple[LoggedContact, ...] = ()
        if human.is_begun:
            with contacts.ledger() as store:
                inputs = at_hand.inputs(store)
                wanted = ContactFilter(customer_id=row.customer_id, limit=_SHOWN)
                last = tuple(map(contacts.listed, store.contacts(wanted)))
        grade = at_hand.effective(inputs, today).grade
        compiled = at_hand.scorecard.compiled
        promises = dict(contact_promises(owed(at_hand, inputs, grade, today)))
        meanwhile = (each for each in last if each.made_at > self.made_at)
        return CallCard(
            row=row,
            run_id=run.manifest.run_id,
            grade=grade,
            grade_title=None if grade is None else compiled.policy.grade_title(grade),
            reasons=_reasons(at_hand, inputs, today),
            promise=promises.get(row.code) or next(iter(promises.values()), None),
            outcomes=compiled.outcomes,
            last=last,
            called_meanwhile=next(meanwhile, None),
        )

    def log(self, place: int, said: ContactSaid, now: datetime) -> ContactMade:
        """Log the call to the customer at a place; raises RungError with all that speaks against it."""
        row = self.row(place)
        run_id = self._runs[row.policy].manifest.run_id
        made = self.workspace.contacts.log(row.customer_id, said, now, run_id)
        self._logged.append(made)
        self._count(made, 1)
        return made

    @property
    def last_logged(self) -> ContactMade | None:
        """The call that ``undo`` takes back, None where there is none."""
        return self._logged[-1] if self._logged else None

    def undo(self, reason: str, now: datetime) -> ContactUndone:
        """Take the last call of this round back; raises IndexError where there is none."""
        made = self._logged[-1]
        undone = self.workspace.contacts.undo(made.contact.id, reason, now)
        self._logged.pop()
        self._count(made, -1)
        self.tally.undone += 1
        return undone

    def moves(self) -> dict[tuple[str | None, str | None], int]:
        """Return how many customers went from which grade to which."""
        found: dict[tuple[str | None, str | None], int] = {}
        for made in self._logged:
            if made.has_moved:
                key = (made.before.effective, made.after.effective)
                found[key] = found.get(key, 0) + 1
        return found

    def _count(self, made: ContactMade, by: int) -> None:
        tally = self.tally
        tally.calls += by
        tally.reached += by * made.contact.reached
        tally.minutes += by * (made.contact.minutes or 0)
        tally.moved += by * made.has_moved


def _reasons(at_hand: CustomerAtHand, inputs: Sequence[InputRecord], today: date) -> tuple[Text, ...]:
    found = at_hand.scorecard.assess(at_hand.row(inputs, today))
    compiled = at_hand.scorecard.compiled
    if found.not_graded is not None:
        return (refusal_text(compiled, found.not_graded),)
    return tuple(reason_text(compiled, code) for code in found.reasons[:_SHOWN])
