"""The alarms wanted, what is due first at the top; read whole only as far as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rung.ledger.service.alarms import RaisedAlarm
from rung.ledger.service.filters import AlarmFilter
from rung.service.alarms.clock import is_to_be_handed_up
from rung.workspace.arrivals.shown import Before, before_whom
from rung.workspace.named_person import account_meant
from rung.workspace.whose import ME

if TYPE_CHECKING:
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.workspace import Workspace

__all__ = ["STATES", "AlarmList", "AlarmsWanted", "alarms_listed"]

STATES = ("open", "answered", "closed")
"""Values of ``AlarmState``, in the order gone through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsWanted:
    """Which alarms are wanted; what is not given does not matter."""

    states: tuple[str, ...] = STATES[:2]
    is_late: bool = False
    """Only those with a duty past its time."""
    name: str | None = None
    """Only what is before a role or a person; one's own: “me”."""
    customer_id: str | None = None
    policy_id: str | None = None


@dataclass(frozen=True)
class AlarmList:
    """Alarms wanted, what is due first at the top, those of which nothing waits after them."""

    workspace: Workspace
    now: datetime
    numbers: tuple[int, ...]
    late: int
    """How many have a duty past its time."""

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self, first: int = 0, count: int | None = None) -> Sequence[ShownAlarm]:
        """Return some of them as people are shown them, all from ``first`` on where no count is given."""
        numbers = self.numbers[first:] if count is None else self.numbers[first : first + count]
        if not numbers:
            return ()
        with self.workspace.human_input.ledger() as store:
            page = [each for each in map(store.alarm, numbers) if each is not None]
        return self.workspace.alarms.shown(page, self.now)


def alarms_listed(workspace: Workspace, wanted: AlarmsWanted, now: datetime) -> AlarmList:
    """Return the alarms wanted; raises RungError for a name that several people have."""
    import polars as pl

    human = workspace.human_input
    if not human.is_begun:
        return AlarmList(workspace, now, (), 0)
    asked = AlarmFilter(
        customer_id=wanted.customer_id,
        policy_id=wanted.policy_id,
        states=wanted.states,
        due_before=now if wanted.is_late else None,
    )
    with human.ledger() as store:
        frame = store.alarms_frame(asked)
    if wanted.name is not None:
        theirs = _before(workspace, asked, wanted.name, now)
        frame = frame.filter(pl.col("number").is_in(theirs))
    first = pl.coalesce("due", "raised_at")
    frame = frame.sort(pl.col("due").is_null(), first, "number")
    late = frame.select((pl.col("due") < now.astimezone(UTC)).sum()).item()
    return AlarmList(workspace, now, tuple(frame["number"]), int(late))


def _before(workspace: Workspace, asked: AlarmFilter, name: str, now: datetime) -> list[int]:
    """Return the numbers of alarms of which a duty that waits, or the whole once handed up, is somebody's."""
    human = workspace.human_input
    account = human.actor().account if name == ME else account_meant(name, human.people)
    known = human.people.name(account)
    alarms = workspace.alarms.alarms(asked)
    return [
        alarm.number
        for alarm, before in zip(alarms, before_whom(workspace, alarms, now), strict=True)
        if any(_stands_for(role, before, name, known) for role in _waiting_roles(alarm, now))
    ]


def _waiting_roles(alarm: RaisedAlarm, now: datetime) -> set[str]:
    roles = {each.by for each in alarm.duties if each.answer is None}
    is_escalated = alarm.is_escalated or is_to_be_handed_up(alarm, now)
    return roles | {alarm.escalate_to} if is_escalated else roles


def _stands_for(role: str, before: Before, name: str, known: str) -> bool:
    title = before.roles.get(role)
    words = {role} if title is None else {role, title.zh, title.en}
    return name in words or known in before.people.get(role, ())
