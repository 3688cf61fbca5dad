"""What the sales plugin declares: sound, light, known by the headers people use; and its three measures."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl
import pytest

import rung_sales
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field

SECTOR: Final = rung_sales.rung_sector()
MODULES: Final = sorted(Path(rung_sales.__file__).parent.glob("*.py"))
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
Row = Mapping[str, str | int | None]


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "sales")] == []


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_sales; rung_sales.rung_sector(); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


COLUMNS: Final = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]


@pytest.mark.parametrize("quantity", [*COLUMNS, *SECTOR.features], ids=lambda quantity: quantity.id)
def test_every_quantity_has_headers_in_both_languages(quantity: Field | Feature) -> None:
    headers = quantity.names()
    assert sum(bool(CHINESE.search(header)) for header in headers) >= 2
    assert sum(not CHINESE.search(header) for header in headers) >= 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("线索编号", "customer_id"),
        ("lead id", "customer_id"),
        ("单位名称", "company"),
        ("微信", "messenger"),
        ("email", "mail"),
        ("线索来源", "source"),
        ("市场区域", "region"),
        ("是否代理商", "is_agent"),
        ("预计签单日期", "expected_close_on"),
        ("close date", "expected_close_on"),
        ("商机金额", "expected_amount"),
        ("销售阶段", "stage"),
    ],
)
def test_headers_in_use_are_known(header: str, field: str) -> None:
    assert [each.id for each in SECTOR.fields if header in each.names()] == [field]


def test_how_a_lead_is_reached_is_sensitive_and_only_the_id_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {
        "contact_person",
        "address",
        "phone",
        "fax",
        "mail",
        "messenger",
    }


def test_nothing_counted_or_paid_can_be_negative() -> None:
    counted = [each for each in SECTOR.features if each.aggregate is Aggregate.COUNT]
    amounts = [each for each in SECTOR.fields if each.kind == "money"]
    assert {each.low for each in (*counted, *amounts, *SECTOR.measures)} == {0}


def _measured(name: str, rows: Sequence[Row], dtype: type[pl.DataType]) -> list[int | None]:
    measure = next(each for each in SECTOR.measures if each.id == name)
    frame = pl.DataFrame([dict(row) for row in rows], schema=dict.fromkeys(measure.inputs, dtype))
    found: list[int | None] = nw.from_native(frame).select(measure.build().alias(name))[name].to_list()
    return found


def test_full_data_are_six_items_and_a_blank_is_none() -> None:
    known = {"company": "a", "address": "b", "phone": "c", "fax": "d", "mail": "e", "messenger": "f"}
    rows: list[Row] = [known, {**known, "fax": None}, {"mail": "e"}, {}]
    assert _measured("data_items", rows, pl.String) == [6, 5, 1, 0]


def test_each_detail_asked_counts_once_however_often_it_was_asked() -> None:
    asked = dict.fromkeys(
        ("name_asked", "pictures_asked", "data_asked", "packing_asked", "shipping_asked"), 0
    )
    more: list[Row] = [{**asked, "data_asked": 3}, dict.fromkeys(asked, 1), {**asked, "data_asked": None}]
    assert _measured("details_asked", [asked, *more], pl.Int64) == [0, 1, 5, None]


def test_a_full_inquiry_names_four_items() -> None:
    stated = ("specification_stated", "quantity_stated", "payment_stated", "delivery_stated")
    rows = [dict.fromkeys(stated, 2), dict.fromkeys(stated, 0), dict.fromkeys(stated, 1) | {stated[0]: 0}]
    assert _measured("inquiry_items", rows, pl.Int64) == [4, 0, 3]
