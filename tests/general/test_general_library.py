"""The sector's named criteria: each fit to stand in a policy as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

import rung_general
import rung_policies
from rung.durations import Duration
from rung.grading.check_library import library_problems
from rung.policy.library import read_library
from rung.policy.model import Basis, Criterion
from rung.policy.reader import parse_policy
from rung.policy.shelf import Shelf
from rung.vocabulary import Vocabulary

LIBRARY: Final = read_library(Path(rung_policies.__file__).parent / "general/criteria.toml", "general")
VOCABULARY: Final = Vocabulary.of(rung_general.rung_sector())
JUDGED: Final = [name for name, each in LIBRARY.criteria.items() if "levels" in each]
Read = Callable[[str], Criterion]


def _criterion(name: str) -> Criterion:
    head = 'id = "general.scratch"\nsector = "general"\nversion = "1"\ntitle = "scratch"\n'
    grading = 'grades = ["up", "down"]\n[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    taken = f'[[criteria]]\nuse = "general.{name}"\n'
    return parse_policy(head + grading + taken, "scratch.toml", lambda _: LIBRARY).policy.criteria[0]


def test_the_whole_library_stands_in_one_policy_without_a_problem(shelf: Shelf) -> None:
    assert len(LIBRARY.criteria) == 26
    assert library_problems("general", shelf) == ()


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_a_named_criterion_is_assumed_and_says_why_and_what_a_person_is_told(name: str) -> None:
    criterion = _criterion(name)
    assert criterion.basis is Basis.ASSUMED
    assert criterion.because
    assert criterion.reason


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_bands_go_down_from_a_hundred_points(name: str) -> None:
    criterion = _criterion(name)
    points: list[Any] = [each.points for each in criterion.bands or criterion.levels]
    assert points[0] == 100
    assert points == sorted(set(points), reverse=True)


def test_what_events_show_is_computed_and_only_what_they_cannot_is_judged() -> None:
    assert {_criterion(name).measure for name in JUDGED} == {
        "prospects",
        "potential",
        "demands",
        "need",
        "strategic_value",
        "buying_power",
        "demand_stability",
        "decision_power",
        "influence",
        "resources",
        "willingness",
    }


@pytest.mark.parametrize("name", JUDGED)
def test_a_judged_criterion_s_levels_are_the_answers_its_field_takes(name: str) -> None:
    criterion = _criterion(name)
    choices = [choice.id for choice in VOCABULARY.fields[criterion.measure].choices]
    assert [level.level for level in criterion.levels] == choices


@pytest.mark.parametrize("name", JUDGED)
def test_a_judgement_stands_for_a_year_from_its_date(name: str) -> None:
    criterion = _criterion(name)
    assert (criterion.expires_after, criterion.dated_by) == (Duration.parse("12mo"), "judged_on")


@pytest.mark.parametrize("name", JUDGED)
def test_a_judgement_is_described_by_what_can_be_seen(name: str) -> None:
    for level in _criterion(name).levels:
        assert len(level.describes.zh) >= 8
        assert level.describes.zh.rstrip("。") != level.title.zh
