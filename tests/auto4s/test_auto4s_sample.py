"""The sample of car owners: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from math import exp, log
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_auto4s.borderline import ON_THE_BOUND
from rung_auto4s.happenings import AS_OF
from rung_auto4s.sample import sample

KEY: Final = "客户编号"
ACCEPTANCE: Final = {"了解并认可": 2, "了解": 1, "不了解": 0}
INTENTION: Final = {"近期来店": 2, "以后再说": 1, "明确不来": 0}


@pytest.fixture(scope="module")
def made() -> Sample:
    return sample(5_000, 7)


@pytest.fixture(scope="module")
def drawn(made: Sample) -> pl.DataFrame:
    """All customers with the count of their visits in two years, words ranked."""
    visits = made.events["visits"].group_by(KEY).agg(pl.len().cast(pl.Int64).alias("visits"))
    return made.customers.join(visits, on=KEY, how="left").with_columns(
        pl.col("visits").fill_null(0),
        pl.col("认可程度").replace_strict(ACCEPTANCE, default=None, return_dtype=pl.Int64).alias("liking"),
        pl.col("来店意向").replace_strict(INTENTION, default=None, return_dtype=pl.Int64).alias("readiness"),
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
def test_any_number_of_customers_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == made.customers[KEY].n_unique() == n
    assert list(made.events) == ["visits", "contacts", "promotions", "complaints", "vehicles"]
    assert all(set(table[KEY]) <= set(made.customers[KEY]) for table in made.events.values())


def test_every_column_is_text(made: Sample) -> None:
    assert {dtype for table in (made.customers, *made.events.values()) for dtype in table.dtypes} == {
        pl.String
    }


def test_no_event_lies_after_the_as_of_date(made: Sample) -> None:
    assert made.as_of == AS_OF == date(2026, 6, 30)
    for table in made.events.values():
        plain = table.to_series(1).str.to_date(strict=False).drop_nulls()
        assert plain.len() > 0 and (plain <= AS_OF).all()


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("客户性质", ("个人",), 0.90),
        ("电话结果", ("已接通",), 0.70),
        ("电话结果", ("未接通",), 0.15),
        ("电话结果", ("空号",), 0.06),
        ("电话结果", ("非本人",), 0.03),
        ("电话结果", ("",), 0.06),
        ("资料情况", ("已核实",), 0.60),
        ("资料情况", ("待核实",), 0.10),
        ("资料情况", ("资料错误",), 0.04),
        ("距店公里数", ("",), 0.20),
    ],
)
def test_marginals_are_as_written(made: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    tolerance = 0.03 if share >= 0.1 else 0.012
    assert _share(made.customers[column], *words) == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("认可程度", ("了解并认可",), 0.45),
        ("认可程度", ("了解",), 0.35),
        ("认可程度", ("不了解",), 0.20),
        ("需求", ("有需求",), 0.35),
        ("需求", ("暂无需求",), 0.50),
        ("来店意向", ("近期来店",), 0.25),
        ("来店意向", ("以后再说",), 0.65),
        ("来店意向", ("明确不来",), 0.10),
        ("难以沟通", ("是",), 0.07),
        ("是否在保", ("是",), 0.15),
        ("联系到负责人", ("否",), 0.06),
        ("朋友开修理店", ("是",), 0.04),
        ("车辆状况", ("很少使用",), 0.05),
        ("车辆状况", ("已卖车",), 0.05),
        ("在本市情况", ("很少在",), 0.06),
        ("在本市情况", ("不在",), 0.03),
        ("他店储值", ("4S店",), 0.06),
        ("他店储值", ("其他修理店",), 0.04),
    ],
)
def test_what_calls_find_out_is_as_written(
    made: Sample, column: str, words: tuple[str, ...], share: float
) -> None:
    # A call that was noted always has acceptance and intention; the borderline customers rarely both.
    noted = made.customers.filter((pl.col("认可程度") != "") & (pl.col("来店意向") != ""))
    assert noted.height / 5_000 == pytest.approx(0.79, abs=0.03)
    assert _share(noted[column], *words) == pytest.approx(share, abs=0.03 if share >= 0.1 else 0.013)


def test_persons_have_one_to_three_cars(made: Sample) -> None:
    held = made.events["vehicles"][KEY].value_counts()
    persons = made.customers.filter(pl.col("客户性质") == "个人").join(held, on=KEY)["count"]
    for cars, share in ((1, 0.84), (2, 0.13), (3, 0.03)):
        assert (persons == cars).sum() / persons.len() == pytest.approx(share, abs=0.015)


def test_three_firms_in_five_share_an_owner(made: Sample) -> None:
    firms = made.customers.filter(pl.col("客户性质") == "单位")
    assert (firms["车主编号"] != "").sum() / firms.height == pytest.approx(0.6, abs=0.05)


def test_no_plate_is_given_twice(made: Sample) -> None:
    plates = made.events["vehicles"]["车牌号"]
    assert plates.n_unique() == plates.len()


def test_visits_are_poisson_about_twice_a_year(drawn: pl.DataFrame) -> None:
    # exp(0.5 + 0.7²/2) a year, over two years, for all but the borderline 2 %.
    assert drawn["visits"].mean() == pytest.approx(2 * exp(0.745), rel=0.06)


def test_distance_is_log_normal(made: Sample) -> None:
    logs = made.customers["距店公里数"].cast(pl.Float64, strict=False).drop_nulls().log()
    assert logs.median() == pytest.approx(log(8), abs=0.06)
    assert logs.std() == pytest.approx(0.9, abs=0.06)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("liking", "visits", 0.30, 0.50),
        ("readiness", "visits", 0.25, 0.46),
        ("liking", "readiness", 0.2, 0.36),
    ],
)
def test_a_warmer_customer_likes_us_more_and_comes_more(
    drawn: pl.DataFrame, one: str, other: str, low: float, high: float
) -> None:
    noted = drawn.drop_nulls(["liking", "readiness"])
    assert low < float(noted.select(pl.corr(one, other, method="spearman")).item()) < high


@pytest.mark.parametrize(("arena", "share"), [("售后", 0.70), ("销售", 0.12), ("活动", 0.18)])
def test_visits_are_mostly_after_sales(made: Sample, arena: str, share: float) -> None:
    assert _share(made.events["visits"]["业务类别"], arena) == pytest.approx(share, abs=0.015)


def test_one_in_ten_comes_on_promotion_only(made: Sample) -> None:
    often = (
        made.events["visits"]
        .group_by(KEY)
        .agg(pl.len().alias("n"), (pl.col("是否优惠来店") == "是").all().alias("only"))
    )
    assert often.filter(pl.col("n") >= 6)["only"].mean() == pytest.approx(0.10, abs=0.03)


def test_five_dates_in_a_hundred_are_not_iso(made: Sample) -> None:
    days = made.events["visits"]["进店日期"]
    assert 1 - days.str.contains(r"^\d{4}-\d{2}-\d{2}$").sum() / days.len() == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("mark", [",", "约", "１", "元"])
def test_some_amounts_are_written_as_people_write_them(made: Sample, mark: str) -> None:
    assert made.events["visits"]["消费金额"].str.contains(mark, literal=True).sum() > 10


def test_from_two_hundred_on_every_borderline_customer_is_there() -> None:
    made = sample(200, 11)
    assert {"29.9", "30.0", "30.1"} <= set(made.customers["距店公里数"])
    assert {"5999.99", "6000.00", "6000.01", "1999.99", "2000.00"} <= set(made.events["visits"]["消费金额"])
    assert {"2025-06-30", "2025-07-01"} <= set(made.events["visits"]["进店日期"])
    assert made.customers.filter(pl.col("车主编号").str.starts_with("甲")).height == 2


def test_the_borderline_customers_fit_into_a_quarter_of_two_hundred() -> None:
    assert len(ON_THE_BOUND) <= 50
