"""A rating sheet says who was graded what, why, on what evidence, by whose hand; nothing in it can act."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from printing import Reader, rung
from shop_policy import POLICY

from rung.errors import RungError
from rung.ledger import (
    Act,
    Actor,
    Decision,
    Head,
    InputKind,
    Override,
    People,
    Proposal,
    Role,
    Status,
    Supply,
)
from rung.ledger.records import DataInput
from rung.sheet import GivenInput, Grades, Sheet, rating_sheets
from rung.text import Text, set_language
from rung.workspace import Workspace

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
EVIL = "<script>alert(1)</script> & \u202eeman\u202c \x1b[31m"


def words(sheet: Sheet) -> str:
    return Reader(rating_sheets([sheet])).words


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


def correction() -> DataInput:
    plain = {name: getattr(override(), name) for name in override().__dataclass_fields__}
    own = {"id": "C2", "kind": InputKind.CORRECTION, "reason": "entered_wrong", "decisions": ()}
    return DataInput(**{**plain, **own, "subject": "late", "value": "0", "was": "3"})


PEOPLE = People(
    {
        "lina": Actor(account="lina", name="李娜", role=Role.REVIEWER),
        "wang": Actor(account="wang", name="王芳", role=Role.APPROVER),
        "zhao": Actor(account="zhao", name="赵敏", role=Role.OWNER),
    }
)


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


def test_an_override_is_told_with_its_cause_and_everybody_who_had_a_hand_in_it(shop: Workspace) -> None:
    given = GivenInput(record=override(), status=Status.APPROVED, marks=(Text("已过时", "stale"),))
    told = words(replace(shop.sheet("C2", NOW), inputs=(given,), people=PEOPLE.listed))
    for shown in (
        "O1 override in effect stale",
        "B → A (+1)",
        "Other (to be written out) The order book doubled. Evidence: CF-7",
        "proposed: 李娜 (reviewer), 2026-03-02",
        "approved: 王芳 (approver) for 赵敏 (owner), 2026-03-03",
        "– seen",
        "in force 2026-03-03 to 2027-03-02",
    ):
        assert shown in told


def test_a_correction_is_told_from_value_to_value_and_marked_at_its_criterion(shop: Workspace) -> None:
    given = GivenInput(
        record=correction(),
        status=Status.APPROVED,
        title=Text("逾期", "Days late"),
        was=Text.same("3"),
        given=Text.same("0"),
    )
    sheet = replace(shop.sheet("C2", NOW), inputs=(given,), subjects={"late": "C2"}, people=PEOPLE.listed)
    page = rating_sheets([sheet])
    assert 'Days late <span class="tag">C2</span>' in page
    assert "Days late 3 → 0 Grade: B → A" in Reader(page).words
    assert "Corrected: Days late: 0 (C2, 李娜 (reviewer), 2026-03-02, 29 days old)" in Reader(page).words


def test_what_people_put_in_is_gathered_from_the_ledger(shop: Workspace) -> None:
    human, now = shop.human_input, datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    corrected = Supply(
        kind=InputKind.CORRECTION, subject="late", value="2", reason="entered_wrong", evidence="CF-8"
    )
    human.supply("C1", corrected, now)
    human.propose("C1", Proposal(grade="C", reason="outside_model", narrative="The keeper left."), now)
    sheet = shop.sheet("C1", NOW)
    assert sheet.grades == Grades("A", "B", "C", is_overridden=True)
    told = words(sheet)
    for shown in (
        "Model grade A Computed grade B Score 77.5 Effective grade C",
        "Days late C1 2 not (0)",
        "O2 override in effect B → C (-1)",
        "C1 correction in effect Days late 0 → 2 Grade: A → B (-1) Entered wrongly Evidence: CF-8",
    ):
        assert shown in told
    assert sheet.head is not None
    assert sheet.head.hash in told


def test_values_not_for_the_reader_are_masked_and_readings_are_on_record(shop: Workspace) -> None:
    human, now = shop.human_input, datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    given = Supply(kind=InputKind.CORRECTION, subject="late", value="2", reason="outdated", evidence="CF-8")
    human.supply("C1", given, now)
    people = f"[people.{human.actor().account}]\nname = '李娜'\nrole = 'approver'\n"
    secret = "[confidentiality]\nfields = ['spent', 'late']\n"
    config = Path("rung.toml").read_text(encoding="utf-8")
    Path("rung.toml").write_text(config + people + secret, encoding="utf-8")
    open_to = Workspace.open(Path()).sheet("C1", NOW)
    assert open_to.read == {"spent", "late"}
    assert "0 → 2" in words(open_to)
    with Workspace.open(Path()).human_input.ledger() as store:
        last = list(store.events())[-1]
    assert (last.kind, last.customer_id) == ("sensitive.read", "C1")
    assert b'"by":"sheet"' in last.payload
    Path("rung.toml").write_text(config + people.replace("approver", "viewer") + secret, encoding="utf-8")
    closed_to = Workspace.open(Path()).sheet("C1", NOW)
    assert closed_to.read == set()
    told = words(closed_to)
    assert "6,000" not in told
    assert "●●● → ●●●" in told


def test_of_many_closed_inputs_the_last_are_told_and_the_others_counted(shop: Workspace) -> None:
    closed = tuple(
        GivenInput(record=override(id=f"O{number}"), status=Status.WITHDRAWN) for number in range(9, 2, -1)
    )
    told = words(replace(shop.sheet("C2", NOW), inputs=closed))
    assert "O9 override withdrawn" in told
    assert "O7" in told
    assert "O6" not in told
    assert "4 closed ones before these are in the ledger." in told


def test_a_sheet_is_tied_to_the_ledger_by_its_last_hash(shop: Workspace) -> None:
    told = words(replace(shop.sheet("C1", NOW), head=Head(1234, "ab" * 32)))
    assert f"Ledger: 1,234 events, head {'ab' * 32}." in told


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


OTHER_METHODS = {
    "matrix": (
        """
[grading]
mode = "matrix"
axes = ["spent", "late"]
cells = [["A", "B"], ["B", "B"], ["B", "C"]]
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [{ when = ">= 1_000" }, { when = "[100..1_000)" }, { when = "< 100" }]
[[criteria]]
id = "late"
title = "Days late"
measure = "late"
bands = [{ when = "<= 0" }, { when = "> 0" }]
""",
        ("Matrix Spent ＼ Days late ≤ 0 > 0", "[100 .. 1,000) B B < 100 B C"),
    ),
    "collected": (
        """
[grading]
mode = "rules"
hit = "collect"
collect = "sum"
cutoffs = { A = 10, B = 5 }
[[rules]]
id = "buys"
when = { spent = ">= 100" }
points = 7
reason = "Buys"
[[rules]]
id = "late"
when = { late = "> 0" }
points = -1
reason = "Pays late"
[[rules]]
id = "loved"
when = { prospects = "good" }
points = 3
reason = "Has prospects"
""",
        (
            "Rules that hold reason conditions A 10 B 5 0 points",
            "Buys Spent ≥ 100 (is 500 yuan) 7",
            "Pays late Days late > 0 (is 3) -1",
            "Points together 6",
            "Left open by missing data: Has prospects.",
            "Rules: 3; not holding: 0",
        ),
    ),
    "shares": (
        """
[grading]
mode = "count"
by = "spent"
shares = { A = 34, B = 67, C = 100 }
""",
        (
            "Where the grades begin A ≥ 500 yuan B ≥ 50 yuan C < 50 yuan",
            "The customer's: 500 yuan · found among 3",
        ),
    ),
}


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_other_methods_are_drawn_in_their_own_way(shop: Workspace, method: str) -> None:
    written, shown = OTHER_METHODS[method]
    policy = POLICY[: POLICY.index("[grading]")].replace("shop.tiers", "shop.other")
    if method == "collected":
        written = written.replace('hit = "collect"', 'hit = "collect"\nmissing = "no_match"')
    Path("policies/other.toml").write_text(policy + written, encoding="utf-8")
    rung("grade", "customers.csv", "--policy", "shop.other", "--as-of", "2026-03-01")
    set_language("en")
    told = words(shop.sheet("C2", NOW))
    for each in shown:
        assert each in told


@pytest.mark.usefixtures("shop")
def test_the_verb_writes_a_sheet_in_place_of_an_older_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sheet.html").write_text("old", encoding="utf-8")
    rung("explain", "甲公司", "--to", "html", "--out", "sheet.html")
    assert "Written: sheet.html" in capsys.readouterr().out
    assert Path("sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("shop")
def test_the_verb_writes_a_sheet_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    rung("grade", "customers.csv", "--policy", "shop.tiers", "--as-of", "2026-03-02")
    capsys.readouterr()
    rung("explain", "C1", "--to", "html")
    plain = capsys.readouterr().out
    rung("explain", "C1", "--to", "html", "--out", "-")
    assert plain.startswith("<!doctype html>")
    assert plain.rstrip().endswith("</html>")
    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("out", "begins"), [("why.txt", "C1  甲公司"), ("why.json", "{"), ("why.htm", "<!doctype html>")]
)
def test_the_ending_of_the_file_says_what_is_written(out: str, begins: str) -> None:
    rung("explain", "C1", "--out", out)
    assert Path(out).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.usefixtures("shop")
def test_a_sheet_is_drawn_straight_from_a_table_without_human_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, policy = Path("customers.csv").absolute(), Path("policies/shop.toml").absolute()
    monkeypatch.chdir(tmp_path)
    given = ("--source", source, "--policy", policy, "--as-of", "2026-03-01")
    rung("explain", "C1", *given, "--to", "html", "--out", "sheet.html")
    told = Reader(Path("sheet.html").read_text(encoding="utf-8")).words
    assert "Grade A" in told
    assert "Human input" not in told
    assert "Effective grade" not in told


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--to", "pdf"), "print it to PDF"),
        (("--out", "sheet.pdf"), "print it to PDF"),
        (("--to", "html", "--json"), "--json and --to html contradict each other"),
        (("--to", "html", "--out", "no/such/sheet.html"), "The folder to write into is not there"),
        (("--to", "docx"), "--to takes one of: text, html, json"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(
    given: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from rung.cli import run

    assert run(["explain", "C1", *given]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert not list(Path().glob("*.pdf"))


def test_an_unknown_customer_has_no_sheet(shop: Workspace) -> None:
    with pytest.raises(RungError, match="There is no customer “C9”"):
        shop.sheet("C9", NOW)
