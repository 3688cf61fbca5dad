"""An office in which three better grades await approval, and the program opened on what does."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from screens import lines, settle
from textual.pilot import Pilot

from rung.ledger import Proposal
from rung.text import Language
from rung.workspace import Workspace
from rung_tui.app import ReviewApp
from rung_tui.review import Review

As = Callable[[str], None]
HOSTILE = "坏\x1b[31m[b]人\u202e👨\u200d👩\u200d👧\n第二行"
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"
team = "北区"
manager = "boss"

[people.wang]
name = "王伟"
role = "approver"

[people.zhao]
name = "赵敏"
role = "approver"
manager = "boss"

[people.sun]
name = "孙丽"
role = "reviewer"

[people.boss]
name = "老板"
role = "owner"
"""
BETTER = Proposal(grade="A", reason="interim_performance", narrative=HOSTILE, evidence="F-12")
LARGE, SMALL, THIRD = "K0000003", "K0000012", "K0000018"
# Of B: raising the first needs two approvals, the others one.


def now() -> datetime:
    return datetime.now().astimezone()


@asynccontextmanager
async def approvals(
    workspace: Workspace, size: tuple[int, int] = (80, 24), language: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """Open the program, and in it the approvals."""
    app = ReviewApp(Review(workspace, workspace.run()), language)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("A")
        await settle(pilot)
        yield pilot


def undated(pilot: Any) -> str:
    """Return the screen with every day and hour written as a pattern."""
    shown = "\n".join(each.rstrip() for each in lines(pilot.app)) + "\n"
    for pattern, put in (
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD"),
        ("[0-9]{2}:[0-9]{2}", "HH:MM"),
        ("36[56] days", "N days"),
    ):
        shown = re.sub(pattern, put, shown)
    return shown


def status(workspace: Workspace, number: str) -> str:
    return workspace.human_input.input(number).status(now().date()).value
