"""System 9 as the practice describes it: clients and the grade the description gives each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

import rung_policies
from rung.durations import Duration
from rung.grading.row import Assessment
from rung.policy.model import Basis, Policy

FOLDER: Final = Path(rung_policies.__file__).parent / "engineering"
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
Grade = Callable[[Mapping[str, Any]], Assessment]

FIELDS: Final = (
    "contract_value_24m",
    "income_share",
    "cooperation_years",
    "on_time_share_24m",
    "satisfaction_12m",
    "client_nature",
    "importance",
)
# What a client manager would say of each client; a dash is not known. The score is worked out by hand
# from the assumed weights 30, 10, 15, 15, 10, 5, 15.
_DESCRIBED: Final = """
greatest contribution, loyal, vital           | 60_000_000 18 12 100 95 state_owned vital | A 100.00
the same, paying late now and then            | 60_000_000 18 12 85 95 government vital | A 95.50
loyal and vital, contributing a little less   | 12_000_000 6 8 96 92 government vital | A 88.50
larger contribution, important for stability  | 8_000_000 4 4 90 80 institution important | B 70.50
larger contribution, young                    | 8_000_000 4 0.5 100 - private important | B 63.33
a steady mid-size private client              | 3_000_000 1.5 3.5 85 78 private important | B 55.50
smaller, to be developed                      | 600_000 0.3 0.5 70 70 private ordinary | C 24.00
once a large client, now without contracts    | 0 0 9 100 85 government ordinary | B 51.50
a newcomer with one large contract            | 25_000_000 12 0.2 - - private important | B 71.33
known by its contracts alone                  | 2_000_000 - - - - - - | B 45.00
"""


def _value(name: str, written: str) -> Any:
    if written == "-":
        return None
    return written if name in {"client_nature", "importance"} else written.replace("_", "")


def _read(line: str) -> tuple[str, tuple[dict[str, Any], str, int]]:
    name, marks, expected = (part.strip() for part in line.split("|"))
    values = {field: _value(field, mark) for field, mark in zip(FIELDS, marks.split(), strict=True)}
    grade, score = expected.split()
    return name, ({k: v for k, v in values.items() if v is not None}, grade, int(score.replace(".", "")))


CLIENTS: Final = dict(_read(line) for line in _DESCRIBED.strip().splitlines())


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_is_graded_as_described(client_grades: Grade, name: str) -> None:
    client, grade, score = CLIENTS[name]
    assessment = client_grades(client)
    assert (assessment.grade, assessment.score) == (grade, score)


def test_without_contract_value_a_client_is_not_graded(client_grades: Grade) -> None:
    assessment = client_grades({"importance": "vital", "cooperation_years": 12, "satisfaction_12m": 99})
    assert (assessment.grade, assessment.not_graded) == (None, "missing:contribution")


def test_the_weight_that_rests_on_real_values_is_told(client_grades: Grade) -> None:
    assert client_grades({"contract_value_24m": 2_000_000}).evidence == 30


def test_a_client_is_told_first_what_costs_it_most(client_grades: Grade) -> None:
    client, _, _ = CLIENTS["a steady mid-size private client"]
    assert client_grades(client).reasons == (
        "contribution:3",
        "income_share:3",
        "importance:2",
        "cooperation:2",
        "payment:2",
        "satisfaction:2",
        "nature:2",
    )


@pytest.mark.parametrize(
    ("house", "words"),
    [
        ("process", ("收集", "分类", "挖掘", "维护", "反馈")),
        ("visits", ("目的、时间和方式", "了解客户需求", "解决问题", "提出建议", "拜访记录", "跟踪")),
        ("complaints", ("投诉渠道", "及时", "原因", "处理方案", "定期分析", "改进措施")),
        ("satisfaction", ("定期开展满意度调查", "调整服务策略", "奖励", "回访")),
        ("confidentiality", ("按权限", "不得私自泄露", "法律法规")),
        ("relationship", ("客户档案", "关怀", "定期回访", "个性化服务")),
    ],
)
def test_each_house_system_keeps_the_steps_the_practice_names(
    policy: Policy, house: str, words: tuple[str, ...]
) -> None:
    procedure = next(each for each in policy.procedures if each.id == house)
    steps = "".join(step.text.zh for step in procedure.steps)
    assert [word for word in words if word not in steps] == []
    assert procedure.records


def test_the_process_runs_in_the_order_stated(policy: Policy) -> None:
    process = policy.procedures[0]
    assert [step.text.zh.split("：")[0] for step in process.steps] == ["收集", "分类", "挖掘", "维护", "反馈"]


def test_every_rhythm_and_deadline_is_assumed(policy: Policy) -> None:
    timed = [step for each in policy.procedures for step in each.steps if step.every or step.within]
    assert timed
    assert {step.basis for step in timed} == {Basis.ASSUMED}


def test_every_weight_bound_and_cutoff_is_assumed(policy: Policy) -> None:
    assert {policy.grading.basis, *(criterion.basis for criterion in policy.criteria)} == {Basis.ASSUMED}


def test_no_service_by_class_is_stated_so_all_of_it_waits_for_acceptance(policy: Policy) -> None:
    assert {grade: terms.is_in_force for grade, terms in policy.service.items()} == {
        "A": False,
        "B": False,
        "C": False,
    }


def test_the_better_the_class_the_more_often_it_is_visited(policy: Policy) -> None:
    visits = {grade: terms.contact[0].every for grade, terms in policy.service.items()}
    assert visits == {"A": Duration.parse("1mo"), "B": Duration.parse("3mo"), "C": Duration.parse("6mo")}


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
