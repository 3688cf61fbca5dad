"""The sector's named criteria: each fit to stand in a policy as it is; and its sound policies."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

import rung_engineering
import rung_policies
from rung.grading.check import check
from rung.policy.library import Library, read_library
from rung.policy.model import Basis, Criterion
from rung.policy.reader import LoadedPolicy, parse_policy, read_policy
from rung.vocabulary import Vocabulary

FOLDER: Final = Path(rung_policies.__file__).parent / "engineering"
LIBRARY: Final = read_library(FOLDER / "criteria.toml", "engineering")
VOCABULARY: Final = Vocabulary.of(rung_engineering.rung_sector())
POLICIES: Final = sorted(path for path in FOLDER.glob("*.toml") if path.name != "criteria.toml")


def _library(_: str) -> Library:
    return LIBRARY


def _policy_of(*names: str) -> LoadedPolicy:
    taken = "".join(f'[[criteria]]\nuse = "engineering.{name}"\n' for name in names)
    head = 'id = "engineering.scratch"\nsector = "engineering"\nversion = "1"\n'
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
    assert points == sorted(set(points), reverse=True)


@pytest.mark.parametrize("name", [name for name, each in LIBRARY.criteria.items() if "levels" in each])
def test_a_judged_criterion_s_levels_are_the_answers_its_field_takes(name: str) -> None:
    criterion = _criterion(name)
    choices = [choice.id for choice in VOCABULARY.fields[criterion.measure].choices]
    assert [level.level for level in criterion.levels] == choices


@pytest.mark.parametrize("file", POLICIES, ids=lambda path: path.stem)
def test_a_ready_policy_has_no_problem_at_all(file: Path) -> None:
    loaded = read_policy(file, _library)
    assert [str(each) for each in (*loaded.warnings, *check(loaded.policy, VOCABULARY))] == []
