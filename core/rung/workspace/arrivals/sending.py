"""Sends alarms out: by a command, a webhook and plugins, each tried again later where it failed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.ledger.service.alarms import AlarmState, RaisedAlarm, Sending, sending_draft
from rung.ledger.service.filters import AlarmFilter
from rung.plugins import Extra
from rung.service.alarms.command import CommandWay
from rung.service.alarms.ways import Attempted, PluginWay, Way, next_try_at, tries_of
from rung.service.alarms.webhook import WebhookWay
from rung.text import _
from rung.workspace.arrivals.shown import ShownAlarm, alarm_message

if TYPE_CHECKING:
    from rung.progress import Progress
    from rung.workspace.workspace import Workspace

__all__ = ["Sent", "send_alarms", "ways_of"]

_PATIENCE: Final = 10.0
# Seconds one waits, within one call, for the next try; what is due later is left for another.
_DOWN: Final = 3
# So many alarms in a row that a way failed for: it is out of order, and left alone for now.
_PAGE: Final = 200
_STANDING: Final = (AlarmState.OPEN.value, AlarmState.ANSWERED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of sending."""

    ways: tuple[str, ...] = ()
    """The ways there are; none: nobody outside is told."""
    delivered: int = 0
    failed: int = 0
    """Attempts that failed."""
    waiting: int = 0
    """What is still to be sent, alarms times ways."""
    given_up: int = 0
    """What was tried as often as it may be."""
    next_at: datetime | None = None
    """When the first of those waiting may be tried again."""
    last_problem: str = ""
    """What was said of the last attempt that failed, after the way's name."""


def ways_of(workspace: Workspace) -> tuple[Way, ...]:
    """Return the ways a workspace sends alarms by."""
    said, host = workspace.config.alarms, workspace.host
    ways: list[Way] = []
    if said.run:
        ways.append(CommandWay(said.run, workspace.folder))
    if said.webhook is not None:
        ways.append(WebhookWay(said.webhook))
    plugins = (PluginWay(name, partial(host.alarm_hook, name)) for name in host.names(Extra.ALARM))
    return (*ways, *plugins)


def send_alarms(
    workspace: Workspace,
    now: Callable[[], datetime],
    *,
    only: Sequence[int] | None,
    budget: float | None,
    again: bool,
    report: Progress,
) -> Sent:
    """Tell of what is not delivered; see ``Alarms.send``."""
    ways = ways_of(workspace)
    if not ways or not workspace.human_input.is_begun:
        return Sent(ways=tuple(each.name for each in ways))
    end = None if budget is None else time.monotonic() + budget
    work = _Sending(workspace, now, end, again=again)
    for way in ways:
        work.by(way, None if only is None else frozenset(only), report)
    return Sent(
        ways=tuple(each.name for each in ways),
        delivered=work.counts["delivered"],
        failed=work.counts["failed"],
        waiting=work.counts["waiting"],
        given_up=work.counts["given_up"],
        next_at=min(work.next_at, default=None),
        last_problem=work.last_problem,
    )


class _Sending:
    def __init__(
        self, workspace: Workspace, now: Callable[[], datetime], end: float | None, *, again: bool
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.next_at: list[datetime] = []
        self.last_problem = ""
        self._workspace = workspace
        self._now = now
        self._end = end
        self._again = again
        self._tries = workspace.config.alarms.tries
        self._timeout = workspace.config.alarms.timeout
        self._failed_in_row = 0

    def by(self, way: Way, only: frozenset[int] | None, report: Progress) -> None:
        """Send what is not delivered by one way."""
        self._failed_in_row = 0
        alarms = self._undelivered(way, only)
        for start in range(0, len(alarms), _PAGE):
            page = alarms[start : start + _PAGE]
            shown = self._workspace.alarms.shown(page, self._now())
            for done, each in enumerate(shown, start + 1):
                self._see_to(way, each)
                report(_("Sending alarms"), done, len(alarms))

    def _undelivered(self, way: Way, only: frozenset[int] | None) -> list[RaisedAlarm]:
        wanted = AlarmFilter(states=_STANDING, not_delivered_by=way.name)
        found = self._workspace.alarms.alarms(wanted)
        return [each for each in found if only is None or each.number in only]

    def _see_to(self, way: Way, shown: ShownAlarm) -> None:
        """Try until it is delivered, given up, or the next try lies too far off."""
        alarm, again = shown.alarm, self._again
        tried = before = tries_of(alarm, way.name)
        while True:
            is_given_up = len(tried) >= self._tries and not again
            is_left = self._is_over or self._failed_in_row >= _DOWN
            if is_given_up or is_left or not self._waited(tried, again=again):
                self.counts["given_up" if is_given_up else "waiting"] += 1
                self._failed_in_row += len(tried) > len(before)
                return
            made = way.send(alarm_message(shown), self._timeout)
            tried = (*tried, self._recorded(alarm.number, way.name, made))
            again = False
            if made.is_delivered:
                self.counts["delivered"] += 1
                self._failed_in_row = 0
                return
            self.counts["failed"] += 1
            self.last_problem = f"{way.name}: {made.said}"

    @property
    def _is_over(self) -> bool:
        return self._end is not None and time.monotonic() >= self._end

    def _waited(self, tried: Sequence[Sending], *, again: bool) -> bool:
        """Wait for the next try where it is near; whether it may be made now."""
        at = None if again else next_try_at(tuple(tried))
        if at is None:
            return True
        seconds = (at - self._now()).total_seconds()
        if seconds <= 0:
            return True
        # Whoever brought events in does not wait for somebody else's machine.
        if seconds > (_PATIENCE if self._end is None else 0):
            self.next_at.append(at)
            return False
        time.sleep(seconds)
        return True

    def _recorded(self, number: int, way: str, made: Attempted) -> Sending:
        """Put an attempt on record; raises RungError where that fails."""
        human = self._workspace.human_input
        with human.ledger() as store, store.appending() as ledger:
            alarm = ledger.alarm(number)
            if alarm is None:
                raise RungError.of(_("There is no alarm “{id}”.").format(id=f"W{number}"))
            sending = Sending(
                way=way,
                attempt=len(tries_of(alarm, way)) + 1,
                is_delivered=made.is_delivered,
                said=made.said,
                at=self._now(),
            )
            ledger.append(sending_draft(alarm, sending, human.actor().account))
        return sending
