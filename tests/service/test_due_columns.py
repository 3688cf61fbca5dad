"""A frame of customers comes due as its rows do one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.policy.service import Contact, Respond, Review
from rung.service import Calendar, Clock, DueDays, Roll, contact_due, respond_due, review_due
from rung.service.due_columns import DUE, contact_days, respond_days, review_days

SPANS = st.builds(
    lambda n, unit: f"{n}{unit}", st.integers(1, 40), st.sampled_from(["h", "d", "w", "mo"])
) | st.sampled_from(["1y", "4y", "99999y"])
DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2028, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
CLOCKS = st.builds(Clock, since=DAYS, last=st.none() | MOMENTS, next_on=st.none() | DAYS)
CALENDARS = st.builds(
    Calendar,
    country=st.sampled_from(["CN", "DE", "none"]),
    off=st.frozensets(DAYS, max_size=3),
    on=st.frozensets(DAYS, max_size=3),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]).map(ZoneInfo),
    roll=st.sampled_from(Roll),
)


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    said: dict[str, Any] = {}
    if draw(st.booleans()):
        *before, last = draw(st.lists(SPANS, min_size=2, max_size=3))
        said["phases"] = [{"every": each, "lasts": draw(SPANS)} for each in before] + [{"every": last}]
    elif draw(st.booleans()):
        said["every"] = draw(SPANS)
    for name in ("no_later_than", "no_sooner_than"):
        if draw(st.booleans()):
            said[name] = draw(SPANS)
    return Contact.model_validate(said)


def row(found: DueDays | None) -> tuple[object, ...]:
    if found is None:
        return (None, None, None, None)
    return (found.first, found.due, found.latest, None if found.at is None else found.at.astimezone(UTC))


def rows(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    assert frame.schema == pl.Schema(DUE)
    return [each if each[1] is not None else (None, None, None, None) for each in frame.rows()]


def clocks_frame(clocks: list[Clock]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "since": [each.since for each in clocks],
            "last": [each.last for each in clocks],
            "next_on": [each.next_on for each in clocks],
        },
        schema={"since": pl.Date, "last": pl.Datetime("us", "UTC"), "next_on": pl.Date},
    )


@settings(max_examples=120, deadline=None)
@given(contacts(), st.lists(CLOCKS, min_size=1, max_size=6), CALENDARS)
def test_a_frame_of_contacts_comes_due_as_its_rows_do(
    contact: Contact, clocks: list[Clock], calendar: Calendar
) -> None:
    found = contact_days(contact, clocks_frame(clocks), calendar)
    assert rows(found) == [row(contact_due(contact, each, calendar)) for each in clocks]


@settings(max_examples=40, deadline=None)
@given(SPANS, st.lists(MOMENTS, min_size=1, max_size=6), CALENDARS)
def test_a_frame_of_answers_comes_due_as_its_rows_do(
    within: str, moments: list[datetime], calendar: Calendar
) -> None:
    promise = Respond.model_validate({"to": "complaint", "within": within})
    found = respond_days(promise, pl.Series(moments, dtype=pl.Datetime("us", "UTC")), calendar)
    assert rows(found) == [row(respond_due(promise, each, calendar)) for each in moments]


@settings(max_examples=40, deadline=None)
@given(SPANS, st.lists(DAYS, min_size=1, max_size=6), CALENDARS)
def test_a_frame_of_reviews_comes_due_as_its_rows_do(
    every: str, looked_at: list[date], calendar: Calendar
) -> None:
    review = Review.model_validate({"every": every})
    found = review_days(review, pl.Series(looked_at), calendar)
    assert rows(found) == [row(review_due(review, each, calendar)) for each in looked_at]


def test_no_customers_are_a_frame_without_rows() -> None:
    found = contact_days(Contact.model_validate({"every": "7d"}), clocks_frame([]), Calendar())
    assert found.height == 0


def test_a_zone_without_a_name_counts_days_by_its_distance() -> None:
    from datetime import timezone

    calendar = Calendar(zone=timezone(timedelta(hours=8)), roll=Roll.NONE)
    clock = Clock(date(2026, 1, 1), datetime(2026, 3, 1, 17, tzinfo=UTC))
    found = contact_days(Contact.model_validate({"every": "7d"}), clocks_frame([clock]), calendar)
    assert found["due"].to_list() == [date(2026, 3, 9)]
