"""Which policies of a workspace listen to events, and what they know of the customers these are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from rung.errors import Problem, RungError, did_you_mean
from rung.text import _
from rung.vocabulary import EventTable

if TYPE_CHECKING:
    import polars as pl

    from rung.grading.compiled import CompiledPolicy
    from rung.grading.scorecard import Scorecard
    from rung.ledger.store import Appending, LedgerStore
    from rung.policy.model import Alarm
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.service.events.happening import Happening
    from rung.workspace.workspace import Workspace

__all__ = ["Heard", "Listener", "Listening"]


@dataclass(frozen=True)
class Heard:
    """The latest run by a policy, made ready."""

    run: Run
    scorecard: Scorecard

    @property
    def compiled(self) -> CompiledPolicy:
        """Its policy."""
        return self.scorecard.compiled

    def among(self, customers: Sequence[str]) -> frozenset[str]:
        """Return those of some customers who are in the run."""
        return frozenset(_among(self.run, _ids(customers)))


@dataclass(frozen=True)
class Listener:
    """A policy with alarms, and the run that tells the customers' values."""

    compiled: CompiledPolicy
    heard: Heard | None
    """None: a policy that grades nobody, where no run is of its sector."""
    is_graded: bool
    """Whether the run is its own: then it hears of the customers of that run alone."""

    def alarms_on(self, table: str) -> tuple[Alarm, ...]:
        """Return its alarms that listen to a table."""
        return tuple(each for each in self.compiled.policy.alarms if each.on == table)


class Listening:
    """The policies of a workspace that listen, for one act; a context manager, its runs closed at its end."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self.workspace = workspace
        self.problems: list[Problem] = []
        """Why a policy of the workspace's own cannot listen."""
        self._now = now
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ended: object) -> None:
        self._stack.close()

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """Those of every run, newest first."""
        return self.workspace.runs().manifests

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """The latest run by each policy, newest first."""
        latest = {each.policy.id: each.run_id for each in reversed(self.manifests)}
        ids = [each.run_id for each in self.manifests if latest[each.policy.id] == each.run_id]
        return tuple(map(self.opened, ids))

    def opened(self, run_id: str) -> Heard:
        """Open a run, until the act is over."""
        from rung.pipeline import scorecard_of

        run = self._stack.enter_context(self.workspace.run(run_id))
        return Heard(run, scorecard_of(run, self.workspace.host))

    @cached_property
    def listeners(self) -> tuple[Listener, ...]:
        """The policies with alarms: by their latest run, and the workspace's own that grade nobody."""
        from rung.workspace.own_policies import OwnPolicies

        own = OwnPolicies(self.workspace.human_input)
        found: list[Listener] = []
        for each in self.heard:
            if not each.compiled.alarms:
                continue
            foreign = own.against_run(each.run, each.compiled.policy)
            if foreign is None:
                found.append(Listener(each.compiled, each, is_graded=True))
            else:
                self.problems.append(foreign)
        return (*found, *self._alarm_only())

    def _alarm_only(self) -> Iterator[Listener]:
        from rung.grading.compiled import Ungraded
        from rung.pipeline import compiled_policy

        workspace = self.workspace
        day = workspace.service.calendar.day_of(self._now)
        graded = {each.compiled.policy.id for each in self.heard}
        for name in self._own_ids():
            if name in graded:
                continue
            try:
                compiled = compiled_policy(workspace.shelf.find(name, day), workspace.host)
            except RungError as error:
                self.problems += error.problems
                continue
            if compiled.alarms and isinstance(compiled.method, Ungraded):
                sector = compiled.policy.sector
                values = (each for each in self.heard if each.compiled.policy.sector == sector)
                yield Listener(compiled, next(values, None), is_graded=False)

    def _own_ids(self) -> tuple[str, ...]:
        """Return the ids of the policies in the workspace's folder, and of its usual one."""
        from rung.policy.heading import read_heading
        from rung.policy.library import LIBRARY_FILE
        from rung.policy.published import read_register
        from rung.workspace.places import POLICIES

        folder = self.workspace.folder / POLICIES
        files = sorted(path for path in folder.glob("*.toml") if path.name != LIBRARY_FILE)
        ids = [read_heading(path).id for path in files]
        with suppress(RungError):  # a damaged register is told of by whoever keeps policies
            ids += [each.id for each in read_register(folder).headings()]
        usual = self.workspace.config.policy
        return tuple(dict.fromkeys([*ids, *([usual] if usual else [])]))

    # What may arrive

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, EventTable]]:
        """The event tables that may arrive: id → sector → the table, sensitive columns marked."""
        named = self.workspace.confidential.named if self.workspace.confidential.is_watched else None
        found: dict[str, dict[str, EventTable]] = {}
        known = [*(each.compiled for each in self.heard), *(each.compiled for each in self.listeners)]
        vocabularies = {each.policy.sector: each.vocabulary for each in known if each.policy.sector}
        asked = self.workspace.config.sector
        if asked is not None and asked not in vocabularies:
            from rung.vocabulary import Vocabulary

            vocabularies[asked] = Vocabulary.of(self.workspace.host.sector(asked))
        for sector, vocabulary in vocabularies.items():
            for table in vocabulary.marked(named).events.values():
                found.setdefault(table.id, {})[str(sector)] = table
        return found

    def table(self, name: str, sector: str | None = None) -> tuple[str, EventTable]:
        """Return a table that may arrive with its sector; raises RungError for none, and for one of several.

        By its id, or for one row of it: “complaint” is a row of “complaints”.
        """
        for each in (name, f"{name}s"):
            found = self.tables.get(each, {})
            of_sector = {key: table for key, table in found.items() if sector in (None, key)}
            if len(of_sector) == 1:
                return next(iter(of_sector.items()))
            if of_sector:
                message = _("Several sectors have an event table “{name}”: {sectors}.")
                raise RungError.of(
                    message.format(name=each, sectors=", ".join(of_sector)), _("Add --sector ID.")
                )
        if not self.tables:
            raise RungError.of(
                _("No event table is known here: there is no run, and the workspace names no sector."),
                _("Grade first, adopt a policy (rung policy adopt), or name a sector in rung.toml."),
            )
        raise RungError.of(
            _("There is no event table “{name}”.").format(name=name), did_you_mean(name, sorted(self.tables))
        )

    # Who is known

    def known(self, customers: Sequence[str]) -> frozenset[str]:
        """Return those who are in a latest run; in a workspace without any run everybody is known."""
        if not self.heard:
            return frozenset(customers)
        return frozenset(each for heard in self.heard for each in heard.among(customers))

    def customer(self, given: str) -> str:
        """Return the id meant by an id, or by the name of one customer of a latest run; else as given."""
        import polars as pl

        if given in self.known([given]):
            return given
        found: set[str] = set()
        for heard in self.heard:
            named = heard.run.frame().filter(pl.col("customer_name") == given).select("customer_id")
            found.update(named.collect().to_series())
        if len(found) > 1:
            message = _("“{name}” is the name of several customers: {ids}.")
            raise RungError.of(
                message.format(name=given, ids=", ".join(sorted(found)[:5])), _("Write the id instead.")
            )
        return found.pop() if found else given

    # What is raised

    def raised(
        self,
        table: EventTable,
        sector: str | None,
        happenings: Sequence[Happening],
        ledger: LedgerStore | Appending,
    ) -> Iterator[tuple[int, Listener, Alarm]]:
        """Yield the alarms that events of a table raise: the event's place, the policy and the alarm.

        Those about customers nobody knows raise none. ``sector``: only its policies listen; None: all that
        know the table.
        """
        for listener in self.listeners:
            if sector not in (None, listener.compiled.policy.sector):
                continue
            if listener.alarms_on(table.id):
                yield from self.raised_by(listener, table.id, happenings, ledger)

    def raised_by(
        self,
        listener: Listener,
        table: str,
        happenings: Sequence[Happening],
        ledger: LedgerStore | Appending,
    ) -> Iterator[tuple[int, Listener, Alarm]]:
        """Yield the alarms of one policy that events of a table raise, as ``raised`` does."""
        from rung.grading.alarms import raised
        from rung.policy.binding import truth

        compiled = listener.compiled
        on = [each for each in compiled.alarms if each.on == table]
        tests = [each.event for each in on if each.event is not None]
        hits = [
            place
            for place, each in enumerate(happenings)
            if len(tests) < len(on) or any(truth(test, each.values) is True for test in tests)
        ]
        about = list(dict.fromkeys(happenings[place].customer_id for place in hits))
        if not about:
            return
        if listener.is_graded and listener.heard is not None:
            known = listener.heard.among(about)
        else:
            known = self.known(about)
        rows: Mapping[str, Any] = {}
        if any(each.customers is not None for each in on) and listener.heard is not None:
            rows = self._values(listener.heard, [each for each in about if each in known], ledger)
        alarms = {each.id: each for each in compiled.policy.alarms}
        for place in hits:
            each = happenings[place]
            if each.customer_id in known:
                row = rows.get(each.customer_id, {})
                for name in raised(compiled, table, each.values, row):
                    yield place, listener, alarms[name]

    def _values(
        self, heard: Heard, customers: Sequence[str], ledger: LedgerStore | Appending
    ) -> Mapping[str, Any]:
        """Return the values of customers of a run, with what people gave laid in, by id."""
        from rung.ledger.grades.correcting import MeasureFaultError, corrected
        from rung.ledger.grades.regrading import values_of
        from rung.workspace.grounds import Grounds, customers_at

        there = _among(heard.run, _ids(customers))
        today = self.workspace.service.calendar.day_of(self._now)
        grounds = Grounds(self.workspace.human_input, heard.run, today)
        inputs = grounds.data(ledger, there)
        found: dict[str, Any] = {}
        for customer in customers_at(heard.run, there):
            found[customer.id] = customer.measured
            given = values_of(inputs[customer.id], heard.compiled, today)
            if given:
                with suppress(MeasureFaultError):
                    found[customer.id] = corrected(heard.compiled, customer.measured, given)
        return found


def _ids(customers: Sequence[str]) -> pl.Series:
    import polars as pl

    return pl.Series("customer_id", list(dict.fromkeys(customers)), dtype=pl.String)


def _among(run: Run, asked: pl.Series) -> list[str]:
    """Return those of these ids that are in a run."""
    import polars as pl

    ids = run.frame().select("customer_id")
    if len(asked) == 1:
        found = ids.filter(pl.col("customer_id") == asked[0])
    else:
        found = ids.filter(pl.col("customer_id").is_in(asked.implode()))
    names: list[str] = found.collect().to_series().to_list()
    return names
