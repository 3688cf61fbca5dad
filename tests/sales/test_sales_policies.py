"""The lead and pipeline systems as the practice describes them, held against the ready policies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import rung_policies
from rung.grading import compile_policy
from rung.grading.calibration import calibrate_rows
from rung.grading.check import examine
from rung.grading.derive import derive
from rung.grading.policy_tests import run_policy_tests
from rung.grading.scorecard import Scorecard
from rung.plugins import PluginHost
from rung.policy.model import Basis, Policy
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.vocabulary import Vocabulary

FOLDER: Final = Path(rung_policies.__file__).parent / "sales"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.toml") if path.name != "criteria.toml")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
Find = Callable[[str], Policy]


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_sound_and_its_cases_pass_and_exercise_all_of_it(name: str, shelf: Shelf) -> None:
    assert examine(f"sales.{name}", shelf) == ()
    loaded = shelf.find(f"sales.{name}")
    report = run_policy_tests(loaded, shelf.vocabulary(loaded.policy))
    assert report.tested.tables
    assert [str(problem) for outcome in report.failed for problem in report.problems(outcome)] == []
    assert [part.what for part in report.coverage.missed] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_says_when_to_use_it_and_what_monday_looks_like(name: str, policy: Find) -> None:
    found = policy(name)
    assert found.guide is not None
    assert "周一" in found.guide.monday.zh


# ---- the shapes stated


@pytest.mark.parametrize(
    ("name", "family", "mode", "ordered", "grades"),
    [
        ("export-leads", "leads", "rules", True, "1 2 3 4"),
        ("quick-sales", "stages", "process", False, "lead visit proposal negotiation contract"),
        ("deal-state", "pipeline", "process", False, "potential negotiating won"),
        ("importance", "pipeline", "rules", True, "important ordinary"),
        ("urgency", "pipeline", "rules", True, "urgent soon not_urgent slow"),
        ("need", "pipeline", "rules", False, "target potential dead"),
        ("time-to-close", "pipeline", "rules", True, "A B C D E"),
        ("sales-funnel", "stages", "process", False, "potential target closed loyal"),
        ("lead-sources", "leads", "rules", True, "A B C"),
        ("satisfaction-alarm", "alarms", "none", True, ""),
    ],
)
def test_family_mode_and_grades_are_the_practices(
    name: str, family: str, mode: str, ordered: bool, grades: str, policy: Find
) -> None:
    found = policy(name)
    assert (found.family, found.grading.mode, found.ordered) == (family, mode, ordered)
    assert found.grades == tuple(grades.split())


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("export-leads", {"details_needed": 5, "at_first": "1mo"}),
        ("importance", {"important_amount": 500_000, "important_volume": 1_000_000}),
        ("sales-funnel", {"loyal_orders": 2}),
        ("satisfaction-alarm", {"bad_score": 60}),
        ("quick-sales", {f"batch_{stage}": True for stage in ("lead", "visit", "proposal", "negotiation")}),
    ],
)
def test_what_somebody_had_to_choose_is_a_parameter_and_assumed(
    name: str, parameters: dict[str, Any], policy: Find
) -> None:
    found = policy(name).parameters
    assert {key: found[key].value for key in parameters} == parameters
    assert {each.basis for each in found.values()} == {Basis.ASSUMED}


# ---- the service stated


@pytest.mark.parametrize(
    ("name", "unstated"),
    [
        ("export-leads", ""),
        ("quick-sales", ""),
        ("deal-state", "potential negotiating won"),
        ("importance", "important ordinary"),
        ("urgency", ""),
        ("need", "target potential dead"),
        ("time-to-close", ""),
        ("sales-funnel", "potential target closed loyal"),
        ("lead-sources", "A B"),
    ],
)
def test_where_no_service_is_stated_what_is_suggested_is_off(name: str, unstated: str, policy: Find) -> None:
    off = [grade for grade, terms in policy(name).service.items() if not terms.is_in_force]
    assert off == unstated.split()


@pytest.mark.parametrize("name", NAMES)
def test_promises_are_typed_and_known_by_name_and_stated_where_in_force(name: str, policy: Find) -> None:
    for terms in policy(name).service.values():
        assert terms.promise == ()
        assert all(each.id == code for code, each in terms.coded())
        assert {each.basis for each in terms.obligations()} == {
            Basis.STATED if terms.stated else Basis.ASSUMED
        }


def test_the_first_level_is_everybody_s_and_nothing_goes_out_unread(policy: Find) -> None:
    terms = policy("export-leads").service["1"]
    (approve,) = terms.approve
    assert (approve.by, approve.documents.zh) == ("department_manager", "每份单证、每封邮件")
    assert [each.id for each in terms.handling] == ["everybody", "order_tactics"]
    assert terms.handling[0].by == "department_manager"
    assert terms.contact[0].every is None


def test_the_second_level_is_written_to_every_three_days_then_weekly(policy: Find) -> None:
    terms = policy("export-leads").service["2"]
    (contact,) = terms.contact
    assert [(str(each.lasts), str(each.every)) for each in contact.phases] == [("1mo", "3d"), ("None", "7d")]
    assert terms.owner[0].by == "sales_rep"


def test_the_third_level_is_answered_within_24_hours(policy: Find) -> None:
    (respond,) = policy("export-leads").service["3"].respond
    assert (respond.to, str(respond.within)) == ("mail", "24h")


def test_the_levels_are_worked_in_their_order(policy: Find) -> None:
    service = policy("export-leads").service
    turns = {grade: [each.turn for each in terms.handling if each.turn] for grade, terms in service.items()}
    assert turns == {"1": [], "2": [2], "3": [3], "4": [4]}


def test_the_follow_up_log_has_the_intervals_stated(policy: Find) -> None:
    contacts = {grade: terms.contact[0] for grade, terms in policy("time-to-close").service.items()}
    assert {grade: (str(each.every), str(each.no_later_than)) for grade, each in contacts.items()} == {
        "A": ("1d", "None"),
        "B": ("7d", "7d"),
        "C": ("15d", "None"),
        "D": ("30d", "30d"),
        "E": ("1y", "1y"),
    }


def test_after_every_follow_up_a_customer_of_any_class_is_graded_anew(policy: Find) -> None:
    found = policy("time-to-close")
    for terms in found.service.values():
        (handling,) = terms.handling
        assert handling.text.zh == "每次跟进后重新评级，按新等级处理"
    (procedure,) = found.procedures
    assert [step.text.zh for step in procedure.steps] == ["跟进后写追踪志", "重新评级", "按新等级处理"]


def test_urgency_promises_to_act_in_the_span_that_makes_the_class(policy: Find) -> None:
    contacts = {grade: terms.contact[0] for grade, terms in policy("urgency").service.items()}
    spans = {grade: (str(each.no_sooner_than), str(each.no_later_than)) for grade, each in contacts.items()}
    assert spans == {
        "urgent": ("None", "7d"),
        "soon": ("7d", "1mo"),
        "not_urgent": ("1mo", "3mo"),
        "slow": ("3mo", "None"),
    }


def test_each_stage_is_worked_in_one_batch_unless_the_house_says_otherwise(
    policy: Find, shelf: Shelf
) -> None:
    stages = {grade: terms.handling[0].batch for grade, terms in policy("quick-sales").service.items()}
    assert stages == dict.fromkeys(policy("quick-sales").grades, True)
    layer = (
        'id = "sales.scratch"\nversion = "1"\nextends = "sales.quick-sales"\n'
        "[parameters.batch_negotiation]\nvalue = false\n"
    )
    made = parse_policy(layer, "scratch.toml", shelf.library, shelf.base).policy
    assert [grade for grade, terms in made.service.items() if not terms.handling[0].batch] == ["negotiation"]


def test_next_week_s_plan_is_due_each_weekend_and_each_level_has_its_board(policy: Find) -> None:
    procedures = {each.id: each for each in policy("quick-sales").procedures}
    (step,) = procedures["weekly_plan"].steps
    assert (str(step.every), step.by, "周末" in step.text.zh) == ("7d", "sales_rep", True)
    assert [step.by for step in procedures["boards"].steps] == ["branch_manager", "sales_director"]


def test_the_seven_regions_stand_beside_the_class(policy: Find) -> None:
    assert [flag.title.zh for flag in policy("lead-sources").flags] == [
        "北美",
        "南美",
        "欧洲",
        "非洲",
        "中东",
        "东南亚",
        "澳洲",
    ]


def test_only_agents_found_by_search_are_followed_for_the_long_term(policy: Find) -> None:
    terms = policy("lead-sources").service["C"]
    (contact,), (watch,) = terms.contact, terms.handling
    assert contact.when == watch.when is not None
    for word in ("供应商的满意度", "购买能力", "购买意愿", "库存", "经济政策", "经营状况"):
        assert word in watch.text.zh


def test_a_bad_answer_is_mailed_at_once_and_the_vice_president_calls_within_24_hours(policy: Find) -> None:
    (alarm,) = policy("satisfaction-alarm").alarms
    assert alarm.on == "surveys"
    duties = [(each.by, str(each.within), each.channel and each.channel.en) for each in alarm.duties]
    assert duties == [
        ("survey_desk", "None", "mail"),
        ("sales_vice_president", "24h", "phone"),
        ("sales_vice_president", "24h", None),
    ]


def test_the_number_of_details_that_make_an_inquiry_detailed_is_the_house_s(shelf: Shelf) -> None:
    layer = (
        'id = "sales.scratch"\nversion = "1"\nextends = "sales.export-leads"\n'
        "[parameters.details_needed]\nvalue = 3\n"
    )
    made = parse_policy(layer, "scratch.toml", shelf.library, shelf.base).policy
    compiled = compile_policy(made, shelf.vocabulary(made))
    rule = next(each for each in compiled.policy.rules if each.id == "clear_interest")
    assert "details_asked" in str(rule.when)
    assert ">= 3" in str(rule.when)


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


@pytest.mark.parametrize(
    ("name", "outcome", "before", "grade"),
    [
        ("time-to-close", "clear_need", {"need": "later", "months_to_close": 2}, "B"),
        ("time-to-close", "clear_need", {"need": "none", "is_hopeless": True, "months_to_close": 1}, "A"),
        ("time-to-close", "latent_need", {"need": "now", "months_to_close": 2}, "D"),
        ("time-to-close", "no_need", {"need": "now", "months_to_close": 1}, "E"),
        ("time-to-close", "no_chance", {"need": "now", "months_to_close": 1}, "E"),
        ("time-to-close", "followed_up", {"need": "now", "months_to_close": 1}, "A"),
        ("quick-sales", "visited", {"visits_paid": 0}, "visit"),
        ("quick-sales", "proposed", {"visits_paid": 1}, "proposal"),
        ("quick-sales", "negotiating", {"visits_paid": 1}, "negotiation"),
        ("quick-sales", "signed", {"visits_paid": 1}, "contract"),
    ],
)
def test_one_key_after_a_follow_up_gives_the_grade_that_follows(
    name: str, outcome: str, before: dict[str, Any], grade: str, host: PluginHost, shelf: Shelf
) -> None:
    compiled = compile_policy(shelf.find(f"sales.{name}").policy, Vocabulary.of(host.sector("sales")))
    (found,) = [each for each in compiled.outcomes if each.id == outcome]
    row = dict.fromkeys(compiled.quantities) | before | dict(found.facts)
    scorecard = Scorecard(compiled, calibrate_rows(compiled, []))
    assert scorecard.assess(derive(compiled, row)).grade == grade
