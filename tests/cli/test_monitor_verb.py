"""``rung monitor overrides`` as a person has it: figures on a screen, as JSON, and an exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Cli, Once

RULES = """
[override]
approval = { up = "one", down = "none" }
"""


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with one run of forty customers, all A."""

    @once
    def made() -> None:
        policy = shop / "shop.toml"
        policy.write_text(policy.read_text(encoding="utf-8") + RULES, encoding="utf-8")
        rows = "".join(f"C{number},客户{number},6000,0\n" for number in range(1, 41))
        (shop / "customers.csv").write_text("customer_id,customer_name,spent,late\n" + rows, encoding="utf-8")
        assert cli("init").code == 0
        assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0

    return made


def overrule(cli: Cli, *customers: str) -> None:
    for customer in customers:
        assert cli("override", "propose", customer, "B", "--reason", "systemic").code == 0


@pytest.mark.usefixtures("work")
def test_with_nothing_to_watch_one_line_says_so(cli: Cli) -> None:
    ended = cli("monitor", "overrides")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == (
        "No human input under the policy “shop.tiers” is on record: there is nothing to watch."
    )
    assert cli("monitor", "overrides", "--json").json["findings"] == []


@pytest.mark.usefixtures("work")
def test_a_rate_within_its_bounds_is_no_finding(cli: Cli) -> None:
    overrule(cli, "C1", "C2")
    ended = cli("monitor", "overrides")
    assert ended.code == 0
    assert "Overruled: 2 of 40 graded customers, 5.0% (95 %: 1.1%–15.1%)." in ended.out
    assert "Bounds: 2–10 %. They are custom, not law; rung.toml sets them under [monitor]." in ended.out


@pytest.mark.usefixtures("work")
def test_a_rate_above_says_that_the_model_wants_rebuilding(cli: Cli) -> None:
    overrule(cli, "C1", "C2", "C3", "C4", "C5")
    ended = cli("monitor", "overrides")
    assert ended.code == 1
    assert "Above 10 %: so much overruling says that the model wants rebuilding." in ended.out
    found = cli("monitor", "overrides", "--json")
    assert (found.code, found.json["findings"]) == (1, ["too_high"])


def test_a_rate_below_says_that_grades_may_be_rubber_stamped(cli: Cli, work: Path) -> None:
    overrule(cli, "C1")
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write("\n[monitor]\noverride_rate = { low = 3 }\n")
    ended = cli("monitor", "overrides")
    assert ended.code == 1
    assert "Below 3 %: perhaps the model serves well, perhaps its grades are rubber-stamped." in ended.out


def test_of_too_few_customers_the_rate_is_not_judged(cli: Cli, work: Path) -> None:
    overrule(cli, "C1", "C2", "C3", "C4", "C5")
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write("\n[monitor]\nminimum = 41\n")
    ended = cli("monitor", "overrides")
    assert ended.code == 0
    assert "Fewer than 41 graded customers: the rate is shown, not judged." in ended.out


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("by", ["person", "reason", "team", "grade", "kind"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", ["80", "140"])
def test_it_fits_the_terminal_in_both_languages(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, work: Path, by: str, language: str, width: str
) -> None:
    from rung.text import display_width

    monkeypatch.setenv("COLUMNS", width)
    overrule(cli, "C1", "C2")
    outcomes = work / "outcomes.csv"
    outcomes.write_text("customer_id,outcome\nC1,1\nC2,0\nC3,0\n", encoding="utf-8")
    for arguments in ((), ("--by", by, "--outcomes", outcomes)):
        ended = cli("--lang", language, "monitor", "overrides", *arguments)
        assert ended.code == 0
        assert max(map(display_width, ended.out.splitlines())) <= int(width)


@pytest.mark.usefixtures("work")
def test_the_json_has_the_figures_of_the_screen(cli: Cli) -> None:
    overrule(cli, "C1", "C2")
    found = cli("monitor", "overrides", "--json").json
    assert (found["policy"], found["customers"], found["graded"]) == ("shop.tiers", 40, 40)
    rate = found["overruled"]["rate"]
    assert (rate["events"], rate["n"], rate["share"]) == (2, 40, 0.05)
    assert found["overrides"]["notches"] == [{"notches": -1, "count": 2}]
    assert found["overrides"]["flow"]["proposed"] == 2
    out = cli("monitor", "overrides").out
    (row,) = [line.split() for line in out.splitlines() if line.split()[:1] == ["-1"]]
    assert row[:3] == ["-1", "2", "100.0%"]


@pytest.mark.usefixtures("work")
def test_the_keys_of_the_json_are_those_of_the_page(cli: Cli) -> None:
    page = (Path(__file__).parents[2] / "docs/monitor.md").read_text(encoding="utf-8")
    found = cli("monitor", "overrides", "--json").json
    nested = {*found, *found["overruled"], *found["overrides"], *found["overrides"]["flow"]}
    assert [key for key in sorted(nested) if f"`{key}`" not in page] == []


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--policy", "nope"), "There is no run by the policy “nope”."),
        (("--run", "nope"), "There is no run “nope”."),
        (("--run", "latest", "--policy", "shop.tiers"), "--run and --policy exclude each other."),
        (("--since", "yesterday"), "“yesterday” is no date"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "ends before it begins"),
        (("--outcomes", "nope.csv"), "nope.csv: The file cannot be read"),
    ],
)
def test_bad_input_is_one_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("monitor", "overrides", *arguments)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
    assert said in ended.err


def test_a_damaged_ledger_is_one_line(cli: Cli, work: Path) -> None:
    overrule(cli, "C1")
    for left in work.glob("ledger.db-*"):
        left.unlink()
    (work / "ledger.db").write_bytes(b"no ledger at all" * 1000)
    ended = cli("monitor", "overrides")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)


def test_without_a_run_one_line_says_so(cli: Cli) -> None:
    cli("init")
    ended = cli("monitor", "overrides")
    assert (ended.code, ended.out) == (2, "")
    assert "There is no run yet." in ended.err
