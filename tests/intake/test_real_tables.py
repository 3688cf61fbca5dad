"""Tables nobody here wrote are read whole, with the counts their description gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.sdk import Aggregate, Feature, Field, Kind, Text

pytestmark = pytest.mark.real


@pytest.fixture
def data() -> Path:
    folder = Path(os.environ.get("RUNG_REAL_DATA") or Path(__file__).parents[3] / "shared/data")
    if not folder.is_dir():
        pytest.skip(f"the real tables are not at {folder}; name their folder in RUNG_REAL_DATA")
    return folder


def field(name: str, kind: Kind = Kind.INTEGER, *aliases: str) -> Field:
    return Field(id=name, title=Text.same(name), kind=kind, aliases=aliases)


ID = field("customer_id", Kind.TEXT, "ID", "customerID")


def test_taiwanese_card_clients(desk: Any, data: Path) -> None:
    fields = (ID, field("x6"), field("x1", Kind.MONEY), field("y", Kind.BOOLEAN))
    taken = desk.take(data / "credit_card_default.csv", fields=fields)
    late = taken.frame["x6"]
    assert taken.quality.customers == 30_000
    assert [(late <= 0).sum(), (late == 1).sum(), (late == 2).sum(), (late >= 3).sum()] == [
        23_182,
        3_688,
        2_667,
        463,
    ]
    assert taken.frame["y"].sum() == 6_636
    assert taken.frame.row(6, named=True)["x1"] == 50_000_000  # written 5.00E+05
    assert [each.unread for each in taken.quality.columns] == [0] * 5


def test_wholesale_buyers(desk: Any, data: Path) -> None:
    spend = ("fresh", "milk", "grocery", "frozen", "detergents_paper", "delicassen")
    taken = desk.take(
        data / "wholesale_customers.csv",
        fields=(ID, *(field(name, Kind.MONEY) for name in spend)),
        mapping="[customers]\ncustomer_id = { row_number = true }",
    )
    total = taken.frame.select(pl.sum_horizontal(spend)).to_series().sort(descending=True)
    assert (taken.quality.customers, total.sum()) == (440, 1_461_950_000)
    assert round(100 * total.head(88).sum() / total.sum(), 1) == 42.9
    read = taken.quality.read
    assert (read.replaced, read.replaced_lines, read.misfits) == (8, (10, 11, 12, 13, 14), 0)
    assert read.unmapped == ("Channel", "Region")


def test_contracts_of_a_territorys_directorates(desk: Any, data: Path) -> None:
    taken = desk.take(
        data / "act_contracts_2025.csv",
        fields=(ID, field("customer_name", Kind.TEXT)),
        mapping="""
            [customers]
            from_events = "orders"
            [events.orders]
            customer_id = "directorate"
            date = "execution_date"
            """,
        features=(
            Feature(
                id="contracts",
                title=Text.same("n"),
                kind=Kind.INTEGER,
                events="orders",
                aggregate=Aggregate.COUNT,
            ),
            Feature(
                id="largest",
                title=Text.same("m"),
                kind=Kind.MONEY,
                events="orders",
                aggregate=Aggregate.MAX,
                column="amount",
            ),
        ),
    )
    events = taken.quality.events[0]
    assert (events.read.rows, events.used, taken.frame["contracts"].sum()) == (1_296, 1_296, 1_296)
    assert taken.frame["largest"].max() == 42_000_000_000
    assert taken.quality.customers == 24


def test_german_borrowers_with_commas_and_signs_in_their_categories(desk: Any, data: Path) -> None:
    taken = desk.take(
        data / "german_credit.csv",
        fields=(ID, field("creditability", Kind.TEXT), field("credit_history", Kind.TEXT)),
        mapping="[customers]\ncustomer_id = { row_number = true }",
    )
    assert taken.frame["creditability"].value_counts(sort=True).rows() == [("good", 700), ("bad", 300)]
    assert taken.column("credit_history")[0] == "critical account/ other credits existing (not at this bank)"


def test_subscribers_some_of_whom_were_never_billed(desk: Any, data: Path) -> None:
    fields = (ID, field("total_charges", Kind.MONEY), field("churn", Kind.BOOLEAN))
    taken = desk.take(data / "telco_customer_churn.csv", fields=fields)
    assert (taken.quality.customers, taken.frame["churn"].sum()) == (7_043, 1_869)
    assert {each.id: each.missing for each in taken.quality.columns}["total_charges"] == 11
