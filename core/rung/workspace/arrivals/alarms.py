"""Alarms in a workspace: what waits for whom by when, answered and closed on record, handed up when late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.ledger.canonical import is_writable
from rung.ledger.looking import refuse_looking
from rung.ledger.service.alarms import (
    AlarmClosing,
    AlarmState,
    DutyAnswer,
    Escalation,
    RaisedAlarm,
    answer_draft,
    closing_draft,
    escalation_draft,
)
from rung.ledger.service.filters import EVERY_ALARM, AlarmFilter
from rung.moments import local
from rung.service.alarms.clock import is_to_be_handed_up
from rung.text import _
from rung.workspace.human_acts import silent

if TYPE_CHECKING:
    from rung.ledger.events import Draft
    from rung.progress import Progress
    from rung.service.due import Besides
    from rung.workspace.arrivals.sending import Sent
    from rung.workspace.arrivals.shown import ShownAlarm
    from rung.workspace.workspace import Workspace

__all__ = ["Alarms", "Looked", "alarm_number"]

_ID: Final = re.compile(r"[Ww]?([0-9]{1,18})")
_INSTANT: Final = timedelta(microseconds=1)
_LONGEST: Final = 10_000
# Characters of a note.


@dataclass(frozen=True, slots=True)
class Looked:
    """What came to light when somebody looked."""

    escalated: tuple[RaisedAlarm, ...] = ()
    """Alarms handed up now, for nobody answered them in time."""
    raised: tuple[RaisedAlarm, ...] = ()
    """Alarms of events that had been kept aside."""


@dataclass(frozen=True)
class Alarms:
    """The alarms of one workspace."""

    workspace: Workspace

    def alarms(self, wanted: AlarmFilter = EVERY_ALARM) -> tuple[RaisedAlarm, ...]:
        """Return the alarms wanted as they stand, oldest first."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with human.ledger() as store:
            return tuple(store.alarms(wanted))

    def alarm(self, alarm_id: str) -> RaisedAlarm:
        """Return an alarm by its id; raises RungError where there is none."""
        human, number = self.workspace.human_input, alarm_number(alarm_id)
        found = None
        if human.is_begun:
            with human.ledger() as store:
                found = store.alarm(number)
        if found is None:
            raise _no_alarm(alarm_id)
        return found

    def shown(self, alarms: Sequence[RaisedAlarm], now: datetime) -> tuple[ShownAlarm, ...]:
        """Return alarms as people are shown them: who must act, what it is about, sensitive values masked."""
        from rung.workspace.arrivals.shown import shown_alarms

        return shown_alarms(self.workspace, alarms, now)

    def due(self, policy_id: str, now: datetime) -> Iterator[Besides]:
        """Yield what waits of open alarms, as rows of what is due in the list of a policy.

        They are its own alarms, and those of policies that have no run of theirs and so no list.
        """
        from rung.service.alarms.due_rows import alarms_due

        human = self.workspace.human_input
        if not human.is_begun:
            return
        with human.ledger() as store:
            waiting = tuple(store.alarms(AlarmFilter(states=(AlarmState.OPEN.value,))))
        if any(is_to_be_handed_up(each, now) for each in waiting):
            with suppress(RungError):  # what cannot be put on record now is told all the same
                self.hand_up(now)
        if waiting:
            listed = {each.policy.id for each in self.workspace.runs().manifests} - {policy_id}
            theirs = (each for each in waiting if each.policy_id not in listed)
            yield from alarms_due(theirs, self.workspace.service.calendar, now)

    def look(self, now: datetime) -> Looked:
        """Put on record what time has brought about: alarms handed up, events whose customer is known now.

        Whoever looks is its maker, though it is nobody's decision: it is recorded once, by the first.
        """
        raised = self.workspace.events.look_again(now)
        return Looked(self.hand_up(now), raised)

    def hand_up(self, now: datetime) -> tuple[RaisedAlarm, ...]:
        """Put on record which alarms are handed up, for nobody answered them in time; return these."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        due = AlarmFilter(escalates_before=now + _INSTANT)
        with human.ledger() as store:
            if next(_to_be_handed_up(store.alarms(due), now), None) is None:
                return ()
            maker = human.actor().account
            with store.appending() as ledger:
                # Read anew, for somebody may have answered or looked a moment before; and all before anything
                # is appended, for what is read in between has to be written first.
                late = list(_to_be_handed_up(ledger.alarms(due), now))
                for alarm in late:
                    ledger.append(escalation_draft(alarm, Escalation(to=alarm.escalate_to, by=maker, at=now)))
        return tuple(
            replace(alarm, escalations=(Escalation(to=alarm.escalate_to, by=maker, at=now),))
            for alarm in late
        )

    def answer(self, alarm_id: str, note: str, now: datetime, duty: int | None = None) -> RaisedAlarm:
        """Record what was done about a duty of an alarm, by its number from 1; without one the next due.

        Raises RungError where the duty is answered or the alarm closed, with by whom and when.
        """
        _check_note(note)

        def act(alarm: RaisedAlarm, account: str) -> Draft:
            place = _duty_meant(alarm, duty, self._name)
            return answer_draft(alarm, DutyAnswer(duty=place, note=note.strip(), by=account, at=now))

        return self._acted(alarm_id, act)

    def close(
        self, alarm_id: str, note: str, now: datetime, outcome: str = "", *, unanswered: bool = False
    ) -> RaisedAlarm:
        """Record what came of an alarm; ``unanswered``: though duties of it wait to be answered.

        Raises RungError where it is closed already, with by whom and when, and where duties wait.
        """
        _check_note(note)
        _check_text(outcome)

        def act(alarm: RaisedAlarm, account: str) -> Draft:
            waiting = [number for number, each in enumerate(alarm.duties, 1) if each.answer is None]
            if waiting and not unanswered:
                message = _("Of {id}, duties wait to be answered: {numbers}.")
                raise RungError.of(
                    message.format(id=alarm.id, numbers=", ".join(map(str, waiting))),
                    _("Answer them: rung alarm answer {id}; or, if none is needed, add --unanswered.").format(
                        id=alarm.id
                    ),
                )
            closing = AlarmClosing(note=note.strip(), outcome=outcome.strip(), by=account, at=now)
            return closing_draft(alarm, closing)

        return self._acted(alarm_id, act)

    def send(
        self,
        now: Callable[[], datetime],
        *,
        only: Sequence[int] | None = None,
        budget: float | None = None,
        again: bool = False,
        report: Progress = silent,
    ) -> Sent:
        """Tell of the alarms not delivered yet by the command, the webhook and the plugins there are.

        ``only``: some, by number; ``budget``: seconds after which no attempt is begun; ``again``: at once,
        and those given up too. Every attempt is on record; what fails stays to be sent.
        """
        from rung.workspace.arrivals.sending import send_alarms

        return send_alarms(self.workspace, now, only=only, budget=budget, again=again, report=report)

    def _acted(self, alarm_id: str, act: Callable[[RaisedAlarm, str], Draft]) -> RaisedAlarm:
        human, number = self.workspace.human_input, alarm_number(alarm_id)
        actor = human.actor()
        refuse_looking(actor)
        if not human.is_begun:
            raise _no_alarm(alarm_id)
        with human.ledger() as store, store.appending() as ledger:
            alarm = ledger.alarm(number)
            if alarm is None:
                raise _no_alarm(alarm_id)
            if alarm.closing is not None:
                message = _("{id} was closed by {name} on {when}.")
                raise RungError.of(
                    message.format(
                        id=alarm.id, name=self._name(alarm.closing.by), when=_minute(alarm.closing.at)
                    )
                )
            ledger.append(act(alarm, actor.account))
            found = ledger.alarm(number)
            assert found is not None
        return found

    def _name(self, account: str) -> str:
        return self.workspace.human_input.people.name(account)


def alarm_number(alarm_id: str) -> int:
    """Return the number in an alarm's id; raises RungError for what is none."""
    match = _ID.fullmatch(alarm_id.strip())
    if match is None:
        raise _no_alarm(alarm_id)
    return int(match[1])


def _no_alarm(alarm_id: str) -> RungError:
    message = _("There is no alarm “{id}”.").format(id=alarm_id)
    return RungError.of(message, _("See which there are: rung alarm list --all."))


def _to_be_handed_up(alarms: Iterator[RaisedAlarm], now: datetime) -> Iterator[RaisedAlarm]:
    return (each for each in alarms if is_to_be_handed_up(each, now))


def _duty_meant(alarm: RaisedAlarm, duty: int | None, name: Callable[[str], str]) -> int:
    """Return the place of the duty meant; raises RungError for none, and for one that is answered."""
    if duty is None:
        waiting = [place for place, each in enumerate(alarm.duties) if each.answer is None]
        if waiting:
            return min(waiting, key=lambda place: alarm.duties[place].due)
        duty = 1
    if not 1 <= duty <= len(alarm.duties):
        message = _("{id} has no duty {n}: they are numbered from 1 to {most}.")
        raise RungError.of(message.format(id=alarm.id, n=duty, most=len(alarm.duties)))
    answer = alarm.duties[duty - 1].answer
    if answer is not None:
        message = _("Duty {n} of {id} was answered by {name} on {when} already.")
        words = message.format(n=duty, id=alarm.id, name=name(answer.by), when=_minute(answer.at))
        raise RungError.of(words, _("Say what came of it: rung alarm close {id}.").format(id=alarm.id))
    return duty - 1


def _check_note(note: str) -> None:
    if not note.strip():
        raise RungError.of(_("The note says nothing."), _("Write what was done, in a sentence or two."))
    _check_text(note)


def _check_text(text: str) -> None:
    problems: list[Problem] = []
    if not is_writable(text) or "\x00" in text:
        problems.append(Problem(_("The note holds bytes that are no text.")))
    if len(text) > _LONGEST:
        message = _("The note has {count} characters; {most} are allowed.")
        problems.append(Problem(message.format(count=len(text), most=_LONGEST)))
    if problems:
        raise RungError.all(problems)


def _minute(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
