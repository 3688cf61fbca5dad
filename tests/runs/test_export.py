"""An export says in words and decimals what the codes and scaled numbers of a run say, and is harmless."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest

from rung.errors import RungError
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.model import Policy
from rung.runs import formats
from rung.runs.export import export_frame, guarded
from rung.runs.formats import format_of, write_table
from rung.text import Language, Text, inert
from rung.vocabulary import Field, Kind, Vocabulary

VOCABULARY = Vocabulary.of(
    None,
    {
        "assets": Field(id="assets", title=Text("资产", "Assets"), kind=Kind.MONEY),
        "late": Field(id="late", title=Text("逾期", "Late"), kind=Kind.INTEGER),
    },
)
POLICY: dict[str, Any] = {
    "schema": 1,
    "id": "test.tiers",
    "version": "1",
    "title": "Tiers",
    "grades": ["A", "B"],
    "grading": {"mode": "score", "cutoffs": {"A": 50}},
    "criteria": [
        {
            "id": "assets",
            "title": {"zh": "资产", "en": "Assets"},
            "measure": "assets",
            "bands": [
                {"when": ">= 100", "points": 100, "label": {"zh": "大", "en": "large"}},
                {"when": "< 100", "points": 12.5, "label": {"zh": "小", "en": "small"}},
            ],
        }
    ],
    "gates": [
        {"id": "late", "when": {"late": "> 90"}, "at_most": "B", "reason": {"zh": "逾期", "en": "Overdue"}}
    ],
    "flags": [
        {"id": "new", "title": "New", "when": {"late": 0}},
        {"id": "vip", "title": "VIP", "when": {"late": 0}},
    ],
}


@pytest.fixture(scope="module")
def compiled() -> CompiledPolicy:
    return compile_policy(Policy.model_validate(POLICY), VOCABULARY)


def results(compiled: CompiledPolicy, **changed: list[Any]) -> pl.LazyFrame:
    columns = {
        "customer_id": ["C1", "C2", "C3"],
        "customer_name": ["甲公司", None, "丙公司"],
        "model_grade": ["B", "A", None],
        "score": [1250, 10000, None],
        "flags": [3, 0, 2],
        "points_assets": [1250, 10000, None],
        "reason_1": ["gate:late", "assets:1", None],
        "reason_2": ["assets:2", None, None],
        "reason_3": [None, None, None],
        "evidence": [100, 100, 0],
        "not_graded": [None, None, "missing:assets"],
    }
    reasons, causes = pl.Enum(compiled.reason_codes), pl.Enum(compiled.refusal_codes)
    types = {
        "customer_id": pl.String,
        "customer_name": pl.String,
        "model_grade": pl.Enum(compiled.grades),
        "flags": pl.Int64,
        "points_assets": pl.Int32,
        "evidence": pl.Int16,
        "not_graded": causes,
        **dict.fromkeys(("reason_1", "reason_2", "reason_3"), reasons),
    }
    return pl.LazyFrame({**columns, **changed}, schema_overrides=types)


def exported(
    compiled: CompiledPolicy, language: Language = "en", *, lists: bool = False, **changed: list[Any]
) -> list[dict[str, Any]]:
    return export_frame(results(compiled, **changed), compiled, language, lists=lists).collect().to_dicts()


def test_a_graded_customer_has_its_grade_score_flags_and_reasons_in_words(compiled: CompiledPolicy) -> None:
    assert exported(compiled)[0] == {
        "customer_id": "C1",
        "customer_name": "甲公司",
        "model_grade": "B",
        "score": 12.5,
        "flags": "new; vip",
        "points_assets": 12.5,
        "reasons": "gate:late; assets:2",
        "reason_texts": "Overdue; Assets: small",
        "evidence": 100,
        "not_graded": None,
        "not_graded_text": None,
    }


def test_a_customer_not_graded_has_the_cause_in_words(compiled: CompiledPolicy) -> None:
    row = exported(compiled)[2]
    assert (row["model_grade"], row["score"], row["flags"], row["reasons"]) == (None, None, "vip", "")
    assert (row["not_graded"], row["not_graded_text"]) == ("missing:assets", "Data missing: Assets")


def test_reasons_come_in_the_language_asked_for(compiled: CompiledPolicy) -> None:
    assert exported(compiled, "zh")[0]["reason_texts"] == "逾期; 资产：小"


def test_where_a_cell_can_hold_several_values_it_does(compiled: CompiledPolicy) -> None:
    rows = exported(compiled, lists=True)
    assert [row["flags"] for row in rows] == [["new", "vip"], [], ["vip"]]
    assert rows[0]["reasons"] == ["gate:late", "assets:2"]
    assert rows[2]["reason_texts"] == []


def test_a_policy_without_flags_and_criteria_can_be_exported() -> None:
    bare: dict[str, Any] = {
        **POLICY,
        "criteria": [],
        "flags": [],
        "gates": [],
        "grading": {"mode": "rules"},
        "rules": [{"id": "late", "grade": "B", "when": {"late": "> 90"}, "reason": "Overdue"}],
    }
    compiled = compile_policy(Policy.model_validate(bare), VOCABULARY)
    frame = results(compiled, reason_1=["rule:late"] * 3, reason_2=[None] * 3, not_graded=[None] * 3)
    for lists, nothing in ((False, ""), (True, [])):
        row = (
            export_frame(frame.drop("points_assets"), compiled, "en", lists=lists)
            .collect()
            .row(0, named=True)
        )
        assert row["flags"] == nothing


@pytest.mark.parametrize(
    "name", ["=cmd()", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1", "\x1b=1", "\u202e=1"]
)
def test_no_name_reaches_a_spreadsheet_as_a_formula(compiled: CompiledPolicy, name: str) -> None:
    frame = export_frame(results(compiled, customer_name=[name] * 3), compiled, "en", lists=False)
    for shown in guarded(frame).collect()["customer_name"]:
        assert shown.startswith("'")


def test_an_ordinary_name_is_left_as_it_is(compiled: CompiledPolicy) -> None:
    names = ["甲-乙公司", "a=b", "[red]red[/red]"]
    frame = export_frame(results(compiled, customer_name=names), compiled, "en", lists=False)
    assert guarded(frame).collect()["customer_name"].to_list() == names


def test_the_export_takes_out_exactly_what_the_screen_does(compiled: CompiledPolicy) -> None:
    names = [f"a{chr(code)}b" for code in range(0x3000) if unicodedata.category(chr(code)) != "Cs"]
    frame = pl.LazyFrame({"customer_id": names, "customer_name": names})
    whole = results(compiled).collect().head(1).drop("customer_id", "customer_name")
    widened = pl.concat([frame.collect(), pl.concat([whole] * len(names))], how="horizontal").lazy()
    shown = export_frame(widened, compiled, "en", lists=False).collect()["customer_name"].to_list()
    assert shown == [inert(name) for name in names]


def _quiet(_stage: str, _done: int, _whole: int | None) -> None:
    """Report to nobody."""


def write(compiled: CompiledPolicy, path: Path, **changed: list[Any]) -> Path:
    frame = export_frame(results(compiled, **changed), compiled, "zh", lists=format_of(path).has_lists)
    write_table(frame, path, 3, _quiet)
    return path


def test_csv_is_read_back_by_spreadsheets_and_by_polars(compiled: CompiledPolicy, tmp_path: Path) -> None:
    path = write(compiled, tmp_path / "out.csv", customer_name=["=cmd()", 'a"b,c', "丙\n公司"])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert pl.read_csv(path)["customer_name"].to_list() == ["'=cmd()", 'a"b,c', "丙 公司"]


def test_a_worksheet_holds_numbers_as_numbers_and_formulas_as_text(
    compiled: CompiledPolicy, tmp_path: Path
) -> None:
    path = write(compiled, tmp_path / "out.xlsx", customer_name=["=1+1", "https://x.cn", "丙公司"])
    sheet = fastexcel.read_excel(path).load_sheet(0).to_polars()
    assert sheet["customer_name"].to_list() == ["'=1+1", "https://x.cn", "丙公司"]
    assert sheet["score"].to_list() == [12.5, 100, None]
    assert sheet["model_grade"].to_list() == ["B", "A", None]


def test_parquet_and_json_lines_hold_lists(compiled: CompiledPolicy, tmp_path: Path) -> None:
    parquet = pl.read_parquet(write(compiled, tmp_path / "out.parquet"))
    assert parquet["flags"].to_list() == [["new", "vip"], [], ["vip"]]
    lines = write(compiled, tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["reason_texts"] == ["逾期", "资产：小"]
    assert json.loads(lines[2])["model_grade"] is None


def test_an_ending_that_names_no_format_is_refused() -> None:
    with pytest.raises(RungError, match=r"\.csv, \.xlsx, \.parquet, \.jsonl"):
        format_of(Path("out.doc"))


def test_more_rows_than_a_worksheet_holds_are_refused_before_anything_is_written(
    compiled: CompiledPolicy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_SHEET_ROWS", 3)
    with pytest.raises(RungError, match=r"holds 2 rows; these are 3.* Write \.csv"):
        write(compiled, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_file_already_there_is_replaced_whole(compiled: CompiledPolicy, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    write(compiled, tmp_path / "out.csv")
    assert pl.read_csv(tmp_path / "out.csv").height == 3
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_class_of_service_set_by_a_flag_stands_beside_the_grade() -> None:
    flags = [*POLICY["flags"][:1], {"id": "care", "title": "Care", "when": {"late": 0}, "service_class": "4"}]
    compiled = compile_policy(Policy.model_validate({**POLICY, "flags": flags}), VOCABULARY)
    results = pl.DataFrame(
        {
            "customer_id": ["a", "b"],
            "customer_name": [None, "x"],
            "flags": [3, 1],
            "points_assets": [10000, 1250],
            "evidence": [100, 100],
        },
    ).with_columns(
        pl.Series("model_grade", ["B", "A"]),
        pl.Series("score", [10000, 1250]),
        pl.lit(None, pl.String).alias("not_graded"),
        *(pl.lit(None, pl.String).alias(f"reason_{n}") for n in (1, 2, 3)),
    )
    exported = export_frame(results.lazy(), compiled, "en", lists=False).collect()
    assert exported.columns[2:4] == ["model_grade", "service_class"]
    assert exported["service_class"].to_list() == ["4", "A"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_ends_a_worksheet_with_one_error_alone() -> None:
    import gc

    from rung.runs.formats import _write_sheet

    frame = pl.LazyFrame({"name": ["x" * 30_000] * 9})
    with pytest.raises(OSError, match="No space"):
        _write_sheet(frame, Path("/dev/full"), 9, lambda _done: None)
    gc.collect()
