"""``rung record`` as a person has it: forms, lists, timelines and counts of whatever the sectors declare."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import time
from datetime import date
from pathlib import Path

import fastexcel
import pytest
from commands import RUNG, Cli, Once
from ledger_office import As, in_days

SHOPS = """customer_id,customer_name,is_hardship,volume_3m,market_type
C1,甲,是,100,城区
C2,乙,否,2000,城区
C3,丙,否,20,乡镇
"""
PEOPLE = """
[people.lina]
name = "李娜"
role = "reviewer"

[people.boss]
name = "陈总"
role = "owner"

[people.guest]
name = "Guest"
role = "viewer"
"""
SERVED = ("--set", "投诉内容=少送一条", "--set", "cause=送货")
FILE = ("--set", "hardship=old", "--set", "circumstances=独居")


@pytest.fixture
def shops(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """A workspace of three tobacco shops, one in hardship."""

    @once
    def made() -> None:
        (tmp_path / "shops.csv").write_text(SHOPS, encoding="utf-8")
        assert cli("init").code == 0
        file = tmp_path / "rung.toml"
        said = '\n[calendar]\ncountry = "none"\nweekend = []\n'
        file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
        graded = cli("grade", "shops.csv", "--policy", "tobacco.service-classes")
        assert graded.code == 0, graded.err

    return made


@pytest.fixture
def staffed(shops: Path, acting: As) -> Path:
    """The same with people: lina keeps records, boss reads what is sensitive, guest looks."""
    with (shops / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    acting("lina")
    return shops


def new(cli: Cli, *arguments: str) -> str:
    made = cli("record", "new", *arguments, "--json")
    assert made.code == 0, made.err
    return str(made.json["record"]["id"])


@pytest.mark.usefixtures("shops")
def test_types_are_listed_with_what_their_forms_ask(cli: Cli) -> None:
    told = cli("record", "types")
    assert [each.split()[0] for each in told.out.splitlines()[2:-1]] == [
        "hardship_file",
        "visit_plan",
        "visit_report",
        "complaint",
    ]
    form = cli("record", "types", "投诉处理单").out
    assert "Complaint  (tobacco.complaint)" in form
    assert "one of Supply, Delivery, Quality, Settlement, Service, Other" in form
    assert "States: Received (received) → In hand (in_hand) → Settled (settled), closed" in form
    plain = cli("record", "types", "complaint", "--json").json["types"][0]
    assert (plain["deadline"], plain["cause"], plain["by_title"]["en"]) == (
        "15d",
        "cause",
        "District customer manager",
    )
    assert [each["id"] for each in plain["fields"]] == ["subject", "cause", "plan", "result", "improvement"]


@pytest.mark.usefixtures("shops")
def test_a_record_lives_from_opening_to_closing(cli: Cli) -> None:
    made = cli("record", "new", "complaint", "甲", *SERVED)
    assert made.out.splitlines() == [
        "R1 of C1 is open: Complaint.",
        f"To be closed by {in_days(15)}.",
        "Opened by mistake? rung record withdraw R1 --reason TEXT",
    ]
    changed = cli("record", "change", "R1", "--state", "处理中", "--set", "plan=补送", "--note", "明天送")
    assert changed.out.splitlines()[0] == "R1 of C1 is changed: Complaint, In hand."
    shown = cli("record", "show", "r1").out
    assert "R1  Complaint  C1  甲" in shown
    assert "State: In hand" in shown
    assert "Plan: 补送" in shown
    assert "Received → In hand; Plan: missing → 补送; “明天送”" in shown
    assert cli("record", "change", "1", "--undo").code == 0
    assert cli("record", "show", "R1", "--json").json["record"]["state"] == "received"
    assert cli("record", "change", "R1", "--state", "settled").code == 0
    assert cli("record", "list").out.strip() == "No records."
    assert cli("record", "list", "--all", "--json").json["count"] == 1
    line = cli("record", "timeline", "C1", "--json").json["timeline"]
    assert [(each["state"]["en"], each["is_closing"]) for each in line] == [
        ("Received", False),
        ("In hand", False),
        ("Received", False),
        ("Settled", True),
    ]
    assert "Settled" in cli("record", "timeline", "甲").out.splitlines()[-1]


@pytest.mark.usefixtures("staffed")
def test_ones_own_are_those_one_opened_and_those_about_ones_customers(cli: Cli, acting: As) -> None:
    new(cli, "complaint", "C1", *SERVED)
    acting("boss")
    new(cli, "complaint", "C2", *SERVED)
    new(cli, "complaint", "C3", *SERVED)
    assigned = cli("pool", "assign", "C3", "--to", "lina")
    assert assigned.code == 0, assigned.err
    acting("lina")
    found = cli("record", "list", "--mine", "--json").json["records"]
    assert [each["customer_id"] for each in found] == ["C1", "C3"]
    assert cli("record", "list", "--json").json["count"] == 3


@pytest.mark.usefixtures("shops")
def test_a_slip_is_taken_back(cli: Cli) -> None:
    new(cli, "complaint", "C1", *SERVED)
    refused = cli("record", "withdraw", "R1")
    assert refused.code == 2
    assert "Say why it is taken back. Add --reason TEXT." in refused.err
    taken = cli("record", "withdraw", "R1", "--reason", "录错客户")
    assert taken.out.strip() == "R1 of C1 is taken back: Complaint."
    assert cli("record", "list", "--all", "--json").json["count"] == 0
    assert cli("record", "list", "--withdrawn", "--json").json["count"] == 1


@pytest.mark.usefixtures("shops")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "complaint", "C1"), "Subject: it is needed, and not given."),
        (("new", "complaint", "C9", *SERVED), "There is no customer “C9”"),
        (("new", "complain", "C1", *SERVED), "Did you mean “complaint”?"),
        (("new", "complaint"), "It says of no customer."),
        (("new", "complaint", "C1", "--set", "subject"), "“subject” gives no field a value."),
        (("new", "complaint", "C1", "--set", "cause=x", "--set", "cause=y"), "cause: it is given twice."),
        (("new", "complaint", "C1", "--from", "shops.csv"), "--from stands alone"),
        (("new", "complaint", "C1", "--dry-run"), "--dry-run goes with --from only."),
        (("new", "complaint", "--from", "none.csv"), "none.csv"),
        (("change", "R1", "--undo", "--state", "settled"), "--undo stands without --set, --state and --due."),
        (("change", "R1", "--state", "settled"), "There is no record “R1”."),
        (("show", "R1"), "There is no record “R1”."),
        (("list", "--state", "gone"), "No type of record here has a state “gone”."),
        (("list", "--customer", "C9"), "There is no customer “C9”"),
        (("list", "--json", "--out", "x.csv"), "--json and --out exclude each other."),
        (("list", "--out", "x.pdf"), "x.pdf"),
        (("timeline", "C9"), "There is no customer “C9”"),
        (("analyse", "complaint", "--since", "2026-02-02", "--until", "2026-02-01"), "2026-02-02 is after"),
        (("types", "surveys"), "There is no record type “surveys”."),
    ],
)
def test_what_cannot_be_meant_is_told(cli: Cli, shops: Path, arguments: tuple[str, ...], words: str) -> None:
    ended = cli("record", *arguments)
    assert ended.code == 2
    assert words in ended.err
    assert not (shops / "ledger.db").exists()


def test_many_come_from_a_table_all_or_none(cli: Cli, shops: Path) -> None:
    table = shops / "complaints.csv"
    table.write_text("客户编号,投诉内容,投诉原因\nC1,少送,送货\nC2,,送货\nC9,x,y\n", encoding="utf-8")
    ended = cli("record", "new", "complaint", "--from", table.name)
    assert ended.code == 2
    assert "complaints.csv:3: Subject: it is needed, and not given." in ended.err
    assert "complaints.csv:4: There is no customer “C9”" in ended.err
    table.write_text(
        "客户编号,投诉内容,投诉原因\nC1,少送,送货\nC2,破损,质量\nC2,又破损,质量\n", encoding="utf-8"
    )
    ended = cli("record", "new", "complaint", "--from", table.name)
    assert "complaints.csv:3: Cause: “质量” is none of the choices" in ended.err
    table.write_text(table.read_text(encoding="utf-8").replace("质量", "quality"), encoding="utf-8")
    tried = cli("record", "new", "complaint", "--from", table.name, "--dry-run")
    assert tried.out.strip() == "All 3 lines can be recorded; nothing was recorded."
    assert not (shops / "ledger.db").exists()
    assert cli("record", "new", "complaint", "--from", table.name).out.strip() == "On record: 3, R1 to R3."
    again = cli("record", "new", "complaint", "--from", table.name)
    assert again.err.strip() == "2 customers had an open record of this type already: C1, C2"


def test_complaints_are_counted_by_period_and_cause(cli: Cli, shops: Path) -> None:
    table = shops / "complaints.csv"
    table.write_text(
        "customer_id,subject,cause\nC1,a,delivery\nC2,b,delivery\nC2,c,quality\nC2,d,\n", encoding="utf-8"
    )
    assert cli("record", "new", "complaint", "--from", table.name).code == 0
    assert cli("record", "change", "R1", "--state", "settled").code == 0
    today = date.today()
    first = (today.replace(day=1) - date.resolution).replace(day=1)
    told = cli("record", "analyse", "complaint", "--since", first.isoformat()).out
    assert f"Complaint, opened {first} to {today}: 4, still open 3" in told
    assert "0.0 days open on average, open ones until today; late 0 (0.0%)" in told
    before, now = (each.split() for each in told.splitlines()[4:6])
    assert before[:2] == [f"{first:%Y-%m}", "0"]
    assert now[0] == f"{today:%Y-%m}"
    assert "no cause given" in told
    assert "  C2  3" in told
    plain = cli("record", "analyse", "投诉处理单", "--by", "week", "--json").json
    assert plain["figures"]["count"] == 4
    assert [(each["cause"], each["figures"]["count"], each["share"]) for each in plain["causes"][:3]] == [
        ("delivery", 2, 50.0),
        ("quality", 1, 25.0),
        (None, 1, 25.0),
    ]
    assert plain["repeat"] == [{"customer_id": "C2", "count": 3}]


def test_lists_go_to_a_file_with_the_fields_and_that_is_on_record(
    cli: Cli, staffed: Path, acting: As
) -> None:
    new(cli, "hardship_file", "C1", *FILE)
    assert cli("record", "list", "hardship_file", "--out", "files.csv").code == 0
    text = (staffed / "files.csv").read_text(encoding="utf-8-sig").splitlines()
    assert text[0].startswith("record,type,customer,name,state,due,days late,opened,by,Kind of hardship,")
    assert text[1].startswith("R1,Hardship file,C1,甲,On file,,,")
    assert "独居" not in text[1]
    acting("boss")
    assert cli("record", "list", "hardship_file", "--out", "files.xlsx").code == 0
    sheet = fastexcel.read_excel(staffed / "files.xlsx").load_sheet(0).to_polars()
    assert sheet["Circumstances"].to_list() == ["独居"]
    taken = cli("audit", "log", "--kind", "export.taken", "--json").json["events"]
    assert [each["payload"]["what"] for each in taken] == ["records", "records"]
    assert [each["payload"]["fields"] for each in taken] == [[], ["circumstances", "hardship"]]
    assert cli("record", "list", "--out", "missing/files.csv").code == 2


@pytest.mark.usefixtures("staffed")
def test_sensitive_fields_are_for_whoever_may_read_them(cli: Cli, acting: As) -> None:
    new(cli, "hardship_file", "C1", *FILE)
    shown = cli("record", "show", "R1")
    assert "独居" not in shown.out
    assert "●●●: sensitive values, which are not for your role." in shown.out
    for verb in (("show", "R1"), ("list",), ("timeline", "C1"), ("analyse", "hardship_file")):
        assert "独居" not in cli("record", *verb, "--json").out
        assert '"old"' not in cli("record", *verb, "--json").out
    assert "独居" not in cli("audit", "log", "--json").out
    acting("boss")
    assert "Circumstances: 独居" in cli("record", "show", "R1").out
    read = cli("audit", "log", "--kind", "sensitive.read", "--json").json["events"][0]["payload"]
    assert read == {"fields": ["circumstances", "hardship"], "by": "record"}


@pytest.mark.usefixtures("staffed")
def test_a_viewer_may_look_and_not_act(cli: Cli, acting: As) -> None:
    new(cli, "complaint", "C1", *SERVED)
    acting("guest")
    refused = cli("record", "change", "R1", "--state", "settled")
    assert refused.code == 2
    assert "Guest (guest) may look, not keep records." in refused.err
    assert cli("record", "list", "--by", "李娜", "--json").json["count"] == 1
    assert cli("record", "list", "--by", "me", "--json").json["count"] == 0


@pytest.mark.usefixtures("shops")
def test_care_waits_for_the_file_on_every_page(cli: Cli) -> None:
    waits = "Care: starts once there is an open record: Hardship file"
    assert waits in cli("explain", "C1").out
    care = cli("explain", "C1", "--json").json["service"][1]
    assert (care["requires"], care["is_started"]) == ("hardship_file", False)
    new(cli, "hardship_file", "C1", *FILE)
    assert waits not in cli("explain", "C1").out
    assert cli("explain", "C1", "--json").json["service"][1]["is_started"] is True


@pytest.mark.usefixtures("shops")
def test_it_speaks_chinese(cli: Cli) -> None:
    new(cli, "complaint", "C1", *SERVED)
    assert "投诉处理单" in cli("--lang", "zh", "record", "list").out
    assert "送货" in cli("--lang", "zh", "record", "analyse", "complaint").out


def typed(folder: Path, arguments: list[str], answers: list[str]) -> tuple[str, int]:
    """Run rung in a terminal of its own and type an answer at each prompt; return what it showed."""
    master, slave = pty.openpty()
    environment = {**os.environ, "RUNG_LANG": "en", "COLUMNS": "160", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [RUNG, *arguments], cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    whole, fresh = b"", b""
    try:
        for answer in answers:
            until = time.monotonic() + 60
            while b" > " not in fresh:
                assert time.monotonic() < until, whole.decode("utf-8", "replace")
                if select.select([master], [], [], 1)[0]:
                    read = os.read(master, 65_536)
                    whole, fresh = whole + read, fresh + read
            fresh = b""
            os.write(master, answer.encode() + (b"" if answer == "\x04" else b"\n"))
        with contextlib.suppress(OSError):
            while process.poll() is None or select.select([master], [], [], 0.2)[0]:
                if select.select([master], [], [], 0.2)[0]:
                    whole += os.read(master, 65_536)
        process.wait(60)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return whole.decode("utf-8", "replace"), process.returncode


def test_in_a_terminal_it_asks_field_by_field(cli: Cli, shops: Path) -> None:
    told, code = typed(
        shops,
        ["record", "new", "complaint", "甲"],
        ["", "少送一条", "9", "2", "补送", "<", "补送两条", "", "", "<", "-", "yes"],
    )
    assert code == 0, told
    assert "Complaint  C1  甲" in told
    assert "1/5  Subject  needed" in told
    assert "This is needed." in told
    assert "“9” is none of the choices" in told
    assert "R1 of C1 is open: Complaint." in told
    fields = cli("record", "show", "R1", "--json").json["record"]["fields"]
    assert fields == {"subject": "少送一条", "cause": "delivery", "plan": "补送两条"}


def test_what_was_typed_is_handed_back_when_one_stops(cli: Cli, shops: Path) -> None:
    told, code = typed(shops, ["record", "new", "complaint", "C1"], ["it's late", "2", "\x04"])
    assert code == 130, told
    assert "Nothing was recorded." in told
    assert (
        """rung record new tobacco.complaint C1 --set 'subject=it'"'"'s late' --set cause=delivery""" in told
    )
    assert not (shops / "ledger.db").exists()
    assert cli("record", "list").out.strip() == "No records."
