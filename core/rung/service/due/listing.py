"""Puts together what is due to the customers of one run: its promises, and what no rhythm tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import polars as pl

from rung.service.bound import Standing
from rung.service.calendars import Calendar
from rung.service.due.asked import Chosen
from rung.service.due.besides import Besides, besides_rows
from rung.service.due.customers import Customers
from rung.service.due.duties import duty_of, opening_of
from rung.service.due.handling import worked
from rung.service.due.promises import Promised
from rung.service.due.tables import PART
from rung.service.due_list import DueList, Duty

__all__ = ["due_list"]


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
    asked = chosen or Chosen()
    today = day or calendar.day_of(now)
    until = today + timedelta(days=asked.within)
    customers = Customers(standing, asked, holders)
    promised = Promised(customers, calendar, now, until, last_contacts, arrived, ended, looked_at)
    rows = _of_promises(promised)
    who = customers.who.with_columns(pl.col("grade").cast(pl.String))
    others = [each for each in besides if asked.is_asked(each.kind, each.by) and each.due <= until]
    if others:
        part, strangers = besides_rows(others, customers, len(rows.duties))
        rows.parts.append(part)
        rows.duties += (each.duty(standing.compiled) for each in others)
        who = pl.concat([who, strangers]) if strangers.height else who
    moment = now if today == calendar.day_of(now) else calendar.moment_of(today)
    parts = worked(pl.concat(rows.parts), standing, today, moment.astimezone(UTC))
    found = DueList(parts, who, tuple(rows.duties), today, until)
    return found.in_batches() if asked.in_batches else found.sorted()


@dataclass(slots=True)
class _Rows:
    parts: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=PART)])
    duties: list[Duty] = field(default_factory=list)

    def add(self, duty: Duty, part: pl.DataFrame) -> None:
        """Add what is due by one duty."""
        number = pl.lit(len(self.duties), PART["duty"])
        self.parts.append(part.with_columns(duty=number).select(list(PART)))
        self.duties.append(duty)


def _of_promises(promised: Promised) -> _Rows:
    standing, chosen = promised.customers.standing, promised.customers.chosen
    rows = _Rows()
    for binding in standing.bindings:
        duty = duty_of(binding, standing.compiled)
        if duty is not None and chosen.is_asked(duty.kind, duty.by):
            part = promised.due_by(binding)
            if part is not None:
                rows.add(duty, part)
    for unfiled in standing.unfiled:
        duty = opening_of(unfiled, standing.compiled)
        if chosen.is_asked(duty.kind, duty.by):
            rows.add(duty, promised.to_be_opened(unfiled))
    return rows
