"""The grades a customer had in the runs by one policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rung.errors import RungError
from rung.runs.manifest import Manifest
from rung.runs.store import RunStore

__all__ = ["PastGrade", "past_grades"]


@dataclass(frozen=True, slots=True)
class PastGrade:
    """The model's grade of a customer in one run."""

    run_id: str
    as_of: date
    policy_version: str
    grade: str | None
    score: Decimal | None
    is_this_run: bool


def past_grades(store: RunStore, customer_id: str, this: Manifest) -> Iterator[PastGrade]:
    """Yield a customer's grade in every run by the policy of ``this`` that can be read, newest first."""
    for manifest in store.shelved().manifests:
        if manifest.policy.id != this.policy.id:
            continue
        try:
            with store.open(manifest.run_id) as run:
                row = run.results.find("customer_id", customer_id)
                result = None if row is None else run.results.row(row)
        except RungError:
            continue  # a damaged run tells nothing here; the list of runs says what is wrong with it
        if result is not None:
            score, decimals = result["score"], manifest.score_decimals
            yield PastGrade(
                run_id=manifest.run_id,
                as_of=manifest.as_of,
                policy_version=manifest.policy.version,
                grade=result["model_grade"],
                score=None if score is None or decimals is None else Decimal(score).scaleb(-decimals),
                is_this_run=manifest.run_id == this.run_id,
            )
