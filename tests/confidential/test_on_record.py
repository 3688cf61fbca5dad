"""Corrections and notes on record: lists, logs and explanations tell of them only what each may know."""

from __future__ import annotations

import json

import pytest
from office import Office

from rung.text import MASK

NEW = "5319"
"""The age C1 is given: digits nothing else here has."""


@pytest.fixture
def corrected(office: Office) -> Office:
    """Somebody has corrected the age and the wealth of C1, while nothing was confidential."""
    for field, value in (("age", NEW), ("wealth", "6428")):
        made = office("correct", "C1", field, value, "--reason", "other", "--narrative", "看过证件")
        assert made.code == 0, made.err
    return office


@pytest.mark.parametrize("role", ["viewer", "approver"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_log_masks_the_values_of_a_correction_for_everybody(
    corrected: Office, role: str, form: tuple[str, ...]
) -> None:
    corrected.people(role)
    log = corrected("audit", "log", "--kind", "correction.proposed", *form)
    assert log.code == 0
    assert NEW not in log.both.replace(",", "")
    assert "6428" in log.out.replace(",", "")
    if form:
        payloads = {each["payload"]["subject"]: each["payload"] for each in log.json["events"]}
        assert (payloads["age"]["value"], payloads["age"]["was"]) == (MASK, MASK)
        assert (payloads["wealth"]["value"], payloads["wealth"]["was"]) == ("6428", "731")


def test_where_nothing_is_confidential_the_log_tells_them(corrected: Office) -> None:
    assert f"47 → {NEW}" in corrected("audit", "log").out.replace(",", "")


def test_with_the_runs_gone_nobody_can_tell_what_is_sensitive_so_all_is_masked(corrected: Office) -> None:
    corrected.people("approver")
    for each in (corrected.folder / "runs").iterdir():
        each.rename(corrected.folder / f"away-{each.name}")
    log = corrected("audit", "log")
    assert NEW not in log.both.replace(",", "")
    assert "6428" not in log.both.replace(",", "")


@pytest.mark.parametrize(
    "verb",
    [
        ("explain", "C1"),
        ("explain", "C1", "--json"),
        ("override", "list", "--all"),
        ("override", "list", "--all", "--json"),
        ("explain", "C1", "--to", "html"),
    ],
)
def test_a_viewer_finds_the_corrected_value_nowhere(corrected: Office, verb: tuple[str, ...]) -> None:
    corrected.people("viewer")
    shown = corrected(*verb)
    written = "".join(each.read_text(encoding="utf-8") for each in corrected.folder.glob("*.html"))
    assert shown.code == 0, shown.err
    assert NEW not in shown.both + written
    assert "5,319" not in shown.both + written


def test_the_log_exported_is_whole_for_who_may_read_and_masked_for_others(
    corrected: Office,
) -> None:
    for role, is_whole in (("viewer", False), ("approver", True)):
        corrected.people(role)
        assert corrected("audit", "export", f"{role}.jsonl").code == 0
        text = (corrected.folder / f"{role}.jsonl").read_text(encoding="utf-8")
        assert (NEW in text) is is_whole
    takings = corrected.payloads("export.taken")
    assert [(each["what"], each["file"], each["fields"], each["sensitive"]) for each in takings] == [
        ("ledger", "viewer.jsonl", [], False),
        ("ledger", "approver.jsonl", ["age"], True),
    ]


def test_a_reviewer_who_corrects_is_not_told_what_stood_there(office: Office) -> None:
    office.people("reviewer")
    made = office("correct", "C1", "age", NEW, "--reason", "other", "--narrative", "看过证件")
    assert made.code == 0, made.err
    assert made.out.splitlines()[0] == "Correction C1 of C1: Age ●●● → 5,319."


def test_an_approver_is_explained_a_correction_and_that_is_on_record(corrected: Office) -> None:
    corrected.people("approver")
    assert "5,319" in corrected("explain", "C1").out
    assert corrected.payloads("sensitive.read") == [{"by": "explain", "fields": ["age", "income_monthly"]}]


# Notes


def test_notes_are_written_listed_explained_and_taken_back(office: Office) -> None:
    office.people("reviewer")
    made = office("note", "add", "甲", "约了\n下周三。")
    assert made.out == (
        "Note N1 about C1 is written, for everybody.\nTake it back with: rung note withdraw 1\n"
    )
    assert office("note", "add", "C1", "心软", "--private").code == 0
    assert office("note", "add", "C1", "先别催", "--team").code == 0
    listed = office("note", "list", "C1").out
    assert [each.split()[0] for each in listed.splitlines() if each.startswith("N")] == ["N1", "N2", "N3"]
    told = office("explain", "C1").out
    assert "  N1  " in told
    assert "我: 约了 下周三。" in told
    assert "我 (private): 心软" in told
    assert "我 (team east): 先别催" in told
    assert [each["text"] for each in office("explain", "C1", "--json").json["notes"]][1] == "心软"
    assert office("note", "withdraw", "N1").out == "Note N1 about C1 is withdrawn.\n"
    assert "约了" not in office("explain", "C1").out
    assert "约了" not in office("note", "list", "C1").out
    assert "约了\n下周三。" in office("note", "list", "C1", "--all", "--json").json["notes"][0]["text"]
    assert office("note", "list", "C2").out == "No note that is for you.\n"


@pytest.fixture
def other_wrote(office: Office) -> Office:
    """Somebody else has written one note for each audience."""
    from datetime import UTC, datetime

    from rung.ledger import Actor
    from rung.ledger.notes import Audience, write_note

    office.people("owner")
    maker = Actor(account="somebody", name="S", team="west")
    with office.workspace.human_input.ledger() as store:
        for audience in Audience:
            text = f"for-{audience.value}"
            write_note(store, maker, "C1", text, audience, datetime(2026, 7, 1, tzinfo=UTC))
    return office


@pytest.mark.parametrize(
    "verb",
    [
        ("note", "list", "C1", "--all"),
        ("explain", "C1"),
        ("explain", "C1", "--json"),
        ("audit", "log"),
        ("audit", "log", "--json"),
        ("audit", "export", "-"),
    ],
)
def test_another_persons_private_note_is_shown_nowhere_not_even_to_an_owner(
    other_wrote: Office, verb: tuple[str, ...]
) -> None:
    shown = other_wrote(*verb)
    assert shown.code == 0
    assert "for-me" not in shown.both
    assert "for-team" not in shown.both
    assert ("for-all" in shown.out) is (verb not in [("audit", "log")])


def test_the_log_tells_that_there_is_a_private_note(other_wrote: Office) -> None:
    events = other_wrote("audit", "log", "--kind", "note.written", "--json").json["events"]
    assert [each["payload"]["text"] for each in events] == [MASK, MASK, "for-all"]
    assert "note written" in other_wrote("audit", "log").out


def test_the_chain_is_whole_after_notes_readings_and_exports(other_wrote: Office) -> None:
    other_wrote("explain", "C1")
    other_wrote("grade", "customers.csv", "--policy", "people.toml", "--out", "out.csv")
    kinds = {each.kind for each in other_wrote.events()}
    assert kinds == {"note.written", "sensitive.read", "export.taken"}
    assert other_wrote("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nobody", "x"), "There is no customer “nobody”"),
        (("add", "C1", " "), "The note says nothing."),
        (("add", "C1", "x", "--private", "--team"), "--private and --team exclude each other."),
        (("withdraw", "7"), "You have written no note “7”."),
    ],
)
def test_a_mistake_is_one_line_and_begins_no_ledger(
    office: Office, arguments: tuple[str, ...], said: str
) -> None:
    office.people("reviewer")
    refused = office("note", *arguments)
    assert refused.code == 2
    assert said in refused.err
    assert len(refused.err.splitlines()) == 1
    assert office.events() == []


def test_payloads_keep_to_the_contract(office: Office) -> None:
    office.people("reviewer")
    office("note", "add", "C1", "x", "--private")
    assert json.loads(office.events()[0].payload) == {"team": "", "text": "x", "visible_to": "me"}
