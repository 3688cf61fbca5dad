"""What a call comes to moves the customer into the category the practice names, with one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

import rung_auto4s
from rung.grading.row import Assessment
from rung.policy.contact_outcomes import outcomes_in_effect
from rung.policy.model import Basis, Policy
from rung.vocabulary import Vocabulary

Grade = Callable[[Mapping[str, Any]], Assessment]
VOCABULARY: Final = Vocabulary.of(rung_auto4s.rung_sector())

# Outcome, category of a customer nothing was known of, and of one who was A before.
CATEGORIES: Final = [
    ("coming_soon", "A", "A"),
    ("no_need_now", "B", "B"),
    ("undecided", "C", "C"),
    ("hard_to_talk_to", "C", "A"),
    ("person_in_charge_away", "C", "A"),
    ("under_warranty", "C", "A"),
    ("seldom_used", "C", "A"),
    ("seldom_in_town", "C", "A"),
    ("prepaid_at_dealer", "C", "A"),
    ("prepaid_elsewhere", "C", "A"),
    ("friend_with_shop", "D", "A"),
    ("goes_to_dealer", "D", "D"),
    ("refused", "D", "D"),
    ("came_in", "C", "A"),
    ("car_sold", "E", "E"),
    ("moved_away", "E", "E"),
    ("no_answer", "D", "D"),
    ("to_verify", "D", "A"),
    ("wrong_number", "E", "E"),
    ("dead_number", "E", "E"),
]
A: Final = {"phone_status": "reached", "acceptance": "accepts", "need": "known", "intention": "soon"}


def test_every_outcome_has_its_category(call_list_policy: Policy) -> None:
    found = outcomes_in_effect(call_list_policy, VOCABULARY)
    assert [each.id for each in found] == [name for name, _blank, _a in CATEGORIES]


@pytest.mark.parametrize(("name", "blank", "from_a"), CATEGORIES)
def test_what_a_call_comes_to_makes_the_category(
    call_list: Grade, call_list_policy: Policy, name: str, blank: str, from_a: str
) -> None:
    found = {each.id: each for each in outcomes_in_effect(call_list_policy, VOCABULARY)}[name]
    assert call_list(found.facts).grade == blank
    assert call_list({**A, **found.facts}).grade == from_a


def test_only_who_answered_was_reached(call_list_policy: Policy) -> None:
    found = outcomes_in_effect(call_list_policy, VOCABULARY)
    reached = {each.id for each in found if each.reached}
    assert reached == {each.id for each in found if each.facts.get("phone_status") == "reached"}


def test_whoever_cannot_be_won_and_whoever_came_in_is_called_no_more(call_list_policy: Policy) -> None:
    found = outcomes_in_effect(call_list_policy, VOCABULARY)
    assert {each.id for each in found if each.ends} == {
        "came_in",
        "car_sold",
        "moved_away",
        "wrong_number",
        "dead_number",
    }


def test_when_an_unanswered_call_is_tried_again_is_ours_and_marked_so(call_list_policy: Policy) -> None:
    (own,) = call_list_policy.outcomes
    assert (own.id, str(own.again), own.basis) == ("no_answer", "3d", Basis.ASSUMED)


@pytest.mark.parametrize(
    ("grade", "words"),
    [("A", ("最近", "方便过来")), ("B", ("保养", "做得更好")), ("C", ("负责", "还剩多少", "易损件"))],
)
def test_a_caller_has_the_words_the_practice_asks_for(
    call_list_policy: Policy, grade: str, words: tuple[str, ...]
) -> None:
    (contact,) = call_list_policy.service[grade].contact
    assert contact.script is not None
    assert [word for word in words if word not in contact.script.zh] == []
