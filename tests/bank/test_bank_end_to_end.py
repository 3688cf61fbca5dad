"""Tables as a bank keeps them, graded by the command: amounts, windows, borrower groups, the whole sample."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl
import pytest

from rung.cli import run
from rung_bank.sample import sample

AS_OF: Final = "2026-06-30"


def _graded(folder: Path, policy: str, *events: str) -> pl.DataFrame:
    tables = [f"--events={name}={folder / name}.csv" for name in events]
    out = folder / "out.csv"
    source = str(folder / "customers.csv")
    assert run(["grade", source, "--policy", policy, *tables, "--as-of", AS_OF, "--out", str(out)]) == 0
    return pl.read_csv(out, infer_schema=False).fill_null("")


def _table(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")


def test_a_bank_s_table_is_graded_as_it_is_written(tmp_path: Path) -> None:
    _table(
        tmp_path,
        "customers",
        """客户号,企业名称,资产总额(万元),资产负债率(%),当前逾期天数,征信情况,风险评估
        1,甲公司,"80,000",49.99,0,优秀,完整
        2,乙公司,79999.99,５０,0,良,完备
        3,丙公司,5000,70%,1,一般,模糊
        4,丁公司,299.99,85,0,较差,无
        5,戊公司,80000,40,90,优,完备
        6,己公司,80000,40,91,优,完备
        7,庚公司,80000,40,0,优,完备
        8,辛公司,约500,40,0,优,完备""",
    )
    filed = "\n".join(f"{n},{day},完备" for n in "1234568" for day in ("2025-09-30", "2026-03-31"))
    _table(tmp_path, "statements", f"客户号,报告期,报送情况\n{filed}\n7,2025-06-30,完备\n7,2026-03-31,未报送")
    rows = _graded(tmp_path, "bank.credit-tiers", "statements")
    assert list(zip(rows["model_grade"], rows["score"], rows["not_graded"], strict=True)) == [
        ("A", "100.0", ""),
        ("B", "84.5", ""),
        ("C", "65.5", ""),
        ("D", "33.0", ""),
        ("B", "86.5", ""),
        ("D", "85.0", ""),
        ("C", "85.0", ""),
        ("", "", "missing:assets"),
    ]
    assert rows["reasons"].to_list()[5:7] == [
        "gate:overdue_90; overdue:5",
        "gate:no_statements; statements:3",
    ]


GROUP_POLICY: Final = """
schema = 1
id = "bank.my-group-watch"
version = "1"
sector = "bank"
title = "关联集团观察"
grades = ["up", "down"]
[grading]
mode = "score"
cutoffs = { up = 50 }
[[criteria]]
use = "bank.group_overdue"
[[criteria]]
use = "bank.group_exposure"
weight = 10
"""


def test_connected_borrowers_answer_for_each_other(tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_text(GROUP_POLICY, encoding="utf-8")
    _table(
        tmp_path,
        "customers",
        """客户编号,名称,集团编号,贷款余额,逾期天数
        1,甲,G1,3000万,0
        2,乙,G1,2000万,31
        3,丙,G2,1000万,0
        4,丁,G2,3999.9999万,0
        5,戊,,4亿,0
        6,己,,1000,91""",
    )
    rows = _graded(tmp_path, str(tmp_path / "watch.toml"))
    points = zip(rows["points_group_overdue"], rows["points_group_exposure"], strict=True)
    assert [(float(overdue), float(exposure)) for overdue, exposure in points] == [
        (20, 60),
        (20, 60),
        (100, 100),
        (100, 100),
        (100, 60),
        (0, 100),
    ]


def test_two_hundred_sampled_borrowers_meet_every_grade_gate_and_refusal(tmp_path: Path) -> None:
    made = sample(200, 5)
    made.customers.write_csv(tmp_path / "customers.csv")
    for name, table in made.events.items():
        table.write_csv(tmp_path / f"{name}.csv")
    rows = _graded(tmp_path, "bank.credit-tiers", *made.events)
    assert set(rows["model_grade"]) - {""} == {"A", "B", "C", "D"}
    first = {reasons.partition("; ")[0] for reasons in rows["reasons"]}
    assert {"gate:overdue_90", "gate:no_statements"} <= first


@pytest.mark.parametrize("seed", [1, 2])
def test_scores_stand_on_both_sides_of_every_cut_off(tmp_path: Path, seed: int) -> None:
    made = sample(200, seed)
    made.customers.write_csv(tmp_path / "customers.csv")
    made.events["statements"].write_csv(tmp_path / "statements.csv")
    rows = _graded(tmp_path, "bank.credit-tiers", "statements")
    scored = set(zip(rows["model_grade"], rows["score"], strict=True))
    assert {
        ("A", "90.0"),
        ("B", "89.5"),
        ("B", "70.0"),
        ("C", "67.0"),
        ("C", "45.0"),
        ("D", "42.0"),
    } <= scored
