"""Logs a contact: its facts become human input, the customer is graded anew, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.grading.promised import service_of
from rung.ledger.confidential import MASK
from rung.ledger.held import held, rehearsed
from rung.ledger.looking import against_looking
from rung.ledger.service.contacts import LoggedContact, contact_draft
from rung.ledger.service.filters import RecordFilter
from rung.service.contacts import ContactSaid, Settled, has_ended, next_contact, settled
from rung.text import _
from rung.workspace.following.facts import (
    Fact,
    PlannedFact,
    Who,
    fact_words,
    facts_said,
    planned,
    record_fact,
    refused,
)
from rung.workspace.following.made import ContactMade, FactLearned, FactState
from rung.workspace.grounds import ledger_to_look_into

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import Appending, DataInput, InputRecord, LedgerStore
    from rung.service.calendars import Calendar
    from rung.service.contacts import NextContact
    from rung.workspace.following.contacts import Contacts
    from rung.workspace.following.customer_at_hand import CustomerAtHand

__all__ = ["logged", "may_log", "next_of", "owed"]


def logged(contacts: Contacts, customer: str, said: ContactSaid, now: datetime, run_id: str) -> ContactMade:
    """Record a contact with a customer, by id or name, in a run; raises RungError with all against it."""
    now = now.astimezone(contacts.calendar.zone)
    with ExitStack() as stack:
        run = stack.enter_context(contacts.workspace.run(run_id))
        main = contacts.at_hand(run, customer)
        compiled = main.scorecard.compiled
        problems = [*may_log(contacts.who), *([main.foreign] if main.foreign else [])]
        try:
            found = settled(said, compiled.outcomes, now, contacts.calendar)
            facts = facts_said(said.facts, found.outcome, compiled)
        except RungError as error:
            raise RungError.all([*problems, *error.problems]) from error
        if problems:
            raise RungError.all(problems)
        others = [stack.enter_context(each) for each in contacts.others_reading(main, facts)] if facts else []
        work = _Logging(contacts, main, tuple(others), said, found, facts, now)
        human = contacts.workspace.human_input
        if not human.is_begun and any(not each.is_set for each in facts):
            # What is refused is to begin no ledger.
            with ledger_to_look_into(human) as looked, rehearsed(looked) as undone:
                work.recorded(undone)
        with contacts.ledger() as store, held(store) as ledger:
            return work.recorded(ledger)


def may_log(who: Who) -> Iterator[Problem]:
    """Yield what speaks against somebody's logging contacts at all."""
    yield from against_looking(who.actor, _("{name} ({account}) may look, not log contacts."))


def owed(
    at_hand: CustomerAtHand, inputs: Sequence[InputRecord], grade: str | None, today: date
) -> tuple[ServiceLine, ...]:
    """Return what a customer is owed with a grade: the terms in force."""
    lines = service_of(at_hand.scorecard, at_hand.row(inputs, today), grade)
    return tuple(each for each in lines if each.terms.is_in_force)


def next_of(
    contacts: Contacts,
    at_hand: CustomerAtHand,
    service: Sequence[ServiceLine],
    inputs: Sequence[InputRecord],
    ledger: LedgerStore | Appending,
    today: date,
) -> tuple[NextContact | None, bool]:
    """Return the contact a customer is owed next, and whether the latest one ended the promise.

    Terms whose record is not open have not started.
    """
    calendar, compiled = contacts.calendar, at_hand.scorecard.compiled
    clock = at_hand.clock(ledger, inputs, today, calendar)
    effective = at_hand.effective(inputs, today)
    is_ended = has_ended(
        ledger.last_contact(at_hand.found.id),
        [each.id for each in compiled.outcomes if each.ends],
        clock.since,
        [each for each in inputs if today <= each.expires_at],
        calendar,
        is_touched=effective.grade != effective.model_grade,
    )
    if is_ended:
        return None, True
    opened = _opened(at_hand.found.id, service, ledger, calendar)
    return next_contact(service, clock, calendar, opened), False


def _opened(
    customer_id: str, service: Sequence[ServiceLine], ledger: LedgerStore | Appending, calendar: Calendar
) -> dict[str, date]:
    """Return since when the customer has an open record of the types some terms require, by type."""
    found: dict[str, date] = {}
    types = tuple(each.terms.requires for each in service if each.terms.requires is not None)
    if types:
        for record in ledger.records(RecordFilter(customer_id=customer_id, types=types, is_open=True)):
            found.setdefault(record.type, calendar.day_of(record.opened_at))
    return found


@dataclass(frozen=True)
class _Logging:
    """One contact on its way onto the record."""

    contacts: Contacts
    main: CustomerAtHand
    others: tuple[CustomerAtHand, ...]
    said: ContactSaid
    found: Settled
    facts: tuple[Fact, ...]
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def recorded(self, store: LedgerStore) -> ContactMade:
        """Record everything within a ledger that is held."""
        with store.appending() as ledger:
            before_inputs = self.main.inputs(ledger)
            before = self.main.grades(before_inputs, self.today)
            notices = [*self._early(ledger), *self._late_text()]
            plans = [*self._planned(ledger, before_inputs, notices)]
            number = ledger.next_sequence + sum(each.is_recorded for each in plans)
            records = [self._put(each, store, ledger, f"K{number}") for each in plans]
            contact = self._logged(ledger, number, [each for each in records if each is not None])
            inputs = self.main.inputs(ledger) if any(records) else before_inputs
            after = self.main.grades(inputs, self.today) if any(records) else before
            service = owed(self.main, inputs, after.effective, self.today)
            following, is_ended = next_of(self.contacts, self.main, service, inputs, ledger, self.today)
        return ContactMade(
            contact=contact,
            outcome=self.found.outcome,
            policy_id=self.main.policy_id,
            customer_name=self._name(),
            facts=tuple(self._told(plans, records)),
            before=before,
            after=after,
            service=service,
            next=following,
            is_ended=is_ended,
            notices=tuple(notices),
        )

    def _planned(
        self, ledger: Appending, inputs: Sequence[InputRecord], notices: list[str]
    ) -> Iterator[PlannedFact]:
        if not self.facts:
            return
        outcome = self.found.outcome.id
        yield from planned(self.main, self.facts, outcome, inputs, self.now, is_main=True)
        for other in self.others:
            theirs = other.inputs(ledger)
            for each in planned(other, self.facts, outcome, theirs, self.now, is_main=False):
                problem = self._against(each, theirs)
                if problem is None:
                    yield each
                    continue
                message = _("Not recorded under the policy “{policy}”: {problem}")
                notices.append(message.format(policy=other.policy_id, problem=problem))

    def _against(self, each: PlannedFact, inputs: Sequence[InputRecord]) -> Problem | None:
        """Return why a fact comes not onto the record under another policy of the workspace."""
        if each.at_hand.foreign is not None:
            return each.at_hand.foreign
        if not each.is_recorded or each.is_at_once:
            return None
        found = refused(each, self.contacts.who, inputs, self.said.supersedes, self.now)
        return found[0] if found else None

    def _put(
        self, each: PlannedFact, store: LedgerStore, ledger: Appending, contact_id: str
    ) -> DataInput | None:
        if not each.is_recorded:
            return None
        return record_fact(
            each,
            store,
            ledger,
            self.contacts.who,
            self.now,
            text=self.said.text.strip(),
            contact_id=contact_id,
            supersedes=self.said.supersedes,
        )

    def _logged(self, ledger: Appending, number: int, records: Sequence[DataInput]) -> LoggedContact:
        outcome = self.found.outcome
        contact = LoggedContact(
            number=number,
            customer_id=self.main.found.id,
            at=self.found.at,
            channel=self.said.channel.strip(),
            outcome=outcome.id,
            reached=outcome.reached,
            text=self.said.text.strip(),
            minutes=self.said.minutes,
            next_on=self.found.next_on,
            next=self.said.next.strip(),
            facts={each.subject: each.value for each in self.facts},
            inputs=tuple(each.id for each in records),
            policy_id=self.main.policy_id,
            maker=self.contacts.who.actor.account,
            made_at=self.now,
        )
        event = ledger.append(contact_draft(contact))
        assert event.sequence == number
        return contact

    def _told(
        self, plans: Sequence[PlannedFact], records: Sequence[DataInput | None]
    ) -> Iterator[FactLearned]:
        """Yield what became of the facts; of those no grade here rests on only where none elsewhere does."""
        used = {each.fact.subject for each in plans if each.state is not FactState.KEPT}
        for each, record in zip(plans, records, strict=True):
            if each.state is not FactState.KEPT or each.fact.subject not in used:
                yield fact_words(each, record)

    def _name(self) -> str | None:
        """Return the customer's name as whoever logs may read it."""
        compiled, name = self.main.scorecard.compiled, self.main.found.name
        clearance = self.contacts.workspace.confidential.clearance(compiled)
        return MASK if name is not None and clearance.masks(compiled.vocabulary.name) else name

    def _early(self, ledger: Appending) -> Iterator[str]:
        """Yield that the contact was before anything else is known of the customer, where it was."""
        if self.found.day >= self.main.run.manifest.as_of:
            return
        first = self.contacts.first_known(self.main, self.found.day, ledger)
        if first is not None:
            words = _("The contact of {day} was before {first}, the first day the customer is known here.")
            yield words.format(day=self.found.day, first=first)

    def _late_text(self) -> Iterator[str]:
        """Yield that the day agreed is past by the outcome's own span, as where a contact is logged late."""
        day = self.found.next_on
        if day is not None and not self.found.is_agreed and day < self.today:
            yield _("The next try was due on {day} already.").format(day=day)
