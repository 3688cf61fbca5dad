"""What the general plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rung_general
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field, Kind

SECTOR = rung_general.rung_sector()
MODULES = sorted(Path(rung_general.__file__).parent.glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FEATURES = {feature.id: feature for feature in SECTOR.features}


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "general")] == []


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_general; rung_general.rung_sector(); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


COLUMNS = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]


@pytest.mark.parametrize("quantity", [*COLUMNS, *SECTOR.features], ids=lambda quantity: quantity.id)
def test_every_quantity_has_headers_in_both_languages(quantity: Field | Feature) -> None:
    headers = quantity.names()
    assert sum(bool(CHINESE.search(header)) for header in headers) >= 2
    assert sum(not CHINESE.search(header) for header in headers) >= 2


@pytest.mark.parametrize(
    "field", [each for each in COLUMNS if each.kind is Kind.CATEGORY], ids=lambda each: each.id
)
def test_no_two_answers_of_a_field_go_by_the_same_word(field: Field) -> None:
    words = [
        word for each in field.choices for word in {each.id, each.title.zh, each.title.en, *each.aliases}
    ]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("header", "quantity"),
    [
        ("客户编码", "customer_id"),
        ("公司名称", "customer_name"),
        ("年销售额", "order_amount_12m"),
        ("年消费额", "order_amount_12m"),
        ("客单价", "average_order_12m"),
        ("毛利率", "margin"),
        ("年毛利额", "profit_12m"),
        ("按时回款率", "on_time_share_12m"),
        ("合作年限", "cooperation_years"),
        ("行业", "industry"),
        ("产品线", "business_line"),
        ("潜力", "potential"),
        ("yearly spend", "order_amount_12m"),
        ("aov", "average_order_12m"),
        ("territory", "region"),
        ("wallet share", "share_of_purchases"),
    ],
)
def test_headers_in_use_are_known(header: str, quantity: str) -> None:
    known = [each.id for each in (*SECTOR.fields, *SECTOR.features) if header in each.names()]
    assert known == [quantity]


def test_persons_are_sensitive_and_only_the_id_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {"contact_person", "phone"}


@pytest.mark.parametrize("axis", ["industry", "business_line", "region", "customer_level"])
def test_a_segment_is_any_text_so_that_a_new_one_needs_no_code(axis: str) -> None:
    assert next(field.kind for field in SECTOR.fields if field.id == axis) is Kind.TEXT


def test_a_payment_is_on_time_up_to_its_due_day() -> None:
    feature = FEATURES["on_time_share_12m"]
    assert (feature.aggregate, feature.where) == (Aggregate.SHARE, {"days_late": "<= 0"})


def test_a_delay_is_of_the_customers_making_for_want_of_money_or_by_intent() -> None:
    assert FEATURES["own_delays_12m"].where == {
        "days_late": "> 0",
        "delay_reason": ["short_of_money", "deliberate"],
    }
