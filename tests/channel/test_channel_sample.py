"""The sample of special-channel clients: deterministic, of any size, with what it promises."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import pytest

from rung.sdk import Sample
from rung_channel.names import KINDS
from rung_channel.sample import AS_OF, sample

EVENTS: Final = {"supplies", "calls"}


@pytest.fixture(scope="module")
def clients() -> Sample:
    return sample(4_000, 7)


def test_equal_arguments_give_equal_tables_and_another_seed_others() -> None:
    first, again = sample(300, 3), sample(300, 3)
    assert first.customers.equals(again.customers)
    assert all(first.events[name].equals(again.events[name]) for name in EVENTS)
    assert not first.customers.equals(sample(300, 4).customers)


@pytest.mark.parametrize("n", [1, 2, 1_000])
def test_any_number_of_clients_can_be_had(n: int) -> None:
    made = sample(n, 1)
    assert made.customers.height == made.customers["客户编号"].n_unique() == n
    assert set(made.events) == EVENTS
    assert all(set(table["客户编号"]) <= set(made.customers["客户编号"]) for table in made.events.values())


def test_every_column_is_text_and_no_event_lies_after_the_as_of_date(clients: Sample) -> None:
    tables = [clients.customers, *clients.events.values()]
    assert {dtype for table in tables for dtype in table.dtypes} == {pl.String}
    latest = [table.to_series(1).str.to_date().max() for table in clients.events.values()]
    assert all(isinstance(day, date) and day <= AS_OF for day in latest)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_channel_occurs_alike(clients: Sample, kind: str) -> None:
    share = clients.customers["特渠类型"].is_in(KINDS[kind][0]).sum() / clients.customers.height
    assert share == pytest.approx(0.2 if kind == "cinema" else 0.1, abs=0.02)


@pytest.mark.parametrize(
    ("column", "share"),
    [("生意历史", 0.027), ("门店数", 0.027), ("区域影响力", 0.036), ("伙伴配送是否到位", 0.09)],
)
def test_blanks_are_as_many_as_written(clients: Sample, column: str, share: float) -> None:
    found = (clients.customers[column] == "").sum() / clients.customers.height
    assert found == pytest.approx(share, abs=0.012)


def test_a_quarter_of_the_partners_lack_something(clients: Sample) -> None:
    conditions = [name for name in clients.customers.columns if name.startswith("伙伴") and "是否" in name]
    assert len(conditions) == 5
    lacking = clients.customers.select(pl.any_horizontal(pl.col(conditions) == "否")).to_series()
    assert lacking.mean() == pytest.approx(0.25, abs=0.04)


def test_outlets_go_with_the_budget(clients: Sample) -> None:
    numbers = clients.customers.select(
        pl.col("门店数", "年度费用预算").cast(pl.Float64, strict=False)
    ).drop_nulls()
    assert 0.7 < numbers.select(pl.corr("门店数", "年度费用预算", method="spearman")).item() < 0.95


@pytest.mark.parametrize("mark", [",", "约", "１", "万"])
def test_some_amounts_are_written_as_people_write_them(clients: Sample, mark: str) -> None:
    assert clients.events["supplies"]["供货金额"].str.contains(mark, literal=True).sum() > 5


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("生意历史", {"2.9", "3", "3.1"}),
        ("门店数", {"9", "10", "11"}),
        ("特渠业代人数", {"1", "2", "3"}),
        ("年度费用预算", {"99999.99", "100000", "100000.01"}),
    ],
)
def test_from_300_clients_on_each_bound_is_met_on_just_under_and_just_over(
    column: str, values: set[str]
) -> None:
    assert values <= set(sample(300, 11).customers[column])
