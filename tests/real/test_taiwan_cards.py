"""Taiwan credit-card clients by a user's policies on the bank's fields; who defaulted is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytestmark = pytest.mark.real
TABLE = "credit_card_default.csv"
GRADES = ["A", "B", "C", "D"]


@pytest.fixture(scope="module")
def clients(grade: Callable[..., Any]) -> Any:
    return grade(TABLE, "taiwan", "policy")


@pytest.fixture(scope="module")
def judged(clients: Any, data: Path) -> pl.DataFrame:
    """The grades beside what became of each client."""
    outcome = pl.read_csv(data / TABLE, columns=["Y"])
    bad = outcome["Y"].eq(1).alias("bad")
    return clients.results.with_columns(bad, pl.col("customer_id").cast(pl.Int64).alias("row"))


def _rates(judged: pl.DataFrame, remainder: int) -> dict[str, tuple[int, int]]:
    half = judged.filter(pl.col("row") % 2 == remainder)
    counted = half.group_by(pl.col("model_grade").cast(pl.String)).agg(pl.len(), pl.col("bad").sum())
    return {grade: (n, bad) for grade, n, bad in sorted(counted.iter_rows())}


def test_every_client_is_read_and_graded(clients: Any) -> None:
    assert clients.quality["read"]["rows"] == clients.quality["customers"] == 30_000
    assert clients.manifest.counts == {"A": 8_889, "B": 6_408, "C": 7_475, "D": 7_228}
    assert clients.manifest.not_graded == {}


def test_no_value_is_missing_or_unread_though_limits_are_written_with_powers_of_ten(clients: Any) -> None:
    columns = {each["id"]: (each["missing"], each["unread"]) for each in clients.quality["columns"]}
    assert columns.pop("customer_name") == (30_000, 0)
    assert columns["credit_limit"] == (0, 0)
    assert set(columns.values()) == {(0, 0)}


def test_months_late_in_september_are_as_the_table_is_described(
    grade: Callable[..., Any],
) -> None:
    by_month = grade(TABLE, "taiwan", "months-late")
    assert by_month.manifest.counts == {"A": 23_182, "B": 3_688, "C": 2_667, "D": 463}


def test_the_gate_caps_whoever_is_three_months_late(clients: Any) -> None:
    gated = clients.results.filter(pl.col("reason_1").cast(pl.String) == "gate:overdue_60")
    assert gated.height == 463
    assert set(gated["model_grade"].cast(pl.String)) == {"D"}


def test_the_cutoffs_are_the_quartiles_of_the_even_ids(judged: pl.DataFrame) -> None:
    scores = judged.filter(pl.col("row") % 2 == 0)["score"].sort()
    assert [scores[11_250], scores[7_500], scores[3_750]] == [9_125, 8_125, 6_625]


def test_all_defaults_are_there(judged: pl.DataFrame) -> None:
    assert judged["bad"].sum() == 6_636


def test_on_the_half_the_policy_was_set_on_more_default_from_grade_to_grade(judged: pl.DataFrame) -> None:
    assert _rates(judged, 0) == {"A": (4_490, 382), "B": (3_254, 422), "C": (3_692, 672), "D": (3_564, 1_807)}


def test_on_the_other_half_too_more_default_from_grade_to_grade(judged: pl.DataFrame) -> None:
    rates = _rates(judged, 1)
    assert rates == {"A": (4_399, 336), "B": (3_154, 467), "C": (3_783, 682), "D": (3_664, 1_868)}
    shares = [bad / n for n, bad in (rates[grade] for grade in GRADES)]
    assert shares == sorted(shares)
