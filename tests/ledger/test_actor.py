"""Who acts is the system's account, and the config says who that is."""

from __future__ import annotations

import os
import pwd

import pytest

from rung.errors import RungError
from rung.ledger import Actor, People, Role, account, read_people

FILE = "rung.toml"


def test_the_account_is_the_systems_and_not_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "boss")
    assert account() == pwd.getpwuid(os.getuid()).pw_name


def test_an_account_without_a_name_goes_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 123_456_789)
    assert account() == "uid:123456789"


def test_people_are_read_with_what_is_said_of_them() -> None:
    people = read_people(
        {
            "li": {
                "name": "李娜",
                "role": "approver",
                "team": "north",
                "manager": "zhao",
                "portfolio": ["a", "b"],
            },
            "wang": {"portfolio": "城东"},
        },
        FILE,
    )
    assert people.actor("li") == Actor(
        account="li", name="李娜", role=Role.APPROVER, team="north", manager="zhao", portfolio=("a", "b")
    )
    assert people.actor("wang") == Actor(account="wang", name="wang", role=Role.REVIEWER, portfolio=("城东",))


def test_where_nobody_is_listed_everybody_may_propose() -> None:
    assert People().actor("li").may_propose


def test_who_is_not_on_the_list_may_only_look() -> None:
    people = read_people({"li": {}}, FILE)
    assert people.actor("li").may_propose
    assert not people.actor("wang").may_propose
    assert people.name("wang") == "wang"


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(RungError) as refused:
        read_people({"li": {"roll": "x", "role": "chief", "team": 3, "portfolio": [1]}, "wang": "王"}, FILE)
    assert str(refused.value).splitlines() == [
        "rung.toml [people.li.roll]: “roll” is not known here. Did you mean “role”?",
        "rung.toml [people.li.role]: “chief” is no role. Known: viewer, reviewer, approver, owner.",
        "rung.toml [people.li.team]: 3 does not fit “team”. A text is wanted.",
        "rung.toml [people.li.portfolio]: [1] does not fit “portfolio”. A text is wanted.",
        "rung.toml [people.wang]: Of a person a table is wanted. "
        'For example: [people.zhangwei] name = "张伟", role = "reviewer"',
    ]


def test_people_are_a_table() -> None:
    with pytest.raises(RungError, match="“people” is a table"):
        read_people(["li"], FILE)


OFFICE = {
    "li": {"manager": "zhao"},
    "wang": {"manager": "zhao"},
    "zhao": {"manager": "chen"},
    "sun": {"manager": "chen"},
    "zhou": {},
    "ma": {},
}


@pytest.mark.parametrize(
    ("one", "other", "is_one_line"),
    [
        ("li", "zhao", True),
        ("li", "chen", True),  # through another, and not listed
        ("li", "wang", True),  # both report to the same person
        ("li", "li", True),
        ("li", "sun", False),
        ("zhao", "sun", True),
        ("zhou", "ma", False),  # of neither a manager is named
        ("li", "zhou", False),
        ("nobody", "li", False),
    ],
)
def test_a_line_is_who_reports_to_whom_and_who_shares_a_manager(
    one: str, other: str, is_one_line: bool
) -> None:
    people = read_people(OFFICE, FILE)
    assert people.same_line(one, other) is people.same_line(other, one) is is_one_line


def test_managers_are_told_nearest_first() -> None:
    people = read_people(OFFICE, FILE)
    assert people.managers("li") == ("zhao", "chen")
    assert people.managers("zhou") == people.managers("nobody") == ()
    assert people.unlisted_managers == ("chen",)


def test_managers_in_a_circle_are_a_mistake_of_the_config() -> None:
    with pytest.raises(RungError) as refused:
        read_people(
            {
                "sun": {"manager": "li"},  # leads into the circle, and is not of it
                "li": {"manager": "wang"},
                "wang": {"manager": "li"},
                "ma": {"manager": "ma"},
            },
            FILE,
        )
    assert str(refused.value).splitlines() == [
        "rung.toml [people.li.manager]: Managers in a circle: li → wang → li. "
        "Whoever is at the top has no manager: take out one “manager”.",
        "rung.toml [people.ma.manager]: Managers in a circle: ma → ma. "
        "Whoever is at the top has no manager: take out one “manager”.",
    ]


def test_clearance_and_portfolio_are_yes_or_no() -> None:
    people = read_people({"li": {"clearance": False, "only_portfolio": True}, "wang": {}}, FILE)
    assert (people.actor("li").clearance, people.actor("li").only_portfolio) == (False, True)
    assert (people.actor("wang").clearance, people.actor("wang").only_portfolio) == (None, False)
    with pytest.raises(RungError, match="'yes' does not fit “clearance”"):
        read_people({"li": {"clearance": "yes"}}, FILE)


@pytest.mark.parametrize(
    ("role", "least", "does"),
    [
        ("owner", "approver", True),
        ("approver", "owner", False),
        ("viewer", "viewer", True),
        ("owner", "x", False),
    ],
)
def test_each_role_may_what_those_before_it_may(role: str, least: str, does: bool) -> None:
    assert Role(role).reaches(least) is does
