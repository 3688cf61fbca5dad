"""``rung pool``: neglected customers go to a pool, are taken from it, and given to somebody."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from commands import Cli, Once

from rung.workspace import Workspace

POLICY = """
schema = 1
id = "shop.leads"
version = "1"
title = { zh = "线索", en = "Leads" }
grades = ["A", "B"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "integer"
[fields.owner]
title = { zh = "归属", en = "Owner" }
kind = "text"

[grading]
mode = "rules"
[[rules]]
id = "a"
grade = "A"
when = { spent = ">= 100" }
reason = { zh = "多", en = "much" }
[[rules]]
id = "b"
grade = "B"
when = { spent = "< 100" }
reason = { zh = "少", en = "little" }

[service.A]
release = { after = "60d", warn = "10d", cooling_off = "30d" }
[service.B]
release = { after = "30d" }

[override]
approval = { up = "none", down = "none" }
"""
CUSTOMERS = """customer_id,customer_name,spent,owner
C1,张三,200,East
C2,李四,20,East
C3,王五,20,West
C4,赵六,20,
"""
ME = getpass.getuser()


@pytest.fixture
def work(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """Three customers of two portfolios and one of nobody, graded in 2020."""

    @once
    def made() -> None:
        (tmp_path / "leads.toml").write_text(POLICY, encoding="utf-8")
        (tmp_path / "leads.csv").write_text(CUSTOMERS, encoding="utf-8")
        assert cli("init").code == 0
        people = (
            f'portfolio = "owner"\n[people.{ME}]\nname = "陈晨"\nrole = "approver"\nportfolio = ["East"]\n'
        )
        people += '[people.wang]\nname = "王芳"\nrole = "reviewer"\nportfolio = ["West"]\n'
        file = tmp_path / "rung.toml"
        calendar = '[calendar]\ncountry = "none"\ntimezone = "Asia/Shanghai"\n'
        file.write_text(file.read_text(encoding="utf-8") + people + calendar, encoding="utf-8")
        (tmp_path / "policies").mkdir(exist_ok=True)
        (tmp_path / "leads.toml").rename(tmp_path / "policies" / "leads.toml")
        ended = cli("grade", "leads.csv", "--policy", "shop.leads", "--as-of", "2020-01-01")
        assert ended.code == 0, ended.err

    return made


def role(work: Path, name: str) -> None:
    file = work / "rung.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('role = "approver"', f'role = "{name}"'), encoding="utf-8")


def sequence(cli: Cli) -> int:
    return len(cli("audit", "log", "--json").json["events"])


@pytest.mark.usefixtures("work")
def test_whose_time_is_over_is_listed_but_not_who_is_nobodys(cli: Cli) -> None:
    found = cli("pool", "list", "--over", "--json").json["due"]
    assert [each["customer_id"] for each in found] == ["C1", "C2", "C3"]
    assert found[0]["due"] == "2020-02-29"  # the last day before 2020-01-01 and 60 days


@pytest.mark.usefixtures("work")
def test_what_would_go_is_shown_and_nothing_recorded(cli: Cli) -> None:
    ended = cli("pool", "release", "--due", "--dry-run")
    assert ended.code == 0
    assert [each in ended.out for each in ("C1", "C2", "C3", "C4")] == [True, True, True, False]
    assert cli("pool", "list", "--free").out == "Nobody is in the pool.\n"


@pytest.mark.usefixtures("work")
def test_all_whose_time_is_over_go_at_once_and_only_once(cli: Cli) -> None:
    ended = cli("pool", "release", "--due", "--yes", "--json")
    assert [each["customer_id"] for each in ended.json["moved"]] == ["C1", "C2", "C3"]
    assert cli("pool", "release", "--due", "--yes", "--json").json["moved"] == []
    free = cli("pool", "list", "--free", "--json").json["free"]
    assert [(each["customer_id"], each["let_go_by"]) for each in free] == [
        ("C1", ME),
        ("C2", ME),
        ("C3", "wang"),
    ]
    assert cli("audit", "verify").code == 0


@pytest.mark.usefixtures("work")
def test_without_an_answer_nothing_goes(cli: Cli) -> None:
    ended = cli("pool", "release", "--due")
    assert (ended.code, ended.err.count("--yes")) == (2, 1)
    assert cli("pool", "list", "--free").out == "Nobody is in the pool.\n"


@pytest.mark.usefixtures("work")
def test_who_let_a_customer_go_may_not_take_it_back_while_it_cools_off(cli: Cli) -> None:
    assert cli("pool", "release", "C1", "--reason", "没时间").code == 0
    ended = cli("pool", "take", "C1")
    assert ended.code == 2
    assert "You let C1 go, and may not take it back until" in ended.err


@pytest.mark.usefixtures("work")
def test_a_customer_of_the_pool_is_taken_and_then_is_nobody_elses(cli: Cli) -> None:
    assert cli("pool", "release", "C3", "--reason", "离职").code == 0
    ended = cli("pool", "take", "C3")
    assert ended.out.splitlines()[0] == "C3: nobody's → 陈晨"
    again = cli("pool", "take", "C3")
    assert again.code == 2
    assert "C3 is 陈晨's since" in again.err
    over = cli("pool", "list", "--over", "--json").json["due"]
    assert [each["customer_id"] for each in over] == ["C1", "C2"]


@pytest.mark.usefixtures("work")
def test_who_is_nobodys_from_the_beginning_may_be_taken(cli: Cli) -> None:
    assert cli("pool", "take", "C4").code == 0


@pytest.mark.usefixtures("work")
def test_who_is_in_the_pool_is_listed_though_the_last_run_has_them_no_more(cli: Cli, work: Path) -> None:
    assert cli("pool", "release", "C2", "C3", "--reason", "离职").code == 0
    (work / "leads.csv").write_text(CUSTOMERS.replace("C2,李四,20,East\n", ""), encoding="utf-8")
    assert cli("grade", "leads.csv", "--policy", "shop.leads", "--as-of", "2020-02-01").code == 0
    free = cli("pool", "list", "--free", "--json").json["free"]
    assert [(each["customer_id"], each["customer_name"], each["grade"]) for each in free] == [
        ("C2", None, None),
        ("C3", "王五", "B"),
    ]


def test_whose_a_customer_is_is_found_by_name_too(cli: Cli, work: Path) -> None:
    assert cli("pool", "assign", "王五", "--to", "wang").code == 0
    pool = Workspace.open(work).pool
    assert pool.whose("王五").account == pool.whose("C3").account == "wang"


@pytest.mark.usefixtures("work")
def test_a_customer_of_a_colleague_is_not_taken(cli: Cli) -> None:
    before = sequence(cli)
    ended = cli("pool", "take", "C4", "C3")
    assert (ended.code, "C3 is West's, and not in the pool." in ended.err) == (2, True)
    assert sequence(cli) == before


def test_somebody_may_hold_so_many_and_no_more(cli: Cli, work: Path) -> None:
    file = work / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n[pool]\nat_most = 1\n", encoding="utf-8")
    assert cli("pool", "release", "C2", "C3", "--reason", "换人").code == 0
    assert cli("pool", "take", "C3").code == 0
    ended = cli("pool", "take", "C4")
    assert ended.code == 2
    assert "You hold as many customers as one may: 1." in ended.err


def test_two_taken_at_once_count_both(cli: Cli, work: Path) -> None:
    file = work / "rung.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n[pool]\nat_most = 1\n", encoding="utf-8")
    assert cli("pool", "release", "C3", "--reason", "换人").code == 0
    before = sequence(cli)
    assert cli("pool", "take", "C3", "C4").code == 2
    assert sequence(cli) == before


def test_a_reviewer_gives_back_their_own_alone(cli: Cli, work: Path) -> None:
    role(work, "reviewer")
    assert cli("pool", "release", "C2", "--reason", "太远").code == 0
    ended = cli("pool", "release", "C3", "--reason", "太远")
    assert ended.code == 2
    assert "C3 is not yours, and 陈晨 may only give back their own customers." in ended.err


def test_a_viewer_changes_nothing(cli: Cli, work: Path) -> None:
    role(work, "viewer")
    for words in (("take", "C4"), ("release", "C2", "--reason", "x"), ("assign", "C2", "--to", "wang")):
        assert cli("pool", *words).code == 2
    assert sequence(cli) == 0


def test_who_may_propose_for_their_own_alone_may_for_a_customer_they_took(cli: Cli, work: Path) -> None:
    file = work / "rung.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('["East"]', '["East"]\nonly_portfolio = true'), encoding="utf-8")
    propose = ("override", "propose", "C3", "A", "--reason", "other", "--narrative", "x", "--evidence", "y")
    refused = cli(*propose)
    assert refused.code == 2
    assert "陈晨 may propose for their own customers, and C3 is West's." in refused.err
    assert cli("pool", "release", "C3", "--reason", "离职").code == 0
    assert cli("pool", "take", "C3").code == 0
    assert cli(*propose).code == 0
    assert cli("pool", "assign", "C2", "--to", "wang").code == 0
    gone = cli("override", "propose", "C2", *propose[3:])
    assert "C2 is wang's." in gone.err


@pytest.mark.usefixtures("work")
def test_an_assigned_customer_is_the_new_holders_with_the_whole_time(cli: Cli) -> None:
    ended = cli("pool", "assign", "C2", "--to", "王芳", "--reason", "换区")
    assert ended.out.splitlines()[0] == "C2: East → 王芳"
    over = cli("pool", "list", "--over", "--json").json["due"]
    assert [each["customer_id"] for each in over] == ["C1", "C3"]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("take", "C9"), "There is no customer “C9”"),
        (("assign", "C1", "--to", "nobody"), "There is nobody called “nobody”."),
        (("release", "C1"), "Say why"),
        (("release",), "Name the customers"),
        (("release", "--due", "C1"), "Name the customers"),
        (("list", "--free", "--over"), "--free goes with neither"),
        (("assign", "C1", "--to", "wang", "--run", "none"), "none"),
    ],
)
def test_bad_input_is_told_and_nothing_recorded(cli: Cli, words: tuple[str, ...], told: str) -> None:
    ended = cli("pool", *words)
    assert (ended.code, told in ended.err) == (2, True), ended.err
    assert sequence(cli) == 0
