"""The quality report and the side file say what was read, what was not, and where it stands."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import Any

TABLE = (
    "customer_id,assets,since,standing\n"
    "A,12万,2026-01-05,good\n"
    "B,many,2026-02-30,fair\n"
    "C,,NA,\n"
    "D,1,2\n"
    ",,,\n"
    "E,-1,20260105,AAA\n"
    ",9,,\n"
)


def test_every_column_is_counted(desk: Any) -> None:
    quality = desk.take(TABLE).quality
    assert (quality.customers, quality.read.rows, quality.read.misfits) == (4, 6, 1)
    assert (quality.without_id, quality.read.blank_rows, quality.rejected_rows) == (1, 1, 2)
    columns = {each.id: (each.header, each.present, each.missing, each.unread) for each in quality.columns}
    assert columns == {
        "customer_id": ("customer_id", 4, 0, 0),
        "customer_name": ("", 0, 4, 0),
        "assets": ("assets", 1, 1, 2),
        "since": ("since", 2, 1, 1),
        "standing": ("standing", 2, 1, 1),
    }
    examples = {each.id: [(bad.line, bad.value) for bad in each.examples] for each in quality.columns}
    assert examples["assets"] == [(3, "many"), (7, "-1")]


def test_the_report_is_plain_for_json(desk: Any) -> None:
    report = json.loads(json.dumps(desk.take(TABLE).quality.to_dict()))
    assert report["read"]["encoding"] == "utf-8"
    assert report["columns"][1]["examples"][0] == {"line": 3, "value": "many"}


def test_unread_values_of_rows_that_do_not_count_are_not_counted(desk: Any) -> None:
    quality = desk.take("customer_id,assets\n,many\nA,1\n").quality
    assert {each.id: each.unread for each in quality.columns}["assets"] == 0


def test_the_side_file_lists_rows_and_values_with_line_and_reason(desk: Any) -> None:
    taken = desk.take(TABLE)
    path = desk.folder / "rejected.csv"
    assert taken.intake.write_rejected(path) == 6
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["line", "column", "value", "problem", "table"]
    assert [row[:3] for row in rows[1:]] == [
        ["5", "", "D,1,2"],
        ["8", "", ""],
        ["3", "assets", "many"],
        ["7", "assets", "'-1"],
        ["3", "since", "2026-02-30"],
        ["3", "standing", "fair"],
    ]
    assert rows[3][3] == "“many” is no number that can be read here."
    assert {row[4] for row in rows[1:]} == {"customers"}


def test_hostile_values_are_inert_in_the_side_file(desk: Any) -> None:
    table = 'customer_id,assets\n"=cmd()",=1+1\nB,"\x1b[31m red"\nC,\u202e12\nD,@x\nE,"\t=1"\nF,"+1;2"\nG,1\n'
    taken = desk.take(table)
    path = desk.folder / "rejected.csv"
    taken.intake.write_rejected(path)
    content = path.read_text("utf-8-sig")
    assert [row[2] for row in csv.reader(content.splitlines())][1:] == [
        "'=1+1",
        "[31m red",
        "12",
        "'@x",
        "' =1",
        "'+1;2",
    ]
    assert "\x1b" not in content


def test_a_side_file_without_rejections_has_its_header_alone(desk: Any) -> None:
    path = desk.folder / "rejected.csv"
    assert desk.take("customer_id\nA\n").intake.write_rejected(path) == 0
    assert path.read_text("utf-8-sig") == "line,column,value,problem,table\n"


def test_the_hash_of_one_file_is_that_files_own(desk: Any) -> None:
    content = "customer_id\nA\n"
    assert desk.take(content).intake.input_hash == hashlib.sha256(content.encode()).hexdigest()


def test_the_hash_of_several_files_covers_each(desk: Any) -> None:
    def hashed(orders: str) -> str:
        return str(desk.take("customer_id\nA\n", events={"orders": orders}).intake.input_hash)

    assert hashed("customer_id,date\n") != hashed("customer_id,date\nA,2026-01-01\n")


def test_progress_is_told(desk: Any) -> None:
    from datetime import date

    from rung.intake import IntakeRequest, take_in
    from rung.vocabulary import Vocabulary

    path = desk.write("t.csv", "customer_id\nA\n")
    told: list[tuple[str, int, int | None]] = []
    take_in(
        IntakeRequest(
            source=path, vocabulary=Vocabulary.of(None), as_of=date(2026, 1, 1), scratch=desk.folder
        ),
        lambda *stage: told.append(stage),
    )
    assert told[0] == ("Reading t.csv", 14, 14)
