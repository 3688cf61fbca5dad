"""``rung policy`` lists, shows, checks and tests the policies at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import POLICY, Cli


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_policies_of_the_plugins_are_listed(cli: Cli) -> None:
    ended = cli("policy", "list")
    assert ended.code == 0
    assert "bank.credit-tiers 2026.1 Bank customer tiers A B C D bank" in words(ended.out)


def test_a_workspace_s_own_policies_come_first(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    (shop / "shop.toml").rename(shop / "policies" / "shop.toml")
    listed = cli("policy", "list", "--json").json
    first = listed["policies"][0]
    assert (first["id"], first["plugin"], first["grades"]) == ("shop.tiers", None, ["A", "B", "C"])
    assert listed["problems"] == []


def test_a_policy_that_cannot_be_read_is_listed_with_its_problem(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    (shop / "policies" / "bad.toml").write_text('id = "shop.bad"\ngrades = 1\n', encoding="utf-8")
    ended = cli("policy", "list")
    assert ended.code == 1
    assert "shop.bad cannot be read" in words(ended.out)
    assert "bad.toml:2" in ended.err


@pytest.mark.usefixtures("shop")
def test_a_policy_is_shown_in_words(cli: Cli) -> None:
    ended = cli("policy", "show", "shop.toml")
    assert (ended.code, ended.err) == (0, "")
    told = words(ended.out)
    for shown in (
        "Shop tiers (shop.tiers 1)",
        "A ≥ 80",
        "Spent 2 ≥ 1,000 100 not graded",
        "at most C Days late > 90 Far too late",
        "Big Spent ≥ 5,000",
        "A contact every 7 days; by: Keeper",
        "up by 1 notch (one approval), down by any number of notches (no approval), for 12 months",
    ):
        assert shown in told


def test_scripts_and_outcomes_are_shown_and_the_record_service_waits_for(cli: Cli) -> None:
    told = words(cli("policy", "show", "auto4s.call-list").out)
    assert "A, coming soon phone Hello" in told
    assert "s Coming soon Phone call: Reached; Acceptance:" in told
    assert "x No answer * Phone call: Not reached" in told
    assert "next try after 3 days" in told
    told = words(cli("policy", "show", "tobacco.service-classes").out)
    assert "Care starts once there is an open record: Hardship file" in told
    assert "Outcomes of a contact" not in told


@pytest.mark.parametrize(
    "policy", ["auto4s.call-list", "bank.credit-tiers", "engineering.client-grades", "tobacco.sales-pareto"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_ready_policy_can_be_shown(cli: Cli, policy: str, language: str) -> None:
    ended = cli("--lang", language, "policy", "show", policy)
    assert (ended.code, ended.err) == (0, "")
    assert f"({policy} " in ended.out


def test_a_policy_in_json_has_its_library_criteria_filled_in(cli: Cli) -> None:
    table = cli("policy", "show", "bank.credit-tiers", "--json").json
    assert table["id"] == "bank.credit-tiers"
    assert all("measure" in criterion for criterion in table["criteria"])


@pytest.mark.usefixtures("shop")
def test_a_sound_policy_is_called_so(cli: Cli) -> None:
    ended = cli("policy", "check", "shop.toml")
    assert ended.code == 0
    assert "shop.toml: " in ended.out


def test_every_problem_of_a_policy_is_told_with_its_line(cli: Cli, shop: Path) -> None:
    bad = POLICY.replace('measure = "spent"', 'measure = "spend"').replace('at_most = "C"', 'at_most = "Z"')
    (shop / "shop.toml").write_text(bad, encoding="utf-8")
    ended = cli("policy", "check", "shop.toml")
    assert ended.code == 1
    assert "shop.toml:22 [criteria[0].measure]" in ended.out
    assert "Did you mean “spent”?" in ended.out
    told = cli("policy", "check", "shop.toml", "--json").json["policies"]["shop.toml"]
    assert {"error"} <= {problem["severity"] for problem in told}
    assert 22 in [problem["line"] for problem in told]


def test_all_ready_policies_are_sound_and_pass_their_tests(cli: Cli) -> None:
    assert cli("policy", "check").code == 0
    ended = cli("policy", "test", "--json")
    assert (ended.code, ended.json["failed"]) == (0, 0)
    assert len(ended.json["policies"]) >= 5


def test_a_failed_test_is_told_with_its_line_and_ends_with_one(cli: Cli, shop: Path) -> None:
    assert cli("policy", "test", "shop.toml").out.startswith("shop.toml: 1 of 1 tests passed\n")
    (shop / "shop.toml").write_text(POLICY.replace("score = 100", "score = 99"), encoding="utf-8")
    ended = cli("policy", "test", "shop.toml")
    assert ended.code == 1
    assert "0 of 1 tests passed" in ended.out
    assert "  shop.toml:59 [tests[0].expect[0].score]: Test “a good one”" in ended.out


def test_parts_of_which_one_is_enough_are_shown_so(cli: Cli, shop: Path) -> None:
    either = POLICY.replace(
        'when = { late = "> 90" }',
        'when = { spent = "> 0", any = [{ late = "> 90" }, { not = { spent = "> 5" } }] }',
    )
    (shop / "either.toml").write_text(either, encoding="utf-8")
    ended = cli("policy", "show", "either.toml")
    assert "Spent > 0; (any of: Days late > 90; (not: Spent > 5))" in words(ended.out)


def test_what_is_assumed_parameters_and_procedures_are_shown(cli: Cli) -> None:
    told = words(cli("policy", "show", "auto4s.call-list").out)
    assert "The shop's town * 本市 the source means its own town; write yours" in told
    assert "D Intention Will not come * Says clearly that he will not come" in told
    assert "D Phone call Not reached The phone is not answered" in told
    assert "Procedure: Calling in batches 1. One category is called in one batch; by: Caller" in told
    assert "* assumed: the practice does not state it." in told


def test_a_parameter_is_shown_in_words_with_the_name_that_stands_in_the_file(cli: Cli) -> None:
    words = " ".join(cli("--lang", "zh", "policy", "show", "general.abc-count").out.split())
    assert "近12个月订单金额（order_amount_12m）" in words
    assert "是（可选：是，否）" in cli("--lang", "zh", "policy", "show", "sales.quick-sales").out
    assert "yes (one of: yes, no)" in cli("policy", "show", "sales.quick-sales").out
