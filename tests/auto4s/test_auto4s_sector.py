"""What the plugin of dealers and repair shops declares: sound, light, known by the headers people use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rung_auto4s
from rung.plugins.sectors import sector_problems
from rung.sdk import Aggregate, Feature, Field, Kind

SECTOR = rung_auto4s.rung_sector()
MODULES = sorted(Path(rung_auto4s.__file__).parent.glob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COLUMNS = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]
FEATURES = {feature.id: feature for feature in SECTOR.features}


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "auto4s")] == []


def test_it_is_written_for_the_first_edition_of_the_hooks() -> None:
    assert rung_auto4s.RUNG_API == 1


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    assert {name for name in _imported(module) if name.split(".")[0] == "rung"} <= {"rung.sdk"}


def test_asking_for_the_sector_loads_no_polars() -> None:
    code = "import sys, rung_auto4s; rung_auto4s.rung_sector(); sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("quantity", [*COLUMNS, *SECTOR.features], ids=lambda quantity: quantity.id)
def test_every_quantity_has_headers_in_both_languages(quantity: Field | Feature) -> None:
    headers = quantity.names()
    assert sum(bool(CHINESE.search(header)) for header in headers) >= 2
    assert sum(not CHINESE.search(header) for header in headers) >= 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("会员号", "customer_id"),
        ("车主姓名", "customer_name"),
        ("车牌号码", "plate"),
        ("手机号码", "phone"),
        ("电话", "phone"),
        ("接通情况", "phone_status"),
        ("认可度", "acceptance"),
        ("目前需求", "need"),
        ("来店意向", "intention"),
        ("在保", "is_under_warranty"),
        ("储值情况", "prepaid_at"),
        ("单位编号", "owner_id"),
        ("car model", "car_model"),
    ],
)
def test_headers_in_use_are_known(header: str, field: str) -> None:
    assert [each.id for each in SECTOR.fields if header in each.names()] == [field]


@pytest.mark.parametrize(
    ("field", "word", "choice"),
    [
        ("phone_status", "无人接听", "unreached"),
        ("phone_status", "停机", "unreached"),
        ("phone_status", "空号", "dead"),
        ("phone_status", "错号", "wrong_person"),
        ("car_status", "已过户", "sold"),
        ("intention", "明确拒绝", "refused"),
        ("town_presence", "不在", "never"),
        ("town_presence", "不常在", "seldom"),
        ("prepaid_at", "无", "none"),
    ],
)
def test_words_callers_write_stand_for_their_choice(field: str, word: str, choice: str) -> None:
    asked = next(each for each in SECTOR.fields if each.id == field)
    assert [c.id for c in asked.choices if word in (c.title.zh, *c.aliases)] == [choice]


@pytest.mark.parametrize("field", [f.id for f in SECTOR.fields if f.kind is Kind.CATEGORY])
def test_no_word_stands_for_two_answers(field: str) -> None:
    asked = next(each for each in SECTOR.fields if each.id == field)
    words = [w for c in asked.choices for w in {c.id, c.title.zh, c.title.en.lower(), *c.aliases}]
    assert len(words) == len(set(words))


def test_only_the_id_is_required_and_what_names_person_or_car_is_sensitive() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {"phone", "plate", "vin"}


def test_an_owner_s_cars_are_counted_over_the_owner_and_each_once() -> None:
    grouped = {feature.id: feature for feature in SECTOR.features if feature.over}
    assert set(grouped) == {"vehicles_held", "plates_listed", "owner_spend_12m"}
    assert {feature.over for feature in grouped.values()} == {"owner_id"}
    assert {grouped[name].aggregate for name in ("vehicles_held", "plates_listed")} == {Aggregate.DISTINCT}
    assert (grouped["vehicles_held"].events, grouped["plates_listed"].events) == ("vehicles", "customers")


def test_what_after_sales_loyalty_is_measured_by_comes_from_the_visits_alone() -> None:
    measures = ("visits_12m", "months_since_visit", "promotion_share_12m", "arenas_12m", "spend_12m")
    assert {FEATURES[name].events for name in measures} == {"visits"}
