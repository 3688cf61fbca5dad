"""The sector's named criteria: each fit to stand in a policy as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

import rung_policies
import rung_sales
from rung.grading.check import check
from rung.policy.library import Library, read_library
from rung.policy.model import Basis, Criterion
from rung.policy.reader import LoadedPolicy, parse_policy
from rung.vocabulary import Vocabulary

FOLDER: Final = Path(rung_policies.__file__).parent / "sales"
LIBRARY: Final = read_library(FOLDER / "criteria.toml", "sales")
VOCABULARY: Final = Vocabulary.of(rung_sales.rung_sector())


def _library(_: str) -> Library:
    return LIBRARY


def _policy_of(*names: str) -> LoadedPolicy:
    taken = "".join(f'[[criteria]]\nuse = "sales.{name}"\n' for name in names)
    head = 'id = "sales.scratch"\nsector = "sales"\nversion = "1"\n'
    grades = 'title = "scratch"\ngrades = ["up", "down"]\n'
    grading = '[grading]\nmode = "score"\ncutoffs = { up = 50 }\n'
    return parse_policy(head + grades + grading + taken, "scratch.toml", _library)


def _criterion(name: str) -> Criterion:
    return _policy_of(name).policy.criteria[0]


def test_the_whole_library_stands_in_one_policy_without_a_problem() -> None:
    policy = _policy_of(*LIBRARY.criteria).policy
    assert len(policy.criteria) == len(LIBRARY.criteria) == 12
    assert check(policy, VOCABULARY) == ()


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_a_named_criterion_is_assumed_and_says_why_and_what_a_person_is_told(name: str) -> None:
    criterion = _criterion(name)
    assert criterion.basis is Basis.ASSUMED
    assert criterion.because
    assert criterion.reason


@pytest.mark.parametrize("name", LIBRARY.criteria)
def test_bands_go_down_from_a_hundred_points(name: str) -> None:
    criterion = _criterion(name)
    points = [band.points for band in criterion.bands] or [level.points for level in criterion.levels]
    assert points[0] == 100
    assert points == sorted({each for each in points if each is not None}, reverse=True)


@pytest.mark.parametrize("name", [name for name, each in LIBRARY.criteria.items() if "levels" in each])
def test_a_judged_criterion_s_levels_are_the_answers_its_field_takes(name: str) -> None:
    criterion = _criterion(name)
    choices = [choice.id for choice in VOCABULARY.fields[criterion.measure].choices]
    assert [level.level for level in criterion.levels] == choices
