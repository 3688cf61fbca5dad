"""The small Arrow reader gives what Polars gives, at once, and refuses what is damaged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.errors import RungError
from rung.runs.arrow import ArrowFile

GRADES = ["A", "B", "C"]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
COLUMNS: dict[pl.DataType, st.SearchStrategy[Any]] = {
    pl.Int8(): st.integers(-(2**7), 2**7 - 1),
    pl.Int16(): st.integers(-(2**15), 2**15 - 1),
    pl.Int32(): st.integers(-(2**31), 2**31 - 1),
    pl.Int64(): st.integers(-(2**63), 2**63 - 1),
    pl.UInt8(): st.integers(0, 2**8 - 1),
    pl.UInt16(): st.integers(0, 2**16 - 1),
    pl.UInt32(): st.integers(0, 2**32 - 1),
    pl.UInt64(): st.integers(0, 2**64 - 1),
    pl.Float64(): st.floats(allow_nan=False),
    pl.Boolean(): st.booleans(),
    pl.String(): WORDS,
    pl.Date(): st.dates(),
    pl.Decimal(38, 6): st.decimals(-(10**20), 10**20, places=6),
    pl.Enum(GRADES): st.sampled_from(GRADES),
    pl.Categorical(): WORDS,
}


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(st.integers(0, 40))
    types = draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=6))
    return pl.DataFrame(
        {
            f"c{n}": pl.Series(
                draw(st.lists(st.none() | COLUMNS[kind], min_size=rows, max_size=rows)), dtype=kind
            )
            for n, kind in enumerate(types)
        }
    )


def write(frame: pl.DataFrame, path: Path, batch: int = 1_000_000) -> Path:
    frame.lazy().sink_ipc(path, compression="uncompressed", record_batch_size=batch)
    return path


def customers(rows: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "customer_id": [f"C{n:04d}" for n in range(rows)],
            "customer_name": [f"北京市海淀区第{n}贸易有限公司" for n in range(rows)],
            "grade": [GRADES[n % 3] for n in range(rows)],
        },
        schema={"customer_id": pl.String, "customer_name": pl.String, "grade": pl.Enum(GRADES)},
    )


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frame=frames(), batch=st.integers(1, 50), start=st.integers(0, 45), count=st.integers(0, 45))
def test_a_page_is_what_polars_reads(
    tmp_path: Path, frame: pl.DataFrame, batch: int, start: int, count: int
) -> None:
    with ArrowFile.open(write(frame, tmp_path / "f.arrow", batch)) as file:
        assert file.num_rows == frame.height
        assert file.page(file.column_names, start, count) == frame.slice(start, count).to_dict(
            as_series=False
        )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frame=frames().filter(lambda frame: frame.height > 0), batch=st.integers(1, 50), data=st.data())
def test_a_row_is_the_row_polars_reads(
    tmp_path: Path, frame: pl.DataFrame, batch: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, frame.height - 1))
    with ArrowFile.open(write(frame, tmp_path / "f.arrow", batch)) as file:
        assert file.row(number) == frame.row(number, named=True)


@pytest.mark.parametrize("level", ["oldest", "newest"])
def test_older_string_layouts_are_read_too(tmp_path: Path, level: Any) -> None:
    frame = pl.DataFrame({"name": ["甲", None, "", "a name longer than twelve bytes"], "n": [1, 2, None, 4]})
    frame.write_ipc(tmp_path / "f.arrow", compat_level=_level(level))
    with ArrowFile.open(tmp_path / "f.arrow") as file:
        assert file.page(["name"], 1, 3) == {"name": [None, "", "a name longer than twelve bytes"]}
        assert file.find("name", "a name longer than twelve bytes") == 3


def _level(name: str) -> pl.CompatLevel:
    return pl.CompatLevel.oldest() if name == "oldest" else pl.CompatLevel.newest()


def test_days_and_decimals_come_as_python_values(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"day": [date(2026, 2, 28), None], "sum": [Decimal("-12.50"), None], "none": [None, None]}
    )
    with ArrowFile.open(write(frame, tmp_path / "f.arrow")) as file:
        assert file.page(["day", "sum", "none"], 0, 2) == {
            "day": [date(2026, 2, 28), None],
            "sum": [Decimal("-12.50"), None],
            "none": [None, None],
        }


def test_a_page_beyond_the_end_is_short_or_empty(tmp_path: Path) -> None:
    with ArrowFile.open(write(customers(10), tmp_path / "f.arrow", 4)) as file:
        assert file.page(["customer_id"], 8, 100) == {"customer_id": ["C0008", "C0009"]}
        assert file.page(["customer_id"], 10, 5) == {"customer_id": []}
        assert file.page(["customer_id"], 2, -1) == {"customer_id": []}


def test_rows_and_columns_that_are_not_there_are_refused_as_python_does(tmp_path: Path) -> None:
    with ArrowFile.open(write(customers(10), tmp_path / "f.arrow")) as file:
        with pytest.raises(IndexError):
            file.row(10)
        with pytest.raises(IndexError):
            file.row(-1)
        with pytest.raises(KeyError, match="shoe_size"):
            file.page(["shoe_size"], 0, 1)


@pytest.mark.parametrize("rows", [0, 1, 7, 1000])
def test_every_customer_is_found_by_id_and_by_name(tmp_path: Path, rows: int) -> None:
    frame = customers(rows)
    with ArrowFile.open(write(frame, tmp_path / "f.arrow", 64)) as file:
        assert [file.find("customer_id", name) for name in frame["customer_id"]] == list(range(rows))
        assert [file.find("customer_name", name) for name in frame["customer_name"]] == list(range(rows))
        assert file.find("customer_id", "C") is None
        assert file.find("customer_name", "北京市海淀区") is None


def test_the_first_of_equal_texts_is_found_and_an_empty_text_is_no_null(tmp_path: Path) -> None:
    frame = pl.DataFrame({"t": [None, "ab", "", "ab", "a text of more than twelve bytes"] * 3})
    with ArrowFile.open(write(frame, tmp_path / "f.arrow")) as file:
        assert file.find("t", "ab") == 1
        assert file.find("t", "") == 2
        assert file.find("t", "a text of more than twelve bytes") == 4


def test_a_text_inside_many_others_is_not_taken_for_one_of_them(tmp_path: Path) -> None:
    names = [f"customer number 1{n:03d}" for n in range(50)] + ["customer number 1"]
    with ArrowFile.open(write(pl.DataFrame({"t": names}), tmp_path / "f.arrow")) as file:
        assert file.find("t", "customer number 1") == 50
        assert file.find("t", "customer number 10") is None


def test_a_column_that_holds_no_text_cannot_be_searched(tmp_path: Path) -> None:
    with ArrowFile.open(write(customers(3), tmp_path / "f.arrow")) as file, pytest.raises(KeyError):
        file.find("grade", "A")


def test_a_file_cut_anywhere_is_refused_in_one_line(tmp_path: Path) -> None:
    whole = write(customers(50), tmp_path / "f.arrow", 20).read_bytes()
    cut = tmp_path / "cut.arrow"
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        with pytest.raises(RungError) as caught:
            ArrowFile.open(cut)
        assert len(str(caught.value).splitlines()) == 1


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), byte=st.integers(1, 255))
def test_a_changed_byte_gives_values_or_a_refusal_but_never_a_crash(
    tmp_path: Path, place: int, byte: int
) -> None:
    path = tmp_path / "f.arrow"
    if not path.exists():
        write(customers(30).with_columns(d=pl.lit(date(2026, 1, 1)), n=pl.lit(None, pl.Int64)), path, 10)
    raw = bytearray(path.read_bytes())
    raw[place % len(raw)] ^= byte
    damaged = tmp_path / "damaged.arrow"
    damaged.write_bytes(raw)
    try:
        with ArrowFile.open(damaged) as file:
            file.page(file.column_names, 0, 1000)
            file.page(file.column_names, 0, 30)
            for column in file.schema:
                if column.is_string:
                    file.find(column.name, "北京市海淀区第7贸易有限公司")
    except RungError as error:
        assert "damaged.arrow" in str(error)


def test_a_compressed_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    customers(500).write_ipc(tmp_path / "f.arrow", compression="zstd")
    with pytest.raises(RungError, match="it is compressed"):
        ArrowFile.open(tmp_path / "f.arrow")


def test_a_type_rung_never_writes_is_refused_by_name(tmp_path: Path) -> None:
    write(pl.DataFrame({"lists": [[1], [2]]}), tmp_path / "f.arrow")
    with pytest.raises(RungError, match="lists"):
        ArrowFile.open(tmp_path / "f.arrow")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"customer_id,grade\n1,A\n" * 10])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.arrow").write_bytes(content)
    with pytest.raises(RungError, match=r"f\.arrow"):
        ArrowFile.open(tmp_path / "f.arrow")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RungError, match=r"nowhere\.arrow"):
        ArrowFile.open(tmp_path / "nowhere.arrow")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(RungError, match="cannot be read"):
        ArrowFile.open(tmp_path)


def test_a_text_whose_row_was_made_null_is_not_found(tmp_path: Path) -> None:
    path = write(pl.DataFrame({"t": ["ab", None, "ab"]}), tmp_path / "f.arrow")
    with ArrowFile.open(path) as file:
        validity = file._arrays(0)["t"].spans[0].start
    raw = bytearray(path.read_bytes())
    raw[validity] = 0b100  # the first row is null now; its bytes are still there
    path.write_bytes(raw)
    with ArrowFile.open(path) as file:
        assert file.page(["t"], 0, 3) == {"t": [None, None, "ab"]}
        assert file.find("t", "ab") == 2


def test_what_was_let_go_is_read_again_as_it_was(tmp_path: Path) -> None:
    frame = customers(1000)
    with ArrowFile.open(write(frame, tmp_path / "f.arrow", 64)) as file:
        before = file.page(file.column_names, 0, 1000)
        file.let_go()
        assert file.page(file.column_names, 0, 1000) == before
