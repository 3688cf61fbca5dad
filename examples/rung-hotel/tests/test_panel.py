"""The panel says how a guest stays with us, and shows nothing that whoever looks may not see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rung.sdk import CustomerSeen, Text, Tone

from rung_hotel.command import make
from rung_hotel.panel import FILE_VARIABLE, show


def _guest(**values: Decimal) -> CustomerSeen:
    return CustomerSeen(
        sector="hotel",
        policy="hotel.tiers",
        customer_id="G0000001",
        customer_name="王伟",
        as_of=date(2026, 6, 30),
        model_grade="gold",
        effective_grade="gold",
        values=values,
    )


@pytest.fixture(autouse=True)
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)


def test_of_a_guest_nothing_is_known_of_nothing_is_shown() -> None:
    assert show(_guest()) is None


def test_only_what_may_be_seen_is_shown() -> None:
    shown = show(_guest(nights_12m=Decimal(26)))
    assert shown is not None
    assert [row.value for row in shown.rows] == [Text("26晚", "26 nights")]
    assert shown.chart is None


@pytest.mark.parametrize(("days", "tone"), [(180, Tone.PLAIN), (181, Tone.BAD)])
def test_half_a_year_without_a_stay_is_marked(days: int, tone: Tone) -> None:
    shown = show(_guest(days_since_stay=Decimal(days)))
    assert shown is not None
    assert shown.rows[0].tone is tone


def test_nights_are_shown_by_the_month_they_ended_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pms.sqlite"
    make(file, 1, 1)
    with closing(sqlite3.connect(file)) as base:
        base.execute("DELETE FROM stays")
        base.executemany(
            "INSERT INTO stays VALUES ('G0000001', '江滨店', ?, ?, 100, 'app', 5)",
            [("2026-06-30", 3), ("2026-06-01", 1), ("2025-07-01", 2), ("2025-06-30", 9), ("2026-07-01", 9)],
        )
        base.commit()
    monkeypatch.setenv(FILE_VARIABLE, str(file))
    shown = show(_guest())
    assert shown is not None
    assert shown.chart is not None
    assert len(shown.chart.points) == 12
    assert [point for point in shown.chart.points if point[1]] == [("2025-07", 2.0), ("2026-06", 4.0)]
