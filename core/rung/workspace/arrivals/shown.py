"""Alarms as people, commands and webhooks are told of them: whose they are, who must act, what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rung.errors import RungError
from rung.ledger.service.alarms import RaisedAlarm
from rung.ledger.service.arrivals import ArrivedEvent
from rung.service.alarms.clock import MANAGER, handed_up_at, is_late, is_to_be_handed_up
from rung.service.alarms.whose import WhoseCustomer, before
from rung.text import MASK, Text
from rung.workspace.arrivals.listening import Listening

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import LedgerStore
    from rung.policy.model import Policy
    from rung.vocabulary import EventTable
    from rung.workspace.workspace import Workspace

__all__ = ["Before", "ShownAlarm", "alarm_message", "before_whom", "masked_values", "shown_alarms"]

_MANAGER_TITLE = Text("主管", "Manager")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAlarm:
    """One alarm with what it takes to understand it."""

    alarm: RaisedAlarm
    title: Text
    reason: Text | None
    customer_name: str | None
    roles: Mapping[str, Text]
    """Titles of the roles it speaks of; a role without one is known by its id."""
    people: Mapping[str, tuple[str, ...]]
    """The names of those each role stands for; of some nobody is known."""
    event: ArrivedEvent | None
    """Sensitive values masked."""
    table: Text | None
    columns: Mapping[str, Text]
    """What the event's values are called; nothing where its table is gone."""
    is_late: bool
    hands_up_at: datetime | None
    """When it is handed up as it stands; None where it never is, or was."""
    is_escalated: bool
    """Whether it was handed up, or is to be by now."""

    def role(self, role: str) -> str:
        """Return what a role is called."""
        return str(self.roles.get(role, role))


def shown_alarms(
    workspace: Workspace, alarms: Sequence[RaisedAlarm], now: datetime
) -> tuple[ShownAlarm, ...]:
    """Return alarms with what it takes to understand them, in their order."""
    human = workspace.human_input
    if not alarms or not human.is_begun:
        return ()
    with Listening(workspace, now) as listening, human.ledger() as store:
        work = _Showing(listening, store, {each.customer_id for each in alarms})
        return tuple(work.shown(each, now) for each in alarms)


@dataclass(frozen=True, slots=True)
class Before:
    """Before whom an alarm may be."""

    roles: Mapping[str, Text]
    """Titles of roles."""
    people: Mapping[str, tuple[str, ...]]
    """The names of those each role of the alarm stands for."""


def before_whom(workspace: Workspace, alarms: Sequence[RaisedAlarm], now: datetime) -> tuple[Before, ...]:
    """Return before whom each of many alarms may be, in their order; quicker than to show them whole."""
    human = workspace.human_input
    if not alarms or not human.is_begun:
        return ()
    with Listening(workspace, now) as listening, human.ledger() as store:
        work = _Showing(listening, store, {each.customer_id for each in alarms})
        holders = dict(store.holders_frame().select("customer_id", "account").iter_rows())
        return tuple(work.before(each, holders.get(each.customer_id)) for each in alarms)


def _roles(alarm: RaisedAlarm) -> list[str]:
    return [each.by for each in alarm.duties] + ([alarm.escalate_to] if alarm.escalate_to else [])


class _Showing:
    def __init__(self, listening: Listening, store: LedgerStore, customers: set[str]) -> None:
        self._listening = listening
        self._workspace = listening.workspace
        self._people = self._workspace.human_input.people
        self._store = store
        self._policies: dict[str, Policy | None] = {}
        self._names: dict[str, tuple[str | None, str | None]] = {}
        self._read_names(customers)

    def shown(self, alarm: RaisedAlarm, now: datetime) -> ShownAlarm:
        policy = self._policy(alarm.policy_id)
        written = next((each for each in policy.alarms if each.id == alarm.alarm), None) if policy else None
        name, portfolio = self._names.get(alarm.customer_id, (None, None))
        event = self._store.arrived_event(alarm.event)
        table = None if event is None else self._table(event)
        titles = self._titles(policy)
        roles = _roles(alarm)
        holding = self._store.holder(alarm.customer_id)
        holder = None if holding is None else holding.account
        people = self._names_of_roles(alarm, roles, titles, holder, portfolio)
        return ShownAlarm(
            alarm=alarm,
            title=written.title if written else Text.same(alarm.alarm),
            reason=written.reason if written else None,
            customer_name=name,
            roles={role: titles[role] for role in people if role in titles},
            people=people,
            event=event if event is None or table is None else masked_values(event, table),
            table=None if table is None else table.title,
            columns={} if table is None else {each.id: each.title for each in table.columns},
            is_late=is_late(alarm, now),
            hands_up_at=handed_up_at(alarm),
            is_escalated=alarm.is_escalated or is_to_be_handed_up(alarm, now),
        )

    def before(self, alarm: RaisedAlarm, holder: str | None) -> Before:
        titles = self._titles(self._policy(alarm.policy_id))
        portfolio = self._names.get(alarm.customer_id, (None, None))[1]
        people = self._names_of_roles(alarm, _roles(alarm), titles, holder, portfolio)
        return Before(titles, people)

    def _names_of_roles(
        self,
        alarm: RaisedAlarm,
        roles: Sequence[str],
        titles: Mapping[str, Text],
        holder: str | None,
        portfolio: str | None,
    ) -> dict[str, tuple[str, ...]]:
        whose = WhoseCustomer(holder, None if holder else portfolio)
        return {
            role: tuple(map(self._people.name, before(alarm, role, titles.get(role), whose, self._people)))
            for role in dict.fromkeys(roles)
        }

    def _titles(self, policy: Policy | None) -> dict[str, Text]:
        return {MANAGER: _MANAGER_TITLE, **(policy.roles if policy else {})}

    def _policy(self, policy_id: str) -> Policy | None:
        if policy_id not in self._policies:
            self._policies[policy_id] = self._found(policy_id)
        return self._policies[policy_id]

    def _found(self, policy_id: str) -> Policy | None:
        compiled = [each.compiled for each in self._listening.heard]
        compiled += [each.compiled for each in self._listening.listeners]
        for each in compiled:
            if each.policy.id == policy_id:
                return each.policy
        try:
            return self._workspace.shelf.find(policy_id).policy
        except RungError:
            return None  # it is gone: the alarm itself keeps what must be done

    def _table(self, event: ArrivedEvent) -> EventTable | None:
        found = self._listening.tables.get(event.table, {})
        fitting = [each for each in found.values() if event.values.keys() <= {c.id for c in each.columns}]
        return next(iter(fitting), None)

    def _read_names(self, customers: set[str]) -> None:
        import polars as pl

        from rung.runs.run import MEASURED

        asked, field = pl.Series(sorted(customers), dtype=pl.String), self._workspace.config.portfolio
        for heard in self._listening.heard:
            whose = pl.scan_ipc(heard.run.folder / MEASURED)
            portfolio: pl.Expr = pl.lit(None, dtype=pl.String)
            if field is not None and field in whose.collect_schema():
                portfolio = pl.col(field).cast(pl.String)
            frame = heard.run.frame().select("customer_id", "customer_name")
            found = frame.filter(pl.col("customer_id").is_in(asked.implode())).collect()
            theirs = _portfolios(whose, asked, portfolio)
            for customer, name in found.iter_rows():
                self._names.setdefault(customer, (name, theirs.get(customer)))


def _portfolios(measured: pl.LazyFrame, asked: pl.Series, portfolio: pl.Expr) -> dict[str, str]:
    import polars as pl

    of_them = measured.filter(pl.col("customer_id").is_in(asked.implode()))
    return dict(of_them.select("customer_id", portfolio.alias("whose")).collect().iter_rows())


def masked_values(event: ArrivedEvent, table: EventTable) -> ArrivedEvent:
    """Return an event with the values of sensitive columns masked; ``table`` has these marked."""
    from dataclasses import replace

    hidden = {each.id for each in table.columns if each.is_sensitive}
    values = {
        name: MASK if name in hidden and value is not None else value for name, value in event.values.items()
    }
    return replace(event, values=values)


def alarm_message(shown: ShownAlarm) -> dict[str, Any]:
    """Return what the world outside is told of an alarm, as plain data; sensitive values are masked."""
    alarm, event = shown.alarm, shown.event
    return {
        "id": alarm.id,
        "alarm": alarm.alarm,
        "title": _both(shown.title),
        "reason": None if shown.reason is None else _both(shown.reason),
        "policy": alarm.policy_id,
        "policy_version": alarm.policy_version,
        "customer_id": alarm.customer_id,
        "customer_name": shown.customer_name,
        "raised_at": alarm.raised_at.isoformat(),
        "event": None
        if event is None
        else {
            "id": event.id,
            "table": event.table,
            "at": event.at.isoformat(),
            "key": event.key,
            "values": dict(event.values),
        },
        "duties": [
            {
                "text": _both(each.text),
                "by": each.by,
                "by_title": _both(shown.roles[each.by]) if each.by in shown.roles else None,
                "people": list(shown.people.get(each.by, ())),
                "channel": None if each.channel is None else _both(each.channel),
                "due": each.due.isoformat(),
                "is_answered": each.answer is not None,
            }
            for each in alarm.duties
        ],
        "escalates_at": None if shown.hands_up_at is None else shown.hands_up_at.isoformat(),
        "escalates_to": alarm.escalate_to or None,
        "is_escalated": shown.is_escalated,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
