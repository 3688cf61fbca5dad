"""``rung follow due`` as a person has it: who is called first, for whom, on which day, and where it goes."""

from __future__ import annotations

from pathlib import Path

import fastexcel
import pytest
from commands import Cli, Once

CALLS = """customer_id,customer_name,phone_status,acceptance,need,intention,days_since_contact,owner_id
C1,张三,reached,accepts,known,soon,3,East
C2,李四,reached,accepts,none_now,,20,East
C3,王五,reached,,,,2,West
C4,赵六,dead,,,,,West
C5,钱七,reached,accepts,known,soon,9,West
"""
MONDAY = "2030-03-11"
PEOPLE = """
[people.zhang]
name = "张伟"
team = "城东"
portfolio = ["East"]
"""


@pytest.fixture
def work(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """A repair shop's customers, graded long before and on a Monday."""

    @once
    def made() -> None:
        (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
        assert cli("init").code == 0
        file = tmp_path / "rung.toml"
        said = '[calendar]\ncountry = "none"\ntimezone = "Asia/Shanghai"\n'
        file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
        for day in ("2030-01-07", MONDAY):
            ended = cli("grade", "calls.csv", "--policy", "auto4s.call-list", "--as-of", day)
            assert ended.code == 0, ended.err

    return made


def listed(cli: Cli, *options: str) -> list[str]:
    ended = cli("follow", "due", "--day", MONDAY, "--json", *options)
    assert ended.code == 0, ended.err
    return [each["customer_id"] for each in ended.json["due"]]


@pytest.mark.usefixtures("work")
def test_what_is_late_comes_first_with_what_is_to_be_said(cli: Cli) -> None:
    ended = cli("follow", "due", "--day", MONDAY)
    assert ended.code == 0
    head, _headers, _rule, first, second, *rest = [each.rstrip() for each in ended.out.splitlines()]
    assert head == "Due on 2030-03-11: 2, late 2 (contact 2)"
    words = first.split()
    assert words[:6] == ["2030-03-08", "3", "d", "late", "C5", "钱七"]
    assert " ".join(words[6:]) == "A Followed up once a week, greeted and invited"
    assert second.startswith("2030-03-06   5 d late   C2")
    assert rest == ["Owed by: Caller"]


@pytest.mark.usefixtures("work")
def test_within_a_week_what_comes_due_is_listed_too(cli: Cli) -> None:
    assert listed(cli) == ["C5", "C2"]
    assert listed(cli, "--within", "7d") == ["C5", "C2", "C1"]
    assert listed(cli, "--within", "1mo") == ["C5", "C2", "C1", "C3"]


@pytest.mark.usefixtures("work")
def test_it_is_narrowed_by_grade_kind_role_and_value(cli: Cli) -> None:
    assert listed(cli, "--grade", "A") == ["C5"]
    assert listed(cli, "--kind", "review") == []
    assert listed(cli, "--for", "caller") == ["C5", "C2"]
    assert listed(cli, "--for", "电访员") == ["C5", "C2"]
    assert listed(cli, "--for", "key_account_manager") == []
    assert listed(cli, "--where", "days_since_contact= < 10") == ["C5"]


@pytest.mark.usefixtures("work")
def test_one_category_after_the_other_in_batches(cli: Cli) -> None:
    ended = cli("follow", "due", "--day", MONDAY, "--batch", "--within", "7d")
    batches = [each for each in ended.out.splitlines() if each.startswith("Worked in one batch")]
    assert batches == ["Worked in one batch: A", "Worked in one batch: B"]
    assert listed(cli, "--batch", "--within", "7d") == ["C5", "C1", "C2"]


@pytest.mark.usefixtures("work")
def test_the_list_goes_to_a_file(cli: Cli, work: Path) -> None:
    assert cli("follow", "due", "--day", MONDAY, "--out", "list.xlsx").code == 0
    sheet = fastexcel.read_excel(work / "list.xlsx").load_sheet(0).to_polars()
    assert sheet.columns[:5] == ["due", "days late", "customer", "name", "grade"]
    assert sheet["customer"].to_list() == ["C5", "C2"]
    assert [str(each)[:10] for each in sheet["due"]] == ["2030-03-08", "2030-03-06"]
    assert cli("follow", "due", "--day", MONDAY, "--out", "list.csv").code == 0
    text = (work / "list.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("2030-03-08,3,C5,钱七,A,contact,")


def test_a_person_a_team_and_a_portfolio_have_their_customers(cli: Cli, work: Path) -> None:
    file = work / "rung.toml"
    # Any field of the sector may say whose customer somebody is.
    text = 'portfolio = "owner_id"\n' + file.read_text(encoding="utf-8") + PEOPLE
    file.write_text(text, encoding="utf-8")
    assert cli("grade", "calls.csv", "--policy", "auto4s.call-list", "--as-of", MONDAY).code == 0
    assert listed(cli) == ["C5", "C2"]
    assert listed(cli, "--for", "张伟") == ["C2"]
    assert listed(cli, "--for", "zhang") == ["C2"]
    assert listed(cli, "--for", "城东") == ["C2"]
    assert listed(cli, "--portfolio", "West") == ["C5"]
    assert listed(cli, "--portfolio", "West", "--portfolio", "East") == ["C5", "C2"]


@pytest.mark.usefixtures("work")
def test_a_name_nobody_has_is_told_with_those_there_are(cli: Cli) -> None:
    ended = cli("follow", "due", "--for", "callr")
    assert ended.code == 2
    assert "“callr” is no role of the policy, no person and no team here." in ended.err
    assert "caller" in ended.err


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--day", "2020-01-01"), "2020-01-01 is past: what is due is looked at from today on."),
        (("--within", "0d"), "“0d” is no duration."),
        (("--portfolio", "East"), "The workspace does not say whose customer somebody is."),
        (("--grade", "Z"), "“Z” is no grade of the policy “auto4s.call-list”."),
        (("--json", "--out", "x.csv"), "--json and --out exclude each other."),
        (("--for", "caller", "--portfolio", "East"), "--for and --portfolio exclude each other."),
    ],
)
def test_what_cannot_be_meant_is_told(cli: Cli, options: tuple[str, ...], words: str) -> None:
    ended = cli("follow", "due", *options)
    assert ended.code == 2
    assert words in ended.err


def test_a_mistake_in_the_calendar_is_told_with_its_line(cli: Cli, work: Path) -> None:
    file = work / "rung.toml"
    text = file.read_text(encoding="utf-8").replace("Asia/Shanghai", "Asia/Shanghay")
    file.write_text(text, encoding="utf-8")
    ended = cli("follow", "due")
    line = text.splitlines().index('timezone = "Asia/Shanghay"') + 1
    assert ended.code == 2
    assert f"rung.toml:{line} [calendar.timezone]: There is no time zone “Asia/Shanghay”." in ended.err


def test_a_policy_that_promises_nothing_says_so(cli: Cli, shop: Path) -> None:
    policy = (shop / "shop.toml").read_text(encoding="utf-8")
    silent = policy.replace('contact = { every = "7d", by = "keeper" }', 'owner = { by = "keeper" }')
    (shop / "shop.toml").write_text(silent, encoding="utf-8")
    assert cli("init").code == 0
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    ended = cli("follow", "due")
    assert ended.code == 0
    assert "The policy “shop.tiers” promises nothing that comes due." in ended.err
    assert "Nothing is due." in ended.out


def test_in_chinese_at_80_columns_no_line_is_longer(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, work: Path
) -> None:
    assert work.is_dir()
    monkeypatch.setenv("RUNG_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "80")
    from rich.cells import cell_len

    ended = cli("follow", "due", "--day", MONDAY, "--within", "1mo")
    assert "每周跟进一次" in ended.out
    assert all(cell_len(each) <= 80 for each in ended.out.splitlines()[1:])


def test_of_many_policies_it_is_not_told_which_promise_nothing(cli: Cli, work: Path) -> None:
    for name in ("general.abc-count", "general.abc-value", "general.abcd"):
        (work / "money.csv").write_text("customer_id,revenue\nC1,10\nC2,20\n", encoding="utf-8")
        cli("grade", "money.csv", "--policy", name, "--as-of", MONDAY)
    assert "promises nothing" in cli("follow", "due", "--day", MONDAY).err
    assert cli("follow", "due", "--day", MONDAY, "--all-policies").err == ""
