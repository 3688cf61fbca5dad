"""What the wealth plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

import rung_policies
import rung_wealth
from rung.grading.check_library import library_problems
from rung.plugins import PluginHost
from rung.plugins.sectors import sector_problems
from rung.policy.library import read_library
from rung.policy.model import Basis
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.sdk import Feature, Field, Kind

SECTOR: Final = rung_wealth.rung_sector()
MODULES: Final = sorted(Path(rung_wealth.__file__).parent.glob("*.py"))
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
COLUMNS: Final = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]
LIBRARY: Final = read_library(Path(rung_policies.__file__).parent / "wealth/criteria.toml", "wealth")


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "wealth")] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_of_rung_only_the_sdk_is_imported(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in names if name.split(".")[0] == "rung"} <= {"rung.sdk"}


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
        ("核心客户号", "customer_id"),
        ("姓名", "customer_name"),
        ("管户经理", "wealth_manager"),
        ("AUM", "assets"),
        ("风险测评结果", "risk_rating"),
        ("年成交额", "transaction_volume_12m"),
        ("申购次数", "purchases_12m"),
        ("综合贡献", "contribution_12m"),
        ("维护成本", "cost_to_serve_12m"),
        ("cost to serve", "cost_to_serve_12m"),
    ],
)
def test_headers_in_use_are_known(header: str, quantity: str) -> None:
    known = [each.id for each in (*SECTOR.fields, *SECTOR.features) if header in each.names()]
    assert known == [quantity]


def test_persons_are_sensitive_and_only_the_id_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {"phone", "risk_rating"}


def test_volume_counts_both_ways_and_purchases_only_what_was_bought() -> None:
    features = {feature.id: feature for feature in SECTOR.features}
    assert features["transaction_volume_12m"].where == {}
    assert features["purchases_12m"].where == {"direction": "buy"}


def test_the_whole_library_stands_in_one_policy_without_a_problem() -> None:
    assert len(LIBRARY.criteria) == 8
    assert library_problems("wealth", Shelf(PluginHost())) == ()


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_a_named_criterion_is_assumed_says_why_and_gives_points_one_way(name: str) -> None:
    head = 'id = "wealth.scratch"\nsector = "wealth"\nversion = "1"\ntitle = "scratch"\n'
    grading = 'grades = ["up", "down"]\n[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    taken = f'[[criteria]]\nuse = "wealth.{name}"\n'
    criterion = parse_policy(head + grading + taken, "scratch.toml", lambda _: LIBRARY).policy.criteria[0]
    points = [band.points for band in criterion.bands]
    assert criterion.basis is Basis.ASSUMED
    assert criterion.because
    assert criterion.reason
    assert points[0] == 100
    assert points == sorted(set(points), reverse=True)
