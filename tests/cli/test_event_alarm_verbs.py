"""``rung event`` and ``rung alarm`` as a person has them: from a survey's file to a closed alarm."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from commands import Cli, process

NOW = datetime.now().astimezone()
HOUR_AGO = f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%S%z}"
TWO_DAYS_AGO = f"{NOW - timedelta(days=2):%Y-%m-%dT%H:%M:%S%z}"
ANSWERS = f"""客户编号,调查日期,满意度,意见,事件编号
C1,{HOUR_AGO},30,交货晚,S1
C2,{HOUR_AGO},95,很好,S2
C3,{TWO_DAYS_AGO},59.9,,S3
"""
TELL = """import json, sys
with open("mailed", "a") as file:
    file.write(json.load(open(sys.argv[1], encoding="utf-8"))["id"] + " ")
"""


@pytest.fixture
def work(cli: Cli, tmp_path: Path) -> Path:
    """System 32: a head office that listens to surveys, and a file of answers in GB18030."""
    assert cli("init").code == 0
    ended = cli("policy", "adopt", "sales.satisfaction-alarm", "--yes")
    assert ended.code == 0, ended.err
    (tmp_path / "answers.csv").write_bytes(ANSWERS.encode("gb18030"))
    (tmp_path / "tell.py").write_text(TELL, encoding="utf-8")
    file = tmp_path / "rung.toml"
    said = f'\n[alarms]\nrun = [{json.dumps(sys.executable)}, "tell.py", "{{file}}"]\n'
    file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
    return tmp_path


def test_a_bad_answer_is_mailed_at_once_called_within_a_day_and_closed(cli: Cli, work: Path) -> None:
    ended = cli("event", "add", "surveys", "answers.csv")
    assert ended.code == 0, ended.err
    lines = [each.strip() for each in ended.out.splitlines()]
    assert lines[:2] == ["Recorded: 3 events of “surveys”.", "Alarms raised: 2"]
    assert lines[-1] == "Delivered: 2"
    assert (work / "mailed").read_text() == "W4 W5 "

    listed = cli("alarm", "list", "--json").json
    assert [(each["id"], each["customer_id"], each["is_late"]) for each in listed["alarms"]] == [
        ("W5", "C3", True),
        ("W4", "C1", True),
    ]
    duties = listed["alarms"][1]["duties"]
    at = datetime.fromisoformat(HOUR_AGO)
    # The manager at once; the vice-president within 24 elapsed hours of the answer.
    assert [datetime.fromisoformat(each["due"]) - at for each in duties] == [
        timedelta(0),
        timedelta(hours=24),
        timedelta(hours=24),
    ]
    assert [each["by"] for each in duties] == ["survey_desk", "sales_vice_president", "sales_vice_president"]
    assert [each["id"] for each in cli("alarm", "list", "--late", "--json").json["alarms"]] == ["W5", "W4"]
    before = cli("alarm", "list", "--for", "sales_vice_president", "--json").json
    assert before["count"] == 2

    assert cli("alarm", "answer", "W4", "--note", "mailed to the manager").code == 0
    # The manager's mail is out: of C1 nothing is late any more.
    assert [each["id"] for each in cli("alarm", "list", "--late", "--json").json["alarms"]] == ["W5"]
    assert cli("alarm", "answer", "W4", "--note", "called him", "--duty", "2").code == 0
    refused = cli("alarm", "answer", "W4", "--note", "called him", "--duty", "2")
    assert (refused.code, "Duty 2 of W4 was answered by" in refused.err) == (2, True)
    refused = cli("alarm", "close", "W4", "--note", "settled")
    assert (refused.code, "duties wait to be answered: 3" in refused.err) == (2, True)
    last = cli("alarm", "answer", "W4", "--note", "the office at Ningbo will see to it")
    assert "All is answered." in last.out
    closed = cli("alarm", "close", "W4", "--note", "delivered and settled", "--outcome", "resolved", "--json")
    assert closed.json["alarm"]["state"] == "closed"
    assert [each["id"] for each in cli("alarm", "list", "--json").json["alarms"]] == ["W5"]
    page = cli("alarm", "show", "W4").out
    assert "called him" in page
    assert "What came of it: resolved" in page
    assert "Sent by command on" in page
    assert cli("audit", "verify").code == 0


def test_the_same_file_again_changes_nothing(cli: Cli, work: Path) -> None:
    cli("event", "add", "surveys", "answers.csv")
    ended = cli("event", "add", "surveys", "answers.csv")
    assert ended.out.splitlines() == ["Recorded: 0 events of “surveys”.", "Arrived before, by their key: 3."]
    assert (work / "mailed").read_text() == "W4 W5 "


@pytest.mark.usefixtures("work")
def test_a_single_event_is_told_with_flags(cli: Cli) -> None:
    ended = cli(
        "event", "add", "survey", "C9", "--at", HOUR_AGO, "--set", "满意度得分=12", "--key", "S9", "--json"
    )
    assert (ended.json["recorded"], ended.json["alarms"]) == (["E1"], ["W2"])
    assert ended.json["sent"]["delivered"] == 1
    (event,) = cli("event", "list", "--json").json["events"]
    assert (event["values"], event["key"]) == ({"score": "12"}, "S9")
    for options, words in (
        (("--set", "score"), "“score” sets nothing."),
        (("--set", "score=200"), "score: 200 is out of bounds: 0 to 100."),
        (("--set", "score=2", "--at", "2999-01-01"), "date: 2999-01-01 is still to come."),
        (("--set", "score=2", "--map", "m.toml"), "--map goes with a file."),
        ((), "There is no file “C9”. A single event of a customer is told with --at or --set."),
    ):
        refused = cli("event", "add", "survey", "C9", *options)
        assert (refused.code, words in refused.err) == (2, True), refused.err
    assert len(cli("event", "list", "--json").json["events"]) == 1


@pytest.mark.usefixtures("work")
def test_bad_rows_stop_the_file_or_go_beside_it(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("customer_id,date,score\nC1,2026-03-01,300\nC2,2026-03-01,90\n", encoding="utf-8")
    refused = cli("event", "add", "surveys", "bad.csv")
    assert refused.code == 2
    assert "rung: bad.csv:2: score: 300 is out of bounds: 0 to 100." in refused.err
    assert cli("event", "list", "--json").json["events"] == []
    ended = cli("event", "add", "surveys", "bad.csv", "--skip-bad")
    assert (ended.code, "Refused: 1 rows; they are in bad.refused.csv." in ended.out) == (0, True)
    assert (tmp_path / "bad.refused.csv").exists()


def test_lines_of_json_come_through_a_pipe(work: Path) -> None:
    import subprocess

    from commands import RUNG

    lines = '{"customer_id": "C1", "date": "' + HOUR_AGO + '", "score": 3, "key": "P1"}\nnonsense\n'
    environment = {"RUNG_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}

    def piped(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [RUNG, "event", "add", "surveys", "-", *more],
            cwd=work,
            input=lines,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    refused = piped()
    assert (refused.returncode, refused.stderr.startswith("rung: -:2: ")) == (2, True)
    ended = piped("--skip-bad", "--json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["alarms"] == ["W2"]
    assert (
        (work / "surveys.refused.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("nonsense,")
    )
    assert process("alarm", "send", folder=work).code == 0


def test_what_is_not_delivered_is_said_and_ends_with_one(cli: Cli, work: Path) -> None:
    (work / "tell.py").write_text("raise SystemExit('no mail server')", encoding="utf-8")
    ended = cli("event", "add", "surveys", "answers.csv")
    assert ended.code == 0
    assert "Attempts that failed: 2; the last: command: ended with code 1: no mail server" in ended.out
    assert "Still to be sent: 2" in ended.out
    (work / "tell.py").write_text(TELL, encoding="utf-8")
    again = cli("alarm", "send", "--again")
    assert (again.code, again.out.splitlines()) == (0, ["Delivered: 2"])
    assert cli("alarm", "send").code == 0


@pytest.mark.usefixtures("work")
def test_the_words_are_chinese_where_chinese_is_asked_for(cli: Cli) -> None:
    cli("event", "add", "surveys", "answers.csv")
    page = cli("alarm", "show", "W4", "--lang", "zh").out
    assert "客户评价不满意" in page
    assert "收到后24小时内致电客户" in page
    assert "销售总部副总裁" in page
