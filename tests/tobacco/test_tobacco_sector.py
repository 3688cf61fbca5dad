"""What the tobacco plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rung_tobacco
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field

SECTOR = rung_tobacco.rung_sector()
MODULES = sorted(Path(rung_tobacco.__file__).parent.glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "tobacco")] == []


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_tobacco; rung_tobacco.rung_sector(); sys.exit('polars' in sys.modules)"
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
        ("许可证号", "customer_id"),
        ("烟草专卖零售许可证号", "customer_id"),
        ("零售户名称", "customer_name"),
        ("市场类型", "market_type"),
        ("业态", "retail_format"),
        ("零售业态", "retail_format"),
        ("经营规模", "scale"),
        ("地段", "location"),
        ("品牌培育能力", "brand_awareness"),
        ("客户档位", "supply_tier"),
        ("是否困难户", "is_hardship"),
        ("shop", "customer_name"),
        ("store format", "retail_format"),
    ],
)
def test_headers_in_use_are_known(header: str, field: str) -> None:
    assert [each.id for each in SECTOR.fields if header in each.names()] == [field]


def test_people_are_sensitive_and_only_the_licence_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {
        "owner",
        "license_holder",
        "phone",
        "is_hardship",
        "hardship_kind",
    }


def test_an_owner_s_shops_are_summed_over_the_owner() -> None:
    grouped = {feature.id: feature for feature in SECTOR.features if feature.over}
    assert set(grouped) == {"owner_volume_3m", "owner_amount_12m", "owner_shops"}
    assert {feature.over for feature in grouped.values()} == {"owner"}
    assert grouped["owner_shops"].events == "customers"


def test_the_share_of_top_tiers_counts_tiers_one_and_two() -> None:
    feature = next(each for each in SECTOR.features if each.id == "top_tier_share_12m")
    assert (feature.aggregate, feature.within) == (Aggregate.SHARE, "12mo")
    assert feature.where == {"brand_tier": ["tier1", "tier2"]}
