"""Logging one contact among a million customers, graded anew with it: without contacts before, and with many.

``python log_contact.py [CUSTOMERS] [CONTACTS] [ROUNDS]``. In process: the start of Python is not counted. The
workspace and the ledger with contacts are made once and kept in ``../.data``; each round logs on a copy.
"""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

import polars as pl

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "ledger")]

from contacts import filled_with_contacts  # noqa: E402 - the folder above is not installed

from rung.errors import RungError  # noqa: E402
from rung.ledger import open_ledger  # noqa: E402
from rung.pipeline import GradeRequest  # noqa: E402
from rung.runs.run import MEASURED  # noqa: E402
from rung.service.contacts import ContactSaid  # noqa: E402
from rung.service.due import Chosen  # noqa: E402
from rung.service.due_list import DueKind  # noqa: E402
from rung.workspace import Workspace  # noqa: E402
from rung.workspace.following.call_list import CallList  # noqa: E402

DATA = HERE.parent / ".data"
FIRST = date(2026, 6, 1)
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
POLICY = """
schema = 1
id = "bench.contacts"
version = "2026.1"
title = { zh = "联系", en = "Contacts" }
grades = ["A", "B", "C"]

[fields.spent]
kind = "integer"
title = { zh = "消费", en = "Spent" }
[fields.need]
kind = "category"
title = { zh = "需求", en = "Need" }
choices = { now = ["现在"], later = ["以后"] }

[grading]
mode = "rules"

[[rules]]
id = "now"
grade = "A"
when = { need = "now" }
reason = { zh = "需求", en = "Need" }
[[rules]]
id = "big"
grade = "B"
when = { spent = ">= 500" }
reason = { zh = "消费", en = "Spent" }
[[rules]]
id = "rest"
grade = "C"
when = { spent = "< 500" }
reason = { zh = "消费", en = "Spent" }

[service.A]
contact = { every = "7d", no_later_than = "14d" }
[service.B]
contact = { every = "30d" }
[service.C]
contact = { every = "6mo" }

[[outcomes]]
id = "wants"
title = { zh = "想要", en = "Wants it" }
key = "w"
facts = { need = "now" }
[[outcomes]]
id = "later"
title = { zh = "再说", en = "Later" }
key = "l"
facts = { need = "later" }
[[outcomes]]
id = "no_answer"
title = { zh = "没接", en = "No answer" }
key = "n"
reached = false
again = "1d"
[[outcomes]]
id = "sold"
title = { zh = "已出让", en = "Sold" }
key = "x"
ends = true
"""


def main(customers: int, contacts: int, rounds: int) -> None:
    """Make what is measured, if it is not there, and measure."""
    folder = DATA / f"contacts-{customers}"
    workspace = Workspace.open(folder) if folder.exists() else _made(folder, customers)
    kept = DATA / f"contacts-{customers}-{contacts}.db"
    if contacts and not _is_usable(kept):
        _fill(kept, customers, contacts)
    for count in dict.fromkeys((0, contacts)):
        ledger = workspace.folder / "ledger.db"
        for each in workspace.folder.glob("ledger.db*"):
            each.unlink()
        if count:
            shutil.copy(kept, ledger)
        print(f"{customers:,} customers, {count:,} contacts before")
        _measure(Workspace.open(folder), customers, rounds)


def _is_usable(file: Path) -> bool:
    """Whether a ledger made before is one as this Rung writes it."""
    try:
        with open_ledger(file) as store:
            return store.head().sequence > 0
    except RungError:
        file.unlink()
        return False


def _made(folder: Path, customers: int) -> Workspace:
    workspace = Workspace.create(folder)
    (folder / "policies" / "contacts.toml").write_text(POLICY, encoding="utf-8")
    random = Random(1)
    pl.DataFrame(
        {
            "customer_id": [f"C{each:07}" for each in range(customers)],
            "customer_name": [f"客户{each}" for each in range(customers)],
            "spent": random.choices(range(1000), k=customers),
            "need": random.choices(["now", "later"], k=customers),
        }
    ).write_parquet(folder / "customers.parquet")
    request = GradeRequest(
        source=folder / "customers.parquet",
        policy=workspace.shelf.find("bench.contacts"),
        as_of=FIRST,
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    workspace.grade(request, lambda *_told: None)
    return workspace


def _fill(file: Path, customers: int, contacts: int) -> None:
    began = time.perf_counter()
    part = file.with_suffix(".part")
    for rest in part.parent.glob(f"{part.name}*"):
        rest.unlink()
    filled_with_contacts(part, contacts, customers)
    part.rename(file)
    print(f"{contacts:,} contacts made in {time.perf_counter() - began:.0f} s")


def _measure(workspace: Workspace, customers: int, rounds: int) -> None:
    random = Random(3)
    workspace.contacts.log(f"C{customers // 2:07}", ContactSaid(outcome="no_answer"), NOW)
    # Each customer once, and with what is not known of them yet: every round puts a correction on record.
    who = iter(random.sample(range(customers // 2), 2 * rounds))
    with workspace.run() as run:
        needs = pl.scan_ipc(run.folder / MEASURED).select("need").collect().to_series()
    moment = NOW
    for is_kept in (False, True):
        named = "ledger kept open" if is_kept else "ledger opened for it"
        taken: dict[str, list[float]] = {"graded anew": [], "no answer": []}
        with workspace.contacts.at_work() if is_kept else nullcontext():
            for _round in range(rounds):
                place = next(who)
                for name, outcome in (
                    ("graded anew", "later" if needs[place] == "now" else "wants"),
                    ("no answer", "n"),
                ):
                    moment += timedelta(seconds=1)
                    said = ContactSaid(outcome=outcome, channel="phone")
                    began = time.perf_counter()
                    made = workspace.contacts.log(f"C{place:07}", said, moment)
                    taken[name].append(time.perf_counter() - began)
                    assert len(made.contact.inputs) == (name == "graded anew")
        for name, times in taken.items():
            _told(f"{name}, {named}", times)
    _calls(workspace, rounds, moment + timedelta(hours=1))


def _calls(workspace: Workspace, rounds: int, now: datetime) -> None:
    """Time from a key to the next customer, as ``rung follow call`` does both."""
    only = Chosen(kinds=frozenset([DueKind.CONTACT]))
    times = []
    for _round in range(6):
        began = time.perf_counter()
        due = workspace.service.due(now, only)
        times.append(time.perf_counter() - began)
    _told(f"due list of {len(due):,}", times[1:])
    (run_id,) = (workspace.latest_by("bench.contacts"),)
    taken: list[float] = []
    with CallList(workspace, [run_id], due, now) as calls:
        calls.card(0, now)
        for place in range(min(rounds, len(calls) - 1)):
            moment = now + timedelta(seconds=place + 1)
            began = time.perf_counter()
            calls.log(place, ContactSaid(outcome="wants", channel="phone"), moment)
            calls.card(place + 1, moment)
            taken.append(time.perf_counter() - began)
    _told("key to the next customer", taken)


def _told(name: str, times: list[float]) -> None:
    high = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(
        f"  {name:<38}{median(times) * 1000:8.1f} ms   {min(times) * 1000:.1f} best   {high * 1000:.1f} p95"
    )


if __name__ == "__main__":
    given = [int(each.replace("_", "")) for each in sys.argv[1:4]]
    main(*(given + [1_000_000, 1_000_000, 50][len(given) :]))
