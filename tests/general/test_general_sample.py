"""The sample of customers: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_general.answers import ANSWERS, HEADERS
from rung_general.sample import AS_OF, sample

EVENTS: Final = {"orders", "payments", "contacts", "complaints", "surveys"}
POWER: Final = {
    word: 4 - place for place, words in enumerate(ANSWERS["buying_power"].values()) for word in words
}


@pytest.fixture(scope="module")
def buyers() -> Sample:
    return sample(5_000, 7)


def _orders_of_a_year(made: Sample) -> pl.DataFrame:
    orders = made.events["orders"].filter(pl.col("下单日期").str.to_date() > date(2025, 6, 30))
    return orders.with_columns(pl.col("订单金额").cast(pl.Decimal(20, 2), strict=False).alias("value"))


@pytest.fixture(scope="module")
def known(buyers: Sample) -> pl.DataFrame:
    """The customers' truths as numbers, as far as they are written plainly."""
    value = _orders_of_a_year(buyers).group_by("客户编号").agg(pl.col("value").cast(pl.Float64).sum())
    return buyers.customers.join(value, on="客户编号", how="left").with_columns(
        pl.col("value").fill_null(0.0),
        pl.col("合作年限").cast(pl.Float64, strict=False).alias("years"),
        pl.col("采购占比").str.strip_chars("%").cast(pl.Float64, strict=False).alias("share"),
        pl.col("购买力").replace_strict(POWER, default=None, return_dtype=pl.Int64).alias("power"),
    )


def test_equal_arguments_give_equal_tables() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in first.events)


def test_another_seed_gives_other_tables() -> None:
    assert not sample(300, 3).customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_customers_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == n
    assert made.customers["客户编号"].n_unique() == n
    assert set(made.events) == EVENTS
    assert all(set(table["客户编号"]) <= set(made.customers["客户编号"]) for table in made.events.values())


def test_every_column_is_text(buyers: Sample) -> None:
    tables = [buyers.customers, *buyers.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}


def test_no_event_lies_after_the_as_of_date(buyers: Sample) -> None:
    assert buyers.as_of == AS_OF == date(2026, 6, 30)
    latest = [table.to_series(1).str.to_date().max() for table in buyers.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("购买主体", ("个人", "个人客户"), 0.27),
        ("组织类型", ("工业用户", "生产企业"), 0.35),
        ("组织类型", ("中间商", "经销商"), 0.24),
        ("组织类型", ("政府采购", "事业单位"), 0.135),
        ("合作潜力", ("",), 0.10),
        ("毛利率", ("",), 0.03),
        ("采购占比", ("",), 0.07),
        ("服务成本", ("",), 0.09),
        ("所属行业", ("",), 0.02),
    ],
)
def test_marginals_are_as_written(buyers: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    found = buyers.customers[column].is_in(words).sum() / buyers.customers.height
    assert found == pytest.approx(share, abs=0.02)


def test_the_median_buyer_buys_for_20_to_40_thousand(known: pl.DataFrame) -> None:
    median = known.filter(pl.col("value") > 0)["value"].median()
    assert isinstance(median, float)
    assert 20_000 < median < 40_000


@pytest.mark.parametrize(
    ("one", "other", "low", "high"), [("value", "power", 0.6, 0.9), ("share", "years", 0.5, 0.9)]
)
def test_what_goes_together_does(known: pl.DataFrame, one: str, other: str, low: float, high: float) -> None:
    both = known.drop_nulls([one, other]).filter(pl.col("value") > 0)
    assert low < both.select(pl.corr(one, other, method="spearman")).item() < high


def test_new_customers_are_judged_by_their_prospects_and_nobody_else_is(buyers: Sample) -> None:
    buyer_ids = set(buyers.events["orders"]["客户编号"])
    with_prospects = set(buyers.customers.filter(pl.col("发展前景") != "")["客户编号"])
    assert with_prospects
    assert with_prospects & buyer_ids == set()


def test_some_judgements_are_more_than_a_year_old(buyers: Sample) -> None:
    days = buyers.customers.filter(pl.col("评价日期") != "")["评价日期"].str.to_date()
    assert ((days <= date(2025, 6, 30)).sum() / days.len()) == pytest.approx(0.054, abs=0.02)


@pytest.mark.parametrize("header", HEADERS.values())
def test_every_answer_to_every_question_occurs(buyers: Sample, header: str) -> None:
    name = next(name for name, written in HEADERS.items() if written == header)
    found = set(buyers.customers[header])
    assert all(found & set(words) for words in ANSWERS[name].values())


@pytest.mark.parametrize("mark", [",", "约", "１", "万"])
def test_some_amounts_are_written_as_people_write_them(buyers: Sample, mark: str) -> None:
    assert buyers.events["payments"]["回款金额"].str.contains(mark, literal=True).sum() > 5


@pytest.mark.parametrize("yuan", ["100000", "50000", "20000", "500000"])
def test_from_900_customers_on_each_bound_of_value_is_met_on_just_under_and_just_over(yuan: str) -> None:
    totals = _orders_of_a_year(sample(900, 11)).group_by("客户编号").agg(pl.col("value").sum())["value"]
    fen = {int(value * 100) for value in totals if value is not None}
    assert {int(yuan) * 100 + step for step in (-1, 0, 1)} <= fen
