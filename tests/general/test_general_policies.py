"""The value-and-relationship systems as the practice describes them, held against the ready policies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

import rung_policies
from rung.durations import Duration
from rung.grading import Scorecard, calibrate_rows, compile_policy
from rung.grading.check import examine
from rung.grading.policy_tests import run_policy_tests
from rung.policy.model import Basis, Policy
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf

FOLDER: Final = Path(rung_policies.__file__).parent / "general"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.toml") if path.name != "criteria.toml")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
Find = Callable[[str], Policy]


def test_the_policies_of_the_sector_are_these() -> None:
    assert NAMES == [
        "abc-count",
        "abc-plan",
        "abc-service",
        "abc-standard",
        "abc-value",
        "abcd",
        "abcd-income",
        "abcd-loyalty",
        "abcd-support",
        "company-rule",
        "contract-classes",
        "cooperation-potential",
        "crm-rating",
        "five-criteria",
        "high-middle-low",
        "key-accounts",
        "needs",
        "segments",
        "visit-plan",
        "yearly-spend",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_sound_and_its_cases_pass_and_exercise_all_of_it(name: str, shelf: Shelf) -> None:
    assert examine(f"general.{name}", shelf) == ()
    loaded = shelf.find(f"general.{name}")
    report = run_policy_tests(loaded, shelf.vocabulary(loaded.policy))
    assert report.tested.tables
    assert [str(problem) for outcome in report.failed for problem in report.problems(outcome)] == []
    assert [part.what for part in report.coverage.missed] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_says_when_to_use_it_and_what_monday_looks_like(name: str, policy: Find) -> None:
    found = policy(name)
    own = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert found.family in {"abc", "abcd", "weighted", "company_rule"}
    assert found.guide is not None
    assert own["guide"].keys() == {"use_when", "data", "change_first", "monday"}
    assert "周一" in found.guide.monday.zh


# ---- the shapes stated


@pytest.mark.parametrize(
    ("name", "mode", "grades"),
    [
        ("five-criteria", "score", "A B C"),
        ("crm-rating", "score", "high middle low"),
        ("abc-count", "count", "A B C"),
        ("abc-value", "value", "A B C"),
        ("yearly-spend", "rules", "A B C D"),
        ("cooperation-potential", "combine", "A B C D"),
        ("needs", "combine", "A B C D"),
        ("company-rule", "combine", "A B C D"),
        ("abcd-income", "score", "A B C D"),
        ("abcd-loyalty", "score", "A B C D"),
        ("abcd-support", "score", "A B C D"),
        ("abc-plan", "count", "A B C"),
        ("abc-standard", "score", "A B C"),
        ("contract-classes", "score", "A B C D"),
        ("abc-service", "value", "A B C"),
        ("key-accounts", "score", "A B C D"),
        ("visit-plan", "score", "A B C"),
        ("high-middle-low", "value", "high middle low"),
        ("segments", "count", "A B C"),
    ],
)
def test_mode_and_grades_are_the_practices(name: str, mode: str, grades: str, policy: Find) -> None:
    found = policy(name)
    assert (found.grading.mode, found.grades, found.ordered) == (mode, tuple(grades.split()), True)


@pytest.mark.parametrize(
    ("name", "shares", "basis"),
    [
        ("abc-count", [20, 50, 100], Basis.STATED),
        ("abc-value", [80, 95, 100], Basis.STATED),
        ("abc-plan", [20, 80, 100], Basis.STATED),
        ("abc-service", [80, 95, 100], Basis.ASSUMED),
        ("segments", [20, 50, 100], Basis.ASSUMED),
    ],
)
def test_shares_are_stated_or_say_that_they_are_borrowed(
    name: str, shares: list[int], basis: Basis, policy: Find
) -> None:
    grading: Any = policy(name).grading
    assert (list(grading.shares.values()), grading.basis) == (shares, basis)


def test_the_plan_states_its_shares_and_assumes_what_becomes_of_ties(policy: Find) -> None:
    plan = policy("abc-plan")
    assert (plan.grading.ties, plan.parameters["ties"].basis) == ("up", Basis.ASSUMED)


@pytest.mark.parametrize(
    ("name", "parameter", "choices"),
    [
        ("abc-count", "ranked_by", {"order_amount_12m", "profit_12m"}),
        ("abc-value", "ranked_by", {"order_amount_12m", "profit_12m"}),
        ("company-rule", "combination", {"worst", "best", "weighted"}),
        (
            "five-criteria",
            "orders_by",
            {"order_amount_12m", "order_amount_24m", "order_quantity_12m", "order_quantity_24m"},
        ),
        (
            "segments",
            "segment",
            {"industry", "business_line", "region", "customer_level", "buyer_kind", "organisation_kind"},
        ),
    ],
)
def test_what_the_practice_leaves_open_must_be_chosen(
    name: str, parameter: str, choices: set[str], policy: Find, shelf: Shelf
) -> None:
    found = policy(name).parameters[parameter]
    assert (set(found.choices), found.choose, found.basis) == (choices, True, Basis.ASSUMED)
    for choice in choices:
        made = _chosen(name, parameter, choice, shelf)
        assert compile_policy(made, shelf.vocabulary(made))


def _chosen(name: str, parameter: str, value: str, shelf: Shelf) -> Policy:
    layer = (
        f'id = "general.scratch"\nversion = "1"\nextends = "general.{name}"\n'
        f'[parameters.{parameter}]\nvalue = "{value}"\n'
    )
    return parse_policy(layer, "scratch.toml", shelf.library, shelf.base).policy


def test_of_the_bounds_of_the_yearly_spend_none_is_assumed(policy: Find) -> None:
    found = policy("yearly-spend")
    grading: Any = found.grading
    assert {grading.basis, *(rule.basis for rule in found.rules)} == {Basis.STATED}
    spend = policy("company-rule").criteria[0]
    assert [str(band.when) for band in spend.bands] == [
        ">= 100_000",
        "[50_000..100_000)",
        "[20_000..50_000)",
        "< 20_000",
    ]


SCORED: Final = (
    "five-criteria", "crm-rating", "abcd", "abcd-income", "abcd-loyalty", "abcd-support", "abc-standard",
    "contract-classes", "key-accounts", "visit-plan",
)  # fmt: skip


@pytest.mark.parametrize("name", SCORED)
def test_weights_bounds_and_cutoffs_of_a_score_are_assumed(name: str, policy: Find) -> None:
    found = policy(name)
    grading: Any = found.grading
    assert {grading.basis, *(criterion.basis for criterion in found.criteria)} == {Basis.ASSUMED}


@pytest.mark.parametrize("name", [name for name in SCORED if name not in {"five-criteria", "crm-rating"}])
def test_the_weights_make_a_hundred(name: str, policy: Find) -> None:
    assert sum(criterion.weight for criterion in policy(name).criteria) == 100


# ---- the service stated


@pytest.mark.parametrize(
    ("name", "unstated"),
    [
        ("five-criteria", "A B C"),
        ("crm-rating", "middle low"),
        ("abcd-income", ""),
        ("abcd-loyalty", ""),
        ("abcd-support", ""),
        ("abc-count", ""),
        ("abc-plan", ""),
        ("abc-service", ""),
        ("abc-standard", ""),
        ("contract-classes", ""),
        ("key-accounts", ""),
        ("visit-plan", ""),
        ("high-middle-low", "middle low"),
        ("segments", "A B C"),
    ],
)
def test_where_no_service_is_stated_what_is_suggested_is_off(name: str, unstated: str, policy: Find) -> None:
    off = [grade for grade, terms in policy(name).service.items() if not terms.is_in_force]
    assert off == unstated.split()


@pytest.mark.parametrize("name", NAMES)
def test_every_rhythm_and_deadline_the_practice_does_not_state_is_assumed(name: str, policy: Find) -> None:
    stated = {"half_yearly", "yearly", "two_yearly"}
    timed = [
        (code, each.basis)
        for terms in policy(name).service.values()
        for code, each in terms.coded()
        if (getattr(each, "every", None) or getattr(each, "within", None)) and code not in stated
    ]
    assert [code for code, basis in timed if basis is not Basis.ASSUMED] == []


def test_a_contract_is_reviewed_each_half_year_yearly_every_two_years_and_at_no_fixed_time(
    policy: Find,
) -> None:
    reviews = {grade: terms.review[0] for grade, terms in policy("contract-classes").service.items()}
    assert {grade: each.every for grade, each in reviews.items()} == {
        "A": Duration.parse("6mo"),
        "B": Duration.parse("12mo"),
        "C": Duration.parse("24mo"),
        "D": None,
    }
    assert {each.basis for each in reviews.values()} == {Basis.STATED}


def test_two_variants_disagree_on_d_one_considers_dropping_it_the_other_revisits(policy: Find) -> None:
    dropped, kept = policy("abcd-loyalty").service["D"], policy("abcd-support").service["D"]
    assert [code for code, _ in dropped.coded()] == ["consider_dropping"]
    assert (dropped.stop, str(dropped.handling[0].text)) == ((), "Dropping it is considered")
    assert [code for code, _ in kept.coded()] == ["revisit"]
    assert kept.contact


@pytest.mark.parametrize("name", NAMES)
def test_promises_are_typed_and_known_by_name(name: str, policy: Find) -> None:
    for terms in policy(name).service.values():
        assert terms.promise == ()
        assert all(each.id == code for code, each in terms.coded())


def test_a_small_customer_is_contacted_more_often_only_where_potential_is_large(policy: Find) -> None:
    less, more = policy("visit-plan").service["C"].contact
    assert (less.when, str(less.every), str(more.every)) == (None, "6mo", "2mo")
    assert more.when is not None


# ---- what is combined, and what each criterion alone would hide


@pytest.mark.parametrize(
    ("how", "grades"),
    [("worst", ["A", "C", "D", "B"]), ("best", ["A", "A", "A", "A"]), ("weighted", ["A", "B", "C", "A"])],
)
def test_the_company_rule_is_combined_as_chosen(how: str, grades: list[str], shelf: Shelf) -> None:
    made = _chosen("company-rule", "combination", how, shelf)
    compiled = compile_policy(made, shelf.vocabulary(made))
    card = Scorecard(compiled, calibrate_rows(compiled, []))
    rich = int(Decimal(100_000) * 100)
    asked = [("high", "high"), ("some", "average"), ("low", "low"), ("high", "some")]
    rows = [{"order_amount_12m": rich, "potential": one, "demands": other} for one, other in asked]
    assert [card.assess(row).grade for row in rows] == grades


def test_new_customers_are_judged_and_those_of_standing_are_not(policy: Find) -> None:
    applies = {each.id: each.applies for each in policy("five-criteria").criteria}
    assert applies.pop("prospects") != next(iter(applies.values()))
    assert len(set(map(str, applies.values()))) == 1


def test_the_parties_to_the_contract_have_their_duties(policy: Find) -> None:
    steps = {each.id: [step.text.zh for step in each.steps] for each in policy("contract-classes").procedures}
    assert steps == {
        "party_a": ["制定各级客户的政策、服务标准和优惠", "调整客户等级", "跟踪A类客户"],
        "party_b": ["按等级配置资源", "提高客户满意度", "筛选D类客户"],
    }


def test_the_cycle_of_the_rating_runs_in_the_order_stated(policy: Find) -> None:
    (cycle,) = policy("crm-rating").procedures
    words = ("标准", "数据", "层级", "策略", "满意度、留存率和销售额")
    assert all(word in step.text.zh for word, step in zip(words, cycle.steps, strict=True))


def test_no_layer_leaves_behind_what_its_base_promised(policy: Find) -> None:
    codes = {
        grade: [code for code, _ in terms.coded()] for grade, terms in policy("abc-service").service.items()
    }
    assert not {"protect", "good_relations", "basic_relations"} & {
        code for each in codes.values() for code in each
    }


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
    assert len(texts) >= 6
    wrong = [text for text in texts if not CHINESE.search(text["zh"])]
    wrong += [text for text in texts if CHINESE.search(text["en"].replace("(甲)", "").replace("(乙)", ""))]
    assert wrong == []
