"""Service in a workspace: lays runs, ledger and calendar together, and says what is due to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rung.errors import Place, RungError, did_you_mean
from rung.ledger.confidential import MASK
from rung.ledger.grades.laid_over import nothing_laid_over
from rung.policy.files import read_text
from rung.policy.locate import line_of
from rung.policy.model import Review
from rung.runs.store import LATEST
from rung.service.bound import Standing, standing_of
from rung.service.calendars import Calendar, read_calendar
from rung.service.contacts import ended_rows
from rung.service.due import TIMED, Chosen, due_list
from rung.service.due_list import DueKind, DueList, Silence
from rung.service.resources import ResourceList, resource_codes, resource_list
from rung.service.since import began_of, since_of, touched
from rung.text import _
from rung.workspace.due_besides import due_besides
from rung.workspace.grounds import ledger_to_look_into
from rung.workspace.overlaid import OverlaidRun
from rung.workspace.places import CONFIG

if TYPE_CHECKING:
    import polars as pl

    from rung.ledger import LedgerStore
    from rung.ledger.grades.laid_over import LaidOver
    from rung.runs.run import Run
    from rung.service.kept.forecasting import Forecast
    from rung.service.kept.report import KeptReport
    from rung.workspace.customers_meant import CustomersWanted
    from rung.workspace.forecast import ForecastAsked
    from rung.workspace.kept import KeptAsked
    from rung.workspace.workspace import Workspace

__all__ = ["Owing", "Service"]

_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Owing:
    """A run as it counts, and what its rhythms count from."""

    standing: Standing
    last_contacts: pl.DataFrame | None
    ended: pl.DataFrame | None
    """To whom no contact is owed any more, see ``ended_rows``; None where no outcome ends the promise."""

    @property
    def rows_ended(self) -> pl.Series | None:
        """The places of those to whom no contact is owed any more."""
        return None if self.ended is None else self.ended["row"]


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
        found = _once_each(DueList.joined([self._due(each, now, chosen, day, wanted) for each in runs]))
        found = found.in_batches() if chosen.in_batches else found
        # Of many policies some promise nothing; of one or two that is worth a word.
        silences = found.silences if len(runs) <= _FEW else ()
        return replace(found, silences=silences, notices=tuple(self._unannounced(found)))

    def _due(
        self, run_id: str, now: datetime, chosen: Chosen, day: date | None, wanted: CustomersWanted | None
    ) -> DueList:
        workspace = self.workspace
        with ExitStack() as stack:
            run = stack.enter_context(workspace.run(run_id))
            human = workspace.human_input
            store = stack.enter_context(human.ledger()) if human.is_begun else None
            owing, laid = self._owing(run, store, now)
            standing = owing.standing
            if wanted is not None and (wanted.is_filtered or wanted.customers is not None):
                chosen = replace(chosen, rows=self._rows(run, standing, laid, wanted))
            until = (day or self.calendar.day_of(now)) + timedelta(days=chosen.within)
            besides = tuple(due_besides(workspace, standing.compiled.policy, now, until, chosen.kinds))
            found = due_list(
                standing,
                self.calendar,
                now,
                chosen,
                day=day,
                last_contacts=owing.last_contacts,
                arrived=workspace.events.waiting(owing, store),
                holders=None if store is None else store.holders_frame(),
                besides=besides,
                ended=owing.rows_ended,
                looked_at=self.looked_at(standing, store),
            )
        return replace(found, who=self.covered(found.who, standing), silences=tuple(_silent(standing)))

    def resources(
        self,
        now: datetime,
        run_id: str = LATEST,
        wanted: CustomersWanted | None = None,
        codes: Collection[str] | None = None,
    ) -> ResourceList:
        """Return what is set aside for the customers wanted of a run, all if left out.

        ``codes``: only promises with one of these codes; raises RungError where the policy has none of them.
        """
        with self.workspace.run(run_id) as run, ledger_to_look_into(self.workspace.human_input) as store:
            standing, laid, _opened = self._standing(run, store, now)
            rows = None if wanted is None else self._rows(run, standing, laid, wanted)
        known = resource_codes(standing)
        for code in codes or ():
            if code not in known:
                message = _("The policy sets nothing aside under the code “{code}”.").format(code=code)
                raise RungError.of(message, did_you_mean(code, known))
        found = resource_list(standing, rows, codes)
        return replace(found, frame=self.covered(found.frame, standing))

    def _rows(self, run: Run, standing: Standing, laid: LaidOver, wanted: CustomersWanted) -> pl.Series:
        """Return the places of the customers wanted; nobody is chosen by what must not be read."""
        import polars as pl

        from rung.workspace.customers_meant import customers_meant

        hidden = self.workspace.confidential.clearance(standing.compiled).hidden
        known = [each.id for each in run.manifest.columns if each.id not in hidden]
        places = customers_meant(run, standing.compiled, wanted, lambda: laid.customers, known)
        return pl.Series(places, dtype=pl.UInt32)

    def looked_at(self, standing: Standing, store: LedgerStore | None) -> pl.DataFrame | None:
        """Return when people last looked at each customer's grade; None where no review is promised."""
        is_promised = any(isinstance(each.obligation, Review) for each in standing.bindings)
        if store is None or not is_promised:
            return None
        return store.looked_at_frame(standing.compiled.policy.id)

    def owed(self, run: Run, store: LedgerStore | None, now: datetime) -> Owing:
        """Return how a run counts at a moment, and to whom no contact is owed any more."""
        return self._owing(run, store, now)[0]

    def _owing(self, run: Run, store: LedgerStore | None, now: datetime) -> tuple[Owing, LaidOver]:
        # Contacts are read while the grades are laid over: each waits on something else.
        with ThreadPoolExecutor(1) as reader:
            reading = None if store is None else reader.submit(store.last_contacts_frame)
            standing, laid, opened = self._standing(run, store, now)
            last = None if reading is None else reading.result()
        return Owing(standing, last, self._ended(standing, laid, opened, store)), laid

    def kept(self, asked: KeptAsked, now: datetime) -> KeptReport:
        """Return what was kept of what was promised in a period; see ``rung.workspace.kept``."""
        from rung.workspace.kept import kept

        return kept(self.workspace, asked, now)

    def forecast(self, asked: ForecastAsked, now: datetime) -> Forecast:
        """Return what falls due in the weeks to come; see ``rung.workspace.forecast``."""
        from rung.workspace.forecast import forecast

        return forecast(self.workspace, asked, now)

    def standing(self, run: Run, now: datetime) -> Standing:
        """Return how a run counts at a moment, with the ledger laid over it."""
        human = self.workspace.human_input
        if not human.is_begun:
            return self._standing(run, None, now)[0]
        with human.ledger() as store:
            return self._standing(run, store, now)[0]

    def _ended(
        self, standing: Standing, laid: LaidOver, opened: pl.DataFrame | None, store: LedgerStore | None
    ) -> pl.DataFrame | None:
        """Return those whose latest contact ended the promise of contact."""
        import polars as pl

        ending = [each.id for each in standing.compiled.outcomes if each.ends]
        if store is None or not ending:
            return None
        latest = store.latest_contacts_frame(ending)
        about = pl.Series(touched(laid), dtype=pl.String)
        return ended_rows(latest, standing.frame, self.calendar, opened, about)

    def _standing(
        self, run: Run, store: LedgerStore | None, now: datetime
    ) -> tuple[Standing, LaidOver, pl.DataFrame | None]:
        from rung.pipeline import scorecard_of

        workspace, today = self.workspace, self.calendar.day_of(now)
        portfolio = workspace.config.portfolio
        if store is None:
            scorecard = scorecard_of(run, workspace.host)
            laid = nothing_laid_over(run.frame(), scorecard.compiled.policy)
            return standing_of(run, scorecard, laid, since_of(run, laid, {}), portfolio=portfolio), laid, None
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
            on_file=workspace.records.on_file(overlaid.scorecard.compiled),
        )
        return standing, laid, overlaid.opened

    def covered(self, frame: pl.DataFrame, standing: Standing) -> pl.DataFrame:
        """Return customers with what whoever works here may not read covered."""
        import polars as pl

        compiled = standing.compiled
        clearance = self.workspace.confidential.clearance(compiled)
        names = {"customer_name": compiled.vocabulary.name, "portfolio": self.workspace.config.portfolio}
        hidden = [column for column, field in names.items() if field is not None and clearance.masks(field)]
        covered = (pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in hidden)
        return frame.with_columns(covered) if hidden else frame

    def _unannounced(self, found: DueList) -> Iterator[str]:
        years = {day.year for day in (found.day, found.until)}
        for year in self.calendar.unannounced(years):
            yield _(
                "The make-up workdays of {year} are not announced yet, or not known here: its working days "
                "are computed from the holidays the law names."
            ).format(year=year)


def _once_each(found: DueList) -> DueList:
    """Return the list with each record and alarm once, though the lists of several policies have it."""
    import polars as pl

    seen: dict[str, str] = {}
    again: list[int] = []
    for place, duty in enumerate(found.duties):
        is_numbered = duty.kind in (DueKind.RECORD, DueKind.ALARM) and not duty.source
        # Several duties of one alarm stand in one list.
        if is_numbered and seen.setdefault(duty.code, duty.policy) != duty.policy:
            again.append(place)
    return replace(found, parts=found.parts.filter(~pl.col("duty").is_in(again))) if again else found


def _silent(standing: Standing) -> Iterator[Silence]:
    """Yield why nothing the policy promises can come due, where that is so."""
    policy = standing.compiled.policy
    terms = [*standing.compiled.terms.values(), *standing.compiled.flag_terms.values()]
    timed = [each for each in terms if any(isinstance(o.obligation, TIMED) for o in each.obligations)]
    if not any(each.written.is_in_force for each in timed):
        yield Silence(policy.id, policy.title, is_suggested=bool(timed))
