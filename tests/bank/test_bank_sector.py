"""What the bank plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rung_bank
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field

SECTOR = rung_bank.rung_sector()
MODULES = sorted(Path(rung_bank.__file__).parent.glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COLUMNS = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]
FEATURES = {feature.id: feature for feature in SECTOR.features}


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "bank")] == []


def test_it_is_written_for_the_first_edition_of_the_hooks() -> None:
    assert rung_bank.RUNG_API == 1


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_bank; rung_bank.rung_sector(); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("quantity", [*COLUMNS, *SECTOR.features], ids=lambda quantity: quantity.id)
def test_every_quantity_has_headers_in_both_languages(quantity: Field | Feature) -> None:
    headers = quantity.names()
    assert sum(bool(CHINESE.search(header)) for header in headers) >= 2
    assert sum(not CHINESE.search(header) for header in headers) >= 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("客户号", "customer_id"),
        ("借款人名称", "customer_name"),
        ("资产总额", "assets"),
        ("总资产", "assets"),
        ("total assets", "assets"),
        ("资产负债率", "debt_ratio"),
        ("贷款余额", "loan_balance"),
        ("用信余额", "loan_balance"),
        ("授信额度", "credit_limit"),
        ("逾期天数", "days_past_due"),
        ("DPD", "days_past_due"),
        ("征信情况", "credit_record"),
        ("担保情况", "guarantee"),
        ("风险评估", "risk_assessment"),
        ("集团编号", "group_id"),
        ("管户经理", "account_manager"),
        ("统一社会信用代码", "identity_number"),
    ],
)
def test_headers_in_use_are_known(header: str, field: str) -> None:
    assert [each.id for each in SECTOR.fields if header in each.names()] == [field]


def test_only_the_id_is_required_and_what_touches_a_person_is_sensitive() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {"identity_number", "phone", "age"}


@pytest.mark.parametrize(
    ("feature", "events", "aggregate", "column"),
    [
        ("group_days_past_due", "customers", Aggregate.MAX, "days_past_due"),
        ("group_worst_days_past_due_12m", "repayments", Aggregate.MAX, "days_past_due"),
        ("group_exposure", "customers", Aggregate.SUM, "loan_balance"),
        ("group_members", "customers", Aggregate.COUNT, None),
    ],
)
def test_connected_borrowers_are_looked_at_together(
    feature: str, events: str, aggregate: Aggregate, column: str | None
) -> None:
    declared = FEATURES[feature]
    assert declared.over == "group_id"
    assert (declared.events, declared.aggregate, declared.column) == (events, aggregate, column)


def test_nothing_else_is_computed_over_a_group() -> None:
    assert len([feature for feature in SECTOR.features if feature.over]) == 4


def test_a_statement_not_filed_does_not_count_as_one() -> None:
    counted = FEATURES["statements_12m"]
    assert (counted.aggregate, counted.within) == (Aggregate.COUNT, "12mo")
    assert counted.where == {"status": ["complete", "partial"]}
    assert FEATURES["statements_complete_12m"].where == {"status": "complete"}


@pytest.mark.parametrize("field", ["credit_record", "risk_assessment", "guarantee"])
def test_no_word_stands_for_two_answers(field: str) -> None:
    asked = next(each for each in SECTOR.fields if each.id == field)
    words = [w for c in asked.choices for w in {c.id, c.title.zh, c.title.en.lower(), *c.aliases}]
    assert len(words) == len(set(words))
