"""JSON lines are a table like any other: keys for headers, texts for cells, lines that are none set aside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.intake import encoding
from rung.intake.delimited import DelimitedSource
from rung.intake.json_lines import JsonLinesSource

Raises = Callable[[str], Any]
Rows = list[tuple[int, tuple[str | None, ...]]]

LINES = '{"客户编号":"001","名称":"张三"}\n{"客户编号":"002","名称":"李四"}\n'


def rows_of(source: JsonLinesSource | DelimitedSource) -> Rows:
    found: Rows = []
    for batch in source.batches([header.position for header in source.headers]):
        found += list(zip(batch.lines.to_list(), batch.texts.rows(), strict=True))
    return found


def read(path: Path, content: str | bytes) -> tuple[JsonLinesSource, Rows]:
    file = path / "t.jsonl"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    source = JsonLinesSource(file)
    return source, rows_of(source)


def set_aside(source: JsonLinesSource) -> list[tuple[int, str]]:
    return [(each.line, each.problem) for each in source.notes.rejections]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (LINES.encode(), "utf-8"),
        (LINES.encode("utf-8-sig"), "utf-8-sig"),
        (LINES.encode("gb18030"), "gb18030"),
        (LINES.encode("utf-16"), "utf-16"),
        (LINES.replace("\n", "\r\n").encode(), "utf-8"),
        (LINES.rstrip("\n").encode(), "utf-8"),
    ],
)
def test_lines_are_read_whatever_program_saved_them(tmp_path: Path, content: bytes, name: str) -> None:
    source, rows = read(tmp_path, content)
    assert source.notes.encoding == name
    assert [header.name for header in source.headers] == ["客户编号", "名称"]
    assert rows == [(1, ("001", "张三")), (2, ("002", "李四"))]


def test_numbers_keep_the_digits_they_are_written_with(tmp_path: Path) -> None:
    __, rows = read(
        tmp_path, '{"a":0.10,"b":123456789012345678901234567890,"c":1e400}\n{"a":NaN,"b":-0,"c":1E-7}\n'
    )
    assert rows == [
        (1, ("0.10", "123456789012345678901234567890", "1e400")),
        (2, ("NaN", "-0", "1E-7")),
    ]


def test_yes_and_no_and_nothing_become_what_a_cell_would_hold(tmp_path: Path) -> None:
    __, rows = read(tmp_path, '{"a":true,"b":false,"c":null,"d":"","e":"x"}\n')
    assert rows == [(1, ("true", "false", None, None, "x"))]


def test_a_key_that_comes_late_is_a_header_and_one_left_out_is_missing(tmp_path: Path) -> None:
    source, rows = read(tmp_path, '{"a":1}\n\n{"b":2,"a":3}\n{}\n')
    assert [header.name for header in source.headers] == ["a", "b"]
    assert rows == [(1, ("1", None)), (3, ("3", "2")), (4, (None, None))]
    assert source.notes.blank_rows == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a":1', "The line is no JSON: it breaks at column 7."),
        ('{"a":1}{"a":2}', "The line is no JSON: it breaks at column 8."),
        ("a,b", "The line is no JSON: it breaks at column 1."),
        ("[1]", "The line holds no JSON object, but a list."),
        ('"x"', "The line holds no JSON object, but a single value."),
        ('{"a":1,"a":2}', "The key “a” stands twice in the line."),
        ('{"a" :1,"a" :2}', "The key “a” stands twice in the line."),
        ('{"a":["x"]}', "“a” holds a list; a cell holds one value."),
        ('{"a":{"b":1}}', "“a” holds an object; a cell holds one value."),
        ('{"a":"\\ud800"}', "The line holds half of a character (an unpaired \\ud8… escape)."),
        ('{"a":' + "[" * 200_000 + "]" * 200_000 + "}", "The line is nested too deep."),
    ],
    ids=lambda text: text[:20],
)
def test_a_line_that_is_no_row_is_set_aside_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    source, rows = read(tmp_path, f'{{"a":1}}\n{line}\n{{"a":3}}\n')
    assert rows == [(1, ("1",)), (3, ("3",))]
    assert set_aside(source) == [(2, problem)]


def test_a_list_in_a_key_nobody_asks_for_does_no_harm(tmp_path: Path) -> None:
    source, __ = read(tmp_path, '{"a":1,"tags":["x"]}\n')
    assert [batch.texts.rows() for batch in source.batches([0])] == [[("1",)]]


def test_escapes_are_undone_and_line_breaks_become_spaces(tmp_path: Path) -> None:
    __, rows = read(tmp_path, '{"a":"\\u5f20\\ud83d\\ude00","b":"x\\r\\ny\\nz","c":"p\u2028q: r"}\n')
    assert rows == [(1, ("张😀", "x y z", "p\u2028q: r"))]


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        (b"", "t.jsonl: The file is empty"),
        (b"\n \n", "t.jsonl: The file is empty"),
        (b'[{"a":1},\n{"a":2}]\n', r"t.jsonl:1: .*one object a line; “jq -c '.\[\]' FILE”"),
        (b'{\n  "a": 1\n}\n', r"t.jsonl:1: The line is no JSON: it breaks at column 2\."),
        (b"a,b\n1,2\n", "t.jsonl:1: The line is no JSON"),
        (b"{}\n{}\n", "t.jsonl:1: The objects have no keys"),
        (b"\x00\x01\x02", "t.jsonl: The file holds no text"),
        (
            "".join(f'{{"k{n}":1}}\n' for n in range(10_001)).encode(),
            "t.jsonl:10001: .*10,000 different keys",
        ),
        (b'{"a":"' + b"\xff\x80" * 20 + b'"}\n', "t.jsonl:1: The file is not utf-8: 40 characters"),
    ],
    ids=["empty", "blank", "list", "pretty", "csv", "keyless", "bytes", "wide", "damaged"],
)
def test_what_is_no_json_lines_is_refused_with_what_would_be(
    tmp_path: Path, raises: Raises, content: bytes, pattern: str
) -> None:
    with raises(pattern):
        read(tmp_path, content)


def test_a_table_of_lines_is_taken_in_with_values_features_and_side_file(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "customers.ndjson"
    path.write_text(
        '{"ID":"A","资产(万元)":1.5,"dpd":30,"is_listed":true,"since":"2026-01-05","standing":"优"}\n'
        '{"ID":"B","资产(万元)":"1,234.5","dpd":"many","margin":"12.5%","since":20260106}\n'
        '{"ID":"C","资产(万元)":[1]}\n'
        '{"dpd":1}\n',
        encoding="utf-8",
    )
    taken = desk.take(path)
    assert taken.column("customer_id") == ["A", "B"]
    assert taken.column("assets") == [1_500_000, 1_234_500_000]
    assert taken.column("days_late") == [30, None]
    assert taken.column("is_listed") == [True, None]
    assert taken.column("standing") == ["good", None]
    assert taken.rejected() == [
        (3, "", '{"ID":"C","资产(万元)":[1]}'),
        (4, "", ""),
        (2, "dpd", "many"),
    ]
    assert (taken.quality.read.rows, taken.quality.read.misfits) == (4, 1)


def test_events_may_be_json_lines_too(desk: Any, tmp_path: Path, make_feature: Any) -> None:
    from rung.sdk import Aggregate

    orders = tmp_path / "orders.jsonl"
    orders.write_text(
        '{"ID":"A","date":"2026-03-01","amount":1}\n{"ID":"A","date":"2026-03-02","amount":2}\n',
        encoding="utf-8",
    )
    count = make_feature("orders_made", Aggregate.COUNT)
    taken = desk.take("ID\nA\nB\n", events={"orders": orders}, features=(count,))
    assert taken.column("orders_made") == [2, 0]


def test_a_header_that_is_missing_is_told_of_with_the_nearest_key(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('\n{"cust_no":1}\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"t.jsonl:2: No header stands for “customer_id”.*“cust_no”"):
        desk.take(path)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\ufffd"), max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(table=TABLES, chunk=st.integers(1, 64))
def test_lines_hold_what_the_same_table_holds_as_csv(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], chunk: int
) -> None:
    folder = tmp_path_factory.mktemp("law")
    rows = [["id", *row] for row in table]
    lines = "".join(json.dumps(dict(zip("kab", row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    (folder / "t.jsonl").write_bytes(lines.encode())
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["k", "a", "b"], *rows])
    (folder / "t.csv").write_bytes(written.getvalue().encode())
    as_csv = [row for __, row in rows_of(DelimitedSource(folder / "t.csv"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", chunk)
        assert [row for __, row in rows_of(JsonLinesSource(folder / "t.jsonl"))] == as_csv
