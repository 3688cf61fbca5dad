"""The facts of a contact under one policy: which its grades rest on, and how they come onto the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError, did_you_mean
from rung.grading.explained_values import value_words
from rung.ledger import Actor, DataInput, Desk, InputKind, LedgerStore, People, Supply
from rung.ledger.contact_reasons import CONTACT, LEARNED, REASON_TITLES
from rung.ledger.drafts import proposal_draft
from rung.ledger.grades.kept_values import kept_value
from rung.ledger.grades.value_texts import NOT_KNOWN, read_value, written_value
from rung.ledger.rules.asked import is_own
from rung.ledger.rules.on_record import check_kept, recorded
from rung.ledger.rules.supplied import drawn_up_value, latest_day, objections_to_value
from rung.policy.overruling import ReasonOption
from rung.text import Text, _
from rung.words import fold
from rung.workspace.following.made import FactLearned, FactState

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.ledger import Appending, Ground, InputRecord
    from rung.ledger.rules.customer_ground import Subject
    from rung.policy.outcome import OutcomeInEffect
    from rung.vocabulary import Quantity
    from rung.workspace.following.customer_at_hand import CustomerAtHand

__all__ = [
    "Fact",
    "PlannedFact",
    "Who",
    "fact_words",
    "facts_said",
    "planned",
    "record_fact",
    "refused",
]

_REASON: Final = ReasonOption(id=LEARNED, title=REASON_TITLES[LEARNED])
_SOON: Final = timedelta(days=30)
# What stands already is put on record again if it would run out so much earlier than the new one.


@dataclass(frozen=True, slots=True)
class Who:
    """Who logs, as the workspace knows them, among its people."""

    actor: Actor
    people: People


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value learned in a contact."""

    subject: str
    """Id of the quantity."""
    value: str | None
    """As the ledger writes it under the policy the contact is logged by."""
    is_set: bool
    """Whether the outcome sets it; else a person gave it by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFact:
    """What becomes of a fact under one policy."""

    at_hand: CustomerAtHand
    fact: Fact
    value: str | None
    kind: InputKind
    state: FactState
    is_at_once: bool = False
    """Whether it counts without anybody's approval: an outcome in effect under the policy sets it."""

    @property
    def is_recorded(self) -> bool:
        """Whether it becomes a judgement or correction."""
        return self.state in (FactState.COUNTS, FactState.AWAITS)


def facts_said(
    given: Mapping[str, str | None], outcome: OutcomeInEffect, compiled: CompiledPolicy
) -> tuple[Fact, ...]:
    """Return the facts of a contact: the outcome's, and those given by hand, which go before.

    Raises RungError for every field there is not, and every value it cannot hold.
    """
    problems: list[Problem] = []
    found: dict[str, Fact] = {}
    for name, value in outcome.facts.items():
        written = written_value(value, compiled.quantities[name])
        found[name] = Fact(subject=name, value=written, is_set=True)
    for name, text in given.items():
        subject = _meant(name, compiled.quantities)
        if subject is None:
            message = _("There is no field “{found}” to learn a fact about.").format(found=name)
            problems.append(Problem(message, did_you_mean(name, sorted(compiled.quantities))))
            continue
        try:
            value_text = _canonical(text, compiled.quantities[subject], _criterion(subject, compiled))
        except ValueError as error:
            problems.append(Problem(f"{compiled.quantities[subject].title}: {error}"))
            continue
        known = found.get(subject)
        if known is None or known.value != value_text:
            found[subject] = Fact(subject=subject, value=value_text, is_set=False)
    if problems:
        raise RungError.all(problems)
    return tuple(found.values())


def _meant(name: str, quantities: Mapping[str, Quantity]) -> str | None:
    if name in quantities:
        return name
    word = fold(name)
    found = [each for each, quantity in quantities.items() if word in map(fold, quantity.names())]
    return found[0] if len(found) == 1 else None


def _criterion(subject: str, compiled: CompiledPolicy) -> Sequence[tuple[str, Text]]:
    """Return the levels of the judged criterion that asks for a quantity; none where none does."""
    for each in compiled.policy.criteria:
        if each.levels and each.measure == subject:
            return [(level.level, level.title) for level in each.levels]
    return ()


def _canonical(text: str | None, quantity: Quantity, levels: Sequence[tuple[str, Text]]) -> str | None:
    """Return a value as the ledger writes it; raises ValueError, in words, for what is none."""
    if text is None or text.strip() in NOT_KNOWN:
        return None
    for level, title in levels:
        if fold(text) in map(fold, (level, title.zh, title.en)):
            return level
    value = read_value(text, quantity)
    if value is None:
        # What a program leaves where it had no value; nobody who means “not known” writes it.
        raise ValueError(_("“{found}” is no value.").format(found=text.strip()))
    return written_value(value, quantity)


def planned(
    at_hand: CustomerAtHand,
    facts: Iterable[Fact],
    outcome_id: str,
    inputs: Sequence[InputRecord],
    now: datetime,
    *,
    is_main: bool,
) -> Iterator[PlannedFact]:
    """Yield what becomes of each fact under a policy; of one no grade rests on only where ``is_main``."""
    ground = at_hand.ground(inputs, now.date())
    compiled = at_hand.scorecard.compiled
    own = next((each for each in compiled.outcomes if each.id == outcome_id), None)
    for fact in facts:
        quantity = compiled.quantities.get(fact.subject)
        subject = None if quantity is None else ground.subjects[fact.subject]
        if subject is None or subject.refusal is not None:
            if is_main:
                kind, state = InputKind.CORRECTION, FactState.KEPT
                yield PlannedFact(at_hand=at_hand, fact=fact, value=fact.value, kind=kind, state=state)
            continue
        try:
            value = _canonical(fact.value, subject.quantity, _criterion(fact.subject, compiled))
        except ValueError:
            continue  # another policy's own field of that name
        is_at_once = own is not None and fact.is_set and _sets(own, fact.subject, value, subject.quantity)
        kind = InputKind.JUDGEMENT if subject.criterion else InputKind.CORRECTION
        state = FactState.COUNTS
        if subject.criterion and value is None and is_at_once:
            state = FactState.KEPT  # a judgement names a level; who answered anew withdraws the old one
        elif _is_known(value, kind, fact.subject, subject, ground, inputs, now.date()):
            state = FactState.KNOWN
        yield PlannedFact(
            at_hand=at_hand, fact=fact, value=value, kind=kind, state=state, is_at_once=is_at_once
        )


def _sets(outcome: OutcomeInEffect, subject: str, value: str | None, quantity: Quantity) -> bool:
    return subject in outcome.facts and written_value(outcome.facts[subject], quantity) == value


def _is_known(
    value: str | None,
    kind: InputKind,
    name: str,
    subject: Subject,
    ground: Ground,
    inputs: Iterable[InputRecord],
    today: date,
) -> bool:
    """Whether a value is in force, and not about to run out: nothing is put on record then."""
    if written_value(ground.measured.get(name), subject.quantity) != value:
        return False
    standing = [
        each
        for each in inputs
        if isinstance(each, DataInput) and each.subject == name and each.effective_from is not None
    ]
    if not standing:
        return subject.criterion is None
    last, _span = latest_day(subject, ground, kind, today)
    return max(each.expires_at for each in standing) + _SOON >= last


def refused(
    each: PlannedFact, who: Who, inputs: Sequence[InputRecord], supersedes: Sequence[str], now: datetime
) -> list[Problem]:
    """Return what speaks against a fact under a policy whose own outcome does not set it."""
    ground = _reasoned(each.at_hand.ground(inputs, now.date()))
    rivals = _rivals(each, inputs)
    supply = _supply(each, "", "K", _superseded(rivals, who.actor, supersedes))
    return objections_to_value(supply, ground, rivals, who.actor, now, who.people)


def record_fact(
    each: PlannedFact,
    store: LedgerStore,
    ledger: Appending,
    who: Who,
    now: datetime,
    *,
    text: str,
    contact_id: str,
    supersedes: Sequence[str],
) -> DataInput:
    """Put a fact on record as a judgement or correction, within a ledger that is held; see ``Desk.supply``.

    What an outcome sets counts at once; what a person gave goes by the policy's rules.
    """
    inputs = each.at_hand.inputs(ledger)
    ground, rivals = each.at_hand.ground(inputs, now.date()), _rivals(each, inputs)
    if not each.is_at_once:
        named = _superseded(rivals, who.actor, supersedes)
        desk = Desk(store, who.actor, who.people)
        return desk.supply(_supply(each, text, contact_id, named), _reasoned(ground), now)
    # Others' proposals stay: whoever approves one is told that this came into effect meanwhile.
    named = tuple(r.id for r in rivals if r.effective_from is not None or is_own(r, who.actor))
    check_kept(ledger, ground.customer_id, ground.policy.id)
    supply = _supply(each, text, contact_id, named)
    record = drawn_up_value(supply, ground, who.actor, now, f"{each.kind.letter}{ledger.next_sequence}")
    record = replace(
        record, approvals_needed=0, approver_role="approver", other_line=False, effective_from=now
    )
    return recorded(ledger, proposal_draft(record), record)


def _rivals(each: PlannedFact, inputs: Iterable[InputRecord]) -> list[DataInput]:
    return [
        other
        for other in inputs
        if isinstance(other, DataInput) and (other.kind, other.subject) == (each.kind, each.fact.subject)
    ]


def _superseded(rivals: Iterable[DataInput], actor: Actor, named: Sequence[str]) -> tuple[str, ...]:
    """Return what a fact given by hand takes the place of: those named, one's own, those of contacts."""
    words = {each.strip().upper() for each in named}
    return tuple(
        each.id
        for each in rivals
        if each.id in words
        or is_own(each, actor)
        or (each.reason in (CONTACT, LEARNED) and each.effective_from is not None)
    )


def _supply(each: PlannedFact, text: str, contact_id: str, supersedes: tuple[str, ...]) -> Supply:
    return Supply(
        kind=each.kind,
        subject=each.fact.subject,
        value=each.value,
        reason=CONTACT if each.is_at_once else LEARNED,
        narrative=text,
        evidence=contact_id,
        supersedes=supersedes,
    )


def _reasoned(ground: Ground) -> Ground:
    """Return a ground under whose policy a contact is reason enough."""
    policy = ground.policy
    rules = {
        name: getattr(policy, name).model_copy(update={"reasons": (*getattr(policy, name).reasons, _REASON)})
        for name in ("judgement", "correction")
    }
    return replace(ground, policy=policy.model_copy(update=rules))


def fact_words(each: PlannedFact, record: DataInput | None) -> FactLearned:
    """Return what became of a fact, in words."""
    quantity = each.at_hand.scorecard.compiled.quantities.get(each.fact.subject)
    state = each.state
    if record is not None:
        state = FactState.COUNTS if record.effective_from is not None else FactState.AWAITS
    words = Text("未知", "not known")
    if each.value is not None:
        words = Text.same(each.value)
        if quantity is not None:
            words = value_words(kept_value(each.value, quantity), quantity)
    return FactLearned(
        subject=each.fact.subject,
        title=quantity.title if quantity else Text.same(each.fact.subject),
        value=each.value,
        words=words,
        policy_id=each.at_hand.policy_id,
        state=state,
        record=record,
    )
