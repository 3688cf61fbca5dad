"""No ready policy has a gap, a rule that never decides or a grade nobody reaches: only notes are found."""

from __future__ import annotations

import pytest

from rung.grading.analysis import analyse
from rung.grading.compile import compile_policy
from rung.plugins import PluginHost
from rung.policy.shelf import Shelf

SHELF = Shelf(PluginHost())


@pytest.mark.parametrize("name", sorted({entry.id for entry in SHELF.entries()}))
def test_the_analysis_of_a_ready_policy_finds_nothing_but_notes(name):
    loaded = SHELF.find(name)
    found = analyse(compile_policy(loaded.policy, SHELF.vocabulary(loaded.policy))).located(loaded)
    assert [str(each.problem) for each in found.findings if each.severity != "note"] == []
    assert all(each.problem.place.line for each in found.findings)
