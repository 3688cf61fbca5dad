"""A list of customers' ids is read from one column, headed or not, of whatever table it comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from rung.errors import RungError
from rung.intake.id_column import read_ids
from rung.text import Text
from rung.vocabulary import Field, Kind

KEY = Field(id="customer_id", title=Text("客户编号", "Customer id"), kind=Kind.TEXT, aliases=("客户号",))


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("plain.txt", "C2\nC5\n", ("C2", "C5")),
        ("headed.txt", "customer_id\nC2\n\n C5 \nC2\n", ("C2", "C5")),
        ("one.csv", "00123\n00456\n", ("00123", "00456")),
        ("several.csv", "name,客户号\n甲,C2\n乙,C5\n丙,\n", ("C2", "C5")),
        ("table.tsv", "Customer ID\tx\nC2\t1\n", ("C2",)),
        ("lines.jsonl", '{"customer_id": "C2", "x": 1}\n{"customer_id": "C5"}\n', ("C2", "C5")),
    ],
)
def test_ids_are_read_in_their_order_each_once(
    tmp_path: Path, name: str, content: str, ids: tuple[str, ...]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_ids(tmp_path / name, KEY) == ids


def test_ids_are_read_in_the_encoding_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "ids.csv").write_bytes("客户号,名称\n甲一,某某公司\n甲二,某某商店\n".encode("gb18030"))
    assert read_ids(tmp_path / "ids.csv", KEY) == ("甲一", "甲二")


def test_ids_are_read_from_a_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ids.xlsx") as book:
        sheet = book.add_worksheet()
        for row, values in enumerate((("x", "客户编号"), (1, "C2"), (2, "C5"))):
            sheet.write_row(row, 0, values)
    assert read_ids(tmp_path / "ids.xlsx", KEY) == ("C2", "C5")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a,b\n1,2\n", "None of its columns is headed as the customers' ids: a, b."),
        ("customer_id\n\n", "The file lists no customer."),
        ("", "The file is empty."),
    ],
)
def test_a_file_without_ids_is_refused(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "ids.csv").write_text(content, encoding="utf-8")
    with pytest.raises(RungError, match=told):
        read_ids(tmp_path / "ids.csv", KEY)
