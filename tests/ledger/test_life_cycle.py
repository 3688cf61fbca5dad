"""Whatever people do in whatever order, the life of a human input keeps its laws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ledger_cases import CHEN, LI, MA, NOW, OFFICE, SUN, WANG, ZHAO, ZHOU, ground, proposal
from supply_cases import correction, given_rules, judgement, on

from rung.errors import RungError
from rung.ledger import Actor, Desk, Ground, InputRecord, Resubmission, State, Status, open_ledger, verify
from rung.ledger.folding import folded

STRICT = given_rules(
    override={
        "max_notches_up": None,
        "approval": {"up": "one", "down": "none"},
        "levels": [{"notches": 2, "approval": "two", "by": "owner"}],
        "other_line": True,
        "expires_within": "10d",
    },
    correction={"approval": {"up": "two", "down": "one"}, "expires_within": "8d"},
    judgement={"approval": {"up": "two", "down": "two"}},
)
PEOPLE = (LI, WANG, ZHAO, SUN, ZHOU, MA, CHEN)
people = st.sampled_from(PEOPLE)
customers = st.sampled_from(["C1", "C2"])
acts = st.sampled_from([Desk.approve, Desk.approve, Desk.approve, Desk.reject, Desk.give_back])
# What follows a proposal at once: most proposals would else be superseded before anybody looked.
decisions = st.lists(st.tuples(st.none() | people, acts), min_size=1, max_size=4)

Decisions = list[tuple[Actor | None, Callable[..., InputRecord]]]
"""Who does what to the last proposal; None is its own maker."""


class Office(RuleBasedStateMachine):
    """Seven people, two customers, one ledger."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.store = open_ledger(Path(self.folder.name) / "ledger.db")
        self.now = NOW
        self.closed: dict[str, InputRecord] = {}
        self.known: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert folded(self.store.events()) == {each.id: each for each in self.store.inputs()}
            assert verify(self.store).is_whole
            self.store.close()
            self.folder.cleanup()

    def attempt(self, who: Actor, act: Callable[[Desk], InputRecord]) -> None:
        """Act; what the desk returns is what is on record, and what it refuses leaves no trace."""
        head = self.store.head()
        try:
            made = act(Desk(self.store, who, OFFICE))
        except RungError as refused:
            assert self.store.head() == head
            assert all(problem.message for problem in refused.problems)
            return
        assert self.store.head().sequence == head.sequence + 1
        assert self.store.input(made.id) == made
        if made.id not in self.known:
            self.known.append(made.id)

    def ground(self, customer: str, grade: str) -> Ground:
        return ground(grade, policy=STRICT, customer_id=customer)

    def decide_all(self, maker: Actor, before: int, wanted: Decisions) -> None:
        if self.store.head().sequence > before:
            for who, act in wanted:
                self.attempt(
                    who or maker, lambda desk, act=act: act(desk, self.known[-1], self.now, "看过了")
                )  # type: ignore[misc]

    @rule(who=people, customer=customers, grade=st.sampled_from("ABD"), names=st.booleans(), then=decisions)
    def propose(
        self,
        who: Actor,
        customer: str,
        grade: str,
        names: bool,
        then: Decisions,
    ) -> None:
        head = self.store.head().sequence
        open_ = [
            each.id
            for each in self.store.inputs()
            if each.kind == "override" and each.customer_id == customer and each.status(self.today).is_open
        ]
        wanted = proposal(grade, supersedes=tuple(open_) if names else ())
        self.attempt(who, lambda desk: desk.propose(wanted, self.ground(customer, "C"), self.now))
        self.decide_all(who, head, then)

    @rule(who=people, value=st.sampled_from(["10", "40", "95"]), judges=st.booleans(), then=decisions)
    def supply(
        self,
        who: Actor,
        value: str,
        judges: bool,
        then: Decisions,
    ) -> None:
        head = self.store.head().sequence
        wanted = judgement("good" if value == "10" else "fair") if judges else correction(value)
        self.attempt(who, lambda desk: desk.supply(wanted, on(50, "B", policy=STRICT), self.now))
        self.decide_all(who, head, then)

    @precondition(lambda self: self.known)
    @rule(who=people, act=acts, which=st.integers(0, 5))
    def decide(self, who: Actor, act: Callable[..., InputRecord], which: int) -> None:
        name = self.known[-1 - which % len(self.known)]
        self.attempt(who, lambda desk: act(desk, name, self.now, "看过了"))

    @precondition(lambda self: self.known)
    @rule(who=people, which=st.integers(0, 5))
    def withdraw(self, who: Actor, which: int) -> None:
        name = self.known[-1 - which % len(self.known)]
        self.attempt(who, lambda desk: desk.withdraw(name, self.now))

    @precondition(lambda self: self.known)
    @rule(who=people, which=st.integers(0, 5), grade=st.sampled_from("ABD"))
    def resubmit(self, who: Actor, which: int, grade: str) -> None:
        record = self.store.input(self.known[-1 - which % len(self.known)])
        assert record is not None
        is_override = record.kind == "override"
        below = self.ground(record.customer_id, "C") if is_override else on(50, "B", policy=STRICT)
        changes = Resubmission(grade=grade) if is_override else Resubmission(narrative="补充")
        self.attempt(who, lambda desk: desk.resubmit(record.id, changes, below, self.now))

    @rule(who=people, to=people, days=st.integers(0, 5))
    def delegate(self, who: Actor, to: Actor, days: int) -> None:
        try:
            Desk(self.store, who, OFFICE).delegate(
                to.account, self.today, self.today + timedelta(days=days), self.now
            )
        except RungError:
            return

    @rule(hours=st.sampled_from([1, 24, 24 * 5]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @property
    def today(self) -> date:
        return self.now.date()

    @invariant()
    def nobody_approves_their_own_and_enough_others_did(self) -> None:
        if not hasattr(self, "store"):
            return
        for record in self.store.inputs():
            makers = record.makers
            seen: set[str] = set()
            for approval in record.approvals:
                own = {approval.by, approval.on_behalf_of or approval.by}
                assert not own & makers
                assert not own & seen
                if record.other_line:
                    assert not any(OFFICE.same_line(each, maker) for each in own for maker in makers)
                seen |= own
            if record.effective_from is not None:
                assert len(record.approvals) == record.approvals_needed
                roles = [OFFICE.actor(each.on_behalf_of or each.by).role for each in record.approvals]
                assert not roles or any(role.reaches(record.approver_role) for role in roles)
            else:
                assert len(record.approvals) < record.approvals_needed

    @invariant()
    def one_of_a_kind_is_in_effect_and_one_waits(self) -> None:
        if not hasattr(self, "store"):
            return
        counted = Counter(
            (
                each.customer_id,
                each.kind,
                getattr(each, "subject", ""),
                each.status(self.today) is Status.APPROVED,
            )
            for each in self.store.inputs()
            if each.status(self.today).is_open
        )
        assert all(count == 1 for count in counted.values()), counted

    @invariant()
    def what_is_closed_stays_closed(self) -> None:
        if not hasattr(self, "store"):
            return
        found = {each.id: each for each in self.store.inputs()}
        for name, record in self.closed.items():
            assert found[name] == record
        self.closed = {name: each for name, each in found.items() if each.state is State.CLOSED}


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
