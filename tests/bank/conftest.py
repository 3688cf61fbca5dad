"""The bank's policy, ready to grade single borrowers given in units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rung_bank
import rung_policies
from rung.grading.calibration import calibrate_rows
from rung.grading.compile import compile_policy
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.library import Library, read_library
from rung.policy.model import Policy
from rung.policy.reader import read_policy
from rung.vocabulary import Vocabulary

Grade = Callable[[Mapping[str, Any]], Assessment]
FOLDER = Path(rung_policies.__file__).parent / "bank"


def _library(sector: str) -> Library:
    return read_library(FOLDER / "criteria.toml", sector)


@pytest.fixture(scope="session")
def credit_tiers_policy() -> Policy:
    return read_policy(FOLDER / "credit-tiers.toml", _library).policy


def _grader(policy: Policy) -> Grade:
    """Return the policy as a function of one borrower's values, in units."""
    vocabulary = Vocabulary.of(rung_bank.rung_sector())
    compiled = compile_policy(policy, vocabulary)
    scorecard = Scorecard(compiled, calibrate_rows(compiled, []))
    scales = {each.id: each.scale for each in vocabulary.quantities().values() if each.kind.is_numeric}

    def grade(borrower: Mapping[str, Any]) -> Assessment:
        row = {
            key: int(Decimal(str(value)) * scales[key]) if key in scales and value is not None else value
            for key, value in borrower.items()
        }
        return scorecard.assess(row)

    return grade


@pytest.fixture(scope="session")
def credit_tiers(credit_tiers_policy: Policy) -> Grade:
    return _grader(credit_tiers_policy)
