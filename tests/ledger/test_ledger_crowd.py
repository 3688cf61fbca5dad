"""Several processes append at once: no event is lost or doubled, and the chain does not fork."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from postgresql_server import written

from rung.ledger import open_ledger, overrides_in, verify
from rung.ledger.keeping.addresses import PostgresqlAddress

WRITER = Path(__file__).with_name("crowd_writer.py")


def test_two_processes_at_once_leave_one_whole_chain(place: Path | PostgresqlAddress) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), written(place), name, "200"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("li", "wang")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told: list[str] = []
    for writer in writers:
        output, complaint = writer.communicate(timeout=120)
        assert (writer.returncode, complaint) == (0, "")
        told += output.split()
    with open_ledger(place) as store:
        found = verify(store)
        assert (found.is_whole, found.head.sequence) == (True, 400)
        kept = overrides_in(store)
    assert sorted(told) == sorted(each.id for each in kept)
    assert {each.customer_id for each in kept} == {
        f"{name}{n}" for name in ("li", "wang") for n in range(200)
    }
