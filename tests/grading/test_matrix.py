"""A matrix: the bands met on two criteria name the cell that holds the grade."""

from __future__ import annotations

from typing import Any

import pytest
from both_ways import assessed, told
from drawn_policies import policy

from rung.errors import RungError
from rung.grading.calibration import Calibration
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.nearest_change import nearest_change
from rung.grading.scorecard import Scorecard
from rung.text import Text


def axis(name: str, measure: str, **more: Any) -> dict[str, Any]:
    bands = [{"when": ">= 10"}, {"when": "[5..10)"}, {"when": "< 5"}]
    return {"id": name, "title": name.title(), "measure": measure, "bands": bands, **more}


def matrix(**more: Any) -> CompiledPolicy:
    parts: dict[str, Any] = {
        "grading": {
            "mode": "matrix",
            "axes": ["worth", "risk"],
            "cells": [["A", "A", "B"], ["A", "B", "C"], ["B", "C", "D"]],
        },
        "criteria": [axis("worth", "money"), axis("risk", "count", missing="worst")],
    }
    return policy(**parts | more)


@pytest.mark.parametrize(
    ("money", "count", "grade", "reasons"),
    [
        (1000, 10, "A", ("worth:1", "risk:1")),
        (1000, 4, "B", ("worth:1", "risk:3")),
        (999, 10, "A", ("worth:2", "risk:1")),
        (999, 9, "B", ("worth:2", "risk:2")),
        (500, 5, "B", ("worth:2", "risk:2")),
        (499, 5, "C", ("worth:3", "risk:2")),
        (499, 4, "D", ("worth:3", "risk:3")),
    ],
)
def test_the_cell_of_the_bands_met_is_the_grade(
    money: int, count: int, grade: str, reasons: tuple[str, ...]
) -> None:
    (found,) = assessed(matrix(), {"money": money, "count": count})
    assert told(found) == (grade, reasons)
    assert (found.score, found.evidence) == (None, 100)


def test_a_missing_axis_refuses_or_counts_as_its_last_band() -> None:
    neither, risk = assessed(matrix(), {"count": 10}, {"money": 1000})
    assert told(neither) == ("missing:worth", ())
    assert told(risk) == ("B", ("worth:1", "risk:missing"))
    assert (neither.evidence, risk.evidence) == (50, 50)


def test_gates_bind_the_grade_of_a_matrix() -> None:
    gate = {"id": "g", "when": {"yes": True}, "at_most": "C", "missing": "skip", "reason": "r"}
    (found,) = assessed(matrix(gates=[gate]), {"money": 1000, "count": 10, "yes": True})
    assert (*told(found), found.ungated) == ("C", ("gate:g", "worth:1", "risk:1"), "A")


def test_ranked_criteria_may_be_axes() -> None:
    ranked = axis("worth", "money", rank="count", bands=[{"top": 50}, {"when": "-"}])
    grading = {"mode": "matrix", "axes": ["worth", "risk"], "cells": [["A", "B", "C"], ["B", "C", "D"]]}
    made = matrix(criteria=[ranked, axis("risk", "count")], grading=grading)
    best, worst = assessed(made, {"money": 2, "count": 10}, {"money": 1, "count": 1})
    assert (best.grade, worst.grade) == ("A", "D")


def test_the_explanation_shows_both_axes_and_the_cell() -> None:
    found = explain(Scorecard(matrix(), Calibration()), {"money": 700, "count": 4})
    shown = found.matrix
    assert shown is not None
    assert (shown.down, shown.across) == (Text.same("Worth"), Text.same("Risk"))
    assert (shown.row, shown.column, shown.cells[1][2]) == (1, 2, "C")
    assert [words.en for words in shown.columns] == ["≥ 10", "[5 .. 10)", "< 5"]
    worth, risk = found.criteria
    assert (worth.better, worth.worse) == (shown.rows[0], shown.rows[2])
    assert (risk.better, risk.worse) == (shown.columns[1], None)
    assert (worth.points, worth.contribution, worth.weight_share) == (None, None, 0)


def test_a_refused_customer_lies_in_no_cell() -> None:
    shown = explain(Scorecard(matrix(), Calibration()), {"count": 4}).matrix
    assert shown is not None
    assert (shown.row, shown.column) == (None, 2)


def test_the_smallest_change_moves_along_the_nearer_axis() -> None:
    scorecard = Scorecard(matrix(), Calibration())
    change = nearest_change(scorecard, {"money": 900, "count": 5})
    assert change is not None
    assert (dict(change.values), change.grade) == ({"money": 1000}, "A")


def problems(**more: Any) -> list[tuple[str, str]]:
    with pytest.raises(RungError) as caught:
        matrix(**more)
    return [(each.place.key if each.place else "", each.message) for each in caught.value.problems]


CELLS = [["A", "A", "B"], ["A", "B", "C"], ["B", "C", "D"]]


@pytest.mark.parametrize(
    ("grading", "key", "message"),
    [
        ({"cells": CELLS[:2]}, "grading.cells", "The matrix has 2 rows, and “worth” has 3 bands."),
        (
            {"cells": [*CELLS[:2], ["B", "C"]]},
            "grading.cells[2]",
            "Row 3 of the matrix has 2 grades, and “risk” has 3 bands.",
        ),
        (
            {"cells": [["A", "A", "E"], *CELLS[1:]]},
            "grading.cells[0][2]",
            "“E” is no grade of this policy.",
        ),
        ({"axes": ["worth", "rsk"]}, "grading.axes[1]", "There is no criterion “rsk”."),
        (
            {"axes": ["worth", "worth"]},
            "grading.axes[1]",
            "The two axes are one and the same criterion.",
        ),
    ],
)
def test_a_matrix_that_does_not_fit_its_axes_is_told_at_its_place(
    grading: dict[str, Any], key: str, message: str
) -> None:
    whole = {"mode": "matrix", "axes": ["worth", "risk"], "cells": CELLS} | grading
    assert (key, message) in problems(grading=whole)


@pytest.mark.parametrize("missing", ["drop", {"points": 5}])
def test_an_axis_cannot_be_left_out(missing: Any) -> None:
    found = problems(criteria=[axis("worth", "money", missing=missing), axis("risk", "count")])
    assert [key for key, _message in found] == ["criteria[0].missing"]


def test_an_axis_applies_to_everybody() -> None:
    found = problems(criteria=[axis("worth", "money", applies={"yes": True}), axis("risk", "count")])
    assert [key for key, _message in found] == ["criteria[0].applies"]
