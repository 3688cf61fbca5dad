"""A customer's page says why: stairs to the score, what held and what did not, what would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from conftest import review_of
from rung.ledger import Act, Decision, Effective, Override
from rung.text import Language, Text, display_width
from rung.workspace import Workspace
from rung_tui.customer.page import page
from rung_tui.customer.told import Told
from rung_tui.drawn import plain
from rung_tui.language import speak
from rung_tui.review import Review


@pytest.fixture
def bank(workspace: Workspace) -> Review:
    return review_of(workspace)


@pytest.fixture
def retailers(workspace: Workspace) -> Review:
    return review_of(workspace, "tobacco.service-classes")


def shown(told: Told, width: int = 90) -> str:
    return "\n".join(plain(line).rstrip() for line in page(told, width))


def test_the_stairs_add_up_to_the_score(bank: Review) -> None:
    told = bank.tell(2)
    assert told.explanation.score is not None
    stairs = shown(told).split("How the score came about")[1].split("score")[0].splitlines()
    totals = [line.split()[-1] for line in stairs if "%" in line and "/" in line]
    assert totals[-1] == f"{told.explanation.score.normalize():f}"


def test_each_criterion_shows_points_weight_and_gain(bank: Review) -> None:
    line = next(line for line in shown(bank.tell(2)).splitlines() if line.startswith("Credit record"))
    assert line.split()[-4:] == ["75/100", "20%", "+15", "37.5"]


def test_the_scale_names_the_grades_where_they_begin(bank: Review) -> None:
    text = shown(bank.tell(2), 120)
    assert "C≥45" in text
    assert "B≥70" in text


def test_a_number_too_wide_for_its_column_loses_its_unit_and_no_digit(bank: Review) -> None:
    told = bank.tell(2)
    first = told.explanation.criteria[0]
    amount = replace(first, value=Text("138,091,600 元", "138,091,600 yuan"))
    criteria = (amount, *told.explanation.criteria[1:])
    told = replace(told, explanation=replace(told.explanation, criteria=criteria))
    assert "138,091,600 yuan" in shown(told, 100)
    narrow = shown(told, 78)
    assert "138,091,600 " in narrow
    assert "138,091,600 yuan" not in narrow


def test_gates_that_did_not_fire_are_shown_with_what_was_found(bank: Review) -> None:
    text = shown(bank.tell(2))
    assert "✗ More than 90 days past due: at most D  at most D  did not fire" in text
    assert "found 0 " in text


def test_the_smallest_change_names_old_and_new(bank: Review) -> None:
    text = shown(bank.tell(3))
    assert "Smallest change that reaches a better grade" in text
    assert "⇒ grade A" in text


def test_rules_are_shown_whether_they_held_or_not_and_the_one_that_decided_is_marked(
    retailers: Review,
) -> None:
    text = shown(retailers.tell(5))
    assert text.count("→ ✓") == 1
    assert "✗ 1  Strong ability" in text


def test_of_several_ways_those_not_taken_are_no_failures(retailers: Review) -> None:
    decided = shown(retailers.tell(5)).split("→ ✓")[1].split("\n    ✗")[0].split("\n  ✗")[0]
    assert "✗" not in decided


def test_the_service_promised_is_in_words(retailers: Review) -> None:
    assert "Service promised" in shown(retailers.tell(5))


def test_service_that_waits_for_a_record_says_so(retailers: Review) -> None:
    told = retailers.tell(5)
    first = told.explanation.service[0]
    terms = first.terms.model_copy(update={"requires": "hardship_file"})
    waiting = replace(first, terms=terms, record=Text("档案", "Hardship file"), is_started=False)
    words = "starts once there is an open record: Hardship file"
    for line, is_told in ((waiting, True), (replace(waiting, is_started=True), False)):
        page_of_it = replace(told, explanation=replace(told.explanation, service=(line,)))
        assert (words in shown(page_of_it)) is is_told


def test_grades_of_earlier_runs_are_listed_with_the_way_they_went(bank: Review) -> None:
    lines = shown(bank.tell(23)).split("Model grades over the runs")[1].splitlines()
    assert lines[1:3] == [
        "2026-06-30  C ▼    57.5  2026.1  this run",
        "2026-06-30  B      72.5  2026.1",
    ]


def test_a_customer_that_is_not_graded_is_told_why_first(bank: Review) -> None:
    assert "Not graded: Data missing: Days past due" in shown(bank.tell(0)).splitlines()[2]


@pytest.mark.parametrize("width", [40, 58, 77, 100, 140])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_pane(
    bank: Review, retailers: Review, width: int, language: Language
) -> None:
    speak(language)
    for told in (bank.tell(0), bank.tell(2), bank.tell(8), retailers.tell(5)):
        widths = [display_width(plain(line)) for line in page(told, width)]
        assert max(widths) <= width


def test_in_chinese_nothing_is_left_in_english(bank: Review) -> None:
    speak("zh")
    text = shown(bank.tell(2))
    assert "等级" in text
    assert not [word for word in ("Reasons", "score", "Gates", "found") if word in text]


def test_an_override_given_back_is_told_as_such_with_the_note_its_maker_has_to_read(bank: Review) -> None:
    asked = datetime(2026, 1, 2, tzinfo=UTC)
    given_back = Override(
        id="O1",
        customer_id="K0000003",
        policy_id="bank.credit-tiers",
        policy_version="1",
        policy_hash="",
        run_id="r",
        model_grade="C",
        proposed_grade="B",
        notches=1,
        reason="other",
        narrative="new contract",
        evidence="file 7",
        approvals_needed=1,
        maker="li",
        made_at=asked,
        effective_from=None,
        expires_at=date(2099, 1, 1),
        supersedes=(),
        inputs_hash="",
        decisions=(Decision(act=Act.RETURNED, by="wang", at=asked, note="which contract?"),),
    )
    standing = Effective("C", "C", "C", pending=given_back)
    text = shown(replace(bank.tell(2), standing=standing, records=(given_back,)))
    assert "Proposed grade B  returned to its maker for more information" in text
    assert "awaits approval" not in text
    assert "returned: wang, 2026-01-02: which contract?" in text
    assert "Evidence: file 7" in text
