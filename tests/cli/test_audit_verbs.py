"""``rung audit`` as a person has it: what each act says, chosen by kind and hour, exported, its head kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from commands import Cli, Once

from rung.ledger import EventKind, People
from rung.ledger.canonical import canonical
from rung.workspace.act_words import act_title, act_words

RULES = '\n[override]\nmax_notches_up = 1\napproval = { up = "one", down = "none" }\n'


@pytest.fixture
def work(cli: Cli, shop: Path, once: Once) -> Path:
    """A workspace with a run and three acts: two overrides, the second withdrawn."""

    @once
    def made() -> None:
        policy = shop / "shop.toml"
        policy.write_text(policy.read_text(encoding="utf-8") + RULES, encoding="utf-8")
        cli("init")
        cli("grade", "customers.csv", "--policy", "shop.toml")

    cli("override", "propose", "C1", "B", "--reason", "systemic", "--narrative", "行业下滑")
    cli("override", "propose", "C5", "C", "--reason", "systemic")
    cli("override", "withdraw", "O2")
    return made


def numbers(cli: Cli, *arguments: str) -> list[int]:
    return [event["sequence"] for event in cli("audit", "log", "--json", *arguments).json["events"]]


@pytest.mark.usefixtures("work")
def test_acts_are_chosen_by_kind_its_beginning_policy_and_hour(cli: Cli) -> None:
    now = datetime.now()
    soon, before = ((now + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M") for minutes in (2, -10))
    assert numbers(cli, "--kind", "override") == [1, 2, 3]
    assert numbers(cli, "--kind", "override.withdrawn", "--kind", "note") == [3]
    assert numbers(cli, "--kind", "judgement") == []
    assert numbers(cli, "--policy", "shop.tiers") == [1, 2, 3]
    assert "Nothing is on record under a policy “other”" in cli("audit", "log", "--policy", "other").err
    assert numbers(cli, "--since", before, "--until", soon) == [1, 2, 3]
    assert numbers(cli, "--until", before) == []
    assert numbers(cli, "--since", soon) == []
    assert numbers(cli, "--until", f"{now:%Y-%m-%d}T23:59:59") == [1, 2, 3]
    assert "is no moment; write it as" in cli("audit", "log", "--since", "yesterday").err
    assert "Did you mean “override.approved”?" in cli("audit", "log", "--kind", "override.aproved").err


@pytest.mark.usefixtures("work")
def test_the_head_is_kept_in_a_file_and_given_back(cli: Cli, work: Path) -> None:
    head = cli("audit", "head").out
    number, hash_ = head.split()
    assert (number, len(hash_), cli("audit", "head", "--json").json["head"]) == ("3", 64, hash_)
    (work / "head.txt").write_text(head, encoding="utf-8")
    cli("override", "withdraw", "O1")
    for kept in ("@head.txt", hash_, f"3 {hash_}", hash_.upper()):
        whole = cli("audit", "verify", "--head", kept)
        assert (whole.code, "1 events came since" in whole.out) == (0, True), kept
    assert "cannot be read" in cli("audit", "verify", "--head", "@none.txt").err
    (work / "head.txt").write_text("?", encoding="utf-8")
    assert "holds no head of a ledger" in cli("audit", "verify", "--head", "@head.txt").err


def test_a_ledger_cut_short_is_noticed_by_the_head(cli: Cli, work: Path) -> None:
    (work / "head.txt").write_text(cli("audit", "head").out, encoding="utf-8")
    with closing(sqlite3.connect(work / "ledger.db")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM events WHERE sequence = 3")
        database.commit()
    cut = cli("audit", "verify", "--head", "@head.txt", "--json")
    assert (cut.code, cut.json["broken"]["misfit"]) == (1, "head")


@pytest.mark.parametrize("file", ["acts.jsonl", "-"])
def test_an_export_holds_all_the_hashes_are_taken_of(cli: Cli, work: Path, file: str) -> None:
    done = cli("audit", "export", file)
    written = done.out if file == "-" else (work / file).read_text(encoding="utf-8")
    assert (done.code, done.err if file == "-" else done.out) == (0, f"3 acts written to {file}.\n")
    previous = ""
    acts = [json.loads(line) for line in written.splitlines()]
    for act in acts:
        header = {name: act[name] for name in ("customer_id", "kind", "made_at", "maker", "policy_id")}
        header |= {"previous": act["previous"], "sequence": act["sequence"]}
        body = canonical(header) + b"\n" + canonical(act["payload"])
        assert sha256(body).hexdigest() == act["hash"]
        assert previous in ("", act["previous"])
        previous = act["hash"]
    assert [act["sequence"] for act in acts] == [1, 2, 3]
    assert acts[0]["payload"]["narrative"] == "行业下滑"


def test_who_takes_the_acts_out_is_put_on_record_where_people_are_listed(cli: Cli, work: Path) -> None:
    from rung.ledger import account

    with (work / "rung.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[people."{account()}"]\nname = "李娜"\nrole = "owner"\n')
    assert cli("audit", "export", "acts.jsonl", "--kind", "override.withdrawn").code == 0
    (taken,) = cli("audit", "log", "--kind", "export", "--json").json["events"]
    assert (taken["payload"]["what"], taken["payload"]["rows"], taken["payload"]["file"]) == (
        "ledger",
        1,
        "acts.jsonl",
    )
    assert "ledger  acts.jsonl  1 rows" in cli("audit", "log", "--kind", "export").out


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("nowhere/acts.jsonl", "The folder to write into is not there."),
        ("runs", "This is a folder, not a file."),
        ("ledger.db", "The export would overwrite the ledger."),
    ],
)
@pytest.mark.usefixtures("work")
def test_an_export_that_cannot_be_written_is_refused(cli: Cli, file: str, told: str) -> None:
    ended = cli("audit", "export", file)
    assert (ended.code, told in ended.err) == (2, True)
    assert numbers(cli) == [1, 2, 3]


@pytest.mark.usefixtures("work")
def test_a_long_log_shows_its_end_and_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.cli.audit._MOST", 2)
    shown = cli("audit", "log").out
    assert "The last 2 of 3; all of them: rung audit export FILE, or --last 3." in shown
    assert "行业下滑" not in shown
    assert "行业下滑" in cli("audit", "log", "--last", "3").out


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_act_has_words(kind: EventKind) -> None:
    assert act_title(kind.value) == str(kind.words)
    assert act_words(kind.value, {"id": "O1", "note": "why"}, People()) != "?"


@pytest.mark.parametrize(
    ("kind", "payload", "words"),
    [
        (
            "correction.proposed",
            {"id": "C2", "subject": "late", "was": "120", "value": None, "proposed_grade": "B"},
            "C2  late: 120 → not known  – → B",
        ),
        (
            "override.approved",
            {"id": "O1", "note": "fine", "on_behalf_of": "wang", "is_effective": True},
            "O1  fine  takes effect  on behalf of wang",
        ),
        (
            "delegation.made",
            {"to": "lina", "from": "2026-01-01", "until": "2026-01-09", "reason": "leave"},
            "to lina, 2026-01-01 to 2026-01-09  leave",
        ),
        ("delegation.ended", {"id": 7}, "no. 7"),
        ("sensitive.read", {"fields": ["phone", "id_number"], "by": "sheet"}, "phone, id_number  by sheet"),
        ("ledger.migrated", {"from": 1, "to": 2}, "edition 1 → 2"),
        ("override.proposed", "rubbish", "?"),
    ],
)
def test_an_act_says_what_was_done(kind: str, payload: object, words: str) -> None:
    assert act_words(kind, payload, People()) == words
