"""A plugin's mistakes show on any row, in any policy of a call: they cost who uses them and nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import polars as pl
import pytest

from rung.hooks import GROUP
from rung.pipeline import GradeRequest
from rung.plugins import PluginHost
from rung.policy.reader import parse_policy
from rung.runs.manifest import Manifest
from rung.workspace import Workspace

PLUGIN = """
import narwhals.stable.v2 as nw
from rung.sdk import *
RUNG_API = 1

def broken():
    print("out loud")
    {build}

@hookimpl
def rung_sector():
    return Sector(
        id="{id}", title=Text("脆", "Frail"), about=Text("脆", "Frail"),
        fields=(
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT, is_required=True),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
            Field(id="spent", title=Text("消费", "Spent"), kind=Kind.MONEY),
            Field(id="code", title=Text("码", "Code"), kind=Kind.TEXT),
        ),
        events=(
            EventTable(
                id="stays", title=Text("入住", "Stays"),
                columns=(
                    Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
                    Field(id="date", title=Text("日期", "Date"), kind=Kind.DATE),
                ),
            ),
        ),
        features=(
            Feature(
                id="stays_12m", title=Text("近一年入住", "Stays in 12 months"), kind=Kind.INTEGER,
                events="stays", aggregate=Aggregate.COUNT, within="12mo",
            ),
        ),
        measures=(
            Measure(
                id="twice", title=Text("双倍", "Twice"), kind=Kind.INTEGER, inputs=("code",), build=broken
            ),
        ),
    )
"""
LATE = 'return nw.col("code").cast(nw.Int64)'
POLICY = """
schema = 1
id = "{id}"
version = "1"
{sector}
title = "Tiers"
grades = ["A", "B"]
grading = {{ mode = "score", cutoffs = {{ A = 50 }} }}
{fields}
[[criteria]]
id = "one"
title = "One"
measure = "{measure}"
missing = "drop"
bands = [{{ when = ">= 10", points = 100 }}, {{ when = "< 10", points = 0 }}]
"""
OWN = '[fields.spent]\ntitle = "Spent"\nkind = "money"\n'


def policy(name: str, measure: str, sector: str | None = "frail") -> str:
    said = "" if sector is None else f'sector = "{sector}"'
    return POLICY.format(id=name, measure=measure, sector=said, fields=OWN if sector is None else "")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Workspace:
    """A workspace with a plugin whose measure is built by what the test is marked with."""
    build = getattr(request, "param", LATE)
    site = tmp_path / "site"
    site.mkdir()
    name = f"frail_{abs(hash(tmp_path))}"
    (site / f"{name}.py").write_text(PLUGIN.format(id="frail", build=build), encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    rows = 1_000
    codes = [str(number) for number in range(rows - 1)] + ["not a number"]
    ids = [f"C{number:04}" for number in range(rows)]
    pl.DataFrame({"customer_id": ids, "spent": range(rows), "code": codes}).write_csv(
        tmp_path / "customers.csv"
    )
    return Workspace.create(tmp_path / "work", PluginHost([EntryPoint("frail", name, GROUP)]))


def graded(place: Workspace, *policies: str) -> dict[str, Manifest]:
    requests = [
        GradeRequest(
            source=place.folder.parent / "customers.csv",
            policy=parse_policy(text, f"{number}.toml"),
            as_of=date(2026, 3, 1),
            created_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
        for number, text in enumerate(policies)
    ]
    with place.grading_all(requests, lambda _stage, _done, _whole: None) as runs:
        return {run.manifest.policy.id: run.manifest for run in runs}


def test_a_measure_that_breaks_on_the_last_row_costs_its_own_policy_alone(place: Workspace) -> None:
    found = graded(place, policy("frail.code", "twice"), policy("frail.spent", "spent"))
    assert found["frail.code"].not_graded == {"fault:frail": 1_000}
    (told,) = found["frail.code"].faults
    assert told.startswith("twice: InvalidOperationError: ")
    assert found["frail.spent"].counts == {"A": 990, "B": 10}
    assert found["frail.spent"].faults == ()
    assert {each.name for each in (place.folder / "runs").iterdir()} >= {
        each.run_id for each in found.values()
    }


def test_a_policy_without_the_plugin_is_graded_in_the_same_call(place: Workspace) -> None:
    found = graded(place, policy("frail.code", "twice"), policy("own.spent", "spent", None))
    assert found["frail.code"].not_graded == {"fault:frail": 1_000}
    assert found["own.spent"].counts == {"A": 990, "B": 10}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("return nw.col('spent')", "ColumnNotFoundError"),
        ("return nw.col('code')", "TypeError: it gives String; integer is kept as Int64"),
        ("return nw.col('code').len()", "ValueError: its values depend on which other rows are there"),
        ("return 3", "TypeError: it builds int, which is no expression"),
        ("return broken()", "RecursionError"),
    ],
    indirect=["place"],
)
def test_whatever_a_measure_does_is_a_fault_with_its_name(
    place: Workspace, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = graded(place, policy("frail.code", "twice"), policy("frail.spent", "spent"))
    assert found["frail.code"].not_graded == {"fault:frail": 1_000}
    assert found["frail.code"].faults[0].startswith(f"twice: {told}")
    assert found["frail.spent"].counts == {"A": 990, "B": 10}
    printed = capsys.readouterr()
    assert (printed.out, "out loud" in printed.err) == ("", True)


def test_a_feature_without_its_events_leaves_a_policy_with_the_reason_and_no_other(place: Workspace) -> None:
    found = graded(place, policy("frail.stays", "stays_12m"), policy("frail.spent", "spent"))
    assert found["frail.stays"].not_graded == {"no_evidence": 1_000}
    assert found["frail.spent"].counts == {"A": 990, "B": 10}
