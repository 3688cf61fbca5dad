"""Events in a workspace: brought in from files, pipes or programs, kept once, and held against the alarms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Place, Problem, RungError
from rung.ledger.looking import refuse_looking
from rung.ledger.service.alarms import RaisedAlarm, alarm_draft
from rung.ledger.service.arrivals import ArrivedEvent, arrival_draft
from rung.ledger.service.filters import EVERY_ARRIVAL, AlarmFilter, ArrivedFilter
from rung.service.alarms.clock import duties_of, first_escalation
from rung.service.events.happening import Happened, Happening, checked, whole_row
from rung.text import _
from rung.workspace.arrivals.listening import Listener, Listening
from rung.workspace.human_acts import silent

if TYPE_CHECKING:
    import polars as pl

    from rung.intake.mapping import MappingFile
    from rung.intake.rejected import Rejection
    from rung.ledger.store import Appending, LedgerStore
    from rung.policy.model import Alarm
    from rung.progress import Progress
    from rung.service.calendars import Calendar
    from rung.values import Value
    from rung.vocabulary import EventTable
    from rung.workspace.service import Owing
    from rung.workspace.workspace import Workspace

__all__ = ["LOOKED_AGAIN", "Added", "Events"]

LOOKED_AGAIN: Final = timedelta(days=31)
"""So long after it happened an event kept aside is looked at again with each run."""
_SHOWN: Final = 50
# Problems told in one refusal; the rest is counted.
_STEP: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of events brought in."""

    table: str
    recorded: tuple[int, ...] = ()
    """Numbers of the events recorded, in the order of their source."""
    already: int = 0
    """How many bore a key that had arrived."""
    aside: tuple[str, ...] = ()
    """Customers nobody knows, each once; their events are kept aside."""
    aside_count: int = 0
    alarms: tuple[RaisedAlarm, ...] = ()
    refused: tuple[Rejection, ...] = ()
    """What is wrong with the rows left out, if that was asked for."""
    refused_file: Path | None = None
    """Where these are."""
    has_keys: bool = True
    """Whether the events bore keys: without, bringing them in again would make them twice."""
    problems: tuple[Problem, ...] = ()
    """Why a policy of the workspace's could not listen."""


@dataclass(frozen=True)
class Events:
    """The events of one workspace."""

    workspace: Workspace

    def add(
        self, table: str, happened: Sequence[Happened], now: datetime, *, sector: str | None = None
    ) -> Added:
        """Record events of a table: all of them or, where one is refused, none.

        A customer may be meant by name. Raises RungError with what speaks against each.
        """
        refuse_looking(self.workspace.human_input.actor())
        calendar = self.workspace.service.calendar
        with Listening(self.workspace, now) as listening:
            of_sector, definition = listening.table(table, sector)
            kept: list[Happening] = []
            refused: list[Rejection] = []
            for line, given in enumerate(happened, 1):
                each = replace(given, customer_id=listening.customer(given.customer_id.strip()))
                found = checked(each, line, definition, calendar, now)
                if isinstance(found, Happening):
                    kept.append(found)
                else:
                    refused += found
            if refused:
                raise _refusal(refused, "" if len(happened) == 1 else _("the events given"))
            return self._recorded(listening, definition, of_sector, kept, now, silent)

    def add_file(
        self,
        table: str,
        path: Path,
        now: datetime,
        *,
        sector: str | None = None,
        mapping: MappingFile | None = None,
        key: str | None = None,
        skip_bad: bool = False,
        refused_to: Path | None = None,
        report: Progress = silent,
    ) -> Added:
        """Record the events of a file: all of them or, where one is refused, none.

        ``key``: the header of their sender's own ids. ``skip_bad``: the others are recorded all the same,
        and the refused ones written to ``refused_to``, beside the file if left out. Raises RungError with
        every line that is refused, and where the file cannot be read.
        """
        from rung.service.events.reading import EventFile, read_events
        from rung.service.events.refused import refused_file, write_refused

        refuse_looking(self.workspace.human_input.actor())
        calendar = self.workspace.service.calendar
        with Listening(self.workspace, now) as listening:
            of_sector, definition = listening.table(table, sector)
            file = EventFile(path=path, table=definition, mapping=mapping, key=key)
            read = read_events(file, calendar, now, report)
            if read.refused and not skip_bad:
                raise _refusal(read.refused, str(path))
            beside = None
            if read.refused:
                beside = refused_to or refused_file(path)
                write_refused(beside, read)
            added = self._recorded(listening, definition, of_sector, read.happenings, now, report)
        return _with_refused(added, read.refused, beside, has_keys=read.has_keys)

    def _recorded(
        self,
        listening: Listening,
        table: EventTable,
        sector: str,
        happenings: Sequence[Happening],
        now: datetime,
        report: Progress,
    ) -> Added:
        if not happenings:
            return Added(table=table.id)
        human = self.workspace.human_input
        maker, calendar = human.actor().account, self.workspace.service.calendar
        known = listening.known([each.customer_id for each in happenings])
        stage = _("Recording the events")
        with human.ledger() as store, store.appending() as ledger:
            fresh = _fresh(ledger, table.id, happenings)
            numbers: list[int] = []
            hits = list(listening.raised(table, sector, fresh, ledger))
            for done, each in enumerate(fresh, 1):
                arrived = ArrivedEvent(
                    customer_id=each.customer_id,
                    table=table.id,
                    at=each.at,
                    values=each.written,
                    key=each.key,
                    is_known=each.customer_id in known,
                    maker=maker,
                    made_at=now,
                )
                numbers.append(ledger.append(arrival_draft(arrived)).sequence)
                if done % _STEP == 0:
                    report(stage, done, len(fresh))
            alarms = tuple(
                _raise(ledger, listener, alarm, numbers[place], fresh[place], maker, now, calendar)
                for place, listener, alarm in hits
            )
        strangers = [each.customer_id for each in fresh if each.customer_id not in known]
        return Added(
            table=table.id,
            recorded=tuple(numbers),
            already=len(happenings) - len(fresh),
            aside=tuple(dict.fromkeys(strangers)),
            aside_count=len(strangers),
            alarms=alarms,
            has_keys=all(each.key for each in happenings),
            problems=tuple(listening.problems),
        )

    # What has arrived

    def arrived(self, wanted: ArrivedFilter = EVERY_ARRIVAL) -> tuple[ArrivedEvent, ...]:
        """Return the events wanted, newest first, with every value unmasked; a face masks sensitive ones."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with human.ledger() as store:
            return tuple(store.arrived(wanted))

    def event(self, number: int) -> ArrivedEvent | None:
        """Return one event by its number; None where there is none."""
        human = self.workspace.human_input
        if not human.is_begun:
            return None
        with human.ledger() as store:
            return store.arrived_event(number)

    def waiting(self, owing: Owing, store: LedgerStore | None) -> pl.DataFrame | None:
        """Return what waits for an answer that a policy promises, in the columns of ``ARRIVED``."""
        from rung.policy.model import Respond
        from rung.service.events.unanswered import ANSWERED, tables_asked, unanswered

        bindings, last = owing.standing.bindings, owing.last_contacts
        asked = (each.obligation.to for each in bindings if isinstance(each.obligation, Respond))
        called = tables_asked(asked, owing.standing.compiled.vocabulary.events)
        if not called or store is None or last is None:
            return None
        arrived = store.arrived_frame(ArrivedFilter(tables=tuple(called)))
        if arrived.is_empty():
            return None
        alarms = store.alarms_frame(AlarmFilter(states=ANSWERED))
        return unanswered(arrived, last, alarms, called)

    # What was kept aside

    def look_again(self, now: datetime) -> tuple[RaisedAlarm, ...]:
        """Hold events kept aside against the alarms, now that a run has their customers.

        Each is held against the first run by a policy that was made after it came and has its customer, for
        a month; what it raised already is not raised again.
        """
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with human.ledger() as store, Listening(self.workspace, now) as listening:
            # By their tables they are found among millions of others.
            tables = {each.on for heard in listening.listeners for each in heard.compiled.alarms}
            if not tables:
                return ()
            wanted = ArrivedFilter(is_known=False, tables=tuple(sorted(tables)), since=now - LOOKED_AGAIN)
            return self._looked_again(store, listening, tuple(store.arrived(wanted)), now)

    def _looked_again(
        self, store: LedgerStore, listening: Listening, aside: Sequence[ArrivedEvent], now: datetime
    ) -> tuple[RaisedAlarm, ...]:
        known = listening.known([each.customer_id for each in aside]) if aside else frozenset()
        found: list[RaisedAlarm] = []
        human = self.workspace.human_input
        calendar = self.workspace.service.calendar
        theirs = [each for each in reversed(aside) if each.customer_id in known]
        if not theirs:
            return ()
        # The events' own words are held against the columns as they are now.
        hits = list(_again(listening, theirs, store))
        if not hits:
            return ()
        with store.appending() as ledger:
            for event, happening, listener, alarm in hits:
                policy = listener.compiled.policy.id
                same = AlarmFilter(event=event.number, policy_id=policy, alarm=alarm.id)
                if next(ledger.alarms(same), None) is None:
                    maker = human.actor().account
                    found.append(
                        _raise(ledger, listener, alarm, event.number, happening, maker, now, calendar)
                    )
        return tuple(found)


def _again(
    listening: Listening, events: Sequence[ArrivedEvent], store: LedgerStore
) -> Iterator[tuple[ArrivedEvent, Happening, Listener, Alarm]]:
    """Yield what events once kept aside raise, each by the first run that has its customer."""
    from rung.workspace.arrivals.first_runs import first_listeners

    for table_id in dict.fromkeys(each.table for each in events):
        for sector, table in listening.tables.get(table_id, {}).items():
            of_table = [each for each in events if each.table == table_id]
            calendar = listening.workspace.service.calendar
            happenings = [_happening(each, table, calendar) for each in of_table]
            for places, listener in first_listeners(listening, sector, table_id, of_table):
                some = [happenings[place] for place in places]
                for place, heard, alarm in listening.raised_by(listener, table_id, some, store):
                    yield of_table[places[place]], some[place], heard, alarm


def _happening(event: ArrivedEvent, table: EventTable, calendar: Calendar) -> Happening:
    """Return an event on record as one on its way in; what its columns cannot hold any more is missing."""
    from rung.ledger.grades.kept_values import kept_value

    columns = {each.id: each for each in table.columns}
    values: dict[str, Value | None] = {}
    for name, text in event.values.items():
        if name in columns:
            try:
                values[name] = kept_value(text, columns[name])
            except ValueError:
                values[name] = None
    return Happening(
        line=0,
        customer_id=event.customer_id,
        at=event.at,
        values=whole_row(table, calendar, event.customer_id, event.at, values),
        written=event.values,
        key=event.key,
    )


def _fresh(ledger: Appending, table: str, happenings: Sequence[Happening]) -> list[Happening]:
    """Return the events that have not arrived yet, of those with one key the first."""
    seen = dict(ledger.arrived_by_keys(table, (each.key for each in happenings if each.key)))
    fresh: list[Happening] = []
    for each in happenings:
        if each.key:
            if each.key in seen:
                continue
            seen[each.key] = 0
        fresh.append(each)
    return fresh


def _raise(
    ledger: Appending,
    listener: Listener,
    alarm: Alarm,
    event: int,
    happening: Happening,
    maker: str,
    now: datetime,
    calendar: Calendar,
) -> RaisedAlarm:
    policy = listener.compiled.policy
    duties = duties_of(alarm, happening.at, calendar)
    escalate_at, escalate_to = first_escalation(alarm, duties, calendar)
    made = RaisedAlarm(
        customer_id=happening.customer_id,
        alarm=alarm.id,
        policy_id=policy.id,
        policy_version=policy.version,
        event=event,
        duties=duties,
        escalate_at=escalate_at,
        escalate_to=escalate_to,
        maker=maker,
        raised_at=now,
    )
    return replace(made, number=ledger.append(alarm_draft(made)).sequence)


def _with_refused(
    added: Added, refused: tuple[Rejection, ...], file: Path | None, *, has_keys: bool
) -> Added:
    return replace(added, refused=refused, refused_file=file, has_keys=has_keys and added.has_keys)


def _refusal(refused: Sequence[Rejection], file: str) -> RungError:
    """Return the error that tells every row refused, each with its line; of very many the first."""
    problems = [_problem(each, file) for each in refused[:_SHOWN]]
    more = len({each.line for each in refused[_SHOWN:]} - {each.line for each in refused[:_SHOWN]})
    if file:
        count = len({each.line for each in refused})
        words = (
            _("{count} rows are refused, so none is recorded.")
            if count > 1
            else _("A row is refused, so none is recorded.")
        )
        hint = _("Mend them, or add --skip-bad: the others are recorded, these are written to a file.")
        told = words.format(count=f"{count:,}")
        if more:
            told = f"{told} " + _("{n} rows more are not shown.").format(n=f"{more:,}")
        problems.append(Problem(told, hint))
    return RungError.all(problems)


def _problem(each: Rejection, file: str) -> Problem:
    found = _("{column}: {problem}").format(column=each.column, problem=each.problem)
    place = Place(file, each.line) if file else None
    return Problem(found if each.column else each.problem, "", place)
