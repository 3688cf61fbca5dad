"""A file with mistakes of form is checked as far as it is sound, and nothing is told twice."""

from __future__ import annotations

import pytest
from checked_policy import GOOD, Host, told
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.errors import RungError
from rung.grading.check import examine_text
from rung.policy.shelf import Shelf

SHARES = """\
id = "shop.shares"
version = "1"
title = "Shares"
sector = "shop"
grades = ["A", "B", "C"]
[grading]
mode = "count"
by = "spend"
[grading.shares]
A = 20
B = 50
C = 100
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("C = 100", "C = 90", "12 [grading.shares.C]: The shares end at 90. The last grade's is 100"),
        (
            "B = 50",
            "B = 20",
            "11 [grading.shares.B]: The share up to “B”, 20, is not above that up to “A”, 20.",
        ),
        ("B = 50\n", "", "9 [grading.shares]: Grade “B” has no share."),
        ("B = 50", "E = 50", "11 [grading.shares.E]: “E” is no grade of this policy."),
        ('by = "spend"', 'by = "spent"', "8 [grading.by]: There is no field"),
        (
            "[grading]",
            "[[tests]]\ncustomer = { spend = 1 }\nexpect = { score = 1 }\n[grading]",
            "8 [tests[0].expect[0].score]: There is no score in mode “count”.",
        ),
    ],
)
def test_shares_rise_to_a_hundred_and_name_every_grade(old, new, problem):
    assert told(SHARES) == []
    found = told(SHARES.replace(old, new))
    assert any(each.startswith(problem) for each in found), found


def test_a_mistake_is_told_once_though_compiling_finds_it_too():
    assert len(told(GOOD.replace("A = 80, B = 60", "A = 60, B = 80"))) == 1
    assert len(told(GOOD.replace("A = 80, B = 60", "A = 80"))) == 1
    assert len(told(SHARES.replace("C = 100", "C = 90"))) == 1


MIXED = """\
id = "shop.tiers"
version = "1"
titel = "Tiers"
title = "Tiers"
sector = "shop"
grades = ["A", "B", "C"]
grading = { mode = "score", cutoffs = { A = 60, B = 80 } }
[[criteria]]
id = "spend"
title = "Spend"
measure = "spent"
weight = -1
bands = [
    { when = ">= 100,000", points = 100 },
    { when = "-", points = "few" },
]
[[criteria]]
id = "visits"
title = "Visits"
measure = "visits"
bands = [{ when = ">= 3 times", points = 100 }, { when = "-", points = 10 }]
[[gates]]
id = "low"
when = { spend = "< 1万" }
at_most = "E"
[service.D]
contact = { evry = "7d", by = "manager" }
[[tests]]
customer = { spend = 1, visit = 3 }
expect = { grade = "AA" }
"""


def test_mistakes_of_form_and_of_meaning_are_told_in_one_round():
    assert [problem.partition("]:")[0] for problem in told(MIXED)] == [
        "3 [titel",
        "7 [grading.cutoffs.B",
        "11 [criteria[0].measure",
        "12 [criteria[0].weight",
        "15 [criteria[0].bands[1].points",
        "21 [criteria[1].bands[0].when",
        "22 [gates[0].reason",
        "24 [gates[0].when.spend",
        "25 [gates[0].at_most",
        "26 [service.D",
        "27 [service.D.contact.evry",
        "27 [service.D.contact[0].by",
        "29 [tests[0].customer.visit",
        "30 [tests[0].expect[0].grade",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # What is taken out leaves no echo: neither names nor codes nor modes that hang on it.
        ('mode = "score"', 'mode = "scor"', ["6 [grading.mode"]),
        ("A = 80,", 'A = "x",', ["6 [grading.cutoffs.A"]),
        ('id = "visits"', 'id = "vi sits"', ["20 [criteria[1].id"]),
        ('id = "new"', "", ["33 [flags[0].id"]),
        ('grades = ["A", "B", "C"]', "grades = 5", ["5 [grades"]),
        ('roles = { manager = "Manager" }', "roles = { manager = 5 }", ["7 [roles.manager"]),
        ('measure = "visits"', "", ["19 [criteria[1].measure"]),
        ('title = "Tiers"', "", ["[title"]),
        ('version = "1"', "version = 1", ["2 [version"]),
    ],
)
def test_a_mistake_of_form_brings_no_others_with_it(old, new, expected):
    text = GOOD.replace(old, new, 1)
    assert [problem.removeprefix("it ").partition("]:")[0] for problem in told(text)] == expected


def test_behind_a_lost_part_the_others_keep_their_places():
    text = GOOD.replace('measure = "spend"', "").replace(">= 3", ">= 3 times")
    assert [problem.partition("]:")[0] for problem in told(text)] == [
        "10 [criteria[0].measure",
        "24 [criteria[1].bands[0].when",
    ]


def test_parts_that_use_a_lost_part_are_not_blamed():
    gate = '[[gates]]\nid = "m"\nset = "A"\nreason = "r"\nwhen = { more = 1 }\n'
    more = '[derived.more]\ntitle = 5\nformla = "visits * 2"\n' + gate
    assert [problem.partition("]:")[0] for problem in told(GOOD + more)] == [
        "47 [derived.more.formula",
        "48 [derived.more.title",
        "49 [derived.more.formla",
    ]


LINES = st.sampled_from([*GOOD.splitlines(keepends=True), *MIXED.splitlines(keepends=True)])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 45), min_size=1, max_size=4), LINES, st.booleans())
def test_lines_lost_doubled_or_displaced_end_in_problems_at_lines_of_the_file(numbers, line, is_lost):
    lines = GOOD.splitlines(keepends=True)
    for number in numbers:
        lines[number] = "" if is_lost else lines[number] + line
    text = "".join(lines)
    try:
        found = examine_text(text, "it", Shelf(Host()))
    except RungError as error:
        found = error.problems
    for problem in found:
        assert problem.place is not None
        assert problem.place.line is None or 1 <= problem.place.line <= text.count("\n") + 1
