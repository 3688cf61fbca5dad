"""A desk that events arrive at: a workspace with a policy that listens, its customers, and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rung.pipeline import GradeRequest
from rung.plugins import PluginHost
from rung.service.events.happening import Happened
from rung.workspace import Workspace
from rung.workspace.arrivals.events import Added

SHANGHAI = ZoneInfo("Asia/Shanghai")
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

[service.A]
respond = { to = "complaint", title = { zh = "投诉", en = "A complaint" }, within = "24h", by = "keeper" }
stated = true

[[alarms]]
id = "unhappy"
title = { zh = "大客户不满意", en = "A big customer is unhappy" }
on = "surveys"
when = { score = "< 60" }
customers = { spent = ">= 100" }
reason = { zh = "得分低", en = "A low score" }
duties = [
    { by = "keeper", within = "2h", channel = "phone", text = { zh = "致电", en = "Call" } },
    { by = "keeper", within = "2d", text = { zh = "书面答复", en = "Write" } },
]
escalate_after = "1h"
escalate_to = "chief"

[[alarms]]
id = "complaint"
title = { zh = "投诉", en = "A complaint" }
on = "complaints"
duties = { by = "keeper", within = "24h", text = { zh = "答复投诉", en = "Answer the complaint" } }
"""
CUSTOMERS = """customer_id,customer_name,spent,account_manager
C1,甲公司,500,East
C2,乙公司,5,East
C3,丙公司,200,West
"""
PEOPLE = """
[people.li]
name = "李娜"
role = "reviewer"
manager = "chen"
portfolio = ["East"]

[people.chen]
name = "陈总"
role = "approver"

[people.guest]
name = "Guest"
role = "viewer"
"""
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)


def opened(folder: Path, more: str = "", host: PluginHost | None = None, *, first: str = "") -> Workspace:
    """A workspace in Chinese time with the policy in its folder; ``more`` are lines of its file."""
    Workspace.create(folder)
    file = folder / "rung.toml"
    calendar = '\n[calendar]\ntimezone = "Asia/Shanghai"\n'
    file.write_text(first + file.read_text(encoding="utf-8") + calendar + more, encoding="utf-8")
    (folder / "policies/tiers.toml").write_text(POLICY, encoding="utf-8")
    return Workspace.open(folder, host)


def graded(place: Workspace, customers: str = CUSTOMERS, at: datetime | None = None) -> str:
    """Grade customers, and return the run's id."""
    source = place.folder / "customers.csv"
    source.write_text(customers, encoding="utf-8")
    request = GradeRequest(
        source=source,
        policy=place.shelf.find("watch.tiers"),
        as_of=date(2026, 2, 1),
        created_at=at or datetime(2026, 2, 1, tzinfo=SHANGHAI),
    )
    return place.grade(request, lambda *_told: None).run_id


def told(place: Workspace, *happened: Happened, table: str = "surveys", now: datetime = MONDAY) -> Added:
    """Bring events in."""
    return place.events.add(table, happened, now)


def bad(customer: str = "C1", at: datetime | str | None = None, key: str = "") -> Happened:
    """An unhappy answer."""
    return Happened(customer_id=customer, at=at, values={"score": "30"}, key=key)


def raised(place: Workspace) -> list[tuple[str, str]]:
    """Return which alarms there are of whom."""
    return [(each.customer_id, each.alarm) for each in place.alarms.alarms()]


def local(moments: Sequence[datetime | None]) -> list[str]:
    """Return moments as clocks in China show them."""
    return ["" if each is None else f"{each.astimezone(SHANGHAI):%m-%d %H:%M}" for each in moments]
