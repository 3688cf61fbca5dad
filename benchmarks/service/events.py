"""A hundred thousand events arriving at a workspace with a million customers: how long, how many alarms.

``python events.py [CUSTOMERS] [EVENTS]``. In process, files warm. One event in ten raises an alarm that asks
for the customer's values; then the same file comes again, and what waits for an answer is listed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

import polars as pl
from spent_policy import spent_policy

from rung.pipeline import GradeRequest
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.workspace import Workspace

PROMISES = """
[service.A]
respond = { to = "survey", within = "24h" }
[[alarms]]
id = "bad"
title = "A bad answer"
on = "surveys"
when = { score = "< 20" }
customers = { spent = ">= 500" }
duties = { by = "keeper", within = "24h", text = "Call" }
escalate_after = "4h"
"""
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
_Found = TypeVar("_Found")


def main(customers: int, events: int) -> None:
    """Make a workspace, send the events, and print what it took."""
    random = Random(1)
    with tempfile.TemporaryDirectory() as folder:
        place = _workspace(Path(folder) / "w", customers, random)
        file = place.folder / "answers.csv"
        rows = (
            f"C{random.randrange(customers):08},2026-03-01 {each % 24:02}:{each % 60:02},"
            f"{random.randrange(100)},K{each}\n"
            for each in range(events)
        )
        file.write_text("customer_id,date,score,key\n" + "".join(rows), encoding="utf-8")
        added, taken = _timed("events recorded", lambda: place.events.add_file("surveys", file, NOW))
        alarms = len(added.alarms)
        print(f"{'':<28}{events / taken:,.0f} events/s, {alarms:,} alarms, {alarms / taken:,.0f} alarms/s")
        _timed("the same file again", lambda: place.events.add_file("surveys", file, NOW))
        _timed("one event more", lambda: place.events.add_file("surveys", _one(place), NOW))
        kinds = frozenset({DueKind.ALARM, DueKind.RESPOND})
        found, _taken = _timed("due: alarms and answers", lambda: place.service.due(NOW, Chosen(kinds=kinds)))
        print(f"{'':<28}{len(found):,} rows")
        _timed("handing up", lambda: place.alarms.look(NOW.replace(day=4)))


def _one(place: Workspace) -> Path:
    file = place.folder / "one.csv"
    file.write_text("customer_id,date,score\nC00000001,2026-03-01,3\n", encoding="utf-8")
    return file


def _workspace(folder: Path, customers: int, random: Random) -> Workspace:
    place = Workspace.create(folder)
    (folder / "policies/alarms.toml").write_text(
        spent_policy("bench.alarms", "general", 500) + PROMISES, encoding="utf-8"
    )
    source = folder / "customers.parquet"
    ids = [f"C{each:08}" for each in range(customers)]
    pl.DataFrame({"customer_id": ids, "spent": random.choices(range(1000), k=customers)}).write_parquet(
        source
    )
    request = GradeRequest(
        source=source,
        policy=place.shelf.find("bench.alarms"),
        as_of=date(2026, 3, 1),
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    place.grade(request, lambda *_told: None)
    return place


def _timed(name: str, work: Callable[[], _Found]) -> tuple[_Found, float]:
    began, spent = time.perf_counter(), time.process_time()
    found = work()
    taken, used = time.perf_counter() - began, time.process_time() - spent
    print(f"{name:<28}{taken:.2f} s, of processors {used:.2f} s")
    return found, taken


if __name__ == "__main__":
    main(*([int(each) for each in sys.argv[1:]] or [1_000_000, 100_000]))
