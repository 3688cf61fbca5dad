"""What a source hands over is checked batch by batch; a source that fails leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from source_desk import Cli, handing_over, temporary

Install = Callable[..., Path]

FRAME = 'pl.DataFrame({"customer_id": ["C1", "C2"], "spent": [5000, 50], "late": [0, 1]})'
POLARS = "import polars as pl\nimport duckdb"


def _graded(cli: Cli) -> tuple[int, str]:
    ended = cli("grade", "--from", "odd", "--policy", "shop.toml", "--json")
    return ended.code, ended.err


@pytest.mark.parametrize(
    "customers",
    [
        FRAME,
        f"{FRAME}.lazy()",
        f"iter([{FRAME}.head(1), {FRAME}.tail(1).lazy()])",
        f"[{FRAME}.head(1), {FRAME}.tail(1).select('late', 'spent', 'customer_id')]",
        f"[{FRAME}.head(1), {FRAME}.tail(1).cast({{'spent': pl.Float64}})]",
        f"[{FRAME}.head(1), {FRAME}.tail(1).with_columns(late=None)]",
        f"[{FRAME}.head(1).with_columns(late=None), {FRAME}.tail(1)]",
        f"{FRAME}.cast({{'customer_id': pl.Categorical}})",
        "duckdb.sql(\"select 'C' || n as customer_id, 5000 as spent, '0' as late from range(2) t(n)\")",
        f"__import__('narwhals').from_native({FRAME})",
        "Capsule()",
    ],
    ids=lambda text: text[:60],
)
def test_any_frame_and_any_iterable_of_frames_is_taken(
    cli: Cli, install: Install, shop: Path, customers: str
) -> None:
    before = f"{POLARS}\nclass Capsule:\n    def __arrow_c_stream__(self, schema=None):\n"
    before += f"        return {FRAME}.__arrow_c_stream__(schema)\n"
    install("odd", handing_over(f"SourceTables(customers={customers})", before))
    ended = cli("grade", "--from", "odd", "--policy", "shop.toml", "--json")
    assert ended.err == ""
    assert ended.json["manifest"]["rows"] == 2
    assert ended.json["manifest"]["not_graded"] == {}
    assert temporary(shop) == []


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("None", "It returned NoneType; one SourceTables is wanted."),
        ("SourceTables(customers=None)", "For “customers” it handed over NoneType, which is no table"),
        ("SourceTables(customers='C1,C2')", "handed over str"),
        ("SourceTables(customers={'customer_id': ['C1']})", "handed over dict"),
        ("SourceTables(customers=[{'customer_id': 'C1'}])", "handed over dict"),
        ("SourceTables(customers=pl.Series(['C1']))", "handed over Series"),
        (f"SourceTables(customers={FRAME}, events=[1])", "Its events are list"),
        (f"SourceTables(customers={FRAME}, events={{'visits': 1}})", "There is no event table “visits”."),
        ("SourceTables(customers=pl.DataFrame())", "The table “customers” has no columns."),
        (
            f"SourceTables(customers={FRAME}.with_columns(tags=pl.concat_list('late')))",
            "Column “tags” of “customers” holds List(Int64), which is no value",
        ),
        (
            f"SourceTables(customers={FRAME}.with_columns(b=pl.lit(b'x')))",
            "Column “b” of “customers” holds Bin",
        ),
        (
            "SourceTables(customers=duckdb.sql(\"select 'C1' as customer_id, [1] as tags\"))",
            "Column “tags” of “customers” holds List(Int32)",
        ),
        (
            f"SourceTables(customers=[{FRAME}, {FRAME}.drop('late')])",
            "Batch 2 of “customers” is without the column “late” of those before.",
        ),
        (
            f"SourceTables(customers=[{FRAME}, {FRAME}.with_columns(spend=1)])",
            "has a column “spend” that those before have not. Did you mean “spent”?",
        ),
        (
            f"SourceTables(customers=[{FRAME}, {FRAME}.cast({{'late': pl.String}})])",
            "Column “late” of “customers” is String in batch 2, and Int64 before.",
        ),
        (
            f"SourceTables(customers=[{FRAME}.cast({{'late': pl.Decimal(38, 30)}}), "
            f"{FRAME}.with_columns(late=10**12)])",
            "failed, its tables: InvalidOperationError: conversion from `i64` to `decimal[38,30]` failed",
        ),
        (f"SourceTables(customers={FRAME}.lazy().select(pl.col('nope')))", "failed, its tables: "),
        ("exit('gone')", "failed, reading: SystemExit: gone"),
        ("1 / 0", "failed, reading: ZeroDivisionError: division by zero ("),
    ],
    ids=lambda text: text[:60],
)
def test_what_is_no_table_is_refused_by_name(
    cli: Cli, install: Install, shop: Path, expression: str, told: str
) -> None:
    install("odd", handing_over(expression, POLARS))
    code, err = _graded(cli)
    assert code == 2
    assert "rung: The data source “odd” (rung-odd 1.2) failed, " in err
    assert told in err
    assert "mistake in Rung" not in err
    assert temporary(shop) == []


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        (
            "1 / 0",
            " Check its options and what it reads from. If they are right: rung plugins doctor odd, or "
            "report it to the plugin's author.",
        ),
        ("[1]", "one SourceTables is wanted. Report it to the plugin's author."),
    ],
)
def test_who_is_told_of_a_failure_is_told_what_to_do(
    cli: Cli, install: Install, expression: str, hint: str
) -> None:
    install("odd", handing_over(expression))
    assert _graded(cli)[1].rstrip().endswith(hint)


def test_every_column_at_fault_is_told_at_once(cli: Cli, install: Install) -> None:
    frame = f"{FRAME}.with_columns(a=pl.concat_list('late'), b=pl.struct('late'))"
    install("odd", handing_over(f"SourceTables(customers={frame})", POLARS))
    assert len(_graded(cli)[1].splitlines()) == 2


def test_a_source_that_fails_half_way_leaves_nothing(cli: Cli, install: Install, shop: Path) -> None:
    install()
    assert cli("init", ".").code == 0
    flags = ("--set", "file=crm.db", "--set", "fails=half-way")
    ended = cli("grade", "--from", "crm", *flags, "--policy", "shop.toml")
    assert ended.code == 2
    assert "failed, reading: OSError: the line broke (" in ended.err
    assert list((shop / "runs").iterdir()) == []
    assert temporary(shop) == []


@pytest.mark.parametrize("customers", [f"{FRAME}.clear()", "[]"])
def test_a_source_without_rows_is_told_by_its_name(cli: Cli, install: Install, customers: str) -> None:
    install("odd", handing_over(f"SourceTables(customers={customers})", POLARS))
    code, err = _graded(cli)
    assert code == 2
    assert "rung: odd: The table has headers and no rows." in err


def test_what_a_plugin_prints_is_not_among_the_grades(cli: Cli, install: Install) -> None:
    install("odd", handing_over(f"print('hello') or SourceTables(customers={FRAME})", POLARS))
    ended = cli("grade", "--from", "odd", "--policy", "shop.toml", "--json")
    assert ended.json["manifest"]["rows"] == 2
    assert "hello" in ended.err
