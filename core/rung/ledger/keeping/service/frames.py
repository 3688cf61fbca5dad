"""Frames of service: rows as lines that the database puts together or has ready made, parsed many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Integer, Select, SelectBase, Table, Text, cast, func, select

from rung.ledger.keeping.database import Database
from rung.ledger.keeping.service.choosing import (
    chosen_alarms,
    chosen_arrived,
    chosen_contacts,
    chosen_records,
    chosen_reviews,
)
from rung.ledger.keeping.service.lines import frame_of_lines, unreadable_service
from rung.ledger.keeping.service.numbers import days, micros
from rung.ledger.keeping.service.tables import (
    alarms,
    arrived,
    contacts,
    holders,
    last_contacts,
    records,
    reviews,
)
from rung.ledger.keeping.tables import inputs
from rung.ledger.kinds import InputKind
from rung.ledger.service.filters import (
    AlarmFilter,
    ArrivedFilter,
    ContactFilter,
    RecordFilter,
    ReviewFilter,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "alarms_frame",
    "arrived_frame",
    "contacts_before_frame",
    "contacts_frame",
    "holders_frame",
    "last_contacts_frame",
    "latest_contacts_frame",
    "looked_at_frame",
    "records_frame",
    "reviews_frame",
]

_PIECE: Final = 100_000
# Rows parsed at once.


def last_contacts_frame(connection: Connection, database: Database) -> pl.DataFrame:
    """Return ``LedgerStore.last_contacts_frame``."""
    import polars as pl

    schema = {"customer_id": pl.String, "at": pl.Int64, "next_on": pl.Int32}
    texts = database.lines(connection, last_contacts.name)
    found = frame_of_lines(texts, schema, "customer_id", ("customer_id",), database.place)
    return found.with_columns(_moment("at"), pl.col("next_on").cast(pl.Date))


def latest_contacts_frame(
    connection: Connection, database: Database, outcomes: Collection[str]
) -> pl.DataFrame:
    """Return ``LedgerStore.latest_contacts_frame``."""
    columns = ("customer_id", "latest", "latest_at")
    query = select(last_contacts.c.customer_id).where(last_contacts.c.outcome.in_(sorted(outcomes)))
    found = _frame(connection, database, query, last_contacts, columns)
    return found.rename({"latest": "number", "latest_at": "at"}).sort("customer_id")


def holders_frame(connection: Connection, database: Database) -> pl.DataFrame:
    """Return ``LedgerStore.holders_frame``."""
    import polars as pl

    schema = {"customer_id": pl.String, "account": pl.String, "since": pl.Int64}
    texts = database.lines(connection, holders.name)
    found = frame_of_lines(texts, schema, "customer_id", ("customer_id", "since"), database.place)
    return found.with_columns(_moment("since"))


def contacts_frame(connection: Connection, database: Database, wanted: ContactFilter) -> pl.DataFrame:
    """Return ``LedgerStore.contacts_frame``."""
    import polars as pl

    columns = ("number", "customer_id", "maker", "channel", "outcome", "at", "reached", "minutes", "next_on")
    found = _frame(
        connection, database, chosen_contacts(wanted), contacts, (*columns, "policy_id", "withdrawn")
    )
    return found.with_columns(
        pl.col("minutes").cast(pl.Int32), is_withdrawn=pl.col("withdrawn").is_not_null()
    ).drop("withdrawn")


def contacts_before_frame(connection: Connection, database: Database, moment: datetime) -> pl.DataFrame:
    """Return ``LedgerStore.contacts_before_frame``."""
    import polars as pl

    is_before = contacts.c.at < micros(moment), contacts.c.withdrawn.is_(None)
    reached = select(contacts.c.customer_id, func.max(contacts.c.at).label("at")).where(
        *is_before, contacts.c.reached
    )
    last = _latest(connection, database, reached.group_by(contacts.c.customer_id), pl.Int64)
    columns = ("customer_id", "maker", "at", "number", "reached", "next_on")
    named = select(contacts.c.number).where(*is_before, contacts.c.next_on >= days(moment.date()))
    agreed = _frame(connection, database, named, contacts, columns)
    whole = last.with_columns(_moment("at"), pl.lit(0, pl.Int64).alias("number"), reached=pl.lit(value=True))
    return pl.concat([whole, agreed], how="diagonal").select(columns)


def arrived_frame(connection: Connection, database: Database, wanted: ArrivedFilter) -> pl.DataFrame:
    """Return ``LedgerStore.arrived_frame``."""
    columns = ("number", "customer_id", "event_table", "key", "at", "is_known")
    found = _frame(connection, database, chosen_arrived(wanted), arrived, columns)
    return found.rename({"event_table": "table"})


def alarms_frame(connection: Connection, database: Database, wanted: AlarmFilter) -> pl.DataFrame:
    """Return ``LedgerStore.alarms_frame``."""
    columns = ("number", "event", "customer_id", "policy_id", "alarm", "state", "by_role", "raised_at")
    found = _frame(connection, database, chosen_alarms(wanted), alarms, (*columns, "due", "is_escalated"))
    return found.with_columns(_moment("due")).rename({"by_role": "by"})


def records_frame(connection: Connection, database: Database, wanted: RecordFilter) -> pl.DataFrame:
    """Return ``LedgerStore.records_frame``."""
    import polars as pl

    columns = ("number", "customer_id", "type", "sector", "state", "maker", "is_open", "due", "opened_at")
    found = _frame(connection, database, chosen_records(wanted), records, columns)
    return found.with_columns(pl.col("due").cast(pl.Int32).cast(pl.Date))


def reviews_frame(connection: Connection, database: Database, wanted: ReviewFilter) -> pl.DataFrame:
    """Return ``LedgerStore.reviews_frame``."""
    import polars as pl

    columns = ("number", "customer_id", "policy_id", "maker", "at", "withdrawn")
    found = _frame(connection, database, chosen_reviews(wanted), reviews, columns)
    return found.with_columns(is_withdrawn=pl.col("withdrawn").is_not_null()).drop("withdrawn")


_LOOKS: Final = (InputKind.OVERRIDE.value, InputKind.JUDGEMENT.value)
# Human input by which a grade was looked at; a corrected datum, such as a call brings, is none.


def looked_at_frame(connection: Connection, database: Database, policy_id: str) -> pl.DataFrame:
    """Return ``LedgerStore.looked_at_frame``."""
    import polars as pl

    reviewed = select(reviews.c.customer_id, func.max(reviews.c.at).label("at")).where(
        reviews.c.policy_id == policy_id, reviews.c.withdrawn.is_(None)
    )
    made = select(inputs.c.customer_id, func.max(inputs.c.made_at).label("at")).where(
        inputs.c.policy_id == policy_id, inputs.c.kind.in_(_LOOKS)
    )
    parts = [
        _latest(connection, database, reviewed.group_by(reviews.c.customer_id), pl.Int64).with_columns(
            _moment("at")
        ),
        _latest(connection, database, made.group_by(inputs.c.customer_id), pl.String).with_columns(
            pl.col("at").str.to_datetime("%+", time_unit="us", time_zone="UTC")
        ),
    ]
    if not parts[1].height and parts[0]["customer_id"].is_sorted():
        return parts[0]
    return pl.concat(parts).group_by("customer_id").agg(pl.col("at").max()).sort("customer_id")


def _latest(connection: Connection, database: Database, query: SelectBase, kind: Any) -> pl.DataFrame:
    import polars as pl

    made = func.json_object if connection.dialect.name == "sqlite" else func.json_build_object
    part = query.subquery()
    line = made(cast("customer_id", Text), part.c.customer_id, cast("at", Text), part.c.at)
    schema = {"customer_id": pl.String, "at": kind}
    found = [pl.DataFrame(schema=schema)]
    try:
        texts = _texts(connection, select(cast(line, Text)).order_by(part.c.customer_id))
        found += [pl.read_ndjson(text, schema=schema) for text in texts]
    except pl.exceptions.PolarsError as error:
        raise unreadable_service(database.place) from error
    return pl.concat(found)


_FLAGS: Final = ("reached", "is_known", "is_escalated", "is_open")
_NUMBERS: Final = (
    "number",
    "event",
    "latest",
    "latest_at",
    "at",
    "minutes",
    "next_on",
    "withdrawn",
    "raised_at",
    "due",
    "opened_at",
)
_MOMENTS: Final = ("at", "latest_at", "raised_at", "opened_at")


def _frame(
    connection: Connection, database: Database, query: Select[Any], table: Table, columns: tuple[str, ...]
) -> pl.DataFrame:
    import polars as pl

    made = func.json_object if connection.dialect.name == "sqlite" else func.json_build_object
    pairs: list[str | ColumnElement[Any]] = []
    for name in columns:
        column = table.c[name]
        pairs += [cast(name, Text), cast(column, Integer) if name in _FLAGS else column]
    told = query.with_only_columns(cast(made(*pairs), Text), maintain_column_froms=True)
    schema: dict[str, Any] = {
        name: pl.Int64 if name in _NUMBERS or name in _FLAGS else pl.String for name in columns
    }
    parts = [pl.DataFrame(schema=schema)]
    for text in _texts(connection, told):
        try:
            parts.append(pl.read_ndjson(text, schema=schema))
        except pl.exceptions.PolarsError as error:
            raise unreadable_service(database.place) from error
    found = pl.concat(parts).with_columns(
        *(pl.col(name).cast(pl.Boolean) for name in columns if name in _FLAGS),
        *(_moment(name) for name in columns if name in _MOMENTS),
    )
    if "next_on" in columns:
        found = found.with_columns(pl.col("next_on").cast(pl.Int32).cast(pl.Date))
    return found


def _texts(connection: Connection, query: Select[Any]) -> Iterator[bytes]:
    with connection.execute(query.execution_options(stream_results=True, yield_per=_PIECE)) as found:
        for piece in found.scalars().partitions(_PIECE):
            yield "\n".join(piece).encode()


def _moment(name: str) -> pl.Expr:
    import polars as pl

    return pl.col(name).cast(pl.Datetime("us", "UTC"))
