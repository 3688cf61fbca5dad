"""What the ledger asks of a database beyond SQL: its locks, its guards, its refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

__all__ = ["Database"]


class Database(Protocol):
    """One database a ledger is kept in."""

    @property
    def place(self) -> str:
        """Where it is, as people are told: a file, or an address without its password."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees the database as it stands now, whatever is written meanwhile."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection as the ledger's one writer; all it did is kept when the block ends well.

        Raises RungError where another writer holds the ledger too long, or the database refuses.
        """
        ...

    def guard(self, connection: Connection) -> None:
        """Make what keeps events from being changed."""
        ...

    def prepare(self, connection: Connection) -> None:
        """Set the tables of what stands, just made, to how they are used."""
        ...

    def let_restore(self, connection: Connection) -> None:
        """Let this transaction write events that others made, where the database would refuse it."""
        ...

    def account(self) -> str | None:
        """Return the account the database knows the user by, None where it knows none."""
        ...

    def damage(self, connection: Connection) -> tuple[str, ...]:
        """Return what the database itself finds wrong with its file, in its own words."""
        ...

    def size(self, connection: Connection) -> int:
        """Return how many bytes the ledger takes."""
        ...

    def open_lines(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield the lines of the open inputs under a policy, oldest first, many in one text."""
        ...

    def records(self, connection: Connection, policy_id: str) -> Iterator[bytes]:
        """Yield the records of all inputs under a policy, oldest first: lines of JSON, many in one text."""
        ...

    def lines(self, connection: Connection, table: str) -> Iterator[bytes]:
        """Yield the lines of a table of service that has one row a customer, many in one text.

        By customer where that is how the database has them, else in any order.
        """
        ...

    def is_about_a_value(self, error: BaseException) -> bool:
        """Whether an error tells of a stored value that cannot be read, and of nothing else."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
