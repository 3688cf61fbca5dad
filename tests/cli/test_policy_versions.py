"""``rung policy publish``, ``show --sources`` and the days and versions that other verbs take."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import POLICY, Cli

OVERLAY = """\
id = "shop.branch"
version = "1"
extends = "shop.tiers"
[grading]
cutoffs = { A = 90 }
"""


@pytest.fixture
def own(cli: Cli, shop: Path) -> Path:
    """A workspace whose own policies are the shop's and a branch's over it; return their folder."""
    assert cli("init").code == 0
    (shop / "shop.toml").rename(shop / "policies" / "shop.toml")
    (shop / "policies" / "branch.toml").write_text(OVERLAY, encoding="utf-8")
    return shop / "policies"


def words(text: str) -> str:
    return " ".join(text.split())


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_each_value_is_shown_with_the_line_that_set_it_and_what_it_overrode(cli: Cli, own: Path) -> None:
    ended = cli("policy", "show", "shop.branch", "--sources")
    assert (ended.code, ended.err) == (0, "")
    assert "grading.cutoffs.A 90 shop.branch:5 80 of shop.tiers:" in words(ended.out)
    assert str(own / "branch.toml") in ended.out


def test_the_sources_come_as_json(cli: Cli, own: Path) -> None:
    told = cli("policy", "show", "shop.branch", "--sources", "--json").json
    assert [each["id"] for each in told["layers"]] == ["shop.tiers", "shop.branch"]
    (cutoff,) = (each for each in told["values"] if each["key"] == "grading.cutoffs.A")
    assert (cutoff["value"], cutoff["file"], cutoff["line"]) == (90, str(own / "branch.toml"), 5)
    (old,) = cutoff["overrode"]
    assert (old["value"], old["file"]) == (80, str(own / "shop.toml"))


def test_a_version_is_published_and_from_then_on_in_force(cli: Cli, own: Path) -> None:
    ended = cli("policy", "publish", "shop.branch", "--reason", "trial")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Published: shop.branch 1, ")
    assert (own / "published" / "shop.branch" / "1.toml").is_file()
    edit(own / "branch.toml", "A = 90", "A = 95")
    shown = cli("policy", "show", "shop.branch")
    assert "A ≥ 90" in words(shown.out)
    assert "Version 1 was published on" in shown.err


@pytest.mark.usefixtures("own")
def test_publishing_the_same_again_changes_nothing_and_says_so(cli: Cli) -> None:
    assert cli("policy", "publish", "shop.branch", "--reason", "trial").code == 0
    ended = cli("policy", "publish", "shop.branch")
    assert ended.code == 0
    assert ended.out.startswith("Published before with the same content: shop.branch 1, ")


def test_a_working_copy_that_differs_is_told_by_check_and_list(cli: Cli, own: Path) -> None:
    assert cli("policy", "publish", "shop.branch", "--reason", "trial").code == 0
    edit(own / "branch.toml", "A = 90", "A = 95")
    for ended in (cli("policy", "check", own / "branch.toml"), cli("policy", "list")):
        assert ended.code == 1
        assert "branch.toml:2 [version]: Version 1 was published on" in ended.out + ended.err


def test_a_published_file_that_was_changed_is_refused_everywhere(cli: Cli, own: Path) -> None:
    assert cli("policy", "publish", "shop.tiers", "--reason", "trial").code == 0
    edit(own / "published" / "shop.tiers" / "1.toml", "A = 80", "A = 10")
    told = "This is not what was published as version 1"
    graded = cli("grade", "customers.csv", "--policy", "shop.tiers")
    assert (graded.code, told in graded.err) == (2, True)
    checked = cli("policy", "check")
    assert (checked.code, told in checked.out) == (1, True)
    listed = cli("policy", "list")
    assert (listed.code, told in listed.err) == (1, True)


def test_a_policy_with_an_error_cannot_be_published(cli: Cli, own: Path) -> None:
    edit(own / "branch.toml", "A = 90", "Z = 90")
    ended = cli("policy", "publish", "shop.branch", "--reason", "trial")
    assert (ended.code, ended.out) == (2, "")
    assert "branch.toml:5" in ended.err
    assert not (own / "published").exists()


def test_a_policy_that_fails_its_tests_cannot_be_published(cli: Cli, own: Path) -> None:
    with (own / "branch.toml").open("a", encoding="utf-8") as file:
        file.write('[[tests]]\nname = "t"\ncustomer = { spent = 1, late = 0 }\nexpect = { grade = "A" }\n')
    ended = cli("policy", "publish", "shop.branch", "--reason", "trial")
    assert ended.code == 2
    assert "Only a policy that is sound and passes its tests can be published." in ended.err
    assert "branch.toml:9" in ended.err
    assert not (own / "published").exists()


def test_a_published_version_runs_its_tests_where_it_stands(cli: Cli, own: Path) -> None:
    assert cli("policy", "publish", "shop.tiers", "--reason", "trial").code == 0
    ended = cli("policy", "test", own / "published" / "shop.tiers" / "1.toml")
    assert (ended.code, "1 of 1 tests passed" in ended.out) == (0, True)


def test_a_version_of_the_future_can_be_looked_at(cli: Cli, own: Path) -> None:
    assert cli("policy", "publish", "shop.branch", "--reason", "trial").code == 0
    edit(own / "branch.toml", 'version = "1"', 'version = "2"')
    edit(own / "branch.toml", "A = 90", "A = 95")
    later = f"{datetime.now(tz=UTC).year + 2}-01-01"
    assert (
        cli("policy", "publish", "shop.branch", "--reason", "stricter", "--effective-from", later).code == 0
    )
    assert "A ≥ 90" in words(cli("policy", "show", "shop.branch").out)
    assert "A ≥ 95" in words(cli("policy", "show", "shop.branch", "--as-of", later).out)
    for arguments in (("shop.branch@2",), ("shop.branch", "--version", "2")):
        preview = cli("policy", "show", *arguments)
        assert "A ≥ 95" in words(preview.out)
        assert "this is only a preview" in preview.err


def test_the_day_a_population_is_graded_on_picks_the_version(cli: Cli, own: Path) -> None:
    edit(own / "shop.toml", 'version = "1"', 'version = "1"\neffective_to = 2026-06-30')
    text = (own / "shop.toml").read_text(encoding="utf-8")
    newer = text.replace(
        'version = "1"\neffective_to = 2026-06-30', 'version = "2"\neffective_from = 2026-07-01'
    )
    (own / "newer.toml").write_text(newer, encoding="utf-8")
    for day, version in (("2026-06-30", "1"), ("2026-07-01", "2")):
        run = cli("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", day, "--json")
        assert (run.code, run.json["manifest"]["policy"]["version"]) == (0, version)


def test_a_run_by_a_layered_policy_explains_itself_when_its_files_are_gone(cli: Cli, own: Path) -> None:
    assert cli("grade", "customers.csv", "--policy", "shop.branch").code == 0
    before = cli("explain", "C1")
    assert before.code == 0
    for file in own.glob("*.toml"):
        file.unlink()
    assert cli("explain", "C1").out == before.out


@pytest.mark.usefixtures("own")
def test_only_the_owner_of_the_policies_publishes(cli: Cli, shop: Path) -> None:
    with (shop / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[people.somebody]\nname = "S"\nrole = "owner"\n')
    ended = cli("policy", "publish", "shop.branch", "--reason", "trial")
    assert (ended.code, "that takes the role “owner”" in ended.err) == (2, True)


@pytest.mark.usefixtures("shop")
def test_outside_of_a_workspace_nothing_is_published(cli: Cli) -> None:
    ended = cli("policy", "publish", "shop.toml", "--reason", "trial")
    assert (ended.code, "This is no workspace" in ended.err) == (2, True)


@pytest.mark.usefixtures("own")
def test_a_verb_about_policies_that_is_not_there_is_told(cli: Cli) -> None:
    told = "rung: There is no verb “policy shwo”. Did you mean “show”? See: rung policy --help\n"
    assert cli("policy", "shwo").err == told


def test_the_shop_is_what_these_tests_take_it_for() -> None:
    assert 'id = "shop.tiers"' in POLICY
    assert "A = 80" in POLICY
