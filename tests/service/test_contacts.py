"""A contact on record: what is known from then on, the grade at once, what is owed now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from contacts_cases import (
    CUSTOMERS,
    FIELDS,
    NOW,
    OUTCOMES,
    PEOPLE,
    As,
    at,
    contacts_due,
    policy,
    refusals,
    said,
    shop,
)
from places import graded, workspace

from rung.ledger import Proposal
from rung.ledger.notes import Audience
from rung.policy.service import Contact
from rung.workspace import Workspace
from rung.workspace.following.customer_at_hand import row_of
from rung.workspace.following.log import next_of, owed
from rung.workspace.following.made import FactState

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return shop(tmp_path / "work")


# Logged


def test_the_customer_is_graded_anew_at_once_and_handled_by_the_new_grade(place: Workspace) -> None:
    made = place.contacts.log("K-1", said("w", text="要买"), NOW)
    assert (made.before.effective, made.after.effective, made.after.model) == ("B", "A", "B")
    assert made.next is not None
    assert (made.next.days.due, made.next.days.latest) == (date(2026, 3, 11), date(2026, 3, 18))
    (promise,) = [each for line in made.service for each in line.terms.obligations()]
    assert isinstance(promise, Contact)
    assert str(promise.script) == "Good day"
    assert ("K-1", "contact", "2026-03-11", -7) in contacts_due(place, date(2026, 3, 11))


def test_what_the_outcome_says_counts_without_approval_and_names_the_contact(place: Workspace) -> None:
    made = place.contacts.log("张三", said("wants", text="要买"), NOW)
    (fact,) = made.facts
    record = fact.record
    assert record is not None
    assert (record.value, record.was, record.reason, record.evidence) == ("now", "later", "contact", "K2")
    assert (record.approvals_needed, record.narrative, record.effective_from) == (0, "要买", NOW)
    assert (made.contact.id, made.contact.inputs) == ("K2", (record.id,))
    with place.human_input.ledger() as store:
        assert store.contact(2) == made.contact
        assert store.first_difference() is None


def test_an_attempt_does_not_start_the_clock_again_and_moves_the_day(place: Workspace) -> None:
    place.contacts.log("K-2", said("spoken", at=date(2026, 3, 2)), NOW)
    made = place.contacts.log("K-2", said("no_answer"), NOW)
    assert made.contact.reached is False
    assert made.next is not None
    assert (made.next.days.due, made.next.days.latest) == (date(2026, 3, 5), date(2026, 3, 16))


def test_the_clock_restarts_from_the_contacts_own_day(place: Workspace) -> None:
    made = place.contacts.log("K-2", said(at=date(2026, 3, 2)), NOW)
    assert made.next is not None
    assert made.next.days.due == date(2026, 3, 9)


def test_of_two_at_one_instant_the_later_number_counts_last(place: Workspace) -> None:
    place.contacts.log("K-2", said(next_on=date(2026, 3, 9)), NOW)
    made = place.contacts.log("K-2", said(next_on=date(2026, 3, 12)), NOW)
    assert made.next is not None
    assert made.next.days.due == date(2026, 3, 12)


def test_a_contact_before_the_first_day_known_is_accepted_and_told(place: Workspace) -> None:
    made = place.contacts.log("K-1", said(at=date(2026, 2, 1)), NOW)
    assert made.notices == (
        "The contact of 2026-02-01 was before 2026-03-02, the first day the customer is known here.",
    )
    again = place.contacts.log("K-1", said(at=date(2026, 2, 20)), LATER)
    assert again.notices == ()
    assert place.contacts.log("K-1", said(at=date(2026, 3, 2)), LATER).notices == ()


def test_nothing_is_recorded_of_what_is_refused_and_no_ledger_begun(place: Workspace) -> None:
    refused = refusals(lambda: place.contacts.log("K-1", said("gone", minutes=0), NOW))
    assert len(refused) == 2
    assert refusals(lambda: place.contacts.log("K-9", said(), NOW))[0].startswith(
        "There is no customer “K-9”"
    )
    assert refusals(lambda: place.contacts.log("K-1", said(facts={"ned": "now"}), NOW)) == [
        "There is no field “ned” to learn a fact about."
    ]
    assert refusals(lambda: place.contacts.log("K-1", said(facts={"need": "soon"}), NOW)) == [
        "Need: “soon” is none of the choices: now, later, none."
    ]
    assert not place.human_input.is_begun


def test_a_viewer_may_not_log(tmp_path: Path, acting: As) -> None:
    place = shop(tmp_path / "work", PEOPLE)
    acting("guest")
    assert refusals(lambda: place.contacts.log("K-1", said(), NOW)) == [
        "Guest (guest) may look, not log contacts."
    ]


def test_a_policy_the_workspace_does_not_hold_logs_nothing_where_people_are_listed(
    tmp_path: Path, acting: As
) -> None:
    place = shop(tmp_path / "work", PEOPLE)
    acting("lina")
    policy(place, "shop.calls", OUTCOMES.replace('"later"', '"now"'))
    assert "says something else" in refusals(lambda: place.contacts.log("K-1", said("perhaps"), NOW))[0]


# Facts


def test_a_fact_given_by_hand_goes_by_the_policys_rules(place: Workspace) -> None:
    made = place.contacts.log("K-1", said(facts={"需求": "现在"}), NOW)
    (fact,) = made.facts
    assert (fact.state, fact.value, str(fact.words)) == (FactState.AWAITS, "now", "now")
    assert made.after.effective == "B"
    assert fact.record is not None
    assert (fact.record.approvals_needed, fact.record.evidence) == (1, made.contact.id)


def test_one_given_by_hand_stands_above_the_outcomes(place: Workspace) -> None:
    made = place.contacts.log("K-1", said("wants", facts={"need": "none"}), NOW)
    assert [(each.value, each.state) for each in made.facts] == [("none", FactState.AWAITS)]
    # The outcome's own value given by hand is still the outcome's.
    same = place.contacts.log("K-2", said("perhaps", facts={"need": "later"}), NOW)
    assert [each.state for each in same.facts] == [FactState.COUNTS]


def test_what_is_in_force_already_is_not_put_on_record_again(place: Workspace) -> None:
    first = place.contacts.log("K-1", said("wants"), NOW)
    second = place.contacts.log("K-1", said("wants"), LATER)
    assert [each.state for each in second.facts] == [FactState.KNOWN]
    assert second.contact.inputs == ()
    assert second.contact.facts == {"need": "now"}
    # A year on it is about to run out.
    graded(place, "shop.calls", date(2027, 2, 1), CUSTOMERS)
    third = place.contacts.log("K-1", said("wants"), at(date(2027, 2, 10)))
    assert [each.state for each in third.facts] == [FactState.COUNTS]
    assert third.facts[0].record is not None
    assert third.facts[0].record.supersedes == first.contact.inputs


def test_the_later_contact_takes_the_place_of_a_colleagues(tmp_path: Path, acting: As) -> None:
    place = shop(tmp_path / "work", PEOPLE)
    acting("lina")
    first = place.contacts.log("K-3", said("wants"), NOW)
    acting("wang")
    second = place.contacts.log("K-3", said("perhaps"), LATER)
    assert (second.before.effective, second.after.effective) == ("A", "B")
    old = place.human_input.input(first.contact.inputs[0])
    assert old.superseded_by == second.contact.inputs[0]


def test_a_fact_no_grade_rests_on_is_kept_with_the_contact(place: Workspace) -> None:
    made = place.contacts.log("K-1", said(facts={"phone": "138"}), NOW)
    (fact,) = made.facts
    assert (fact.state, fact.record) == (FactState.KEPT, None)
    assert made.contact.facts == {"phone": "138"}


def test_a_fact_counts_under_every_policy_of_the_sector_that_reads_it(place: Workspace) -> None:
    policy(place, "shop.other", OUTCOMES)
    policy(place, "shop.strict", OUTCOMES.replace('need = "now"', 'need = "none"'))
    graded(place, "shop.other", date(2026, 3, 2), CUSTOMERS)
    graded(place, "shop.strict", date(2026, 3, 2), CUSTOMERS)
    made = place.contacts.log("K-1", said("wants"), NOW, place.latest_by("shop.calls"))
    assert {each.policy_id: each.state for each in made.facts} == {
        "shop.calls": FactState.COUNTS,
        "shop.other": FactState.COUNTS,
        # Its own outcome of that name says another thing: it goes by its rules.
        "shop.strict": FactState.AWAITS,
    }
    assert len(made.contact.inputs) == 3
    day = NOW.date()
    with place.run(place.latest_by("shop.other")) as run:
        assert place.human_input.effective(run, "K-1", day).grade == "A"
    undone = place.contacts.undo(made.contact.id, "slip", LATER)
    assert len(undone.withdrawn) == 3
    with place.run(place.latest_by("shop.other")) as run:
        assert place.human_input.effective(run, "K-1", day).grade == "B"


def test_missing_as_a_fact_says_that_a_value_is_not_known(tmp_path: Path) -> None:
    place = workspace(tmp_path / "work")
    policy(place, "shop.calls", OUTCOMES.replace('facts = { need = "now" }', 'facts = { need = "missing" }'))
    graded(place, "shop.calls", date(2026, 3, 2), CUSTOMERS)
    made = place.contacts.log("K-1", said("wants"), NOW)
    assert made.facts[0].value is None
    assert (made.before.effective, made.after.effective) == ("B", None)


def test_a_judged_criterion_is_answered_by_a_judgement(tmp_path: Path) -> None:
    place = workspace(tmp_path / "work")
    policy(place, "shop.calls", OUTCOMES, FIELDS)
    judged = """
schema = 1
id = "shop.judged"
version = "1"
title = { zh = "前景", en = "Prospects" }
grades = ["A", "B"]
[fields.prospects]
title = { zh = "前景", en = "Prospects" }
kind = "category"
choices = { good = ["好"], poor = ["差"] }
[grading]
mode = "score"
cutoffs = { A = 50 }
[[criteria]]
id = "prospects"
title = { zh = "前景", en = "Prospects" }
measure = "prospects"
weight = 1
missing = "worst"
expires_after = "6mo"
levels = [
    { level = "good", title = "好", points = 100, describes = { zh = "增", en = "Grow" } },
    { level = "poor", title = "差", points = 0, describes = { zh = "减", en = "Fall" } },
]
[[outcomes]]
id = "grows"
title = { zh = "看好", en = "Grows" }
key = "g"
facts = { prospects = "good" }
"""
    (place.folder / "policies" / "judged.toml").write_text(judged, encoding="utf-8")
    graded(place, "shop.judged", date(2026, 3, 2), [{"customer_id": "K-1", "prospects": "poor"}])
    made = place.contacts.log("K-1", said("g"), NOW)
    record = made.facts[0].record
    assert record is not None
    assert (record.kind.value, record.id[0], record.expires_at) == ("judgement", "J", date(2026, 9, 4))
    assert (made.before.effective, made.after.effective) == ("B", "A")


# Looked back at


def test_the_history_is_newest_first_by_the_moment_it_took_place_and_paged(place: Workspace) -> None:
    place.contacts.log("K-1", said("wants"), NOW)
    late = place.contacts.log("K-1", said(at=date(2026, 3, 2)), LATER)
    place.notes.write("K-1", "note", Audience.ALL, LATER + timedelta(minutes=1))
    found = place.contacts.history("K-1")
    assert [each.id for each in found.entries] == ["N4", "K2", "C1", late.contact.id]
    first = place.contacts.history("K-1", limit=2)
    assert (first.count, first.next) == (4, 2)
    rest = place.contacts.history("K-1", before=first.next)
    assert [each.id for each in rest.entries] == ["C1", "K3"]
    assert rest.next is None
    place.contacts.undo("K3", "slip", LATER + timedelta(minutes=2))
    marked = {each.id: each.is_withdrawn for each in place.contacts.history("K-1").entries if each.number < 4}
    assert marked == {"K2": False, "C1": False, "K3": True}


def test_sensitive_facts_are_masked_wherever_contacts_are_listed(tmp_path: Path, acting: As) -> None:
    place = shop(tmp_path / "work", '\n[confidentiality]\nfields = ["need"]\n' + PEOPLE)
    acting("lina")
    place.contacts.log("K-1", said("wants"), NOW)
    assert place.contacts.of("K-1")[0].facts == {"need": "●●●"}
    contact = next(each for each in place.contacts.history("K-1").entries if each.kind == "contact.logged")
    assert contact.payload["facts"] == {"need": "●●●"}


def test_the_moment_on_record_is_utc(place: Workspace) -> None:
    made = place.contacts.log("K-1", said(at=datetime(2026, 3, 3, 7, 30)), NOW)
    assert made.contact.at == datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert made.contact.id == "K1"


def test_one_customer_at_hand_stands_as_the_whole_run_laid_over_does(place: Workspace) -> None:
    place.contacts.log("K-1", said("wants"), NOW)
    place.contacts.log("K-2", said("sold"), NOW)
    place.contacts.log("K-3", said(facts={"need": "now"}), NOW)
    proposal = Proposal(grade="B", reason="systemic")
    place.human_input.propose("K-3", proposal, LATER)
    day = LATER.date()
    due = {row[0] for row in contacts_due(place, date(2026, 12, 1))}
    with place.run() as run, place.human_input.ledger() as store:
        standing = place.service.standing(run, LATER)
        since = dict(standing.frame.select("customer_id", "since").iter_rows())
        for customer in ("K-1", "K-2", "K-3"):
            at_hand = place.contacts.at_hand(run, customer)
            inputs = at_hand.inputs(store)
            assert at_hand.effective(inputs, day) == place.human_input.effective(run, customer, day)
            assert at_hand.since(inputs, day, place.service.calendar) == since[customer]
            grade = at_hand.effective(inputs, day).grade
            service = owed(at_hand, inputs, grade, day)
            _next, is_ended = next_of(place.contacts, at_hand, service, inputs, store, day)
            assert is_ended is (customer not in due)


def test_a_customer_is_found_by_halving_and_where_ids_are_in_no_order_too(tmp_path: Path) -> None:
    place = workspace(tmp_path / "work")
    policy(place, "shop.calls")
    shuffled = [{**CUSTOMERS[0], "customer_id": name} for name in ("K-9", "K-1", "K-5", "A", "张")]
    graded(place, "shop.calls", date(2026, 3, 2), shuffled)
    for name in ("K-9", "K-1", "K-5", "A", "张"):
        assert place.contacts.log(name, said(), NOW).contact.customer_id == name
    graded(place, "shop.calls", date(2026, 3, 3), sorted(shuffled, key=lambda each: each["customer_id"]))
    with place.run() as run:
        assert [row_of(run, name) for name in ("A", "K-1", "K-5", "K-9", "张", "B")] == [0, 1, 2, 3, 4, None]


def test_a_ledger_put_in_the_place_of_the_one_kept_open_is_the_one_written_to(place: Workspace) -> None:
    ledger = place.folder / "ledger.db"
    with place.contacts.at_work():
        place.contacts.log("K-1", said(), NOW)
        place.contacts.log("K-1", said(), LATER)
        for file in list(place.folder.glob("ledger.db*")):
            file.rename(file.with_name(f"old-{file.name}"))
        place.contacts.log("K-2", said(), LATER)
        assert ledger.exists()
    assert [len(place.contacts.of(name)) for name in ("K-1", "K-2")] == [0, 1]
