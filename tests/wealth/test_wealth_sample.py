"""The sample of investors: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_wealth.sample import AS_OF, sample

EVENTS: Final = {"trades", "services"}


@pytest.fixture(scope="module")
def investors() -> Sample:
    return sample(4_000, 7)


def _yearly(made: Sample) -> pl.DataFrame:
    trades = made.events["trades"].filter(pl.col("交易日期").str.to_date() > date(2025, 6, 30))
    value = pl.col("交易金额").cast(pl.Decimal(20, 2), strict=False)
    return trades.group_by("客户编号").agg(value.sum().alias("volume"))


def test_equal_arguments_give_equal_tables_and_another_seed_others() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in EVENTS)
    assert not first.customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_investors_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == made.customers["客户编号"].n_unique() == n
    assert set(made.events) == EVENTS
    assert all(set(table["客户编号"]) <= set(made.customers["客户编号"]) for table in made.events.values())


def test_every_column_is_text_and_no_event_lies_after_the_as_of_date(investors: Sample) -> None:
    tables = [investors.customers, *investors.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}
    latest = [table.to_series(1).str.to_date().max() for table in investors.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize(("column", "share"), [("管理资产", 0.06), ("风险承受能力", 0.046)])
def test_blanks_are_as_many_as_written(investors: Sample, column: str, share: float) -> None:
    found = (investors.customers[column] == "").sum() / investors.customers.height
    assert found == pytest.approx(share, abs=0.015)


def test_one_in_twelve_bought_nothing_in_a_year(investors: Sample) -> None:
    quiet = 1 - _yearly(investors).height / investors.customers.height
    assert quiet == pytest.approx(0.08, abs=0.02)


def test_volume_goes_with_assets(investors: Sample) -> None:
    assets = pl.col("管理资产").cast(pl.Float64, strict=False)
    both = investors.customers.join(_yearly(investors), on="客户编号").filter(assets.is_not_null())
    found = both.select(pl.corr(assets, pl.col("volume").cast(pl.Float64), method="spearman")).item()
    assert 0.5 < found < 0.9


@pytest.mark.parametrize("mark", [",", "约", "１", "万"])
def test_some_amounts_are_written_as_people_write_them(investors: Sample, mark: str) -> None:
    assert investors.events["trades"]["交易金额"].str.contains(mark, literal=True).sum() > 5


@pytest.mark.parametrize("yuan", [5_000_000, 1_000_000, 200_000])
def test_from_480_investors_on_each_bound_of_volume_is_met_on_just_under_and_just_over(yuan: int) -> None:
    fen = {int(value * 100) for value in _yearly(sample(480, 11))["volume"]}
    assert {yuan * 100 + step for step in (-1, 0, 1)} <= fen
