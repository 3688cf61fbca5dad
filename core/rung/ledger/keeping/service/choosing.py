"""Filters of service as queries over its tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, Table, select, tuple_

from rung.ledger.keeping.service.numbers import days, micros
from rung.ledger.keeping.service.rows import delivered_text
from rung.ledger.keeping.service.tables import alarms, arrived, contacts, holders, records, reviews
from rung.ledger.service.alarms import AlarmState
from rung.ledger.service.filters import (
    AlarmFilter,
    ArrivedFilter,
    ContactFilter,
    HoldingFilter,
    RecordFilter,
    ReviewFilter,
)

__all__ = [
    "chosen_alarms",
    "chosen_arrived",
    "chosen_contacts",
    "chosen_holdings",
    "chosen_records",
    "chosen_reviews",
]

_Query = Select[Any]


def chosen_contacts(wanted: ContactFilter) -> _Query:
    """Return the query for the numbers of the contacts wanted, newest first."""
    query = _same(contacts, wanted, "customer_id", "maker", "outcome", "reached")
    query = _between(query, contacts.c.at, wanted.since, wanted.until)
    if wanted.is_withdrawn is not None:
        taken_back = contacts.c.withdrawn
        query = query.where(taken_back.is_not(None) if wanted.is_withdrawn else taken_back.is_(None))
    if wanted.before is not None:
        at, number = wanted.before
        query = query.where(tuple_(contacts.c.at, contacts.c.number) < (micros(at), number))
    query = query.order_by(contacts.c.at.desc(), contacts.c.number.desc())
    return query.limit(wanted.limit)


def chosen_arrived(wanted: ArrivedFilter) -> _Query:
    """Return the query for the numbers of the arrived events wanted, newest first."""
    query = _same(arrived, wanted, "customer_id", "is_known")
    if wanted.tables:
        query = query.where(arrived.c.event_table.in_(wanted.tables))
    query = _between(query, arrived.c.at, wanted.since, wanted.until)
    if wanted.before is not None:
        query = query.where(arrived.c.number < wanted.before)
    return query.order_by(arrived.c.number.desc()).limit(wanted.limit)


def chosen_alarms(wanted: AlarmFilter) -> _Query:
    """Return the query for the numbers of the alarms wanted, oldest first."""
    query = _same(alarms, wanted, "customer_id", "policy_id", "alarm", "event")
    if wanted.states:
        query = query.where(alarms.c.state.in_(wanted.states))
    if wanted.by is not None:
        query = query.where(alarms.c.by_role == wanted.by)
    if wanted.due_before is not None:
        is_due = alarms.c.due < micros(wanted.due_before)
        query = query.where(alarms.c.state == AlarmState.OPEN.value, is_due)
    if wanted.escalates_before is not None:
        is_due = alarms.c.escalates_at < micros(wanted.escalates_before)
        query = query.where(alarms.c.state == AlarmState.OPEN.value, is_due)
    if wanted.not_delivered_by is not None:
        way = delivered_text(wanted.not_delivered_by)
        query = query.where(~alarms.c.delivered_by.contains(way, autoescape=True))
    return query.where(alarms.c.number > wanted.after).order_by(alarms.c.number).limit(wanted.limit)


def chosen_records(wanted: RecordFilter) -> _Query:
    """Return the query for the numbers of the records wanted, oldest first."""
    query = _same(records, wanted, "customer_id", "is_open", "maker")
    if wanted.types:
        query = query.where(records.c.type.in_(wanted.types))
    if wanted.states:
        query = query.where(records.c.state.in_(wanted.states))
    if wanted.due_by is not None:
        query = query.where(records.c.due <= days(wanted.due_by))
    query = _between(query, records.c.opened_at, wanted.since, wanted.until)
    return query.where(records.c.number > wanted.after).order_by(records.c.number).limit(wanted.limit)


def chosen_reviews(wanted: ReviewFilter) -> _Query:
    """Return the query for the numbers of the reviews wanted, oldest first."""
    query = _same(reviews, wanted, "customer_id", "policy_id", "maker")
    query = _between(query, reviews.c.at, wanted.since, wanted.until)
    if wanted.is_withdrawn is not None:
        taken_back = reviews.c.withdrawn
        query = query.where(taken_back.is_not(None) if wanted.is_withdrawn else taken_back.is_(None))
    return query.where(reviews.c.number > wanted.after).order_by(reviews.c.number).limit(wanted.limit)


def chosen_holdings(wanted: HoldingFilter) -> _Query:
    """Return the query for the holdings wanted, as rows of their table, by customer."""
    query = _same(holders, wanted, "account", "how", columns=holders)
    if wanted.is_in_pool is not None:
        query = query.where(holders.c.account.is_(None) == wanted.is_in_pool)
    query = _between(query, holders.c.since, wanted.since, None)
    return query.order_by(holders.c.customer_id).limit(wanted.limit)


def _same(table: Table, wanted: Any, *names: str, columns: Table | None = None) -> _Query:
    """Return a query for rows that have the values a filter gives under these names."""
    query = select(table.c.number if columns is None else columns)
    for name in names:
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(table.c[name] == value)
    return query


def _between(query: _Query, column: Column[Any], since: datetime | None, until: datetime | None) -> _Query:
    if since is not None:
        query = query.where(column >= micros(since))
    return query if until is None else query.where(column < micros(until))
