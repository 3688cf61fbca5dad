"""The life of an alarm: who must act by when, answered once, handed up once, closed, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk import MONDAY, PEOPLE, bad, graded, local, opened, raised, told

from rung.errors import RungError
from rung.ledger import EventFilter
from rung.service.events.happening import Happened
from rung.workspace import Workspace

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    found = opened(tmp_path / "w", PEOPLE, first='portfolio = "account_manager"\n')
    graded(found)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "li")
    told(found, bad("C1", at=MONDAY))
    return found


def kinds(place: Workspace) -> list[str]:
    with place.human_input.ledger() as store:
        return [each.kind for each in store.events(EventFilter())]


def test_an_alarm_says_who_must_act_by_when(place: Workspace) -> None:
    (alarm,) = place.alarms.alarms()
    assert local([each.due for each in alarm.duties]) == ["03-02 12:00", "03-04 23:59"]
    assert local([alarm.escalate_at]) == ["03-02 13:00"]
    (shown,) = place.alarms.shown([alarm], MONDAY)
    assert (str(shown.title), shown.customer_name, shown.is_late) == (
        "A big customer is unhappy",
        "甲公司",
        False,
    )
    # The customer's is in li's portfolio; chen is li's manager, for nobody is called a chief.
    assert dict(shown.people) == {"keeper": ("李娜",), "chief": ("陈总",)}
    assert shown.role("chief") == "Chief"


def test_an_event_and_its_alarm_are_one_transaction(place: Workspace) -> None:
    assert kinds(place) == ["event.arrived", "alarm.raised"]


def test_it_is_handed_up_when_somebody_looks_and_only_once(place: Workspace) -> None:
    assert place.alarms.look(MONDAY + timedelta(hours=2, minutes=59)).escalated == ()
    (alarm,) = place.alarms.look(LATER).escalated
    assert (alarm.by, alarm.is_escalated, alarm.escalations[0].by) == ("chief", True, "li")
    assert place.alarms.look(LATER).escalated == ()
    assert kinds(place) == ["event.arrived", "alarm.raised", "alarm.escalated"]


def test_it_counts_as_handed_up_before_anybody_has_put_that_on_record(place: Workspace) -> None:
    (shown,) = place.alarms.shown(place.alarms.alarms(), LATER)
    assert (shown.is_escalated, shown.alarm.is_escalated) == (True, False)


def test_whoever_answered_in_time_is_not_handed_up_until_the_next_duty_is_late(place: Workspace) -> None:
    place.alarms.answer("W2", "called, he is content", MONDAY + timedelta(hours=1))
    assert place.alarms.look(LATER).escalated == ()
    # The letter is due at the end of the 4th, and an hour later it is handed up.
    assert place.alarms.look(datetime.fromisoformat("2026-03-05T00:30+08:00")).escalated == ()
    (alarm,) = place.alarms.look(datetime.fromisoformat("2026-03-05T01:00+08:00")).escalated
    assert alarm.by == "chief"


def test_duties_are_answered_in_turn_and_then_it_is_closed(place: Workspace) -> None:
    first = place.alarms.answer("w2", "called", LATER)
    assert (first.state, first.duties[0].answer is not None) == ("open", True)
    second = place.alarms.answer("2", "written", LATER)
    assert (second.state, second.duties[1].answer is not None) == ("answered", True)
    closed = place.alarms.close("W2", "settled by a voucher", LATER, "resolved")
    assert closed.closing is not None
    assert (closed.state, closed.closing.outcome, closed.closing.by) == ("closed", "resolved", "li")


def test_what_is_done_is_not_done_again(place: Workspace) -> None:
    place.alarms.answer("W2", "called", LATER, 1)
    with pytest.raises(RungError, match=r"Duty 1 of W2 was answered by 李娜 on 2026-03-02 \d\d:00 already"):
        place.alarms.answer("W2", "called too", LATER, 1)
    with pytest.raises(RungError, match="W2 has no duty 3: they are numbered from 1 to 2"):
        place.alarms.answer("W2", "called", LATER, 3)
    with pytest.raises(RungError, match="Of W2, duties wait to be answered: 2"):
        place.alarms.close("W2", "settled", LATER)
    place.alarms.close("W2", "a false alarm", LATER, unanswered=True)
    with pytest.raises(RungError, match="W2 was closed by 李娜 on"):
        place.alarms.answer("W2", "called", LATER)
    with pytest.raises(RungError, match="W2 was closed by 李娜 on"):
        place.alarms.close("W2", "again", LATER)


@pytest.mark.parametrize("alarm_id", ["W1", "W99", "E1", "nonsense", ""])
def test_an_alarm_there_is_not_is_said_so(place: Workspace, alarm_id: str) -> None:
    with pytest.raises(RungError, match="There is no alarm"):
        place.alarms.answer(alarm_id, "called", LATER)


@pytest.mark.parametrize("note", ["", "  ", "\x00", "x" * 10_001])
def test_a_note_says_something_that_can_be_kept(place: Workspace, note: str) -> None:
    with pytest.raises(RungError, match="note"):
        place.alarms.answer("W2", note, LATER)


def test_who_may_only_look_answers_nothing(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "guest")
    with pytest.raises(RungError, match="may look, not act"):
        place.alarms.answer("W2", "called", LATER)
    # What time brings about is put on record all the same.
    assert len(place.alarms.look(LATER).escalated) == 1


def test_every_event_of_a_table_without_conditions_raises(place: Workspace) -> None:
    told(place, Happened(customer_id="C2", values={"subject": "late"}), table="complaints")
    assert raised(place) == [("C1", "unhappy"), ("C2", "complaint")]


def test_a_ledger_with_events_and_alarms_verifies_and_is_rebuilt(place: Workspace) -> None:
    place.alarms.look(LATER)
    place.alarms.answer("W2", "called", LATER)
    with place.human_input.ledger() as store:
        assert store.first_difference() is None
        store.rebuild()
        assert store.first_difference() is None
    assert raised(place) == [("C1", "unhappy")]
