"""Finds what is on record while one holds the ledger, and writes down what an act changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from rung.errors import RungError
from rung.ledger.actor import Actor, People
from rung.ledger.canonical import canonical
from rung.ledger.events import Draft, EventFilter
from rung.ledger.folding import folded
from rung.ledger.kinds import EventKind, InputKind
from rung.ledger.records import InputRecord, Override, State
from rung.ledger.rules.asked import called, is_own, moment
from rung.ledger.rules.customer_ground import Ground
from rung.ledger.rules.delegation import DELEGATION_KINDS, Delegation, delegations
from rung.ledger.store import OPEN, Appending, InputFilter, LedgerStore
from rung.text import _

__all__ = [
    "check_kept",
    "check_laid_in",
    "check_place",
    "every_delegation",
    "find",
    "inputs_hash",
    "no_override",
    "open_beside",
    "overrides_in",
    "recorded",
    "superseding",
]

_ID: Final = re.compile(r"([JCOjco]?)([1-9][0-9]{0,17})")
# A letter and the number of the event that proposed it: short enough to type, and never given twice.

_KINDS: Final = tuple(kind.value for kind in EventKind if kind.of_input is not None)

_Made = TypeVar("_Made", bound=InputRecord)


def overrides_in(
    store: LedgerStore | Appending, *, customer_id: str | None = None, policy_id: str | None = None
) -> tuple[Override, ...]:
    """Return the overrides on record, oldest first, of one customer or policy if given."""
    wanted = InputFilter(customer_id=customer_id, policy_id=policy_id, kinds=(InputKind.OVERRIDE,))
    return tuple(each for each in store.inputs(wanted) if isinstance(each, Override))


def inputs_hash(measured: Mapping[str, Any]) -> str:
    """Return the hash of the values a grade was computed from (scaled; see vocabulary.Quantity)."""
    plain = {name: str(value) if isinstance(value, date) else value for name, value in measured.items()}
    return sha256(canonical(plain)).hexdigest()


def no_override(override_id: str) -> RungError:
    """Return the refusal of an id that no human input has, in the words of the kind its letter tells."""
    match override_id.strip()[:1].upper():
        case InputKind.JUDGEMENT.letter:
            message, hint = (
                _("There is no judgement “{id}”."),
                _("See what there is: rung override list --kind judgement."),
            )
        case InputKind.CORRECTION.letter:
            message, hint = (
                _("There is no correction “{id}”."),
                _("See what there is: rung override list --kind correction."),
            )
        case _:
            message, hint = _("There is no override “{id}”."), _("See what there is: rung override list.")
    return RungError.of(message.format(id=override_id), hint)


def find(ledger: LedgerStore | Appending, input_id: str) -> InputRecord:
    """Return a human input by its id, typed in small letters or by its number alone; raises RungError."""
    for each in _written(input_id, tuple(kind.letter for kind in InputKind)):
        record = ledger.input(each)
        if record is not None:
            return record
    raise no_override(input_id)


def _written(input_id: str, letters: Iterable[str]) -> tuple[str, ...]:
    match = _ID.fullmatch(input_id.strip())
    if match is None:
        return ()
    return tuple(f"{letter}{match[2]}" for letter in (match[1].upper() or letters))


def superseding(
    named: Iterable[str], rivals: Iterable[InputRecord], who: Actor, kind: InputKind
) -> tuple[str, ...]:
    """Return the ids a proposal supersedes: those named, and the actor's own open ones."""
    written = [next(iter(_written(each, (kind.letter,))), each) for each in named]
    return tuple(dict.fromkeys((*written, *(rival.id for rival in rivals if is_own(rival, who)))))


def open_beside(
    ledger: Appending, ground: Ground, kind: InputKind, subject: str | None, now: datetime
) -> list[InputRecord]:
    """Return the open human inputs of a customer of one kind, and about one subject if given."""
    wanted = InputFilter(
        customer_id=ground.customer_id,
        policy_id=ground.policy.id,
        kinds=(kind,),
        states=OPEN,
        subject=subject,
    )
    return [each for each in ledger.inputs(wanted) if each.status(now.date()).is_open]


def check_kept(ledger: Appending, customer_id: str, policy_id: str) -> None:
    """Raise RungError where what is kept of a customer's open human inputs is not what their events tell.

    Whoever may write to the table could put there what nobody did: no act is to carry it on.
    """
    events = ledger.events(EventFilter(customer_id=customer_id, policy_id=policy_id, kinds=_KINDS))
    told = folded(events).values()
    for states in ((State.IN_EFFECT,), (State.PENDING, State.RETURNED)):
        wanted = InputFilter(customer_id=customer_id, policy_id=policy_id, states=states)
        kept = {each.id: each for each in ledger.inputs(wanted)}
        ought = {each.id: each for each in told if each.state in states}
        for input_id in sorted(kept.keys() | ought.keys()):
            if kept.get(input_id) != ought.get(input_id):
                message = _("What the ledger keeps of {id} is not what its events tell.").format(id=input_id)
                hint = _(
                    "“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events."
                )
                raise RungError.of(message, hint)


def _not_as_told(input_id: str) -> RungError:
    message = _("What the ledger keeps of {id} is not what its events tell.").format(id=input_id)
    hint = _("“rung audit verify” says more; “rung ledger rebuild” makes it anew from the events.")
    return RungError.of(message, hint)


def check_laid_in(ledger: Appending, ground: Ground, now: datetime) -> None:
    """Raise RungError where a judgement or correction came into effect, or ended, since one looked."""
    if ground.laid_in is None:
        return
    wanted = InputFilter(
        customer_id=ground.customer_id,
        policy_id=ground.policy.id,
        kinds=(InputKind.JUDGEMENT, InputKind.CORRECTION),
        states=(State.IN_EFFECT,),
    )
    found = {each.id for each in ledger.inputs(wanted) if now.date() <= each.expires_at}
    if found != ground.laid_in:
        changed = ", ".join(sorted(found ^ ground.laid_in))
        message = _("The customer's data changed meanwhile: {ids}.").format(ids=changed)
        raise RungError.of(message, _("Look at the grade again, then propose."))


def check_place(ledger: LedgerStore | Appending, record: InputRecord, now: datetime, people: People) -> None:
    """Raise RungError where another came into effect that the record to approve does not supersede."""
    wanted = InputFilter(
        customer_id=record.customer_id,
        policy_id=record.policy_id,
        kinds=(record.kind,),
        states=(State.IN_EFFECT,),
        subject=getattr(record, "subject", None),
    )
    for other in ledger.inputs(wanted):
        if other.id not in (record.id, *record.supersedes) and now.date() <= other.expires_at:
            message = _("{what} by {maker} came into effect for the customer on {moment}.")
            told = {
                "what": called(other.id, other.kind),
                "maker": people.name(other.maker),
                "moment": moment(other.effective_from, now),
            }
            hint = _("Give this one back: it has to name what it supersedes.")
            raise RungError.of(message.format(**told), hint)


def every_delegation(ledger: LedgerStore | Appending) -> Mapping[int, Delegation]:
    """Return every delegation on record, by number."""
    return delegations(ledger.events(EventFilter(kinds=DELEGATION_KINDS)))


def recorded(ledger: Appending, draft: Draft, record: _Made) -> _Made:
    """Append an act and return the human input it makes or changes, as anybody reads it from then on."""
    ledger.append(draft)
    changed = ledger.input(record.id)
    assert isinstance(changed, type(record))
    return changed
