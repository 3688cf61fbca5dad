"""What the mode reads beside the screen: figures of the runs and the ledger, kept until read anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from rung.progress import Progress
from rung_tui.language import _
from rung_tui.modes.desk import Desk, doors_of
from rung_tui.monitor.wish import SPANS, WEEKS, MonitorWish, View
from rung_tui.scale import Scale, scale_of_run

if TYPE_CHECKING:
    import polars as pl

    from rung.monitor.migration import Stand
    from rung.runs.manifest import Manifest, MeasuredColumn
    from rung.service.kept.forecasting import Forecast, LoadLine
    from rung.service.kept.report import KeptLine, KeptReport
    from rung.text import Text
    from rung.workspace import Workspace
    from rung.workspace.grades_watched import MigrationWatched

__all__ = ["MonitorDesk", "ServiceWatched", "StoppedError", "Ticket"]

_DRAWING: Final = "rung_tui.monitor.drawing"
# Loaded with the core behind it before the screen's thread asks for it.


class StoppedError(Exception):
    """Raised in work that nobody waits for any more."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One reading: who begins another, or gives up, stops it."""

    wish: MonitorWish
    stopped: Event = field(default_factory=Event)

    def check(self) -> None:
        """Raise StoppedError where nobody waits any more."""
        if self.stopped.is_set():
            raise StoppedError


@dataclass(frozen=True, slots=True)
class ServiceWatched:
    """What was kept, and what is to come."""

    kept: KeptReport
    by_kind: tuple[KeptLine, ...]
    by_grade: tuple[KeptLine, ...]
    forecast: Forecast
    weeks: tuple[LoadLine, ...]
    kinds: Mapping[str, Text]
    """What the kinds of promises are called."""
    scale: Scale
    """The policy's grades."""


@dataclass
class MonitorDesk(Desk):
    """The mode's side beside the screen."""

    wish: MonitorWish
    opened_over: str
    """The run of the queue when the wish was made."""
    found: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What was read, by the wish's key."""
    manifests: dict[str, Manifest] = field(default_factory=dict)
    """The runs by the policy, newest first."""
    values: tuple[MeasuredColumn, ...] = ()
    """What of the run can be added up."""
    _values_of: str = ""
    place: tuple[int, int] = (0, 0)
    """The cell of the migration the cursor is on."""
    outcomes_typed: str = ""
    """The file of outcomes, as typed."""

    @classmethod
    def of(cls, workspace: Workspace, run_id: str) -> MonitorDesk:
        """Return a desk with doors of its own, at a run."""
        return cls(doors_of(workspace), MonitorWish(run_id), run_id)

    def look_at(self, run_id: str) -> None:
        """Look at another run, in the view of now."""
        self.wish = MonitorWish(run_id, view=self.wish.view)
        self.opened_over = run_id

    def forget_runs(self) -> None:
        """Have the list of runs read anew with the next view."""
        self._values_of = ""

    # For ``work``

    def read(self, ticket: Ticket, report: Progress) -> Any:
        """Return what the view of a wish shows; raises StoppedError where it is given up meanwhile."""
        ticket.check()
        import_module(_DRAWING)
        wish = ticket.wish
        self._know_runs(wish)
        ticket.check()

        def told(stage: str, done: int, whole: int | None) -> None:
            ticket.check()
            report(stage, done, whole)

        readers: dict[View, Callable[[], Any]] = {
            View.DISTRIBUTION: lambda: self._distribution(wish),
            View.CONCENTRATION: lambda: self._concentration(wish),
            View.MIGRATION: lambda: self._migration(wish, told),
            View.OVERRIDES: lambda: self._overrides(wish, told),
            View.SERVICE: lambda: self._service(wish, told),
        }
        found = readers[wish.view]()
        ticket.check()
        return found

    def first(self, wish: MonitorWish) -> MonitorWish:
        """Return a wish with the run before it, where none is chosen."""
        from rung.workspace.grades_watched import run_before

        self._know_runs(wish)
        manifest = self.manifests.get(wish.run_id)
        found = None if manifest is None else run_before(self.workspace, manifest)
        return wish if found is None else replace(wish, before_id=found.run_id)

    def _know_runs(self, wish: MonitorWish) -> None:
        if wish.run_id == self._values_of:
            return
        from rung.workspace.grades_watched import summable

        with self.workspace.run(wish.run_id) as run:
            self.values = summable(self.workspace, run)
            policy = run.manifest.policy.id
        every = self.workspace.runs().manifests
        self.manifests = {each.run_id: each for each in every if each.policy.id == policy}
        self._values_of = wish.run_id

    def _distribution(self, wish: MonitorWish) -> Any:
        from rung.workspace.grades_watched import watch_distribution

        return watch_distribution(self.workspace, wish.run_id, wish.before_id, wish.value, self.now())

    def _concentration(self, wish: MonitorWish) -> Any:
        from rung.workspace.grades_watched import watch_concentration

        return watch_concentration(self.workspace, wish.run_id, wish.held)

    def _migration(self, wish: MonitorWish, report: Progress) -> Any:
        from rung.workspace.grades_watched import watch_migration

        report(_("Laying the runs side by side"), 0, None)
        return (
            None if wish.before_id is None else watch_migration(self.workspace, wish.before_id, wish.run_id)
        )

    def _overrides(self, wish: MonitorWish, report: Progress) -> Any:
        from rung.monitor import Dimension, Meaning
        from rung.workspace.monitoring import OverridesAsked, watch_overrides

        asked = OverridesAsked(
            run_id=wish.run_id,
            by=Dimension(wish.by) if wish.by else None,
            outcomes=wish.outcomes,
            meaning=Meaning.HOPED if wish.is_hoped else Meaning.FEARED,
        )
        return watch_overrides(self.workspace, asked, self.now(), report)

    def _service(self, wish: MonitorWish, report: Progress) -> ServiceWatched:
        from rung.service.due_list import DueKind
        from rung.service.kept.forecasting import ForecastBy
        from rung.service.kept.report import By
        from rung.workspace.forecast import ForecastAsked
        from rung.workspace.kept import KeptAsked

        now, service = self.now(), self.workspace.service
        today = service.calendar.day_of(now)
        policy = self.manifests[wish.run_id].policy.id
        first = today - timedelta(days=SPANS[wish.span] - 1)
        earliest = min(each.as_of for each in self.manifests.values())
        asked = KeptAsked(first=max(first, min(earliest, today)), until=today, policies=(policy,))
        report(_("Counting what was kept"), 0, None)
        kept = service.kept(asked, now)
        report(_("Going through the weeks to come"), 0, None)
        until = today + timedelta(days=7 * WEEKS[wish.span] - 1)
        forecast = service.forecast(ForecastAsked(until=until, run_id=wish.run_id), now)
        return ServiceWatched(
            kept=kept,
            by_kind=kept.lines(By.KIND),
            by_grade=kept.lines(By.GRADE),
            forecast=forecast,
            weeks=forecast.lines(ForecastBy.WEEK),
            kinds={each.value: each.words for each in DueKind},
            scale=scale_of_run(self.manifests[wish.run_id]),
        )

    def moved(self, found: MigrationWatched, before: Stand, after: Stand) -> pl.DataFrame:
        """Return the customers of one cell."""
        from rung.monitor.migration import stood

        return found.customers.filter(stood(before, after))
