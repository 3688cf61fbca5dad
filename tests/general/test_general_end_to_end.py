"""The sample graded by every policy of the sector: what is read of it, and how often each grade comes up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from rung.plugins import PluginHost
from rung.policy.shelf import Shelf
from rung.runs.run import Run

Graded = Callable[[str], AbstractContextManager[Run]]
NAMES: Final = tuple(
    sorted(each.id.partition(".")[2] for each in Shelf(PluginHost()).entries() if each.plugin == "general")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_grade_occurs_often(name: str, graded_by: Graded) -> None:
    with graded_by(name) as run:
        assert min(run.manifest.counts.values()) >= 40


def test_amounts_in_wan_and_with_commas_are_read_and_only_guesses_are_not(graded_by: Graded) -> None:
    with graded_by("abc-count") as run:
        orders = next(each for each in run.manifest.quality["events"] if each["id"] == "orders")
    (amount,) = (each for each in orders["columns"] if each["id"] == "amount")
    assert amount["unread"] > 0
    assert all(example["value"].startswith("约") for example in amount["examples"])


def test_a_judgement_more_than_a_year_old_counts_as_missing(graded_by: Graded) -> None:
    with graded_by("cooperation-potential") as run:
        (expired,) = run.manifest.quality["expired"]
        missing = run.manifest.not_graded["missing:potential"]
    assert expired["id"] == "potential"
    assert 20 < expired["count"] < missing
