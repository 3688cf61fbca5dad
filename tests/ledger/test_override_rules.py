"""Which overrides may be proposed: every rule on both sides of its bound, every refusal in its words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ledger_cases import GUEST, LI, NOW, OVERDUE, WANG, ground, policy, proposal

from rung.ledger import Actor, Ground, Override, People, Proposal, Role
from rung.ledger.rules.deciding import objections_to_withdrawal
from rung.ledger.rules.overrides import drawn_up, objections

TODAY = date(2026, 3, 1)


def refusals(
    made: Proposal, on: Ground | None = None, *rivals: Override, maker: Actor = LI, now: datetime = NOW
) -> list[str]:
    return [str(problem) for problem in objections(made, on or ground(), rivals, maker, now)]


def made(made_by: Actor = LI, override_id: str = "O1", on: Ground | None = None, **parts: Any) -> Override:
    return drawn_up(proposal(**parts), on or ground(), (), made_by, NOW, override_id)


def test_nothing_speaks_against_a_plain_proposal() -> None:
    assert refusals(proposal()) == []


def test_a_grade_the_policy_does_not_have_is_refused() -> None:
    assert refusals(proposal("E")) == ["“E” is no grade of the policy “test.tiers”. Known: A, B, C, D."]


def test_the_models_own_grade_is_refused() -> None:
    assert refusals(proposal("B")) == [
        "B is the model's grade already: there is nothing to override. "
        "To end an override, withdraw it: rung override withdraw ID."
    ]


def test_grades_are_told_by_their_titles_with_what_one_types_where_that_is_another_word() -> None:
    titled = policy(meaning={"A": {"title": "Gold"}, "B": {"title": "b"}})
    assert refusals(proposal("B"), ground("B", policy=titled))[0].startswith("b is the model's grade already")
    (far,) = refusals(proposal("A"), ground("C", policy=titled))
    assert far.startswith("From C to Gold (A) is 2 notches")
    assert far.endswith("The furthest it allows is b.")


@pytest.mark.parametrize(
    ("most", "model", "grade", "found"),
    [
        ({"max_notches_up": 1}, "C", "B", None),
        (
            {"max_notches_up": 1},
            "C",
            "A",
            "From C to A is 2 notches; the policy allows 1 in that direction. The furthest it allows is B.",
        ),
        ({"max_notches_up": 2}, "C", "A", None),
        ({"max_notches_up": None}, "D", "A", None),
        ({"max_notches_up": 0}, "C", "B", "The policy allows no better grade."),
        ({}, "A", "D", None),
        ({"max_notches_down": 2}, "A", "C", None),
        (
            {"max_notches_down": 2},
            "A",
            "D",
            "From A to D is 3 notches; the policy allows 2 in that direction. The furthest it allows is C.",
        ),
        ({"max_notches_down": 0}, "A", "B", "The policy allows no worse grade."),
    ],
)
def test_a_grade_goes_as_far_as_the_policy_allows(
    most: dict[str, int | None], model: str, grade: str, found: str | None
) -> None:
    on = ground(model, policy=policy(override=most))
    assert refusals(proposal(grade), on) == ([] if found is None else [found])


def test_classes_that_are_no_ranks_count_no_notches() -> None:
    on = ground("D", policy=policy(ordered=False, override={"max_notches_up": 0, "max_notches_down": 0}))
    assert refusals(proposal("A"), on) == []
    assert drawn_up(proposal("A"), on, (), LI, NOW, "O1").notches is None


def test_a_customer_not_graded_is_given_a_grade_only_where_the_policy_allows() -> None:
    assert refusals(proposal("A"), ground(None)) == [
        "The customer is not graded, and the policy does not let people grade such customers. "
        "Supply the data that is missing and grade again."
    ]
    allowed = ground(None, policy=policy(override={"may_grade_not_graded": True, "max_notches_up": 0}))
    assert refusals(proposal("A"), allowed) == []
    assert drawn_up(proposal("A"), allowed, (), LI, NOW, "O1").notches is None


@pytest.mark.parametrize(
    ("gate", "grade", "is_allowed"),
    [
        ({"at_most": "C"}, "B", False),
        ({"at_most": "C"}, "C", True),
        ({"at_most": "C"}, "D", True),
        ({"at_least": "B"}, "C", False),
        ({"at_least": "B"}, "B", True),
        ({"at_least": "B"}, "A", True),
        ({"at_most": None, "set": "C"}, "C", True),
        ({"at_most": None, "set": "C"}, "B", False),
        ({"at_most": "C", "hard": False}, "B", True),
    ],
)
def test_a_hard_gate_yields_to_no_override(gate: dict[str, Any], grade: str, is_allowed: bool) -> None:
    effect = {key: value for key, value in {**OVERDUE, **gate}.items() if value is not None}
    if "at_most" not in gate:
        del effect["at_most"]
    rules = policy(gates=[effect], override={"max_notches_up": None})
    model = "D" if grade != "D" else "C"
    held = refusals(proposal(grade), ground(model, policy=rules, gates=("overdue",)))
    assert held == (
        []
        if is_allowed
        else [
            "The gate “More than 90 days past due” holds the customer, and yields to no override. "
            "Where the data it rests on is wrong, have the data corrected and grade again."
        ]
    )
    assert refusals(proposal(grade), ground(model, policy=rules)) == []  # the gate did not fire


def test_a_reason_not_on_the_list_is_refused() -> None:
    assert refusals(proposal(reason="sistemic")) == [
        "“sistemic” is not on the policy's list of reasons. Did you mean “systemic”?"
    ]


def test_the_reason_other_is_written_out() -> None:
    assert refusals(proposal(reason="other", narrative=" \n ")) == [
        "The reason “Other (to be written out)” has to be written out. "
        "Say in a sentence or two what you know."
    ]
    assert refusals(proposal(reason="other", narrative="厂房已抵押")) == []


@pytest.mark.parametrize("name", ["narrative", "evidence"])
def test_a_narrative_is_text_and_no_document(name: str) -> None:
    given: dict[str, Any] = {name: "文" * 10_000}
    assert refusals(proposal(**given)) == []
    given = {name: "文" * 10_001}
    assert refusals(proposal(**given)) == [
        "The narrative or the evidence has 10001 characters; 10000 are allowed. "
        "Keep the document in the customer's file, and name it as evidence."
    ]
    given = {name: "a\udcff"}
    assert refusals(proposal(**given)) == ["The narrative or the evidence holds bytes that are no text."]


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        (date(2026, 3, 2), None),
        (date(2027, 3, 1), None),
        (
            date(2026, 3, 1),
            "The override would expire on 2026-03-01, which is not in the future. "
            "The policy allows any day up to 2027-03-01.",
        ),
        (
            date(2027, 3, 2),
            "The override would last until 2027-03-02; the policy allows 12 months, until 2027-03-01.",
        ),
    ],
)
def test_an_override_expires_in_the_future_and_no_later_than_the_policy_allows(
    expires: date, found: str | None
) -> None:
    assert refusals(proposal(expires_at=expires)) == ([] if found is None else [found])


def test_without_an_expiry_the_longest_allowed_is_taken() -> None:
    assert made().expires_at == date(2027, 3, 1)
    on = ground(policy=policy(override={"expires_within": "1mo"}))
    leap = datetime(2028, 1, 31, tzinfo=UTC)
    assert drawn_up(proposal(), on, (), LI, leap, "O1").expires_at == date(2028, 2, 29)


def test_the_calendar_is_that_of_the_place_where_one_acts() -> None:
    early = datetime(2026, 3, 1, 2, tzinfo=NOW.tzinfo)  # in UTC still February
    assert refusals(proposal(expires_at=date(2026, 3, 1)), now=early) != []
    assert refusals(proposal(expires_at=date(2026, 3, 1)), now=early.astimezone(UTC)) == []


def test_who_may_only_look_may_not_propose() -> None:
    assert refusals(proposal(), maker=GUEST) == [
        "访客 (guest) may look, not propose overrides. "
        "Whoever keeps the workspace's rung.toml can give the account the role “reviewer”."
    ]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = proposal("E", reason="none", narrative="\udcff", expires_at=TODAY)
    assert len(refusals(wrong, maker=GUEST)) == 5


def test_an_open_override_of_another_is_superseded_only_by_name() -> None:
    theirs = made(WANG, "O7")
    assert refusals(proposal("D"), ground(), theirs) == [
        "The customer has an open override already: O7, to C, by wang on 2026-03-01. "
        "If yours is to take its place, say so: --supersede O7."
    ]
    assert refusals(proposal("D", supersedes=("O7",)), ground(), theirs) == []


def test_what_is_not_open_cannot_be_superseded() -> None:
    assert refusals(proposal(supersedes=("O3",))) == [
        "Override O3, which yours is to supersede, is not open for this customer. "
        "See what is open: rung override list."
    ]


@pytest.mark.parametrize(
    ("model", "grade", "needed"), [("C", "B", 2), ("B", "C", 1), (None, "B", 2), ("A", "D", 1)]
)
def test_approval_is_asked_by_direction(model: str | None, grade: str, needed: int) -> None:
    rules = policy(override={"approval": {"up": "two", "down": "one"}, "may_grade_not_graded": True})
    override = drawn_up(proposal(grade), ground(model, policy=rules), (), LI, NOW, "O1")
    assert (override.approvals_needed, override.effective_from) == (needed, None)
    assert override.status(TODAY) == "proposed"


def test_classes_that_are_no_ranks_ask_the_stricter_approval() -> None:
    rules = policy(ordered=False, override={"approval": {"up": "none", "down": "one"}})
    assert drawn_up(proposal("C"), ground(policy=rules), (), LI, NOW, "O1").approvals_needed == 1


def test_without_approval_it_takes_effect_on_saving() -> None:
    override = made()
    assert (override.effective_from, override.status(TODAY)) == (NOW, "approved")


@pytest.mark.parametrize(("maker", "grade", "needed"), [(WANG, "C", 1), (WANG, "D", 0), (LI, "C", 0)])
def test_lifting_what_another_lowered_asks_the_approval_of_a_better_grade(
    maker: Actor, grade: str, needed: int
) -> None:
    on = ground("A", policy=policy(override={"approval": {"up": "one", "down": "none"}}))
    lowered = made(maker, "O1", on, grade="D")
    assert lowered.effective_from is not None
    override = drawn_up(proposal(grade, supersedes=("O1",)), on, (lowered,), LI, NOW, "O2")
    assert override.approvals_needed == needed


@pytest.mark.parametrize(("model", "grade", "notches"), [("C", "B", 1), ("B", "D", -2), ("D", "A", 3)])
def test_notches_are_signed_better_is_positive(model: str, grade: str, notches: int) -> None:
    override = drawn_up(proposal(grade), ground(model), (), LI, NOW, "O1")
    assert (override.notches, override.is_upward) == (notches, notches > 0)


def kept_from_withdrawal(override: Override, who: Actor, now: datetime = NOW) -> list[str]:
    return [str(problem) for problem in objections_to_withdrawal(override, who, People(), now)]


def test_its_maker_may_withdraw_an_open_override() -> None:
    assert kept_from_withdrawal(made(), LI) == []
    asked = ground(policy=policy(override={"approval": {"down": "one"}}))
    assert kept_from_withdrawal(made(on=asked), LI) == []


def test_nobody_else_may_withdraw_it_but_an_owner() -> None:
    assert kept_from_withdrawal(made(), WANG) == [
        "Override O1 was made by li: only its maker may withdraw it, or an owner. "
        "Propose another of the customer that supersedes it, if something else ought to hold."
    ]
    assert kept_from_withdrawal(made(), Actor(account="zhou", name="周敏", role=Role.OWNER)) == []


def test_an_expired_override_is_not_withdrawn() -> None:
    override = made(expires_at=TODAY + timedelta(days=1))
    assert kept_from_withdrawal(override, LI, NOW + timedelta(days=1)) == []
    assert kept_from_withdrawal(override, LI, NOW + timedelta(days=2)) == [
        "Override O1 is not open any more: it expired after 2026-03-02."
    ]


@pytest.mark.parametrize(
    ("span", "last"),
    [
        ("36h", date(2026, 3, 3)),
        ("10d", date(2026, 3, 11)),
        ("2w", date(2026, 3, 15)),
        ("11mo", date(2027, 2, 1)),
        ("2y", date(2028, 3, 1)),
        ("9000y", date.max),
        ("99999w", date(3942, 9, 6)),
    ],
)
def test_an_override_lasts_as_long_as_the_policy_says(span: str, last: date) -> None:
    on = ground(policy=policy(override={"expires_within": span}))
    assert drawn_up(proposal(), on, (), LI, NOW, "O1").expires_at == last
