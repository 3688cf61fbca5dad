"""The layer between two policies, laid over the first, gives the second."""

from __future__ import annotations

import copy

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from rung.policy.changes import layer_between
from rung.policy.files import parse_toml
from rung.policy.layers import lay
from rung.policy.library import no_libraries
from rung.policy.sources import SourceText

BASE = """
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
[meaning.A]
title = "best"
[grading]
mode = "rules"
otherwise = "B"
[[rules]]
id = "one"
grade = "A"
when = { sales = ">= 100", kind = "shop" }
reason = "large"
[[rules]]
id = "two"
grade = "A"
when = { sales = ">= 50" }
reason = "fair"
[[rules]]
id = "three"
grade = "B"
when = { sales = "< 50" }
reason = "small"
[[gates]]
id = "late"
when = { late = "> 30" }
at_most = "B"
reason = "late"
[service.A]
contact = { every = "7d" }
"""
TABLE = parse_toml(BASE, "base.toml")


def laid(wanted):
    layer = layer_between(TABLE, wanted)
    text = tomli_w.dumps({"id": "shop.own", "version": "2", "extends": "shop.tiers", **layer})
    stack = lay(text, "own.toml", bases, no_libraries)
    assert [str(problem) for problem in stack.problems] == []
    return {key: value for key, value in stack.table.items() if key not in {"id", "version", "extends"}}


def bases(_name):
    return SourceText("base.toml", BASE)


def own(table):
    return {key: value for key, value in table.items() if key not in {"id", "version"}}


def test_nothing_lies_between_a_policy_and_itself():
    assert layer_between(TABLE, copy.deepcopy(TABLE)) == {}


def test_only_what_changes_is_written():
    wanted = copy.deepcopy(TABLE)
    wanted["rules"][0]["when"] = {"sales": ">= 200"}
    assert layer_between(TABLE, wanted) == {
        "rules": [{"id": "one", "when": {"sales": ">= 200", "kind": {"remove": True}}}]
    }


RULE = st.fixed_dictionaries(
    {
        "grade": st.sampled_from("AB"),
        "when": st.dictionaries(st.sampled_from(("sales", "kind", "late")), st.just("> 1"), min_size=1),
        "reason": st.sampled_from(("large", {"zh": "大", "en": "large"})),
    }
)


@st.composite
def wishes(draw):
    wanted = copy.deepcopy(TABLE)
    names = draw(st.permutations(("one", "two", "three", "four", "five")))[: draw(st.integers(1, 5))]
    known = {rule["id"]: rule for rule in TABLE["rules"]}
    wanted["rules"] = [
        {"id": name, **draw(RULE)} if name not in known or draw(st.booleans()) else known[name]
        for name in names
    ]
    if draw(st.booleans()):
        del wanted["gates"][0]["at_most"]
        wanted["gates"][0]["at_least"] = "A"
    if draw(st.booleans()):
        wanted["service"]["A"]["contact"] = draw(
            st.sampled_from(({"every": "14d"}, [{"every": "7d"}, {"id": "call", "every": "1d"}]))
        )
    if draw(st.booleans()):
        del wanted["meaning"]
    if draw(st.booleans()):
        wanted["grading"] = draw(
            st.sampled_from(
                ({"mode": "rules"}, {"mode": "count", "by": "sales", "shares": {"A": 20, "B": 100}})
            )
        )
    return wanted


@given(wishes())
def test_laid_over_the_first_it_gives_the_second(wanted):
    assert laid(wanted) == own(wanted)
