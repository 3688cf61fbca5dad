"""``rung policy diff`` and ``rung policy simulate`` show a change before it counts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from commands import CUSTOMERS, POLICY, Cli, Once, listing

NEWER = (
    POLICY.replace('version = "1"', 'version = "2"\neffective_from = 2030-01-01')
    .replace("A = 80", "A = 90")
    .replace('when = ">= 1_000"', 'when = ">= 400"')
    .replace('"[100..1_000)"', '"[100..400)"')
    .replace('every = "7d"', 'every = "14d"')
)
LAYER = """
schema = 1
id = "shop.branch"
version = "1"
extends = "shop.tiers"
[grading]
cutoffs = { A = 95 }
[change]
author = "me"
date = 2026-01-01
reason = "stricter"
"""


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def changed(shop: Path) -> Path:
    """A shop with a newer version of its policy beside it."""
    (shop / "newer.toml").write_text(NEWER, encoding="utf-8")
    return shop


@pytest.fixture
def workspace(cli: Cli, changed: Path, once: Once) -> Path:
    """A workspace with one run by the policy."""

    @once
    def made() -> None:
        assert cli("init").code == 0
        (changed / "shop.toml").rename(changed / "policies" / "shop.toml")
        assert cli("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-06-30").code == 0

    return made


@pytest.mark.usefixtures("shop")
def test_a_policy_does_not_differ_from_itself(cli: Cli) -> None:
    ended = cli("policy", "diff", "shop.toml", "shop.toml")
    assert (ended.code, ended.err) == (0, "")
    assert "Both say the same." in ended.out
    assert cli("policy", "diff", "shop.toml", "shop.toml", "--json").json["differences"] == []


@pytest.mark.usefixtures("changed")
def test_what_moved_is_told_and_ends_with_one(cli: Cli) -> None:
    ended = cli("policy", "diff", "shop.toml", "newer.toml")
    assert (ended.code, ended.err) == (1, "")
    told = words(ended.out)
    for shown in (
        "shop.tiers 1 → shop.tiers 2",
        "In force from – 2030-01-01",
        "cut-off › A 80 90",
        "Spent (spent) › band 1 › condition ≥ 1,000 ≥ 400",
        "A › contact 1 › every 7 days 14 days",
    ):
        assert shown in told


@pytest.mark.usefixtures("changed")
def test_in_json_each_difference_has_its_key_and_its_two_places(cli: Cli) -> None:
    found = cli("policy", "diff", "shop.toml", "newer.toml", "--json").json
    assert (found["before"]["version"], found["after"]["version"]) == ("1", "2")
    cut = next(each for each in found["differences"] if each["key"] == "grading.cutoffs.A")
    assert (cut["change"], cut["area"], cut["before"], cut["after"]) == ("changed", "grades", 80, 90)
    assert cut["before_at"] == {"file": "shop.toml", "line": 17, "key": "grading.cutoffs.A"}
    assert (cut["after_at"]["file"], cut["after_at"]["line"]) == ("newer.toml", 18)


@pytest.mark.usefixtures("changed")
def test_differences_are_told_in_chinese(cli: Cli) -> None:
    told = words(cli("--lang", "zh", "policy", "diff", "shop.toml", "newer.toml").out)
    assert "消费 (spent) › 第1档 › 条件 ≥ 1,000 ≥ 400" in told


def test_a_layer_is_compared_with_the_policy_it_is_laid_over(cli: Cli, shop: Path) -> None:
    (shop / "branch.toml").write_text(LAYER, encoding="utf-8")
    ended = cli("policy", "diff", "branch.toml", "--json")
    assert (ended.code, [each["key"] for each in ended.json["differences"]]) == (1, ["grading.cutoffs.A"])


def test_a_file_is_compared_with_the_version_in_force_and_versions_by_name(cli: Cli, workspace: Path) -> None:
    assert cli("policy", "diff", "newer.toml").code == 1
    (workspace / "policies" / "shop.toml").write_text(
        POLICY.replace('version = "1"', 'version = "1"\neffective_to = 2029-12-31'), encoding="utf-8"
    )
    (workspace / "newer.toml").rename(workspace / "policies" / "newer.toml")
    found = cli("policy", "diff", "shop.tiers@1", "shop.tiers@2", "--json")
    assert (found.code, found.json["after"]["effective_from"]) == (1, "2030-01-01")


@pytest.mark.usefixtures("shop")
def test_a_policy_that_has_nothing_to_be_compared_with_says_so(cli: Cli) -> None:
    ended = cli("policy", "diff", "shop.toml")
    assert ended.code == 2
    assert "laid over no other policy" in ended.err
    assert "shop.tiers@VERSION or a file" in ended.err


def test_a_change_is_tried_on_the_last_run_and_nothing_is_kept(cli: Cli, workspace: Path) -> None:
    before = listing(workspace)
    ended = cli("policy", "simulate", "newer.toml", "--value", "spent")
    assert (ended.code, listing(workspace)) == (0, before)
    told = words(ended.out)
    # C2: 500 spent, 30 days late: 60·2 + 10 of 3 is 43.33, then 100·2 + 10 of 3 is 70: B both times.
    # C5: 1000 spent, no days known: 70, B both times. Nobody moves up; nobody falls below.
    assert "shop.tiers 1 → shop.tiers 2" in told
    assert "Nobody moves." in told


LOWER = NEWER.replace("A = 90", "A = 70")


def test_whom_a_change_moves_is_told_with_the_cause(cli: Cli, workspace: Path) -> None:
    (workspace / "newer.toml").write_text(LOWER, encoding="utf-8")
    found = cli("policy", "simulate", "newer.toml", "--value", "spent", "--json").json
    assert (found["customers"], found["moved"], found["moved_value"]) == (5, 2, 1500)
    assert found["matrix"] == [
        {"before": "A", "after": "A", "customers": 1, "value": 6000},
        {"before": "B", "after": "A", "customers": 2, "value": 1500},
        {"before": "C", "after": "C", "customers": 1, "value": 5},
        {"before": None, "after": None, "customers": 1, "value": 0},
    ]
    first, second = found["movers"]
    assert (first["customer_id"], first["cause"], first["spent"]) == ("C5", "cutoffs", 1000)
    assert (second["customer_id"], second["cause"]) == ("C2", "criterion:spent")
    assert (second["score_before"], second["score_after"]) == (43.33, 70.0)
    load = {side: found[side]["load"][0]["contacts_a_week"] for side in ("before", "after")}
    assert load == {"before": 1.0, "after": 1.5}


def test_a_change_is_shown_in_words(cli: Cli, workspace: Path) -> None:
    (workspace / "newer.toml").write_text(LOWER, encoding="utf-8")
    told = words(cli("policy", "simulate", "newer.toml", "--value", "spent", "--list", "1").out)
    for shown in (
        "2 customers move (40.0%). Spent of those who move: 1,500.",
        "B · · 2",
        "2 (100.0%)",
        "戊, 公司 B → A 70 The cut-offs are others",
        "… and 1 more",
        "Keeper 1.0 → 1.5",
    ):
        assert shown in told.replace("2 (100.0%) · · · 2", "2 (100.0%) B · · 2"), shown


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_everybody_who_moves_is_written_to_a_file(cli: Cli, workspace: Path, ending: str) -> None:
    (workspace / "newer.toml").write_text(LOWER, encoding="utf-8")
    ended = cli("policy", "simulate", "newer.toml", "--out", f"moved.{ending}")
    assert (ended.code, (workspace / f"moved.{ending}").stat().st_size > 0) == (0, True)
    if ending == "csv":
        with (workspace / "moved.csv").open(encoding="utf-8-sig") as file:
            rows = {row["customer_id"]: row for row in csv.DictReader(file)}
        assert {name: row["movement"] for name, row in rows.items()} == {"C2": "up", "C5": "up"}
        assert rows["C2"]["reason_before_text"] == "Days late: not (0)"


@pytest.mark.usefixtures("workspace")
def test_no_change_moves_nobody(cli: Cli) -> None:
    found = cli("policy", "simulate", "shop.tiers", "--json").json
    assert (found["moved"], found["before"], found["movers"]) == (0, found["after"], [])
    table = cli(
        "policy", "simulate", "shop.tiers", "--against", "shop.tiers", "--data", "customers.csv", "--json"
    )
    assert table.json["before"]["grades"] == found["before"]["grades"]


def test_a_run_that_lacks_a_value_says_which_and_a_table_serves(cli: Cli, workspace: Path) -> None:
    asking = POLICY.replace(
        "[fields.late]", '[fields.visits]\ntitle = "Visits"\nkind = "integer"\n[fields.late]'
    )
    asking += '\n[[flags]]\nid = "seen"\ntitle = "Seen"\nwhen = { visits = "> 3" }\n'
    (workspace / "newer.toml").write_text(asking.replace('version = "1"', 'version = "2"'), encoding="utf-8")
    ended = cli("policy", "simulate", "newer.toml")
    assert ended.code == 2
    assert (
        "The run does not hold “Visits” (visits). Try the policy on a table instead: --data FILE."
        in ended.err
    )
    (workspace / "visits.csv").write_text(
        "".join(
            f"{line},{n}\n" for line, n in zip(CUSTOMERS.splitlines(), ["visits", 1, 2, 3, 4, 5], strict=True)
        ),
        encoding="utf-8",
    )
    found = cli("policy", "simulate", "newer.toml", "--data", "visits.csv", "--json")
    assert (found.code, found.json["moved"], found.json["after"]["flagged"]["seen"]) == (0, 0, 2)


@pytest.mark.usefixtures("workspace")
def test_a_policy_that_is_not_in_force_yet_is_previewed(cli: Cli) -> None:
    ended = cli("policy", "simulate", "newer.toml", "--data", "customers.csv", "--as-of", "2026-06-30")
    assert ended.code == 0
    assert "shop.tiers 1 → shop.tiers 2" in ended.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--value", "nothing"), "There is no field, feature or derived value “nothing”."),
        (("--value", "customer_name"), "is no number"),
        (("--run", "absent"), "There is no run “absent”."),
        (("--run", "latest", "--data", "customers.csv"), "--data and --run exclude each other."),
        (("--map", "m.toml"), "--map go with --data"),
        (("--out", "moved.doc"), "names no kind of file"),
        (("--out", "absent/moved.csv"), "The folder to write into is not there."),
        (("--data", "customers.csv", "--out", "customers.csv"), "would overwrite the table"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    cli: Cli, workspace: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = listing(workspace)
    ended = cli("policy", "simulate", "newer.toml", *arguments)
    assert (ended.code, ended.out, listing(workspace)) == (2, "", before)
    assert words in ended.err


@pytest.mark.usefixtures("changed")
def test_outside_of_a_workspace_a_table_is_asked_for(cli: Cli) -> None:
    ended = cli("policy", "simulate", "newer.toml")
    assert (ended.code, "--data FILE" in ended.err) == (2, True)
    ended = cli("policy", "simulate", "newer.toml", "--data", "customers.csv", "--against", "shop.toml")
    assert (ended.code, "Nobody moves." in ended.out) == (0, True)


def test_ranked_cut_offs_are_found_anew_for_the_candidate(cli: Cli, workspace: Path) -> None:
    ranked = POLICY.replace('version = "1"', 'version = "2"')
    a, b = ranked.index("[grading]"), ranked.index("[[gates]]")
    shares = '[grading]\nmode = "count"\nby = "spent"\nshares = { A = 50, B = 75, C = 100 }\n'
    ranked = ranked[:a] + shares + ranked[b : ranked.index("[[tests]]")]
    (workspace / "ranked.toml").write_text(ranked, encoding="utf-8")
    found = cli("policy", "simulate", "ranked.toml", "--json").json
    grades = {each["grade"]: each["customers"] for each in found["after"]["grades"]}
    assert grades == {"A": 2, "B": 1, "C": 1, None: 1}


def test_a_policy_that_looks_back_looks_at_the_run_before(cli: Cli, workspace: Path) -> None:
    held = LOWER.replace("[[criteria]]", "[hysteresis]\nmax_up = 1\n\n[[criteria]]", 1)
    held = held.replace("A = 70, B = 40", "A = 70, B = 10")
    (workspace / "newer.toml").write_text(held, encoding="utf-8")
    first = cli("policy", "simulate", "newer.toml", "--json").json
    assert first["notes"] == [
        "There is no run before to look back at: everybody is graded as if for the first time."
    ]
    grown = CUSTOMERS.replace("C3,丙公司,5,120", "C3,丙公司,9000,0")
    (workspace / "customers.csv").write_text(grown, encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-07-31").code == 0
    found = cli("policy", "simulate", "newer.toml", "--json").json
    assert "The grades before are those of the run" in found["notes"][0]
    mover = next(each for each in found["movers"] if each["customer_id"] == "C3")
    assert (mover["grade_before"], mover["grade_after"], mover["cause"]) == ("A", "B", "held")
