"""What people gave and ought to look at again: stale, suspended or soon to expire, with the day it is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung.ledger import Effective, InputFilter, InputRecord, Override
from rung.ledger.grades.data_standing import DataDoubt
from rung.ledger.store import OPEN
from rung.moments import day_of
from rung.text import Text
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.unapproved_lifts import unapproved_lifts

if TYPE_CHECKING:
    from rung.policy.model import Policy
    from rung.runs.manifest import Manifest
    from rung.workspace.human_input import HumanInput

__all__ = ["SOON_DAYS", "Cause", "Due", "Reviews", "reviews_due"]

SOON_DAYS: Final = 30
"""Days before its last day from which an input is to be looked at, where nobody says otherwise."""


class Cause(StrEnum):
    """Why an input ought to be looked at again."""

    SUSPENDED = "suspended"
    """An override that is not laid over the grade for now."""
    STALE = "stale"
    """The computed grade is another than the one overruled, or the source has another value."""
    MOOT = "moot"
    """The source says by now what was given."""
    IDLE = "idle"
    """The latest run has no place for the value given."""
    LIFTS = "lifts"
    """Given without approval, for it lifted nothing then; by now it does, and that asks for approval."""
    EXPIRING = "expiring"

    @property
    def words(self) -> Text:
        """The cause as a person reads it."""
        return _CAUSES[self]


_CAUSES: Final = {
    Cause.SUSPENDED: Text("已暂停", "suspended"),
    Cause.STALE: Text("已过时", "stale"),
    Cause.MOOT: Text("来源数据现已一致", "the source says the same now"),
    Cause.IDLE: Text("本次评级不使用", "not used in this run"),
    Cause.LIFTS: Text("现已使等级上调，未经审批", "by now it lifts the grade, unapproved"),
    Cause.EXPIRING: Text("即将到期", "expiring"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One input to be looked at again."""

    record: InputRecord
    cause: Cause
    by: date
    """The last day for it."""
    grade_now: str | None
    """The computed grade in the latest run of the policy."""

    def is_late(self, today: date) -> bool:
        """Whether that day is past."""
        return self.by < today


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due, the soonest first, and what is wrong with runs it could not be told by."""

    due: tuple[Due, ...]
    problems: tuple[Problem, ...] = ()


def reviews_due(human: HumanInput, today: date, soon_days: int = SOON_DAYS) -> Reviews:
    """Return what ought to be looked at again, by the latest run of each policy.

    An override is due within the policy's ``review_within`` of the first run whose grade was another than
    the overruled: ``worse`` where it is worse now. What expires within ``soon_days`` is due on its last day.
    """
    if not human.is_begun:
        return Reviews(())
    with human.ledger() as store:
        open_ = [each for each in store.inputs(InputFilter(states=OPEN)) if each.status(today).is_open]
    due: list[Due] = []
    problems: list[Problem] = []
    manifests = human.store.shelved().manifests
    for policy_id in dict.fromkeys(each.policy_id for each in open_):
        records = [each for each in open_ if each.policy_id == policy_id]
        own = [each for each in manifests if each.policy.id == policy_id]
        try:
            due += _of_policy(human, records, own, today, soon_days)
        except RungError as error:
            problems += error.problems
    due.sort(key=lambda each: (each.by, each.record.made_at))
    return Reviews(tuple(due), tuple(problems))


def _of_policy(
    human: HumanInput, records: list[InputRecord], manifests: list[Manifest], today: date, soon_days: int
) -> list[Due]:
    if not manifests:
        return [each for record in records for each in _expiring(record, None, today, soon_days)]
    with human.ledger() as store, human.store.open(manifests[0].run_id) as run:
        overlaid = OverlaidRun(run, store, today, human.host)
        effective = overlaid.effective_grades(records)
        doubts = {
            **_overrides(records, effective, overlaid.policy, manifests, human),
            **_data(records, overlaid, manifests[0], today),
        }
    found: list[Due] = []
    for record in records:
        now = effective.get(record.customer_id)
        grade = None if now is None else now.computed_grade
        doubt = doubts.get(record.id)
        if doubt is not None:
            found.append(Due(record, doubt[0], doubt[1], grade))
        else:
            found += _expiring(record, grade, today, soon_days)
    return found


def _expiring(record: InputRecord, grade: str | None, today: date, soon_days: int) -> Iterator[Due]:
    if record.expires_at <= today + timedelta(days=soon_days):
        yield Due(record, Cause.EXPIRING, record.expires_at, grade)


def _overrides(
    records: Iterable[InputRecord],
    effective: Mapping[str, Effective],
    policy: Policy,
    manifests: list[Manifest],
    human: HumanInput,
) -> dict[str, tuple[Cause, date]]:
    """Return why overrides are to be looked at again, and until when, by id."""
    doubtful: dict[str, tuple[Override, Cause, str | None]] = {}
    for record in records:
        found = effective.get(record.customer_id)
        if found is None or not isinstance(record, Override):
            continue
        is_suspended = found.suspended is not None and found.override == record
        if is_suspended or record.model_grade != found.computed_grade:
            cause = Cause.SUSPENDED if is_suspended else Cause.STALE
            doubtful[record.id] = (record, cause, found.computed_grade)
    since = _since((each for each, _cause, _grade in doubtful.values()), manifests, human)
    return {
        name: (cause, _until(policy, record, grade, since[name]))
        for name, (record, cause, grade) in doubtful.items()
    }


def _since(overrides: Iterable[Override], manifests: list[Manifest], human: HumanInput) -> dict[str, date]:
    """Return the day of the first of the runs, up to the last, that gave another grade than overruled."""
    import polars as pl

    waiting = list(overrides)
    since = {each.id: _day(manifests[0]) for each in waiting}
    for manifest in manifests[1:]:
        waiting = [each for each in waiting if each.made_at < manifest.created_at]
        if not waiting:
            break
        customers = pl.Series([each.customer_id for each in waiting], dtype=pl.String)
        try:
            with human.store.open(manifest.run_id) as run:
                rows = run.frame().filter(pl.col("customer_id").is_in(customers.implode()))
                graded = rows.select("customer_id", pl.col("model_grade").cast(pl.String)).collect()
        except RungError:
            continue  # a damaged run tells nothing; the list of runs says what is wrong with it
        then = dict(graded.iter_rows())
        waiting = [
            each
            for each in waiting
            if each.customer_id in then and then[each.customer_id] != each.model_grade
        ]
        since |= {each.id: _day(manifest) for each in waiting}
    return since


def _day(manifest: Manifest) -> date:
    return day_of(manifest.created_at)


def _until(policy: Policy, record: Override, grade: str | None, since: date) -> date:
    spans, grades = policy.override.review_within, policy.grades
    is_worse = policy.ordered and (
        grade is None
        or (record.model_grade in grades and grades.index(grade) > grades.index(record.model_grade))
    )
    day = (spans.worse if is_worse else spans.other).after(since)
    return min(day, record.expires_at)


def _data(
    records: Collection[InputRecord], overlaid: OverlaidRun, manifest: Manifest, today: date
) -> dict[str, tuple[Cause, date]]:
    """Return which values given the source has overtaken, or lift by now, and until when to look."""
    by_id = {each.id: each for each in records}
    by = overlaid.policy.override.review_within.other.after(_day(manifest))
    found: dict[str, tuple[Cause, date]] = {}
    for name, standing in overlaid.standings_of(records).items():
        if standing.doubt is not None:
            found[name] = (_OF_DATA[standing.doubt], min(by, by_id[name].expires_at))
    for name in unapproved_lifts(overlaid, records, today):
        found[name] = (Cause.LIFTS, min(by, by_id[name].expires_at))
    return found


_OF_DATA: Final = {DataDoubt.STALE: Cause.STALE, DataDoubt.MOOT: Cause.MOOT, DataDoubt.IDLE: Cause.IDLE}
