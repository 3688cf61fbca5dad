"""What the mode works on beside the screen: the list, what each proposal does, the acts; notes not sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung.progress import Progress
from rung.text import Text
from rung_tui.approvals.anew import AnewForm
from rung_tui.approvals.listing import Listing, Preview, Told, views_of
from rung_tui.approvals.rows import Listed
from rung_tui.approvals.wish import ApprovalsWish, View
from rung_tui.approvals.words import words_loaded
from rung_tui.drafts.drawer import Drawer
from rung_tui.language import _
from rung_tui.modes.desk import ListDesk, doors_of
from rung_tui.scale import Scale, scale_of_policy, scale_of_run

if TYPE_CHECKING:
    from rung.ledger import Act, InputRecord
    from rung.workspace import Workspace
    from rung.workspace.deciders import Deciders, Waiting
    from rung.workspace.lifted import Lifted
    from rung.workspace.proposal_effects import Effects, LastRun
    from rung.workspace.record_titles import Titles
    from rung.workspace.standings import Standing

__all__ = ["ApprovalsDesk"]


def _silent(_stage: str, _done: int, _whole: int | None) -> None:
    """Report nothing."""


@dataclass
class ApprovalsDesk(ListDesk):
    """The mode's side beside the screen."""

    wish: ApprovalsWish = field(default_factory=ApprovalsWish)
    listing: Listing | None = None
    notes: dict[str, str] = field(default_factory=dict)
    """Notes begun and not sent: by the id of the proposal, or by the act for many at once."""
    anew: dict[str, AnewForm] = field(default_factory=dict)
    """Proposals being put forward anew, and not sent, by id."""
    marked: dict[str, InputRecord] = field(default_factory=dict)
    """Those that bear a mark, in the order in which they were marked."""
    _runs: dict[str, LastRun] = field(default_factory=dict)
    _titles: Titles | None = None

    @classmethod
    def of(cls, workspace: Workspace) -> ApprovalsDesk:
        """Return a desk with doors of its own."""
        return cls(doors_of(workspace))

    def give_back(self) -> None:
        """Give the runs back."""
        for run in self._runs.values():
            run.close()
        self._runs.clear()

    def begun(self) -> str:
        """Return how many decisions were begun and not recorded."""
        count = sum(bool(each.strip()) for each in self.notes.values())
        count += sum(not each.is_blank for each in self.anew.values())
        return _("Decisions begun and not recorded: {count}").format(count=count) if count else ""

    def drawers(self) -> tuple[Drawer, ...]:
        """Return what is kept on disk of what was typed."""
        return Drawer("approvals:notes", self.notes, str), Drawer("approvals:anew", self.anew, AnewForm)

    # For ``work``: reading

    def read(self, wish: ApprovalsWish, before: Listing | None) -> Listing:
        """Return what awaits decisions by a wish; another view of the same is not read again."""
        words_loaded()
        if before is None or before.wish.policy != wish.policy or wish.view not in before.views:
            return self._read(wish)
        return replace(before, wish=wish)

    def _read(self, wish: ApprovalsWish) -> Listing:
        from rung.ledger import State
        from rung.workspace.deciders import Deciders
        from rung.workspace.record_titles import Titles

        self.give_back()  # a run made meanwhile is the last one now
        human, now = self.workspace.human_input, self.now()
        self._titles = Titles(human)
        deciders = Deciders.of(human, now)
        whole: tuple[Waiting, ...] = ()
        if human.is_begun:
            with human.ledger() as store:
                whole = deciders.waiting(store, now, (State.PENDING, State.RETURNED), wish.policy)
        views = views_of(whole, lambda record: self._is_own(deciders, record))
        problems: tuple[Problem, ...] = ()
        lifting: frozenset[str] = frozenset()
        if wish.view is View.LIFTED:
            lifted = self._lifted(wish, now)
            views[View.LIFTED], problems = self._waiting(deciders, lifted, now), lifted.problems
            lifting = frozenset(each.id for each in lifted.records)
        stale = self._stale(whole, now)
        names, amiss = self._names([each for found in views.values() for each in found])
        found = self.workspace.runs().manifests  # newest first
        scales = {each.policy.id: scale_of_run(each) for each in reversed(found)}

        def listed(waiting: Waiting, done: InputRecord | None) -> Listed:
            return self._listed(deciders, waiting, now, names, lifting, done, scales, stale)

        return Listing(
            wish=wish,
            now=now,
            views=views,
            deciders=deciders,
            delegations=human.delegations(now.date()),
            names=names,
            listed=listed,
            has_more_policies=len(scales) > 1,
            scales=scales,
            problems=(*problems, *amiss),
        )

    def _stale(self, found: Sequence[Waiting], now: datetime) -> frozenset[str]:
        """Return the ids of what was proposed on a grade, or a value, that has changed since."""
        from rung.workspace.standings import standings_of

        if not found:
            return frozenset()
        inputs = [each.record for each in found]
        laid = standings_of(self.workspace.human_input, now.date(), inputs)
        return frozenset(each.record.id for each in laid.found if _is_stale(each))

    def _lifted(self, wish: ApprovalsWish, now: datetime) -> Lifted:
        from rung.workspace.lifted import lifted

        policies = None if wish.policy is None else (wish.policy,)
        return lifted(self.workspace.human_input, now.date(), policies)

    @staticmethod
    def _waiting(deciders: Deciders, lifted: Lifted, now: datetime) -> tuple[Waiting, ...]:
        from rung.ledger import Act
        from rung.workspace.deciders import Waiting

        return tuple(Waiting(each, deciders.against(Act.APPROVED, each, now)) for each in lifted.records)

    def _names(self, found: Sequence[Waiting]) -> tuple[dict[tuple[str, str], str], tuple[Problem, ...]]:
        """Return the names of the customers in the last runs, and what is wrong with those runs."""
        names: dict[tuple[str, str], str] = {}
        problems: list[Problem] = []
        for policy in dict.fromkeys(each.record.policy_id for each in found):
            try:
                ids = {each.record.customer_id for each in found if each.record.policy_id == policy}
                known = self._run(policy).names(ids)
            except RungError as error:
                problems += error.problems
            else:
                names |= {(policy, customer): name for customer, name in known.items()}
        return names, tuple(problems)

    def _listed(
        self,
        deciders: Deciders,
        waiting: Waiting,
        now: datetime,
        names: dict[tuple[str, str], str],
        lifting: frozenset[str],
        done: InputRecord | None,
        scales: Mapping[str, Scale],
        stale: Collection[str],
    ) -> Listed:
        assert self._titles is not None
        record = waiting.record if done is None else done
        return Listed(
            record=self.workspace.confidential.listed(record),
            now=now,
            customer_name=names.get((record.policy_id, record.customer_id), ""),
            quantity=self._titles.quantity(record),
            reason=self._titles.reason_text(record),
            scale=scales.get(record.policy_id, Scale()),
            maker=self.workspace.human_input.people.name(record.maker),
            obstacles=waiting.obstacles,
            is_own=self._is_own(deciders, record),
            has_lifted=record.id in lifting,
            is_stale=record.id in stale,
            done=None if done is None or done.last is None else done.last.act,
        )

    @staticmethod
    def _is_own(deciders: Deciders, record: InputRecord) -> bool:
        return any(not who.accounts.isdisjoint(record.makers) for who in (deciders.me, *deciders.lent))

    def _run(self, policy_id: str) -> LastRun:
        from rung.workspace.proposal_effects import LastRun

        if policy_id not in self._runs:
            self._runs[policy_id] = LastRun(self.workspace, policy_id)
        return self._runs[policy_id]

    def run_id(self, policy_id: str) -> str:
        """Return the last run by a policy; raises RungError where there is none."""
        return self._run(policy_id).run.manifest.run_id

    def tell(self, listing: Listing, place: int) -> Told:
        """Return the proposal at a place, as the ledger has it now."""
        from rung.ledger import Act
        from rung.workspace.deciders import Waiting

        human, now, deciders = self.workspace.human_input, self.now(), listing.deciders
        waiting = listing.found[place]
        acts = (Act.APPROVED, Act.RETURNED, Act.REJECTED, Act.WITHDRAWN, Act.RESUBMITTED)
        effects: Effects | None = None
        problems: tuple[Problem, ...] = ()
        grades = Scale()
        roles: Mapping[str, Text] = {}
        with human.ledger() as store:
            record = store.input(waiting.record.id) or waiting.record
            against = {act: deciders.against(act, record, now) for act in acts}
            if not against[Act.APPROVED]:
                against[Act.APPROVED] = deciders.contested(store, record, now)
            try:
                run = self._run(record.policy_id)
                grades, roles = scale_of_policy(run.policy), run.policy.roles
                effects = run.effects(record, store, now)
            except RungError as error:
                problems = tuple(error.problems)
        anew = Waiting(record, against[Act.APPROVED])
        place_of = deciders.in_whose_place(Act.APPROVED, record, now)
        return Told(
            record=self.workspace.confidential.listed(record),
            listed=listing.listed(anew, listing.done.get(record.id)),
            against=against,
            in_place_of=human.people.name(place_of) if place_of else "",
            effects=effects,
            grades=grades,
            roles=roles,
            people=human.people,
            now=now,
            problems=problems,
        )

    def preview(self, act: Act, records: Sequence[InputRecord]) -> Preview:
        """Return what would come of one act on many: whom it is refused for, and why."""
        from rung.workspace.deciders import Deciders

        human, now = self.workspace.human_input, self.now()
        deciders = Deciders.of(human, now)
        allowed: list[InputRecord] = []
        refused: list[tuple[InputRecord, Problem]] = []
        with human.ledger() as store:
            for record, problems in deciders.against_all(store, act, records, now):
                if problems:
                    refused.append((record, problems[0]))
                else:
                    allowed.append(self.workspace.confidential.listed(record))
        scales = {} if self.listing is None else self.listing.scales
        return Preview(act, tuple(allowed), tuple(refused), scales)

    # For ``work``: acts

    def decide(
        self, act: Act, ids: Sequence[str], note: str, report: Progress = _silent
    ) -> tuple[InputRecord, ...]:
        """Record one act on one or many, all or none; raises RungError with what speaks against it.

        What ``report`` raises ends it with nothing recorded.
        """
        made = self.workspace.human_input.decide_all(act, ids, self.now(), note, report=report)
        self.has_changed = True
        for each in made:
            self._has_done(each)
        if len(ids) > 1:
            self.notes.pop(act.value, None)
        return tuple(self.workspace.confidential.listed(each) for each in made)

    def resubmit(self, record: InputRecord, form: AnewForm) -> InputRecord:
        """Record that a returned proposal is put forward anew; raises RungError as above."""
        changes = form.changes(record)
        made = self.workspace.human_input.resubmit(record.id, changes, self.now())
        self.has_changed = True
        self.anew.pop(record.id, None)
        self._has_done(made)
        return self.workspace.confidential.listed(made)

    def _has_done(self, made: InputRecord) -> None:
        self.notes.pop(made.id, None)
        self.marked.pop(made.id, None)
        if self.listing is not None:
            self.listing.done[made.id] = made


def _is_stale(standing: Standing) -> bool:
    if standing.datum is not None:
        return standing.datum.doubt is not None
    found = standing.effective
    return found is not None and standing.record.model_grade != found.computed_grade
