"""What stands is what the events tell: kept with each act, found out where it is not, made anew at will."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from ledger_cases import LI, NOW, WANG, ground, policy, proposal
from sqlalchemy import text

from rung.errors import RungError
from rung.ledger import (
    DataInput,
    Decision,
    Desk,
    InputFilter,
    InputKind,
    LedgerStore,
    Misfit,
    State,
    verify,
)
from rung.ledger.drafts import act_draft, proposal_draft
from rung.ledger.folding import folded
from rung.ledger.kinds import Act

APPROVAL = {"approval": {"up": "one", "down": "one"}}


def datum(number: int, customer: str, value: str | None, **parts: Any) -> DataInput:
    """Return a judgement that takes effect with the event of that number."""
    given: dict[str, Any] = {
        "id": f"J{number}",
        "kind": InputKind.JUDGEMENT,
        "customer_id": customer,
        "policy_id": "test.tiers",
        "policy_version": "2026.1",
        "policy_hash": "f" * 64,
        "run_id": "20260228T000000Z-test.tiers",
        "model_grade": "B",
        "proposed_grade": None,
        "notches": None,
        "reason": "",
        "narrative": "",
        "evidence": "",
        "approvals_needed": 0,
        "maker": "li",
        "made_at": NOW,
        "effective_from": NOW,
        "expires_at": date(2026, 12, 31),
        "supersedes": (),
        "inputs_hash": "0" * 64,
        "subject": "prospects",
        "value": value,
        "was": None,
    }
    return DataInput(**{**given, **parts})


def judgement(store: LedgerStore, customer: str, value: str | None, **parts: Any) -> DataInput:
    """Record a judgement straight away, without a desk, and return it."""
    with store.appending() as ledger:
        record = datum(ledger.next_sequence, customer, value, **parts)
        ledger.append(proposal_draft(record))
    return record


def acted_on(store: LedgerStore) -> None:
    """Fill a ledger with inputs in every state."""
    Desk(store, LI).propose(proposal(), ground(customer_id="C1"), NOW)
    Desk(store, LI).propose(proposal("D"), ground(customer_id="C1"), NOW)  # takes the first's place
    pending = Desk(store, WANG).propose(
        proposal(), ground(customer_id="C2", policy=policy(override=APPROVAL)), NOW
    )
    returned = Decision(act=Act.RETURNED, by="li", at=NOW, note="请补充")
    with store.appending() as ledger:
        ledger.append(act_draft(pending, returned))
    withdrawn = Desk(store, LI).propose(proposal(), ground(customer_id="C3"), NOW)
    Desk(store, LI).withdraw(withdrawn.id, NOW)
    judgement(store, "C4", "good")
    judgement(store, "C5", None, proposed_grade="A", notches=1)


def test_what_stands_is_the_fold_of_the_events(store: LedgerStore) -> None:
    acted_on(store)
    assert {each.id: each for each in store.inputs()} == folded(store.events())
    assert [each.id for each in store.inputs()] == ["O1", "O2", "O3", "O5", "J7", "J8"]
    assert store.input("O2") == folded(store.events())["O2"]
    assert store.input("O4") is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (InputFilter(customer_id="C1"), ["O1", "O2"]),
        (InputFilter(policy_id="other"), []),
        (InputFilter(kinds=(InputKind.JUDGEMENT,)), ["J7", "J8"]),
        (InputFilter(states=(State.RETURNED,)), ["O3"]),
        (InputFilter(states=(State.CLOSED,)), ["O1", "O5"]),
        (InputFilter(maker="wang"), ["O3"]),
        (InputFilter(subject="prospects", customer_id="C4"), ["J7"]),
        (InputFilter(batch="O1"), []),
    ],
)
def test_inputs_are_found_by_what_they_are(store: LedgerStore, wanted: InputFilter, found: list[str]) -> None:
    acted_on(store)
    assert [each.id for each in store.inputs(wanted)] == found


def test_a_writer_sees_what_stands_after_what_it_appended(store: LedgerStore) -> None:
    with store.appending() as ledger:
        assert list(ledger.inputs()) == []
        record = datum(ledger.next_sequence, "C1", "good")
        ledger.append(proposal_draft(record))
        assert [each.id for each in ledger.inputs()] == ["J1"]
        ledger.append(act_draft(record, Decision(act=Act.WITHDRAWN, by="li", at=NOW)))
        found = ledger.input("J1")
        assert found is not None
        assert found.state is State.CLOSED


def test_an_act_that_fails_leaves_what_stands_as_it_was(store: LedgerStore) -> None:
    record = judgement(store, "C1", "good")
    with pytest.raises(ZeroDivisionError), store.appending() as ledger:
        ledger.append(act_draft(record, Decision(act=Act.WITHDRAWN, by="li", at=NOW)))
        raise ZeroDivisionError
    assert [each.state for each in store.inputs()] == [State.IN_EFFECT]


def test_the_frame_holds_the_open_inputs_oldest_first(store: LedgerStore) -> None:
    acted_on(store)
    frame = store.open_frame("test.tiers")
    assert dict(frame.schema) == {
        "id": pl.String,
        "kind": pl.Enum(["judgement", "correction", "override"]),
        "customer_id": pl.String,
        "model_grade": pl.Categorical,
        "proposed_grade": pl.Categorical,
        "subject": pl.Categorical,
        "value": pl.String,
        "state": pl.Enum(["pending", "returned", "in_effect", "closed"]),
        "notches": pl.Int32,
        "expires_at": pl.Date,
    }
    assert frame.rows() == [
        ("O2", "override", "C1", "B", "D", None, None, "in_effect", -2, date(2027, 3, 1)),
        ("O3", "override", "C2", "B", "C", None, None, "returned", -1, date(2027, 3, 1)),
        ("J7", "judgement", "C4", "B", None, "prospects", "good", "in_effect", None, date(2026, 12, 31)),
        ("J8", "judgement", "C5", "B", "A", "prospects", None, "in_effect", 1, date(2026, 12, 31)),
    ]
    assert store.open_frame("other").height == 0
    assert store.open_frame("other").schema == frame.schema


@pytest.mark.parametrize(
    "hostile",
    [
        'say "hello"',
        "null",
        "a,b",
        "line\nbreak\r\n",
        "back\\slash \\n",
        "\u2028\u2029\x85\x1f",
        "",
        " ",
        "\\.",
        "张三,\t",
    ],
)
def test_texts_stand_in_the_frame_as_they_were_given(store: LedgerStore, hostile: str) -> None:
    judgement(store, "C1", "plain")
    judgement(store, hostile, hostile)
    frame = store.open_frame("test.tiers")
    assert frame["value"].to_list() == ["plain", hostile]
    assert frame["customer_id"].to_list() == ["C1", hostile]


def test_the_frame_of_records_holds_all_inputs_oldest_first(store: LedgerStore) -> None:
    acted_on(store)
    judgement(store, "C6", "“多行”\n\\")
    told: list[int] = []
    frame = store.record_frame("test.tiers", told.append)
    records = list(store.inputs())
    assert frame["id"].to_list() == [each.id for each in records]
    assert frame["value"].to_list() == [getattr(each, "value", None) for each in records]
    assert frame["made_at"].to_list() == [each.made_at for each in records]
    assert frame["decisions"].list.len().to_list() == [len(each.decisions) for each in records]
    assert store.record_frame("other").schema == frame.schema


def test_a_nul_character_is_refused_before_anything_is_written(store: LedgerStore) -> None:
    with pytest.raises(RungError, match="NUL character"):
        judgement(store, "C1", "a\0b")
    with pytest.raises(RungError, match="NUL character"):
        judgement(store, "C\0", "a")
    assert store.head().sequence == 0


def altered(store: LedgerStore, statement: str) -> None:
    with store.database.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "input_id", "says"),
    [
        (
            "UPDATE inputs SET state = 'closed' WHERE id = 'J7'",
            "J7",
            'state is "closed", and the events give "in_effect"',
        ),
        (
            "UPDATE inputs SET value = 'bad' WHERE id = 'J7'",
            "J7",
            'value is "bad", and the events give "good"',
        ),
        ("UPDATE inputs SET notches = 2 WHERE id = 'J8'", "J8", "notches is 2, and the events give 1"),
        ("UPDATE inputs SET customer_id = 'C9' WHERE id = 'O2'", "O2", "it is not in the table"),
        ("UPDATE inputs SET line = 'x' WHERE id = 'O3'", "O3", 'line is "x"'),
        ("DELETE FROM inputs WHERE id = 'O5'", "O5", "it is not in the table"),
        ("DELETE FROM inputs", "O1", "it is not in the table"),
        (
            "INSERT INTO inputs SELECT 'O9', 99, kind, 'C0', policy_id, subject, value, model_grade, "
            "proposed_grade, notches, maker, made_at, state, expires_at, effective_from, batch, line, record "
            "FROM inputs WHERE id = 'O2'",
            "O9",
            "no event tells of it",
        ),
        (
            "UPDATE inputs SET record = (SELECT record FROM inputs WHERE id = 'J8') WHERE id = 'J7'",
            "J7",
            'customer_id is "C5", and the events give "C4"',
        ),
    ],
)
def test_verifying_names_the_first_input_that_is_not_what_the_events_tell(
    store: LedgerStore, statement: str, input_id: str, says: str
) -> None:
    acted_on(store)
    assert verify(store).is_whole
    altered(store, statement)
    found = verify(store)
    assert found.broken is not None
    assert (found.broken.misfit, found.broken.input_id) == (Misfit.STANDING, input_id)
    assert says in found.broken.detail
    assert input_id in str(found.broken)
    assert found.head.sequence == 8

    store.rebuild()
    assert verify(store).is_whole
    assert {each.id: each for each in store.inputs()} == folded(store.events())


def test_of_several_the_oldest_is_named(store: LedgerStore) -> None:
    acted_on(store)
    altered(store, "UPDATE inputs SET maker = 'x' WHERE id IN ('O3', 'J8', 'O5')")
    found = verify(store).broken
    assert found is not None
    assert found.input_id == "O3"


def test_a_row_of_another_type_is_found(sqlite_store: LedgerStore) -> None:
    acted_on(sqlite_store)
    altered(sqlite_store, "UPDATE inputs SET customer_id = CAST(customer_id AS BLOB) WHERE id = 'J7'")
    found = verify(sqlite_store).broken
    assert found is not None
    assert (found.misfit, found.input_id) == (Misfit.STANDING, "J7")


def test_a_record_that_cannot_be_read_is_told_with_its_remedy(store: LedgerStore) -> None:
    acted_on(store)
    altered(
        store,
        "UPDATE inputs SET record = line::bytea"
        if "://" in store.place
        else "UPDATE inputs SET record = X'7B'",
    )
    with pytest.raises(RungError, match=r"What the ledger keeps of O1 cannot be read.*rung ledger rebuild"):
        list(store.inputs())
    altered(store, "UPDATE inputs SET line = 'nonsense'")
    with pytest.raises(RungError, match="rung ledger rebuild"):
        store.open_frame("test.tiers")
    store.rebuild()
    assert verify(store).is_whole


def test_an_act_of_another_customer_changes_nothing(store: LedgerStore) -> None:
    stranger = replace(judgement(store, "C1", "good"), customer_id="C2")
    with store.appending() as ledger:
        ledger.append(act_draft(stranger, Decision(act=Act.WITHDRAWN, by="li", at=NOW)))
    assert [each.state for each in store.inputs()] == [State.IN_EFFECT]
    assert verify(store).is_whole


def test_more_inputs_than_a_page_are_read_and_rebuilt(store: LedgerStore) -> None:
    ids = [f"J{number}" for number in range(1, 4_202)]
    with store.appending() as ledger:
        for number in range(1, 4_202):
            ledger.append(proposal_draft(datum(number, f"C{number % 700}", None, subject=f"s{number}")))
    assert [each.id for each in store.inputs()] == ids
    assert store.open_frame("test.tiers")["id"].to_list() == ids
    told: list[tuple[int, int | None]] = []
    assert store.rebuild(lambda _stage, done, whole: told.append((done, whole))) == 4_201
    assert told == [(2_000, 4_201), (4_000, 4_201)]
    assert verify(store).is_whole
