"""A plugin's measure that fails leaves the customers ungraded, says so, and costs nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import polars as pl
import pytest

from rung.hooks import GROUP
from rung.pipeline import GradeRequest, scorecard_of
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.runs.export import export_frame
from rung.workspace import Workspace

PLUGIN = """
from rung.sdk import API_EDITION, Field, Kind, Measure, Sector, Text, hookimpl
RUNG_API = API_EDITION

def broken():
    raise ZeroDivisionError("no such thing")

@hookimpl
def rung_sector():
    return Sector(
        id="frail", title=Text("脆", "Frail"), about=Text("脆", "Frail"),
        fields=(
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT, is_required=True),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
            Field(id="spent", title=Text("消费", "Spent"), kind=Kind.MONEY),
        ),
        measures=(
            Measure(
                id="twice", title=Text("双倍", "Twice"), kind=Kind.MONEY, inputs=("spent",), build=broken
            ),
        ),
    )
"""
POLICY = """
schema = 1
id = "frail.tiers"
version = "1"
sector = "frail"
title = "Tiers"
grades = ["A", "B"]
grading = { mode = "score", cutoffs = { A = 50 } }
[[criteria]]
id = "twice"
title = "Twice"
measure = "twice"
missing = "drop"
bands = [{ when = ">= 10", points = 100 }, { when = "< 10", points = 0 }]
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [{ when = ">= 10", points = 100 }, { when = "< 10", points = 0 }]
"""


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    (tmp_path / "frail_plugin.py").write_text(PLUGIN, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    pl.DataFrame({"customer_id": ["C1", "C2"], "spent": [20, 5]}).write_csv(tmp_path / "customers.csv")
    host = PluginHost([EntryPoint("frail", "frail_plugin", GROUP)])
    workspace = Workspace.create(tmp_path / "work", host)
    request = GradeRequest(
        source=tmp_path / "customers.csv",
        policy=parse_policy(POLICY, "tiers.toml"),
        as_of=date(2026, 3, 1),
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    workspace.grade(request, lambda _stage, _done, _whole: None)
    return workspace


def test_nobody_is_graded_and_the_manifest_names_the_fault(graded: Workspace) -> None:
    (manifest,) = graded.runs().manifests
    assert manifest.counts == {"A": 0, "B": 0}
    assert manifest.not_graded == {"fault:frail": 2}
    assert any("twice" in fault and "ZeroDivisionError" in fault for fault in manifest.faults)
    assert not manifest.is_clean


def test_an_explanation_says_that_the_plugin_failed(graded: Workspace) -> None:
    told = graded.explain("C1")
    assert told.grade is None
    assert told.not_graded is not None
    assert str(told.not_graded.text) == "Plugin “frail” failed"


def test_an_export_says_it_too(graded: Workspace) -> None:
    with graded.run() as run:
        compiled = scorecard_of(run, graded.host).compiled
        frame = export_frame(run.frame(), compiled, "en", lists=False).collect()
    assert frame["not_graded_text"].to_list() == ["Plugin “frail” failed"] * 2
    assert frame["score"].null_count() == 2
