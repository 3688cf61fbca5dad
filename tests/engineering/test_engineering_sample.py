"""The sample of clients: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_engineering.sample import AS_OF, sample

IMPORTANCE: Final = {"核心": 3, "战略": 3, "重要": 2, "重点": 2, "一般": 1, "普通": 1}
EVENTS: Final = {"contracts", "payments", "project_visits", "complaints", "surveys"}


@pytest.fixture(scope="module")
def clients() -> Sample:
    return sample(5_000, 7)


def _contracts_of_two_years(made: Sample) -> pl.DataFrame:
    contracts = made.events["contracts"].filter(pl.col("签订日期").str.to_date() > date(2024, 6, 30))
    return contracts.with_columns(pl.col("合同金额").cast(pl.Decimal(20, 2), strict=False).alias("value"))


@pytest.fixture(scope="module")
def known(clients: Sample) -> pl.DataFrame:
    """The clients' truths as numbers, as far as they are written plainly."""
    value = _contracts_of_two_years(clients).group_by("客户编号").agg(pl.col("value").cast(pl.Float64).sum())
    surveys = clients.events["surveys"].select(
        "客户编号", pl.col("满意度得分").cast(pl.Float64).alias("satisfaction")
    )
    return (
        clients.customers.join(value, on="客户编号", how="left")
        .join(surveys, on="客户编号", how="left")
        .with_columns(
            pl.col("value").fill_null(0.0),
            pl.col("合作年限").cast(pl.Float64, strict=False).alias("years"),
            pl.col("重要程度")
            .replace_strict(IMPORTANCE, default=None, return_dtype=pl.Int64)
            .alias("importance"),
        )
    )


def _share(frame: pl.DataFrame, column: str, *words: str) -> float:
    return frame[column].is_in(words).sum() / frame.height


def test_equal_arguments_give_equal_tables() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in first.events)


def test_another_seed_gives_other_tables() -> None:
    assert not sample(300, 3).customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_clients_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == n
    assert made.customers["客户编号"].n_unique() == n
    assert set(made.events) == EVENTS
    assert all(set(table["客户编号"]) <= set(made.customers["客户编号"]) for table in made.events.values())


def test_every_column_is_text(clients: Sample) -> None:
    tables = [clients.customers, *clients.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}


def test_no_event_lies_after_the_as_of_date(clients: Sample) -> None:
    assert clients.as_of == AS_OF == date(2026, 6, 30)
    latest = [table.to_series(1).str.to_date().max() for table in clients.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("客户性质", ("政府机关", "政府"), 0.28),
        ("客户性质", ("事业单位",), 0.14),
        ("客户性质", ("国有企业", "国企"), 0.18),
        ("客户性质", ("民营企业", "民企"), 0.30),
        ("客户性质", ("外资企业", "外企"), 0.04),
        ("客户性质", ("其他", "社会团体"), 0.06),
        ("客户性质", ("",), 0.02),
        ("重要程度", ("",), 0.14),
        ("收入占比", ("",), 0.09),
        ("合作年限", ("",), 0.03),
        ("所属集团", ("",), 0.66),
    ],
)
def test_marginals_are_as_written(clients: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    assert _share(clients.customers, column, *words) == pytest.approx(share, abs=0.02)


def test_three_in_ten_clients_were_not_surveyed(known: pl.DataFrame) -> None:
    assert known["satisfaction"].null_count() / known.height == pytest.approx(0.275, abs=0.02)


def test_the_median_client_signs_for_two_to_four_million(known: pl.DataFrame) -> None:
    median = known["value"].median()
    assert isinstance(median, float)
    assert 2_000_000 < median < 4_000_000


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("value", "importance", 0.7, 0.9),
        ("years", "satisfaction", 0.3, 0.7),
        ("years", "value", 0.4, 0.7),
    ],
)
def test_what_goes_together_does(known: pl.DataFrame, one: str, other: str, low: float, high: float) -> None:
    both = known.drop_nulls([one, other])
    assert low < both.select(pl.corr(one, other, method="spearman")).item() < high


def test_one_payment_in_six_is_late_and_foreign_firms_are_the_most_punctual(clients: Sample) -> None:
    payments = clients.events["payments"].join(clients.customers, on="客户编号")
    late = payments.with_columns(pl.col("逾期天数").cast(pl.Int64) > 0)
    assert late["逾期天数"].sum() / late.height == pytest.approx(0.17, abs=0.02)
    by_nature = late.group_by("客户性质").agg(pl.col("逾期天数").mean()).sort("逾期天数")
    assert by_nature["客户性质"][0] in {"外资企业", "外企"}


@pytest.mark.parametrize("mark", [",", "约", "１", "万"])
def test_some_amounts_are_written_as_people_write_them(clients: Sample, mark: str) -> None:
    assert clients.events["payments"]["回款金额"].str.contains(mark, literal=True).sum() > 5


@pytest.mark.parametrize(
    "yuan",
    ["19999999.99", "20000000", "20000000.01", "4999999.99", "5000000", "5000000.01", "999999.99", "1000000",
     "1000000.01"],
)  # fmt: skip
def test_from_480_clients_on_each_bound_of_contract_value_is_met(yuan: str) -> None:
    made = sample(480, 11)
    totals = _contracts_of_two_years(made).group_by("客户编号").agg(pl.col("value").sum())
    assert pl.Series([yuan]).cast(pl.Decimal(20, 2))[0] in set(totals["value"])
