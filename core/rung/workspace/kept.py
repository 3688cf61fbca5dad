"""Lays a run, the ledger and the calendar together, and counts what was kept of what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from rung.errors import RungError
from rung.ledger.service.filters import AlarmFilter, ArrivedFilter, ContactFilter, RecordFilter, ReviewFilter
from rung.policy.model import Contact, Respond, Review
from rung.service.day_columns import MOMENT, moments_of
from rung.service.due import source_days
from rung.service.due_columns import respond_days
from rung.service.due_list import DueKind
from rung.service.events.unanswered import ANSWERED, tables_asked
from rung.service.kept.columns import ACTS, Spans, counted, spans_of
from rung.service.kept.customers import Groups, groups_of, whose
from rung.service.kept.instances import Kept, Period
from rung.service.kept.once import Once, alarm_duties, answered_at, record_days, state_of
from rung.service.kept.report import COUNTS, KeptReport
from rung.service.kept.rhythms import ContactRhythm, ReviewRhythm, Rhythm
from rung.service.placing import places_in
from rung.service.rhythm import DueDays
from rung.text import _
from rung.workspace.grounds import ledger_to_look_into

if TYPE_CHECKING:
    from rung.ledger import LedgerStore
    from rung.ledger.service.alarms import RaisedAlarm
    from rung.runs.manifest import Manifest
    from rung.service.bound import Binding
    from rung.service.calendars import Calendar
    from rung.workspace.service import Owing
    from rung.workspace.workspace import Workspace

__all__ = ["KeptAsked", "kept"]

_MARGIN: Final = 40
# Days that days off may move what is due by, and more.
_YEAR: Final = 366
_STATES: Final = tuple(Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAsked:
    """Which promises are counted."""

    first: date
    until: date
    """The last day; days to come are left out."""
    policies: tuple[str, ...] = ()
    """Ids; the policy of the latest run where none is named."""
    persons: frozenset[str] | None = None
    """Only customers of these holders or portfolios."""
    grades: frozenset[str] | None = None


def kept(workspace: Workspace, asked: KeptAsked, now: datetime) -> KeptReport:
    """Return what was kept of what was promised; raises RungError for a period to come, or without a run.

    Judged by the grades of the last run as of the period's last day or before, with human input as of now.
    """
    today = workspace.service.calendar.day_of(now)
    if asked.first > asked.until:
        raise RungError.of(_("{first} is after {until}.").format(first=asked.first, until=asked.until))
    if asked.first > today:
        message = _("{day} is still to come: nothing is judged before it is due.")
        raise RungError.of(message.format(day=asked.first), _("What will be due: rung follow forecast"))
    period = Period(asked.first, min(asked.until, today), now)
    manifests = [_in_force(workspace, each, period.until) for each in asked.policies or _latest(workspace)]
    parts: list[pl.DataFrame] = []
    grades: dict[str, None] = {}
    sectors: set[str | None] = set()
    for manifest in manifests:
        with workspace.run(manifest.run_id) as run, ledger_to_look_into(workspace.human_input) as store:
            owing = workspace.service.owed(run, store, now)
            work = _Counting(workspace, owing, store, period, manifest.policy.id)
            sector = owing.standing.compiled.policy.sector
            parts += work.counts(with_records=sector not in sectors)
            sectors.add(sector)
            grades |= dict.fromkeys(owing.standing.compiled.grades)
    counts = pl.concat([pl.DataFrame(schema=COUNTS), *parts])
    if asked.persons is not None:
        counts = counts.filter(pl.col("person").is_in(sorted(asked.persons)))
    if asked.grades is not None:
        counts = counts.filter(pl.col("grade").is_in(sorted(asked.grades)))
    runs = tuple((each.run_id, each.as_of) for each in manifests)
    return KeptReport(counts, period.first, period.until, runs, tuple(grades))


def _latest(workspace: Workspace) -> tuple[str, ...]:
    with workspace.run() as run:
        return (run.manifest.policy.id,)


def _in_force(workspace: Workspace, policy_id: str, until: date) -> Manifest:
    """Return the last run by a policy as of a day or before; raises RungError where there is none."""
    own = [each for each in workspace.runs().manifests if each.policy.id == policy_id]
    if not own:
        workspace.latest_by(policy_id)  # says what there is instead
    then = [each for each in own if each.as_of <= until]
    if not then:
        message = _("There is no run by the policy “{name}” as of {day} or before: its first is of {first}.")
        first = min(each.as_of for each in own)
        raise RungError.of(message.format(name=policy_id, day=until, first=first))
    return max(then, key=lambda each: (each.as_of, each.created_at))


@dataclass(frozen=True)
class _Counting:
    """The promises of one run."""

    workspace: Workspace
    owing: Owing
    store: LedgerStore | None
    period: Period
    policy: str

    @cached_property
    def calendar(self) -> Calendar:
        return self.workspace.service.calendar

    @cached_property
    def frame(self) -> pl.DataFrame:
        return self.workspace.service.covered(self.owing.standing.frame, self.owing.standing)

    @cached_property
    def groups(self) -> Groups:
        holders = None if self.store is None else self.store.holders_frame()
        return groups_of(whose(self.frame, holders), self.frame["grade"])

    def counts(self, *, with_records: bool) -> Iterator[pl.DataFrame]:
        """Yield the counts of each promise."""
        for binding in self.owing.standing.bindings:
            match binding.obligation:
                case Contact() as contact:
                    rhythm = ContactRhythm(contact, self.calendar)
                    yield self._rhythmic(DueKind.CONTACT, binding, rhythm, self._contacts, self._stopped)
                case Review(every=every) as review if every is not None:
                    of_review = ReviewRhythm(review, self.calendar)
                    yield self._rhythmic(DueKind.REVIEW, binding, of_review, self._reviews, None)
                case Respond() as promise:
                    yield self._answers(promise, binding)
        if self.store is None:
            return
        yield self._once(DueKind.ALARM, alarm_duties(self._alarms(self.store), self.calendar, self.period))
        if with_records:
            records = self.store.records(RecordFilter(due_by=self.period.until))
            sector = self.owing.standing.compiled.policy.sector
            own = (each for each in records if each.sector == sector)
            yield self._once(DueKind.RECORD, record_days(own, self.calendar, self.period))

    def _alarms(self, store: LedgerStore) -> Iterator[RaisedAlarm]:
        """Yield the policy's alarms raised in the year before the period or later, oldest first."""
        raised = store.alarms_frame(AlarmFilter(policy_id=self.policy))
        oldest = self.calendar.moment_of(self.period.first - timedelta(days=_YEAR)).astimezone(UTC)
        recent: Any = raised.filter(pl.col("raised_at") >= pl.lit(oldest, MOMENT))["number"].min()
        if recent is not None:
            yield from store.alarms(AlarmFilter(policy_id=self.policy, after=recent - 1))

    # What comes due again and again

    def _rhythmic(
        self, kind: DueKind, binding: Binding, rhythm: Rhythm, spans: Spans, stopped: pl.Series | None
    ) -> pl.DataFrame:
        began = self.owing.standing.frame["since"]
        since = pl.Series("since", [None], dtype=pl.Date).new_from_index(0, began.len())
        since = since.scatter(binding.rows, binding.since(began, binding.rows))
        found = counted(rhythm, spans, since, self.groups.group, self.period, stopped)
        names = self._makers
        maker = pl.col("maker").replace_strict(dict(enumerate(names)), default=None, return_dtype=pl.String)
        return self._told(kind, binding.code, found.with_columns(maker if names else _nobody("maker")))

    @cached_property
    def _stopped(self) -> pl.Series | None:
        ended = self.owing.ended
        if ended is None or ended.is_empty():
            return None
        nobody = pl.Series("stopped", [None], dtype=MOMENT).new_from_index(0, self.frame.height)
        return nobody.scatter(ended["row"], ended["at"].cast(MOMENT))

    @cached_property
    def _lookback(self) -> datetime:
        """A moment before which no contact but the last matters: the longest rhythm before the period."""
        bindings = self.owing.standing.bindings
        longest = [
            ContactRhythm(each.obligation, self.calendar).longest
            for each in bindings
            if isinstance(each.obligation, Contact)
        ]
        days = min(max(longest, default=0), 36_500) + _MARGIN
        return self.calendar.moment_of(self.period.first - timedelta(days=days))

    @cached_property
    def _reached(self) -> pl.DataFrame:
        """The contacts and attempts that matter, the source's among them: ``ACTS``, with names of makers."""
        parts: list[pl.DataFrame] = []
        columns = ("customer_id", "maker", "at", "number", "reached", "next_on")
        if self.store is not None:
            since = ContactFilter(since=self._lookback, until=self.period.now + timedelta(microseconds=1))
            parts += [
                self.store.contacts_before_frame(self._lookback).select(columns),
                self.store.contacts_frame(since).select(columns),
            ]
        ids = self.frame["customer_id"]
        acts = [pl.DataFrame(schema={**ACTS, "maker": pl.String})]
        for part in parts:
            ordered = part.sort("customer_id")  # then places are found by halving
            rows = places_in(ids, ordered["customer_id"]).alias("row")
            acts.append(ordered.with_columns(rows).drop_nulls("row").select(list(ACTS)))
        days = source_days(self.owing.standing, self.calendar.day_of(self.period.now))
        if days is not None:
            rows = pl.int_range(ids.len(), dtype=pl.UInt32, eager=True).alias("row")
            told = pl.DataFrame([rows, moments_of(days, self.calendar).alias("at")]).drop_nulls("at")
            nothing = {"next_on": pl.lit(None, pl.Date), "maker": pl.lit(None, pl.String)}
            told = told.with_columns(number=pl.lit(0, pl.Int64), reached=pl.lit(value=True), **nothing)
            acts.append(told.select(list(ACTS)))
        return pl.concat([each.cast({"at": MOMENT}) for each in acts])

    @cached_property
    def _looks(self) -> pl.DataFrame:
        """The reviews and human input that count as looks at grades."""
        empty = pl.DataFrame(schema={**ACTS, "maker": pl.String})
        if self.store is None:
            return empty
        reviews = self.store.reviews_frame(ReviewFilter(policy_id=self.policy))
        looked = self.store.looked_at_frame(self.policy).with_columns(
            number=pl.lit(0, pl.Int64), maker=pl.lit(None, pl.String)
        )
        columns = ("customer_id", "at", "number", "maker")
        every = pl.concat([reviews.select(columns), looked.select(columns)])
        # The last look may be a review as well: who made it is told by that.
        every = every.sort("customer_id", "at", "number").unique(
            ["customer_id", "at"], keep="last", maintain_order=True
        )
        rows = places_in(self.frame["customer_id"], every["customer_id"]).alias("row")
        told = every.with_columns(rows, reached=pl.lit(value=True), next_on=pl.lit(None, pl.Date))
        return (
            told.drop_nulls("row")
            .filter(pl.col("at") <= pl.lit(self.period.now.astimezone(UTC), MOMENT))
            .select(list(ACTS))
        )

    @cached_property
    def _makers(self) -> tuple[str, ...]:
        both = pl.concat([self._reached["maker"], self._looks["maker"]])
        return tuple(both.drop_nulls().unique().sort())

    @cached_property
    def _contacts(self) -> Spans:
        return spans_of(self.frame.height, self._coded(self._reached))

    @cached_property
    def _reviews(self) -> Spans:
        return spans_of(self.frame.height, self._coded(self._looks))

    def _coded(self, acts: pl.DataFrame) -> pl.DataFrame:
        codes = {name: place for place, name in enumerate(self._makers)}
        maker = pl.col("maker").replace_strict(codes, default=None, return_dtype=pl.UInt32)
        return acts.with_columns(maker if codes else pl.lit(None, pl.UInt32).alias("maker"))

    # What comes due once

    def _answers(self, promise: Respond, binding: Binding) -> pl.DataFrame:
        """Count what arrived and was promised an answer: by a contact that reached, or an alarm answered."""
        called = tables_asked([promise.to], self.owing.standing.compiled.vocabulary.events)
        if self.store is None or not called:
            return pl.DataFrame(schema=COUNTS)
        arrived = self.store.arrived_frame(ArrivedFilter(tables=tuple(called)))
        rows = places_in(self.frame["customer_id"], arrived["customer_id"])
        arrived = arrived.with_columns(rows.alias("row")).drop_nulls("row")
        arrived = arrived.filter(pl.col("row").is_in(binding.rows.implode()))
        days = respond_days(promise, arrived["at"], self.calendar)
        due = days["due"].is_between(self.period.first, self.period.until).fill_null(value=False)
        arrived, days = arrived.filter(due), days.filter(due)
        return self._once(DueKind.RESPOND, self._answered(binding.code, arrived, days))

    def _answered(self, code: str, arrived: pl.DataFrame, days: pl.DataFrame) -> Iterator[Once]:
        assert self.store is not None
        events = frozenset(arrived["number"])
        by_event: dict[int, tuple[datetime, str]] = {}
        states = self.store.alarms_frame(AlarmFilter(states=ANSWERED))
        for number in states.filter(pl.col("event").is_in(sorted(events)))["number"]:
            alarm = self.store.alarm(number)
            done = None if alarm is None else answered_at(alarm)
            if alarm is not None and done is not None:
                by_event[alarm.event] = min(done, by_event.get(alarm.event, done))
        oldest: Any = arrived["at"].min()
        contacts = self.store.contacts_frame(ContactFilter(since=oldest, reached=True)) if events else None
        asked = arrived.select("number", "customer_id", "at").hstack(
            days.select("due", "latest", pl.col("at").alias("by"))
        )
        if contacts is not None:
            reached = contacts.select("customer_id", pl.col("at").alias("reached"), pl.col("maker")).sort(
                "reached"
            )
            asked = asked.sort("at").join_asof(
                reached,
                left_on="at",
                right_on="reached",
                by="customer_id",
                strategy="forward",
                check_sortedness=False,
            )
        for row in asked.iter_rows(named=True):
            ways: list[tuple[datetime, str]] = []
            if row.get("reached") is not None:
                ways.append((row["reached"], row["maker"]))
            if row["number"] in by_event:
                ways.append(by_event[row["number"]])
            when, by = min(ways) if ways else (None, None)
            due = DueDays(None, row["due"], row["latest"], row["by"])
            state = state_of(due, when, self.calendar, self.period.now)
            yield Once(row["customer_id"], code, row["due"], state, by)

    def _once(self, kind: DueKind, found: Iterable[Once]) -> pl.DataFrame:
        rows = [(each.customer_id, each.code, each.due, each.state.value, each.maker) for each in found]
        schema = dict.fromkeys(("customer_id", "code"), pl.String) | {
            "due": pl.Date,
            "state": pl.String,
            "maker": pl.String,
        }
        told = pl.DataFrame(rows, schema=schema, orient="row")
        places = places_in(self.frame["customer_id"], told["customer_id"])
        told = told.with_columns(self.groups.group.gather(places).alias("group"))
        named = told.join(self.groups.named, on="group", how="left")
        kind_of = pl.lit(kind.value).alias("kind"), pl.lit(self.policy).alias("policy")
        keys = [name for name in COUNTS if name != "n"]
        return (
            named.with_columns(kind_of)
            .group_by(keys)
            .agg(pl.len().alias("n"))
            .select(pl.col(name).cast(dtype) for name, dtype in COUNTS.items())
        )

    def _told(self, kind: DueKind, code: str, found: pl.DataFrame) -> pl.DataFrame:
        states = dict(enumerate(each.value for each in _STATES))
        named = found.join(self.groups.named, on="group", how="left").with_columns(
            pl.col("state").replace_strict(states, return_dtype=pl.String),
            pl.lit(kind.value).alias("kind"),
            pl.lit(code).alias("code"),
            pl.lit(self.policy).alias("policy"),
        )
        keys = [name for name in COUNTS if name != "n"]
        return (
            named.group_by(keys)
            .agg(pl.col("n").sum())
            .select(pl.col(name).cast(dtype) for name, dtype in COUNTS.items())
        )


def _nobody(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(name)
