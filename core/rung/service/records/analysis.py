"""Records of one type taken together: how many, of which cause, how long open, how often late, of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from rung.ledger.service.customer_records import CustomerRecord
from rung.service.records.form import Form
from rung.service.records.past import value_in_words
from rung.service.records.spans import Span
from rung.service.records.states import is_withdrawn
from rung.text import MASK, Text

if TYPE_CHECKING:
    from rung.service.calendars import Calendar

__all__ = ["Analysis", "Each", "Figures", "Period", "Repeat", "Span", "analysed"]

_TENTH: Final = Decimal("0.1")
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some records add up to."""

    count: int
    open: int
    """Still open."""
    mean_days: Decimal | None
    """From the day opened to the day closed, for open ones until now; one decimal, None without any."""
    late: int
    """Closed after their day, or open past it."""
    late_share: Decimal | None
    """Of those that have a day, in per cent; None where none has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """The records of one cause, within a period or in all."""

    cause: str | None
    """The choice's id; None where nothing is said of the cause."""
    title: Text
    figures: Figures
    share: Decimal | None
    """Of all of the period, in per cent; None where there are none."""
    change: int | None
    """Against the period before; None in all, and where nothing is known of the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The records opened within one period."""

    id: str
    first: date
    last: date
    is_whole: bool
    """Whether all its days are counted: the first and the last period may be cut."""
    figures: Figures
    change: int | None
    """Against the period before; None where nothing is known of it."""
    causes: tuple[Each, ...]
    """Every cause there is in the analysis, in the same order in each period."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A customer with several records."""

    customer_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Records of one type that were opened from one day to another."""

    type: str
    title: Text
    sector: str
    by: Span
    since: date
    until: date
    cause_title: Text | None
    """What the cause is called; None where the type names none."""
    figures: Figures
    causes: tuple[Each, ...]
    """Most first; in the order of the choices where as many."""
    periods: tuple[Period, ...]
    """Oldest first, those without any record too."""
    repeat: tuple[Repeat, ...]
    """Customers with two or more, most first."""
    repeat_share: Decimal | None
    """Of all customers with any, in per cent."""


@dataclass(frozen=True, slots=True)
class _One:
    """What counts of one record."""

    customer_id: str
    opened: date
    closed: date | None
    due: date | None
    cause: str | None

    def days(self, today: date) -> int:
        return max(0, ((self.closed or today) - self.opened).days)

    def is_late(self, today: date) -> bool:
        return self.due is not None and (self.closed or today) > self.due


def analysed(
    records: Iterable[CustomerRecord],
    form: Form,
    sector: str,
    calendar: Calendar,
    today: date,
    by: Span = Span.MONTH,
    since: date | None = None,
    until: date | None = None,
) -> Analysis:
    """Return what records of one type add up to, by the day they were opened; withdrawn ones do not count.

    ``since``: the first day of the first record's period if left out, ``until``: today. Records from before
    ``since`` tell what the period before the first one was like.
    """
    every = [_one(each, form.type.cause, calendar) for each in records if not is_withdrawn(each)]
    until = today if until is None else until
    first = min((each.opened for each in every), default=until)
    since = by.first(min(first, until)) if since is None else since
    counted = [each for each in every if since <= each.opened <= until]
    causes = _causes(form, counted)
    known = Counter(each.customer_id for each in counted)
    repeat = sorted(
        (Repeat(customer, n) for customer, n in known.items() if n >= _SEVERAL),
        key=lambda each: (-each.count, each.customer_id),
    )
    found = form.field(form.type.cause) if form.type.cause else None
    return Analysis(
        type=form.type.id,
        title=form.type.title,
        sector=sector,
        by=by,
        since=since,
        until=until,
        cause_title=None if found is None else found.title,
        figures=_figures(counted, today),
        causes=tuple(
            Each(
                cause=cause,
                title=_title(form, cause),
                figures=_figures(theirs, today),
                share=_share(len(theirs), len(counted)),
                change=None,
            )
            for cause in causes
            for theirs in [[each for each in counted if each.cause == cause]]
        ),
        periods=tuple(_periods(every, counted, causes, form, by, since, until, today)),
        repeat=tuple(repeat),
        repeat_share=_share(len(repeat), len(known)),
    )


def _one(record: CustomerRecord, cause: str | None, calendar: Calendar) -> _One:
    closed = None
    was_open = True
    for change in record.changes:
        if was_open and not change.is_open:
            closed = calendar.day_of(change.at)
        was_open = change.is_open
    return _One(
        customer_id=record.customer_id,
        opened=calendar.day_of(record.opened_at),
        closed=None if record.is_open else closed,
        due=record.due,
        cause=record.fields.get(cause) if cause else None,
    )


def _causes(form: Form, counted: Sequence[_One]) -> tuple[str | None, ...]:
    """Return the causes of the declaration and of the records, most first."""
    if form.type.cause is None:
        return ()
    field = form.field(form.type.cause)
    listed: list[str | None] = [] if field is None else [each.id for each in field.choices]
    counts = Counter(each.cause for each in counted)
    listed += sorted(each for each in counts if each is not None and each not in listed)
    if None in counts:
        listed.append(None)
    is_masked = MASK in counts
    places = {cause: place for place, cause in enumerate(listed)}
    shown = [cause for cause in listed if counts[cause] or not is_masked]
    return tuple(sorted(shown, key=lambda cause: (-counts[cause], places[cause])))


def _title(form: Form, cause: str | None) -> Text:
    return _UNTOLD if cause is None else value_in_words(form, form.type.cause or "", cause)


_UNTOLD: Final = Text("未填原因", "no cause given")


def _periods(
    every: Sequence[_One],
    counted: Sequence[_One],
    causes: Sequence[str | None],
    form: Form,
    by: Span,
    since: date,
    until: date,
    today: date,
) -> Iterator[Period]:
    within: dict[date, list[_One]] = {}
    for each in counted:
        within.setdefault(by.first(each.opened), []).append(each)
    before = _before(every, by, since)
    for first in by.all(since, until):
        theirs = within.get(first, [])
        last = by.last(first)
        yield Period(
            id=by.called(first),
            first=max(first, since),
            last=min(last, until),
            is_whole=since <= first and last <= until,
            figures=_figures(theirs, today),
            change=None if before is None else len(theirs) - len(before),
            causes=tuple(_within(theirs, before, causes, form, today)),
        )
        before = theirs


def _before(every: Sequence[_One], by: Span, since: date) -> list[_One] | None:
    """Return the records of the period before the first; None where records do not go back so far."""
    first = by.first(since)
    if first == date.min:
        return None
    earlier = first - timedelta(days=1)
    found = [each for each in every if by.first(earlier) <= each.opened <= earlier]
    return found if any(each.opened <= earlier for each in every) else None


def _within(
    theirs: Sequence[_One],
    before: Sequence[_One] | None,
    causes: Sequence[str | None],
    form: Form,
    today: date,
) -> Iterator[Each]:
    was = None if before is None else Counter(each.cause for each in before)
    sorted_out: dict[str | None, list[_One]] = {}
    for each in theirs:
        sorted_out.setdefault(each.cause, []).append(each)
    for cause in causes:
        found = sorted_out.get(cause, [])
        yield Each(
            cause=cause,
            title=_title(form, cause),
            figures=_figures(found, today),
            share=_share(len(found), len(theirs)),
            change=None if was is None else len(found) - was[cause],
        )


def _figures(records: Sequence[_One], today: date) -> Figures:
    days = [each.days(today) for each in records]
    timed = [each for each in records if each.due is not None]
    late = sum(each.is_late(today) for each in timed)
    return Figures(
        count=len(records),
        open=sum(each.closed is None for each in records),
        mean_days=_tenths(sum(days), len(days)),
        late=late,
        late_share=_share(late, len(timed)),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return _tenths(100 * part, whole)


def _tenths(above: int, below: int) -> Decimal | None:
    return (Decimal(above) / below).quantize(_TENTH, ROUND_HALF_UP) if below else None
