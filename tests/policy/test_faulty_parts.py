"""Faults in what all else hangs on hide nothing; texts do not pass for numbers; messages stay short."""

from __future__ import annotations

from pathlib import Path

import pytest

from rung.errors import RungError
from rung.grading.check import examine_text
from rung.policy.formula import read_formula
from rung.policy.shelf import Shelf
from rung.text import Text
from rung.vocabulary import Kind, Quantity, Sector

POLICY = """\
id = "my.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B", "C"]
fields = { spend = { title = "Spend", kind = "money" } }
[grading]
mode = "rules"
otherwise = "C"
[[rules]]
id = "big"
grade = "A"
when = { spend = ">= 100" }
reason = "Big"
[[rules]]
id = "some"
grade = "B"
when = { spnd = ">= 10" }
reason = "Some"
"""
SPND = "17 [rules[1].when.spnd]"


class NoPlugins:
    def ids(self) -> tuple[str, ...]:
        return ()

    def sector(self, plugin_id: str) -> Sector:
        raise RungError.of(plugin_id)

    def policies_folder(self, plugin_id: str) -> Path | None:
        raise RungError.of(plugin_id)


def told(text: str) -> list[str]:
    return [str(problem).removeprefix("it:") for problem in examine_text(text, "it", Shelf(NoPlugins()))]


def places(text: str) -> list[str]:
    return [problem.partition(": ")[0] for problem in told(text)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], [SPND]),
        ([('"my.tiers"', "3"), ('"1"', "1")], ["1 [id]", "2 [version]", SPND]),
        ([('["A", "B", "C"]', '["A", "A", "C"]')], ["4 [grades]", SPND]),
        (
            [('"my.tiers"', '"tiers"'), ('version = "1"', ""), ('["A", "B", "C"]', "3")],
            ["1 [id]", "4 [grades]", SPND, "it [version]"],
        ),
        (
            [('"my.tiers"', '"tiers"'), ('"1"', "[]"), ('["A", "B", "C"]', "[]")],
            ["1 [id]", "2 [version]", "4 [grades]", SPND],
        ),
        ([('["A", "B", "C"]', '["A", 2, "C"]')], ["4 [grades[1]]", SPND]),
    ],
)
def test_faults_in_id_version_and_grades_hide_no_other(changes, expected):
    text = POLICY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    assert places(text) == expected


def test_without_grades_the_rest_is_still_judged():
    assert told(POLICY.replace('grades = ["A", "B", "C"]\n', "")) == [
        "16 [rules[1].when.spnd]: There is no field, feature or derived value “spnd”. Did you mean “spend”?",
        " List the grades, best first.",
    ]


def test_without_grading_a_policy_ends_in_problems():
    head = POLICY.partition("[grading]")[0]
    assert told(head) == [" Grades are named, but no [grading] says how to find them."]
    assert told(head.replace('grades = ["A", "B", "C"]\n', "")) == [
        " A policy grades customers or raises alarms: add grades or [[alarms]]."
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'otherwise = "C"',
            'missing = "refuse"\nscore_decimals = "2"',
            "“score_decimals” cannot be “2”. It takes a whole number.",
        ),
        (
            'otherwise = "C"',
            "score_decimals = true",
            "“score_decimals” cannot be true. It takes a whole number.",
        ),
        (
            'otherwise = "C"',
            "score_decimals = 2.0",
            "“score_decimals” cannot be 2.0. It takes a whole number.",
        ),
        ('title = "Tiers"', 'title = "Tiers"\nordered = 1', "“ordered” cannot be 1. It takes true or false."),
        (
            'title = "Tiers"',
            'title = "Tiers"\nordered = "yes"',
            "“ordered” cannot be “yes”. It takes true or false.",
        ),
        (
            'title = "Tiers"',
            'title = "Tiers"\neffective_from = "2026-01-31"',
            "“effective_from” cannot be “2026-01-31”. It takes a date, such as 2026-01-31.",
        ),
        (
            'title = "Tiers"',
            'title = "Tiers"\neffective_from = 20260131',
            "“effective_from” cannot be 20260131.",
        ),
        ('reason = "Some"', 'reason = "Some"\npoints = "30"', "“points” cannot be “30”. It takes a number."),
        ('reason = "Some"', 'reason = "Some"\npoints = true', "“points” cannot be true. It takes a number."),
    ],
)
def test_nothing_passes_for_a_number_a_date_or_a_truth_that_is_none(old, new, message):
    assert any(message in problem for problem in told(POLICY.replace(old, new, 1))), told(
        POLICY.replace(old, new, 1)
    )


@pytest.mark.parametrize("points", ["30", "30.5", "-1.25"])
def test_numbers_of_either_kind_are_numbers(points):
    text = POLICY.replace('reason = "Some"', f'reason = "Some"\npoints = {points}')
    assert not any("cannot be" in problem for problem in told(text))


def test_a_long_formula_is_not_printed_whole():
    result = Quantity(id="more", title=Text.same("More"), kind=Kind.NUMBER)
    with pytest.raises(RungError) as raised:
        read_formula("1 + " * 100 + "?", result, {})
    assert str(raised.value).startswith(f"The formula “{'1 + ' * 15}…” cannot be read at “?”.")
