"""Works out what is due to the customers of one run: contacts, answers, reviews and what people put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

import polars as pl

from rung.policy.model import Approve, Contact, Handling, Respond, Review
from rung.service.bound import Binding, Standing
from rung.service.calendars import Calendar
from rung.service.due_columns import contact_days, moments_of, respond_days, review_days
from rung.service.due_list import PARTS, WHO, DueKind, DueList, Duty
from rung.service.placing import places_in
from rung.text import Text
from rung.vocabulary import Kind

__all__ = [
    "ARRIVED",
    "CONTACTS",
    "DOCUMENT",
    "HOLDERS",
    "TIMED",
    "Besides",
    "Chosen",
    "due_list",
    "last_moments",
]

DOCUMENT: Final = "document"
"""What arrives that somebody passes before it goes out, as the table of arrivals calls it."""
CONTACTS: Final[dict[str, Any]] = {
    "customer_id": pl.String,
    "at": pl.Datetime("us", "UTC"),
    "next_on": pl.Date,
}
"""The columns needed of last contacts: of each customer the last that reached them."""
ARRIVED: Final[dict[str, Any]] = {
    "customer_id": pl.String,
    "to": pl.String,
    "at": pl.Datetime("us", "UTC"),
    "note": pl.String,
}
"""The columns of what arrived and is not answered yet: ``to`` as in ``Respond.to``, ``note`` its id."""
HOLDERS: Final[dict[str, Any]] = {"customer_id": pl.String, "account": pl.String}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which rows are wanted; what is not given does not matter, what is given holds together."""

    within: int = 0
    """Days from the day looked at: what is due up to then."""
    roles: frozenset[str] | None = None
    """Owed by one of these roles."""
    portfolios: frozenset[str] | None = None
    """Of one of these portfolios; a customer with a holder is the holder's alone."""
    holders: frozenset[str] | None = None
    """Held by one of these accounts, or of one of the portfolios."""
    grades: frozenset[str] | None = None
    kinds: frozenset[DueKind] | None = None
    rows: pl.Series | None = None
    """Places in the run."""
    in_batches: bool = False
    """Only what is worked in one batch, grade after grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """Something due that no rhythm tells: a human input, a record, an alarm."""

    kind: DueKind
    customer_id: str
    code: str
    """The id people know it by."""
    what: Text
    by: str | None
    due: date
    latest: date | None
    at: datetime | None = None


def due_list(
    standing: Standing,
    calendar: Calendar,
    now: datetime,
    chosen: Chosen | None = None,
    *,
    day: date | None = None,
    last_contacts: pl.DataFrame | None = None,
    arrived: pl.DataFrame | None = None,
    holders: pl.DataFrame | None = None,
    besides: Sequence[Besides] = (),
) -> DueList:
    """Return what is due to the customers of a run, as it stands at a moment.

    ``day``: a later day to look from, as if nothing were done until then. Last contacts come from the
    ledger (``CONTACTS``) and from the source, where the sector says what tells them: the later counts.
    ``arrived``: what waits for an answer (``ARRIVED``). ``besides`` about customers who are not in the run
    are kept, without a grade.
    """
    today = day or calendar.day_of(now)
    work = _Due(standing, calendar, today, now, chosen or Chosen(), last_contacts, arrived, holders)
    return work.listed(besides)


def last_moments(
    standing: Standing,
    calendar: Calendar,
    last_contacts: pl.DataFrame | None,
    today: date,
    rows: pl.Series | None = None,
) -> pl.DataFrame:
    """Return ``last`` (Datetime UTC) and ``next_on`` of each customer, in the run's row order.

    ``rows``: the places of those asked about; the others' are left open.
    """
    height = standing.frame.height
    last = pl.Series("last", [None], dtype=CONTACTS["at"]).new_from_index(0, height)
    next_on = pl.Series("next_on", [None], dtype=pl.Date).new_from_index(0, height)
    if last_contacts is not None and last_contacts.height:
        ids = standing.frame["customer_id"]
        places = places_in(ids if rows is None else ids.gather(rows), last_contacts["customer_id"])
        is_there = places.is_not_null()
        told = last_contacts.filter(is_there)
        places = places.filter(is_there)
        places = places if rows is None else rows.gather(places)
        last = last.scatter(places, told["at"].cast(CONTACTS["at"]))
        next_on = next_on.scatter(places, told["next_on"])
    days = _source_days(standing, today)
    if days is not None:
        told_there = pl.select(pl.max_horizontal(last, moments_of(days, calendar))).to_series()
        last = told_there.alias("last")
    return pl.DataFrame([last, next_on])


def _source_days(standing: Standing, today: date) -> pl.Series | None:
    """Return the days of the last contacts by the source; those still to come are no contacts yet."""
    name = standing.compiled.vocabulary.last_contact
    if name is None or name not in standing.measured.collect_schema():
        return None
    quantity = standing.compiled.quantities[name]
    column = pl.col(name)
    if quantity.kind is not Kind.DATE:
        column = pl.lit(standing.as_of) - pl.duration(days=column // quantity.scale)
    days = standing.measured.select(column.cast(pl.Date).alias("day")).collect().to_series()
    return days.set(days > max(today, standing.as_of), None)


@dataclass(frozen=True)
class _Due:
    standing: Standing
    calendar: Calendar
    today: date
    now: datetime
    chosen: Chosen
    last_contacts: pl.DataFrame | None
    arrived: pl.DataFrame | None
    holders: pl.DataFrame | None

    @cached_property
    def until(self) -> date:
        return self.today + timedelta(days=self.chosen.within)

    @cached_property
    def clocks(self) -> pl.DataFrame:
        """What the rhythm of each customer counts from, in the run's row order."""
        rows = None if self.wanted is None else self.wanted.arg_true()
        day = self.calendar.day_of(self.now)
        last = last_moments(self.standing, self.calendar, self.last_contacts, day, rows)
        return last.insert_column(0, self.standing.frame["since"])

    @cached_property
    def who(self) -> pl.DataFrame:
        """The customers of the run: the columns of ``WHO``."""
        frame = self.standing.frame
        codes = frame["grade"].to_physical().cast(pl.Int32).alias("place")
        found = frame.select("customer_id", "customer_name", "grade", "portfolio").with_columns(codes)
        if self.holders is None:
            return found.with_columns(holder=pl.lit(None, pl.String)).select(list(WHO))
        held = self.holders.select("customer_id", holder="account")
        joined = found.join(held, on="customer_id", how="left", maintain_order="left")
        return joined.select(list(WHO))

    @cached_property
    def wanted(self) -> pl.Series | None:
        """Whether each customer is chosen; None where all are."""
        tests = self._tests()
        return self.who.select(pl.all_horizontal(tests)).to_series() if tests else None

    def _tests(self) -> list[pl.Expr]:
        chosen = self.chosen
        tests: list[pl.Expr] = []
        if chosen.grades is not None:
            names = pl.col("grade").cast(pl.String)
            tests.append(names.is_in(sorted(chosen.grades)).fill_null(value=False))
        if chosen.rows is not None:
            rows = chosen.rows.implode()
            tests.append(pl.int_range(pl.len(), dtype=pl.UInt32).is_in(rows))
        if chosen.portfolios is not None or chosen.holders is not None:
            own = pl.col("portfolio").is_in(sorted(chosen.portfolios or ())) & pl.col("holder").is_null()
            held = pl.col("holder").is_in(sorted(chosen.holders or ()))
            tests.append(own.fill_null(value=False) | held.fill_null(value=False))
        return tests

    def listed(self, besides: Sequence[Besides]) -> DueList:
        """Return the list in its order."""
        duties: list[Duty] = []
        parts: list[pl.DataFrame] = [pl.DataFrame(schema=_PART)]
        for binding in self.standing.bindings:
            kind = _KIND.get(type(binding.obligation))
            if kind is None or not self._is_asked(kind, binding.obligation.by):
                continue
            part = self._part(binding)
            if part is not None:
                parts.append(part.with_columns(duty=pl.lit(len(duties), pl.Int32)).select(list(_PART)))
                duties.append(self._duty(kind, binding))
        asked = [each for each in besides if self._is_asked(each.kind, each.by) and each.due <= self.until]
        who = self.who.with_columns(pl.col("grade").cast(pl.String))
        if asked:
            part, strangers = self._besides(asked, len(duties))
            parts.append(part)
            who = pl.concat([who, strangers]) if strangers.height else who
            duties += (Duty(each.kind, self._policy, "", each.code, each.what, each.by) for each in asked)
        found = DueList(self._whole(pl.concat(parts)), who, tuple(duties), self.today, self.until)
        return found.in_batches() if self.chosen.in_batches else found.sorted()

    @property
    def _policy(self) -> str:
        return self.standing.compiled.policy.id

    def _is_asked(self, kind: DueKind, by: str | None) -> bool:
        chosen = self.chosen
        return (chosen.kinds is None or kind in chosen.kinds) and (chosen.roles is None or by in chosen.roles)

    def _duty(self, kind: DueKind, binding: Binding) -> Duty:
        by = binding.obligation.by
        title = None if by is None else self.standing.compiled.policy.roles.get(by)
        what = _what(binding)
        return Duty(kind, self._policy, binding.source, binding.code, what, by, title)

    def _part(self, binding: Binding) -> pl.DataFrame | None:
        """Return the rows of one promise that come due in time: their places and days."""
        rows = binding.rows
        if self.wanted is not None:
            rows = rows.filter(self.wanted.gather(rows))
        match binding.obligation:
            case Contact() as contact:
                days = contact_days(contact, self.clocks[rows], self.calendar)
            case Review() as review:
                looked_at = self.standing.frame["since"].gather(rows).clip(self.standing.as_of, None)
                days = review_days(review, looked_at, self.calendar)
            case Respond(to=to) as promise:
                return self._answers(promise, to, rows)
            case Approve() as promise:
                return self._answers(promise, DOCUMENT, rows)
            case _:
                return None
        told = days.with_columns(row=rows.cast(pl.UInt32), note=pl.lit(None, pl.String))
        return told.filter(pl.col("due") <= self.until)

    def _answers(self, promise: Respond | Approve, to: str, rows: pl.Series) -> pl.DataFrame | None:
        if self.arrived is None:
            return None
        theirs = self.standing.frame.select("customer_id").with_row_index("row")[rows]
        waiting = self.arrived.filter(pl.col("to") == to)
        found = waiting.join(theirs, on="customer_id", how="inner", maintain_order="left")
        days = respond_days(promise, found["at"], self.calendar)
        told = days.with_columns(found["row"].cast(pl.UInt32), found["note"])
        return told.filter(pl.col("due") <= self.until)

    def _besides(self, asked: Sequence[Besides], first: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the rows of what no rhythm tells, and the customers of them who are not in the run."""
        names = ("due", "latest", "at")
        told = pl.DataFrame(
            {
                "customer_id": [each.customer_id for each in asked],
                **{name: [getattr(each, name) for each in asked] for name in names},
                "duty": range(first, first + len(asked)),
            },
            schema={"customer_id": pl.String, **{name: _PART[name] for name in names}, "duty": pl.Int32},
        )
        ids = self.standing.frame.lazy().select("customer_id").with_row_index("row")
        about = ids.filter(pl.col("customer_id").is_in(told["customer_id"].unique().implode())).collect()
        found = told.join(about, on="customer_id", how="left", maintain_order="left")
        height = self.standing.frame.height
        if self.wanted is not None:
            found = found.filter(self.wanted.gather(found["row"]).fill_null(value=False))
        missing = found.filter(pl.col("row").is_null()).select("customer_id").unique(maintain_order=True)
        places = missing.with_row_index("stranger", offset=height)
        found = (
            found.join(places, on="customer_id", how="left", maintain_order="left")
            .with_columns(row=pl.coalesce("row", "stranger"), first=pl.lit(None), note=pl.lit(None))
            .select(pl.col(name).cast(kind) for name, kind in _PART.items())
        )
        strangers = missing.select(
            pl.col(name) if name == "customer_id" else pl.lit(None, kind).alias(name)
            for name, kind in WHO.items()
        )
        return found, strangers

    def _whole(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with how late they are and how they are worked."""
        late = (pl.lit(self.today) - pl.col("latest")).dt.total_days().cast(pl.Int32)
        is_late = pl.when(pl.col("at").is_not_null()).then(pl.col("at") < self._moment).otherwise(late > 0)
        told = frame.with_columns(late_days=late, is_late=is_late.fill_null(value=False))
        return told.hstack(self._handling(frame["row"])).select(list(PARTS))

    @cached_property
    def _moment(self) -> datetime:
        """The moment looked from: now, or the beginning of a later day."""
        is_today = self.today == self.calendar.day_of(self.now)
        return (self.now if is_today else self.calendar.moment_of(self.today)).astimezone(UTC)

    def _handling(self, rows: pl.Series) -> pl.DataFrame:
        """Return whether customers are worked in one batch with others of their grade, and in which turn."""
        # Places past the run's are of customers who are not in it.
        height = max([self.standing.frame.height, *(each + 1 for each in rows.top_k(1).to_list())])
        turn = pl.Series("turn", [None], dtype=pl.Int32).new_from_index(0, height)
        batch = pl.Series("is_batch", [False]).new_from_index(0, height)
        for binding in self.standing.bindings:
            if isinstance(binding.obligation, Handling):
                if binding.obligation.batch:
                    batch = batch.scatter(binding.rows, True)
                if binding.obligation.turn is not None:
                    turn = turn.scatter(binding.rows, binding.obligation.turn)
        return pl.DataFrame([turn.gather(rows), batch.gather(rows).fill_null(value=False)])


_PART: Final = {name: PARTS[name] for name in ("row", "duty", "note", "first", "due", "latest", "at")}
TIMED: Final = (Contact, Review, Respond, Approve)
"""The promises that come due."""
_KIND: Final = {
    Contact: DueKind.CONTACT,
    Review: DueKind.REVIEW,
    Respond: DueKind.RESPOND,
    Approve: DueKind.APPROVE,
}


def _what(binding: Binding) -> Text:
    """Return what a promise asks for, in the policy's words, else by its rhythm."""
    match binding.obligation:
        case Contact(text=text, channel=channel):
            return text or channel or DueKind.CONTACT.words
        case Respond(text=text, title=title):
            return text or title or DueKind.RESPOND.words
        case Approve(documents=documents):
            return documents
        case Review(text=text):
            return text or DueKind.REVIEW.words
    return Text("", "")
