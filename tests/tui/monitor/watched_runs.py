"""Runs to be watched: a shop with customers new and lost, calls long due; and the program opened on them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from screens import lines, press, settle
from textual.pilot import Pilot

from conftest import review_of
from rung.ledger import Proposal
from rung.pipeline import GradeRequest
from rung.policy.reader import parse_policy
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.review import Review

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"


@asynccontextmanager
async def monitor(
    workspace: Workspace,
    size: tuple[int, int] = (80, 24),
    language: Language = "en",
    review: Review | None = None,
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the monitor."""
    app = ReviewApp(review or review_of(workspace), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "M")
        yield pilot


def shown(pilot: Any) -> str:
    return "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"


def undated(pilot: Any) -> str:
    """Return the screen with a pattern for when runs were made: that goes by the machine's zone."""
    return re.sub(r"\(07-0[0-9] [0-9]{2}:[0-9]{2}\)", "(MM-DD hh:mm)", shown(pilot))


def overrule(workspace: Workspace, count: int) -> None:
    """Overrule the grades of so many customers with grade B, down to C."""
    review = review_of(workspace)
    grades = review.run.results.page(["customer_id", "model_grade"], 0, 240)
    found = [
        customer
        for customer, grade in zip(grades["customer_id"], grades["model_grade"], strict=True)
        if grade == "B"
    ]
    for customer in found[:count]:
        ground = review.core.ground(customer, date.today())
        reason = review.core.policy.override.reasons[0].id
        wanted = Proposal(grade="C", reason=reason, narrative="seen on site", evidence="visit")
        review.core.propose(wanted, ground, datetime.now(UTC))
    review.close()


class Held:
    """Lets concentration be read only when told to."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read, self._free = read, Event()
        self._free.set()

    def hold(self) -> None:
        self._free.clear()

    def go(self) -> None:
        self._free.set()

    def __call__(self, *given: Any) -> Any:
        self._free.wait(5)
        return self._read(*given)


SHOP = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C", "D"]
ordered = true
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[grading]
mode = "score"
cutoffs = { A = 90, B = 60, C = 40 }
[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
reason = { zh = "消费太少", en = "Too little spent" }
bands = [
    { when = ">= 300", points = 100 },
    { when = "[200..300)", points = 70 },
    { when = "[100..200)", points = 50 },
    { when = "< 100", points = 10 },
]
"""


def shop_of(folder: Path) -> Workspace:
    """Make a workspace of two runs: C1 with grade A is lost, C9 with a hostile name and grade A is new."""
    folder.mkdir()
    workspace = Workspace.create(folder)
    source = folder / "customers.csv"
    for month, rows in ((3, "C1,客户1,300\nC2,客户2,0\n"), (4, f"C2,客户2,300\nC9,{HOSTILE},300\nC3,甲,\n")):
        source.write_text("customer_id,customer_name,spent\n" + rows, encoding="utf-8")
        request = GradeRequest(
            source=source,
            policy=parse_policy(SHOP, "shop.toml"),
            as_of=date(2026, month, 1),
            created_at=datetime(2026, month, 1, 8, tzinfo=UTC),
        )
        workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


def calls_of(folder: Path) -> Workspace:
    """Make a workspace of customers who were all to be called long since."""
    folder.mkdir()
    workspace = Workspace.create(folder)
    source = folder / "calls.csv"
    rows = "".join(f"C{n},客户{n},reached,accepts,none_now,\n" for n in range(1, 21))
    source.write_text(
        "customer_id,customer_name,phone_status,acceptance,need,intention\n" + rows, encoding="utf-8"
    )
    made = datetime.now(UTC) - timedelta(days=60)
    policy = workspace.shelf.find("auto4s.call-list")
    request = GradeRequest(source=source, policy=policy, as_of=made.date(), created_at=made)
    workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace
