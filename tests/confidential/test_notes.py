"""Notes about customers: who may read which, who may take one back, and that the record keeps them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rung.errors import RungError
from rung.ledger import Actor, LedgerStore, Role, open_ledger
from rung.ledger.notes import Audience, notes_in, withdraw_note, write_note

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
LI = Actor(account="li", name="李", team="east")
WU = Actor(account="wu", name="吴", team="east")
XU = Actor(account="xu", name="徐", team="west", role=Role.OWNER)
NO = Actor(account="no", name="无")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LedgerStore]:
    with open_ledger(tmp_path / "ledger.db") as opened:
        yield opened


def texts(store: LedgerStore, actor: Actor, customer: str = "C1") -> list[str]:
    return [each.text for each in notes_in(store, actor, customer_id=customer)]


@pytest.mark.parametrize(
    ("audience", "readers"),
    [(Audience.ME, [LI]), (Audience.TEAM, [LI, WU]), (Audience.ALL, [LI, WU, XU, NO])],
)
def test_a_note_is_read_by_those_it_is_for_and_by_no_owner_else(
    store: LedgerStore, audience: Audience, readers: list[Actor]
) -> None:
    write_note(store, LI, "C1", "  约了下周三。 ", audience, NOW)
    assert [each for each in (LI, WU, XU, NO) if texts(store, each)] == readers
    assert texts(store, LI) == ["约了下周三。"]
    assert texts(store, LI, "C2") == []


def test_a_note_for_a_team_stays_that_teams_when_its_maker_moves(store: LedgerStore) -> None:
    write_note(store, LI, "C1", "a", Audience.TEAM, NOW)
    moved = Actor(account="li", name="李", team="west")
    assert texts(store, WU) == ["a"]
    assert texts(store, XU) == []
    assert texts(store, moved) == ["a"]


def test_two_people_without_a_team_are_no_team(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="There is no team to write for"):
        write_note(store, NO, "C1", "a", Audience.TEAM, NOW)
    assert store.head().sequence == 0


def test_withdrawn_it_is_shown_no_more_and_stays_on_record(store: LedgerStore) -> None:
    made = write_note(store, LI, "C1", "a", Audience.ALL, NOW)
    gone = withdraw_note(store, LI, f"N{made.number}", NOW + timedelta(days=1))
    assert gone.withdrawn_at == NOW + timedelta(days=1)
    assert texts(store, LI) == []
    assert [each.text for each in notes_in(store, LI, withdrawn=True)] == ["a"]
    assert [each.kind for each in store.events()] == ["note.written", "note.withdrawn"]
    with pytest.raises(RungError, match="The note 1 was withdrawn on 2026-07-02 already"):
        withdraw_note(store, LI, "1", NOW)
    assert store.head().sequence == 2


@pytest.mark.parametrize("number", ["1", "N1", "2", "0", "-1", "x", "", "9" * 30, "１"])
def test_the_note_of_another_is_refused_as_one_there_is_not(store: LedgerStore, number: str) -> None:
    write_note(store, LI, "C1", "geheim", Audience.ME, NOW)
    with pytest.raises(RungError) as refused:
        withdraw_note(store, WU, number, NOW)
    assert str(refused.value).startswith(f"You have written no note “{number}”.")
    assert store.head().sequence == 1


@pytest.mark.parametrize(
    ("actor", "text", "said"),
    [
        (LI, " \n ", "The note says nothing."),
        (LI, "x" * 10_001, "The note has 10001 characters; 10000 are allowed."),
        (LI, "\ud800", "The note holds bytes that are no text."),
        (Actor(account="v", name="V", role=Role.VIEWER), "a", "V (v) may look, not write notes."),
    ],
)
def test_what_may_not_be_written_is_refused_and_nothing_is_recorded(
    store: LedgerStore, actor: Actor, text: str, said: str
) -> None:
    with pytest.raises(RungError) as refused:
        write_note(store, actor, "C1", text, Audience.ALL, NOW)
    assert said in str(refused.value)
    assert store.head().sequence == 0


def test_the_longest_note_is_kept_whole(store: LedgerStore) -> None:
    write_note(store, LI, "C1", "字" * 10_000, Audience.ME, NOW)
    assert texts(store, LI) == ["字" * 10_000]
