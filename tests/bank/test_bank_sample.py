"""The sample of borrowers: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from math import log
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_bank.borrowers import ON_THE_BOUND
from rung_bank.happenings import AS_OF
from rung_bank.sample import sample

RECORDS: Final = {"优良": 3, "良好": 2, "有一定信用": 1, "差": 0}
ASSESSMENTS: Final = {"完备": 2, "较模糊": 1, "不充分": 0}
KEY: Final = "客户编号"


@pytest.fixture(scope="module")
def made() -> Sample:
    return sample(5_000, 7)


@pytest.fixture(scope="module")
def read(made: Sample) -> pl.DataFrame:
    """The borrowers as far as they are written plainly, words ranked."""
    return made.customers.with_columns(
        pl.col("资产总额(万元)").cast(pl.Float64, strict=False).log().alias("assets"),
        pl.col("资产负债率(%)").cast(pl.Float64, strict=False).alias("ratio"),
        pl.col("逾期天数").cast(pl.Int64, strict=False).alias("days"),
        pl.col("信用记录").replace_strict(RECORDS, default=None, return_dtype=pl.Int64).alias("record"),
        pl.col("风险评估").replace_strict(ASSESSMENTS, default=None, return_dtype=pl.Int64).alias("assessed"),
    )


def _share(column: pl.Series, *words: str) -> float:
    return float(column.is_in(words).sum() / column.len())


def test_equal_arguments_give_equal_tables() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in first.events)


def test_another_seed_gives_other_tables() -> None:
    assert not sample(300, 3).customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 3, 1_000])
def test_any_number_of_borrowers_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == made.customers[KEY].n_unique() == n
    assert list(made.events) == ["repayments", "balances", "statements", "complaints"]
    assert all(set(table[KEY]) <= set(made.customers[KEY]) for table in made.events.values())


def test_every_column_is_text(made: Sample) -> None:
    assert {dtype for table in (made.customers, *made.events.values()) for dtype in table.dtypes} == {
        pl.String
    }


def test_no_event_lies_after_the_as_of_date(made: Sample) -> None:
    assert made.as_of == AS_OF == date(2026, 6, 30)
    latest = [table.to_series(1).max() for table in made.events.values()]
    assert all(isinstance(day, str) and day <= "2026-06-30" for day in latest)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("客户类型", ("企业",), 0.75),
        ("客户类型", ("个体工商户",), 0.15),
        ("客户类型", ("个人",), 0.10),
        ("信用记录", ("优良",), 0.20),
        ("信用记录", ("良好",), 0.35),
        ("信用记录", ("有一定信用",), 0.30),
        ("信用记录", ("差",), 0.15),
        ("风险评估", ("完备",), 0.50),
        ("风险评估", ("较模糊",), 0.35),
        ("风险评估", ("不充分",), 0.15),
        ("逾期天数", ("0",), 0.82),
        ("集团编号", ("",), 0.88),
        ("信用记录", ("",), 0.02),
        ("风险评估", ("",), 0.03),
        ("逾期天数", ("",), 0.01),
        ("资产总额(万元)", ("", "-", "无"), 0.01),
        ("资产负债率(%)", ("", "-", "无"), 0.04),
    ],
)
def test_marginals_are_as_written(made: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    tolerance = 0.03 if share >= 0.1 else 0.008
    assert _share(made.customers[column], *words) == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize(
    ("low", "high", "share"), [(1, 30, 0.09), (31, 60, 0.03), (61, 90, 0.02), (91, 360, 0.04)]
)
def test_days_past_due_are_spread_as_written(read: pl.DataFrame, low: int, high: int, share: float) -> None:
    assert read["days"].is_between(low, high).sum() / 5_000 == pytest.approx(share, abs=0.012)
    assert read["days"].max() == pytest.approx(360, abs=10)


@pytest.mark.parametrize(
    ("kinds", "median", "sigma"), [(["企业"], 80_000_000, 1.9), (["个体工商户", "个人"], 2_500_000, 1.4)]
)
def test_assets_are_log_normal(read: pl.DataFrame, kinds: list[str], median: int, sigma: float) -> None:
    logs = read.filter(pl.col("客户类型").is_in(kinds))["assets"].drop_nulls()
    middle, spread = logs.median(), (logs.quantile(0.8413) or 0) - (logs.quantile(0.1587) or 0)
    assert middle == pytest.approx(log(median / 10_000), abs=0.15)
    assert spread / 2 == pytest.approx(sigma, abs=0.15)


def test_the_debt_ratio_is_normal_about_55(read: pl.DataFrame) -> None:
    assert read["ratio"].median() == pytest.approx(55, abs=1.5)
    assert read["ratio"].std() == pytest.approx(18, abs=1.5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Correlations of the traits: 0.7 × 0.7, 0.7 × 0.6, 0.7 × 0.5; somewhat less once cut into steps.
        ("record", "days", -0.50, -0.28),
        ("record", "assessed", 0.28, 0.45),
        ("record", "assets", 0.24, 0.40),
        ("record", "ratio", -0.40, -0.24),
        ("assessed", "ratio", -0.35, -0.18),
    ],
)
def test_a_better_standing_shows_everywhere(
    read: pl.DataFrame, one: str, other: str, low: float, high: float
) -> None:
    firms = read.filter(pl.col("客户类型") == "企业").drop_nulls([one, other])
    assert low < float(firms.select(pl.corr(one, other, method="spearman")).item()) < high


def test_three_in_five_file_complete_statements_and_one_in_twelve_none(made: Sample) -> None:
    filed = (
        made.events["statements"]
        .group_by(KEY)
        .agg(
            (pl.col("报送情况") == "完备").sum().alias("complete"),
            (pl.col("报送情况") != "未报送").sum().alias("any"),
        )
    )
    assert (filed["complete"] == 4).sum() / 5_000 == pytest.approx(0.58, abs=0.03)
    assert 1 - (filed["any"] > 0).sum() / 5_000 == pytest.approx(0.08, abs=0.015)


def test_the_latest_repayments_tell_the_days_past_due(made: Sample, read: pl.DataFrame) -> None:
    worst = (
        made.events["repayments"].group_by(KEY).agg(pl.col("逾期天数").cast(pl.Int64).max().alias("worst"))
    )
    late = read.join(worst, on=KEY).filter(pl.col("days") > 0)
    assert (late["worst"] >= late["days"]).all()


def test_about_three_borrowers_make_a_group(made: Sample) -> None:
    sizes = made.customers.filter(pl.col("集团编号") != "")["集团编号"].value_counts()["count"]
    assert sizes.mean() == pytest.approx(3.1, abs=0.5)


def test_six_per_cent_complained(made: Sample) -> None:
    assert made.events["complaints"].height / 5_000 == pytest.approx(0.06, abs=0.01)


@pytest.mark.parametrize("mark", [",", "约", "１", " "])
def test_some_amounts_are_written_as_people_write_them(made: Sample, mark: str) -> None:
    assert made.customers["资产总额(万元)"].str.contains(mark, literal=True).sum() > 5


def test_some_loans_are_counted_in_ten_thousands(made: Sample) -> None:
    share = made.customers["贷款余额"].str.ends_with("万").sum() / 5_000
    assert share == pytest.approx(0.01, abs=0.004)


def test_from_two_hundred_on_every_borderline_borrower_is_there() -> None:
    rows = sample(200, 11).customers
    written = set(rows["资产总额(万元)"])
    assert {"299.99", "300.00", "300.01", "4999.99", "5000.00", "5000.01"} <= written
    assert {"79999.99", "80000.00", "80000.01"} <= written
    assert {"1", "30", "31", "60", "61", "90", "91"} <= set(rows["逾期天数"])
    assert {f"{r}.{c}" for r, c in ((49, 99), (69, 99), (84, 99))} <= set(rows["资产负债率(%)"])
    assert {"50.00", "70.00", "85.00", "50.01", "70.01", "85.01"} <= set(rows["资产负债率(%)"])


def test_the_borderline_borrowers_fit_into_a_quarter_of_two_hundred() -> None:
    assert len(ON_THE_BOUND) <= 50
