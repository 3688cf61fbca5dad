"""What each promise makes due, and when: contacts, reviews, releases, answers, and records to be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import polars as pl

from rung.policy.model import Approve, Contact, Respond, Review
from rung.policy.service import Release
from rung.service.bound import Binding, Standing, Unfiled
from rung.service.calendars import Calendar
from rung.service.day_columns import greatest, local_days
from rung.service.due.counted_from import last_moments, look_moments
from rung.service.due.customers import Customers
from rung.service.due.tables import DOCUMENT, empty
from rung.service.due_columns import contact_days, respond_days, review_days
from rung.service.release import release_days

__all__ = ["Promised"]


@dataclass(frozen=True)
class Promised:
    """The promises to the customers of a run, and all that their days are counted from."""

    customers: Customers
    calendar: Calendar
    now: datetime
    until: date
    """What is due later is left out."""
    last_contacts: pl.DataFrame | None
    arrived: pl.DataFrame | None
    ended: pl.Series | None
    looked_at: pl.DataFrame | None

    @property
    def _standing(self) -> Standing:
        return self.customers.standing

    @property
    def _began(self) -> pl.Series:
        """The day each customer's grade began, in the run's row order."""
        return self._standing.frame["since"]

    def due_by(self, binding: Binding) -> pl.DataFrame | None:
        """Return what one promise makes due in time, without its duty; None where it never makes any."""
        rows = self.customers.wanted_of(binding.rows)
        match binding.obligation:
            case Contact() as contact:
                return self._contacts(contact, binding, rows)
            case Review() as review:
                return self._reviews(review, binding, rows)
            case Release() as release:
                return self._releases(release, binding, rows)
            case Respond(to=to) as promise:
                return self._answers(promise, to, rows)
            case Approve() as promise:
                return self._answers(promise, DOCUMENT, rows)
            case _:
                return None

    def to_be_opened(self, unfiled: Unfiled) -> pl.DataFrame:
        """Return whose record is to be opened: due since the day the grade began, and never late."""
        rows = self.customers.wanted_of(unfiled.rows)
        since = self._began.gather(rows)
        told = pl.DataFrame([rows.alias("row"), since.alias("first"), since.alias("due")])
        return told.with_columns(**empty("note", "latest", "at")).filter(pl.col("due") <= self.until)

    def _contacts(self, contact: Contact, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        owed = rows if self.ended is None else rows.filter(~self._has_ended.gather(rows))
        return self._in_time(contact_days(contact, self._clocks_of(binding, owed), self.calendar), owed)

    def _reviews(self, review: Review, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        began = binding.since(self._began, rows)
        days = review_days(review, greatest(began, self._looked.gather(rows)), self.calendar)
        return self._in_time(days, rows)

    def _in_time(self, days: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        told = days.with_columns(row=rows.cast(pl.UInt32), **empty("note"))
        return told.filter(pl.col("due") <= self.until)

    def _releases(self, release: Release, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        """Return who is to be contacted before they go to the pool: those of somebody, once warned."""
        rows = self.customers.held_of(rows)
        clocks = self._clocks_of(binding, rows).hstack([self.customers.held_since[rows]])
        days = release_days(release, clocks, self.calendar)
        last = days["go"] - timedelta(days=1)
        told = pl.DataFrame([rows.cast(pl.UInt32).alias("row"), days["warn"].alias("first")])
        told = told.with_columns(last.alias("due"), last.alias("latest"), **empty("note", "at"))
        return told.filter(pl.col("first") <= self.until)

    def _answers(self, promise: Respond | Approve, to: str, rows: pl.Series) -> pl.DataFrame | None:
        if self.arrived is None:
            return None
        theirs = self._standing.frame.select("customer_id").with_row_index("row")[rows]
        waiting = self.arrived.filter(pl.col("to") == to)
        found = waiting.join(theirs, on="customer_id", how="inner", maintain_order="left")
        days = respond_days(promise, found["at"], self.calendar)
        told = days.with_columns(found["row"].cast(pl.UInt32), found["note"])
        return told.filter(pl.col("due") <= self.until)

    def _clocks_of(self, binding: Binding, rows: pl.Series) -> pl.DataFrame:
        """Return what the rhythm of a promise counts from for the customers at ``rows``."""
        if binding.opened is None:
            return self._clocks[rows]
        since = binding.since(self._began, rows)
        return self._clocks[rows].with_columns(since.alias("since"))

    @cached_property
    def _clocks(self) -> pl.DataFrame:
        """What the rhythm of each customer counts from, in the run's row order."""
        wanted = self.customers.wanted
        rows = None if wanted is None else wanted.arg_true()
        day = self.calendar.day_of(self.now)
        last = last_moments(self._standing, self.calendar, self.last_contacts, day, rows)
        return last.insert_column(0, self._began)

    @cached_property
    def _has_ended(self) -> pl.Series:
        """Whether no contact is owed to each customer any more, in the run's row order."""
        nobody = pl.Series([False]).new_from_index(0, self._standing.frame.height)
        return nobody if self.ended is None else nobody.scatter(self.ended, values=True)

    @cached_property
    def _looked(self) -> pl.Series:
        """The day people last looked at each customer's grade, in the run's row order."""
        looked = look_moments(self._standing.frame["customer_id"], self.looked_at)
        return local_days(looked, self.calendar)
