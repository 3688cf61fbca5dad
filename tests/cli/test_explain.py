"""``rung explain`` says why a customer has its grade, from a kept run or straight from a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import POLICY, Cli

SOURCE = ("--source", "customers.csv", "--policy", "shop.toml", "--as-of", "2026-03-01")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.usefixtures("shop")
def test_a_grade_is_explained_from_criteria_to_service(cli: Cli) -> None:
    ended = cli("explain", "C1", *SOURCE)
    assert (ended.code, ended.err) == (0, "")
    told = words(ended.out)
    for shown in (
        "C1 甲公司",
        "Shop tiers (shop.tiers 1)",
        "Grade A · score 100",
        "100 % of the weight rests on real values",
        "Spent 6,000 yuan ≥ 1,000 [100 .. 1,000) 100/100 66.7% 66.67",
        "no at most C Far too late Days late > 90 (is 0)",
        "yes Big Spent ≥ 5,000 (is 6,000 yuan)",
        "A ≥ 80 · B ≥ 40",
        "A: contact every 7 days; by: Keeper",
    ):
        assert shown in told


@pytest.mark.usefixtures("shop")
def test_what_fired_and_what_would_help_is_told(cli: Cli) -> None:
    told = words(cli("explain", "C3", *SOURCE).out)
    assert "1. Far too late [gate:very_late] 2. Too little spent (< 100) [spent:3]" in told
    assert "yes at most C Far too late" in told
    assert "Smallest change that reaches the next grade" in told


@pytest.mark.usefixtures("shop")
def test_a_customer_that_was_not_graded_is_told_why(cli: Cli) -> None:
    told = words(cli("explain", "C4", *SOURCE).out)
    assert "Not graded: Data missing: Spent [missing:spent]" in told


@pytest.mark.usefixtures("shop")
def test_an_explanation_speaks_chinese(cli: Cli) -> None:
    told = words(cli("--lang", "zh", "explain", "C3", *SOURCE).out)
    assert "消费太少（< 100）" in told
    assert "逾期太久" in told


@pytest.mark.usefixtures("shop")
def test_a_customer_is_found_by_its_name_too(cli: Cli) -> None:
    assert cli("explain", "丙公司", *SOURCE, "--json").json["customer_id"] == "C3"


@pytest.mark.usefixtures("shop")
def test_an_explanation_in_json_holds_everything_in_both_languages(cli: Cli) -> None:
    told = cli("explain", "C1", *SOURCE, "--json").json
    assert (told["grade"], told["score"], told["evidence"]) == ("A", 100, 100)
    assert told["criteria"][0]["title"] == {"zh": "消费", "en": "Spent"}
    assert told["criteria"][0]["contribution"] == 66.67
    assert told["gates"][0]["fired"] is False
    assert told["service"] == [
        {
            "source": {"zh": "A", "en": "A"},
            "in_force": True,
            "requires": None,
            "is_started": True,
            "promises": ["contact every 7 days; by: Keeper"],
        }
    ]
    assert told["as_of"] == "2026-03-01"


def test_a_kept_run_explains_by_its_own_policy_when_the_file_has_changed(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    graded = cli("grade", "customers.csv", "--policy", "shop.toml", "--as-of", "2026-03-01", "--json")
    changed = POLICY.replace("points = 100 },", "points = 1 },")
    (shop / "shop.toml").write_text(changed, encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml", "--json").code == 0
    run_id = graded.json["manifest"]["run_id"]
    assert cli("explain", "C1", "--run", run_id, "--json").json["grade"] == "A"
    assert cli("explain", "C1", "--json").json["grade"] != "A"
    (shop / "shop.toml").unlink()
    assert cli("explain", "C1", "--run", run_id, "--json").json["run"] == run_id


def test_a_policy_kept_with_a_run_and_altered_since_is_refused(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    run_id = cli("grade", "customers.csv", "--policy", "shop.toml", "--json").json["run"]
    path = shop / "runs" / run_id / "policy.json"
    path.write_text(path.read_text(encoding="utf-8").replace("A = 80", "A = 81"), encoding="utf-8")
    ended = cli("explain", "C1")
    assert (ended.code, ended.out) == (2, "")
    assert "was altered" in ended.err


def test_explaining_from_a_table_keeps_no_run(cli: Cli, shop: Path) -> None:
    assert cli("init").code == 0
    assert cli("explain", "C1", *SOURCE).code == 0
    assert list((shop / "runs").iterdir()) == []


def test_conditions_of_which_one_is_enough_are_told_so(cli: Cli, shop: Path) -> None:
    either = POLICY.replace(
        'when = { late = "> 90" }', 'when = { any = [{ late = "> 90" }, { spent = "< 1" }] }'
    )
    (shop / "either.toml").write_text(either, encoding="utf-8")
    ended = cli("explain", "C1", "--source", "customers.csv", "--policy", "either.toml")
    assert ended.code == 0, ended
    assert "any of: Days late > 90 (is " in ended.out


def test_in_a_narrow_terminal_no_number_and_no_short_word_is_broken(
    cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended = cli("explain", "C1", "--source", shop / "customers.csv", "--policy", shop / "shop.toml")
    lines = ended.out.splitlines()
    heads = next(line for line in lines if "criterion" in line)
    assert all(word in heads for word in ("value", "points", "weight", "gives", "loses"))
    assert max(map(len, lines)) <= 80
