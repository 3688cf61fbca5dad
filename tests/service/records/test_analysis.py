"""Records looked at together: by period and cause, months without any as 0, late ones, who came again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.ledger.service.customer_records import CustomerRecord, RecordChange, after_change
from rung.service.calendars import Calendar
from rung.service.records import WITHDRAWN, Span, analysed, form_of
from rung.text import Text
from rung.vocabulary import Choice, Field, Kind, RecordState, RecordType

GRUMBLE = RecordType(
    id="grumble",
    title=Text("抱怨", "Grumble"),
    fields=(
        Field(
            id="about",
            title=Text("关于", "About"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="tea", title=Text("茶", "Tea")),
                Choice(id="cake", title=Text("糕", "Cake")),
            ),
        ),
    ),
    states=(
        RecordState(id="heard", title=Text("听到", "Heard")),
        RecordState(id="soothed", title=Text("安抚", "Soothed"), is_open=False),
    ),
    deadline="3d",
    cause="about",
)
CALENDAR = Calendar(country="none", weekend=frozenset(), zone=UTC)
TODAY = date(2026, 4, 10)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def one(
    customer: str, opened: date, about: str | None = "tea", closed: date | None = None, state: str = "soothed"
) -> CustomerRecord:
    record = CustomerRecord(
        number=1,
        customer_id=customer,
        type="grumble",
        sector="tea",
        fields={} if about is None else {"about": about},
        state="heard",
        is_open=True,
        due=opened + timedelta(days=3),
        maker="a",
        opened_at=moment(opened),
    )
    if closed is None:
        return record
    due = record.due
    return after_change(record, RecordChange(state=state, is_open=False, due=due, by="a", at=moment(closed)))


MARCH = [
    one("C1", date(2026, 1, 5), closed=date(2026, 1, 8)),  # on its day
    one("C2", date(2026, 1, 31), "cake", closed=date(2026, 2, 4)),  # one day late
    one("C1", date(2026, 3, 1)),  # open, late
    one("C3", date(2026, 3, 31), None, closed=date(2026, 3, 31)),
    one("C1", date(2026, 4, 10), "cake"),  # open, not late yet
    one("C4", date(2026, 3, 3), closed=date(2026, 3, 4), state=WITHDRAWN),
]


def test_months_are_counted_and_a_month_without_any_is_0() -> None:
    found = analysed(MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    told = [(each.id, each.figures.count, each.change, each.is_whole) for each in found.periods]
    assert told == [
        ("2026-01", 2, None, True),
        ("2026-02", 0, -2, True),
        ("2026-03", 2, 2, True),
        ("2026-04", 1, -1, False),
    ]


def test_what_was_taken_back_counts_for_nothing() -> None:
    found = analysed(MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    assert found.figures.count == 5
    assert all(each.customer_id != "C4" for each in found.repeat)


def test_days_open_and_lateness() -> None:
    found = analysed(MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    # 3, 4, 40 until today, 0 and 0 days.
    assert found.figures.mean_days == Decimal("9.4")
    assert (found.figures.open, found.figures.late, found.figures.late_share) == (2, 2, Decimal("40.0"))
    january = found.periods[0].figures
    assert (january.mean_days, january.late, january.late_share) == (Decimal("3.5"), 1, Decimal("50.0"))


def test_causes_come_most_first_and_what_has_none_is_told() -> None:
    found = analysed(MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    told = [(each.cause, str(each.title), each.figures.count, each.share) for each in found.causes]
    assert told == [
        ("tea", "Tea", 2, Decimal("40.0")),
        ("cake", "Cake", 2, Decimal("40.0")),
        (None, "no cause given", 1, Decimal("20.0")),
    ]
    changes = {each.id: {one.cause: one.change for one in each.causes} for each in found.periods}
    assert changes["2026-01"] == {"tea": None, "cake": None, None: None}
    assert changes["2026-03"] == {"tea": 1, "cake": 0, None: 1}


def test_customers_who_came_again_are_named() -> None:
    found = analysed(MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    assert [(each.customer_id, each.count) for each in found.repeat] == [("C1", 3)]
    assert found.repeat_share == Decimal("33.3")


def test_a_range_is_cut_and_compared_with_the_period_before_it() -> None:
    found = analysed(
        MARCH,
        form_of(GRUMBLE),
        "tea",
        CALENDAR,
        TODAY,
        Span.MONTH,
        since=date(2026, 2, 10),
        until=date(2026, 3, 30),
    )
    told = [(each.id, each.first.isoformat(), each.last.isoformat(), each.is_whole) for each in found.periods]
    assert told == [
        ("2026-02", "2026-02-10", "2026-02-28", False),
        ("2026-03", "2026-03-01", "2026-03-30", False),
    ]
    assert [each.change for each in found.periods] == [-2, 1]


@pytest.mark.parametrize(
    ("span", "names"),
    [
        (Span.QUARTER, ["2026-Q1", "2026-Q2"]),
        (Span.WEEK, ["2026-W13", "2026-W14", "2026-W15"]),
    ],
)
def test_quarters_and_weeks(span: Span, names: list[str]) -> None:
    found = analysed(
        MARCH, form_of(GRUMBLE), "tea", CALENDAR, TODAY, span, since=date(2026, 3, 29), until=TODAY
    )
    assert [each.id for each in found.periods] == names


def test_nothing_is_an_analysis_too() -> None:
    found = analysed([], form_of(GRUMBLE), "tea", CALENDAR, TODAY)
    assert [(each.id, each.figures.count) for each in found.periods] == [("2026-04", 0)]
    assert (found.figures.mean_days, found.figures.late_share, found.repeat_share) == (None, None, None)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(tuple(Span)))
def test_a_day_lies_in_its_period(day: date, span: Span) -> None:
    if span is Span.WEEK and day < date(1, 1, 8):
        return
    if span is Span.WEEK and day > date(9999, 12, 24):
        return
    assert span.first(day) <= day <= span.last(day)
    assert span.first(span.last(day)) == span.first(day)
    assert span.called(span.first(day)) == span.called(span.last(day))


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), TODAY), st.sampled_from(("tea", "cake", None))), max_size=30
    ),
    st.sampled_from(tuple(Span)),
)
def test_periods_and_causes_add_up_to_all(found: list[tuple[date, str | None]], span: Span) -> None:
    records = [one(f"C{n}", day, about) for n, (day, about) in enumerate(found)]
    told = analysed(records, form_of(GRUMBLE), "tea", CALENDAR, TODAY, span)
    assert sum(each.figures.count for each in told.periods) == len(records)
    assert sum(each.figures.count for each in told.causes) == len(records)
    for period in told.periods:
        assert sum(each.figures.count for each in period.causes) == period.figures.count
