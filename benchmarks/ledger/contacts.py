"""What contacts cost: millions of them in an SQLite ledger, one more, the frame of the last, verify, rebuild.

    python benchmarks/ledger/contacts.py [CONTACTS] [CUSTOMERS] [FILE]

FILE is kept and used again where it is there.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from ledgers import NOW, told

from rung.ledger import open_ledger, verify
from rung.ledger.canonical import GENESIS
from rung.ledger.keeping.many import put
from rung.ledger.keeping.service.numbers import micros
from rung.ledger.keeping.service.tables import contacts, last_contacts
from rung.ledger.keeping.service.told import last_contact_rows
from rung.ledger.keeping.sql_store import SqlStore
from rung.ledger.keeping.tables import events
from rung.ledger.service.arrivals import ArrivedEvent, arrival_draft
from rung.ledger.service.contacts import (
    LoggedContact,
    contact_draft,
    contact_withdrawal_draft,
)
from rung.ledger.service.filters import ContactFilter

__all__ = ["contacts_of", "filled_with_contacts"]

_FIRST = LoggedContact(
    customer_id="C0000000",
    at=NOW,
    channel="phone",
    outcome="spoken",
    reached=True,
    text="月度回访，一切正常",
    minutes=6,
    next="下月再联系",
    maker="li",
    made_at=NOW,
)
_INSERT_EVENT = f"INSERT INTO events VALUES ({', '.join('?' * len(events.columns))})"
_INSERT_CONTACT = f"INSERT INTO contacts VALUES ({', '.join('?' * len(contacts.columns))})"


@dataclass(frozen=True, slots=True)
class _Contact:
    """One contact as the rows of its event and of the table of contacts."""

    event: tuple[Any, ...]
    row: tuple[Any, ...]
    hash: str


def contacts_of(count: int, customers: int) -> Iterator[_Contact]:
    """Yield contacts as one chain, five years of them, spread over the customers; every third reaches nobody.

    Bytes are put together as ``canonical`` does, ten times as fast; a test holds them to what Rung writes.
    """
    previous = GENESIS
    step, at = timedelta(days=5 * 365) // max(count, 1), NOW - timedelta(days=5 * 365)
    step_micros, at_micros = step // timedelta(microseconds=1), micros(at)
    for number in range(count):
        customer = f"C{number * 7_919 % customers:07}"
        moment, reached = f"{at.isoformat(timespec='microseconds')[:26]}Z", number % 3 != 0
        payload = (
            f'{{"at":"{moment}","channel":"phone","facts":{{}},"inputs":[],"minutes":6,"next":"下月再联系",'
            f'"next_on":null,"outcome":"spoken","policy":null,"reached":{"true" if reached else "false"},'
            '"text":"月度回访，一切正常"}'
        ).encode()
        header = (
            f'{{"customer_id":"{customer}","kind":"contact.logged","made_at":"{moment}","maker":"li",'
            f'"policy_id":null,"previous":"{previous}","sequence":{number + 1}}}\n'
        ).encode()
        own = sha256(header + payload).hexdigest()
        yield _Contact(
            (number + 1, "contact.logged", customer, None, payload, moment, "li", previous, own),
            (number + 1, customer, at_micros, "li", "phone", "spoken", reached, 6, None, None, None),
            own,
        )
        previous, at, at_micros = own, at + step, at_micros + step_micros


def filled_with_contacts(file: Path, count: int, customers: int) -> None:
    """Write contacts into a new ledger's file, events and what stands: ten million in minutes."""
    open_ledger(file).close()
    rest = contacts_of(count, customers)
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        # Nobody else reads it, and what a crash leaves is thrown away.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
            database.execute(f"PRAGMA {setting}")
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL "
            "AND tbl_name IN ('events', 'contacts')"
        ).fetchall()
        for name, _sql in indexes:
            database.execute(f"DROP INDEX {name}")
        database.execute("BEGIN")
        while piece := list(islice(rest, 50_000)):
            database.executemany(_INSERT_EVENT, (each.event for each in piece))
            database.executemany(_INSERT_CONTACT, (each.row for each in piece))
        for _name, sql in indexes:
            database.execute(sql)
        database.execute("COMMIT")
    with open_ledger(file) as store:
        assert isinstance(store, SqlStore)
        with store.database.writing() as connection:
            rows = last_contact_rows(connection)
            while page := list(islice(rows, 50_000)):
                put(connection, last_contacts, page)


def main(count: int, customers: int, file: Path) -> None:
    """Print what contacts cost."""
    print(f"{count:,} contacts with {customers:,} customers", flush=True)
    if not file.exists():
        told("written as chained events", lambda: filled_with_contacts(file, count, customers))
    print(f"{file.stat().st_size / 1e9:,.1f} GB", flush=True)
    with open_ledger(file) as store:
        assert isinstance(store, SqlStore)
        of_one = ContactFilter(customer_id="C0000001")
        told("frame of last contacts", store.last_contacts_frame, 5)
        told("one contact appended", lambda: _logged(store), 100)
        told("one contact taken back", lambda: _taken_back(store), 20)
        told("history of a customer", lambda: list(store.contacts(of_one)), 20)
        arrivals = 100_000
        told("100,000 events that arrive", lambda: _arrived(store, arrivals), 1, arrivals)
        told("first difference (what stands, the events)", store.first_difference)
        told("verify", lambda: verify(store))
        told("rebuild", store.rebuild)


def _logged(store: SqlStore) -> int:
    with store.appending() as ledger:
        customer = f"C{ledger.next_sequence * 104_729 % 100_000:07}"
        return ledger.append(contact_draft(replace(_FIRST, customer_id=customer))).sequence


def _taken_back(store: SqlStore) -> None:
    number = _logged(store)
    with store.appending() as ledger:
        contact = ledger.contact(number)
        assert contact is not None
        ledger.append(contact_withdrawal_draft(contact, "误记", "li", NOW))


def _arrived(store: SqlStore, count: int) -> None:
    with store.appending() as ledger:
        for number in range(count):
            arrived = ArrivedEvent(
                customer_id=f"C{number:07}",
                table="survey",
                at=NOW,
                values={"stars": "2", "text": "等了很久"},
                key=f"S-{number}",
                maker="li",
                made_at=NOW,
            )
            ledger.append(arrival_draft(arrived))


if __name__ == "__main__":
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        main(
            int(given[0]) if given else 1_000_000,
            int(given[1]) if len(given) > 1 else 100_000,
            Path(given[2]) if len(given) > 2 else Path(folder) / "ledger.db",
        )
