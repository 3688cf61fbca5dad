"""A ledger being migrated, forward and back, is killed; it is of one edition or the other, and whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kills import Tell, killed_child
from ledger_tasks import MAKER, NOW, PEOPLE, ground, proposal, whole

from rung.ledger import Desk, open_ledger
from rung.ledger.chain import verify_events
from rung.ledger.keeping.beginning import begun_edition
from rung.ledger.keeping.copies import check_copy
from rung.ledger.keeping.migrations import migrate
from rung.ledger.keeping.opening import ledger_database
from rung.ledger.keeping.sql_store import SqlReader
from rung.ledger.keeping.tables import NO_SCARCE_INDEX, STANDING, schema

__all__ = ["Migrating"]

RECORDS = 150


@dataclass
class Migrating:
    """Migrates one ledger to and fro without end."""

    folder: Path
    edition: int = 1
    kills: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        with open_ledger(self._file) as store:
            wanted = [(proposal(number), ground(f"客户{number}")) for number in range(RECORDS)]
            Desk(store, MAKER, PEOPLE).propose_all(wanted, NOW)
        database = ledger_database(self._file)
        with database.writing() as connection:
            for table in STANDING:
                table.drop(connection)
            connection.execute(NO_SCARCE_INDEX)
            connection.execute(schema.update().values(version=1))
        database.close()

    @property
    def _file(self) -> Path:
        return self.folder / "ledger.db"

    def kill(self, after: float) -> int:
        """Kill one migration and check the ledger; return how many had been told of as done."""
        told = killed_child(self._work, after)
        self.kills += 1
        database = ledger_database(self._file)
        with database.reading() as connection:
            reader = SqlReader(connection, database)
            head, broken = verify_events(reader.events())
        assert broken is None, str(broken)
        edition = begun_edition(database)
        database.close()
        last = int(told[-1]) if told else self.edition
        # A migration may have been done and not told.
        assert edition in (last, 3 - last), (edition, last)
        assert head.sequence >= RECORDS + len(told)
        for copy in self.folder.glob("copy-*"):
            check_copy(copy)
            copy.unlink()
        assert edition is not None
        self.edition = edition
        if edition == 2:
            with open_ledger(self._file) as store:
                whole(store)
                assert sum(1 for _each in store.inputs()) == RECORDS
        return len(told)

    def _work(self, tell: Tell) -> None:
        database = ledger_database(self._file)
        edition, number = self.edition, 0
        while True:
            number += 1
            edition = 3 - edition
            copy = self.folder / f"copy-{self.kills}-{number}.jsonl"
            migrate(database, "li", copy, NOW, to=edition)
            tell(str(edition))
