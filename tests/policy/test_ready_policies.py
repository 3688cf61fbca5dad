"""What is installed is sound: every plugin loads, every library and ready policy is without problem."""

from __future__ import annotations

import pytest

from rung.grading.check import examine
from rung.grading.check_library import library_problems
from rung.grading.compile import compile_policy
from rung.grading.inline_tests import run_tests
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf

HOST = PluginHost()
SHELF = Shelf(HOST)
SECTORS = ("auto4s", "bank", "engineering", "tobacco")
POLICIES = (
    "auto4s.after-sales",
    "auto4s.call-list",
    "bank.credit-tiers",
    "engineering.client-grades",
    "tobacco.service-classes",
)


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


@pytest.mark.parametrize("name", [entry.id for entry in SHELF.entries()])
def test_a_ready_policy_is_sound_and_passes_its_own_tests(name):
    assert examine(name, SHELF) == ()
    loaded = SHELF.find(name)
    outcomes = run_tests(compile_policy(loaded.policy, SHELF.vocabulary(loaded.policy)))
    assert outcomes
    assert [loaded.located(problem) for outcome in outcomes for problem in outcome.problems()] == []
