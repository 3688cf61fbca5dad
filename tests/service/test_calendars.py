"""Which days are worked, by the holidays of a country and by what the workspace says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rung.errors import Place, RungError
from rung.service import Calendar, Roll, read_calendar
from rung.workspace.config import CalendarConfig

SHANGHAI = ZoneInfo("Asia/Shanghai")


def place(key: str) -> Place:
    return Place("rung.toml", key=f"calendar.{key}")


def calendar(**said: object) -> Calendar:
    return read_calendar(CalendarConfig.model_validate(said), place)


def test_a_saturday_made_up_for_a_holiday_is_worked_in_china() -> None:
    # 2026-02-14, a Saturday, is worked for 2026-02-20, a Friday of the Spring Festival.
    assert Calendar().is_working(date(2026, 2, 14))
    assert not Calendar().is_working(date(2026, 2, 20))


def test_an_ordinary_weekend_and_a_holiday_are_off() -> None:
    assert not Calendar().is_working(date(2026, 3, 7))
    assert not Calendar().is_working(date(2026, 10, 1))
    assert Calendar().is_working(date(2026, 3, 9))


def test_what_the_workspace_says_of_a_day_goes_before_the_holidays() -> None:
    own = calendar(off=[date(2026, 3, 9)], on=[date(2026, 10, 1)])
    assert not own.is_working(date(2026, 3, 9))
    assert own.is_working(date(2026, 10, 1))


def test_the_weekend_may_be_one_day() -> None:
    own = calendar(weekend=["sun"])
    assert own.is_working(date(2026, 3, 7))
    assert not own.is_working(date(2026, 3, 8))


def test_without_a_country_only_the_weekend_is_off() -> None:
    assert calendar(country="none").is_working(date(2026, 10, 1))
    assert not calendar(country="none").is_working(date(2026, 10, 3))


@pytest.mark.parametrize(
    ("roll", "expected"),
    [("before", date(2026, 9, 30)), ("after", date(2026, 10, 8)), ("none", date(2026, 10, 3))],
)
def test_a_day_off_goes_where_the_workspace_says(roll: str, expected: date) -> None:
    assert calendar(roll=roll).rolled(date(2026, 10, 3), date(2026, 1, 1)) == expected


def test_a_day_off_goes_to_the_day_after_where_the_one_before_is_too_early() -> None:
    assert Calendar().rolled(date(2026, 3, 7), date(2026, 3, 7)) == date(2026, 3, 9)


def test_a_moment_falls_on_the_day_of_the_time_zone() -> None:
    moment = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert Calendar(zone=SHANGHAI).day_of(moment) == date(2026, 3, 2)
    assert Calendar(zone=ZoneInfo("UTC")).day_of(moment) == date(2026, 3, 1)


def test_years_whose_make_up_workdays_are_not_announced_are_told() -> None:
    assert Calendar().unannounced([2025, 2026, 2045, 2045]) == (2045,)
    assert Calendar(country="DE").unannounced([2045]) == ()
    assert Calendar(country="none").unannounced([2045]) == ()


def test_an_unannounced_year_still_has_the_holidays_of_the_law() -> None:
    assert not Calendar().is_working(date(2045, 10, 2))
    assert not any(Calendar().is_working(date(2045, 10, day)) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"country": "XX"}, "No holidays of a country “XX” are known."),
        ({"country": "CN", "subdivision": "ZZ"}, "“CN” has no subdivision “ZZ” with holidays of its own."),
        ({"timezone": "Asia/Shanghay"}, "There is no time zone “Asia/Shanghay”."),
        ({"off": [date(2026, 5, 4)], "on": [date(2026, 5, 4)]}, "2026-05-04 is both off and on."),
        (
            {"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
            "A week without a working day is none.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(said: dict[str, object], words: str) -> None:
    with pytest.raises(RungError) as caught:
        calendar(**said)
    (problem,) = caught.value.problems
    assert problem.message == words
    assert problem.place is not None
    assert str(problem.place.key).startswith("calendar.")


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(RungError) as caught:
        calendar(country="XX", timezone="Nowhere/Here")
    assert len(caught.value.problems) == 2


def test_the_roll_is_before_unless_said() -> None:
    assert calendar().roll is Roll.BEFORE
