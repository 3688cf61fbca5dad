"""What the channel plugin declares: sound, light, and known by the headers people use."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

import rung_channel
import rung_policies
from rung.grading.check_library import library_problems
from rung.plugins import PluginHost
from rung.plugins.sectors import sector_problems
from rung.policy.library import read_library
from rung.policy.model import Basis
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.sdk import Feature, Field, Kind

SECTOR: Final = rung_channel.rung_sector()
MODULES: Final = sorted(Path(rung_channel.__file__).parent.glob("*.py"))
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
COLUMNS: Final = [*SECTOR.fields, *(column for table in SECTOR.events for column in table.columns)]
LIBRARY: Final = read_library(Path(rung_policies.__file__).parent / "channel/criteria.toml", "channel")


def test_the_declarations_fit_together() -> None:
    assert [str(problem) for problem in sector_problems(SECTOR, "channel")] == []


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
        ("网点编号", "customer_id"),
        ("特渠客户名称", "customer_name"),
        ("渠道类型", "channel_kind"),
        ("办事处", "sales_office"),
        ("合作年限", "cooperation_years"),
        ("售卖点数", "outlets"),
        ("影响力", "influence"),
        ("业代人数", "channel_reps"),
        ("业代素质", "rep_quality"),
        ("费用预算", "budget"),
        ("一般纳税人", "partner_is_general_taxpayer"),
        ("价差", "price_gap"),
        ("供货伙伴数", "partners_12m"),
    ],
)
def test_headers_in_use_are_known(header: str, quantity: str) -> None:
    known = [each.id for each in (*SECTOR.fields, *SECTOR.features) if header in each.names()]
    assert known == [quantity]


def test_persons_are_sensitive_and_only_the_id_is_required() -> None:
    assert [field.id for field in SECTOR.fields if field.is_required] == ["customer_id"]
    assert {field.id for field in SECTOR.fields if field.is_sensitive} == {"contact_person", "phone"}


def test_a_review_is_looked_for_among_the_calls() -> None:
    features = {feature.id: feature for feature in SECTOR.features}
    assert features["months_since_review"].where == {"kind": "review"}


def test_the_whole_library_stands_in_one_policy_without_a_problem() -> None:
    assert len(LIBRARY.criteria) == 6
    assert library_problems("channel", Shelf(PluginHost())) == ()


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_a_named_criterion_is_assumed_says_why_and_gives_points_one_way(name: str) -> None:
    head = 'id = "channel.scratch"\nsector = "channel"\nversion = "1"\ntitle = "scratch"\n'
    grading = 'grades = ["up", "down"]\n[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    taken = f'[[criteria]]\nuse = "channel.{name}"\n'
    criterion = parse_policy(head + grading + taken, "scratch.toml", lambda _: LIBRARY).policy.criteria[0]
    points = [each.points for each in criterion.bands or criterion.levels]
    assert criterion.basis is Basis.ASSUMED
    assert criterion.because
    assert criterion.reason
    assert points[0] == 100
    assert points == sorted(set(points), reverse=True)
