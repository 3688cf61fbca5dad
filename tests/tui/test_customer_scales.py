"""A customer's page where no points are added: a matrix, scales side by side, rules in conflict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rung.grading.calibration import Calibration
from rung.grading.compile import compile_policy
from rung.grading.explaining import explain
from rung.grading.scorecard import Scorecard
from rung.policy.model import Policy
from rung.text import Language, Text, display_width
from rung.vocabulary import Field, Kind, Vocabulary
from rung_tui.customer.page import page
from rung_tui.customer.told import Told
from rung_tui.drawn import plain
from rung_tui.language import speak

FIELDS = {
    name: Field(id=name, title=title, kind=Kind.INTEGER)
    for name, title in (("spend", Text("消费", "Spend")), ("visits", Text("来店次数", "Visits")))
}


def criterion(name: str, first: str, *, grades: tuple[str, ...] = ()) -> dict[str, Any]:
    bands: list[dict[str, Any]] = [{"when": ">= 10", "label": first}, {"when": "[5..10)"}, {"when": "< 5"}]
    for band, grade in zip(bands, grades, strict=False):
        band["grade"] = grade
    return {"id": name, "title": FIELDS[name].title, "measure": name, "bands": bands}


def told(row: dict[str, int], **parts: Any) -> Told:
    whole = {"schema": 1, "id": "t.p", "version": "1", "title": "T", "grades": ["A", "B", "C"], **parts}
    compiled = compile_policy(Policy.model_validate(whole), Vocabulary(fields=FIELDS))
    return Told(
        number=0,
        as_of=date(2026, 6, 30),
        grades=compiled.grades,
        explanation=explain(Scorecard(compiled, Calibration()), row, "c1", "甲"),
        standing=None,
        history=(),
        roles={},
        reasons={},
        people={},
        today=date(2026, 7, 1),
    )


def matrix() -> Told:
    return told(
        {"spend": 7, "visits": 3},
        grading={
            "mode": "matrix",
            "axes": ["spend", "visits"],
            "cells": [list(row) for row in ("AAB", "ABC", "BCC")],
        },
        criteria=[criterion("spend", "large"), criterion("visits", "regular")],
    )


def scales() -> Told:
    return told(
        {"spend": 12, "visits": 3},
        grading={"mode": "combine", "how": "weighted"},
        criteria=[
            criterion("spend", "large", grades=("A", "B", "C")),
            criterion("visits", "regular", grades=("A", "B", "C")),
        ],
    )


def conflict() -> Told:
    rules = [
        {"id": "x", "grade": "A", "when": {"spend": ">= 10"}, "reason": "Spends much"},
        {"id": "y", "grade": "C", "when": {"visits": "< 5"}, "reason": "Comes seldom"},
        {"id": "z", "grade": "B", "when": {"visits": ">= 50"}, "reason": "Comes daily"},
    ]
    return told({"spend": 12, "visits": 3}, grading={"mode": "rules", "hit": "unique"}, rules=rules)


def collected() -> Told:
    rules = [{"id": "x", "points": 12.5, "when": {"spend": ">= 10"}, "reason": "Spends much"}]
    grading = {"mode": "rules", "hit": "collect", "collect": "sum", "cutoffs": {"A": 10, "B": 5}}
    return told({"spend": 12, "visits": 3}, grading=grading, rules=rules)


def shown(customer: Told, width: int = 90) -> list[str]:
    return [plain(line).rstrip() for line in page(customer, width)]


def test_the_matrix_is_drawn_with_the_customer_s_cell_in_brackets() -> None:
    lines = shown(matrix())
    start = next(place for place, line in enumerate(lines) if line.startswith("── Spend down, Visits across"))
    assert [line.split() for line in lines[start + 1 : start + 5]] == [
        ["regular", "[5", "..", "10)", "<", "5"],
        ["large", "A", "A", "B"],
        ["[5", "..", "10)", "A", "B", "[C]"],
        ["<", "5", "B", "C", "C"],
    ]
    assert not any("How the score came about" in line for line in lines)


def test_each_axis_shows_value_and_band() -> None:
    lines = shown(matrix())
    assert "Spend  7  [5 .. 10)" in lines
    assert "  next better: large" in lines


def test_each_scale_shows_the_grade_it_would_give_and_its_weight() -> None:
    lines = shown(scales())
    assert "Spend  12  large  → A  50%" in lines
    assert "Visits  3  < 5  → C  50%" in lines


def test_rules_in_conflict_stand_first() -> None:
    lines = shown(conflict())
    at = next(place for place, line in enumerate(lines) if line.startswith("── Rules in conflict"))
    assert lines[at + 1].split() == ["✓", "A", "Spends", "much"]
    after = next(place for place, line in enumerate(lines) if line.startswith("── The other rules"))
    assert any("Comes seldom" in line for line in lines[at:after])
    assert any("Comes daily" in line for line in lines[after:])


def test_collected_points_stand_in_the_place_of_a_grade() -> None:
    assert any(line.startswith("→ ✓ +12.5  Spends much") for line in shown(collected()))


@pytest.mark.parametrize("width", [30, 40, 58, 77, 100])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_pane(width: int, language: Language) -> None:
    speak(language)
    for customer in (matrix(), scales(), conflict(), collected()):
        assert max(display_width(plain(line)) for line in page(customer, width)) <= width
