"""Service in a workspace: lays runs, ledger and calendar together, and says what is due to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rung.errors import Place, RungError
from rung.ledger.confidential import MASK
from rung.ledger.grades.laid_over import nothing_laid_over
from rung.ledger.records import State
from rung.ledger.store import InputFilter
from rung.policy.files import read_text
from rung.policy.locate import line_of
from rung.runs.store import LATEST
from rung.service.bound import Standing, standing_of
from rung.service.calendars import Calendar, read_calendar
from rung.service.due import TIMED, Besides, Chosen, due_list
from rung.service.due_list import DueKind, DueList
from rung.service.since import began_of, since_of, touched
from rung.text import Text, _
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.places import CONFIG
from rung.workspace.reviews_due import reviews_due

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import LedgerStore
    from rung.ledger.grades.laid_over import LaidOver
    from rung.runs.run import Run
    from rung.workspace.customers_meant import CustomersWanted
    from rung.workspace.workspace import Workspace

__all__ = ["Service"]


@dataclass(frozen=True)
class Service:
    """What was promised to the customers of one workspace, and when it is due."""

    workspace: Workspace

    @cached_property
    def calendar(self) -> Calendar:
        """The workspace's working days; raises RungError where its file has mistakes about them."""
        said = self.workspace.config.calendar
        path = self.workspace.folder / CONFIG

        def place(key: str) -> Place:
            return Place(str(path), line_of(read_text(path), ("calendar", key)), f"calendar.{key}")

        return read_calendar(said, place)

    def due(
        self,
        now: datetime,
        chosen: Chosen | None = None,
        runs: Sequence[str] = (LATEST,),
        day: date | None = None,
        wanted: CustomersWanted | None = None,
    ) -> DueList:
        """Return what is due to the customers of some runs, with the ledger laid over them.

        ``wanted``: which customers, all if left out. ``day``: a later day to look from, as if nothing were
        done until then. Raises RungError for an earlier one, and where a run, the ledger or the calendar
        cannot be read.
        """
        chosen = chosen or Chosen()
        today = self.calendar.day_of(now)
        if day is not None and day < today:
            raise RungError.of(
                _("{day} is past: what is due is looked at from today on.").format(day=day),
                _("Leave --day out, or name a day from {today} on.").format(today=today),
            )
        found = DueList.joined([self._due(each, now, chosen, day, wanted) for each in runs])
        found = found.in_batches() if chosen.in_batches else found
        return replace(found, notices=(*found.notices, *self._unannounced(found)))

    def _due(
        self, run_id: str, now: datetime, chosen: Chosen, day: date | None, wanted: CustomersWanted | None
    ) -> DueList:
        workspace = self.workspace
        with ExitStack() as stack:
            run = stack.enter_context(workspace.run(run_id))
            human = workspace.human_input
            store = stack.enter_context(human.ledger()) if human.is_begun else None
            standing, laid = self._standing(run, store, now)
            if wanted is not None and (wanted.is_filtered or wanted.customers is not None):
                chosen = replace(chosen, rows=self._rows(run, standing, laid, wanted))
            besides = tuple(self._besides(run.manifest.policy.id, now, chosen, day))
            found = due_list(
                standing,
                self.calendar,
                now,
                chosen,
                day=day,
                last_contacts=_asked(store, "last_contacts_frame"),
                holders=_asked(store, "holders_frame"),
                besides=besides,
            )
        return replace(self._masked(found, standing), notices=tuple(_silent(standing)))

    def _rows(self, run: Run, standing: Standing, laid: LaidOver, wanted: CustomersWanted) -> pl.Series:
        """Return the places of the customers wanted; nobody is chosen by what must not be read."""
        import polars as pl

        from rung.workspace.customers_meant import customers_meant

        hidden = self.workspace.confidential.clearance(standing.compiled).hidden
        known = [each.id for each in run.manifest.columns if each.id not in hidden]
        places = customers_meant(run, standing.compiled, wanted, lambda: laid.customers, known)
        return pl.Series(places, dtype=pl.UInt32)

    def standing(self, run: Run, now: datetime) -> Standing:
        """Return how a run counts at a moment, with the ledger laid over it."""
        human = self.workspace.human_input
        if not human.is_begun:
            return self._standing(run, None, now)[0]
        with human.ledger() as store:
            return self._standing(run, store, now)[0]

    def _standing(self, run: Run, store: LedgerStore | None, now: datetime) -> tuple[Standing, LaidOver]:
        from rung.pipeline import scorecard_of

        workspace, today = self.workspace, self.calendar.day_of(now)
        portfolio = workspace.config.portfolio
        if store is None:
            scorecard = scorecard_of(run, workspace.host)
            laid = nothing_laid_over(run.frame(), scorecard.compiled.policy)
            return standing_of(run, scorecard, laid, since_of(run, laid, {}), portfolio=portfolio), laid
        overlaid = OverlaidRun(run, store, today, workspace.host)
        laid = overlaid.laid()
        about = touched(laid)
        began = began_of(laid, overlaid.inputs_of(frozenset(about)), self.calendar) if about else {}
        since = since_of(run, laid, began)
        standing = standing_of(
            run,
            overlaid.scorecard,
            laid,
            since,
            opened=overlaid.opened,
            today=today,
            portfolio=portfolio,
        )
        return standing, laid

    def _besides(self, policy_id: str, now: datetime, chosen: Chosen, day: date | None) -> Iterator[Besides]:
        """Yield what people put in that is to be looked at again, expires in time, or awaits approval."""
        human = self.workspace.human_input
        if not human.is_begun:
            return
        today = self.calendar.day_of(now)
        soon = ((day or today) - today).days + chosen.within
        for each in reviews_due(human, today, soon).due:
            if each.record.policy_id == policy_id:
                what = _joined(each.cause.words, each.record.proposed_grade)
                yield Besides(
                    kind=DueKind.OVERRIDE,
                    customer_id=each.record.customer_id,
                    code=each.record.id,
                    what=what,
                    by=None,
                    due=each.by,
                    latest=each.by,
                )
        for made in human.inputs(InputFilter(policy_id=policy_id, states=(State.PENDING,))):
            if made.status(today).is_open:
                yield Besides(
                    kind=DueKind.APPROVE,
                    customer_id=made.customer_id,
                    code=made.id,
                    what=_joined(_AWAITS, made.proposed_grade),
                    by=made.approver_role,
                    due=self.calendar.day_of(made.made_at),
                    latest=None,
                )

    def _masked(self, found: DueList, standing: Standing) -> DueList:
        """Return the list as whoever works here may read it."""
        import polars as pl

        compiled = standing.compiled
        clearance = self.workspace.confidential.clearance(compiled)
        names = {"customer_name": compiled.vocabulary.name, "portfolio": self.workspace.config.portfolio}
        hidden = [column for column, field in names.items() if field is not None and clearance.masks(field)]
        if not hidden:
            return found
        covered = (pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in hidden)
        return replace(found, who=found.who.with_columns(covered))

    def _unannounced(self, found: DueList) -> Iterator[str]:
        years = {day.year for day in (found.day, found.until)}
        for year in self.calendar.unannounced(years):
            yield _(
                "The make-up workdays of {year} are not announced yet, or not known here: its working days "
                "are computed from the holidays the law names."
            ).format(year=year)


def _silent(standing: Standing) -> Iterator[str]:
    """Yield why nothing the policy promises can come due, where that is so."""
    policy = standing.compiled.policy
    terms = [*standing.compiled.terms.values(), *standing.compiled.flag_terms.values()]
    timed = [each for each in terms if any(isinstance(o.obligation, TIMED) for o in each.obligations)]
    if not timed:
        yield _(
            "The policy “{name}” promises nothing that comes due. Another: --policy ID; all: --all-policies."
        ).format(name=policy.id)
    elif not any(each.written.is_in_force for each in timed):
        yield _(
            "What the policy “{name}” says of service is only suggested; accept it with rung policy adopt."
        ).format(name=policy.id)


_AWAITS: Final = Text("待审批", "awaits approval")


def _joined(words: Text, grade: str | None) -> Text:
    """Return words with the grade given behind them."""
    return words if grade is None else Text(f"{words.zh}：{grade}", f"{words.en}: {grade}")


def _asked(store: LedgerStore | None, name: str) -> pl.DataFrame | None:
    """Return a frame the ledger keeps, None while it keeps none."""
    ask: Any = getattr(store, name, None)
    return None if ask is None else ask()
