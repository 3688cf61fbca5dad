"""A shop with records open, late and closed, a policy that listens, and the program opened on its records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screens import lines, settle
from textual.pilot import Pilot

from rung.pipeline import GradeRequest
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.records.sheet import Sheet
from rung_tui.review import Review

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"
CUSTOMERS = f"customer_id,customer_name,spent,account_manager\nC1,甲公司,500,East\nC2,{HOSTILE},5,East\n"
POLICY = """
schema = 1
id = "watch.tiers"
version = "3"
sector = "general"
title = { zh = "等级", en = "Tiers" }
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 80 } }

[roles]
keeper = { zh = "客户经理", en = "Keeper" }
chief = { zh = "总监", en = "Chief" }

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]

[correction]
approval = { up = "none", down = "none" }

[[alarms]]
id = "unhappy"
title = { zh = "大客户不满意", en = "A big customer is unhappy" }
on = "surveys"
when = { score = "< 60" }
reason = { zh = "得分低", en = "A low score" }
duties = [
    { by = "keeper", within = "2h", channel = "phone", text = { zh = "致电", en = "Call" } },
    { by = "keeper", within = "2d", text = { zh = "书面答复", en = "Write" } },
]
escalate_after = "1h"
escalate_to = "chief"
"""
PEOPLE = """
[people.li]
name = "李娜"
role = "reviewer"

[people.chen]
name = "陈总"
role = "approver"

[people.guest]
name = "Guest"
role = "viewer"
"""
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
TODAY = MONDAY + timedelta(days=20)


def shop_of(folder: Path, more: str = "") -> Workspace:
    """Make a workspace in Chinese time with two customers and a policy that listens."""
    Workspace.create(folder)
    file = folder / "rung.toml"
    calendar = '\n[calendar]\ntimezone = "Asia/Shanghai"\n'
    file.write_text(file.read_text(encoding="utf-8") + calendar + more, encoding="utf-8")
    (folder / "policies/tiers.toml").write_text(POLICY, encoding="utf-8")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    place = Workspace.open(folder)
    graded(place, "watch.tiers", "customers.csv")
    return place


def graded(place: Workspace, policy: str, source: str) -> None:
    request = GradeRequest(
        source=place.folder / source,
        policy=place.shelf.find(policy),
        as_of=date(2026, 2, 1),
        created_at=datetime(2026, 2, 1, tzinfo=SHANGHAI),
    )
    place.grade(request, lambda *_told: None)


def complain(place: Workspace, customer: str, at: datetime) -> str:
    return place.records.open("complaint", customer, {"subject": "少送一条"}, at).records[0].id


@asynccontextmanager
async def records(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the records."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("R")
        await settle(pilot)
        yield pilot


def shown(pilot: Any) -> str:
    return "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"


def records_of(place: Workspace, customer: str) -> list[tuple[str, str]]:
    with place.human_input.ledger() as store:
        return [(each.id, each.state) for each in store.records() if each.customer_id == customer]


def record(place: Workspace, number: int) -> Any:
    with place.human_input.ledger() as store:
        return store.record(number)


def answer(pilot: Any, name: str) -> str:
    sheet = pilot.app.screen
    assert isinstance(sheet, Sheet)
    return sheet.answers[name]


def told(pilot: Any) -> list[str]:
    return [each.message for each in pilot.app._notifications]
