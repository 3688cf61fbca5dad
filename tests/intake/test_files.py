"""Parquet files and workbooks are read like any table; what cannot be read is refused in one clear line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

Raises = Callable[[str], Any]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("客户")
        for column, name in enumerate(["ID", "资产(万元)", "开户日期", "是否上市", "毛利率", "dpd", "stray"]):
            if name != "stray":
                sheet.write(1, column, name)
        sheet.write_row(2, 0, [1001, 1.005])
        sheet.write_datetime(2, 2, datetime(2026, 1, 5), day)
        sheet.write_row(2, 3, [True, "12.5%", 30.0, "note"])
        sheet.write_row(4, 0, ["A-2", "1,234.5", "2026年1月5日", "否", 8.25, "many"])
        book.add_worksheet("空")
    return path


def test_a_workbook_is_read_with_its_rows_numbered_as_it_shows_them(desk: Any, workbook: Path) -> None:
    taken = desk.take(workbook)
    assert taken.column("customer_id") == ["1001", "A-2"]
    assert taken.column("assets") == [1_005_000, 1_234_500_000]
    assert taken.column("since") == [date(2026, 1, 5)] * 2
    assert taken.column("is_listed") == [True, False]
    assert taken.column("margin") == [1250, 825]
    assert taken.column("days_late") == [30, None]
    assert taken.rejected() == [(5, "dpd", "many")]
    assert (taken.quality.read.rows, taken.quality.read.sheet) == (2, "客户")


def test_a_sheet_is_chosen_in_the_mapping_file(desk: Any, workbook: Path, raises: Raises) -> None:
    assert desk.take(workbook, mapping='[source]\nsheet = "客户"').quality.customers == 2
    with raises(r"map.toml:2 \[source.sheet\]: .* has no sheet “客户表”\. Did you mean “客户”"):
        desk.take(workbook, mapping='[source]\nsheet = "客户表"')
    with raises(r"t.xlsx: Sheet “空” is empty\. Its sheets: 客户, 空"):
        desk.take(workbook, mapping='[source]\nsheet = "空"')


def test_a_typed_table_is_read_with_its_types(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "ID": ["A", "B", "C", "D"],
            "资产(万元)": [1.5, float("nan"), None, -1.0],
            "dpd": pl.Series([1, 2, 3, None], dtype=pl.Int16),
            "margin": [Decimal("1.005"), None, Decimal("2"), Decimal("3")],
            "rate": pl.Series([1, 2, 3, 4], dtype=pl.UInt64),
            "is_listed": [True, False, None, True],
            "since": [datetime(2026, 1, 5, 12), None, None, None],
            "standing": pl.Series(["good", "优", "??", None], dtype=pl.Categorical),
        }
    ).write_parquet(path)
    taken = desk.take(path)
    assert taken.frame.rows() == [
        ("A", None, 1_500_000, 1, 101, 10_000, True, date(2026, 1, 5), "good"),
        ("B", None, None, 2, None, 20_000, False, None, "good"),
        ("C", None, None, 3, 200, 30_000, None, None, None),
        ("D", None, None, None, 300, 40_000, True, None, None),
    ]
    columns = {each.id: (each.present, each.missing, each.unread) for each in taken.quality.columns}
    assert columns["assets"] == (1, 2, 1)  # not a number is missing; below zero is unreadable
    assert columns["standing"] == (2, 1, 1)
    assert taken.rejected() == [(4, "资产(万元)", "-1.0"), (3, "standing", "??")]


def test_a_typed_table_may_hold_numbers_and_dates_as_texts(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {"ID": ["A", "B"], "assets": ["1,234.5", "x"], "since": ["2026年1月5日", "46027"], "dpd": ["1", "-"]}
    ).write_parquet(path)
    taken = desk.take(path)
    assert taken.frame.drop("customer_name").rows() == [
        ("A", 123450, 1, date(2026, 1, 5)),
        ("B", None, None, date(2026, 1, 5)),
    ]
    assert taken.rejected() == [(2, "assets", "x")]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_a_missing_file_is_refused(desk: Any, raises: Raises, tmp_path: Path, suffix: str) -> None:
    with raises(rf"none.{suffix}: The file cannot be read: No such file"):
        desk.take(tmp_path / f"none.{suffix}")


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_an_empty_file_is_refused(desk: Any, raises: Raises, suffix: str) -> None:
    with raises(rf"t.{suffix}: The file is empty"):
        desk.take(desk.write(f"t.{suffix}", ""))


def test_a_folder_is_refused(desk: Any, raises: Raises, tmp_path: Path) -> None:
    with raises("This is a folder, not a table"):
        desk.take(tmp_path)


def test_a_file_of_another_kind_is_refused(desk: Any, raises: Raises) -> None:
    with raises("Tables ending in “.pdf” are not read"):
        desk.take(desk.write("t.pdf", "x"))


def test_headers_alone_are_refused(desk: Any, raises: Raises, tmp_path: Path) -> None:
    with raises("headers and no rows"):
        desk.take("customer_id,assets\n")
    pl.DataFrame(schema={"customer_id": pl.String}).write_parquet(tmp_path / "t.parquet")
    with raises("headers and no rows"):
        desk.take(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.xlsx", b"garbage" * 100, "no workbook that can be read"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "protected by a password"),
        ("t.parquet", b"PAR1 garbage PAR1", "no Parquet file"),
        ("t.parquet", b"PAR1" + b"\x00" * 100, "no Parquet file"),
    ],
)
def test_a_damaged_file_is_refused(
    desk: Any, raises: Raises, name: str, content: bytes, message: str
) -> None:
    with raises(message):
        desk.take(desk.write(name, content))


def test_a_parquet_file_cut_short_is_refused(desk: Any, raises: Raises, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"customer_id": ["A"] * 1000}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    with raises("no Parquet file that can be read"):
        desk.take(path)


def test_a_table_none_of_whose_rows_fits_is_refused_with_the_first(desk: Any, raises: Raises) -> None:
    with raises(r"customers.csv:2: No row fits the header: The row has 3 fields; the header has 2\."):
        desk.take("customer_id,assets\n1,2,3\n4,5,6\n")


@pytest.mark.parametrize("typed", [False, True])
def test_a_column_of_another_kind_is_refused_and_a_few_bad_values_are_not(
    desk: Any, raises: Raises, tmp_path: Path, typed: bool
) -> None:
    def table(rows: int) -> Any:
        frame = pl.DataFrame({"customer_id": [str(n) for n in range(rows)], "assets": ["rich"] * rows})
        if not typed:
            return frame.write_csv()
        frame.write_parquet(tmp_path / "t.parquet")
        return tmp_path / "t.parquet"

    assert desk.take(table(9)).column("assets") == [None] * 9
    with raises("Column “assets” holds nothing that can be read as money"):
        desk.take(table(10))


def test_an_event_file_for_a_table_nobody_knows_is_refused(desk: Any, raises: Raises) -> None:
    with raises("There is no event table “visits”.*orders"):
        desk.take("customer_id\nA\n", events={"visits": "customer_id,date\n"})


def test_every_file_that_cannot_be_read_is_named_at_once(desk: Any, tmp_path: Path) -> None:
    with pytest.raises(Exception) as caught:
        desk.take(tmp_path / "a.csv", events={"orders": tmp_path / "b.csv"})
    assert len(caught.value.problems) == 2  # type: ignore[attr-defined]


def test_a_full_disk_is_told_with_the_remedy(
    desk: Any, raises: Raises, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_ipc", full)
    with raises("The disk is full.*Free some space"):
        desk.take("customer_id\nA\n")
