"""A shop that calls its customers: its policy, a second one that reads the same field, and its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from places import graded, moment, told, workspace

from rung.errors import RungError
from rung.service.contacts import ContactSaid
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.workspace import Workspace

As = Callable[[str], None]
"""Has somebody else sit at the keyboard."""

FIELDS = """
[fields.need]
title = { zh = "需求", en = "Need" }
kind = "category"
choices = { now = ["现在"], later = ["以后"], none = ["没有"] }
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.phone]
title = { zh = "电话", en = "Phone" }
kind = "text"
"""
POLICY = """
schema = 1
id = "{id}"
version = "1"
title = {{ zh = "来电", en = "Calls" }}
grades = ["A", "B", "C"]
{fields}
[grading]
mode = "rules"

[[rules]]
id = "now"
grade = "A"
when = {{ need = "now" }}
reason = {{ zh = "有需求", en = "A need now" }}
[[rules]]
id = "later"
grade = "B"
when = {{ need = "later" }}
reason = {{ zh = "以后", en = "Later" }}
[[rules]]
id = "none"
grade = "C"
when = {{ need = "none" }}
reason = {{ zh = "没有", en = "None" }}
[[rules]]
id = "big"
grade = "A"
when = {{ spent = "> 1_000_000" }}
reason = {{ zh = "大", en = "Big" }}

[roles]
caller = {{ zh = "电访员", en = "Caller" }}

[service.A.contact]
every = "7d"
no_later_than = "14d"
by = "caller"
script = {{ zh = "您好", en = "Good day" }}
[service.B]
contact = {{ every = "30d", by = "caller" }}
[service.C]
contact = {{ every = "6mo", by = "caller" }}
{more}
"""
OUTCOMES = """
[[outcomes]]
id = "wants"
title = { zh = "想要", en = "Wants it" }
key = "w"
facts = { need = "now" }
[[outcomes]]
id = "perhaps"
title = { zh = "再说", en = "Perhaps" }
key = "p"
facts = { need = "later" }
[[outcomes]]
id = "spoken"
title = { zh = "已联系", en = "Spoken to" }
key = "s"
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
[correction]
approval = { up = "one", down = "one" }
needs_evidence = true
"""
CUSTOMERS: tuple[dict[str, Any], ...] = (
    {"customer_id": "K-1", "customer_name": "张三", "need": "later", "spent": 10, "phone": "1"},
    {"customer_id": "K-2", "customer_name": "李四", "need": "now", "spent": 20, "phone": "2"},
    {"customer_id": "K-3", "customer_name": "王五", "need": "none", "spent": 30, "phone": "3"},
)
MONDAY = date(2026, 3, 2)
NOW = moment(date(2026, 3, 4))
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
[people.wang]
name = "王强"
role = "reviewer"
[people.boss]
name = "陈总"
role = "owner"
[people.guest]
name = "Guest"
role = "viewer"
"""


def policy(place: Workspace, name: str, more: str = OUTCOMES, fields: str = FIELDS) -> None:
    """Put a policy into the workspace."""
    text = POLICY.format(id=name, fields=fields, more=more)
    (place.folder / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")


def shop(folder: Path, people: str = "", day: date = MONDAY) -> Workspace:
    """A workspace graded by the policy with outcomes of its own; ``people`` are lines of its file."""
    place = workspace(folder, people)
    policy(place, "shop.calls")
    graded(place, "shop.calls", day, CUSTOMERS)
    return place


def said(outcome: str = "spoken", **parts: Any) -> ContactSaid:
    """What is said of a contact."""
    return ContactSaid(outcome=outcome, **parts)


def at(day: date, hour: int = 10) -> datetime:
    """A moment in Chinese time."""
    return moment(day, hour)


def refusals(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RungError) as caught:
        work()
    return [each.message for each in caught.value.problems]


def contacts_due(place: Workspace, day: date, within: int = 0) -> list[tuple[object, ...]]:
    chosen = Chosen(within=within, kinds=frozenset([DueKind.CONTACT]))
    return told(place.service.due(at(day), chosen))
