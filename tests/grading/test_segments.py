"""Shares within segments: each part of the customers has cut-offs of its own, by written numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from drawn_policies import customers, policy

from rung.errors import RungError
from rung.grading.calibration import Calibration, Cutoffs, calibrate, calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.explaining import explain
from rung.grading.scorecard import Scorecard

Row = dict[str, Any]


def shares(**more: Any) -> CompiledPolicy:
    given = {"mode": "count", "by": "count", "shares": {"A": 50, "B": 100}, "within": "word", **more}
    return policy(grades=["A", "B"], grading=given)


def ranked(**more: Any) -> CompiledPolicy:
    bands = [{"top": 50, "points": 100}, {"when": "-", "points": 0}]
    return policy(
        grades=["A", "B"],
        grading={"mode": "score", "cutoffs": {"A": 60}},
        criteria=[
            {
                "id": "k",
                "title": "K",
                "measure": "count",
                "rank": "count",
                "within": "word",
                "bands": bands,
                **more,
            }
        ],
    )


def people(*pairs: tuple[str | None, int | None]) -> list[Row]:
    return [{"word": word, "count": count} for word, count in pairs]


def outcomes(compiled: CompiledPolicy, rows: list[Row]) -> list[str]:
    frame = customers(*rows)
    calibration = calibrate(compiled, frame)
    assert calibration == calibrate_rows(compiled, rows)
    card = Scorecard(compiled, calibration)
    told = card.results(frame).select("model_grade", "not_graded").collect().rows()
    alone = [card.assess(row) for row in rows]
    assert told == [(each.grade, each.not_graded) for each in alone]
    return [grade or cause for grade, cause in told]


SOUTH_IS_LARGER = people(("x", 1), ("x", 2), ("y", 100), ("y", 200), ("y", 300), ("y", 400))


def test_each_segment_gives_its_own_share_the_best_grade() -> None:
    assert outcomes(shares(), SOUTH_IS_LARGER) == ["B", "A", "B", "B", "A", "A"]


def test_without_segments_the_larger_part_takes_all() -> None:
    assert outcomes(shares(within=None), SOUTH_IS_LARGER) == ["B", "B", "B", "A", "A", "A"]


def test_the_cut_offs_of_each_segment_are_kept_by_its_value() -> None:
    assert calibrate(shares(), customers(*SOUTH_IS_LARGER)) == Calibration(
        segments={"grading": {"x": Cutoffs((2,), 2, 0), "y": Cutoffs((300,), 4, 0)}}
    )


def test_who_has_no_segment_is_not_graded_even_where_a_missing_value_would_be_the_worst() -> None:
    rows = people((None, 5), ("x", 5), ("x", None), (None, None))
    assert outcomes(shares(), rows) == ["missing:word", "A", "missing:count", "missing:word"]
    assert outcomes(shares(missing="worst"), rows) == ["missing:word", "A", "B", "missing:word"]


def test_a_segment_in_which_nobody_has_a_value_grades_nobody() -> None:
    rows = people(("x", 5), ("y", None))
    assert outcomes(shares(missing="worst"), rows) == ["A", "no_population"]


def test_by_value_a_segment_that_sums_to_zero_grades_nobody_and_the_others_stay() -> None:
    rows = people(("x", 80), ("x", 20), ("y", 0), ("y", -3))
    assert outcomes(shares(mode="value"), rows) == ["A", "B", "no_population", "no_population"]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("refuse", ["A", "B", "missing:k", "missing:k"]),
        ("worst", ["A", "B", "B", "B"]),
        ({"points": 70}, ["A", "B", "A", "A"]),
        ("drop", ["A", "B", "no_evidence", "no_evidence"]),
    ],
)
def test_in_a_criterion_a_missing_segment_is_a_missing_value(missing: Any, expected: list[str]) -> None:
    rows = people(("x", 2), ("x", 1), (None, 5), ("y", None))
    assert outcomes(ranked(missing=missing), rows) == expected


def test_whole_numbers_and_yes_or_no_divide_customers_too() -> None:
    rows = [{"yes": True, "count": 1, "money": 9}, {"yes": False, "count": 1, "money": 5}]
    assert outcomes(shares(by="money", within="yes"), rows) == ["A", "A"]
    assert outcomes(shares(by="money", within="count"), rows) == ["A", "B"]


def test_cut_offs_of_segments_are_written_and_read_back() -> None:
    for compiled in (shares(), shares(by="money", within="count"), shares(within="yes"), ranked()):
        rows = [
            {"word": "x", "yes": True, "count": 3, "money": 4},
            {"word": "y", "yes": False, "count": 1, "money": 2},
        ]
        found = calibrate_rows(compiled, rows)
        assert Calibration.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_what_an_older_run_wrote_is_read_as_before() -> None:
    written = {"grading": {"at_least": [5, None], "population": 9, "total": 0}}
    assert Calibration.from_dict(written) == Calibration({"grading": Cutoffs((5, None), 9, 0)})


def test_a_customer_graded_again_is_held_to_its_own_segment() -> None:
    card = Scorecard(shares(), calibrate_rows(shares(), SOUTH_IS_LARGER))
    assert card.assess({"word": "x", "count": 50}).grade == "A"
    assert card.assess({"word": "y", "count": 50}).grade == "B"
    assert card.assess({"word": "z", "count": 50}).not_graded == "no_population"


def test_the_explanation_names_the_segment_and_its_cut_off() -> None:
    card = Scorecard(shares(), calibrate_rows(shares(), SOUTH_IS_LARGER))
    told = explain(card, {"word": "y", "count": 200})
    assert (str(told.segment), told.population) == ("Word: y", 4)
    assert [(each.grade, str(each.at_least)) for each in told.cutoffs] == [("A", "300")]
    assert told.suggestion is not None
    assert [str(value.new) for value in told.suggestion.values] == ["300"]


def test_the_explanation_of_a_ranked_criterion_names_them_too() -> None:
    card = Scorecard(ranked(), calibrate_rows(ranked(), SOUTH_IS_LARGER))
    (line,) = explain(card, {"word": "x", "count": 1}).criteria
    assert (str(line.segment), [str(each) for each in line.cutoffs]) == ("Word: x", ["2"])


def test_two_hundred_and_fifty_six_segments_are_graded_and_one_more_is_refused() -> None:
    rows = [{"count": n, "money": 10 * n + m} for n in range(256) for m in (0, 1)]
    compiled = shares(by="money", within="count")
    assert outcomes(compiled, rows) == ["B", "A"] * 256
    for found in (calibrate, lambda each, _frame: calibrate_rows(each, [*rows, {"count": 256, "money": 1}])):
        with pytest.raises(RungError, match="257 segments; at most 256"):
            found(compiled, customers(*rows, {"count": 256, "money": 1}))


@pytest.mark.parametrize(
    ("compile_it", "words"),
    [
        (lambda: shares(within="nobody"), "no field"),
        (lambda: shares(within="day"), "is a date"),
        (lambda: ranked(within="day"), "is a date"),
        (lambda: ranked(rank=None, bands=[{"when": "-", "points": 1}]), "ranked criteria"),
    ],
)
def test_what_cannot_divide_customers_is_refused(compile_it: Any, words: str) -> None:
    with pytest.raises(RungError, match=words):
        compile_it()
