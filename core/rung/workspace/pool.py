"""The public pool of a workspace: who is about to fall into it, who is in it, who takes whom from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

from rung.errors import Problem, RungError
from rung.ledger.actor import Actor, Role
from rung.ledger.events import Draft, EventFilter
from rung.ledger.service.filters import HoldingFilter
from rung.ledger.service.holdings import Holding, assignment_draft, release_draft, taking_draft
from rung.policy.service import Release
from rung.runs.run import MEASURED
from rung.runs.store import LATEST
from rung.service.due import Chosen
from rung.service.due_list import DueKind, DueList
from rung.service.placing import places_in
from rung.service.pool import PoolRules, Whose, against_assigning, against_releasing, against_taking
from rung.text import _
from rung.workspace.customers_meant import CustomersWanted
from rung.workspace.grounds import ledger_to_look_into

if TYPE_CHECKING:
    from rung.ledger.store import Appending
    from rung.progress import Progress
    from rung.workspace.workspace import Workspace

__all__ = ["Free", "Moved", "Pool"]

_EVER: Final = 36_500
# Days within which every limit there is ends.
_STEP: Final = 500
# Customers between two reports of progress.


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One customer who has changed hands."""

    customer_id: str
    before: str | None
    """The account, or the portfolio of the source; None: nobody's."""
    after: str | None
    """The account; None: in the pool."""
    cooling_off_until: date | None = None
    """Until that day is over whoever let go may not take the customer back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """One customer in the pool, as a run has them."""

    holding: Holding
    customer_name: str | None
    grade: str | None


@dataclass(frozen=True)
class Pool:
    """The pool of one workspace. Every act raises RungError with all against it, and then nothing changes."""

    workspace: Workspace

    @cached_property
    def rules(self) -> PoolRules:
        """What the workspace says of its pool."""
        said = self.workspace.config.pool
        return PoolRules(Role(said.take), said.at_most)

    # Looking

    def neglected(
        self,
        now: datetime,
        runs: Sequence[str] = (LATEST,),
        wanted: CustomersWanted | None = None,
        *,
        is_over: bool = False,
        chosen: Chosen | None = None,
    ) -> DueList:
        """Return who is warned of: who goes to the pool unless somebody contacts them.

        ``is_over``: only those whose limit is over, whom ``release_due`` lets go.
        """
        asked = replace(chosen or Chosen(), kinds=frozenset([DueKind.RELEASE]))
        found = self.workspace.service.due(now, asked, runs, wanted=wanted)
        return replace(found, parts=found.parts.filter("is_late")) if is_over else found

    def free(self, now: datetime, run_id: str = LATEST) -> tuple[Free, ...]:
        """Return who is in the pool, by id, with names and effective grades as of a run."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with human.ledger() as store:
            holdings = tuple(store.holdings(HoldingFilter(is_in_pool=True)))
        with self.workspace.run(run_id) as run:
            standing = self.workspace.service.standing(run, now)
        ids = pl.Series([each.customer_id for each in holdings], dtype=pl.String)
        # Null where the run has them no more.
        places = places_in(standing.frame["customer_id"], ids)
        told = self.workspace.service.covered(standing.frame, standing).select(
            pl.col("customer_name").gather(places), pl.col("grade").cast(pl.String).gather(places)
        )
        return tuple(
            Free(holding=each, customer_name=name, grade=grade)
            for each, (name, grade) in zip(holdings, told.iter_rows(), strict=True)
        )

    def whose(self, customer: str, run_id: str = LATEST) -> Whose:
        """Return whose customer one is, by id or name; raises RungError for one the run does not hold."""
        with ledger_to_look_into(self.workspace.human_input) as store:
            (meant,) = self._meant([customer], run_id)
            return replace(meant, holding=store.holder(meant.customer_id))

    # Acting

    def take(self, customers: Sequence[str], now: datetime, run_id: str = LATEST) -> tuple[Moved, ...]:
        """Take customers, by id or name, from the pool: all of them or none."""
        human, today = self.workspace.human_input, self.workspace.service.calendar.day_of(now)
        actor = human.actor()

        def against(whose: Whose, store: Appending) -> Iterator[Problem]:
            held = self._held(actor, store)
            yield from against_taking(actor, whose, human.people, self.rules, held, today)

        def draft(whose: Whose) -> tuple[Draft, Moved]:
            made = taking_draft(whose.customer_id, actor.account, actor.account, now)
            return made, _moved(whose, actor.account)

        return self._each(self._meant(customers, run_id), against, draft)

    def assign(
        self, customers: Sequence[str], to: str, because: str, now: datetime, run_id: str = LATEST
    ) -> tuple[Moved, ...]:
        """Give customers, by id or name, to an account: all of them or none."""
        human = self.workspace.human_input
        actor = human.actor()

        def draft(whose: Whose) -> tuple[Draft, Moved]:
            made = assignment_draft(whose.customer_id, to, because, actor.account, now)
            return made, _moved(whose, to)

        return self._each(
            self._meant(customers, run_id),
            lambda whose, _store: against_assigning(actor, whose, to, human.people),
            draft,
        )

    def release(
        self, customers: Sequence[str], because: str, now: datetime, run_id: str = LATEST
    ) -> tuple[Moved, ...]:
        """Let customers, by id or name, go to the pool: all of them or none."""
        if not because.strip():
            raise RungError.of(_("Say why: --reason …"))
        meant = self._meant(customers, run_id)
        wanted = CustomersWanted(customers=tuple(each.customer_id for each in meant))
        found = self.neglected(now, (run_id,), wanted, chosen=Chosen(within=_EVER))
        return self._released(meant, because, now, self._cooling(found, now, run_id))

    def release_due(
        self, now: datetime, because: str, run_id: str = LATEST, *, report: Progress | None = None
    ) -> tuple[Moved, ...]:
        """Let all go whose limit is over; whom anything happened to meanwhile stays."""
        with ledger_to_look_into(self.workspace.human_input) as store:
            head = store.head().sequence
        found = self.neglected(now, (run_id,), is_over=True)
        meant = self._at(found.frame.unique("row", maintain_order=True)["row"], run_id)
        cooling = self._cooling(found, now, run_id)
        return self._released(meant, because, now, cooling, head=head, report=report)

    def _released(
        self,
        meant: Sequence[Whose],
        because: str,
        now: datetime,
        cooling: Mapping[str, date | None],
        *,
        head: int | None = None,
        report: Progress | None = None,
    ) -> tuple[Moved, ...]:
        human = self.workspace.human_input
        actor = human.actor()

        def draft(whose: Whose) -> tuple[Draft, Moved]:
            until = cooling.get(whose.customer_id)
            holder = whose.account or self._keeper(whose.portfolio)
            made = release_draft(whose.customer_id, holder or "", because, until, actor.account, now)
            return made, _moved(whose, None, until)

        return self._each(
            meant,
            lambda whose, _store: against_releasing(actor, whose, human.people),
            draft,
            head=head,
            report=report,
        )

    def _each(
        self,
        meant: Sequence[Whose],
        against: Callable[[Whose, Appending], Iterable[Problem]],
        draft: Callable[[Whose], tuple[Draft, Moved]],
        *,
        head: int | None = None,
        report: Progress | None = None,
    ) -> tuple[Moved, ...]:
        """Record one act about each customer, held against the rules while nobody else can act.

        ``head``: whom an event after that one is about is left out.
        """
        moved: list[Moved] = []
        problems: list[Problem] = []
        if not meant:
            return ()
        with self.workspace.human_input.ledger() as store, store.appending() as ledger:
            is_quiet = head is None or ledger.next_sequence == head + 1
            for place, each in enumerate(meant):
                if not is_quiet and _has_moved_on(ledger, each.customer_id, head or 0):
                    continue
                whose = replace(each, holding=ledger.holder(each.customer_id))
                spoken = tuple(against(whose, ledger))
                problems += spoken
                if not problems:
                    made, told = draft(whose)
                    ledger.append(made)
                    moved.append(told)
                if report is not None and place % _STEP == 0:
                    report(_("Changing hands"), place, len(meant))
            if problems:
                raise RungError.all(dict.fromkeys(problems))
        return tuple(moved)

    # Whose

    def _meant(self, customers: Sequence[str], run_id: str) -> tuple[Whose, ...]:
        """Return the customers meant by ids or names, each once, without what the ledger tells."""
        with self.workspace.run(run_id) as run:
            rows = dict.fromkeys(run.find(each).row for each in customers)
        return self._at(pl.Series(list(rows), dtype=pl.UInt32), run_id)

    def _at(self, rows: pl.Series, run_id: str) -> tuple[Whose, ...]:
        field = self.workspace.config.portfolio
        with self.workspace.run(run_id) as run:
            measured = pl.scan_ipc(run.folder / MEASURED)
            is_kept = field is not None and field in measured.collect_schema()
            portfolio = pl.col(field).cast(pl.String) if is_kept and field else pl.lit(None, pl.String)
            kept = measured.select("customer_id", portfolio.alias("portfolio")).collect()
        return tuple(
            Whose(customer_id=customer, holding=None, portfolio=whose)
            for customer, whose in kept[rows].iter_rows()
        )

    def _held(self, actor: Actor, store: Appending) -> int:
        if self.rules.at_most is None:
            return 0
        return sum(1 for _each in store.holdings(HoldingFilter(account=actor.account)))

    def _keeper(self, portfolio: str | None) -> str | None:
        """Return the account of the only person who looks after a portfolio."""
        people = self.workspace.human_input.people.listed
        found = [account for account, each in people.items() if portfolio in each.portfolio]
        return found[0] if portfolio is not None and len(found) == 1 else None

    # Limits

    def _cooling(self, found: DueList, now: datetime, run_id: str) -> Mapping[str, date | None]:
        """Return until when each customer of a list may not be taken back by whoever lets go."""
        spans = self._spans(run_id)
        rows = found.rows(0, len(found))
        return {each.customer_id: self._until(spans.get((each.source, each.code)), now) for each in rows}

    def _spans(self, run_id: str) -> Mapping[tuple[str, str], Release]:
        """Return the run's promises of release by what brings them and their code."""
        with self.workspace.run(run_id) as run:
            policy = self.workspace.human_input.policy_of(run)
        terms = {**policy.service, **{flag.id: flag.service for flag in policy.flags if flag.service}}
        return {
            (source, code): obligation
            for source, each in terms.items()
            for code, obligation in each.coded()
            if isinstance(obligation, Release)
        }

    def _until(self, release: Release | None, now: datetime) -> date | None:
        """Return the last day on which whoever lets go now may not take the customer back."""
        if release is None or release.cooling_off is None:
            return None
        today = self.workspace.service.calendar.day_of(now)
        return release.cooling_off.after(today) - timedelta(days=1)


def _has_moved_on(ledger: Appending, customer_id: str, head: int) -> bool:
    """Whether anything is on record about a customer after the event of a number."""
    found = ledger.events(EventFilter(customer_id=customer_id), after=head)
    return next(iter(found), None) is not None


def _moved(whose: Whose, after: str | None, until: date | None = None) -> Moved:
    before = None if whose.is_free else whose.account or whose.portfolio
    return Moved(customer_id=whose.customer_id, before=before, after=after, cooling_off_until=until)
