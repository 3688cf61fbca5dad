"""``rung follow log``, ``undo``, ``history`` and ``call`` as a caller has them: keys, pipes, refusals."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import select
import subprocess
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from commands import RUNG, Cli, Once

CALLS = """customer_id,customer_name,phone_status,acceptance,need,intention,owner_id
C1,张三,reached,accepts,known,soon,East
C2,李四,reached,accepts,none_now,,East
C3,王五,reached,,,,West
"""
DAY = date.today() - timedelta(days=60)


def _today() -> date:
    """The day it is in the workspace, which may be another than here."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture
def work(cli: Cli, tmp_path: Path, once: Once) -> Path:
    """A repair shop's customers, all to be called long since."""

    @once
    def made() -> None:
        (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
        assert cli("init").code == 0
        file = tmp_path / "rung.toml"
        said = '[calendar]\ncountry = "none"\ntimezone = "Asia/Shanghai"\nroll = "none"\n'
        file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
        ended = cli("grade", "calls.csv", "--policy", "auto4s.call-list", "--as-of", DAY.isoformat())
        assert ended.code == 0, ended.err

    return made


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> object:
    """Give the next command what it reads from standard input."""

    def piped(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return piped


def due(cli: Cli) -> list[str]:
    return [each["customer_id"] for each in cli("follow", "due", "--kind", "contact", "--json").json["due"]]


@pytest.mark.usefixtures("work")
def test_a_contact_is_logged_and_the_words_say_what_it_changed(cli: Cli) -> None:
    ended = cli("follow", "log", "张三", "z", "--channel", "phone", "--text", "信赖4S店", "--minutes", "3")
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0].startswith("K")
    assert "C1 张三, Trusts the 4S dealer, will not come" in lines[0]
    assert any(each.startswith("Grade: A → D") for each in lines)
    assert lines[-1].strip() == f"Take it back with: rung follow undo {lines[0].split(':')[0]} --reason TEXT"


@pytest.mark.usefixtures("work")
def test_as_json_it_says_everything(cli: Cli) -> None:
    day = (_today() - timedelta(days=1)).isoformat()
    ended = cli("follow", "log", "C2", "coming_soon", "--at", f"{day} 09:30", "--next-on", "3d", "--json")
    assert ended.code == 0, ended.err
    made = ended.json
    assert (made["before"]["effective"], made["after"]["effective"]) == ("B", "A")
    assert made["contact"]["at"] == f"{day}T01:30:00+00:00"
    assert made["contact"]["next_on"] == (_today() + timedelta(days=3)).isoformat()
    assert made["next"]["due"] == made["contact"]["next_on"]
    states = {each["field"]: each["state"] for each in made["facts"]}
    assert states == {
        "phone_status": "known_already",
        "acceptance": "known_already",
        "need": "counts",
        "intention": "counts",
    }
    assert made["has_moved"] is True


@pytest.mark.usefixtures("work")
def test_bad_input_ends_with_2_and_names_everything_at_once(cli: Cli) -> None:
    ended = cli(
        "follow", "log", "C1", "gone", "--minutes", "0", "--next-on", "2020-01-01", "--at", "2099-01-01"
    )
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 4
    assert "coming_soon" in ended.err
    assert cli("follow", "log", "C1", "s", "--fact", "need").code == 2
    assert cli("follow", "log", "C1", "s", "--fact", "need=").code == 2
    assert cli("follow", "log", "C1", "s", "--at", "tomorrow").code == 2
    assert cli("follow", "log", "C9", "s").code == 2
    assert cli("follow", "undo", "K1", "--reason", "slip").code == 2
    assert cli("follow", "undo", "K1").code == 2
    assert "Nothing is on record" in cli("follow", "history", "C1").out


@pytest.mark.usefixtures("work")
def test_a_contact_is_taken_back_and_the_history_keeps_it(cli: Cli) -> None:
    made = cli("follow", "log", "C2", "s", "--json").json["contact"]["id"]
    ended = cli("follow", "undo", made, "--reason", "wrong customer")
    assert ended.code == 0, ended.err
    assert f"{made} of C2 is taken back; it stays on record." in ended.out
    assert "Grade: A → B" in ended.out
    told = cli("follow", "history", "C2", "--json").json
    assert told["entries"][-1]["kind"] in ("correction.proposed", "contact.logged")
    assert [each["is_withdrawn"] for each in told["entries"] if each["id"] == made and each["number"]].count(
        True
    ) == 1
    screen = cli("follow", "history", "C2", "--limit", "1").out
    assert "more: --before" in screen


@pytest.mark.usefixtures("work")
def test_a_round_of_calls_through_a_pipe(cli: Cli, keys) -> None:  # type: ignore[no-untyped-def]
    assert due(cli) == ["C1", "C2", "C3"]
    keys("z 信赖4S店\nS\nx\n")
    ended = cli("follow", "call", "--json")
    assert ended.code == 0, ended.err
    assert {name: ended.json[name] for name in ("due", "calls", "reached", "skipped", "moved")} == {
        "due": 3,
        "calls": 2,
        "reached": 1,
        "skipped": 1,
        "moved": 2,
    }
    assert "1/3  C1  张三  A" in ended.err
    assert cli("follow", "history", "C1", "--json").json["entries"][0]["payload"]["text"] == "信赖4S店"
    # Whoever was called is not called again: the round goes on where it was left.
    assert "C2" in due(cli)
    assert "C1" not in due(cli)


@pytest.mark.usefixtures("work")
def test_the_last_call_is_taken_back_and_its_customer_shown_again(cli: Cli, keys) -> None:  # type: ignore[no-untyped-def]
    keys("c\nU 按错\ns\n")
    ended = cli("follow", "call")
    assert ended.code == 0, ended.err
    assert ended.out.count("1/3  C1") == 2
    assert "Calls: 1, reached 1, skipped 0, taken back 1." in ended.out
    grades = {
        each["customer_id"]: each["grade"]
        for each in cli("follow", "due", "--within", "10d", "--json").json["due"]
    }
    assert grades["C1"] == "A"


@pytest.mark.usefixtures("work")
def test_a_key_of_no_outcome_stops_a_pipe_with_what_was_logged_kept(cli: Cli, keys) -> None:  # type: ignore[no-untyped-def]
    keys("s\nq\n")
    ended = cli("follow", "call")
    assert ended.code == 2
    assert "No outcome has the key “q”." in ended.err
    assert "C1" not in due(cli)
    assert "C2" in due(cli)


@pytest.mark.usefixtures("work")
def test_whoever_is_called_by_somebody_else_meanwhile_is_passed_over(
    cli: Cli,
    keys,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rung.workspace.following.call_list import CallList

    plain = CallList.log

    def log(self: CallList, place: int, said: object, now: object) -> object:
        if place == 0:
            self.workspace.contacts.log("C2", said, now)  # type: ignore[arg-type]
        return plain(self, place, said, now)  # type: ignore[arg-type]

    monkeypatch.setattr(CallList, "log", log)
    keys("n\nn\n")
    ended = cli("follow", "call")
    assert "C2 was called meanwhile: " in ended.out
    assert "3/3  C3" in ended.out


def test_in_a_terminal_one_key_logs_and_shows_the_next(work: Path) -> None:
    shown = in_a_terminal(
        work,
        ("Q stop", "\r"),
        ("Note", "想换车\r"),
        ("Next contact", "3d\r"),
        ("Minutes", "4\r"),
        ("FIELD=VALUE", "\r"),
        ("Now the key", "s"),
        ("Q stop", "?"),
        ("Esc does", "U"),
        ("Why is", "\r"),
        ("Q stop", "n"),
        ("Q stop", " "),
        ("Q stop", "H"),
        ("on record", "x"),
        ("the last", "Q"),
    )
    assert "想换车" in shown
    assert "Calls: 2, reached 1, skipped 1, taken back 1." in shown
    assert "calls an hour" in shown


def in_a_terminal(folder: Path, *steps: tuple[str, str]) -> str:
    """Run a round in a pseudo-terminal: once a text is there a key is sent."""
    master, slave = pty.openpty()
    environment = {**os.environ, "RUNG_LANG": "en", "COLUMNS": "200", "TERM": "xterm", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [RUNG, "follow", "call"], cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    whole, fresh = b"", b""
    try:
        for text, key in steps:
            until = time.monotonic() + 60
            while text.encode() not in fresh:
                assert time.monotonic() < until, (text, whole.decode("utf-8", "replace"))
                ready, _written, _failed = select.select([master], [], [], 1)
                if ready:
                    read = os.read(master, 65_536)
                    whole, fresh = whole + read, fresh + read
            fresh = b""
            # What is pressed before one can see whom it is about is not taken for that.
            time.sleep(0.3)
            os.write(master, key.encode())
        process.wait(60)
        with contextlib.suppress(OSError):
            while select.select([master], [], [], 0.2)[0]:
                whole += os.read(master, 65_536)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return whole.decode("utf-8", "replace")


@pytest.mark.usefixtures("work")
def test_nobody_due_is_said_and_a_viewer_is_refused(cli: Cli, work: Path, keys) -> None:  # type: ignore[no-untyped-def]
    keys("")
    assert "Nobody is to be called." in cli("follow", "call", "--grade", "E").out
    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write('\n[people.nobody]\nname = "N"\n')
    ended = cli("follow", "call")
    assert ended.code == 2
    assert "may look, not log contacts" in ended.err
