"""The sample of leads: deterministic, of any size, with the marginals and correlations it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_sales.sample import AS_OF, sample

EVENTS: Final = {"mails", "visits", "followups", "quotes", "orders", "surveys", "complaints"}
REACHED: Final = ("公司名称", "公司地址", "联系电话", "传真", "电子邮箱", "即时通讯")


@pytest.fixture(scope="module")
def many() -> Sample:
    return sample(5_000, 7)


def _share(frame: pl.DataFrame, column: str, *words: str) -> float:
    return float(frame[column].is_in(words).sum() / frame.height)


def test_equal_arguments_give_equal_tables() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in EVENTS)


def test_another_seed_gives_other_tables() -> None:
    assert not sample(300, 3).customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_leads_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers["客户编号"].n_unique() == made.customers.height == n
    assert set(made.events) == EVENTS
    assert all(set(table["客户编号"]) <= set(made.customers["客户编号"]) for table in made.events.values())


def test_every_column_is_text(many: Sample) -> None:
    tables = [many.customers, *many.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}


def test_nothing_has_happened_after_the_as_of_date(many: Sample) -> None:
    assert many.as_of == AS_OF == date(2026, 6, 30)
    latest = [table.to_series(1).str.to_date().max() for table in many.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize(
    ("column", "words", "share"),
    [
        ("客户来源", ("B2B平台", "阿里巴巴"), 0.29),
        ("客户来源", ("展会", "广交会"), 0.17),
        ("客户来源", ("转介绍", "客户介绍"), 0.11),
        ("所属区域", ("欧洲", "欧盟"), 0.20),
        ("所属区域", ("澳洲", "大洋洲"), 0.055),
        ("可成交金额", ("",), 0.32),
        ("需求状况", ("",), 0.075),
        ("当地有影响力", ("",), 0.82),
    ],
)
def test_marginals_are_as_written(many: Sample, column: str, words: tuple[str, ...], share: float) -> None:
    assert _share(many.customers, column, *words) == pytest.approx(share, abs=0.025)


def test_who_writes_much_is_known_well(many: Sample) -> None:
    known = many.customers.select(
        "客户编号", pl.sum_horizontal(pl.col(column) != "" for column in REACHED).alias("items")
    )
    written = many.events["mails"].group_by("客户编号").len()
    both = known.join(written, on="客户编号", how="left").with_columns(pl.col("len").fill_null(0))
    assert 0.3 < both.select(pl.corr("items", "len", method="spearman")).item() < 0.7


@pytest.mark.parametrize("mark", [",", "万", "约"])
def test_some_amounts_are_written_as_people_write_them(many: Sample, mark: str) -> None:
    assert many.customers["可成交金额"].str.contains(mark, literal=True).sum() > 5


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("可成交金额", ("499999.99", "500000", "500000.01")),
        ("潜在年用量", ("999999.99", "1000000", "1000000.01")),
        ("预计成交日期", ("2026-06-29", "2026-07-30", "2026-07-31", "2026-09-30", "2026-10-01")),
        ("预计成交日期", ("2026-12-30", "2026-12-31")),
        ("须处理日期", ("2026-07-07", "2026-07-08", "2026-07-30", "2026-07-31", "2026-09-30", "2026-10-01")),
    ],
)
def test_from_a_thousand_leads_on_each_bound_is_met(column: str, written: tuple[str, ...]) -> None:
    assert set(written) <= set(sample(1_000, 11).customers[column])
