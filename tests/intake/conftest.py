"""A small trade to take in: its fields, events and features, and a way to take a table of it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rung.errors import RungError
from rung.intake import Duplicates, Intake, IntakeRequest, Quality, read_mapping, take_in
from rung.sdk import Aggregate, Choice, EventTable, Feature, Field, Kind, Measure, Text
from rung.vocabulary import Vocabulary

FIELDS = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=("ID", "客户号"),
        is_required=True,
    ),
    Field(id="customer_name", title=Text("客户名称", "Customer name"), kind=Kind.TEXT, aliases=("name",)),
    Field(
        id="assets", title=Text("资产总额", "Assets"), kind=Kind.MONEY, unit="元", aliases=("资产",), low=0
    ),
    Field(
        id="days_late", title=Text("逾期天数", "Days late"), kind=Kind.INTEGER, unit="天", aliases=("dpd",)
    ),
    Field(id="margin", title=Text("毛利率", "Margin"), kind=Kind.PERCENT, unit="%"),
    Field(id="rate", title=Text("比率", "Rate"), kind=Kind.NUMBER),
    Field(id="is_listed", title=Text("是否上市", "Listed"), kind=Kind.BOOLEAN),
    Field(id="since", title=Text("开户日期", "Customer since"), kind=Kind.DATE),
    Field(
        id="standing",
        title=Text("信用", "Standing"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="good", title=Text("良好", "Good"), aliases=("优", "AAA")),
            Choice(id="poor", title=Text("较差", "Poor"), aliases=("差", "bad")),
            Choice(id="none", title=Text("无记录", "No record"), aliases=("无",)),
        ),
    ),
    Field(id="owner", title=Text("法人", "Owner"), kind=Kind.TEXT),
)
ORDERS = EventTable(
    id="orders",
    title=Text("订单", "Orders"),
    columns=(
        Field(id="customer_id", title=Text("客户编号", "Customer id"), kind=Kind.TEXT, aliases=("ID",)),
        Field(id="date", title=Text("日期", "Date"), kind=Kind.DATE),
        Field(id="amount", title=Text("金额", "Amount"), kind=Kind.MONEY, unit="元"),
        Field(
            id="kind",
            title=Text("类别", "Kind"),
            kind=Kind.CATEGORY,
            choices=(
                Choice(id="promotion", title=Text("促销", "Promotion")),
                Choice(id="regular", title=Text("正常", "Regular")),
            ),
        ),
        Field(id="arena", title=Text("场所", "Arena"), kind=Kind.TEXT),
    ),
)


def feature(name: str, aggregate: Aggregate, kind: Kind = Kind.INTEGER, **more: Any) -> Feature:
    more.setdefault("events", "orders")
    return Feature(id=name, title=Text.same(name), kind=kind, aggregate=aggregate, **more)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a table in gave."""

    intake: Intake
    frame: pl.DataFrame
    quality: Quality

    def column(self, name: str) -> list[Any]:
        return self.frame[name].to_list()

    def rejected(self) -> list[tuple[int, str, str]]:
        return [(each.line, each.column, each.value) for each in self.intake.rejections()]


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes tables into a folder and takes them in."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(
        self,
        table: str | bytes | Path,
        *,
        wanted: set[str] | None = None,
        mapping: str = "",
        events: Mapping[str, str | Path] | None = None,
        features: tuple[Feature, ...] = (),
        measures: tuple[Measure, ...] = (),
        fields: tuple[Field, ...] = FIELDS,
        as_of: date = date(2026, 3, 31),
        duplicates: Duplicates = Duplicates.REFUSE,
        newest_by: str | None = None,
    ) -> Taken:
        scratch = self.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        files = {
            name: each if isinstance(each, Path) else self.write(f"{name}.csv", each)
            for name, each in (events or {}).items()
        }
        intake = take_in(
            IntakeRequest(
                source=table if isinstance(table, Path) else self.write("customers.csv", table),
                vocabulary=Vocabulary(
                    fields={each.id: each for each in fields},
                    features={each.id: each for each in features},
                    measures={each.id: each for each in measures},
                    events={"orders": ORDERS},
                ),
                as_of=as_of,
                scratch=scratch,
                wanted=None if wanted is None else frozenset(wanted),
                events=files,
                mapping=read_mapping(self.write("map.toml", mapping)) if mapping else None,
                duplicates=duplicates,
                newest_by=newest_by,
            )
        )
        return Taken(intake, intake.measured.collect(), intake.quality(intake.counts.collect()))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def fields() -> dict[str, Field]:
    return {each.id: each for each in FIELDS}


@pytest.fixture
def make_feature() -> Callable[..., Feature]:
    return feature


@pytest.fixture
def raises() -> Callable[[str], Any]:
    """Return a context that expects the error a person is shown, by a pattern of its whole text."""
    return lambda pattern: pytest.raises(RungError, match=pattern)
