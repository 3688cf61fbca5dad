"""When neglected customers go to the pool."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rung.durations import Duration, Unit
from rung.errors import Place
from rung.policy.service import Release
from rung.service.calendars import read_calendar
from rung.service.release import Limit, release_day, release_days
from rung.workspace.config import CalendarConfig

CALENDAR = read_calendar(CalendarConfig(timezone="Asia/Shanghai"), lambda key: Place(key))
SINCE = date(2026, 1, 5)


def limit(release: Release, last: datetime | None = None, held: datetime | None = None) -> Limit:
    return release_day(release, SINCE, last, held, CALENDAR)


def at(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_customer_nobody_called_goes_after_the_grades_own_limit() -> None:
    assert limit(Release(after="30d")) == Limit(date(2026, 2, 4), date(2026, 2, 4))


def test_the_last_contact_begins_the_limit_anew() -> None:
    assert limit(Release(after="30d"), at(date(2026, 2, 1))).go == date(2026, 3, 3)


def test_who_just_got_a_customer_has_the_whole_limit() -> None:
    assert limit(Release(after="30d"), at(date(2025, 6, 1)), at(date(2026, 2, 1))).go == date(2026, 3, 3)


def test_the_warning_comes_so_long_before() -> None:
    assert limit(Release(after="30d", warn="7d")) == Limit(date(2026, 1, 28), date(2026, 2, 4))


def test_a_shorter_limit_of_a_new_grade_lets_nobody_go_unwarned() -> None:
    long_ago = at(date(2025, 6, 1))
    assert limit(Release(after="30d", warn="7d"), long_ago) == Limit(SINCE, date(2026, 1, 12))
    assert limit(Release(after="30d"), long_ago) == Limit(SINCE, SINCE)


def test_hours_are_elapsed_hours_and_the_day_is_that_of_the_place() -> None:
    # 18:00 UTC on the 4th is two in the morning of the 5th in Shanghai; 72 hours later it is the 8th.
    assert limit(Release(after="72h"), at(date(2026, 3, 4), 18)).go == date(2026, 3, 8)


def test_a_month_from_the_last_of_january_stays_in_february() -> None:
    assert limit(Release(after="1mo"), at(date(2026, 1, 31))).go == date(2026, 2, 28)


spans = st.builds(Duration, st.integers(1, 100), st.sampled_from(list(Unit)))
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
moments = st.none() | st.datetimes(
    datetime(2020, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZoneInfo("UTC"))
)


@given(
    st.builds(Release, after=spans.map(str), warn=st.none() | spans.map(str)),
    st.lists(st.tuples(days, moments, moments), min_size=1, max_size=8),
)
def test_a_column_gives_what_the_rule_gives_row_by_row(
    release: Release, rows: list[tuple[date, datetime | None, datetime | None]]
) -> None:
    kinds = {"since": pl.Date, "last": pl.Datetime("us", "UTC"), "held": pl.Datetime("us", "UTC")}
    found = release_days(release, pl.DataFrame(rows, schema=kinds, orient="row"), CALENDAR)
    assert [Limit(*row) for row in found.rows()] == [release_day(release, *row, CALENDAR) for row in rows]
