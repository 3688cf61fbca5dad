"""Promises and alarms made ready: every condition bound, every event table known."""

from __future__ import annotations

from collections.abc import Mapping

from rung.errors import did_you_mean
from rung.grading.compiled_promises import CompiledAlarm, CompiledObligation, CompiledTerms
from rung.grading.findings import Findings
from rung.policy.binding import Bound, bind
from rung.policy.conditions import Condition, conditions_in
from rung.policy.model import Alarm, ServiceTerms
from rung.text import _
from rung.vocabulary import EventTable, Quantity, RecordType

__all__ = ["compile_alarm", "compile_terms"]


def compile_terms(
    terms: ServiceTerms,
    key: str,
    quantities: Mapping[str, Quantity],
    records: Mapping[str, RecordType],
    findings: Findings,
) -> CompiledTerms:
    """Return the terms with the conditions of single promises bound; ``key`` is where they stand.

    ``records`` are the types of record the terms may require an open one of.
    """
    if terms.requires is not None and terms.requires not in records:
        findings.report(
            f"{key}.requires",
            _("There is no record type “{found}”.").format(found=terms.requires),
            did_you_mean(terms.requires, list(records)) or _("Record types come from the sector."),
        )
    made: list[CompiledObligation] = []
    counted: dict[str, int] = {}
    for code, obligation in terms.coded():
        place = f"{key}.{obligation.kind}[{counted.get(obligation.kind, 0)}].when"
        counted[obligation.kind] = counted.get(obligation.kind, 0) + 1
        condition = None
        if obligation.when is not None:
            condition = findings.attempt(place, bind, obligation.when, quantities, place)
        made.append(CompiledObligation(code, obligation, condition))
    return CompiledTerms(terms, tuple(made))


def compile_alarm(
    alarm: Alarm,
    key: str,
    tables: Mapping[str, EventTable],
    quantities: Mapping[str, Quantity],
    findings: Findings,
) -> CompiledAlarm:
    """Return the alarm with its conditions bound: one over an event's columns, one over the customer."""
    event = customers = None
    table = tables.get(alarm.on)
    if table is None:
        findings.report(
            f"{key}.on",
            _("There is no event table “{found}”.").format(found=alarm.on),
            did_you_mean(alarm.on, list(tables)) or _("Event tables come from the sector."),
        )
    elif alarm.when is not None:
        event = _over_event(alarm.when, f"{key}.when", table, findings)
    if alarm.customers is not None:
        place = f"{key}.customers"
        customers = findings.attempt(place, bind, alarm.customers, quantities, place)
    return CompiledAlarm(alarm.id, alarm.on, event, customers)


def _over_event(when: Condition, key: str, table: EventTable, findings: Findings) -> Bound | None:
    """Return a condition over an event's own columns, bound."""
    columns = {column.id: column for column in table.columns}
    unknown = [cell.name for cell in conditions_in(when) if cell.name not in columns]
    for name in dict.fromkeys(unknown):
        findings.report(
            f"{key}.{name}",
            _("The event table “{table}” has no column “{found}”.").format(table=table.id, found=name),
            did_you_mean(name, list(columns)) or _("Values of the customer go under customers."),
        )
    return None if unknown else findings.attempt(key, bind, when, columns, key)
