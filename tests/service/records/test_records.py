"""Records in a workspace: opened, changed, put back and taken back, each act judged and on record."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from places import graded, moment, workspace

from rung.errors import RungError
from rung.ledger import EventFilter, EventKind
from rung.runs.plain import to_plain
from rung.service.due import Chosen
from rung.service.due_list import DueKind
from rung.text import MASK
from rung.workspace import Workspace
from rung.workspace.recording.views import RecordsWanted

MONDAY = date(2026, 3, 2)
SHOPS = [
    {"customer_id": "C1", "customer_name": "甲", "is_hardship": "是", "volume_3m": 100},
    {"customer_id": "C2", "customer_name": "乙", "is_hardship": "否", "volume_3m": 2000},
    {"customer_id": "C3", "customer_name": "乙", "is_hardship": "否", "volume_3m": 2000},
]
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
BY = "Service classes of cigarette retailers"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return shops(tmp_path)


def shops(folder: Path, more: str = "") -> Workspace:
    found = workspace(folder, more)
    graded(found, "tobacco.service-classes", MONDAY, SHOPS)
    return found


def as_(monkeypatch: pytest.MonkeyPatch, account: str) -> None:
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: account)


def complaint(place: Workspace, customer: str = "C1", day: date = MONDAY, **values: str) -> str:
    given = {"subject": "少送一条", "cause": "delivery", **values}
    return place.records.open("complaint", customer, given, moment(day)).records[0].id


def kinds(place: Workspace) -> list[str]:
    with place.human_input.ledger() as store:
        return [each.kind for each in store.events()]


def test_a_record_is_opened_in_its_first_state_with_its_day(place: Workspace) -> None:
    made = place.records.open(
        "投诉处理单", "甲", {"投诉内容": "少送一条", "投诉原因": "送货"}, moment(MONDAY)
    )
    (record,) = made.records
    assert (record.id, record.customer_id, record.sector, record.type) == ("R1", "C1", "tobacco", "complaint")
    assert record.fields == {"subject": "少送一条", "cause": "delivery"}
    assert (record.state, record.is_open, record.due) == ("received", True, date(2026, 3, 17))
    assert place.records.shown("R1", moment(MONDAY)).record.fields == record.fields


def test_whoever_has_one_open_already_is_told(place: Workspace) -> None:
    complaint(place)
    made = place.records.open("complaint", "C1", {"subject": "再次"}, moment(MONDAY))
    assert made.again == ("C1",)
    assert made.records[0].id == "R2"


@pytest.mark.parametrize(
    ("name", "customer", "words"),
    [
        ("complain", "C1", "There is no record type “complain”. Did you mean “complaint”?"),
        ("complaint", "C9", f"There is no customer “C9” in the last run by: {BY}; or several are called so."),
        # Two shops are called so: nobody is guessed.
        ("complaint", "乙", f"There is no customer “乙” in the last run by: {BY}; or several are called so."),
        ("complaint", "C1", "Subject: it is needed, and not given."),
    ],
)
def test_what_cannot_be_opened_is_told_and_nothing_recorded(
    place: Workspace, name: str, customer: str, words: str
) -> None:
    with pytest.raises(RungError) as caught:
        place.records.open(name, customer, {}, moment(MONDAY))
    assert words in str(caught.value)
    assert not place.records.is_begun


def test_a_change_keeps_what_stood_there_before(place: Workspace) -> None:
    number = complaint(place)
    tuesday = moment(MONDAY + timedelta(days=1))
    place.records.change(number, tuesday, values={"plan": "补送"}, state="处理中")
    made = place.records.change(
        number, tuesday, values={"plan": "补送两条", "result": "已补"}, state="settled", note="当面道歉"
    )
    assert (made.state, made.is_open) == ("settled", False)
    past = place.records.shown(number, tuesday).past
    assert [str(each.state) for each in past] == ["Received", "In hand", "Settled"]
    assert [(str(each.title), str(each.was), str(each.value)) for each in past[2].values] == [
        ("Plan", "补送", "补送两条"),
        ("Result", "missing", "已补"),
    ]
    assert (past[2].note, past[2].is_closing) == ("当面道歉", True)


def test_a_slip_is_put_back_and_that_is_on_record(place: Workspace) -> None:
    number = complaint(place)
    place.records.change(number, moment(MONDAY), values={"subject": "别的"}, state="settled")
    made = place.records.put_back(number, moment(MONDAY))
    assert (made.state, made.is_open, made.due) == ("received", True, date(2026, 3, 17))
    assert made.fields["subject"] == "少送一条"
    assert len(made.changes) == 2
    again = place.records.put_back(number, moment(MONDAY))
    assert (again.state, again.fields["subject"]) == ("settled", "别的")


def test_a_record_opened_by_mistake_is_taken_back_and_counts_for_nothing(place: Workspace) -> None:
    first, second = complaint(place), complaint(place, "C2")
    with pytest.raises(RungError, match="Say why it is taken back"):
        place.records.withdraw([first, second], " ", moment(MONDAY))
    place.records.withdraw([first, second], "录错", moment(MONDAY))
    everything = RecordsWanted(is_open=None)
    assert not len(place.records.listed(everything, moment(MONDAY)))
    assert len(place.records.listed(RecordsWanted(is_open=None, withdrawn=True), moment(MONDAY))) == 2
    assert place.records.analysed("complaint", moment(MONDAY)).figures.count == 0
    with pytest.raises(RungError, match="R1 is taken back already"):
        place.records.withdraw([first], "录错", moment(MONDAY))
    with pytest.raises(RungError, match="nothing of it counts"):
        place.records.change(first, moment(MONDAY), values={"plan": "x"})
    opened = place.records.change(first, moment(MONDAY), state="received")
    assert (opened.is_open, opened.due) == (True, date(2026, 3, 17))


def test_records_are_taken_back_together_or_not_at_all(place: Workspace) -> None:
    complaint(place)
    with pytest.raises(RungError, match="There is no record “R7”"):
        place.records.withdraw(["R1", "R7"], "录错", moment(MONDAY))
    assert place.records.shown("R1", moment(MONDAY)).record.is_open


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nothing of R1 would change."),
        ({"state": "received"}, "Nothing of R1 would change."),
        ({"values": {"subject": "少送一条"}}, "Nothing of R1 would change."),
        ({"values": {"subject": "-"}, "state": "gone"}, "Subject: it is needed, and cannot be taken out."),
        ({"values": {"subject": "-"}, "state": "gone"}, "“Complaint” has no state “gone”."),
    ],
)
def test_a_change_that_is_none_is_told(place: Workspace, given: dict[str, object], words: str) -> None:
    complaint(place)
    with pytest.raises(RungError) as caught:
        place.records.change("R1", moment(MONDAY), **given)  # type: ignore[arg-type]
    assert words in str(caught.value)
    assert kinds(place) == ["record.opened"]


def test_a_viewer_may_look_and_not_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shops(tmp_path, PEOPLE)
    as_(monkeypatch, "lina")
    number = complaint(place)
    as_(monkeypatch, "guest")
    for act in (
        lambda: place.records.open("complaint", "C1", {"subject": "x"}, moment(MONDAY)),
        lambda: place.records.change(number, moment(MONDAY), state="settled"),
        lambda: place.records.put_back(number, moment(MONDAY)),
        lambda: place.records.withdraw([number], "x", moment(MONDAY)),
    ):
        with pytest.raises(RungError, match="may look, not keep records"):
            act()
    assert len(place.records.listed(RecordsWanted(), moment(MONDAY))) == 1


def test_sensitive_fields_are_masked_and_their_reading_is_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = shops(tmp_path, PEOPLE)
    as_(monkeypatch, "lina")
    file = {"hardship": "老", "circumstances": "独居"}
    place.records.open("hardship_file", "C1", file, moment(MONDAY))
    place.records.change("R1", moment(MONDAY), values={"circumstances": "独居，行动不便"})
    seen = place.records.shown("R1", moment(MONDAY))
    assert seen.record.fields["circumstances"] == MASK
    assert "独居" not in str(to_plain(seen))
    assert "独居" not in str(place.records.past("C1"))
    assert kinds(place) == ["record.opened", "record.changed"]
    as_(monkeypatch, "boss")
    assert place.records.shown("R1", moment(MONDAY)).record.fields["circumstances"] == "独居，行动不便"
    assert kinds(place)[2:] == ["sensitive.read"]
    # Lists show it to nobody, and the log of acts neither.
    (row,) = place.records.listed(RecordsWanted(), moment(MONDAY)).rows()
    assert row.record.fields["circumstances"] == MASK
    with place.human_input.ledger() as store:
        events = list(store.events(EventFilter(kinds=(EventKind.RECORD_CHANGED.value,))))
    confidential = place.confidential
    assert confidential.payload(events[0])["fields"] == {"circumstances": MASK}
    whole = confidential.payload(events[0], whole=True)
    assert whole["fields"] == {"circumstances": "独居，行动不便"}
    assert confidential.told_by(events[0], whole) == {"circumstances"}


def test_a_field_the_workspace_calls_confidential_is_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = shops(tmp_path, PEOPLE + '\n[confidentiality]\nfields = ["subject"]\n')
    as_(monkeypatch, "lina")
    complaint(place)
    assert place.records.shown("R1", moment(MONDAY)).record.fields["subject"] == MASK


def test_lists_put_what_is_late_first(place: Workspace) -> None:
    place.records.open("hardship_file", "C1", {"hardship": "老", "circumstances": "独居"}, moment(MONDAY))
    complaint(place, "C2", MONDAY)
    complaint(place, "C1", MONDAY + timedelta(days=10))
    found = place.records.listed(RecordsWanted(), moment(date(2026, 3, 20)))
    assert [(each.record.id, each.late_days) for each in found.rows()] == [
        ("R2", 3),
        ("R3", -7),
        ("R1", None),
    ]
    assert found.late == 1
    assert [each.customer_name for each in found.rows(0, 1)] == ["乙"]


def test_lists_are_narrowed(place: Workspace) -> None:
    complaint(place, "C1")
    complaint(place, "C2", result="ok")
    place.records.change("R2", moment(MONDAY), state="settled")
    complaint(place, "C2", date(2026, 3, 9))

    def ids(**wanted: object) -> list[str]:
        found = place.records.listed(RecordsWanted(**wanted), moment(date(2026, 3, 18)))  # type: ignore[arg-type]
        return [each.record.id for each in found.rows()]

    assert ids() == ["R1", "R4"]
    assert ids(is_open=None) == ["R1", "R4", "R2"]
    assert ids(states=("已办结",)) == ["R2"]
    assert ids(customer_id="C2") == ["R4"]
    assert ids(is_late=True) == ["R1"]
    assert ids(type="tobacco.complaint", since=moment(date(2026, 3, 9), 0)) == ["R4"]
    assert ids(type="hardship_file") == []
    assert ids(by="nobody") == []
    with pytest.raises(RungError, match="No type of record here has a state “gone”"):
        ids(states=("gone",))


def test_open_records_are_due_and_closed_ones_gone(place: Workspace) -> None:
    complaint(place)
    asked = Chosen(kinds=frozenset({DueKind.RECORD}))

    def due(day: date) -> list[tuple[object, ...]]:
        rows = place.service.due(moment(day), asked).rows()
        return [(each.code, str(each.what), each.late_days, str(each.by_title)) for each in rows]

    manager = "district customer manager"
    # The shop in hardship has no file yet.
    file = ("hardship_file", "to be opened first: Hardship file", None, manager)
    assert due(date(2026, 3, 16)) == [file]
    assert due(date(2026, 3, 19)) == [("R1", "Complaint", 2, manager), file]
    place.records.change("R1", moment(date(2026, 3, 19)), state="settled")
    assert due(date(2026, 3, 19)) == [file]


def test_a_record_is_due_once_however_many_policies_are_looked_at(place: Workspace) -> None:
    complaint(place)
    graded(place, "tobacco.sales-pareto", MONDAY, SHOPS)
    runs = [each.run_id for each in place.runs().manifests]
    asked = Chosen(kinds=frozenset({DueKind.RECORD}))
    rows = place.service.due(moment(date(2026, 3, 19)), asked, runs).rows()
    assert [each.code for each in rows].count("R1") == 1


def test_many_are_opened_from_a_table_or_none(place: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "complaints.csv"
    table.write_text(
        "客户编号,客户名称,投诉内容,投诉原因\nC1,甲,少送,送货\nC9,戊,,送货\nC2,乙,破损,快递\n",
        encoding="utf-8",
    )

    def opened() -> tuple[str, ...]:
        made = place.records.open_all("complaint", table, moment(MONDAY), lambda *_told: None)
        return tuple(each.id for each in made.records)

    with pytest.raises(RungError) as caught:
        opened()
    told = [(each.place and each.place.line, each.message) for each in caught.value.problems]
    assert told == [
        (3, f"There is no customer “C9” in the last run by: {BY}; or several are called so."),
        (4, "Cause: “快递” is none of the choices: supply, delivery, quality, settlement, service, other."),
    ]
    assert not place.records.is_begun
    table.write_text("客户编号,投诉内容,投诉原因\nC1,少送,送货\n\nC2,破损,\n", encoding="gb18030")
    assert opened() == ("R1", "R2")


def test_a_table_with_columns_that_are_no_fields_is_refused(place: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "complaints.csv"
    table.write_text("subject,reason\nx,y\n", encoding="utf-8")
    with pytest.raises(RungError) as caught:
        place.records.open_all("complaint", table, moment(MONDAY), lambda *_told: None)
    told = str(caught.value)
    assert "“Complaint” has no field “reason”." in told
    assert "None of its columns is headed as the customers' ids: subject, reason." in told


def test_two_sectors_with_a_type_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    place = shops(tmp_path)
    graded(
        place,
        "general.abc-value",
        MONDAY,
        [{"customer_id": "C1", "sales": 5}, {"customer_id": "X", "sales": 9}],
    )
    with pytest.raises(RungError, match="Several sectors have a record type “complaint”"):
        place.records.open("complaint", "C1", {"subject": "x"}, moment(MONDAY))
    assert (
        place.records.open("complaint", "X", {"subject": "x"}, moment(MONDAY)).records[0].sector == "general"
    )
    assert complaint(place, "C2") == "R2"
    made = place.records.open("tobacco.complaint", "C1", {"subject": "x"}, moment(MONDAY))
    assert made.records[0].sector == "tobacco"
    found = place.records.listed(RecordsWanted(type="general.complaint"), moment(MONDAY))
    assert [each.record.id for each in found.rows()] == ["R1"]


def test_the_day_to_close_by_is_moved_told_and_put_back(place: Workspace) -> None:
    number = complaint(place)
    moved = place.records.change(number, moment(MONDAY), due=date(2026, 4, 1))
    assert moved.due == date(2026, 4, 1)
    assert [each.due for each in place.records.shown(number, moment(MONDAY)).past] == [None, moved.due]
    assert place.records.put_back(number, moment(MONDAY)).due == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (date(2026, 3, 1), None, "2026-03-01 is before 2026-03-02, when R1 was opened."),
        (date(2026, 4, 1), "settled", "R1 would not be open: there is no day to close it by."),
    ],
)
def test_a_day_that_cannot_be_is_refused(place: Workspace, day: date, state: str | None, words: str) -> None:
    number = complaint(place)
    with pytest.raises(RungError, match=words):
        place.records.change(number, moment(MONDAY), state=state, due=day)


def test_customers_are_found_by_the_beginning_of_an_id_or_part_of_a_name(place: Workspace) -> None:
    def ids(typed: str) -> list[str]:
        return [each.customer_id for each in place.records.customers_like(typed)]

    assert ids("c") == ["C1", "C2", "C3"]
    assert ids("乙") == ["C2", "C3"]
    assert ids("1") == []
    assert ids("C.") == []


def test_service_that_starts_with_a_type_of_record_is_named(place: Workspace) -> None:
    file, complaints = (place.records.type_meant(name) for name in ("hardship_file", "complaint"))
    assert len(place.records.service_waiting(file)) == 1
    assert place.records.service_waiting(complaints) == ()
