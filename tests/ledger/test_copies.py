"""A copy of a ledger holds every act as stored, is checked link by link, and moves it between databases."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_cases import LI, NOW, draft, fill, ground, proposal
from postgresql_server import Server

from rung.errors import RungError
from rung.ledger import Desk, LedgerStore, open_ledger, verify
from rung.ledger.folding import folded
from rung.ledger.keeping.copies import check_copy, restore, write_copy


def copied(store: LedgerStore, target: Path) -> Path:
    write_copy(store.events(), store.head(), 2, target)
    return target


@pytest.fixture
def filled(store: LedgerStore) -> LedgerStore:
    Desk(store, LI).propose(proposal(narrative="行业下行\n第二行"), ground(), NOW)
    Desk(store, LI).propose(proposal("D"), ground(), NOW)
    fill(store, 3)
    return store


def restored(source: Path, target: Path) -> None:
    with open_ledger(target) as store:
        restore(store, source)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.jsonl.gz"])
def test_a_restored_ledger_is_the_one_that_was_copied(filled: LedgerStore, tmp_path: Path, name: str) -> None:
    source = copied(filled, tmp_path / name)
    with open_ledger(tmp_path / "other.db") as other:
        told = restore(other, source)  # type: ignore[arg-type]
        assert list(other.events()) == list(filled.events())
        assert list(other.inputs()) == list(filled.inputs()) == list(folded(filled.events()).values())
        assert told.head == filled.head()
        assert verify(other).is_whole
        fill(other, 1)


def test_a_copy_is_its_makers_alone_to_read(filled: LedgerStore, tmp_path: Path) -> None:
    assert copied(filled, tmp_path / "copy.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_ledger_moves_to_postgresql_and_back(
    tmp_path: Path, file: Path, postgresql: Server, schema: str
) -> None:
    with open_ledger(file) as here:
        Desk(here, LI).propose(proposal(), ground(), NOW)
        fill(here, 2_500)
        made = list(here.events())
        away = copied(here, tmp_path / "away.jsonl.gz")
    # Not as the tests' own writers do: the owner of the tables needs no leave to restore.
    with open_ledger(postgresql.address(schema, restores=False)) as there:
        restore(there, away)  # type: ignore[arg-type]
        assert verify(there).is_whole
        back = copied(there, tmp_path / "back.jsonl.gz")
    assert back.read_bytes() == away.read_bytes()
    restored(back, tmp_path / "again.db")
    with open_ledger(tmp_path / "again.db") as again:
        assert list(again.events()) == made
        assert again.input("O1") is not None


def test_a_line_of_a_copy_is_an_event_as_stored(filled: LedgerStore, tmp_path: Path) -> None:
    header, first, *rest = copied(filled, tmp_path / "copy.jsonl").read_text(encoding="utf-8").splitlines()
    last = filled.head()
    assert json.loads(header) == {"rung_ledger": 1, "edition": 2, "events": 5, "head": last.hash}
    event = filled.event(1)
    assert event is not None
    found = json.loads(first)
    assert found["payload"].encode() == event.payload
    assert (found["hash"], found["previous"], found["maker"]) == (event.hash, event.previous, "li")
    assert len(rest) == 4


def test_a_copy_replaces_no_file(filled: LedgerStore, tmp_path: Path) -> None:
    (tmp_path / "copy.jsonl").write_text("mine", encoding="utf-8")
    with pytest.raises(RungError, match="There is a file of that name already"):
        copied(filled, tmp_path / "copy.jsonl")
    assert (tmp_path / "copy.jsonl").read_text(encoding="utf-8") == "mine"


def test_a_copy_holds_no_event_that_came_while_it_was_written(store: LedgerStore, tmp_path: Path) -> None:
    fill(store, 2)
    head = store.head()
    fill(store, 2)
    write_copy(store.events(), head, 2, tmp_path / "copy.jsonl")
    assert check_copy(tmp_path / "copy.jsonl").head == head


def test_nothing_is_restored_into_a_ledger_that_has_acts(filled: LedgerStore, tmp_path: Path) -> None:
    source = copied(filled, tmp_path / "copy.jsonl")
    with pytest.raises(RungError, match=r"The ledger has events already. Nothing was recorded"):
        restore(filled, source)  # type: ignore[arg-type]
    assert filled.head().sequence == 5


def _line_changed(number: int, old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        assert old in lines[number]
        lines[number] = lines[number].replace(old, new, 1)
        return "".join(lines)

    return change


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (_line_changed(2, '"maker":"li"', '"maker":"wang"'), 3, "event 2 is not as it was recorded"),
        (_line_changed(3, "number", "nombre"), 4, "event 3 is not as it was recorded"),
        (_line_changed(3, '"payload"', '"pay"'), 4, "the line is no event"),
        (_line_changed(3, '"sequence":3', '"sequence":4'), 4, "event 4 comes where 3 should"),
        (_line_changed(3, '"made_at":"2026', '"made_at":"26'), 4, "the line is no event"),
        (_line_changed(4, "{", ""), 5, "the line cannot be read"),
        (
            lambda text: "".join(text.splitlines(keepends=True)[:-1]),
            5,
            "it ends with event 4, and should with 5",
        ),
        (lambda text: text + text.splitlines()[-1] + "\n", 7, "event 5 comes where 6 should"),
        (lambda text: text + "[]\n", 7, "the line is no event"),
    ],
)
def test_a_copy_that_was_changed_is_refused_with_its_line(
    filled: LedgerStore, tmp_path: Path, change: Callable[[str], str], line: int, says: str
) -> None:
    source = copied(filled, tmp_path / "copy.jsonl")
    source.write_text(change(source.read_text(encoding="utf-8")), encoding="utf-8")
    with open_ledger(tmp_path / "other.db") as other:
        with pytest.raises(RungError) as refused:
            restore(other, source)  # type: ignore[arg-type]
        assert other.head().sequence == 0
        assert list(other.inputs()) == []
    assert str(refused.value).startswith(
        f"{source}:{line}: The copy does not fit: {says}. Nothing was recorded"
    )
    with pytest.raises(RungError, match="does not fit"):
        check_copy(source)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello\n",
        b"[1]\n",
        b"{}\n",
        b'{"rung_ledger":1,"edition":2,"events":"x","head":"y"}\n',
        b"\xff\xfe",
        b"\x1f\x8b\x08rest",
    ],
)
def test_a_file_that_is_no_copy_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(RungError, match="This file is no copy of a ledger"):
        check_copy(tmp_path / "copy")


def test_a_packed_copy_cut_short_is_refused(filled: LedgerStore, tmp_path: Path) -> None:
    source = copied(filled, tmp_path / "copy.jsonl.gz")
    source.write_bytes(source.read_bytes()[:-20])
    with pytest.raises(RungError, match=r"no copy of a ledger|does not fit"):
        check_copy(source)


def test_a_copy_of_a_newer_rung_is_refused(filled: LedgerStore, tmp_path: Path) -> None:
    source = copied(filled, tmp_path / "copy.jsonl")
    source.write_text(
        source.read_text(encoding="utf-8").replace('"edition":2', '"edition":3', 1), encoding="utf-8"
    )
    with pytest.raises(RungError, match="written by a newer Rung"):
        check_copy(source)


def test_a_copy_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="cannot be read: No such file"):
        check_copy(tmp_path / "gone")


def test_a_packed_copy_is_the_plain_one_compressed(filled: LedgerStore, tmp_path: Path) -> None:
    plain, packed = copied(filled, tmp_path / "a.jsonl"), copied(filled, tmp_path / "a.jsonl.gz")
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


def test_restoring_reports_its_progress(store: LedgerStore, tmp_path: Path) -> None:
    with store.appending() as ledger:
        for number in range(1, 2_502):
            ledger.append(draft(number))
    source = copied(store, tmp_path / "copy.jsonl")
    told: list[tuple[int, int | None]] = []
    with open_ledger(tmp_path / "other.db") as other:
        restore(other, source, lambda _stage, done, whole: told.append((done, whole)))  # type: ignore[arg-type]
    assert told == [(1_000, 2_501), (2_000, 2_501), (2_501, 2_501)]
