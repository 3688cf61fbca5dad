"""The property-management file is read whole, in pieces, and never written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from rung.sdk import SourceTables, SourceWanted

from rung_hotel.command import make
from rung_hotel.pms import PMSError, read
from rung_hotel.sector import HOTEL


def _read(file: Path, hotel: str | None = None, day: date = date(2026, 6, 30)) -> SourceTables:
    wanted = SourceWanted(
        sector=HOTEL,
        fields=("guest_id", "guest_name"),
        events={"stays": ("guest_id", "date", "nights", "spend"), "complaints": ("guest_id", "date")},
        as_of=day,
    )
    return read({"file": str(file), "hotel": hotel}, wanted)


def _frame(batches: object) -> pl.DataFrame:
    assert not isinstance(batches, pl.DataFrame)
    return pl.concat(batches)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def pms(tmp_path: Path) -> Path:
    file = tmp_path / "front office.sqlite"
    make(file, 50, 7)
    return file


def test_every_guest_is_read_under_headers_the_sector_knows(pms: Path) -> None:
    customers = _frame(_read(pms).customers)
    known = {name for field in HOTEL.fields for name in field.names()}
    assert customers.height == 50
    assert set(customers.columns) <= known


def test_money_is_handed_over_to_the_fen(pms: Path) -> None:
    with closing(sqlite3.connect(pms)) as base:
        base.execute("DROP TABLE stays")
        base.execute("CREATE TABLE stays (guest_no, hotel, departed_on, nights, folio_fen, channel, rating)")
        for fen in (7, -150, None):
            stay = ("G0000001", "江滨店", "2026-06-29", 1, fen, "app", 5)
            base.execute("INSERT INTO stays VALUES (?, ?, ?, ?, ?, ?, ?)", stay)
        base.commit()
    # A refund keeps its sign, and a folio nobody wrote is missing and not nought.
    assert _frame(_read(pms).events["stays"])["spend"].to_list() == ["0.07", "-1.50", None]


def test_a_day_to_come_is_left_out(pms: Path) -> None:
    dates = _frame(_read(pms, day=date(2025, 12, 31)).events["stays"])["date"]
    assert dates.max() is not None
    assert str(dates.max()) <= "2025-12-31"


def test_one_hotel_is_read_alone(pms: Path) -> None:
    both = _frame(_read(pms).events["stays"]).height
    parts = [_frame(_read(pms, hotel).events["stays"]).height for hotel in ("江滨店", "会展店")]
    assert sum(parts) == both
    assert min(parts) > 0


def test_a_house_without_complaints_still_has_the_headers(pms: Path) -> None:
    with closing(sqlite3.connect(pms)) as base:
        base.execute("DELETE FROM complaints")
        base.commit()
    complaints = _frame(_read(pms).events["complaints"])
    assert complaints.columns == ["guest_id", "date", "subject"]
    assert complaints.height == 0


def test_nothing_is_changed_in_the_file(pms: Path) -> None:
    before = pms.read_bytes()
    tables = _read(pms)
    _frame(tables.customers)
    assert pms.read_bytes() == before


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(PMSError, match="There is no file"):
        _read(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_told_at_once(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, and long enough to be looked at as one " * 20)
    with pytest.raises(PMSError, match="cannot be read"):
        _read(text)
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as base:
        base.execute("CREATE TABLE guests (guest_no TEXT)")
        base.commit()
    with pytest.raises(PMSError, match="no complaints, stays"):
        _read(tmp_path / "other.sqlite")
