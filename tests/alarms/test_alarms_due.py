"""What is due of alarms and promised answers: by whom, since when, and what has answered it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from desk import MONDAY, bad, graded, local, opened, told

from rung.ledger.service.contacts import LoggedContact, contact_draft
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.service.events.happening import Happened
from rung.service.events.unanswered import tables_asked, unanswered
from rung.workspace import Workspace

LATER = MONDAY + timedelta(hours=4)
ALL = frozenset({DueKind.ALARM, DueKind.RESPOND})


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    found = opened(tmp_path / "w")
    graded(found)
    return found


def due(
    place: Workspace, now: datetime = LATER, kind: DueKind | None = None, within: int = 7
) -> list[tuple[str, ...]]:
    kinds = ALL if kind is None else frozenset({kind})
    found = place.service.due(now, Chosen(kinds=kinds, within=within))
    return [
        (each.customer_id, each.kind.value, each.code, str(each.by), str(each.what), *local([each.at]))
        for each in found.rows()
    ]


def complaint(customer: str = "C1", at: datetime = MONDAY) -> Happened:
    return Happened(customer_id=customer, at=at, values={"subject": "late again"})


def contacted(place: Workspace, customer: str, at: datetime, *, reached: bool = True) -> None:
    contact = LoggedContact(
        customer_id=customer, at=at, channel="phone", outcome="o", reached=reached, maker="li", made_at=at
    )
    with place.human_input.ledger() as store, store.appending() as ledger:
        ledger.append(contact_draft(contact))


def test_each_duty_that_waits_is_due_and_the_alarm_before_whom_it_was_handed_up_to(place: Workspace) -> None:
    told(place, bad("C1", at=MONDAY))
    assert due(place, MONDAY) == [
        ("C1", "alarm", "W2", "keeper", "Call", "03-02 12:00"),
        ("C1", "alarm", "W2", "keeper", "Write", "03-04 23:59"),
    ]
    assert due(place) == [
        ("C1", "alarm", "W2", "keeper", "Call", "03-02 12:00"),
        ("C1", "alarm", "W2", "chief", "handed up: Call", "03-02 13:00"),
        ("C1", "alarm", "W2", "keeper", "Write", "03-04 23:59"),
    ]
    # Looking at the list has put it on record.
    assert place.alarms.alarm("W2").is_escalated
    place.alarms.answer("W2", "called", LATER)
    place.alarms.answer("W2", "written", LATER)
    assert due(place) == []


def test_an_hour_is_late_the_moment_after(place: Workspace) -> None:
    told(place, bad("C1", at=MONDAY))
    at = MONDAY + timedelta(hours=2)
    assert place.service.due(at, Chosen(kinds=ALL)).late == 0
    assert place.service.due(at + timedelta(seconds=1), Chosen(kinds=ALL)).late == 1


def test_a_complaint_waits_for_the_answer_the_grade_was_promised(place: Workspace) -> None:
    told(place, complaint("C1"), complaint("C2"), table="complaints")
    # C2 has the grade B, to which nothing is promised.
    assert due(place, kind=DueKind.RESPOND) == [
        ("C1", "respond", "E1", "keeper", "A complaint", "03-03 10:00")
    ]


def test_a_contact_that_reached_the_customer_since_answers_it(place: Workspace) -> None:
    contacted(place, "C1", MONDAY - timedelta(hours=1))
    told(place, complaint("C1"), complaint("C3"), table="complaints")
    contacted(place, "C1", MONDAY + timedelta(minutes=5), reached=False)
    assert [each[0] for each in due(place, kind=DueKind.RESPOND)] == ["C1", "C3"]
    contacted(place, "C1", MONDAY)
    assert [each[0] for each in due(place, kind=DueKind.RESPOND)] == ["C3"]


def test_an_alarm_of_it_that_is_answered_answers_it(place: Workspace) -> None:
    told(place, complaint("C1"), table="complaints")
    assert len(due(place, kind=DueKind.RESPOND)) == 1
    place.alarms.answer("W2", "called", LATER)
    assert due(place, kind=DueKind.RESPOND) == []


def test_alarms_of_a_policy_that_grades_nobody_stand_in_the_list_once(place: Workspace) -> None:
    text = (place.folder / "policies/tiers.toml").read_text(encoding="utf-8")
    only = text[text.index("[[alarms]]") : text.index('[[alarms]]\nid = "complaint"')]
    head = 'schema = 1\nid = "watch.alarms"\nversion = "1"\nsector = "general"\ntitle = "Alarms"\n'
    body = '[grading]\nmode = "none"\n[fields.spent]\ntitle = "Spent"\nkind = "money"\n'
    (place.folder / "policies/alarms.toml").write_text(
        head + body + only.replace('score = "< 60"', 'score = "< 40"'), encoding="utf-8"
    )
    told(place, bad("C1"), bad("C2"))
    # Both the graded policy and the one that grades nobody listen; C2 spends too little for either.
    found = [(each.policy_id, each.customer_id) for each in place.alarms.alarms()]
    assert found == [("watch.tiers", "C1"), ("watch.alarms", "C1")]
    assert [each[2] for each in due(place, MONDAY)] == ["W3", "W4", "W3", "W4"]


def test_a_promise_speaks_of_a_table_or_of_one_row_of_it() -> None:
    assert tables_asked(["complaint", "request", "surveys"], ["complaints", "surveys", "mails"]) == {
        "complaints": "complaint",
        "surveys": "surveys",
    }


def test_a_million_events_are_held_against_contacts_at_once() -> None:
    rows = 1_000_000
    at = pl.Series([MONDAY]).dt.convert_time_zone("UTC").cast(pl.Datetime("us", "UTC"))
    arrived = pl.DataFrame(
        {
            "number": pl.int_range(rows, eager=True),
            "customer_id": pl.int_range(rows, eager=True).cast(pl.String),
            "table": pl.Series(["complaints"]).new_from_index(0, rows),
            "at": at.new_from_index(0, rows),
        }
    )
    last = arrived.select("customer_id", "at").head(rows - 3)
    alarms = pl.DataFrame({"event": [rows - 1], "state": ["closed"]})
    found = unanswered(arrived, last, alarms, {"complaints": "complaint"})
    assert found["note"].to_list() == ["E999997", "E999998"]
