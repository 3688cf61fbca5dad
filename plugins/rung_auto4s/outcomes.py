"""What a call comes to: one key each, and what the call list says of the customer from then on."""

from __future__ import annotations

from typing import Any, Final

from rung.sdk import Outcome, Text

__all__ = ["OUTCOMES"]


def _spoken(name: str, key: str, title: Text, *, ends: bool = False, **facts: Any) -> Outcome:
    facts = {"phone_status": "reached", **facts}
    return Outcome(id=name, title=title, key=key, facts=facts, ends=ends)


def _unspoken(name: str, key: str, title: Text, *, ends: bool = False, **facts: Any) -> Outcome:
    return Outcome(id=name, title=title, key=key, facts=facts, reached=False, ends=ends)


OUTCOMES: Final = (
    _spoken(
        "coming_soon",
        "s",
        Text("近期来店", "Coming soon"),
        acceptance="accepts",
        need="known",
        intention="soon",
    ),
    _spoken(
        "no_need_now",
        "n",
        Text("认可，暂无需求", "Accepts us, no need now"),
        acceptance="accepts",
        need="none_now",
    ),
    _spoken("undecided", "l", Text("以后再说", "Perhaps later"), intention="later"),
    _spoken("hard_to_talk_to", "h", Text("难以沟通", "Hard to talk to"), is_hard_to_talk_to=True),
    _spoken(
        "person_in_charge_away",
        "p",
        Text("未找到负责人", "Person in charge not reached"),
        is_person_in_charge_reached=False,
    ),
    _spoken("under_warranty", "g", Text("车在保", "Under warranty"), is_under_warranty=True),
    _spoken("seldom_used", "u", Text("车很少用", "Car seldom used"), car_status="seldom_used"),
    _spoken("seldom_in_town", "t", Text("很少在本地", "Seldom in town"), town_presence="seldom"),
    _spoken("prepaid_at_dealer", "k", Text("在4S店有储值", "Prepaid at a 4S dealer"), prepaid_at="dealer"),
    _spoken(
        "prepaid_elsewhere", "o", Text("在别的店有储值", "Prepaid at another shop"), prepaid_at="other_shop"
    ),
    _spoken("friend_with_shop", "f", Text("朋友开修理店", "A friend runs a shop"), has_friend_with_shop=True),
    _spoken(
        "goes_to_dealer",
        "z",
        Text("信赖4S店，明确不来", "Trusts the 4S dealer, will not come"),
        trusts_dealer=True,
        intention="refused",
    ),
    _spoken("refused", "r", Text("明确不来", "Will not come"), intention="refused"),
    _spoken("came_in", "i", Text("已来店", "Has come in"), ends=True),
    _spoken("car_sold", "c", Text("车已卖", "Car sold"), ends=True, car_status="sold"),
    _spoken("moved_away", "m", Text("已不在本地", "Never in town"), ends=True, town_presence="never"),
    _unspoken("no_answer", "x", Text("未接通", "No answer"), phone_status="unreached"),
    _unspoken("to_verify", "v", Text("资料待核实", "Data to be verified"), data_status="to_verify"),
    _unspoken(
        "wrong_number", "w", Text("打错，非本人", "Wrong number"), ends=True, phone_status="wrong_person"
    ),
    _unspoken("dead_number", "d", Text("空号", "Dead number"), ends=True, phone_status="dead"),
)
"""The call list's categories as the caller hears them; where a call ends the list, its facts say why."""
