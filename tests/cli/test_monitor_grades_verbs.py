"""``rung monitor distribution``, ``migration`` and ``concentration`` as a person has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import Cli, Once

HEAD = "customer_id,customer_name,spent,late\n"
FIRST = "".join(f"C{number},客户{number},{6000 if number <= 6 else 10},0\n" for number in range(1, 11))
SECOND = "".join(f"C{number},客户{number},{6000 if number <= 5 else 10},0\n" for number in range(2, 12))


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with two runs: C1 is lost, C11 new, and C6 falls."""

    @once
    def made() -> None:
        assert cli("init").code == 0
        for rows in (FIRST, SECOND):
            (shop / "customers.csv").write_text(HEAD + rows, encoding="utf-8")
            assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0

    return made


@pytest.mark.usefixtures("work")
def test_who_moved_is_told_with_new_and_lost_customers(cli: Cli) -> None:
    ended = cli("monitor", "migration")
    assert ended.code == 0
    shown = [" ".join(each.split()) for each in ended.out.splitlines()]
    assert "stayed 88.9% (8/9)*" in shown
    assert "down 11.1% (1/9)*" in shown
    told = cli("monitor", "migration", "--json").json
    assert (told["new"], told["lost"], told["down"]["events"]) == (1, 1, 1)
    assert sum(map(sum, told["matrix"])) == 11


@pytest.mark.usefixtures("work")
def test_a_run_alone_cannot_be_compared_and_the_sentence_says_what_to_do(cli: Cli) -> None:
    first = cli("runs", "--json").json["runs"][-1]["run_id"]
    ended = cli("monitor", "migration", "--run", first)
    assert ended.code == 2
    assert "There is no run before this one by the same policy." in ended.err
    assert cli("monitor", "migration", "--run", first, "--against", first).code == 2


@pytest.mark.usefixtures("work")
def test_the_grades_are_counted_beside_the_run_before_with_what_they_hold(cli: Cli) -> None:
    told = cli("monitor", "distribution", "--value", "spent", "--json").json
    assert sum(each["count"] for each in told["now"]["grades"]) == 10
    assert [each["count"] for each in told["earlier"]["grades"]] != [
        each["count"] for each in told["now"]["grades"]
    ]
    assert sum(each["value_share"] for each in told["now"]["grades"]) == pytest.approx(1)
    assert cli("monitor", "distribution").code == 0


@pytest.mark.usefixtures("work")
def test_who_holds_a_value_is_told_and_an_unknown_one_is_refused_with_the_names_there_are(cli: Cli) -> None:
    told = cli("monitor", "concentration", "--json").json
    assert told["value"] == "spent"
    assert told["reached"][0]["customers"] == 3
    assert "Gini" in cli("monitor", "concentration").out
    ended = cli("monitor", "concentration", "--value", "spend")
    assert ended.code == 2
    assert "“spent”" in ended.err


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("verb", ["distribution", "migration", "concentration"])
def test_the_page_names_every_key_of_the_json(cli: Cli, verb: str) -> None:
    page = (Path(__file__).parents[2] / "docs/monitor.md").read_text(encoding="utf-8")
    part = page.split(f"\n## {verb.title()}\n")[1].split("\n## ")[0]
    assert set(cli("monitor", verb, "--json").json) <= set(re.findall(r"`(\w+)`", part))
