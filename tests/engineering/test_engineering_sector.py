"""What the engineering plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rung_engineering
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field

SECTOR = rung_engineering.rung_sector()
MODULES = sorted(Path(rung_engineering.__file__).parent.glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "engineering")] == []


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_engineering; rung_engineering.rung_sector(); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


COLUMNS = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]


@pytest.mark.parametrize("quantity", [*COLUMNS, *SECTOR.features], ids=lambda quantity: quantity.id)
def test_every_quantity_has_headers_in_both_languages(quantity: Field | Feature) -> None:
    headers = quantity.names()
    assert sum(bool(CHINESE.search(header)) for header in headers) >= 2
    assert sum(not CHINESE.search(header) for header in headers) >= 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("客户编号", "customer_id"),
        ("甲方名称", "customer_name"),
        ("建设单位", "customer_name"),
        ("单位性质", "client_nature"),
        ("重要性", "importance"),
        ("合作年限", "cooperation_years"),
        ("所属集团", "client_group"),
        ("联系人", "contact_person"),
        ("营收占比", "income_share"),
        ("client", "customer_id"),
        ("parent company", "client_group"),
    ],
)
def test_headers_in_use_are_known(header: str, field: str) -> None:
    assert [each.id for each in SECTOR.fields if header in each.names()] == [field]


def test_contacts_and_needs_are_sensitive_and_only_the_id_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {
        "contact_person",
        "phone",
        "needs",
        "feedback",
    }
    marked = {(table.id, each.id) for table in SECTOR.events for each in table.columns if each.is_sensitive}
    assert marked == {("contracts", "project"), ("complaints", "subject")}


def test_a_group_s_contracts_are_summed_over_the_group() -> None:
    grouped = {feature.id: feature for feature in SECTOR.features if feature.over}
    assert set(grouped) == {"group_contract_value_24m", "group_contracts_24m", "group_clients"}
    assert {feature.over for feature in grouped.values()} == {"client_group"}


def test_a_payment_is_on_time_up_to_its_due_day() -> None:
    feature = next(each for each in SECTOR.features if each.id == "on_time_share_24m")
    assert (feature.aggregate, feature.within) == (Aggregate.SHARE, "24mo")
    assert feature.where == {"days_late": "<= 0"}
