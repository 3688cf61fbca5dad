"""Where human acts are taken in: each is held against the rules and recorded while nobody else can act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rung.errors import Problem, RungError
from rung.ledger.actor import Actor, People
from rung.ledger.drafts import act_draft, proposal_draft, resubmission_draft
from rung.ledger.kinds import Act, InputKind
from rung.ledger.records import DataInput, Decision, InputRecord, Override
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.deciding import (
    objections_to_decision,
    objections_to_withdrawal,
    takes_effect,
)
from rung.ledger.rules.delegation import (
    Delegation,
    delegation_draft,
    delegations,
    end_draft,
    in_place,
    objections_to_delegation,
    objections_to_end,
    standing_in,
)
from rung.ledger.rules.looked_up import LookedUp
from rung.ledger.rules.on_record import (
    check_kept,
    check_laid_in,
    check_place,
    every_delegation,
    find,
    inputs_hash,
    no_override,
    open_beside,
    overrides_in,
    recorded,
    superseding,
)
from rung.ledger.rules.overrides import drawn_up, objections
from rung.ledger.rules.resubmitting import Anew
from rung.ledger.rules.supplied import drawn_up_value, objections_to_value, settled_subject
from rung.ledger.rules.wanted import Proposal, Resubmission, Supply
from rung.ledger.store import Appending, LedgerStore
from rung.text import _

__all__ = ["Batch", "Desk", "inputs_hash", "no_override", "overrides_in"]


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of many proposals made together."""

    records: tuple[Override, ...]
    refused: tuple[tuple[str, tuple[Problem, ...]], ...] = ()
    """The customers whose proposal was refused, and why."""

    @property
    def id(self) -> str:
        """What the records have in common; empty where there are none."""
        return self.records[0].batch if self.records else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger as one person acts on it.

    Every ``now`` has a time zone, by whose calendar days are told. Every act raises RungError with all that
    speaks against it, and then nothing is recorded.
    """

    store: LedgerStore
    actor: Actor
    people: People = field(default_factory=People)
    against_approval: Callable[[InputRecord], Sequence[Problem]] = lambda _record: ()
    """What else speaks against an approval, whoever gives it: see ``workspace.own_policies``."""

    # Proposing

    def propose(self, proposal: Proposal, ground: Ground, now: datetime) -> Override:
        """Record an override and return it; the actor's own open ones are superseded without being named."""
        with self.store.appending() as ledger:
            return self._proposed(ledger, proposal, ground, now)

    def supply(self, value: Supply, ground: Ground, now: datetime) -> DataInput:
        """Record a judgement or correction and return it; see ``propose``."""
        with self.store.appending() as ledger:
            return self._supplied(ledger, value, ground, now)

    def propose_all(
        self, wanted: Sequence[tuple[Proposal, Ground]], now: datetime, *, skip_refused: bool = False
    ) -> Batch:
        """Record many overrides, each its own record, all of them or, where one is refused, none.

        ``skip_refused``: those that nothing speaks against are recorded all the same.
        """
        records: list[Override] = []
        refused: list[tuple[str, tuple[Problem, ...]]] = []
        seen: set[tuple[str, str]] = set()
        with self.store.appending() as held:
            grounds = (wanted[place][1] for place in range(len(wanted)))
            ledger = LookedUp(held, ((ground.policy.id, ground.customer_id) for ground in grounds))
            batch = f"O{ledger.next_sequence}"
            for proposal, ground in wanted:
                customer = (ground.policy.id, ground.customer_id)
                try:
                    if customer in seen:
                        raise RungError.of(_("The customer is there twice."))
                    seen.add(customer)
                    records.append(self._proposed(ledger, proposal, ground, now, batch))
                except RungError as error:
                    refused.append((ground.customer_id, error.problems))
            if refused and not skip_refused:
                raise RungError.all(_of_customer(of, each) for of, problems in refused for each in problems)
        return Batch(tuple(records), tuple(refused))

    # Deciding

    def approve(self, input_id: str, now: datetime, note: str = "") -> InputRecord:
        """Record an approval; with the last one needed the human input takes effect."""
        return self._decide(Act.APPROVED, input_id, now, note)

    def reject(self, input_id: str, now: datetime, note: str) -> InputRecord:
        """Record a rejection, with its reason."""
        return self._decide(Act.REJECTED, input_id, now, note)

    def give_back(self, input_id: str, now: datetime, note: str) -> InputRecord:
        """Record that a human input is given back to its maker for more information; the note says which."""
        return self._decide(Act.RETURNED, input_id, now, note)

    def resubmit(self, input_id: str, changes: Resubmission, ground: Ground, now: datetime) -> InputRecord:
        """Record that a returned human input is put forward anew, and return it; approvals begin afresh.

        ``ground`` is that of the run the input was made on.
        """
        with self.store.appending() as ledger:
            record = self._found(ledger, input_id)
            if (ground.customer_id, ground.run_id) != (record.customer_id, record.run_id):
                raise ValueError("the ground is another customer's, or of another run")
            subject = record.subject if isinstance(record, DataInput) else None
            beside = open_beside(ledger, ground, record.kind, subject, now)
            others = tuple(each for each in beside if each.id != record.id)
            anew = Anew(record, changes, ground, others)
            who = self._who(ledger, now, lambda who: anew.objections(who, self.people, now))
            check_laid_in(ledger, ground, now)
            decision = _decision(Act.RESUBMITTED, who, now, changes.note)
            return recorded(ledger, resubmission_draft(anew.drawn_up(who, now), decision), record)

    def withdraw(self, input_id: str, now: datetime) -> InputRecord:
        """Record that a human input is taken back, and return it."""
        with self.store.appending() as ledger:
            record = self._found(ledger, input_id)
            who = self._who(ledger, now, lambda who: objections_to_withdrawal(record, who, self.people, now))
            return recorded(ledger, act_draft(record, _decision(Act.WITHDRAWN, who, now, "")), record)

    # Standing in

    def delegate(self, to: str, first: date, last: date, now: datetime, reason: str = "") -> Delegation:
        """Record that another may act for the actor from the first day to the last, and return that."""
        problems = objections_to_delegation(self.actor, to, first, last, reason, self.people, now.date())
        if problems:
            raise RungError.all(problems)
        with self.store.appending() as ledger:
            made = ledger.append(delegation_draft(self.actor, to, first, last, reason, now))
        return delegations([made])[made.sequence]

    def end_delegation(self, number: int, now: datetime) -> Delegation:
        """Record that a delegation ends now, and return it."""
        with self.store.appending() as ledger:
            made = every_delegation(ledger).get(number)
            if made is None:
                message = _("There is no delegation {number}.").format(number=number)
                raise RungError.of(message, _("See who stands in for whom: rung people."))
            problems = objections_to_end(made, self.actor, now.date())
            if problems:
                raise RungError.all(problems)
            event = ledger.append(end_draft(made, self.actor, now))
        return replace(made, ended_at=event.made_at, ended_by=event.maker)

    def acting_for(self, today: date) -> tuple[Actor, ...]:
        """Return the actor as a stand-in of everybody they stand in for on a day."""
        return standing_in(self.actor, every_delegation(self.store).values(), self.people, today)

    # How it is done

    def _found(self, ledger: Appending, input_id: str) -> InputRecord:
        record = find(ledger, input_id)
        check_kept(ledger, record.customer_id, record.policy_id)
        return record

    def _proposed(
        self, ledger: Appending, proposal: Proposal, ground: Ground, now: datetime, batch: str = ""
    ) -> Override:
        if not batch:
            # Of many at once it would take too long; those that are decided on are held to them then.
            check_kept(ledger, ground.customer_id, ground.policy.id)
        rivals = [
            each
            for each in open_beside(ledger, ground, InputKind.OVERRIDE, None, now)
            if isinstance(each, Override)
        ]

        def named(who: Actor) -> Proposal:
            return replace(
                proposal, supersedes=superseding(proposal.supersedes, rivals, who, InputKind.OVERRIDE)
            )

        who = self._who(
            ledger, now, lambda who: objections(named(who), ground, rivals, who, now, self.people)
        )
        check_laid_in(ledger, ground, now)
        record = drawn_up(named(who), ground, rivals, who, now, f"O{ledger.next_sequence}", batch)
        return recorded(ledger, proposal_draft(record), record)

    def _supplied(self, ledger: Appending, value: Supply, ground: Ground, now: datetime) -> DataInput:
        value = settled_subject(value, ground)
        check_kept(ledger, ground.customer_id, ground.policy.id)
        found = open_beside(ledger, ground, value.kind, value.subject, now)
        rivals = [each for each in found if isinstance(each, DataInput)]
        letter = value.kind.letter

        def named(who: Actor) -> Supply:
            return replace(value, supersedes=superseding(value.supersedes, rivals, who, value.kind))

        who = self._who(
            ledger, now, lambda who: objections_to_value(named(who), ground, rivals, who, now, self.people)
        )
        check_laid_in(ledger, ground, now)
        record = drawn_up_value(named(who), ground, who, now, f"{letter}{ledger.next_sequence}")
        return recorded(ledger, proposal_draft(record), record)

    def _decide(self, act: Act, input_id: str, now: datetime, note: str) -> InputRecord:
        with self.store.appending() as ledger:
            record = self._found(ledger, input_id)
            who = self._who(
                ledger,
                now,
                lambda who: objections_to_decision(act, record, who, self.people, now, note),
            )
            if act is Act.APPROVED:
                if problems := self.against_approval(record):
                    raise RungError.all(problems)
                check_place(ledger, record, now, self.people)
            last = act is Act.APPROVED and takes_effect(record)
            draft = act_draft(record, _decision(act, who, now, note), takes_effect=last)
            return recorded(ledger, draft, record)

    def _who(
        self, ledger: Appending, now: datetime, objections_to: Callable[[Actor], Sequence[Problem]]
    ) -> Actor:
        """Return in whose place the actor may do it, in their own if they may; raises RungError else."""
        own = objections_to(self.actor)
        if not own:
            return self.actor
        problems = list(own)
        for each in standing_in(self.actor, every_delegation(ledger).values(), self.people, now.date()):
            theirs = objections_to(each)
            if not theirs:
                return each
            problems += in_place(each, theirs, own, self.people)
        raise RungError.all(problems)


def _decision(act: Act, who: Actor, now: datetime, note: str) -> Decision:
    return Decision(act=act, by=who.account, at=now, note=note.strip(), on_behalf_of=who.on_behalf_of)


def _of_customer(customer_id: str, problem: Problem) -> Problem:
    message = _("{customer}: {problem}").format(customer=customer_id, problem=problem.message)
    return replace(problem, message=message)
