"""What is installed is sound: every plugin loads, every library and policy is without problem, all tested."""

from __future__ import annotations

import re
from typing import Final

import pytest

from rung.grading.check import examine
from rung.grading.check_library import library_problems
from rung.grading.policy_tests import run_policy_tests
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf

HOST = PluginHost()
SHELF = Shelf(HOST)
SECTORS = ("auto4s", "bank", "channel", "engineering", "general", "sales", "tobacco", "wealth")
POLICIES = (
    "auto4s.after-sales",
    "auto4s.call-list",
    "bank.credit-tiers",
    "channel.special-channel",
    "engineering.client-grades",
    "tobacco.sales-pareto",
    "tobacco.service-classes",
    "wealth.value-tiers",
)
READY: Final = [entry.id for entry in SHELF.entries()]
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def test_every_plugin_loads():
    assert {sector.id for sector in HOST.load_all()} >= set(SECTORS)
    assert HOST.faults() == ()
    assert SHELF.faults() == ()


def test_the_ready_policies_are_on_the_shelf():
    entries = {entry.id: entry for entry in SHELF.entries()}
    assert set(POLICIES) <= set(entries)
    assert {name: entry.problems for name, entry in entries.items() if entry.problems} == {}


@pytest.mark.parametrize("sector", SECTORS)
def test_a_library_is_sound(sector):
    assert library_problems(sector, SHELF) == ()


@pytest.mark.parametrize("name", READY)
def test_a_ready_policy_is_sound(name):
    assert examine(name, SHELF) == ()


@pytest.mark.parametrize("name", READY)
def test_the_cases_of_a_ready_policy_pass_and_exercise_all_of_it(name):
    loaded = SHELF.find(name)
    report = run_policy_tests(loaded, SHELF.vocabulary(loaded.policy))
    assert report.tested.tables
    assert [str(problem) for outcome in report.failed for problem in report.problems(outcome)] == []
    assert [str(problem) for _, problem in report.missed()] == []
    assert report.coverage.missed == ()


@pytest.mark.parametrize("name", READY)
def test_a_ready_policy_tells_whoever_thinks_of_using_it_what_to_know_in_both_languages(name):
    policy = SHELF.find(name).policy
    assert policy.family is not None
    assert policy.guide is not None
    told = (policy.guide.use_when, policy.guide.data, policy.guide.change_first, policy.guide.monday)
    assert all(CHINESE.search(text.zh) and text.en and not CHINESE.search(text.en) for text in told)
    assert len({text.zh for text in told}) == 4
    assert "周一" in policy.guide.monday.zh


@pytest.mark.parametrize("name", [name for name in READY if SHELF.find(name).policy.guide])
def test_a_guide_names_only_policies_that_are_there(name):
    guide = SHELF.find(name).policy.guide
    written = f"{guide.use_when.zh} {guide.use_when.en} {guide.data.zh} {guide.monday.zh}"
    named = set(re.findall(rf"\b(?:{'|'.join(SECTORS)})\.[a-z0-9-]+[a-z0-9]", written))
    assert named - set(READY) == set()


@pytest.mark.parametrize("name", READY)
def test_what_is_to_be_answered_is_told_in_both_languages(name):
    policy = SHELF.find(name).policy
    flagged = (flag.service for flag in policy.flags if flag.service is not None)
    answers = [each for terms in (*policy.service.values(), *flagged) for each in terms.respond]
    assert [each.to for each in answers if each.title is None or not CHINESE.search(each.title.zh)] == []
