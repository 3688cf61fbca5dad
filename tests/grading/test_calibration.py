"""Cut-offs from a population: shares, ties, tiny populations and zero totals, by written rules."""

from __future__ import annotations

import pytest
from drawn_policies import customers, policy

from rung.grading.calibration import Calibration, Cutoffs, calibrate, calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.scorecard import Scorecard


def by_share(
    mode: str, ties: str = "up", shares: dict[str, float] | None = None, missing: str = "refuse"
) -> CompiledPolicy:
    return policy(
        grades=["A", "B", "C"],
        grading={
            "mode": mode,
            "by": "count",
            "ties": ties,
            "missing": missing,
            "shares": shares or {"A": 20, "B": 50, "C": 100},
        },
    )


def grades(compiled: CompiledPolicy, values: list[int | None]) -> str:
    rows = [{"count": value} for value in values]
    frame = customers(*rows)
    calibration = calibrate(compiled, frame)
    assert calibration == calibrate_rows(compiled, rows)
    scorecard = Scorecard(compiled, calibration)
    given = scorecard.results(frame).collect()["model_grade"].to_list()
    assert given == [scorecard.assess(row).grade for row in rows]
    return "".join(grade or "-" for grade in given)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (list(range(10, 0, -1)), "AABBBCCCCC"),
        (list(range(11, 0, -1)), "AAABBBCCCCC"),
        ([5], "A"),
        ([7, 7, 7, 7, 7], "AAAAA"),
        ([None, None], "--"),
        ([9, None, 8, 7, 6, 5], "A-BBCC"),
        ([9, 8, 8, 8, 1], "ABBBC"),
        ([-1, -2, -3, -4, -5], "ABBCC"),
    ],
)
def test_by_count_a_share_takes_its_part_of_the_customers_rounded_up(
    values: list[int | None], expected: str
) -> None:
    assert grades(by_share("count"), values) == expected


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        ([9, 9, 8, 7, 6], "AABCC", "BBBCC"),
        ([9, 8, 8, 8, 1], "ABBBC", "ACCCC"),
        ([7, 7, 7, 7, 7], "AAAAA", "CCCCC"),
        ([5, 4, 3, 2, 1], "ABBCC", "ABBCC"),
    ],
)
def test_ties_join_the_better_grade_or_where_they_do_not_all_fit_the_worse(
    values: list[int | None], up: str, down: str
) -> None:
    assert grades(by_share("count", "up"), values) == up
    assert grades(by_share("count", "down"), values) == down


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([80, 15, 5], "ABC"),
        ([79, 15, 5, 1], "AABC"),
        ([100], "A"),
        ([0, 0, 0], "---"),
        ([50, 30, 0, -40], "AACC"),
        ([None, 10], "-A"),
        ([10, 10, 10, 10, 10, 10, 10, 10, 10, 10], "AAAAAAAAAA"),
    ],
)
def test_by_value_the_fewest_best_customers_that_reach_the_share_of_the_total(
    values: list[int | None], expected: str
) -> None:
    assert grades(by_share("value", shares={"A": 80, "B": 95, "C": 100}), values) == expected


def test_a_zero_total_grades_nobody_and_says_so() -> None:
    compiled = by_share("value")
    scorecard = Scorecard(compiled, calibrate_rows(compiled, [{"count": 0}, {"count": -5}]))
    assert scorecard.assess({"count": 0}).not_graded == "no_population"


def test_a_missing_value_may_be_given_the_worst_grade() -> None:
    assert grades(by_share("count", missing="worst"), [3, None]) == "AC"


def test_sums_beyond_64_bits_are_cut_exactly() -> None:
    compiled = policy(
        grades=["A", "B"],
        grading={"mode": "value", "by": "money", "shares": {"A": 50, "B": 100}},
    )
    huge = 9_000_000_000_000_000
    frame = customers(*[{"money": huge}] * 2_000, *[{"money": huge - 1}] * 2_001)
    found = calibrate(compiled, frame).cutoffs["grading"]
    assert found == Cutoffs((huge - 1,), 4_001, 2_000 * huge + 2_001 * (huge - 1))


def test_a_customer_scored_again_needs_no_population() -> None:
    compiled = by_share("count")
    frozen = Calibration.from_dict(calibrate_rows(compiled, [{"count": n} for n in range(100)]).to_dict())
    assert [Scorecard(compiled, frozen).assess({"count": n}).grade for n in (79, 80, 49, 50)] == [
        "B",
        "A",
        "C",
        "B",
    ]
