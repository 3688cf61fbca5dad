"""System 17 as the trade describes it: what the caller noted, the grade it makes, and what is owed then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from rung.grading.check import examine
from rung.grading.row import Assessment
from rung.plugins import PluginHost
from rung.policy.model import Basis, Contact, Policy
from rung.policy.shelf import Shelf

Grade = Callable[[Mapping[str, Any]], Assessment]
Noted = dict[str, Any]

REACHED: Final[Noted] = {"phone_status": "reached"}
ACCEPTS: Final[Noted] = REACHED | {"acceptance": "accepts"}
COMING: Final[Noted] = ACCEPTS | {"need": "known", "intention": "soon"}
NO_NEED: Final[Noted] = ACCEPTS | {"need": "none_now"}
REFUSED: Final[Noted] = REACHED | {"trusts_dealer": True, "intention": "refused"}

# What the practice writes of each category, mark by mark.
MARKS: Final[list[tuple[Noted, str, str]]] = [
    (COMING, "A", "a_coming_soon"),
    (NO_NEED, "B", "b_no_need_now"),
    (REACHED | {"is_hard_to_talk_to": True}, "C", "c_hard_to_talk_to"),
    (REACHED | {"acceptance": "knows", "is_under_warranty": True}, "C", "c_warranty"),
    (ACCEPTS | {"is_under_warranty": True}, "C", "c_warranty"),
    (REACHED | {"car_status": "seldom_used"}, "C", "c_seldom_used"),
    (REACHED | {"is_person_in_charge_reached": False}, "C", "c_person_not_reached"),
    (REACHED | {"town_presence": "seldom"}, "C", "c_seldom_in_town"),
    (REACHED | {"distance_km": "30"}, "C", "c_far"),
    (REACHED | {"distance_km": "30.1"}, "C", "c_far"),
    (REACHED | {"prepaid_at": "dealer"}, "C", "c_prepaid"),
    (REACHED | {"prepaid_at": "other_shop"}, "C", "c_prepaid"),
    ({"phone_status": "unreached"}, "D", "d_unreached"),
    ({"data_status": "to_verify"}, "D", "d_to_verify"),
    (REACHED | {"has_friend_with_shop": True}, "D", "d_friend_with_shop"),
    (REFUSED, "D", "d_refused"),
    (REACHED | {"car_status": "sold"}, "E", "e_car_sold"),
    (REACHED | {"data_status": "wrong"}, "E", "e_wrong_data"),
    ({"phone_status": "wrong_person"}, "E", "e_wrong_data"),
    (REACHED | {"town_presence": "never"}, "E", "e_never_in_town"),
    ({"phone_status": "dead"}, "E", "e_dead_number"),
]

# Where a mark just fails to hold.
NEARLY: Final[list[tuple[Noted, str, str]]] = [
    (COMING | {"acceptance": "knows"}, "C", "c_other"),
    (COMING | {"need": None}, "C", "c_other"),
    (COMING | {"intention": "later"}, "C", "c_other"),
    (COMING | {"phone_status": "unreached"}, "D", "d_unreached"),
    (NO_NEED | {"acceptance": "knows"}, "C", "c_other"),
    (NO_NEED | {"phone_status": "unreached"}, "D", "d_unreached"),
    (REACHED | {"acceptance": "unaware", "is_under_warranty": True}, "C", "c_other"),
    (REACHED | {"is_person_in_charge_reached": True}, "C", "c_other"),
    (REACHED | {"distance_km": "29.9"}, "C", "c_other"),
    (REACHED | {"prepaid_at": "none"}, "C", "c_other"),
    (REACHED | {"town_presence": "usual", "car_status": "in_use"}, "C", "c_other"),
    (REACHED | {"trusts_dealer": True}, "C", "c_other"),
    (REACHED | {"trusts_dealer": False, "intention": "refused"}, "D", "d_refused_otherwise"),
    (REACHED | {"has_friend_with_shop": False}, "C", "c_other"),
]

E_MARKS: Final[list[Noted]] = [
    {"car_status": "sold"},
    {"data_status": "wrong"},
    {"phone_status": "wrong_person"},
    {"phone_status": "dead"},
    {"town_presence": "never"},
]

C_MARKS: Final[list[Noted]] = [
    {"is_hard_to_talk_to": True},
    {"is_under_warranty": True},
    {"car_status": "seldom_used"},
    {"is_person_in_charge_reached": False},
    {"town_presence": "seldom"},
    {"distance_km": "80"},
    {"prepaid_at": "dealer"},
]


@pytest.mark.parametrize(("noted", "grade", "rule"), MARKS)
def test_each_mark_makes_its_category_and_says_so(
    call_list: Grade, noted: Noted, grade: str, rule: str
) -> None:
    result = call_list(noted)
    assert (result.grade, result.reasons) == (grade, (f"rule:{rule}",))


@pytest.mark.parametrize(("noted", "grade", "rule"), NEARLY)
def test_what_is_nearly_a_mark_is_none(call_list: Grade, noted: Noted, grade: str, rule: str) -> None:
    result = call_list(noted)
    assert (result.grade, result.reasons) == (grade, (f"rule:{rule}",))


@pytest.mark.parametrize("obstacle", C_MARKS)
@pytest.mark.parametrize(("noted", "grade"), [(COMING, "A"), (NO_NEED, "B")])
def test_of_several_marks_the_best_grade_comes_first(
    call_list: Grade, noted: Noted, grade: str, obstacle: Noted
) -> None:
    assert call_list(noted | obstacle).grade == grade


@pytest.mark.parametrize("obstacle", [*C_MARKS[:1], *C_MARKS[2:]])
def test_an_obstacle_comes_before_a_refusal(call_list: Grade, obstacle: Noted) -> None:
    assert call_list(REFUSED | obstacle).grade == "C"


@pytest.mark.parametrize("mark", E_MARKS)
@pytest.mark.parametrize(
    "noted",
    [COMING, NO_NEED, REFUSED, REACHED | {"has_friend_with_shop": True}, REACHED | {"prepaid_at": "dealer"}],
)
def test_where_nobody_is_left_to_win_the_customer_is_dropped(
    call_list: Grade, noted: Noted, mark: Noted
) -> None:
    assert call_list(noted | mark).grade == "E"


def test_where_nothing_is_noted_nobody_is_graded(call_list: Grade) -> None:
    result = call_list({"customer_name": "李四"})
    assert (result.grade, result.not_graded) == (None, "no_rule")


@pytest.mark.parametrize(
    ("cars", "is_group"),
    [
        ({"vehicles_held": 2, "plates_listed": 2}, False),
        ({"vehicles_held": 3, "plates_listed": 1}, True),
        ({"vehicles_held": 4, "plates_listed": 1}, True),
        ({"vehicles_held": 0, "plates_listed": 3}, True),
        ({"vehicles_held": None, "plates_listed": 2}, False),
        ({"vehicles_held": None, "plates_listed": 3}, True),
        ({}, False),
    ],
)
@pytest.mark.parametrize("kind", ["person", "firm"])
@pytest.mark.parametrize("noted", [COMING, REFUSED, {"phone_status": "dead"}, {}])
def test_three_vehicles_or_more_make_a_group_customer_whatever_the_grade(
    call_list: Grade, noted: Noted, kind: str, cars: Noted, is_group: bool
) -> None:
    assert (call_list(noted | cars | {"customer_kind": kind}).flags == ("J",)) is is_group


def _contact(policy: Policy, grade: str) -> Contact:
    (contact,) = policy.service[grade].contact
    return contact


@pytest.mark.parametrize(("grade", "every"), [("A", "7d"), ("B", "15d"), ("C", "1mo")])
def test_intervals_are_the_practice_s(call_list_policy: Policy, grade: str, every: str) -> None:
    contact = _contact(call_list_policy, grade)
    assert (str(contact.every), contact.basis, contact.when) == (every, Basis.STATED, None)


def test_b_is_to_become_a_and_c_to_become_b(call_list_policy: Policy) -> None:
    aims = {grade: _contact(call_list_policy, grade).aim for grade in "ABC"}
    assert {grade: aim and aim.en for grade, aim in aims.items()} == {"A": None, "B": "A", "C": "B"}


def test_who_was_not_reached_is_followed_up_at_no_interval(call_list_policy: Policy) -> None:
    contact = _contact(call_list_policy, "D")
    assert (contact.every, contact.no_later_than) == (None, None)
    assert "refused" not in repr(contact.when)
    assert "unreached" in repr(contact.when)
    (batch,) = call_list_policy.service["D"].handling
    assert call_list_policy.service["D"].obligations() == (contact, batch)
    assert batch.when == contact.when


def test_every_category_still_called_is_worked_in_one_batch(call_list_policy: Policy) -> None:
    batches = {
        grade: [each.id for each in terms.handling if each.batch]
        for grade, terms in call_list_policy.service.items()
    }
    once = ["one_batch"]
    assert batches == {"A": once, "B": once, "C": once, "D": once, "E": []}


def test_c_s_promises_follow_the_obstacle(call_list_policy: Policy) -> None:
    promised = {p.text.zh: repr(p.when) for p in call_list_policy.service["C"].handling if p.when}
    assert list(promised) == ["找到负责人", "了解储值余额", "告知易损件可以在我店做"]
    fields = ("is_person_in_charge_reached", "prepaid_at", "is_under_warranty")
    assert all(name in when for name, when in zip(fields, promised.values(), strict=True))


def test_e_is_dropped_and_nothing_else(call_list_policy: Policy) -> None:
    (promise,) = call_list_policy.service["E"].obligations()
    assert promise.text and promise.text.zh.startswith("放弃")


def test_a_group_customer_is_the_key_account_manager_s_and_visited_in_person(
    call_list_policy: Policy,
) -> None:
    (flag,) = call_list_policy.flags
    assert flag.service is not None
    contact, owner = flag.service.obligations()
    assert {contact.by, owner.by} == {"key_account_manager"}
    assert isinstance(contact, Contact) and contact.channel and contact.channel.zh == "上门拜访"
    assert call_list_policy.roles["key_account_manager"].zh == "大客户经理"


def test_all_service_is_the_practice_s_own(call_list_policy: Policy) -> None:
    assert list(call_list_policy.service) == ["A", "B", "C", "D", "E"]
    for terms in call_list_policy.service.values():
        assert terms.stated and terms.is_in_force
        assert all(each.basis is Basis.STATED for each in terms.obligations())


def test_only_what_the_practice_does_not_say_is_assumed(call_list_policy: Policy) -> None:
    assumed = [rule.id for rule in call_list_policy.rules if rule.basis is Basis.ASSUMED]
    assert assumed == ["d_to_verify", "d_refused_otherwise", "c_other"]
    assert all(rule.because for rule in call_list_policy.rules if rule.basis is Basis.ASSUMED)


def test_one_category_is_called_in_one_batch(call_list_policy: Policy) -> None:
    (procedure,) = call_list_policy.procedures
    assert procedure.id == "batch_calling"
    assert [step.basis for step in procedure.steps] == [Basis.STATED, Basis.STATED]


def test_the_town_is_written_into_what_people_read(call_list_policy: Policy) -> None:
    rule = next(each for each in call_list_policy.rules if each.id == "c_seldom_in_town")
    assert (rule.reason.zh, rule.reason.en) == ("很少在本市", "Seldom in town (本市)")


@pytest.mark.parametrize("number", range(45))
def test_the_policy_s_own_cases_hold(call_list: Grade, call_list_policy: Policy, number: int) -> None:
    case = call_list_policy.tests[number]
    result, expected = call_list(case.customer or {}), case.expect[0]
    assert expected.grade == (result.grade or "not graded")
    assert expected.reasons is None or expected.reasons == result.reasons
    assert expected.flags is None or expected.flags == result.flags


def test_the_policy_has_no_case_unread(call_list_policy: Policy) -> None:
    assert len(call_list_policy.tests) == 45


def test_the_checker_finds_nothing_to_say() -> None:
    assert examine("auto4s.call-list", Shelf(PluginHost())) == ()
