"""Answers that expired are missing in the run, and the run's report says how many there were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from rung.pipeline import GradeRequest, graded
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy

POLICY = """
schema = 1
id = "shop.judged"
version = "1"
title = "Judged"
grades = ["A", "B"]
[fields.trust]
title = "Trust"
kind = "category"
choices = { high = [], low = [] }
[fields.asked_on]
title = "Asked on"
kind = "date"
[grading]
mode = "score"
cutoffs = { A = 50 }
[[criteria]]
id = "trust"
title = "Trust"
measure = "trust"
missing = "worst"
expires_after = "6mo"
dated_by = "asked_on"
levels = [
    { level = "high", title = "High", describes = "…", points = 100 },
    { level = "low", title = "Low", describes = "…", points = 0 },
]
"""


def test_expired_answers_are_missing_at_rest_and_counted(tmp_path: Path) -> None:
    source = tmp_path / "customers.csv"
    source.write_text(
        "customer_id,trust,asked_on\nnew,high,2026-01-31\nold,high,2025-12-29\nnever,high,\nnone,,2020-01-01\n",
        encoding="utf-8",
    )
    asked = GradeRequest(
        source=source,
        policy=parse_policy(POLICY, "judged.toml"),
        as_of=date(2026, 6, 30),
        created_at=datetime(2026, 7, 1, tzinfo=UTC),
    )
    with graded(asked, PluginHost(), lambda *_: None) as run:
        values = [run.customer(row).measured["trust"] for row in range(4)]
        grades = [run.customer(row).result["model_grade"] for row in range(4)]
        told = run.manifest.quality["expired"]
    assert values == ["high", None, "high", None]
    assert grades == ["A", "B", "A", "B"]
    assert told == [{"id": "trust", "dated_by": "asked_on", "before": "2025-12-30", "count": 1}]
