"""Policies small enough to have one finding, and what is asked of it."""

from __future__ import annotations

from typing import Any

from small_world import of_kind

from rung.grading.analysis import Finding, analyse
from rung.grading.analysis.words import written_customer

SCORED = {"mode": "score", "cutoffs": {"A": 80, "B": 40}}


def banded(*cells: tuple[Any, int], measure: str = "count", **more: Any) -> dict[str, Any]:
    bands = [{"when": when, "points": points} for when, points in cells]
    return {"id": "k", "title": "K", "measure": measure, "bands": bands, **more}


FULL = banded(("< 2", 0), ("[2..4)", 50), (">= 4", 100))


def only(compiled: Any, kind: str) -> Finding:
    (found,) = of_kind(analyse(compiled), kind)
    return found


def example_of(finding: Finding, compiled: Any) -> str:
    assert finding.example is not None
    return written_customer(finding.example.values, compiled.quantities)
