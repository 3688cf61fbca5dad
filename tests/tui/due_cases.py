"""A repair shop whose customers are to be called, and the mode Due opened on it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from screens import lines, settle
from textual.pilot import Pilot

from rung.pipeline import GradeRequest
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.review import Review

HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧"
NOW = datetime.now(UTC)
AT = NOW - timedelta(days=60)
DAY = AT.date()
CALENDAR = '[calendar]\ncountry = "none"\ntimezone = "UTC"\nroll = "none"\n'
HEAD = "customer_id,customer_name,phone_status,acceptance,need,intention,owner_id\n"


def calls(count: int) -> str:
    """Return call sheets: the first will come soon, the others accept the shop and need nothing now."""
    rows = [f"C01,{HOSTILE},reached,accepts,known,soon,East"]
    rows += [
        f"C{n:02},客户{n:02},reached,accepts,none_now,,{'West' if n % 2 else 'East'}"
        for n in range(2, count + 1)
    ]
    return HEAD + "\n".join(rows) + "\n"


def shop_of(folder: Path, sheets: str, as_of: date = DAY, at: datetime = AT) -> Workspace:
    """Make a workspace and grade its customers by the call list."""
    folder.mkdir()
    workspace = with_file(Workspace.create(folder), CALENDAR)
    (folder / "calls.csv").write_text(sheets, encoding="utf-8")
    return graded(workspace, as_of, at)


def with_file(workspace: Workspace, after: str, before: str = "") -> Workspace:
    """Return a workspace with more in its file."""
    file = workspace.folder / "rung.toml"
    file.write_text(before + file.read_text(encoding="utf-8") + after, encoding="utf-8")
    return Workspace.open(workspace.folder)


def graded(workspace: Workspace, as_of: date = DAY, at: datetime = AT) -> Workspace:
    """Grade the customers of a workspace."""
    policy = workspace.shelf.find("auto4s.call-list")
    source = workspace.folder / "calls.csv"
    request = GradeRequest(source=source, policy=policy, as_of=as_of, created_at=at)
    workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


@asynccontextmanager
async def due(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it what is due."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        yield pilot


def field(pilot: Any, name: str) -> str:
    value: str = pilot.app.screen_stack[-1].query_one(f"#{name}").value
    return value


def pane_title(pilot: Any) -> str:
    return str(pilot.app.screen.pane.border_title)


def undated(pilot: Any) -> str:
    """Return the screen with every day written as a pattern."""
    shown = "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"
    return re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD", shown)


def contacts(workspace: Workspace, customer: str) -> list[str]:
    return [each.outcome for each in workspace.contacts.of(customer)]
