"""A workspace to look at what is due in: graded by a ready policy, on given days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from rung.pipeline import GradeRequest
from rung.service.due_list import DueList
from rung.workspace import Workspace

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def workspace(folder: Path, more: str = "") -> Workspace:
    """A workspace in Chinese time; ``more`` are lines before the calendar's."""
    Workspace.create(folder)
    file = folder / "rung.toml"
    calendar = '\n[calendar]\ntimezone = "Asia/Shanghai"\n'
    file.write_text(file.read_text(encoding="utf-8") + more + calendar, encoding="utf-8")
    return Workspace.open(folder)


def graded(place: Workspace, policy: str, day: date, customers: Sequence[Mapping[str, Any]]) -> None:
    """Grade the customers as of a day; what one has not is blank."""
    source = place.folder / "customers.csv"
    names = dict.fromkeys(name for each in customers for name in each)
    rows = [{name: each.get(name) for name in names} for each in customers]
    pl.DataFrame(rows, infer_schema_length=None).write_csv(source)
    request = GradeRequest(
        source=source,
        policy=place.shelf.find(policy),
        as_of=day,
        created_at=datetime(day.year, day.month, day.day, 1, tzinfo=SHANGHAI),
    )
    place.grade(request, lambda *_told: None)


def told(found: DueList) -> list[tuple[Any, ...]]:
    """What a list says, in its order: customer, code, day due, days late."""
    return [(each.customer_id, each.code, each.due.isoformat(), each.late_days) for each in found.rows()]
