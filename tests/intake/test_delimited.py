"""Text tables as people save them: encodings, delimiters, quotes, and rows that do not fit."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rung.intake import encoding
from rung.intake.delimited import DelimitedSource
from rung.intake.encoding import detect_encoding
from rung.intake.records import Splitter

Raises = Callable[[str], Any]


def rows_of(source: DelimitedSource) -> list[tuple[int, tuple[str | None, ...]]]:
    found = []
    for batch in source.batches([header.position for header in source.headers]):
        found += list(zip(batch.lines.to_list(), batch.texts.rows(), strict=True))
    return found


def read(path: Path, content: bytes) -> tuple[DelimitedSource, list[tuple[int, tuple[str | None, ...]]]]:
    file = path / "t.csv"
    file.write_bytes(content)
    source = DelimitedSource(file)
    return source, rows_of(source)


TABLE = "客户编号,名称\n001,张三\n002,李四\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("gb18030"), "gb18030"),
        (TABLE.encode("gbk"), "gb18030"),
        (TABLE.encode("utf-16"), "utf-16"),
        (TABLE.replace("\n", "\r\n").encode(), "utf-8"),
        (TABLE.replace("\n", "\r").encode(), "utf-8"),
        (TABLE.rstrip("\n").encode(), "utf-8"),
        (b"\n\n" + TABLE.encode(), "utf-8"),
    ],
)
def test_a_table_is_read_whatever_program_saved_it(tmp_path: Path, content: bytes, name: str) -> None:
    source, rows = read(tmp_path, content)
    assert source.notes.encoding == name
    assert [header.name for header in source.headers] == ["客户编号", "名称"]
    assert [row for __, row in rows] == [("001", "张三"), ("002", "李四")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    content = f"a{delimiter}b{delimiter}c\n1{delimiter}2,5{delimiter}x y\n".encode()
    if delimiter == ",":
        content = content.replace(b"2,5", b'"2;5"')
    source, rows = read(tmp_path, content)
    assert source.notes.delimiter == delimiter
    assert len(source.headers) == 3
    assert rows[0][1][2] == "x y"


def test_a_table_of_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, b"id\n1\n\n2\n")[1] == [(2, ("1",)), (4, ("2",))]


def test_quoted_line_breaks_belong_to_their_value_and_lines_are_still_counted(tmp_path: Path) -> None:
    content = b'id,note\n1,"two\nlines, and ""more"""\n2,plain\n3,"a\r\nb"\n4,x\n'
    assert read(tmp_path, content)[1] == [
        (2, ("1", 'two lines, and "more"')),
        (4, ("2", "plain")),
        (5, ("3", "a b")),
        (7, ("4", "x")),
    ]


def test_a_quotation_mark_inside_a_value_is_just_a_character(tmp_path: Path) -> None:
    assert read(tmp_path, b'id,size\n1,5" pipe\n2,3\n')[1] == [(2, ("1", '5" pipe')), (3, ("2", "3"))]


def test_a_quotation_mark_left_open_costs_its_own_row_alone(tmp_path: Path) -> None:
    source, rows = read(tmp_path, b'id,note\n1,a\n2,"open\n3,b\n4,c\n')
    assert [line for line, __ in rows] == [2, 4, 5]
    assert [(each.line, each.value) for each in source.notes.rejections] == [(3, '2,"open')]
    assert "opened and not closed" in source.notes.rejections[0].problem


def test_rows_with_too_many_or_too_few_fields_are_set_aside_with_their_line(tmp_path: Path) -> None:
    source, rows = read(tmp_path, b'id,a,b\n1,2,3\n4,5\n6,7,8,9\n10,"x\ny",12\n13,"a,b"\n14,15,16\n')
    assert [line for line, __ in rows] == [2, 5, 8]
    assert [(each.line, each.value) for each in source.notes.rejections] == [
        (3, "4,5"),
        (4, "6,7,8,9"),
        (7, '13,"a,b"'),
    ]
    assert source.notes.rejections[1].problem == "The row has 4 fields; the header has 3."


def test_blank_rows_and_stray_columns_at_the_end_are_no_rows_and_no_columns(tmp_path: Path) -> None:
    content = b"id,a,,\n1,2,,\n,,,\n\n3,4,,note\n5,6\n7,8,,,,\n"
    source, rows = read(tmp_path, content)
    assert [header.name for header in source.headers] == ["id", "a"]
    assert rows == [(2, ("1", "2")), (5, ("3", "4")), (6, ("5", "6")), (7, ("7", "8"))]
    assert source.notes.blank_rows == 2
    assert source.notes.rejections == []


def test_a_few_bytes_that_are_no_text_are_replaced_and_reported(tmp_path: Path) -> None:
    source, rows = read(tmp_path, b"id,note\n1,caf\xe9\n2,\xa0\n3,ok\n")
    assert [row for __, row in rows] == [("1", "caf\ufffd"), ("2", "\ufffd"), ("3", "ok")]
    assert (source.notes.replaced, source.notes.replaced_lines) == (2, [2, 3])


def test_a_table_whose_headers_alone_are_chinese_is_read_in_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "headers.csv"
    path.write_bytes("编号,得分\nC1,30\nC2,40\n".encode("gb18030"))
    assert [each.name for each in DelimitedSource(path).headers] == ["编号", "得分"]


def test_a_gb18030_table_with_a_broken_byte_is_still_gb18030(tmp_path: Path) -> None:
    content = "编号,名称\n".encode("gb18030") + "1,张三丰\n".encode("gb18030") * 50 + b"2,\xff\xff\n"
    source, rows = read(tmp_path, content)
    assert source.notes.encoding == "gb18030"
    assert rows[0][1] == ("1", "张三丰")
    assert source.notes.replaced_lines == [52]


def test_a_table_in_neither_encoding_is_refused_with_the_remedy(tmp_path: Path, raises: Raises) -> None:
    with raises(
        r"t.csv:2: The file is not .*: \d+ characters cannot be read\. Name its encoding .*\[source\]"
    ):
        read(tmp_path, b"id,note\n" + b"1,\xe9t\xe9 \xff\n" * 200)


def test_a_named_encoding_goes_before_what_would_be_detected(tmp_path: Path) -> None:
    from rung.intake import read_mapping

    (tmp_path / "m.toml").write_text('[source]\nencoding = "cp1252"\ndelimiter = ";"')
    (tmp_path / "t.csv").write_bytes("id;note\n1;Crédit, à terme\n".encode("cp1252"))
    source = DelimitedSource(tmp_path / "t.csv", read_mapping(tmp_path / "m.toml"))
    assert rows_of(source) == [(2, ("1", "Crédit, à terme"))]


@pytest.mark.parametrize("name", ["klingon", "hex"])
def test_an_encoding_that_is_none_is_refused_where_it_is_named(
    tmp_path: Path, raises: Raises, name: str
) -> None:
    from rung.intake import read_mapping

    (tmp_path / "m.toml").write_text(f'[source]\nencoding = "{name}"')
    (tmp_path / "t.csv").write_text("id\n1\n")
    with raises(rf"m.toml:2 \[source.encoding\]: “{name}” is no encoding"):
        DelimitedSource(tmp_path / "t.csv", read_mapping(tmp_path / "m.toml"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\n \n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\x00\x01\x02,\x00", "holds no text"),
        (b'"id,note\n1,2\n', "headers cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, raises: Raises, content: bytes, message: str
) -> None:
    with raises(message):
        read(tmp_path, content)


FIELD = st.text(st.sampled_from('ab,;"\n 中é\u3000\x1f'), max_size=6)


@given(
    rows=st.lists(st.lists(FIELD, min_size=3, max_size=3), min_size=1, max_size=12),
    size=st.integers(1, 40),
    ends=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(deadline=None)
@example(rows=[["a", "\n\n\n", '"']], size=1, ends="\n", quoting=csv.QUOTE_MINIMAL)
def test_what_a_program_writes_is_read_back_whatever_the_size_of_the_pieces(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], size: int, ends: str, quoting: Any
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator=ends, quoting=quoting)
    writer.writerows([["x", "y", "z"], *rows])
    file = tmp_path_factory.mktemp("t") / "t.csv"
    file.write_bytes(written.getvalue().encode())
    usual = encoding.CHUNK
    source = DelimitedSource(file)
    try:
        encoding.CHUNK = size  # type: ignore[misc]
        found = [row for __, row in rows_of(source)]
    finally:
        encoding.CHUNK = usual  # type: ignore[misc]

    def kept(value: str) -> str | None:
        one_line = value.replace("\r\n", "\n").replace("\r", " ").replace("\n", " ").replace("\x1f", " ")
        return one_line or None

    assert found == [tuple(map(kept, row)) for row in rows if any(row)]


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    from rung.errors import RungError

    file = tmp_path_factory.mktemp("t") / "t.csv"
    file.write_bytes(content)
    try:
        rows_of(DelimitedSource(file))
    except RungError as error:
        assert str(error)


def test_utf8_split_between_two_pieces_is_still_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_text("编号\n张三\n" * 30, encoding="utf-8")
    monkeypatch.setattr(encoding, "CHUNK", 7)
    assert detect_encoding(tmp_path / "t.csv") == "utf-8"


def test_lines_are_counted_from_the_first_of_the_file_through_every_piece() -> None:
    splitter = Splitter(",", 2, 2)
    first = splitter.split("a,b\n1,2\n3,", 1, 2, is_last=False)
    assert (first.lines.to_list(), first.next_line, first.left) == ([2], 3, "3,")
    second = splitter.split(first.left + '4\n5,"x\n', first.next_line, 2, is_last=False)
    assert (second.lines.to_list(), second.next_line) == ([3], 4)
    third = splitter.split(second.left + 'y"\n6,7', second.next_line, 2, is_last=True)
    assert (third.lines.to_list(), third.texts([0, 1]).rows()) == ([4, 6], [("5", "x y"), ("6", "7")])
