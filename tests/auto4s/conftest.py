"""The two policies of dealers and repair shops, ready to grade single customers given in units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rung_auto4s
import rung_policies
from rung.grading.calibration import calibrate_rows
from rung.grading.compile import compile_policy
from rung.grading.row import Assessment
from rung.grading.scorecard import Scorecard
from rung.policy.model import Policy
from rung.policy.reader import read_policy
from rung.vocabulary import Vocabulary

Grade = Callable[[Mapping[str, Any]], Assessment]
FOLDER = Path(rung_policies.__file__).parent / "auto4s"


def _grader(policy: Policy) -> Grade:
    vocabulary = Vocabulary.of(rung_auto4s.rung_sector())
    compiled = compile_policy(policy, vocabulary)
    scorecard = Scorecard(compiled, calibrate_rows(compiled, []))
    scales = {each.id: each.scale for each in vocabulary.quantities().values() if each.kind.is_numeric}

    def grade(customer: Mapping[str, Any]) -> Assessment:
        row = {
            key: int(Decimal(str(value)) * scales[key]) if key in scales and value is not None else value
            for key, value in customer.items()
        }
        return scorecard.assess(row)

    return grade


@pytest.fixture(scope="session")
def after_sales_policy() -> Policy:
    return read_policy(FOLDER / "after-sales.toml").policy


@pytest.fixture(scope="session")
def after_sales(after_sales_policy: Policy) -> Grade:
    return _grader(after_sales_policy)


@pytest.fixture(scope="session")
def call_list_policy() -> Policy:
    return read_policy(FOLDER / "call-list.toml").policy


@pytest.fixture(scope="session")
def call_list(call_list_policy: Policy) -> Grade:
    return _grader(call_list_policy)
