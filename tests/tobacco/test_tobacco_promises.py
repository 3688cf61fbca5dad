"""What each class of shop is promised, in the words of the trade; every text stands in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import rung_policies
from rung.policy.model import Basis, Obligation, Policy, Resource

FOLDER: Final = Path(rung_policies.__file__).parent / "tobacco"
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def _said(obligation: Obligation) -> str:
    words = obligation.what if isinstance(obligation, Resource) else obligation.text
    assert words is not None
    return words.zh


@pytest.mark.parametrize(
    ("grade", "title", "words"),
    [
        ("1", "优质服务", ("培育品牌", "名优产品", "提升卷烟销售结构")),
        ("2", "标准服务", ("经营指导", "提高卷烟销量", "结构稳定")),
        ("3", "基本服务", ("首先提高品牌意识", "陈列", "适合该店")),
    ],
)
def test_a_class_is_promised_what_the_trade_says(
    service_classes_policy: Policy, grade: str, title: str, words: tuple[str, ...]
) -> None:
    terms = service_classes_policy.service[grade]
    promised = "；".join(_said(each) for each in terms.handling)
    assert service_classes_policy.grade_title(grade).zh == title
    assert [word for word in words if word not in promised] == []
    assert terms.is_in_force
    assert {each.basis for each in terms.obligations()} == {Basis.STATED}


def test_hardship_is_service_class_four_with_care_on_top(service_classes_policy: Policy) -> None:
    (care,) = service_classes_policy.flags
    assert (care.service_class, care.title.zh) == ("4", "情感服务")
    assert care.service is not None
    promised = [_said(each) for each in care.service.obligations()]
    (file,) = care.service.handling
    assert (file.turn, "档案" in file.text.zh) == (1, True)
    for word in ("超值服务", "货源倾斜", "服务内容", "生活上", "送温暖"):
        assert any(word in text for text in promised)


def test_only_how_care_and_class_live_together_is_assumed_of_care(service_classes_policy: Policy) -> None:
    (care,) = service_classes_policy.flags
    assert care.service is not None
    assumed = [_said(each) for each in care.service.obligations() if each.basis is Basis.ASSUMED]
    assert assumed == ["情感服务加在所属经营类别的服务之上"]


def test_every_bound_of_volume_is_a_parameter_and_assumed(service_classes_policy: Policy) -> None:
    parameters = service_classes_policy.parameters
    assert {name: each.value for name, each in parameters.items()} == {
        "premium_volume": 900,
        "standard_volume": 300,
        "potential_volume": 180,
    }
    assert {each.basis for each in parameters.values()} == {Basis.ASSUMED}


def _texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            yield value
        else:
            for each in value.values():
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_text_stands_in_both_languages(file: Path) -> None:
    texts = list(_texts(tomllib.loads(file.read_text(encoding="utf-8"))))
    assert len(texts) > 10
    assert [text for text in texts if not CHINESE.search(text["zh"]) or CHINESE.search(text["en"])] == []
