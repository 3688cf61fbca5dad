"""Works out what is due to the customers of one run: contacts, answers, reviews and what people put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

import polars as pl

from rung.policy.model import Approve, Contact, Handling, Respond, Review
from rung.policy.service import Release
from rung.service.bound import Binding, Standing, Unfiled
from rung.service.calendars import Calendar
from rung.service.day_columns import MOMENT, greatest, local_days, moments_of
from rung.service.due_columns import contact_days, respond_days, review_days
from rung.service.due_list import PARTS, WHO, DueKind, DueList, Duty
from rung.service.placing import places_in
from rung.service.release import release_days
from rung.text import Text
from rung.vocabulary import Kind

__all__ = [
    "ARRIVED",
    "CONTACTS",
    "DOCUMENT",
    "HOLDERS",
    "LOOKED_AT",
    "TIMED",
    "Besides",
    "Chosen",
    "due_list",
    "last_moments",
    "look_moments",
    "source_days",
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
LOOKED_AT: Final[dict[str, Any]] = {"customer_id": pl.String, "at": MOMENT}
"""The columns needed of looks at grades: of each customer the last review, override or judgement."""
HOLDERS: Final[dict[str, Any]] = {"customer_id": pl.String, "account": pl.String, "since": MOMENT}
"""The columns needed of holders; who has no ``account`` is in the public pool."""


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
    ended: pl.Series | None = None,
    looked_at: pl.DataFrame | None = None,
) -> DueList:
    """Return what is due to the customers of a run, as it stands at a moment.

    ``day``: a later day to look from, as if nothing were done until then. Last contacts come from the
    ledger (``CONTACTS``) and from the source, where the sector says what tells them: the later counts.
    ``arrived``: what waits for an answer (``ARRIVED``). ``besides`` about customers who are not in the run
    are kept, without a grade. ``ended``: places of those whose last contact ended the promise of contact, see
    ``ended_rows``. ``looked_at``: when people last looked at each customer's grade (``LOOKED_AT``).
    """
    today = day or calendar.day_of(now)
    frames = last_contacts, arrived, holders, ended, looked_at
    work = _Due(standing, calendar, today, now, chosen or Chosen(), *frames)
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
    days = source_days(standing, today)
    if days is not None:
        told_there = pl.select(pl.max_horizontal(last, moments_of(days, calendar))).to_series()
        last = told_there.alias("last")
    return pl.DataFrame([last, next_on])


def look_moments(ids: pl.Series, looked_at: pl.DataFrame | None) -> pl.Series:
    """Return when people last looked at the grade of each of some customers (``LOOKED_AT``)."""
    found = pl.Series("looked_at", [None], dtype=MOMENT).new_from_index(0, ids.len())
    if looked_at is None or looked_at.is_empty():
        return found
    places = places_in(ids, looked_at["customer_id"])
    is_there = places.is_not_null()
    return found.scatter(places.filter(is_there), looked_at["at"].filter(is_there).cast(MOMENT))


def source_days(standing: Standing, today: date) -> pl.Series | None:
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
    ended: pl.Series | None
    looked_at: pl.DataFrame | None

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
    def _has_ended(self) -> pl.Series:
        """Whether no contact is owed to each customer any more."""
        nobody = pl.Series([False]).new_from_index(0, self.standing.frame.height)
        return nobody if self.ended is None else nobody.scatter(self.ended, values=True)

    @cached_property
    def _looked(self) -> pl.Series:
        """The day people last looked at each customer's grade, in the run's row order."""
        looked = look_moments(self.standing.frame["customer_id"], self.looked_at)
        return local_days(looked, self.calendar)

    @cached_property
    def who(self) -> pl.DataFrame:
        """The customers of the run: the columns of ``WHO``."""
        frame = self.standing.frame
        codes = frame["grade"].to_physical().cast(pl.Int32).alias("place")
        found = frame.select("customer_id", "customer_name", "grade", "portfolio").with_columns(codes)
        holder = pl.Series("holder", [None], dtype=pl.String).new_from_index(0, found.height)
        if self.holders is None or self.holders.is_empty():
            return found.with_columns(holder).select(list(WHO))
        places, held = self._of_holders
        free = places.filter(held["account"].is_null())
        # Who is in the pool is nobody's, whatever the source says.
        portfolio = found["portfolio"].scatter(free, None)
        return found.with_columns(holder.scatter(places, held["account"]), portfolio).select(list(WHO))

    @cached_property
    def _of_holders(self) -> tuple[pl.Series, pl.DataFrame]:
        """What the ledger tells of whose customers are, and their places in the run."""
        assert self.holders is not None
        places = places_in(self.standing.frame["customer_id"], self.holders["customer_id"])
        is_there = places.is_not_null()
        return places.filter(is_there), self.holders.filter(is_there)

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
        for unfiled in self.standing.unfiled:
            duty = self._to_open(unfiled)
            if self._is_asked(duty.kind, duty.by):
                told = self._unfiled(unfiled).with_columns(duty=pl.lit(len(duties), pl.Int32))
                parts.append(told.select(list(_PART)))
                duties.append(duty)
        asked = [each for each in besides if self._is_asked(each.kind, each.by) and each.due <= self.until]
        who = self.who.with_columns(pl.col("grade").cast(pl.String))
        if asked:
            part, strangers = self._besides(asked, len(duties))
            parts.append(part)
            who = pl.concat([who, strangers]) if strangers.height else who
            duties += (
                Duty(each.kind, self._policy, "", each.code, each.what, each.by, self._role_title(each.by))
                for each in asked
            )
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

    def _to_open(self, unfiled: Unfiled) -> Duty:
        """Return that a record is to be opened, for service waits for it."""
        record = self.standing.compiled.vocabulary.records[unfiled.type]
        what = Text(f"先建立：{record.title.zh}", f"to be opened first: {record.title.en}")
        title = self._role_title(record.by)
        return Duty(DueKind.RECORD, self._policy, unfiled.source, unfiled.type, what, record.by, title)

    def _role_title(self, role: str | None) -> Text | None:
        """Return what a role is called: by the policy, else by the sector."""
        compiled = self.standing.compiled
        return (
            None if role is None else compiled.policy.roles.get(role) or compiled.vocabulary.roles.get(role)
        )

    def _unfiled(self, unfiled: Unfiled) -> pl.DataFrame:
        """Return whose record is to be opened: due since the day the grade began, and never late."""
        rows = unfiled.rows if self.wanted is None else unfiled.rows.filter(self.wanted.gather(unfiled.rows))
        since = self.standing.frame["since"].gather(rows)
        told = pl.DataFrame([rows.alias("row"), since.alias("first"), since.alias("due")])
        nothing = {name: pl.lit(None, _PART[name]) for name in ("note", "latest", "at")}
        return told.with_columns(**nothing).filter(pl.col("due") <= self.until)

    def _part(self, binding: Binding) -> pl.DataFrame | None:
        """Return the rows of one promise that come due in time: their places and days."""
        rows = binding.rows
        if self.wanted is not None:
            rows = rows.filter(self.wanted.gather(rows))
        match binding.obligation:
            case Contact() as contact:
                rows = rows.filter(~self._has_ended.gather(rows)) if self.ended is not None else rows
                days = contact_days(contact, self._clocks(binding, rows), self.calendar)
            case Review() as review:
                began = binding.since(self.standing.frame["since"], rows)
                days = review_days(review, greatest(began, self._looked.gather(rows)), self.calendar)
            case Release() as release:
                return self._releases(release, binding, rows)
            case Respond(to=to) as promise:
                return self._answers(promise, to, rows)
            case Approve() as promise:
                return self._answers(promise, DOCUMENT, rows)
            case _:
                return None
        told = days.with_columns(row=rows.cast(pl.UInt32), note=pl.lit(None, pl.String))
        return told.filter(pl.col("due") <= self.until)

    def _clocks(self, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        """Return what the rhythm of a promise counts from for the customers at ``rows``."""
        if binding.opened is None:
            return self.clocks[rows]
        since = binding.since(self.standing.frame["since"], rows)
        return self.clocks[rows].with_columns(since.alias("since"))

    def _releases(self, release: Release, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        """Return who is to be contacted before they go to the pool: those of somebody, once warned."""
        is_held = pl.col("portfolio").is_not_null() | pl.col("holder").is_not_null()
        rows = rows.filter(self.who[rows].select(is_held).to_series())
        days = release_days(release, self._clocks(binding, rows).hstack([self._held[rows]]), self.calendar)
        last = days["go"] - timedelta(days=1)
        nothing = {name: pl.lit(None, _PART[name]) for name in ("note", "at")}
        told = pl.DataFrame([rows.cast(pl.UInt32).alias("row"), days["warn"].alias("first")])
        told = told.with_columns(last.alias("due"), last.alias("latest"), **nothing)
        return told.filter(pl.col("first") <= self.until)

    @cached_property
    def _held(self) -> pl.Series:
        """Since when whoever holds a customer does, as far as the ledger tells, in the run's row order."""
        since = pl.Series("held", [None], dtype=MOMENT).new_from_index(0, self.standing.frame.height)
        if self.holders is None:
            return since
        places, held = self._of_holders
        return since.scatter(places, held["since"].cast(MOMENT))

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
TIMED: Final = (Contact, Review, Respond, Approve, Release)
"""The promises that come due."""
_KIND: Final = {
    Contact: DueKind.CONTACT,
    Review: DueKind.REVIEW,
    Respond: DueKind.RESPOND,
    Approve: DueKind.APPROVE,
    Release: DueKind.RELEASE,
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
        case Release(text=text):
            return text or Text("不联系就释放到公共池", "goes to the pool unless contacted")
    return Text("", "")
