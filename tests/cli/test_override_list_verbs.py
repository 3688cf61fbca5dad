"""``rung override list`` and ``show``: what is open, what waits for whom, what is due, all of it in full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import CUSTOMERS, Cli
from ledger_office import BULK, WHY, As, in_days, proposed
from rich.cells import cell_len


@pytest.mark.usefixtures("office")
def test_what_waits_is_listed_with_who_may_decide(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    (mine,) = cli("override", "list", "--waiting", "--json").json["waiting"]
    assert (mine["may_decide"], mine["obstacles"]) == (
        False,
        [
            "李娜 (lina) may not decide on what others propose. "
            "Whoever keeps the workspace's rung.toml can give the account the role “approver”."
        ],
    )
    told = cli("override", "list", "--waiting").out
    assert "0/1   李娜 (lina) may not decide on what others propose." in told
    assert "await your decision" not in told
    acting("wang")
    lines = cli("override", "list", "--waiting").out.splitlines()
    (row,) = [each for each in lines if each.startswith("O1")]
    assert row.split()[:6] == ["O1", "C2", "B", "→", "A", "(+1)"]
    assert row.split()[-2:] == ["0/1", "yes"]
    assert lines[-2:] == [
        "1 of 1 await your decision: rung override approve|reject|return ID",
        "What was written, and each decision: rung override show ID",
    ]
    (yours,) = cli("override", "list", "--waiting", "--json").json["waiting"]
    assert (yours["may_decide"], yours["obstacles"]) == (True, [])
    cli("override", "approve", "O1")
    assert cli("override", "list", "--waiting").out == "Nothing awaits approval.\n"


@pytest.mark.usefixtures("office")
def test_an_input_is_shown_with_all_that_was_written_about_it(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A", "--narrative", "钢铁行业", "--evidence", "卷宗 7", "--expires", in_days(30))
    acting("wang")
    cli("override", "return", "O1", "--note", "哪家钢厂？")
    shown = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "MOMENT", cli("override", "show", "o1").out)
    (plain,) = cli("override", "show", "1", "--json").json["inputs"]
    assert shown.splitlines() == [
        "Override O1 · C2 · returned",
        "  B → A (+1)",
        "  Reason: Systemic (demand, supply, price, region) [systemic]",
        "  Narrative: 钢铁行业",
        "  Evidence: 卷宗 7",
        "  Proposed by 李娜 on MOMENT",
        "  returned: 王强, MOMENT: 哪家钢厂？",
        "  Approvals: 0 of 1",
        f"  Last day: {in_days(30)}",
        f"  Policy: shop.tiers 1, run {plain['run_id']}",
    ]
    assert (plain["id"], plain["status"], plain["decisions"][0]["note"]) == ("O1", "returned", "哪家钢厂？")
    gone = cli("override", "show", "O1", "O9")
    assert (gone.code, gone.out) == (2, "")
    assert gone.err == "rung: There is no override “O9”. See what there is: rung override list.\n"


@pytest.mark.usefixtures("office", "acting")
def test_a_datum_is_told_by_its_name_and_in_its_unit_wherever_it_is_listed(cli: Cli) -> None:
    assert cli("correct", "C5", "spent", "6000", *WHY).code == 0
    assert "Spent: 1,000 yuan → 6,000 yuan [B → B]" in cli("override", "list").out
    assert "  Spent: 1,000 yuan → 6,000 yuan [B → B]\n" in cli("override", "show", "C1").out
    assert ": Spent 1,000 yuan → 6,000 yuan, until " in cli("explain", "C5").out
    assert "消费 1,000 元 → 6,000 元 [B → B]" in cli("override", "list", "--lang", "zh").out


@pytest.mark.usefixtures("office", "acting")
@pytest.mark.parametrize("verb", [("override", "list"), ("audit", "log"), ("audit", "export", "-")])
def test_a_person_who_is_nobody_here_is_no_empty_list(cli: Cli, verb: tuple[str, ...]) -> None:
    proposed(cli, "C2", "A")
    refused = cli(*verb, "--person", "李小娜")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "rung: There is nobody called “李小娜”. Did you mean “李娜”?\n"
    nothing = cli(*verb, "--person", "wang")
    assert (nothing.code, "O1" in nothing.out) == (0, False)
    assert "O1" in cli(*verb, "--person", "李娜").out


@pytest.mark.usefixtures("office")
def test_lists_are_filtered_by_kind_person_and_status(cli: Cli, acting: As) -> None:
    proposed(cli, "C2", "A")
    cli("correct", "C5", "late", "120", *WHY)
    acting("wang")
    cli("override", "reject", "O1", "--note", "证据不足")

    def listed(*chosen: str) -> list[str]:
        return [each["id"] for each in cli("override", "list", *chosen, "--json").json["inputs"]]

    assert listed() == ["C2"]
    assert listed("--all") == ["O1", "C2"]
    assert listed("--kind", "override", "--all") == ["O1"]
    assert listed("--kind", "judgement", "--all") == []
    assert listed("--kind", "override", "--kind", "correction", "--all") == ["O1", "C2"]
    assert listed("--status", "rejected") == ["O1"]
    assert listed("--status", "approved") == ["C2"]
    assert listed("--person", "李娜", "--all") == ["O1", "C2"]
    assert listed("--person", "wang", "--all") == []
    assert listed("--mine", "--all") == []
    assert listed("--customer", "C2", "--all") == ["O1"]
    assert listed("--policy", "shop.tiers", "--all") == ["O1", "C2"]
    acting("lina")
    assert listed("--mine", "--all") == ["O1", "C2"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--waiting", "--due"), "--waiting and --due exclude each other."),
        (("--within", "3"), "--within goes with --due only."),
        (("--mine", "--person", "wang"), "--mine and --person exclude each other."),
        (("--batch", "O1"), "“O1” was proposed alone, in no batch."),
    ],
)
@pytest.mark.usefixtures("office", "acting")
def test_a_list_of_two_minds_is_refused(cli: Cli, given: tuple[str, ...], told: str) -> None:
    proposed(cli, "C2", "A")
    ended = cli("override", "list", *given)
    assert (ended.code, ended.out, ended.err) == (2, "", f"rung: {told}\n")


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.usefixtures("office", "acting")
def test_lists_fit_the_screen_and_chinese_is_aligned(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    proposed(cli, "C2", "A", "--narrative", "订单大幅增加，且已经签约，预计全年翻番" * 4)
    cli("correct", "C5", "late", "120", *WHY)
    monkeypatch.setenv("COLUMNS", str(width))
    lines = cli("override", "list", "--lang", "zh").out.splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= width
    whose = [cell_len(each.partition("李娜")[0]) for each in lines if "李娜" in each]
    assert len(whose) == 2
    assert len(set(whose)) == 1


@pytest.mark.usefixtures("acting")
def test_what_is_to_be_looked_at_again_has_its_day(cli: Cli, office: Path) -> None:
    def due(*chosen: str) -> list[tuple[str, str, str, bool]]:
        found = cli("override", "list", "--due", *chosen, "--json").json["due"]
        return [(each["id"], each["cause"], each["due_by"], each["is_late"]) for each in found]

    assert cli("override", "list", "--due").out == "Nothing is to be looked at again.\n"
    cli("override", "propose", "C2", "C", *BULK, "--expires", in_days(9))
    assert due() == due("--within", "9") == [("O1", "expiring", in_days(9), False)]
    assert due("--within", "8") == []
    cli("override", "propose", "C5", "C", *BULK, "--expires", in_days(200))
    (office / "customers.csv").write_text(CUSTOMERS.replace("1000,\n", "1000,0\n"), encoding="utf-8")
    assert cli("grade", "customers.csv", "--policy", "shop.toml").code == 0
    assert due("--within", "3") == [("O2", "stale", in_days(90), False)]
    lines = cli("override", "list", "--due").out.splitlines()
    assert [each.split()[:6] for each in lines if each[:2] in ("O1", "O2")] == [
        ["O1", "C2", "B", "→", "C", "(-1)"],
        ["O2", "C5", "B", "→", "C", "(-1)"],
    ]
