"""One row a customer: rows without an id, and rows that repeat one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.intake import Duplicates

Raises = Callable[[str], Any]
TABLE = (
    "customer_id,assets,since\nA,1,2026-01-01\nB,2,2026-01-02\nA,3,2026-03-01\nA,4,2026-02-01\nB,5,\nC,6,\n"
)


def test_ids_that_repeat_are_refused_with_their_number_and_lines(desk: Any, raises: Raises) -> None:
    with raises(
        r"customers.csv:2: 2 customer ids stand in more than one row: "
        r"“A” \(lines 2, 4, 5\), “B” \(lines 3, 6\)"
    ):
        desk.take(TABLE)


@pytest.mark.parametrize(
    ("duplicates", "ids", "assets", "dropped"),
    [
        (Duplicates.FIRST, ["A", "B", "C"], [100, 200, 600], [4, 5, 6]),
        (Duplicates.LAST, ["A", "B", "C"], [400, 500, 600], [2, 3, 4]),
        (Duplicates.NEWEST, ["B", "A", "C"], [200, 300, 600], [2, 5, 6]),
    ],
)
def test_the_first_the_last_or_the_newest_row_counts_on_request(
    desk: Any, duplicates: Duplicates, ids: list[str], assets: list[int], dropped: list[int]
) -> None:
    taken = desk.take(TABLE, duplicates=duplicates, newest_by="since")
    assert (taken.column("customer_id"), taken.column("assets")) == (ids, assets)
    assert [line for line, __, ___ in taken.rejected()] == dropped
    assert (taken.quality.customers, taken.quality.repeated, taken.quality.rejected_rows) == (3, 3, 3)


def test_the_newest_row_is_the_last_of_those_with_the_latest_date(desk: Any) -> None:
    table = "customer_id,assets,since\nA,1,2026-01-01\nA,2,2026-01-01\nA,3,\n"
    assert desk.take(table, duplicates=Duplicates.NEWEST, newest_by="since").column("assets") == [200]


def test_the_date_of_the_newest_row_need_not_be_wanted(desk: Any) -> None:
    taken = desk.take(TABLE, duplicates=Duplicates.NEWEST, newest_by="since", wanted={"assets"})
    assert taken.frame.columns == ["customer_id", "customer_name", "assets"]


@pytest.mark.parametrize("name", [None, "assets", "sinse"])
def test_what_is_no_date_of_the_table_cannot_tell_the_newest_row(
    desk: Any, raises: Raises, name: str | None
) -> None:
    with raises("is no date of the table that could tell the newest row|is no field, feature or measure"):
        desk.take(TABLE, duplicates=Duplicates.NEWEST, newest_by=name)


def test_a_row_without_an_id_is_set_aside(desk: Any) -> None:
    taken = desk.take("customer_id,assets\nA,1\n,2\nNA,3\nB,4\n  ,5\n")
    assert taken.column("customer_id") == ["A", "B"]
    assert taken.rejected() == [(3, "", ""), (4, "", ""), (6, "", "")]
    assert (taken.quality.customers, taken.quality.without_id, taken.quality.read.rows) == (2, 3, 5)


def test_a_table_in_which_no_row_has_an_id_is_refused(desk: Any, raises: Raises) -> None:
    with raises("No row has a customer id"):
        desk.take("customer_id,assets\n,1\n,2\n")


def test_an_id_is_the_same_with_and_without_blanks_around_it(desk: Any, raises: Raises) -> None:
    with raises("“A”"):
        desk.take("customer_id,assets\nA,1\n A ,2\n")


def test_an_id_that_is_a_number_elsewhere_is_the_same_text(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"customer_id": [1001, 1002, None], "assets": [1.0, 2.0, 3.0]}).write_parquet(path)
    taken = desk.take(path)
    assert taken.column("customer_id") == ["1001", "1002"]
    assert taken.quality.without_id == 1
    assert taken.rejected() == [(3, "", "")]


def test_duplicates_of_a_typed_table_are_dropped_the_same_way(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"customer_id": list("ABAAC"), "assets": [1, 2, 3, 4, 5]}).write_parquet(path)
    taken = desk.take(path, duplicates=Duplicates.LAST)
    assert (taken.column("customer_id"), taken.column("assets")) == (["B", "A", "C"], [200, 400, 500])
    assert taken.rejected() == [(1, "", "A"), (3, "", "A")]


def test_padded_ids_of_a_typed_table_lose_their_blanks(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"customer_id": ["A   ", "B   "], "customer_name": ["x", "y"]}).write_parquet(path)
    assert desk.take(path).column("customer_id") == ["A", "B"]


def test_the_order_of_the_table_is_the_order_of_the_customers(desk: Any) -> None:
    ids = [f"C{number * 7919 % 5000:04}" for number in range(5000)]
    assert desk.take("customer_id\n" + "\n".join(ids) + "\n").column("customer_id") == ids
