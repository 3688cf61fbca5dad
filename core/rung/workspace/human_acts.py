"""What people do in a workspace: each act is held against a run and its policy, and put on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.ledger import (
    Act,
    Batch,
    DataInput,
    Desk,
    InputRecord,
    LedgerStore,
    Override,
    Proposal,
    Resubmission,
    State,
    Supply,
)
from rung.ledger.held import held, rehearsed
from rung.ledger.rules.on_record import find, no_override
from rung.text import Text, _
from rung.workspace.deciders import Deciders, Waiting
from rung.workspace.grounds import Grounds, Reporting, grounds_of, ledger_to_look_into
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.own_policies import OwnPolicies

if TYPE_CHECKING:
    from rung.progress import Progress
    from rung.vocabulary import Quantity
    from rung.workspace.customers_meant import CustomersWanted
    from rung.workspace.human_input import HumanInput

__all__ = [
    "Waiting",
    "chosen",
    "decided_all",
    "found",
    "key_of",
    "proposed",
    "proposed_all",
    "quantities_of",
    "rehearsed_all",
    "resubmitted",
    "silent",
    "supplied",
    "waiting",
]


def silent(_stage: str, _done: int, _whole: int | None) -> None:
    """Report progress to nobody."""


def proposed(human: HumanInput, customer: str, proposal: Proposal, now: datetime, run_id: str) -> Override:
    """Record an override of a customer's grade, by id or name; raises RungError with all against it."""
    with human.store.open(run_id) as run:
        grounds = Grounds(human, run, now.date())
        with ledger_to_look_into(human) as store:
            ground = grounds.of(customer, store)
        with human.ledger() as store:
            return _desk(human, store).propose(proposal, ground, now)


def supplied(human: HumanInput, customer: str, value: Supply, now: datetime, run_id: str) -> DataInput:
    """Record a judgement or correction about a customer, by id or name; raises RungError as above."""
    with human.store.open(run_id) as run:
        grounds = Grounds(human, run, now.date())
        with ledger_to_look_into(human) as store:
            ground = grounds.of(customer, store)
        with human.ledger() as store:
            return _desk(human, store).supply(value, ground, now)


def proposed_all(
    human: HumanInput,
    customers: Sequence[str],
    proposal: Proposal,
    now: datetime,
    run_id: str,
    *,
    skip_refused: bool,
    report: Progress,
) -> Batch:
    """Record an override of each customer's grade for one reason, all or, where one is refused, none."""
    with human.store.open(run_id) as run:
        with ledger_to_look_into(human) as store:
            wanted = Reporting(grounds_of(human, run, customers, proposal, now, store, report), report)
        with human.ledger() as store:
            return _desk(human, store).propose_all(wanted, now, skip_refused=skip_refused)


def rehearsed_all(
    human: HumanInput,
    customers: Sequence[str],
    proposal: Proposal,
    now: datetime,
    run_id: str,
    *,
    report: Progress,
) -> Batch:
    """Return what would come of ``proposed_all``; nothing is recorded, and the records have no id."""
    with human.store.open(run_id) as run, ledger_to_look_into(human) as store:
        wanted = Reporting(grounds_of(human, run, customers, proposal, now, store, report), report)
        with rehearsed(store) as undone:
            batch = _desk(human, undone).propose_all(wanted, now, skip_refused=True)
    records = tuple(replace(each, id="", batch="", previous_hash="") for each in batch.records)
    return replace(batch, records=records)


def decided_all(
    human: HumanInput,
    act: Act,
    ids: Sequence[str],
    now: datetime,
    note: str,
    report: Progress = silent,
) -> tuple[InputRecord, ...]:
    """Record one act on several inputs, on all or, where one is refused, on none.

    Raises RungError with what speaks against each; what ``report`` raises ends it with nothing recorded.
    """
    if not human.is_begun:
        raise no_override(ids[0])
    made: dict[str, InputRecord] = {}
    problems: list[Problem] = []
    with human.ledger() as store, held(store) as ledger:
        desk = _desk(human, ledger)
        acts = {
            Act.APPROVED: desk.approve,
            Act.REJECTED: desk.reject,
            Act.RETURNED: desk.give_back,
        }
        for place, given in enumerate(ids):
            report(_("Recording"), place, len(ids))
            try:
                record_id = find(ledger, given).id
                if record_id not in made:
                    decide = acts.get(act)
                    made[record_id] = (
                        decide(record_id, now, note) if decide else desk.withdraw(record_id, now)
                    )
            except RungError as error:
                problems += (_about(given, each) if len(ids) > 1 else each for each in error.problems)
        if problems:
            raise RungError.all(problems)
    return tuple(made.values())


def resubmitted(human: HumanInput, input_id: str, changes: Resubmission, now: datetime) -> InputRecord:
    """Record that a returned input is put forward anew, on the run it was made on."""
    record = found(human, input_id)
    with human.store.open(record.run_id) as run:
        with ledger_to_look_into(human) as store:
            ground = Grounds(human, run, now.date()).of(record.customer_id, store)
        with human.ledger() as store:
            return _desk(human, store).resubmit(record.id, changes, ground, now)


def chosen(
    human: HumanInput, wanted: CustomersWanted, today: date, run_id: str, hidden: Collection[str]
) -> tuple[str, ...]:
    """Return the ids of the customers of a run who are wanted; see ``customers_meant``."""
    from rung.pipeline import scorecard_of
    from rung.workspace.customers_meant import customers_meant

    with human.store.open(run_id) as run, ledger_to_look_into(human) as store:
        scorecard = scorecard_of(run, human.host)
        known = [each.id for each in run.manifest.columns if each.id not in hidden]
        overlaid = OverlaidRun(run, store, today, human.host, scorecard)
        places = customers_meant(run, scorecard.compiled, wanted, lambda: overlaid.laid().customers, known)
        if len(places) == run.manifest.rows:
            return tuple(run.frame().select("customer_id").collect().to_series())
        return tuple(run.frame().select("customer_id").collect().to_series()[list(places)])


def quantities_of(human: HumanInput, run_id: str) -> Mapping[str, Quantity]:
    """Return the quantities a run keeps the customers' values of, by id."""
    from rung.pipeline import scorecard_of

    with human.store.open(run_id) as run:
        known = scorecard_of(run, human.host).compiled.quantities
        return {each.id: known[each.id] for each in run.manifest.columns if each.id in known}


def key_of(human: HumanInput, run_id: str) -> Quantity:
    """Return the field that identifies a customer of a run."""
    from rung.pipeline import scorecard_of
    from rung.vocabulary import Field, Kind

    with human.store.open(run_id) as run:
        vocabulary = scorecard_of(run, human.host).compiled.vocabulary
    own = vocabulary.fields.get(vocabulary.key)
    return own or Field(id=vocabulary.key, title=Text("客户编号", "Customer id"), kind=Kind.TEXT)


def found(human: HumanInput, input_id: str) -> InputRecord:
    """Return a human input by its id, in small letters or by number too; raises RungError for none."""
    if not human.is_begun:
        raise no_override(input_id)
    with human.ledger() as store:
        return find(store, input_id)


def waiting(human: HumanInput, now: datetime) -> tuple[Waiting, ...]:
    """Return what awaits approval, oldest first, and what speaks against the actor's approving each."""
    if not human.is_begun:
        return ()
    with human.ledger() as store:
        return Deciders.of(human, now).waiting(store, now, (State.PENDING,))


def _about(input_id: str, problem: Problem) -> Problem:
    message = _("{customer}: {problem}").format(customer=input_id, problem=problem.message)
    return replace(problem, message=message)


def _desk(human: HumanInput, store: LedgerStore) -> Desk:
    return Desk(store, human.actor(), human.people, OwnPolicies(human).against_approval)
