"""Time until a day somebody named, counted in days and in calendar months begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.durations import Duration
from rung.sdk import Aggregate, Feature

Make = Callable[..., Feature]
AS_OF = date(2026, 3, 31)


def _customers(*days: str) -> str:
    return "customer_id,since\n" + "".join(f"{n},{day}\n" for n, day in enumerate(days))


def test_days_until_are_negative_once_the_day_is_past(desk: Any, make_feature: Make) -> None:
    feature = make_feature("f", Aggregate.DAYS_UNTIL, column="since", events="customers")
    table = _customers("2026-04-07", "2026-03-31", "2026-03-30", "")
    assert desk.take(table, features=(feature,)).column("f") == [7, 0, -1, None]


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("2026-03-31", 0),
        ("2026-04-01", 1),
        ("2026-04-30", 1),
        ("2026-05-01", 2),
        ("2026-05-31", 2),
        ("2026-06-01", 3),
        ("2026-09-30", 6),
        ("2026-10-01", 7),
        ("2027-02-28", 11),
        ("2027-03-01", 12),
        ("2026-03-01", 0),
        ("2026-02-28", -1),
    ],
)
def test_a_month_begun_is_a_month(desk: Any, make_feature: Make, day: str, months: int) -> None:
    feature = make_feature("f", Aggregate.MONTHS_UNTIL, column="since", events="customers")
    assert desk.take(_customers(day), features=(feature,)).column("f") == [months]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.dates(date(2026, 3, 31), date(2032, 1, 1)))
def test_a_day_is_within_as_many_months_as_are_counted_and_within_no_fewer(
    desk: Any, make_feature: Make, day: date
) -> None:
    feature = make_feature("f", Aggregate.MONTHS_UNTIL, column="since", events="customers")
    (months,) = desk.take(_customers(day.isoformat()), features=(feature,)).column("f")
    latest = Duration.parse(f"{months}mo").after(AS_OF) if months else AS_OF
    assert day <= latest
    if months:
        assert day > (Duration.parse(f"{months - 1}mo").after(AS_OF) if months > 1 else AS_OF)


def test_of_several_events_the_latest_names_the_day(desk: Any, make_feature: Make) -> None:
    orders = "customer_id,date,amount,kind,arena\n0,2026-01-31,1,,a\n0,2026-03-01,1,,a\n0,2026-04-01,1,,a\n"
    feature = make_feature("f", Aggregate.DAYS_UNTIL, column="date")
    taken = desk.take(_customers(""), events={"orders": orders}, features=(feature,))
    assert taken.column("f") == [-30]
