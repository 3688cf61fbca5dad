"""The sample of shops: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_tobacco.sample import AS_OF, sample

RANKS: Final = {"大": 3, "大型": 3, "中": 2, "中型": 2, "小": 1, "小型": 1}
AWARENESS: Final = {"强": 3, "较强": 3, "一般": 2, "不强": 2, "弱": 1, "较弱": 1}
POTENTIAL: Final = {"大": 3, "较大": 3, "一般": 2, "中": 2, "小": 1, "低": 1}


@pytest.fixture(scope="module")
def shops() -> Sample:
    return sample(5_000, 7)


@pytest.fixture(scope="module")
def with_volume(shops: Sample) -> pl.DataFrame:
    """The shops with the cartons of three months, as far as they are written plainly."""
    orders = shops.events["orders"].filter(pl.col("订货日期").str.to_date() > date(2026, 3, 30))
    volume = orders.group_by("许可证号").agg(
        pl.col("订购数量").cast(pl.Int64, strict=False).sum().alias("volume")
    )
    return shops.customers.join(volume, on="许可证号", how="left").with_columns(pl.col("volume").fill_null(0))


def _share(frame: pl.DataFrame, column: str, *words: str) -> float:
    return frame[column].is_in(words).sum() / frame.height


def _rank_correlation(frame: pl.DataFrame, column: str, ranks: dict[str, int]) -> float:
    ranked = frame.with_columns(
        pl.col(column).replace_strict(ranks, default=None, return_dtype=pl.Int64).alias("rank")
    )
    known = ranked.drop_nulls("rank")
    return float(known.select(pl.corr("rank", "volume", method="spearman")).item())


def test_equal_arguments_give_equal_tables() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in first.events)


def test_another_seed_gives_other_tables() -> None:
    assert not sample(300, 3).customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_shops_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == n
    assert made.customers["许可证号"].n_unique() == n
    assert set(made.events) == {"orders", "visits", "display_checks", "complaints"}
    assert all(set(table["许可证号"]) <= set(made.customers["许可证号"]) for table in made.events.values())


def test_every_column_is_text(shops: Sample) -> None:
    tables = [shops.customers, *shops.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}


def test_no_event_lies_after_the_as_of_date(shops: Sample) -> None:
    assert shops.as_of == AS_OF == date(2026, 6, 30)
    latest = [table.to_series(1).str.to_date().max() for table in shops.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("市场类型", ("城区", "城市"), 0.49),
        ("市场类型", ("镇区", "乡镇"), 0.32),
        ("市场类型", ("农村", "乡村"), 0.19),
        ("零售业态", ("食杂店", "小卖部"), 0.35),
        ("是否困难群体", ("是",), 0.04),
        ("地理位置", ("",), 0.02),
        ("经营规模", ("",), 0.02),
        ("发展潜力", ("",), 0.02),
        ("营业面积", ("",), 0.024),
    ],
)
def test_marginals_are_as_written(shops: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    assert _share(shops.customers, column, *words) == pytest.approx(share, abs=0.025)


@pytest.mark.parametrize(("market", "share"), [("城区", 0.03), ("镇区", 0.06), ("农村", 0.35)])
def test_remoteness_goes_with_the_market(shops: Sample, market: str, share: float) -> None:
    # The built shops are of the city and township, none remote.
    here = shops.customers.filter(pl.col("市场类型") == market)
    assert _share(here, "地理位置", "偏远", "偏僻") == pytest.approx(share, abs=0.05)


def test_seven_in_ten_rural_shops_are_groceries(shops: Sample) -> None:
    rural = shops.customers.filter(pl.col("市场类型").is_in(["农村", "乡村"]))
    assert _share(rural, "零售业态", "食杂店", "小卖部") == pytest.approx(0.72, abs=0.03)


def test_the_median_shop_buys_about_five_hundred_cartons_a_quarter(with_volume: pl.DataFrame) -> None:
    assert with_volume["volume"].median() == pytest.approx(520, rel=0.1)


@pytest.mark.parametrize(
    ("column", "ranks", "low", "high"),
    [
        ("经营规模", RANKS, 0.8, 0.9),
        ("品牌意识", AWARENESS, 0.65, 0.8),
        ("发展潜力", POTENTIAL, -0.05, 0.05),
    ],
)
def test_volume_goes_with_scale_and_awareness_and_not_with_potential(
    with_volume: pl.DataFrame, column: str, ranks: dict[str, int], low: float, high: float
) -> None:
    assert low < _rank_correlation(with_volume, column, ranks) < high


def test_hardship_is_more_frequent_among_small_shops(with_volume: pl.DataFrame) -> None:
    drawn = with_volume.filter(pl.int_range(pl.len()) % 16 != 5)
    small = _share(drawn.filter(pl.col("volume") < 250), "是否困难群体", "是")
    large = _share(drawn.filter(pl.col("volume") >= 500), "是否困难群体", "是")
    assert small > 3 * large


def test_one_shop_in_eight_shares_its_owner_with_the_one_before(shops: Sample) -> None:
    owner = shops.customers["经营者编号"]
    assert (owner == owner.shift(1)).sum() / owner.len() == pytest.approx(0.125, abs=0.015)


@pytest.mark.parametrize("mark", [",", "约", "１", "万"])
def test_some_amounts_are_written_as_people_write_them(shops: Sample, mark: str) -> None:
    assert shops.events["orders"]["订购金额"].str.contains(mark, literal=True).sum() > 10


def test_about_one_quantity_in_seventy_is_no_plain_number(shops: Sample) -> None:
    quantity = shops.events["orders"]["订购数量"]
    plain = quantity.str.contains(r"^[0-9]+$").sum() / quantity.len()
    assert 1 - plain == pytest.approx(0.0135, abs=0.004)


@pytest.mark.parametrize("volume", [899, 900, 901, 299, 300, 301, 179, 180, 181])
def test_from_two_hundred_shops_on_each_bound_is_met_exactly_just_under_and_just_over(volume: int) -> None:
    made = sample(200, 11)
    orders = made.events["orders"].filter(pl.col("订货日期").str.to_date() > date(2026, 3, 30))
    totals = orders.group_by("许可证号").agg(pl.col("订购数量").cast(pl.Int64, strict=False).sum())
    built = set(made.customers["许可证号"].gather(range(5, 200, 16)))
    assert volume in set(totals.filter(pl.col("许可证号").is_in(built))["订购数量"])
