"""German credit applicants by a user's policy on the bank's fields; whether they paid back is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytestmark = pytest.mark.real
GRADES = ["A", "B", "C", "D"]


@pytest.fixture(scope="module")
def applicants(grade: Callable[..., Any]) -> Any:
    return grade("german_credit.csv", "german", "policy")


@pytest.fixture(scope="module")
def judged(applicants: Any, data: Path) -> pl.DataFrame:
    """The grades beside what became of each applicant, rows numbered from 1."""
    outcome = pl.read_csv(data / "german_credit.csv", columns=["creditability"])
    bad = outcome["creditability"].eq("bad").alias("bad")
    return applicants.results.with_columns(bad).with_row_index("row", 1)


def _rates(judged: pl.DataFrame, remainder: int) -> dict[str, tuple[int, int]]:
    half = judged.filter(pl.col("row") % 2 == remainder)
    counted = half.group_by(pl.col("model_grade").cast(pl.String)).agg(pl.len(), pl.col("bad").sum())
    return {grade: (n, bad) for grade, n, bad in sorted(counted.iter_rows())}


def test_every_applicant_is_read_and_graded(applicants: Any) -> None:
    assert applicants.quality["read"]["rows"] == applicants.quality["customers"] == 1_000
    assert applicants.manifest.counts == {"A": 299, "B": 200, "C": 300, "D": 201}
    assert applicants.manifest.not_graded == {}


def test_the_table_is_clean_but_for_savings_accounts_nobody_knows(applicants: Any) -> None:
    columns = {each["id"]: (each["missing"], each["unread"]) for each in applicants.quality["columns"]}
    assert columns.pop("customer_name") == (1_000, 0)
    assert columns.pop("assets") == (183, 0)
    assert set(columns.values()) == {(0, 0)}


def test_an_applicant_without_known_savings_rests_on_less_evidence(applicants: Any) -> None:
    assert dict(applicants.results.group_by("evidence").len().iter_rows()) == {100: 817, 85: 183}


def test_rows_keep_their_order_and_go_by_their_line_in_the_file(applicants: Any) -> None:
    assert applicants.results["customer_id"].to_list() == [str(line) for line in range(2, 1_002)]


def test_credits_above_eight_thousand_marks_are_capped(applicants: Any, data: Path) -> None:
    amounts = pl.read_csv(data / "german_credit.csv", columns=["credit_amount"])["credit_amount"]
    large = applicants.results.filter(amounts > 8_000)
    assert large.height == 70
    assert set(large["reason_1"].cast(pl.String)) == {"gate:large_credit"}
    assert set(large["model_grade"].cast(pl.String)) == {"C", "D"}


def test_the_cutoffs_are_the_quartiles_of_the_even_rows(judged: pl.DataFrame) -> None:
    scores = judged.filter(pl.col("row") % 2 == 0)["score"].sort()
    assert [scores[375], scores[250], scores[125]] == [7_400, 5_625, 4_250]


def test_on_the_half_the_policy_was_set_on_more_are_bad_from_grade_to_grade(
    judged: pl.DataFrame,
) -> None:
    assert _rates(judged, 0) == {"A": (142, 11), "B": (107, 21), "C": (148, 57), "D": (103, 67)}


def test_on_the_other_half_too_more_are_bad_from_grade_to_grade(judged: pl.DataFrame) -> None:
    rates = _rates(judged, 1)
    assert rates == {"A": (157, 13), "B": (93, 17), "C": (152, 56), "D": (98, 58)}
    shares = [bad / n for n, bad in (rates[grade] for grade in GRADES)]
    assert shares == sorted(shares)
