"""A workspace is found, made, and grades, keeps and explains: the one door for every face."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from rung.errors import RungError
from rung.pipeline import GradeRequest
from rung.policy.reader import parse_policy
from rung.runs import ArrowFile
from rung.workspace import Workspace

POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = "Shop tiers"
grades = ["A", "B"]
[fields.spent]
title = "Spent"
kind = "money"
[grading]
mode = "count"
by = "spent"
shares = { A = 20, B = 100 }
[[flags]]
id = "big"
title = "Big"
when = { spent = ">= 9" }
"""


def customers(folder: Path, rows: int = 10) -> Path:
    path = folder / "customers.parquet"
    ids = [f"C{number}" for number in range(rows)]
    pl.DataFrame({"customer_id": ids, "spent": range(rows)}).write_parquet(path)
    return path


def request(folder: Path, rows: int = 10) -> GradeRequest:
    return GradeRequest(
        source=customers(folder, rows),
        policy=parse_policy(POLICY, "shop.toml"),
        as_of=date(2026, 3, 1),
        created_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )


def quiet(_stage: str, _done: int, _whole: int | None) -> None:
    """Report to nobody."""


def test_a_workspace_is_found_from_any_folder_within(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "work")
    deep = made.folder / "policies" / "old"
    deep.mkdir()
    found = Workspace.find(deep)
    assert found is not None
    assert found.folder == tmp_path / "work"


def test_outside_of_any_workspace_none_is_found(tmp_path: Path) -> None:
    assert Workspace.find(tmp_path) is None


def test_a_folder_that_is_no_workspace_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="rung init"):
        Workspace.open(tmp_path)


def test_what_is_a_workspace_already_is_left_alone(tmp_path: Path) -> None:
    Workspace.create(tmp_path, language="zh")
    with pytest.raises(RungError, match="already"):
        Workspace.create(tmp_path)
    assert Workspace.open(tmp_path).config.language == "zh"


def test_a_population_graded_is_kept_with_its_manifest(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    manifest = workspace.grade(request(tmp_path), quiet)
    assert manifest.run_id == "20260301T120000Z-shop.tiers"
    assert (manifest.rows, manifest.counts, manifest.flagged) == (10, {"A": 2, "B": 8}, {"big": 1})
    assert manifest.calibration["grading"]["at_least"] == [800]
    assert manifest.score_decimals is None
    assert [(column.id, column.kind, column.decimals) for column in manifest.columns] == [
        ("spent", "money", 2)
    ]
    assert manifest.inputs[0].path == str(tmp_path / "customers.parquet")
    assert len(manifest.input_sha256) == 64
    assert workspace.runs().manifests == (manifest,)


def test_results_and_measured_values_stand_in_the_order_of_the_table(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    workspace.grade(request(tmp_path, 25_000), quiet)
    with workspace.run() as run:
        wanted = [f"C{number}" for number in range(25_000)]
        assert run.results.page(["customer_id"], 0, 25_000)["customer_id"] == wanted
        assert run.measured.page(["customer_id", "spent"], 0, 25_000) == {
            "customer_id": wanted,
            "spent": [100 * number for number in range(25_000)],
        }


def test_a_customer_is_explained_by_the_cut_offs_of_its_run(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    workspace.grade(request(tmp_path), quiet)
    told = workspace.explain("C8")
    assert (told.grade, told.population, told.customer_name) == ("A", 10, "")
    assert str(told.cutoffs[0].at_least) == "8 yuan"
    assert workspace.explain("C7").grade == "B"


def test_a_block_that_fails_after_grading_keeps_no_run(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)

    def fail() -> None:
        with workspace.grading(request(tmp_path), quiet) as run:
            assert run.manifest.rows == 10
            raise RungError.of("the export went wrong")

    with pytest.raises(RungError, match="export"):
        fail()
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_population_that_is_refused_leaves_no_run(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    wish = request(tmp_path)
    wish.source.write_bytes(b"PAR1")
    with pytest.raises(RungError):
        workspace.grade(wish, quiet)
    assert list((tmp_path / "runs").iterdir()) == []


def test_many_record_batches_hold_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.pipeline.writing._BATCH", 7)
    workspace = Workspace.create(tmp_path)
    manifest = workspace.grade(request(tmp_path, 40), quiet)
    folder = tmp_path / "runs" / manifest.run_id
    for name in ("results.arrow", "measured.arrow"):
        with ArrowFile.open(folder / name) as file:
            assert file.num_rows == 40
            assert file.page(["customer_id"], 20, 3)["customer_id"] == ["C20", "C21", "C22"]


def test_a_source_is_known_by_name_with_its_paths_from_the_workspace(tmp_path: Path) -> None:
    sources = {"shops": {"customers": "data/shops.csv", "events": {"orders": "data/orders.csv"}}}
    workspace = Workspace.create(tmp_path, sources=sources)
    found = workspace.source("shops")
    assert found.customers == str(tmp_path / "data" / "shops.csv")
    assert found.events == {"orders": str(tmp_path / "data" / "orders.csv")}
    with pytest.raises(RungError, match="Did you mean “shops”"):
        workspace.source("shop")
