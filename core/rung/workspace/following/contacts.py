"""Contacts of a workspace: logged and taken back, the customer graded anew at once, and looked back at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.ledger.service.filters import ContactFilter
from rung.runs.store import LATEST
from rung.text import _
from rung.workspace.following.customer_at_hand import CustomerAtHand, row_of
from rung.workspace.following.facts import Fact, Who
from rung.workspace.own_policies import OwnPolicies

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.grading.scorecard import Scorecard
    from rung.ledger import Appending, LedgerStore
    from rung.ledger.keeping.addresses import PostgresqlAddress
    from rung.ledger.service.contacts import LoggedContact
    from rung.policy.outcome import OutcomeInEffect
    from rung.runs.manifest import Manifest
    from rung.runs.run import Run
    from rung.service.calendars import Calendar
    from rung.service.contacts import ContactSaid
    from rung.vocabulary import Quantity
    from rung.workspace.following.made import ContactMade, ContactUndone
    from rung.workspace.following.timeline import Timeline
    from rung.workspace.workspace import Workspace

__all__ = ["Contacts"]

_KEPT: Final = 8
# Scorecards kept at hand: one for each policy somebody works by.


@dataclass(frozen=True)
class Contacts:
    """The contacts of one workspace, for whoever works in it."""

    workspace: Workspace
    _scorecards: dict[str, Scorecard] = field(default_factory=dict, compare=False, repr=False)
    _at_work: list[bool] = field(default_factory=list, compare=False, repr=False)
    _kept_open: list[_KeptOpen] = field(default_factory=list, compare=False, repr=False)
    _latest: dict[tuple[str, ...], tuple[Manifest, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def calendar(self) -> Calendar:
        """The workspace's calendar, by whose days contacts count."""
        return self.workspace.service.calendar

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep the ledger open in the block: for whoever logs one contact after the other."""
        self._at_work.append(True)
        try:
            yield
        finally:
            self._at_work.pop()
            while self._kept_open and not self._at_work:
                self._kept_open.pop().store.close()

    @contextmanager
    def ledger(self) -> Iterator[LedgerStore]:
        """Open the ledger, or give it again where it is kept open and still the one there is."""
        human = self.workspace.human_input
        if not self._at_work:
            with human.ledger() as store:
                yield store
            return
        known = self._kept_open[-1] if self._kept_open else None
        if known is None or known.file != _file_of(human.place):
            # Somebody put another in its place: what is logged is not to go into one that was moved away.
            while self._kept_open:
                self._kept_open.pop().store.close()
            store = human.ledger()
            known = _KeptOpen(store, _file_of(human.place))
            self._kept_open.append(known)
        yield known.store

    @property
    def who(self) -> Who:
        """Who acts, among the people of the workspace."""
        human = self.workspace.human_input
        return Who(human.actor(), human.people)

    # Acts: each raises RungError with everything that speaks against it, and then nothing is recorded

    def log(self, customer: str, said: ContactSaid, now: datetime, run_id: str = LATEST) -> ContactMade:
        """Record a contact with a customer, by id or name, under the policy of a run.

        What was learned becomes judgements and corrections beside it, in one transaction, and the customer
        is graded anew.
        """
        from rung.workspace.following.log import logged

        return logged(self, customer, said, now, run_id)

    def undo(self, contact_id: str, reason: str, now: datetime) -> ContactUndone:
        """Take a contact back, with its judgements and corrections: its maker may, and an owner."""
        from rung.workspace.following.undo import undone

        return undone(self, contact_id, reason, now)

    # What there is

    def outcomes(self, run_id: str = LATEST) -> tuple[OutcomeInEffect, ...]:
        """Return what a contact can come to under the policy of a run."""
        with self.workspace.run(run_id) as run:
            return self.scorecard(run).compiled.outcomes

    def quantities(self, run_id: str = LATEST) -> Mapping[str, Quantity]:
        """Return everything the policy of a run has a name for."""
        with self.workspace.run(run_id) as run:
            return self.scorecard(run).compiled.quantities

    def check_may_log(self) -> None:
        """Raise RungError where whoever works here may not log contacts."""
        from rung.workspace.following.log import may_log

        problems = list(may_log(self.who))
        if problems:
            raise RungError.all(problems)

    def of(self, customer_id: str, limit: int | None = None) -> tuple[LoggedContact, ...]:
        """Return the contacts with a customer that count, newest first; facts masked as in lists."""
        human = self.workspace.human_input
        if not human.is_begun:
            return ()
        with self.ledger() as store:
            found = tuple(store.contacts(ContactFilter(customer_id=customer_id, limit=limit)))
        return tuple(map(self.listed, found))

    def listed(self, contact: LoggedContact) -> LoggedContact:
        """Return a contact as lists show it: sensitive values masked for everybody, if watched."""
        from dataclasses import replace

        from rung.ledger.confidential import MASK

        confidential = self.workspace.confidential
        if not confidential.is_watched or not contact.facts:
            return contact
        facts = {
            name: MASK if value is not None and confidential.is_sensitive(contact.policy_id, name) else value
            for name, value in contact.facts.items()
        }
        return replace(contact, facts=facts)

    def history(self, customer_id: str, *, before: int | None = None, limit: int | None = None) -> Timeline:
        """Return everything that was done about a customer, newest first; ``before``: the page after."""
        from rung.workspace.following.timeline import timeline

        return timeline(self, customer_id, before=before, limit=limit)

    # What acts rest on

    def scorecard(self, run: Run) -> Scorecard:
        """Return what graded a run, kept at hand: runs never change."""
        from rung.pipeline import scorecard_of

        run_id = run.manifest.run_id
        found = self._scorecards.get(run_id)
        if found is None:
            while len(self._scorecards) >= _KEPT:
                self._scorecards.pop(next(iter(self._scorecards)), None)
            found = self._scorecards[run_id] = scorecard_of(run, self.workspace.host)
        return found

    def at_hand(self, run: Run, customer: str, *, to_act: bool = True) -> CustomerAtHand:
        """Return a customer of a run, by id or name; raises RungError for one it does not hold.

        ``to_act``: whether somebody may act on the run is looked up, which takes reading policies.
        """
        human = self.workspace.human_input
        scorecard = self.scorecard(run)
        row = row_of(run, customer)
        found = run.find(customer) if row is None else run.customer(row)
        foreign: Problem | None = None
        if to_act:
            foreign = OwnPolicies(human).against_run(run, scorecard.compiled.policy)
        return CustomerAtHand(run, scorecard, found, human.portfolio, foreign)

    def latest_runs(self) -> tuple[Manifest, ...]:
        """Return the last run by each policy that can be read, newest first."""
        ids = self.workspace.store.ids()
        if ids not in self._latest:
            self._latest.clear()
            self._latest[ids] = tuple(self._latest_of(ids))
        return self._latest[ids]

    def _latest_of(self, ids: Sequence[str]) -> Iterator[Manifest]:
        from rung.runs.manifest import read_manifest
        from rung.runs.run import MANIFEST

        # An id is a moment to the second and the policy's id: of each policy the first few are read.
        seen: dict[str, str] = {}
        found: dict[str, Manifest] = {}
        for run_id in ids:
            stamp, _dash, policy = run_id.partition("-")
            if seen.setdefault(policy, stamp) != stamp:
                continue
            try:
                manifest = read_manifest(self.workspace.store.folder / run_id / MANIFEST)
            except RungError:
                seen.pop(policy)  # a damaged one tells nothing; the one before it does
                continue
            known = found.get(manifest.policy.id)
            if known is None or manifest.created_at > known.created_at:
                found[manifest.policy.id] = manifest
        yield from found.values()

    def others_reading(
        self, main: CustomerAtHand, facts: Sequence[Fact]
    ) -> Iterator[AbstractContextManager[CustomerAtHand]]:
        """Yield the customer in the last runs by other policies of the sector that keep one of the facts."""
        sector = main.scorecard.compiled.policy.sector
        for manifest in self.latest_runs():
            if manifest.policy.id == main.policy_id:
                continue
            kept = {each.id for each in manifest.columns}
            if kept.isdisjoint(each.subject for each in facts):
                continue
            with self._open(manifest.run_id) as run:
                is_theirs = run is not None and self.scorecard(run).compiled.policy.sector == sector
                is_theirs = is_theirs and run is not None and _holds(run, main.found.id)
            if is_theirs:
                yield self._opened(manifest.run_id, main.found.id)

    @contextmanager
    def _open(self, run_id: str) -> Iterator[Run | None]:
        try:
            run = self.workspace.run(run_id)
        except RungError:
            yield None
            return
        with run:
            yield run

    @contextmanager
    def _opened(self, run_id: str, customer_id: str) -> Iterator[CustomerAtHand]:
        with self.workspace.run(run_id) as run:
            yield self.at_hand(run, customer_id)

    def first_known(self, main: CustomerAtHand, day: date, ledger: Appending) -> date | None:
        """Return the first day a customer is known, where a day is before it; None where it is not.

        It is the day of the oldest run by the policy that holds the customer, or of an earlier contact.
        """
        earliest: date | None = main.run.manifest.as_of
        for manifest in sorted(self.workspace.runs().manifests, key=lambda each: each.as_of):
            if manifest.policy.id != main.policy_id or manifest.run_id == main.run.manifest.run_id:
                continue
            if earliest is not None and manifest.as_of >= earliest:
                break
            with self._open(manifest.run_id) as run:
                if run is not None and _holds(run, main.found.id):
                    earliest = manifest.as_of
        if earliest is None or day >= earliest:
            return None
        moment = self.calendar.moment_of(day)
        before = ContactFilter(customer_id=main.found.id, until=moment, limit=1)
        return None if any(True for _contact in ledger.contacts(before)) else earliest

    def nothing_logged(self, contact_id: str) -> RungError:
        """Return the refusal of an id no contact has."""
        return RungError.of(
            _("There is no contact “{id}”.").format(id=contact_id),
            _("See a customer's contacts: rung follow history CUSTOMER."),
        )


def _holds(run: Run, customer_id: str) -> bool:
    return row_of(run, customer_id) is not None or run.results.find("customer_id", customer_id) is not None


@dataclass(frozen=True, slots=True)
class _KeptOpen:
    """A ledger kept open, and which file it was when it was opened."""

    store: LedgerStore
    file: tuple[int, int] | None


def _file_of(place: Path | PostgresqlAddress) -> tuple[int, int] | None:
    if not isinstance(place, Path):
        return None
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
