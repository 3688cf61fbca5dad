"""A manifest read back is the manifest written; anything else is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rung.errors import RungError
from rung.runs.manifest import (
    Input,
    Manifest,
    MeasuredColumn,
    Named,
    PluginStamp,
    PolicyStamp,
    read_manifest,
    write_manifest,
)
from rung.text import Text

GRADED = Manifest(
    run_id="20260301T101500Z-bank.tiers",
    created_at=datetime(2026, 3, 1, 10, 15, tzinfo=UTC),
    rung_version="0.1.0",
    policy=PolicyStamp("bank.tiers", "2026.1", "ab12", Text("客户等级", "Customer tiers"), "tiers.toml"),
    plugin=PluginStamp("bank", "rung", "0.1.0"),
    as_of=date(2026, 2, 28),
    inputs=(Input("customers", "客户.csv", 1024),),
    input_sha256="cd34",
    calibration={"grading": {"at_least": [100, None], "population": 7, "total": 0}},
    rows=10,
    grades=(Named("A", Text("重点", "Key")), Named("B", Text.same("B"))),
    flags=(Named("new", Text("新客户", "New")),),
    criteria=(Named("assets", Text("资产", "Assets")),),
    counts={"A": 3, "B": 5},
    flagged={"new": 1},
    not_graded={"missing:assets": 2},
    quality={"rows": 10},
    rejected=0,
    faults=("Plugin “x” is faulty.",),
    score_decimals=2,
    point_decimals=2,
    columns=(MeasuredColumn("assets", Text("资产", "Assets"), "money", "yuan", 2),),
    sizes={"results.arrow": 4096},
)


def altered(path: Path, **changes: Any) -> Path:
    write_manifest(GRADED, path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    return path


def test_a_manifest_read_back_is_the_one_written(tmp_path: Path) -> None:
    write_manifest(GRADED, tmp_path / "run.json")
    assert read_manifest(tmp_path / "run.json") == GRADED


def test_a_run_without_plugin_and_score_is_read_back_too(tmp_path: Path) -> None:
    bare = replace(GRADED, plugin=None, score_decimals=None, columns=(), faults=())
    write_manifest(bare, tmp_path / "run.json")
    assert read_manifest(tmp_path / "run.json") == bare


def test_chinese_stays_readable_in_the_file(tmp_path: Path) -> None:
    write_manifest(GRADED, tmp_path / "run.json")
    assert "重点" in (tmp_path / "run.json").read_text(encoding="utf-8")


def test_a_manifest_of_a_newer_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="newer Rung"):
        read_manifest(altered(tmp_path / "run.json", edition=2))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"rows": "10"}, "rows"),
        ({"rows": True}, "rows"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"counts": {"A": 3.5}}, "counts.A"),
        ({"grades": [{"id": "A"}]}, "grades[0].title"),
        ({"policy": []}, "policy"),
        ({"strange": 1}, "strange"),
        ({"edition": "one"}, "edition"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_key(
    tmp_path: Path, changes: dict[str, Any], key: str
) -> None:
    with pytest.raises(RungError) as caught:
        read_manifest(altered(tmp_path / "run.json", **changes))
    assert f"[{key}]" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b"null"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(RungError, match="manifest is damaged"):
        read_manifest(tmp_path / "run.json")


def test_a_manifest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="no manifest"):
        read_manifest(tmp_path / "run.json")


def test_a_run_with_customers_left_out_or_faults_is_not_clean() -> None:
    assert not GRADED.is_clean
    assert not replace(GRADED, faults=()).is_clean
    assert replace(GRADED, faults=(), not_graded={}).is_clean
    assert GRADED.graded == 8
