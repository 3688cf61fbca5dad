"""The rules of ``instances`` for a million customers: those alike are counted together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any, Final

import polars as pl

from rung.service.calendars import Calendar
from rung.service.day_columns import MOMENT, local_days, moments_of
from rung.service.kept.instances import Kept, Period
from rung.service.kept.rhythms import Rhythm, following_clocks

__all__ = ["ACTS", "SPANS", "TOLD", "counted", "spans_of"]

ACTS: Final[dict[str, Any]] = {
    "row": pl.UInt32,
    "at": MOMENT,
    "number": pl.Int64,
    "reached": pl.Boolean,
    "next_on": pl.Date,
    "maker": pl.UInt32,
}
"""The columns of acts: ``row`` the customer's place in the run, ``number`` orders those of one instant."""
SPANS: Final[dict[str, Any]] = {
    "row": pl.UInt32,
    "last": MOMENT,
    "next_on": pl.Date,
    "end": MOMENT,
    "maker": pl.UInt32,
}
"""From one act that keeps the promise to the next, ``end``, made by ``maker``; null where there is none."""
TOLD: Final[dict[str, Any]] = {
    "group": pl.UInt32,
    "maker": pl.UInt32,
    "due": pl.Date,
    "state": pl.UInt8,
    "n": pl.UInt32,
}
"""What came due: ``state`` is the place in ``Kept``, ``n`` how many times."""

_STATES: Final = tuple(Kept)
_KEYS: Final = ("since", "last", "next_on", "end", "stopped", "group", "maker")


@dataclass(frozen=True)
class Spans:
    """Spans between acts, and the attempts within them."""

    spans: pl.DataFrame
    """``SPANS``, each in its place."""
    attempts: pl.DataFrame
    """``span`` (its place), ``at``, ``next_on``: in the order of their moments."""
    _known: dict[int, pl.DataFrame] = field(default_factory=dict)

    def days(self, calendar: Calendar) -> pl.DataFrame:
        """Return the spans with the days of ``last`` and ``end``, as ``day`` and ``end_day``."""
        if id(calendar) not in self._known:
            spans = self.spans
            day, end_day = (local_days(spans[name], calendar) for name in ("last", "end"))
            self._known[id(calendar)] = spans.with_columns(day.alias("day"), end_day.alias("end_day"))
        return self._known[id(calendar)]


def spans_of(height: int, acts: pl.DataFrame) -> Spans:
    """Return the spans of all the customers of a run; ``acts``: see ``ACTS``."""
    acts = acts.sort("row", "at", "number")
    keeping = acts.filter("reached").select("row", "at", "next_on", "maker")
    begins = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)}).with_columns(
        pl.lit(None, kind).alias(name) for name, kind in ACTS.items() if name in ("at", "next_on", "maker")
    )
    every = pl.concat([begins, keeping]).sort("row", "at", nulls_last=False, maintain_order=True)
    same = pl.col("row") == pl.col("row").shift(-1)
    spans = every.select(
        "row",
        pl.col("at").alias("last"),
        "next_on",
        pl.when(same).then(pl.col("at").shift(-1)).alias("end"),
        pl.when(same).then(pl.col("maker").shift(-1)).alias("maker"),
    )
    named = acts.filter(~pl.col("reached") & pl.col("next_on").is_not_null()).select("row", "at", "next_on")
    return Spans(spans, _within(named, spans))


def _within(attempts: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Return which span each attempt falls in; one at the very moment of an act falls in both."""
    if attempts.is_empty():
        return pl.DataFrame(schema={"span": pl.UInt32, "at": MOMENT, "next_on": pl.Date})
    placed = spans.select("row", "last", "end").with_row_index("span")
    found = attempts.join(placed.filter(pl.col("row").is_in(attempts["row"].implode())), on="row")
    is_after = pl.col("last").is_null() | (pl.col("at") >= pl.col("last"))
    is_before = pl.col("end").is_null() | (pl.col("at") <= pl.col("end"))
    inside = found.filter(is_after & is_before).select(pl.col("span").cast(pl.UInt32), "at", "next_on")
    return inside.sort("span", "at", maintain_order=True)


def counted(
    rhythm: Rhythm,
    spans: Spans,
    since: pl.Series,
    group: pl.Series,
    period: Period,
    stopped: pl.Series | None = None,
) -> pl.DataFrame:
    """Return how often a promise came due in a period and what became of it, as ``TOLD`` has it.

    ``since``: the day it began for each customer, in the run's row order, null for whom it does not bind;
    ``group``: what each is counted under (UInt32); ``stopped``: the moment it was ended (Datetime), if it
    was. Law: ``instances`` customer by customer.
    """
    return _Counting(rhythm, period).told(_bound(rhythm, spans, since, group, period, stopped))


def _bound(
    rhythm: Rhythm,
    spans: Spans,
    since: pl.Series,
    group: pl.Series,
    period: Period,
    stopped: pl.Series | None,
) -> pl.DataFrame:
    """Return the spans that count, customers alike in one row: the columns of ``_KEYS`` and ``n``."""
    days = spans.days(rhythm.calendar)
    began = since.gather(days["row"])
    whole = days.with_columns(began.alias("since"), _agreed(rhythm, days, began, spans.attempts))
    counts = pl.col("since").is_not_null() & (pl.col("day").is_null() | (pl.col("day") <= period.until))
    counts &= pl.col("end_day").is_null() | (pl.col("end_day") >= pl.col("since"))
    if not rhythm.by_hours:
        counts &= pl.col("end_day").ne_missing(pl.col("day")) | pl.col("day").is_null()
    is_agreed = pl.col("next_on") > pl.coalesce("day", "since")
    plain = pl.col("since")
    if not rhythm.counts_since:  # after an act nothing but that counts, and more customers are alike
        plain = pl.max_horizontal("since", "day")
    bound = whole.lazy().filter(counts)
    bound = bound.with_columns(pl.when(is_agreed).then("next_on").alias("next_on"), plain.alias("since"))
    kept = bound.collect()
    rows = kept["row"]
    ends = (
        pl.Series([None], dtype=MOMENT).new_from_index(0, rows.len())
        if stopped is None
        else stopped.gather(rows)
    )
    kept = kept.with_columns(group.gather(rows).alias("group"), ends.alias("stopped"))
    if rhythm.by_hours:
        return kept.group_by(_KEYS).agg(pl.len().alias("n"))
    names = {"last": "day", "end": "end_day"}
    alike = kept.group_by([names.get(name, name) for name in _KEYS]).agg(pl.len().alias("n"))
    return alike.with_columns(
        moments_of(alike[day], rhythm.calendar).alias(name) for name, day in names.items()
    )


def _agreed(rhythm: Rhythm, spans: pl.DataFrame, since: pl.Series, attempts: pl.DataFrame) -> pl.Series:
    """Return the days agreed, as attempts in time name them: one attempt of each span after the other."""
    next_on = spans["next_on"]
    turn = attempts.with_columns(pl.int_range(pl.len()).over("span").alias("turn"))
    for each in turn.partition_by("turn", maintain_order=True) if turn.height else ():
        asked = each.filter(since.gather(each["span"]).is_not_null())
        rows = asked["span"]
        clocks = pl.DataFrame([since.gather(rows).alias("since"), spans["last"].gather(rows)])
        days = rhythm.days(clocks.with_columns(next_on.gather(rows).alias("next_on")))
        by_day = (local_days(asked["at"], rhythm.calendar) > days["latest"]).fill_null(value=False)
        is_past = (asked["at"] > days["at"]).zip_with(days["at"].is_not_null(), by_day)
        next_on = next_on.scatter(rows.filter(~is_past), asked["next_on"].filter(~is_past))
    return next_on.alias("next_on")


@dataclass(frozen=True)
class _Counting:
    rhythm: Rhythm
    period: Period

    @property
    def today(self) -> date:
        return self.rhythm.calendar.day_of(self.period.now)

    def told(self, spans: pl.DataFrame) -> pl.DataFrame:
        found = [pl.DataFrame(schema=TOLD)]
        work = self._caught_up(spans)
        while work.height:
            days = self.rhythm.days(work)
            again, then = following_clocks(self.rhythm, work["since"], days["latest"], days["at"])
            work, days, then, again = self._due(work, days, then, again)
            judged = self._judged(work, days, then)
            found.append(self._emitted(judged))
            goes_on = judged["goes_on"]
            work = work.with_columns(again["last"], pl.lit(None, pl.Date).alias("next_on")).filter(goes_on)
        return pl.concat(found).group_by("group", "maker", "due", "state").agg(pl.col("n").sum())

    def _caught_up(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Pass over what came due, and came due again, before the period and before the span's end."""
        end = local_days(spans["end"], self.rhythm.calendar).alias("target")
        spans = spans.with_columns(end).with_columns(pl.min_horizontal("target", pl.lit(self.period.first)))
        keys = ["since", "last", "next_on", "target"]
        alike = spans.select(keys).unique()
        work = alike.with_columns(pl.col("last").alias("from"), pl.col("next_on").alias("agreed"))
        settled = [work.clear()]
        while work.height:
            clocks = work.select("since", pl.col("from").alias("last"), pl.col("agreed").alias("next_on"))
            days = self.rhythm.days(clocks)
            again, then = following_clocks(self.rhythm, work["since"], days["latest"], days["at"])
            is_past = (then["due"] < work["target"]).fill_null(value=False)
            settled.append(work.filter(~is_past))
            work = work.with_columns(again["last"].alias("from"), pl.lit(None, pl.Date).alias("agreed"))
            work = work.filter(is_past)
        found = spans.join(pl.concat(settled), on=keys, how="left", nulls_equal=True)
        return found.with_columns(pl.col("from").alias("last"), pl.col("agreed").alias("next_on")).select(
            *_KEYS, "n"
        )

    def _due(
        self, work: pl.DataFrame, *parts: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Leave out what never is late, or is due only after the period."""
        days = parts[0]
        last = local_days(work["stopped"], self.rhythm.calendar)
        until = last.fill_null(self.period.until).clip(None, self.period.until)
        is_due = (days["latest"].is_not_null() & (days["due"] <= until)).fill_null(value=False)
        one, two, three = (each.filter(is_due) for each in parts)
        return work.filter(is_due), one, two, three

    def _judged(self, work: pl.DataFrame, days: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
        """Return what became of each: the rule ``judged``."""
        now = pl.lit(self.period.now.astimezone(UTC), MOMENT)
        today = pl.lit(self.today)
        frame = work.select("group", "maker", "n", "end", "stopped").with_columns(
            days["due"],
            days["latest"],
            days["at"],
            then["due"].alias("then"),
            then["at"].alias("then_at"),
            local_days(work["end"], self.rhythm.calendar).alias("end_day"),
            local_days(work["stopped"], self.rhythm.calendar).alias("stop_day"),
        )
        is_done = pl.col("end").is_not_null()
        past = _is_past(pl.col("end"), pl.col("end_day"))
        by_end = _has_come(pl.col("end"), pl.col("end_day"))
        again = pl.when(is_done).then(by_end).otherwise(_has_come(now, today)).fill_null(value=False)
        place = {each: pl.lit(_STATES.index(each), pl.UInt8) for each in Kept}
        state = (
            pl.when(is_done & ~past)
            .then(place[Kept.KEPT])
            .when(is_done & ~again)
            .then(place[Kept.LATE])
            .when(is_done | again | _is_past(now, today))
            .then(place[Kept.MISSED])
            .otherwise(place[Kept.OPEN])
        )
        told = frame.with_columns(state.alias("state"), again.alias("again"))
        missed, left = place[Kept.MISSED], place[Kept.OPEN]
        unbroken = pl.col("stopped").is_not_null() & ~_is_past(pl.col("stopped"), pl.col("stop_day"))
        is_left_out = unbroken & ((pl.col("state") == missed) | (pl.col("state") == left))
        return told.with_columns(
            (pl.col("again") & (pl.col("state") == missed)).alias("goes_on"),
            is_left_out.alias("is_left_out"),
        )

    def _emitted(self, judged: pl.DataFrame) -> pl.DataFrame:
        kept = pl.col("state") < _STATES.index(Kept.MISSED)
        told = judged.filter(~pl.col("is_left_out"), pl.col("due") >= self.period.first)
        told = told.with_columns(pl.when(kept).then("maker").alias("maker"))
        counts = told.group_by("group", "maker", "due", "state").agg(pl.col("n").sum())
        return counts.select(pl.col(name).cast(kind) for name, kind in TOLD.items())


def _is_past(moment: pl.Expr, day: pl.Expr) -> pl.Expr:
    by_hour = moment > pl.col("at")
    return pl.when(pl.col("at").is_not_null()).then(by_hour).otherwise(day > pl.col("latest"))


def _has_come(moment: pl.Expr, day: pl.Expr) -> pl.Expr:
    by_hour = moment >= pl.col("then_at")
    return pl.when(pl.col("then_at").is_not_null()).then(by_hour).otherwise(day >= pl.col("then"))
