"""The tables of what people do in service: made from the events alone, and made anew at any time.

Moments are microseconds since 1970 and days are days since 1970: a row of a contact is met ten million times.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table

from rung.ledger.keeping.metadata import METADATA, NUMBER, TEXT

__all__ = ["SERVICE", "alarms", "arrived", "contacts", "holders", "last_contacts", "records", "reviews"]

contacts: Final = Table(
    "contacts",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("customer_id", TEXT, nullable=False),
    Column("at", NUMBER, nullable=False),
    Column("maker", TEXT, nullable=False),
    Column("channel", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("minutes", NUMBER),
    Column("next_on", NUMBER),
    Column("policy_id", TEXT),
    # Number of the event that takes it back.
    Column("withdrawn", NUMBER),
    # Holds all that the last contact is told from.
    Index(
        "contacts_of_customer", "customer_id", "at", "number", "reached", "next_on", "withdrawn", "outcome"
    ),
    Index("contacts_of_maker", "maker", "at"),
    Index("contacts_at", "at"),
)
"""A row a contact; its text and facts stay in its event."""

last_contacts: Final = Table(
    "last_contacts",
    METADATA,
    Column("customer_id", TEXT, primary_key=True),
    # What ``LedgerStore.last_contacts_frame`` has of it, ready made: a million are read as one text. Null
    # where the contacts are nothing to count from. Before the rest, which need not be passed over then.
    Column("line", TEXT),
    Column("at", NUMBER),
    Column("next_on", NUMBER),
    Column("next_told_at", NUMBER),
    Column("count", NUMBER, nullable=False),
    # Of the latest contact or attempt.
    Column("outcome", TEXT),
    Column("latest", NUMBER, nullable=False),
    Column("latest_at", NUMBER),
    # Holds all that those whose latest contact ended in some way are told by.
    Index("last_contacts_by_outcome", "outcome", "customer_id", "latest", "latest_at"),
    # By customer, for so the frame is asked for.
    sqlite_with_rowid=False,
)
"""A row a customer: what the contacts come to."""

arrived: Final = Table(
    "arrived",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("customer_id", TEXT, nullable=False),
    Column("event_table", TEXT, nullable=False),
    Column("at", NUMBER, nullable=False),
    Column("key", TEXT, nullable=False),
    Column("is_known", Boolean, nullable=False),
    Index("arrived_of_customer", "customer_id"),
    Index("arrived_by_key", "event_table", "key"),
    Index("arrived_at", "event_table", "at"),
)
"""A row an arrived event; its values stay in the ledger's event."""

alarms: Final = Table(
    "alarms",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("customer_id", TEXT, nullable=False),
    Column("policy_id", TEXT, nullable=False),
    Column("alarm", TEXT, nullable=False),
    Column("event", NUMBER, nullable=False),
    Column("raised_at", NUMBER, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("by_role", TEXT, nullable=False),
    Column("due", NUMBER),
    # Null unless it is open and not handed up yet.
    Column("escalates_at", NUMBER),
    Column("is_escalated", Boolean, nullable=False),
    # The ways it was delivered by, each between line feeds.
    Column("delivered_by", TEXT, nullable=False),
    # Numbers of the events that tell of it, spaces between.
    Column("acts", TEXT, nullable=False),
    Index("alarms_of_customer", "customer_id"),
    Index("alarms_in_state", "state", "due"),
    Index("alarms_of_event", "event"),
)
"""A row an alarm, as it stands; what was said stays in its events."""

records: Final = Table(
    "records",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("customer_id", TEXT, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("sector", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("due", NUMBER),
    Column("maker", TEXT, nullable=False),
    Column("opened_at", NUMBER, nullable=False),
    # Numbers of the events that tell of it, spaces between.
    Column("acts", TEXT, nullable=False),
    Index("records_of_customer", "customer_id"),
    Index("records_of_type", "type", "opened_at"),
    Index("records_open", "is_open", "due"),
)
"""A row a record, as it stands; its fields stay in its events."""

holders: Final = Table(
    "holders",
    METADATA,
    Column("customer_id", TEXT, primary_key=True),
    Column("number", NUMBER, nullable=False),
    Column("account", TEXT),
    Column("since", NUMBER, nullable=False),
    Column("how", TEXT, nullable=False),
    Column("by_account", TEXT, nullable=False),
    Column("because", TEXT, nullable=False),
    Column("cooling_off_account", TEXT),
    Column("cooling_off_until", NUMBER),
    # What ``LedgerStore.holders_frame`` has of it, ready made.
    Column("line", TEXT, nullable=False),
    Index("holders_by_account", "account"),
    sqlite_with_rowid=False,
)
"""A row a customer: whose it is."""

reviews: Final = Table(
    "reviews",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("customer_id", TEXT, nullable=False),
    Column("policy_id", TEXT, nullable=False),
    Column("at", NUMBER, nullable=False),
    Column("maker", TEXT, nullable=False),
    # Number of the event that takes it back.
    Column("withdrawn", NUMBER),
    # Holds all that the last look at a grade is told from.
    Index("reviews_of_policy", "policy_id", "customer_id", "withdrawn", "at"),
    Index("reviews_of_customer", "customer_id"),
    Index("reviews_at", "at"),
)
"""A row a review."""

SERVICE: Final = (contacts, last_contacts, arrived, alarms, records, holders, reviews)
"""All of them."""
