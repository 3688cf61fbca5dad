"""The matrix of a policy on the screen: every cell a line of its own, changed as a threshold is."""

from __future__ import annotations

import pytest
from screens import press, settle, text
from textual.pilot import Pilot

from conftest import Opened
from rung.workspace import Workspace
from rung_tui.policy.screen import PolicyScreen

pytestmark = pytest.mark.asyncio

MATRIX = """
schema = 1
id = "own.grid"
version = "1"
title = { zh = "矩阵", en = "Grid" }
grades = ["A", "B", "C"]
[fields.customer_id]
title = { zh = "编号", en = "Id" }
kind = "text"
[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "number"
[fields.visits]
title = { zh = "来店", en = "Visits" }
kind = "integer"
[grading]
mode = "matrix"
axes = ["spent", "visits"]
cells = [["A", "B"], ["B", "C"]]
[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
bands = [{ when = ">= 100" }, { when = "< 100" }]
[[criteria]]
id = "visits"
title = { zh = "来店", en = "Visits" }
measure = "visits"
missing = "worst"
bands = [{ when = ">= 5", label = { zh = "常客", en = "regular" } }, { when = "< 5" }]
"""


async def until(pilot: Pilot[int], wanted: str) -> None:
    """Wait until something stands on the screen."""
    for _round in range(200):
        if wanted in text(pilot.app):
            return
        await pilot.pause(0.05)
    raise AssertionError(text(pilot.app))


async def test_a_cell_of_the_matrix_is_changed_and_taken_back(opened: Opened, workspace: Workspace) -> None:
    folder = workspace.folder / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "grid.toml").write_text(MATRIX, encoding="utf-8")
    async with opened(size=(100, 40)) as pilot:
        await press(pilot, "P")
        screen = pilot.app.screen
        assert isinstance(screen, PolicyScreen)
        screen.show_policy("own.grid")
        await until(pilot, "over own.grid")
        await press(pilot, "o")
        await settle(pilot)
        rows = [each for each in text(pilot.app).splitlines() if "Spent  band" in each]
        assert ["A, B" in rows[0], "B, C" in rows[1]] == [True, True]
        cells = [each.node.path for each in screen.table.source.page(0, 40)]
        screen.table.cursor = cells.index(("grading", "cells", 0, 1))
        await press(pilot, "enter")
        assert "One of: A, B, C." in text(pilot.app)
        await press(pilot, "ctrl+u", "Z")
        await pilot.press("enter")
        await until(pilot, "✗ ")  # no grade of the policy
        await press(pilot, "ctrl+u", "C", "enter")
        draft = screen.desk.draft
        assert draft is not None
        assert draft.value(("grading", "cells")) == [["A", "C"], ["B", "C"]]
        assert draft.problems == ()
        await press(pilot, "u")
        assert draft.value(("grading", "cells")) == [["A", "B"], ["B", "C"]]
