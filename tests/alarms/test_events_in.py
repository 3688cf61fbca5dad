"""Events on their way in: every kind of file, bad rows, keys, strangers, and what each is held against."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from desk import MONDAY, PEOPLE, SHANGHAI, bad, graded, local, opened, raised, told

from rung.errors import RungError
from rung.intake.mapping import read_mapping
from rung.ledger import InputKind, Supply
from rung.ledger.service.filters import ArrivedFilter
from rung.service.events.happening import Happened
from rung.workspace import Workspace

ROWS = {
    "客户编号": ["C1", "C2", "C3"],
    "日期": ["2026-03-01 14:30", "2026-03-01", "2026-02-28 08:00"],
    "满意度得分": ["30", "20", "59.9"],
    "事件编号": ["S1", "S2", "S3"],
}


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    found = opened(tmp_path / "w")
    graded(found)
    return found


def written(folder: Path, ending: str) -> Path:
    path, frame = folder / f"answers.{ending}", pl.DataFrame(ROWS)
    match ending:
        case "csv":
            path.write_bytes(frame.write_csv().encode("gb18030"))
        case "xlsx":
            frame.write_excel(path)
        case "parquet":
            frame.write_parquet(path)
        case "jsonl":
            path.write_text("\n".join(json.dumps(each) for each in frame.to_dicts()), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_every_kind_of_file_says_the_same(place: Workspace, tmp_path: Path, ending: str) -> None:
    added = place.events.add_file("surveys", written(tmp_path, ending), MONDAY)
    arrived = sorted(place.events.arrived(), key=lambda each: each.number)
    assert [(each.customer_id, each.key, dict(each.values)) for each in arrived] == [
        ("C1", "S1", {"score": "30"}),
        ("C2", "S2", {"score": "20"}),
        ("C3", "S3", {"score": "59.9"}),
    ]
    assert local([each.at for each in arrived]) == ["03-01 14:30", "03-01 23:59", "02-28 08:00"]
    # C2 spends too little to be listened to.
    assert raised(place) == [("C1", "unhappy"), ("C3", "unhappy")]
    assert added.has_keys


def test_a_typed_table_has_moments_and_days_of_its_own(place: Workspace, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "customer_id": ["C1", "C1", "C1"],
            "date": [datetime(2026, 3, 1, 6, 30), datetime(2026, 3, 1), datetime(2026, 2, 28, 1)],
            "score": [1.0, None, 300.0],
        }
    ).with_columns(pl.col("date").cast(pl.Datetime("us")))
    frame.write_parquet(tmp_path / "a.parquet")
    added = place.events.add_file("surveys", tmp_path / "a.parquet", MONDAY, skip_bad=True)
    assert [(each.line, each.column, each.problem) for each in added.refused] == [
        (2, "score", "“score” is missing."),
        (3, "score", "300.0 is out of bounds: 0 to 100."),
    ]
    assert local([each.at for each in place.events.arrived()]) == ["03-01 06:30"]
    zoned = frame.head(1).with_columns(pl.col("date").dt.replace_time_zone("UTC"))
    zoned.write_parquet(tmp_path / "b.parquet")
    place.events.add_file("surveys", tmp_path / "b.parquet", MONDAY)
    assert local([each.at for each in place.events.arrived()])[0] == "03-01 14:30"


BAD = """customer_id,date,score,key
C1,2026-03-01,30,S1
C1,2026-03-05,30,S2
C1,2026-03-01,101,S3
,yesterday,,S4
C1,2026-03-01,=1+1,S5
C1,2026-03-01,30,S6,more
"""


def test_every_bad_row_is_told_with_its_line_and_nothing_is_recorded(
    place: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(RungError) as caught:
        place.events.add_file("surveys", file, MONDAY)
    lines = str(caught.value).splitlines()
    assert [each.removeprefix(f"{file}:") for each in lines[:-1]] == [
        "3: date: 2026-03-05 is still to come.",
        "4: score: 101 is out of bounds: 0 to 100.",
        "5: date: “yesterday” is no moment; write 2026-01-05, 2026-01-05 14:30 or 2026-01-05T14:30+08:00.",
        "5: customer_id: The event names no customer.",
        "5: score: “score” is missing.",
        "6: score: “=1+1” is no number that can be read here.",
        "7: The row has 5 fields; the header has 4.",
    ]
    assert lines[-1].startswith("5 rows are refused, so none is recorded.")
    assert place.events.arrived() == ()
    assert place.alarms.alarms() == ()


def test_skipping_them_records_the_others_and_writes_these_to_be_mended(
    place: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(BAD, encoding="utf-8")
    added = place.events.add_file("surveys", file, MONDAY, skip_bad=True)
    assert [each.key for each in place.events.arrived()] == ["S1"]
    assert added.refused_file == tmp_path / "answers.refused.csv"
    text = added.refused_file.read_text(encoding="utf-8-sig")
    first, *rows = text.splitlines()
    assert first == "customer_id,date,score,key,#line,#problem"
    assert rows[1] == "C1,2026-03-01,101,S3,4,score: 101 is out of bounds: 0 to 100."
    assert rows[3].startswith("C1,2026-03-01,'=1+1,S5,6,")
    # Mended it can be sent as it is, and what was there already is not recorded again.
    mended = text.replace("101", "10").replace("'=1+1", "11").replace("2026-03-05", "2026-03-01")
    kept = [each for each in mended.splitlines() if ",yesterday," not in each and ",,,7," not in each]
    added.refused_file.write_text("\n".join(kept[:4]), encoding="utf-8")
    place.events.add_file("surveys", added.refused_file, MONDAY)
    assert sorted(each.key for each in place.events.arrived()) == ["S1", "S2", "S3", "S5"]
    assert place.events.add_file("surveys", file, MONDAY, skip_bad=True).refused_file == (
        tmp_path / "answers.refused-2.csv"
    )


def test_the_same_key_is_one_event_however_often_it_is_sent(place: Workspace, tmp_path: Path) -> None:
    file = written(tmp_path, "csv")
    place.events.add_file("surveys", file, MONDAY)
    again = place.events.add_file("surveys", file, MONDAY)
    assert (again.recorded, again.already, again.alarms) == ((), 3, ())
    twice = told(place, bad(key="S9"), bad(key="S9"), bad(), bad())
    assert (len(twice.recorded), twice.already) == (3, 1)
    # A key is one of its table.
    assert told(place, Happened(customer_id="C1", key="S1"), table="complaints").already == 0


def test_the_header_of_the_keys_may_be_named_and_columns_be_mapped(place: Workspace, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.csv", tmp_path / "m.toml"
    file.write_text("who,when,stars,ref\nC1,2026-03-01,2,R1\n", encoding="utf-8")
    mapping.write_text(
        '[events.surveys]\ncustomer_id = "who"\ndate = "when"\nscore = { column = "stars", times = 20 }\n',
        encoding="utf-8",
    )
    place.events.add_file("surveys", file, MONDAY, mapping=read_mapping(mapping), key="ref")
    (event,) = place.events.arrived()
    assert (event.key, event.values["score"]) == ("R1", "40")
    mapping.write_text('[events.surveys]\nscor = "stars"\n', encoding="utf-8")
    with pytest.raises(RungError, match="is no field of this table"):
        place.events.add_file("surveys", file, MONDAY, mapping=read_mapping(mapping))


def test_a_program_is_told_what_is_wrong_with_each_event(place: Workspace) -> None:
    with pytest.raises(RungError) as caught:
        told(place, bad(at="2026-03-03"), Happened(customer_id="C1", values={"scor": 1, "score": "many"}))
    assert [each.message for each in caught.value.problems[:3]] == [
        "date: 2026-03-03 is still to come.",
        "scor: The event table “surveys” has no column “scor”. Did you mean “score”?",
        "score: “many” is no number that can be read here.",
    ]
    assert place.events.arrived() == ()


def test_a_customer_may_be_meant_by_name_and_a_table_by_one_row_of_it(place: Workspace) -> None:
    added = told(place, bad("丙公司"), table="survey")
    assert added.table == "surveys"
    assert raised(place) == [("C3", "unhappy")]


@pytest.mark.parametrize(("table", "words"), [("surveyz", "Did you mean “surveys”?"), ("visits", "Known:")])
def test_a_table_there_is_not_is_told_with_the_nearest(place: Workspace, table: str, words: str) -> None:
    with pytest.raises(RungError, match=words) as caught:
        told(place, bad(), table=table)
    assert "There is no event table" in str(caught.value)


def test_a_value_people_corrected_is_the_one_alarms_are_held_against(place: Workspace) -> None:
    for customer, spent in (("C2", "5000"), ("C1", "1")):
        value = Supply(
            kind=InputKind.CORRECTION,
            subject="spent",
            value=spent,
            reason="outdated",
            narrative="seen on paper",
            evidence="file 3",
        )
        assert place.human_input.supply(customer, value, MONDAY).effective_from is not None
    told(place, bad("C1"), bad("C2"))
    assert raised(place) == [("C2", "unhappy")]


def test_events_of_strangers_are_kept_aside_until_a_run_has_them(place: Workspace) -> None:
    added = told(place, bad("C8"), bad("C9"), bad("C8"))
    assert (added.aside, added.aside_count, added.alarms) == (("C8", "C9"), 3, ())
    assert [each.customer_id for each in place.events.arrived(ArrivedFilter(is_known=False))] == [
        "C8",
        "C9",
        "C8",
    ]
    day = MONDAY + timedelta(days=1)
    assert place.alarms.look(day).raised == ()
    graded(place, "customer_id,spent\nC1,500\nC8,500\nC9,5\n", at=day)
    found = place.alarms.look(day + timedelta(hours=1)).raised
    assert [(each.customer_id, each.event) for each in found] == [("C8", 1), ("C8", 3)]
    # They count from when it happened, not from when somebody knew.
    assert local([found[0].duties[0].due]) == ["03-02 12:00"]
    assert place.alarms.look(day + timedelta(hours=2)).raised == ()
    # A later run, in which C9 spends more, comes too late: the first run that had them was looked at.
    later = day + timedelta(days=1)
    graded(place, "customer_id,spent\nC8,500\nC9,500\n", at=later)
    assert place.alarms.look(later + timedelta(hours=1)).raised == ()


def test_after_a_month_an_event_kept_aside_is_history(place: Workspace) -> None:
    told(place, bad("C8"))
    later = MONDAY + timedelta(days=32)
    graded(place, "customer_id,spent\nC8,500\n", at=later)
    assert place.alarms.look(later + timedelta(hours=1)).raised == ()


def test_who_may_only_look_brings_nothing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = opened(tmp_path / "w", PEOPLE)
    graded(place)
    monkeypatch.setattr("rung.workspace.human_input.account", lambda: "guest")
    with pytest.raises(RungError, match="may look, not act"):
        told(place, bad())
    assert place.events.arrived() == ()


def test_many_rows_are_reported_on_the_way(place: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    rows = "".join(f"C{each % 3 + 1},2026-03-01,90,K{each}\n" for each in range(5_000))
    file.write_text(f"customer_id,date,score,key\n{rows}", encoding="utf-8")
    stages: list[str] = []
    added = place.events.add_file(
        "surveys", file, MONDAY, report=lambda stage, _done, _whole: stages.append(stage)
    )
    assert len(added.recorded) == 5_000
    assert set(stages) == {"Reading many.csv", "Recording the events"}


def test_a_moment_is_kept_to_the_second_it_was_told(place: Workspace) -> None:
    told(place, bad(at=datetime(2026, 3, 2, 9, 59, 58, tzinfo=SHANGHAI)))
    assert place.events.arrived()[0].at == datetime(2026, 3, 2, 9, 59, 58, tzinfo=SHANGHAI)
