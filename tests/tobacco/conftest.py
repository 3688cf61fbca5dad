"""The policy of the sector, ready to grade single shops given in units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rung_policies
import rung_tobacco
from rung.grading import Assessment, Scorecard, calibrate_rows, compile_policy
from rung.policy.library import Library, read_library
from rung.policy.model import Policy
from rung.policy.reader import read_policy
from rung.vocabulary import Vocabulary

Grade = Callable[[Mapping[str, Any]], Assessment]
FOLDER = Path(rung_policies.__file__).parent / "tobacco"


def _library(sector: str) -> Library:
    return read_library(FOLDER / "criteria.toml", sector)


@pytest.fixture(scope="session")
def service_classes_policy() -> Policy:
    return read_policy(FOLDER / "service-classes.toml", _library).policy


@pytest.fixture(scope="session")
def service_classes(service_classes_policy: Policy) -> Grade:
    """Return the policy as a function of one shop's values, in units."""
    vocabulary = Vocabulary.of(rung_tobacco.rung_sector())
    compiled = compile_policy(service_classes_policy, vocabulary)
    scorecard = Scorecard(compiled, calibrate_rows(compiled, []))
    scales = {each.id: each.scale for each in vocabulary.quantities().values() if each.kind.is_numeric}

    def grade(shop: Mapping[str, Any]) -> Assessment:
        row = {key: int(Decimal(str(v)) * scales[key]) if key in scales else v for key, v in shop.items()}
        return scorecard.assess(row)

    return grade
