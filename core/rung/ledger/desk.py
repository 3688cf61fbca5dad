"""Where human acts are taken in: each is held against the rules and recorded while nobody else can act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from rung.errors import RungError
from rung.ledger.actor import Actor
from rung.ledger.canonical import canonical
from rung.ledger.folding import act_draft, proposal_draft
from rung.ledger.kinds import Act, InputKind
from rung.ledger.overrides import Ground, Proposal, drawn_up, objections, objections_to_withdrawal
from rung.ledger.records import Decision, Override
from rung.ledger.store import OPEN, Appending, InputFilter, LedgerStore
from rung.text import _

__all__ = ["Desk", "inputs_hash", "no_override", "overrides_in"]

_ID: Final = re.compile(r"[Oo]?([1-9][0-9]{0,17})")
# "O" and the number of the event that proposed it: short enough to type, and never given twice.


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger as one person acts on it."""

    store: LedgerStore
    actor: Actor

    def propose(self, proposal: Proposal, ground: Ground, now: datetime) -> Override:
        """Record an override and return it; the actor's own open ones are superseded without being named.

        ``now`` has a time zone, by whose calendar expiry is judged. Raises RungError with everything that
        speaks against it.
        """
        with self.store.appending() as ledger:
            rivals = _open(ledger, ground.customer_id, ground.policy.id, now.date())
            own = [rival.id for rival in rivals if rival.maker == self.actor.account]
            named = tuple(dict.fromkeys((*map(_written_id, proposal.supersedes), *own)))
            proposal = replace(proposal, supersedes=named)
            problems = objections(proposal, ground, rivals, self.actor, now)
            if problems:
                raise RungError.all(problems)
            override_id = f"O{ledger.next_sequence}"
            override = drawn_up(proposal, ground, rivals, self.actor, now, override_id)
            event = ledger.append(proposal_draft(override))
        return replace(override, previous_hash=event.previous)

    def withdraw(self, override_id: str, now: datetime) -> Override:
        """Record that the actor takes an override back, and return it.

        Raises RungError where there is none of that id, it is not open, or another made it.
        """
        with self.store.appending() as ledger:
            override = _find(ledger, override_id)
            problems = objections_to_withdrawal(override, self.actor, now.date())
            if problems:
                raise RungError.all(problems)
            taken_back = Decision(act=Act.WITHDRAWN, by=self.actor.account, at=now)
            ledger.append(act_draft(override, taken_back))
        return replace(override, decisions=(*override.decisions, taken_back))


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
    """Return the refusal of an id no override has."""
    message = _("There is no override “{id}”.").format(id=override_id)
    return RungError.of(message, _("See what there is: rung override list."))


def _open(ledger: Appending, customer_id: str, policy_id: str, today: date) -> list[Override]:
    wanted = InputFilter(
        customer_id=customer_id, policy_id=policy_id, kinds=(InputKind.OVERRIDE,), states=OPEN
    )
    found = (each for each in ledger.inputs(wanted) if isinstance(each, Override))
    return [override for override in found if override.status(today).is_open]


def _written_id(override_id: str) -> str:
    match = _ID.fullmatch(override_id.strip())
    return f"O{match[1]}" if match else override_id


def _find(ledger: Appending, override_id: str) -> Override:
    found = ledger.input(_written_id(override_id))
    if not isinstance(found, Override):
        raise no_override(override_id)
    return found
