"""The named criteria of dealers and repair shops: each fit to stand in a policy as it is, and gapless."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

import rung_auto4s
import rung_policies
from rung.grading.compile import compile_policy
from rung.policy.cells import read_cell
from rung.policy.model import Basis, Policy
from rung.vocabulary import Vocabulary

LIBRARY: Final = tomllib.loads(
    (Path(rung_policies.__file__).parent / "auto4s" / "criteria.toml").read_text(encoding="utf-8")
)
VOCABULARY: Final = Vocabulary.of(rung_auto4s.rung_sector())


def _policy_of(*names: str) -> Policy:
    return Policy.model_validate(
        {
            "id": "auto4s.scratch",
            "version": "1",
            "title": "scratch",
            "grades": ["up", "down"],
            "grading": {"mode": "score", "cutoffs": {"up": 50}},
            "criteria": [{"id": name, **LIBRARY[name]} for name in names],
        }
    )


def test_the_whole_library_compiles_at_once() -> None:
    assert len(compile_policy(_policy_of(*LIBRARY), VOCABULARY).criteria) == len(LIBRARY) == 9


@pytest.mark.parametrize("name", LIBRARY)
def test_a_named_criterion_is_complete(name: str) -> None:
    criterion = _policy_of(name).criteria[0]
    assert criterion.basis is Basis.ASSUMED
    assert criterion.because and criterion.reason
    for text in (criterion.title, criterion.because, criterion.reason):
        assert text.zh and text.en and text.zh != text.en


@pytest.mark.parametrize("name", LIBRARY)
def test_best_points_are_a_hundred_and_every_band_differs(name: str) -> None:
    criterion = _policy_of(name).criteria[0]
    points = [band.points for band in criterion.bands] or [level.points for level in criterion.levels]
    assert points[0] == 100
    assert points == sorted(set(points), reverse=True)


@pytest.mark.parametrize("name", [n for n, c in LIBRARY.items() if "levels" in c])
def test_a_judged_criterion_s_levels_are_the_answers_its_field_takes(name: str) -> None:
    field = VOCABULARY.fields[LIBRARY[name]["measure"]]
    assert [each["level"] for each in LIBRARY[name]["levels"]] == [choice.id for choice in field.choices]


@pytest.mark.parametrize("name", [n for n, c in LIBRARY.items() if "bands" in c])
def test_bands_leave_no_gap_and_never_overlap(name: str) -> None:
    quantity = VOCABULARY.quantities()[LIBRARY[name]["measure"]]
    tests: list[Any] = [read_cell(band["when"], quantity) for band in LIBRARY[name]["bands"]]
    ranges = sorted((r for t in tests for r in t.ranges), key=lambda r: (r.low is not None, r.low))
    assert ranges[0].low is None and ranges[-1].high is None
    assert all(below.high + 1 == above.low for below, above in pairwise(ranges))
