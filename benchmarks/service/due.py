"""The due list of a workspace with a million customers: how long it takes, and what ``since`` adds to a run.

``python due.py [CUSTOMERS] [ROUNDS]``. In process, files warm; grades come from a policy with a rhythm for
each grade, the last contacts from a frame as the ledger gives it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

import polars as pl

from rung.ledger.grades.laid_over import nothing_laid_over
from rung.pipeline import GradeRequest, scorecard_of
from rung.pipeline.since import write_since
from rung.service.bound import standing_of
from rung.service.due import Chosen, due_list
from rung.service.since import since_of
from rung.workspace import Workspace

POLICY = """
schema = 1
id = "bench.rhythms"
version = "2026.1"
title = { zh = "节奏", en = "Rhythms" }
effective_from = 2026-01-01
grades = ["A", "B", "C", "D"]

[fields.spent]
kind = "integer"
title = { zh = "消费", en = "Spent" }

[grading]
mode = "rules"

[[rules]]
id = "a"
grade = "A"
when = { spent = ">= 900" }
reason = { zh = "消费", en = "Spent" }
[[rules]]
id = "b"
grade = "B"
when = { spent = ">= 600" }
reason = { zh = "消费", en = "Spent" }
[[rules]]
id = "c"
grade = "C"
when = { spent = ">= 200" }
reason = { zh = "消费", en = "Spent" }
[[rules]]
id = "d"
grade = "D"
when = { spent = "< 200" }
reason = { zh = "消费", en = "Spent" }

[service.A]
contact = { every = "7d", no_later_than = "14d", by = "caller" }
review = { every = "6mo", by = "caller" }
[service.B]
contact = { every = "15d", by = "caller" }
review = { every = "12mo", by = "caller" }
[service.C]
contact = { phases = [{ lasts = "1mo", every = "15d" }, { every = "1mo" }], by = "caller" }
[service.D]
contact = { every = "1y", no_later_than = "15mo", by = "caller" }

[roles]
caller = { zh = "电访员", en = "Caller" }
"""
FIRST, SECOND = date(2026, 6, 1), date(2026, 6, 15)
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)


def main(customers: int, rounds: int) -> None:
    """Grade twice, then list what is due."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder), customers)
        requests = [_request(workspace, FIRST, 0), _request(workspace, SECOND, 1)]
        for request in requests:
            began = time.perf_counter()
            manifest = workspace.grade(request, lambda *_told: None)
            print(f"a run of {customers:,}: {time.perf_counter() - began:.2f} s")
        with workspace.run(manifest.run_id) as run:
            kept = requests[1]
            request = GradeRequest(
                source=kept.source,
                policy=kept.policy,
                as_of=kept.as_of - timedelta(days=1),  # so that the run itself is not the one before
                created_at=kept.created_at,
                history=workspace.store,
            )
            _told("of that, since when", rounds, lambda: write_since(request, run.folder, "other"))
            contacts = _contacts(customers)
            scorecard = scorecard_of(run, workspace.host)
            calendar = workspace.service.calendar

            def listed(last: pl.DataFrame | None, chosen: Chosen) -> int:
                laid = nothing_laid_over(run.frame(), scorecard.compiled.policy)
                standing = standing_of(run, scorecard, laid, since_of(run, laid, {}))
                return len(due_list(standing, calendar, NOW, chosen, last_contacts=last))

            some, few = Chosen(), Chosen(grades=frozenset({"A"}))
            _told("due list, no contacts", rounds, lambda: listed(None, some))
            _told("due list, 1 contact each", rounds, lambda: listed(contacts, some))
            _told("the same, grade A", rounds, lambda: listed(contacts, few))
            _told("whole verb in process", rounds, lambda: len(workspace.service.due(NOW)))


def _workspace(folder: Path, customers: int) -> Workspace:
    workspace = Workspace.create(folder / "work")
    (workspace.folder / "policies" / "rhythms.toml").write_text(POLICY, encoding="utf-8")
    random = Random(1)
    for number in range(2):
        pl.DataFrame(
            {
                "customer_id": [f"C{each:08}" for each in range(customers)],
                "customer_name": [f"客户{each}" for each in range(customers)],
                "spent": random.choices(range(1000), k=customers),
            }
        ).write_parquet(workspace.folder / f"{number}.parquet")
    return workspace


def _request(workspace: Workspace, day: date, number: int) -> GradeRequest:
    return GradeRequest(
        source=workspace.folder / f"{number}.parquet",
        policy=workspace.shelf.find("bench.rhythms"),
        as_of=day,
        created_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def _contacts(customers: int) -> pl.DataFrame:
    """Return last contacts in the order of the customers' ids, as the ledger has them."""
    random = Random(2)
    minutes = pl.Series(random.choices(range(60 * 24 * 60), k=customers), dtype=pl.Int64)
    at = (minutes * 60_000_000).cast(pl.Duration("us"))
    return pl.DataFrame(
        {
            "customer_id": [f"C{each:08}" for each in range(customers)],
            "at": (at + (NOW - timedelta(days=60))).cast(pl.Datetime("us", "UTC")),
            "next_on": pl.Series([None] * customers, dtype=pl.Date),
        }
    )


def _told(name: str, rounds: int, work: Callable[[], object]) -> None:
    work()
    taken, used = [], []
    for _round in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        found = work()
        taken.append(time.perf_counter() - began)
        used.append(time.process_time() - spent)
    said = "" if found is None else f", {found:,} rows"
    clock = f"{median(taken):.3f} s ({min(taken):.3f}–{max(taken):.3f})"
    print(f"{name:<28}{clock}, of processors {min(used):.3f} s{said}")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given or [1_000_000, 5])) if len(given) != 1 else main(given[0], 5)
