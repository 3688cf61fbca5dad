"""A rating sheet says who was graded what, why, on what evidence, by whose hand; nothing in it can act."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from printing import Reader, rung
from sheets_read import EVIL, NOW, words

from rung.errors import RungError
from rung.ledger import (
    Act,
    Decision,
    Override,
    Status,
)
from rung.sheet import GivenInput, rating_sheets
from rung.text import set_language
from rung.workspace import Workspace


def override(**changes: object) -> Override:
    given: dict[str, object] = {
        "id": "O1",
        "customer_id": "C2",
        "policy_id": "shop.tiers",
        "policy_version": "1",
        "policy_hash": "0" * 64,
        "run_id": "r",
        "model_grade": "B",
        "proposed_grade": "A",
        "notches": 1,
        "reason": "other",
        "narrative": "The order book doubled.",
        "evidence": "CF-7",
        "approvals_needed": 1,
        "maker": "lina",
        "made_at": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        "effective_from": datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
        "expires_at": date(2027, 3, 2),
        "supersedes": (),
        "inputs_hash": "1" * 64,
        "decisions": (
            Decision(
                act=Act.APPROVED,
                by="wang",
                at=datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
                note="seen",
                on_behalf_of="zhao",
            ),
        ),
    }
    return Override(**{**given, **changes})  # type: ignore[arg-type]


def test_a_sheet_says_who_by_what_policy_in_which_run(shop: Workspace) -> None:
    told = words(shop.sheet("C1", NOW))
    manifest = shop.runs().manifests[0]
    for shown in (
        "甲公司",
        "C1",
        "Shop tiers · shop.tiers 1",
        manifest.policy.sha256[:16],
        manifest.run_id,
        "2026-03-01",
        "Model grade A",
        "Computed grade A",
        "Effective grade A",
        "Score 100",
    ):
        assert shown in told


def test_a_sheet_shows_the_way_to_the_score_and_where_it_lies(shop: Workspace) -> None:
    page = rating_sheets([shop.sheet("C2", NOW)])
    told = Reader(page).words
    assert "Spent * 500 yuan [100 .. 1,000) 60/100 66.7%" in told
    assert "40 26.67" in told
    assert "3.33 30" in told
    assert "Score 43.33 56.67" in told
    assert 'class="here"><b>B</b>≥ 40' in page
    assert "C < 40" in told
    assert page.count('class="gain"') == 2
    assert page.count('class="total"') == 1


def test_a_criterion_that_was_left_out_has_no_bar_and_is_named_missing(shop: Workspace) -> None:
    told = words(shop.sheet("C2", NOW))
    assert "missing: left out, the rest re-weighted" in told
    assert "Missing: Prospects" in told


def test_gates_and_flags_that_hold_are_told_with_what_was_found(shop: Workspace) -> None:
    assert "Gate Far too late Days late > 90 (is 120) at most C" in words(shop.sheet("C3", NOW))
    assert "Flag Big Spent ≥ 5,000 (is 6,000 yuan) stands" in words(shop.sheet("C1", NOW))
    assert "gates: 1, flags: 1; none holds." in words(shop.sheet("C2", NOW))


def test_assumed_values_are_starred_and_listed_with_the_cause(shop: Workspace) -> None:
    told = words(shop.sheet("C1", NOW))
    assert "Spent *" in told
    assert "Days late *" not in told
    assert "* Assumed by us, because … Criteria › Spent : the source gives no amounts" in told


def test_where_nothing_is_assumed_the_sheet_says_so(shop: Workspace) -> None:
    sheet = shop.sheet("C1", NOW)
    stated = sheet.policy.criteria[0].model_copy(update={"basis": sheet.policy.criteria[1].basis})
    policy = sheet.policy.model_copy(update={"criteria": (stated, *sheet.policy.criteria[1:])})
    assert "the practice states every number used here" in words(replace(sheet, policy=policy))


def test_who_is_not_graded_is_told_why(shop: Workspace) -> None:
    told = words(shop.sheet("C4", NOW))
    assert "Not graded: Data missing: Spent" in told
    assert "Model grade –" in told


def test_earlier_grades_and_the_service_promised_stand_on_it(shop: Workspace) -> None:
    rung("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-03-15")
    set_language("en")
    told = words(shop.sheet("C1", NOW))
    assert "2026-03-15 1 A · this run 100 2026-03-01 1 A 100" in told
    assert "A: contact every 7 days; by: Keeper" in told


def test_there_is_room_for_three_signatures(shop: Workspace) -> None:
    told = words(shop.sheet("C1", NOW))
    for role in ("Prepared by", "Reviewed by", "Approved by"):
        assert f"{role} Name, signature Date" in told


def test_what_the_reader_should_know_stands_on_top(shop: Workspace) -> None:
    assert "Values are masked." in words(replace(shop.sheet("C1", NOW), notice="Values are masked."))


def test_a_sheet_speaks_chinese(shop: Workspace) -> None:
    sheet = shop.sheet("C3", NOW)
    set_language("zh")
    page = rating_sheets([sheet])
    assert '<html lang="zh-Hans">' in page
    for shown in ("店铺等级", "逾期太久", "消费太少", "原文未给金额"):
        assert shown in page


def test_hostile_names_are_shown_and_do_nothing(shop: Workspace) -> None:
    sheet = shop.sheet("C2", NOW)
    told = replace(sheet.explanation, customer_name=EVIL)
    given = GivenInput(
        record=override(narrative=EVIL, evidence=EVIL, reason=EVIL, maker=EVIL), status=Status.APPROVED
    )
    page = rating_sheets([replace(sheet, explanation=told, inputs=(given,))])
    read = Reader(page)
    assert "script" not in read.opened
    assert read.words.count("<script>alert(1)</script> & eman [31m") >= 5
    assert not set("\u202e\u202c\x1b") & set(page)


def test_a_sheet_fetches_nothing_and_runs_nothing(shop: Workspace) -> None:
    page = rating_sheets([shop.sheet("C1", NOW)])
    read = Reader(page)
    names = {name for name, _value in read.attributes}
    assert not {"src", "href", "srcset", "action"} & names
    assert not {name for name in names if name.startswith("on")}
    assert set(re.findall(r"url\(([^)]*)\)", page)) == {"#lost"}
    assert "@import" not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_sheets_of_several_policies_go_into_one_file_a_page_each(shop: Workspace) -> None:
    sheet = shop.sheet("C1", NOW)
    page = rating_sheets([sheet, sheet, sheet])
    assert page.count('<main class="sheet">') == 3
    assert page.count("<html") == 1


def test_page_numbers_are_escaped_into_the_style(shop: Workspace) -> None:
    page = rating_sheets([shop.sheet("C1", NOW)])
    content = re.search(r"content: (.*?); font", page)
    assert content is not None
    assert "counter(page)" in content[1]
    assert "counter(pages)" in content[1]
    assert set(re.findall(r'"([^"]*)"', content[1])) == {
        "".join(f"\\{ord(char):06x}" for char in "Page "),
        "".join(f"\\{ord(char):06x}" for char in " of "),
        "",
    }


def test_an_unknown_customer_has_no_sheet(shop: Workspace) -> None:
    with pytest.raises(RungError, match="There is no customer “C9”"):
        shop.sheet("C9", NOW)
