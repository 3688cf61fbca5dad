"""When an event happened: every way senders write it, on days when clocks are changed, and in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rung.service.calendars import Calendar
from rung.service.events.moments import moment_given, moment_written

CHINA = Calendar(country="none", zone=ZoneInfo("Asia/Shanghai"))
BERLIN = Calendar(country="none", zone=ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten o'clock in China


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01 14:30", "2026-03-01T06:30:00"),
        ("2026/3/1 9:05", "2026-03-01T01:05:00"),
        ("2026年3月1日 14:30:15", "2026-03-01T06:30:15"),
        ("2026-03-01T14:30+09:00", "2026-03-01T05:30:00"),
        ("2026-03-01T14:30:00.5Z", "2026-03-01T14:30:00.500000"),
        ("2026-03-01T14:30:00 utc", "2026-03-01T14:30:00"),
        # A day alone, and midnight as tables write one, is the end of the day.
        ("2026-03-01", "2026-03-01T15:59:59.999999"),
        ("20260301", "2026-03-01T15:59:59.999999"),
        ("2026-03-01 00:00:00", "2026-03-01T15:59:59.999999"),
        ("2026-03-01T00:00+08:00", "2026-02-28T16:00:00"),
        # Today is now.
        ("2026-03-02", "2026-03-02T02:00:00"),
        # Another machine's clock may be a little ahead.
        ("2026-03-02 10:00:40", "2026-03-02T02:00:00"),
    ],
)
def test_a_moment_is_read_in_the_calendars_time_zone(written: str, expected: str) -> None:
    assert moment_written(written, CHINA, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("written", ["2026-03-02 10:02", "2026-03-03", "2026-03-02T02:02Z", "9999-12-31"])
def test_what_is_still_to_come_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="still to come"):
        moment_written(written, CHINA, NOW)


@pytest.mark.parametrize(
    "written", ["gestern", "03/04/2026", "2026-02-30", "2026-03-01 25:00", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        moment_written(written, CHINA, NOW)


def test_an_hour_the_clocks_go_through_twice_is_the_first() -> None:
    assert moment_written("2025-10-26 02:30", BERLIN, NOW) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_an_hour_the_clocks_leave_out_never_was() -> None:
    with pytest.raises(ValueError, match="never was"):
        moment_written("2025-03-30 02:30", BERLIN, NOW)


def test_the_end_of_a_day_on_which_the_clocks_change_is_its_own() -> None:
    # That day has twenty-five hours: it ends when it is 23:00 in UTC, not 22:00.
    assert moment_given(date(2025, 10, 26), BERLIN, NOW) == datetime(2025, 10, 26, 22, 59, 59, 999999, UTC)
    assert moment_given(date(2025, 10, 25), BERLIN, NOW) == datetime(2025, 10, 25, 21, 59, 59, 999999, UTC)
