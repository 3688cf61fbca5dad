"""Puts many rows into a table at once, as the driver takes them: a hundred thousand take seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

__all__ = ["put"]


def put(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, is_new: bool = False
) -> None:
    """Put rows into a table, each in the place of the one with its key if there is one.

    ``is_new``: no such row may be there. Every row names all columns; a value is what the driver keeps as
    the column's type. SQLAlchemy would look at each value of each row, and takes longer than the database.
    """
    if rows:
        connection.exec_driver_sql(_statement(table, connection.dialect.paramstyle, is_new), list(rows))


@cache
def _statement(table: Table, style: str, is_new: bool) -> str:
    names = tuple(table.columns.keys())
    given = ", ".join(f"%({name})s" if style == "pyformat" else f":{name}" for name in names)
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({given})"
    if is_new:
        return statement
    keys = tuple(column.name for column in table.primary_key)
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return f"{statement} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"
