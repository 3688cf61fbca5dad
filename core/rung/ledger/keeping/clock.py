"""What the ledger makes of clocks: a little apart is nothing, days behind is refused, ahead is put right.

Events are ordered by their numbers, whatever time they bear, so that two machines whose clocks differ do
each other no harm. But by a clock that stands days behind, what has expired would be open again, and could
be approved; so an act dated more than a day before the last one is refused. Where it is the last act that
was dated wrongly, by a clock that ran ahead, an event says so, and time goes on from there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError
from rung.ledger.canonical import canonical, is_writable
from rung.ledger.events import Draft, Event, moment_text
from rung.ledger.kinds import EventKind
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger.actor import Actor
    from rung.ledger.store import LedgerStore

__all__ = ["CLOCK_PATIENCE", "check_clock", "correct_clock"]

CLOCK_PATIENCE: Final = timedelta(days=1)
"""How far before the last act a new one may lie: clocks of two machines differ, but not by days."""


def check_clock(made_at: datetime, last_at: datetime | None, place: str) -> None:
    """Raise RungError for an act dated long before the last one."""
    if last_at is None or made_at >= last_at - CLOCK_PATIENCE:
        return
    message = _("This machine's clock says {now}, but the ledger's last act was made at {last}.")
    raise RungError.of(
        message.format(now=_minute(made_at), last=_minute(last_at.astimezone(made_at.tzinfo))),
        _("Nothing was recorded. Set the clock right; or, if the last act's was wrong: rung ledger clock."),
        Place(place),
    )


def correct_clock(store: LedgerStore, actor: Actor, reason: str, now: datetime) -> Event:
    """Record that the last act was dated by a clock that ran ahead, and that it is ``now``.

    Raises RungError where it was not, no reason is given, or the actor may only look.
    """
    if not actor.may_propose:
        raise RungError.of(_("{name} may only look here.").format(name=actor.name))
    if not reason.strip() or not is_writable(reason):
        raise RungError.of(_("Say what was wrong with the clock, for whoever reads the ledger later."))
    with store.appending() as ledger:
        head = ledger.event(ledger.head().sequence)
        if head is None or now >= head.made_at - CLOCK_PATIENCE:
            raise RungError.of(
                _("There is nothing to put right: the ledger's last act lies no more than a day ahead."),
                place=Place(store.place),
            )
        told = {"last": moment_text(head.made_at), "reason": reason.strip()}
        draft = Draft(
            kind=EventKind.CLOCK_CORRECTED,
            customer_id=None,
            policy_id=None,
            payload=canonical(told),
            made_at=now,
            maker=actor.account,
        )
        return ledger.append(draft)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
