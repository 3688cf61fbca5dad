"""What falls due in the weeks to come, by the policy in force and, beside it, by a changed one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from rung.pipeline import scorecard_of
from rung.policy.model import Contact, Respond, Review
from rung.service.bound import Standing
from rung.service.due import last_moments, look_moments
from rung.service.due_columns import respond_days
from rung.service.due_list import DueKind
from rung.service.kept.customers import Groups, groups_of, whose
from rung.service.kept.forecasting import LOAD, Forecast, due_once, walked
from rung.service.kept.rhythms import ContactRhythm, ReviewRhythm
from rung.service.placing import places_in
from rung.text import _
from rung.workspace.grounds import ledger_to_look_into

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.ledger import LedgerStore
    from rung.progress import Progress
    from rung.runs.run import Run
    from rung.service.bound import Binding
    from rung.service.calendars import Calendar
    from rung.simulation.graded import Graded
    from rung.workspace.service import Owing
    from rung.workspace.workspace import Workspace

__all__ = ["ForecastAsked", "forecast"]


def _silent(_stage: str, _done: int, _whole: int | None) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastAsked:
    """Which weeks are wanted, of which run."""

    until: date
    run_id: str
    changed: CompiledPolicy | None = None
    """A policy to lay beside it: the run's customers graded by that."""
    report: Progress = _silent


def forecast(workspace: Workspace, asked: ForecastAsked, now: datetime) -> Forecast:
    """Return what falls due from today to a day; raises RungError where the run cannot be graded so."""
    service = workspace.service
    today = service.calendar.day_of(now)
    notices: list[str] = []
    other: pl.DataFrame | None = None
    grades: dict[str, None] = {}
    with workspace.run(asked.run_id) as run, ledger_to_look_into(workspace.human_input) as store:
        owing = service.owed(run, store, now)
        load = _Load(workspace, owing, store, today, asked.until).load()
        grades |= dict.fromkeys(owing.standing.compiled.grades)
        if asked.changed is not None:
            changed = _changed(workspace, run, owing, asked, today, notices)
            other = _Load(workspace, changed, store, today, asked.until).load()
            grades |= dict.fromkeys(asked.changed.grades)
        policy = run.manifest.policy.id
    return Forecast(
        policy=policy,
        load=load,
        first=today,
        until=asked.until,
        other_policy=None if asked.changed is None else asked.changed.policy.id,
        other=other,
        grades=tuple(grades),
        notices=tuple(notices),
    )


def _changed(
    workspace: Workspace, run: Run, owing: Owing, asked: ForecastAsked, today: date, notices: list[str]
) -> Owing:
    """Return the same customers by a changed policy: graded as ``policy simulate`` does.

    Whom people gave another grade than the machine keeps it, if the changed policy has such a grade. Who
    gets another grade by the changed policy has it from today.
    """
    from rung.simulation.over_run import graded_over

    assert asked.changed is not None
    own = scorecard_of(run, workspace.host).compiled
    graded, told = graded_over(run, own, asked.changed, asked.report, workspace.store)
    notices += told
    standing = _standing(graded, run, owing.standing, today)
    notices.append(_("Whom people gave a grade keeps it where the changed policy has it."))
    return replace(owing, standing=standing)


def _standing(graded: Graded, run: Run, before: Standing, today: date) -> Standing:
    machine = run.frame().select(pl.col("model_grade").cast(pl.String)).collect().to_series()
    effective = before.frame["grade"].cast(pl.String)
    known = list(graded.compiled.grades)
    is_given = effective.ne_missing(machine) & effective.is_in(known).fill_null(value=False)
    grade = effective.zip_with(is_given, graded.frame["model_grade"].cast(pl.String))
    stays = grade.eq_missing(effective)
    since = before.frame["since"]
    frame = before.frame.with_columns(
        grade.cast(pl.Enum(known)).alias("grade"),
        graded.frame["flags"].alias("flags"),
        since.zip_with(stays, pl.Series([today], dtype=pl.Date).new_from_index(0, since.len())).alias(
            "since"
        ),
    )
    return Standing(
        compiled=graded.compiled,
        as_of=before.as_of,
        frame=frame,
        measured=graded.measured,
        corrected=None,
        on_file=before.on_file,
    )


@dataclass(frozen=True)
class _Load:
    """The work of one policy's promises."""

    workspace: Workspace
    owing: Owing
    store: LedgerStore | None
    today: date
    until: date

    @property
    def standing(self) -> Standing:
        return self.owing.standing

    @property
    def calendar(self) -> Calendar:
        return self.workspace.service.calendar

    def load(self) -> pl.DataFrame:
        """Return all of it, as ``LOAD`` has it."""
        return pl.concat([pl.DataFrame(schema=LOAD), *self._parts()])

    def _parts(self) -> Iterator[pl.DataFrame]:
        covered = self.workspace.service.covered(self.standing.frame, self.standing)
        holders = None if self.store is None else self.store.holders_frame()
        groups = groups_of(whose(covered, holders), covered["grade"])
        clocks = last_moments(self.standing, self.calendar, self.owing.last_contacts, self.today)
        looked = look_moments(
            covered["customer_id"], self.workspace.service.looked_at(self.standing, self.store)
        )
        waiting = self.workspace.events.waiting(self.owing, self.store)
        since = self.standing.frame["since"]
        ended = pl.Series([False]).new_from_index(0, since.len())
        if self.owing.rows_ended is not None:
            ended = ended.scatter(self.owing.rows_ended, values=True)
        for binding in self.standing.bindings:
            rows = binding.rows
            match binding.obligation:
                case Contact() as contact:
                    rows = rows.filter(~ended.gather(rows))
                    theirs = clocks[rows].with_columns(binding.since(since, rows).alias("since"))
                    rhythm = ContactRhythm(contact, self.calendar)
                    group = groups.group.gather(rows)
                    found = walked(rhythm, theirs, group, self.today, self.until)
                    yield _told(DueKind.CONTACT, binding, found, groups)
                case Review(every=every) as review if every is not None:
                    theirs = pl.DataFrame(
                        [binding.since(since, rows).alias("since"), looked.gather(rows).alias("last")]
                    ).with_columns(pl.lit(None, pl.Date).alias("next_on"))
                    rhythm_of_review = ReviewRhythm(review, self.calendar)
                    group = groups.group.gather(rows)
                    found = walked(rhythm_of_review, theirs, group, self.today, self.until)
                    yield _told(DueKind.REVIEW, binding, found, groups)
                case Respond(to=to) as promise if waiting is not None:
                    asked = waiting.filter(pl.col("to") == to)
                    places = places_in(covered["customer_id"], asked["customer_id"])
                    is_bound = places.is_in(rows.implode()).fill_null(value=False)
                    days = respond_days(promise, asked["at"].filter(is_bound), self.calendar)
                    group = groups.group.gather(places.filter(is_bound))
                    found = due_once(days["due"], days["latest"], group, self.today, self.until)
                    yield _told(DueKind.RESPOND, binding, found, groups)


def _told(kind: DueKind, binding: Binding, found: pl.DataFrame, groups: Groups) -> pl.DataFrame:
    each = binding.obligation
    channel = str(each.channel) if isinstance(each, Contact) and each.channel else None
    minutes = each.minutes if isinstance(each, Contact) else None
    said = {"kind": kind.value, "code": binding.code, "source": binding.source, "channel": channel}
    named = found.join(groups.named, on="group", how="left").with_columns(
        *(pl.lit(value, pl.String).alias(name) for name, value in said.items()),
        pl.lit(minutes, pl.Int32).alias("minutes"),
    )
    return named.select(pl.col(name).cast(dtype) for name, dtype in LOAD.items())
