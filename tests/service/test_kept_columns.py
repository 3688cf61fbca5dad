"""A million promises are judged as each is one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.policy.service import Contact, Phase, Review
from rung.service import Calendar, Clock, Roll
from rung.service.kept import Act, ContactRhythm, Kept, ReviewRhythm, Rhythm, instances
from rung.service.kept.columns import ACTS, counted, spans_of
from rung.service.kept.forecasting import falls_due, walked
from rung.service.kept.instances import Period

FIRST = date(2026, 1, 1)
DAYS = st.dates(FIRST, date(2026, 2, 20))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 20)).map(lambda at: at.replace(tzinfo=UTC))
SPANS = st.builds(lambda n, unit: f"{n}{unit}", st.integers(2, 20), st.sampled_from(["d", "w"])) | (
    st.sampled_from(["1mo", "2mo", "90h", "130h", "1d", "3d", "7d"])
)
CALENDARS = st.builds(
    Calendar,
    country=st.sampled_from(["CN", "none"]),
    off=st.frozensets(DAYS, max_size=2),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "UTC"]).map(ZoneInfo),
    roll=st.sampled_from(Roll),
)
ATTEMPTS = st.lists(st.builds(Act, at=MOMENTS, reached=st.booleans(), next_on=st.none() | DAYS), max_size=6)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    calendar = draw(CALENDARS)
    if draw(st.integers(0, 4)) == 0:
        return ReviewRhythm(Review.model_validate({"every": draw(SPANS)}), calendar)
    said: dict[str, object] = {}
    if draw(st.booleans()):
        phases = [{"every": draw(SPANS), "lasts": draw(SPANS)}, {"every": draw(SPANS)}]
        said["phases"] = [Phase.model_validate(each) for each in phases]
    elif draw(st.booleans()):
        said["every"] = draw(SPANS)
    for name in ("no_later_than", "no_sooner_than"):
        if draw(st.booleans()):
            said[name] = draw(SPANS)
    return ContactRhythm(Contact.model_validate(said), calendar)


CUSTOMERS = st.lists(st.tuples(DAYS, ATTEMPTS, st.none() | MOMENTS), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(rhythms(), CUSTOMERS, DAYS, st.integers(0, 90), MOMENTS)
def test_promises_of_a_frame_are_judged_as_they_are_one_by_one(
    rhythm: Rhythm,
    customers: list[tuple[date, list[Act], datetime | None]],
    first: date,
    length: int,
    now: datetime,
) -> None:
    until = min(first + timedelta(days=length), rhythm.calendar.day_of(now))
    period = Period(first, until, now)
    wanted: Counter[tuple[int, date, Kept]] = Counter()
    acts: list[tuple[object, ...]] = []
    stops: list[datetime | None] = []
    for row, (since, done, stopped) in enumerate(customers):
        known = sorted((each for each in done if each.at <= now), key=lambda each: each.at)
        ended = None if stopped is None or stopped > now else stopped
        known = [each for each in known if ended is None or each.at <= ended]
        stops.append(ended)
        for each in instances(rhythm, since, known, period, ended):
            wanted[row, each.due, each.state] += 1
        acts += [(row, a.at, place, a.reached, a.next_on, 0) for place, a in enumerate(known)]
    height = len(customers)
    found = counted(
        rhythm,
        spans_of(height, pl.DataFrame(acts, schema=ACTS, orient="row")),
        pl.Series([each[0] for each in customers], dtype=pl.Date),
        pl.int_range(height, dtype=pl.UInt32, eager=True),
        period,
        pl.Series(stops, dtype=pl.Datetime("us", "UTC")),
    )
    states = tuple(Kept)
    told: Counter[tuple[int, date, Kept]] = Counter()
    for group, _maker, due, state, n in found.iter_rows():
        told[group, due, states[state]] += n
    assert told == wanted


@settings(max_examples=60, deadline=None)
@given(
    rhythms(), st.lists(st.tuples(DAYS, st.none() | MOMENTS, st.none() | DAYS), min_size=1, max_size=4), DAYS
)
def test_what_falls_due_in_weeks_to_come_is_what_falls_due_for_each(
    rhythm: Rhythm, customers: list[tuple[date, datetime | None, date | None]], today: date
) -> None:
    until = today + timedelta(days=20)
    wanted: Counter[tuple[int, date, bool]] = Counter()
    for row, (since, last, next_on) in enumerate(customers):
        for day, is_overdue in falls_due(rhythm, Clock(since, last, next_on), today, until):
            wanted[row, day, is_overdue] += 1
    clocks = pl.DataFrame(
        customers, schema={"since": pl.Date, "last": ACTS["at"], "next_on": pl.Date}, orient="row"
    )
    group = pl.int_range(len(customers), dtype=pl.UInt32, eager=True)
    found = walked(rhythm, clocks, group, today, until)
    assert Counter({(row, day, late): n for row, day, late, n in found.iter_rows()}) == wanted
