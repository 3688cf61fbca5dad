"""Takes a contact back, its judgements and corrections with it; what they took the place of comes again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.ledger import Act, DataInput, Decision, InputFilter, Role, Status, Supply
from rung.ledger.drafts import act_draft, proposal_draft
from rung.ledger.held import held
from rung.ledger.rules.asked import texts_kept
from rung.ledger.rules.on_record import check_kept, recorded
from rung.ledger.rules.supplied import drawn_up_value
from rung.ledger.service.contacts import LoggedContact, contact_withdrawal_draft
from rung.ledger.service.filters import ContactFilter
from rung.text import _
from rung.workspace.following.log import may_log, next_of, owed
from rung.workspace.following.made import ContactUndone, Restored

if TYPE_CHECKING:
    from rung.ledger import Appending
    from rung.workspace.following.contacts import Contacts
    from rung.workspace.following.customer_at_hand import CustomerAtHand

__all__ = ["undone"]

_ID: Final = re.compile(r"[Kk]?([1-9][0-9]{0,17})")


def undone(contacts: Contacts, contact_id: str, reason: str, now: datetime) -> ContactUndone:
    """Record that a contact was logged by mistake; raises RungError with all that speaks against it."""
    now = now.astimezone(contacts.calendar.zone)
    human = contacts.workspace.human_input
    match = _ID.fullmatch(contact_id.strip())
    if match is None or not human.is_begun:
        raise contacts.nothing_logged(contact_id)
    with ExitStack() as stack, contacts.ledger() as store, held(store) as one, one.appending() as ledger:
        contact = ledger.contact(int(match[1]))
        if contact is None:
            raise contacts.nothing_logged(contact_id)
        problems = [*_against(contact, contacts, reason, now)]
        if problems:
            raise RungError.all(problems)
        return _Undoing(contacts, contact, reason.strip(), now, stack, ledger).done()


def _against(contact: LoggedContact, contacts: Contacts, reason: str, now: datetime) -> Iterator[Problem]:
    who = contacts.who
    if contact.withdrawal is not None:
        message = _("{name} took {id} back on {moment} already.")
        told = {
            "name": who.people.name(contact.withdrawal.by),
            "id": contact.id,
            "moment": f"{contact.withdrawal.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
        }
        yield Problem(message.format(**told))
        return
    yield from may_log(who)
    if who.actor.account != contact.maker and who.actor.role is not Role.OWNER:
        message = _("{id} was logged by {maker}: only its maker may take it back, or an owner.")
        told = {"id": contact.id, "maker": who.people.name(contact.maker)}
        yield Problem(message.format(**told), _("Log another contact that says what is right."))
    if not reason.strip():
        yield Problem(_("Nothing says why the contact is taken back."), _("Give a reason: --reason TEXT."))
    yield from texts_kept((reason,))


@dataclass(frozen=True)
class _Undoing:
    """One contact on its way off the record that counts."""

    contacts: Contacts
    contact: LoggedContact
    reason: str
    now: datetime
    stack: ExitStack
    ledger: Appending
    _known: dict[str, CustomerAtHand | None] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def done(self) -> ContactUndone:
        """Record it within a ledger that is held."""
        main = None if self.contact.policy_id is None else self._at_hand(self.contact.policy_id)
        before = None if main is None else main.grades(main.inputs(self.ledger), self.today)
        inputs = [each for each in map(self.ledger.input, self.contact.inputs) if isinstance(each, DataInput)]
        for policy_id in {each.policy_id for each in inputs}:
            check_kept(self.ledger, self.contact.customer_id, policy_id)
        draft = contact_withdrawal_draft(self.contact, self.reason, self.contacts.who.actor.account, self.now)
        self.ledger.append(draft)
        withdrawn = tuple(self._withdrawn(each) for each in inputs if each.status(self.today).is_open)
        restored = tuple(each for gone in withdrawn for each in self._restored(gone))
        after, following, is_ended = None, None, False
        if main is not None:
            now_in_force = main.inputs(self.ledger)
            after = main.grades(now_in_force, self.today)
            service = owed(main, now_in_force, after.effective, self.today)
            following, is_ended = next_of(self.contacts, main, service, now_in_force, self.ledger, self.today)
        contact = self.ledger.contact(self.contact.number)
        assert contact is not None
        return ContactUndone(
            contact=contact,
            policy_id=self.contact.policy_id,
            withdrawn=withdrawn,
            restored=restored,
            before=before,
            after=after,
            next=following,
            is_ended=is_ended,
            notices=tuple(self._left(inputs)),
        )

    def _left(self, inputs: list[DataInput]) -> Iterator[str]:
        """Yield which of its facts something else has taken the place of since."""
        for each in inputs:
            if each.superseded_by is not None:
                words = _("{id} counted no more: {other} took its place.")
                yield words.format(id=each.id, other=each.superseded_by)
            elif each.status(self.today) is Status.WITHDRAWN:
                yield _("{id} was withdrawn already.").format(id=each.id)

    def _at_hand(self, policy_id: str) -> CustomerAtHand | None:
        """Return the customer in the last run by a policy; None where that does not hold it."""
        if policy_id not in self._known:
            self._known[policy_id] = self._looked_up(policy_id)
        return self._known[policy_id]

    def _looked_up(self, policy_id: str) -> CustomerAtHand | None:
        latest = [each for each in self.contacts.latest_runs() if each.policy.id == policy_id]
        if not latest:
            return None
        try:
            run = self.stack.enter_context(self.contacts.workspace.run(latest[0].run_id))
            return self.contacts.at_hand(run, self.contact.customer_id)
        except RungError:
            return None

    def _withdrawn(self, record: DataInput) -> DataInput:
        decision = Decision(
            act=Act.WITHDRAWN, by=self.contacts.who.actor.account, at=self.now, note=self.contact.id
        )
        return recorded(self.ledger, act_draft(record, decision), record)

    def _restored(self, gone: DataInput) -> Iterator[Restored]:
        """Yield what a withdrawn fact had taken the place of, put on record again where it counted."""
        if gone.effective_from is None:
            return  # a mere proposal took no place
        for old in self._replaced(gone, frozenset()):
            why_not = self._why_not(old)
            at_hand = None if why_not else self._at_hand(old.policy_id)
            if at_hand is None:
                words = why_not or _("the customer is in no run by the policy any more")
                yield Restored(old=old, record=None, why_not=words)
                continue
            yield self._again(old, at_hand)

    def _replaced(self, gone: DataInput, seen: frozenset[str]) -> Iterator[DataInput]:
        """Yield what a record took the place of; through facts of contacts that were taken back too."""
        for name in gone.supersedes:
            old = self.ledger.input(name)
            if not isinstance(old, DataInput) or old.superseded_by != gone.id or name in seen:
                continue
            if self._is_of_withdrawn(old):
                yield from self._replaced(old, seen | {name})
            else:
                yield old

    def _is_of_withdrawn(self, record: DataInput) -> bool:
        every = ContactFilter(customer_id=record.customer_id, is_withdrawn=True)
        return any(record.id in each.inputs for each in self.ledger.contacts(every))

    def _why_not(self, old: DataInput) -> str:
        if old.effective_from is None:
            return _("it was only proposed: propose it again")
        if self.today > old.expires_at:
            return _("it has expired meanwhile")
        wanted = InputFilter(customer_id=old.customer_id, policy_id=old.policy_id, subject=old.subject)
        for each in self.ledger.inputs(wanted):
            if each.kind is old.kind and each.effective_from and each.status(self.today).is_open:
                return _("{id} has taken its place").format(id=each.id)
        return ""

    def _again(self, old: DataInput, at_hand: CustomerAtHand) -> Restored:
        ground = at_hand.ground(at_hand.inputs(self.ledger), self.today)
        subject = ground.subjects.get(old.subject)
        refusal = _("the policy does not read it any more")
        if subject is None or subject.refusal is not None:
            return Restored(old=old, record=None, why_not=refusal)
        supply = Supply(
            kind=old.kind,
            subject=old.subject,
            value=old.value,
            reason=old.reason,
            narrative=old.narrative,
            evidence=old.evidence,
            expires_at=old.expires_at,
        )
        number = f"{old.kind.letter}{self.ledger.next_sequence}"
        try:
            record = drawn_up_value(supply, ground, self.contacts.who.actor, self.now, number)
        except ValueError as error:
            return Restored(old=old, record=None, why_not=str(error))
        # What approvals it needed it had, and it never should have lost its place. Those are not its own now:
        # where it lifts a grade it is to be looked at again, see ``unapproved_lifts``.
        record = replace(
            record,
            approvals_needed=0,
            approver_role="approver",
            other_line=False,
            effective_from=self.now,
        )
        return Restored(old=old, record=recorded(self.ledger, proposal_draft(record), record))
