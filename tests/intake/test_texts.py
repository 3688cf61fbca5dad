"""Whole columns read at once agree with one value read alone: the law that lets a row be graded again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rung.intake.columns import Column
from rung.intake.headers import headers_of
from rung.intake.texts import read_texts
from rung.intake.typed import read_typed
from rung.sdk import Choice, Field, Kind, Text
from rung.values import PLAIN, Reading, Value, parse_value

HEADER = headers_of(["x"])[0]
CHOICES = (
    Choice(id="good", title=Text("良好", "Good"), aliases=("1", "AAA")),
    Choice(id="0", title=Text.same("nil")),
)
DIGITS = st.text("0123456789", min_size=1, max_size=12)
NUMBERS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-", "+", "¥", " "]),
    st.one_of(DIGITS, st.integers(0, 10**10).map("{:,}".format)),
    st.one_of(st.just(""), st.text("0123456789", max_size=20).map(".{}".format)),
    st.sampled_from(["", "", "", "e3", "E-2", "e+09", "e12", "%", "万", "元", " "]),
)
ODD = st.sampled_from(
    ["", " ", "NA", "-", "无", "nan", "是", "good", "ＡＡＡ", "2026-01-05", "2026-02-30", "2026年1月5日"]
)
TEXTS = st.lists(st.none() | NUMBERS | ODD | st.text(max_size=8), max_size=20)
READINGS = st.sampled_from(
    [
        PLAIN,
        Reading(unit=Fraction(10_000)),
        Reading(times=Fraction(30)),
        Reading(times=Fraction("0.000001"), unit=Fraction(1, 10_000)),
        Reading(times=Fraction("654321.5")),
        Reading(times=Fraction(10**12)),
        Reading(missing=frozenset({"na", "0", "无"})),
    ]
)


def quantity(kind: Kind) -> Field:
    choices = CHOICES if kind is Kind.CATEGORY else ()
    return Field(id="x", title=Text.same("x"), kind=kind, choices=choices, low=-1000, high=10**9)


def alone(raw: object, column: Column) -> Value | None:
    try:
        return parse_value(raw, column.quantity, column.reading)
    except ValueError:
        return None


@pytest.mark.parametrize("kind", list(Kind))
@given(texts=TEXTS, reading=READINGS)
@settings(deadline=None)
@example(
    texts=["1.005", "0.0049999999999999996", "4.9999999999e-3", "999999999.995", "-1000.005"], reading=PLAIN
)
@example(texts=["1,234", "1,23", "12,345.678", "1,2,3"], reading=PLAIN)
def test_a_column_of_texts_is_read_as_each_text_is_alone(
    kind: Kind, texts: list[str | None], reading: Reading
) -> None:
    column = Column(quantity(kind), HEADER, reading)
    read = read_texts(pl.Series(texts, dtype=pl.String), column)
    assert read.values.to_list() == [alone(text, column) for text in texts]


@given(texts=TEXTS)
@settings(deadline=None)
def test_every_text_that_cannot_be_read_has_its_reason_and_no_other_has(texts: list[str | None]) -> None:
    column = Column(quantity(Kind.MONEY), HEADER)
    problems = read_texts(pl.Series(texts, dtype=pl.String), column).problems
    found = [None] * len(texts) if problems is None else problems.to_list()
    for text, problem in zip(texts, found, strict=True):
        try:
            parse_value(text, column.quantity)
        except ValueError as error:
            assert problem == str(error)
        else:
            assert problem is None


def test_words_of_the_mapping_file_are_looked_up_before_numbers_are_read() -> None:
    reading = Reading(times=Fraction(30), words={"-2": 0, "-1": 0, "1,000": 7})
    column = Column(quantity(Kind.INTEGER), HEADER, reading)
    read = read_texts(pl.Series(["-2", "-1", "2", " -2 ", "1,000", "2,000"]), column)
    assert read.values.to_list() == [0, 0, 60, 0, 7, 60_000]


TYPED: list[tuple[pl.DataType, st.SearchStrategy[Any]]] = [
    (pl.Int8(), st.integers(-128, 127)),
    (pl.Int64(), st.integers(-(2**63), 2**63 - 1)),
    (pl.UInt64(), st.integers(0, 2**64 - 1)),
    (pl.Int32(), st.integers(-(2**31), 2**31 - 1) | st.sampled_from([0, 1, 20260105])),
    (pl.Float64(), st.floats() | st.sampled_from([0.125, -0.125, 2.5, 1e9, 46027.0, 1.0])),
    (pl.Float32(), st.floats(width=32)),
    (pl.Decimal(20, 4), st.decimals(-(10**12), 10**12, places=4)),
    (pl.Boolean(), st.booleans()),
    (pl.String(), NUMBERS | ODD),
]


@pytest.mark.parametrize("kind", [each for each in Kind if each is not Kind.TEXT])
@pytest.mark.parametrize(("dtype", "values"), TYPED, ids=[str(dtype) for dtype, __ in TYPED])
@given(data=st.data(), reading=READINGS)
@settings(deadline=None, max_examples=20)
def test_a_typed_column_is_read_as_each_value_is_alone(
    kind: Kind, dtype: pl.DataType, values: st.SearchStrategy[Any], data: st.DataObject, reading: Reading
) -> None:
    column = Column(quantity(kind), HEADER, reading)
    series = pl.Series("x", data.draw(st.lists(st.none() | values, max_size=12)), dtype=dtype)
    typed = read_typed(column, dtype, "x.parquet")
    frame = series.to_frame().select(
        value=typed.value, unread=pl.lit(False) if typed.is_unread is None else typed.is_unread
    )
    if not len(series):
        return
    for raw, value, unread in zip(series.to_list(), *frame.get_columns(), strict=True):
        try:
            expected, refused = parse_value(raw, column.quantity, column.reading), False
        except ValueError:
            expected, refused = None, True
        assert (value, bool(unread)) == (expected, refused), raw


@pytest.mark.parametrize(
    ("values", "dtype", "kept"),
    [
        (["a", " b ", "NA", "", None], pl.String, ["a", " b ", None, None, None]),
        ([1, None, 3], pl.Int64, ["1", None, "3"]),
        ([1.0, 2.5, float("nan")], pl.Float64, ["1", "2.5", None]),
        (["a", "b"], pl.Categorical, ["a", "b"]),
    ],
)
def test_texts_of_a_typed_table_stand_as_they_are(
    values: list[Any], dtype: Any, kept: list[str | None]
) -> None:
    series = pl.Series("x", values, dtype=dtype)
    typed = read_typed(Column(quantity(Kind.TEXT), HEADER), series.dtype, "x.parquet")
    assert series.to_frame().select(typed.value).to_series().to_list() == kept


def test_days_of_a_typed_table_lose_their_time() -> None:
    series = pl.Series("x", [datetime(2026, 1, 5, 23, 59), None])
    typed = read_typed(Column(quantity(Kind.DATE), HEADER), series.dtype, "x.parquet")
    assert series.to_frame().select(typed.value).to_series().to_list() == [date(2026, 1, 5), None]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (pl.Series("x", [[1]]), Kind.MONEY),
        (pl.Series("x", [b"1"]), Kind.TEXT),
        (pl.Series("x", [date(2026, 1, 5)]), Kind.MONEY),
        (pl.Series("x", [datetime(2026, 1, 5)]), Kind.BOOLEAN),
    ],
)
def test_a_column_of_a_type_that_cannot_hold_the_field_is_refused_by_name(
    values: pl.Series, kind: Kind, raises: Callable[..., Any]
) -> None:
    with raises(r"x.parquet: Column “x” holds .*, which cannot be read as .*\. Point “x” to another column"):
        read_typed(Column(quantity(kind), HEADER), values.dtype, "x.parquet")


def test_decimals_are_rounded_exactly() -> None:
    series = pl.Series("x", [Decimal("1.005"), Decimal("-1.005"), Decimal("1.0049")], dtype=pl.Decimal(10, 4))
    typed = read_typed(Column(quantity(Kind.MONEY), HEADER), series.dtype, "x.parquet")
    assert series.to_frame().select(typed.value).to_series().to_list() == [101, -101, 100]


def test_the_bounds_of_a_field_hold_for_multiplied_whole_numbers() -> None:
    column = Column(quantity(Kind.INTEGER), HEADER, Reading(times=Fraction(30)))
    series = pl.Series("x", [-34, -33, 127], dtype=pl.Int8)
    typed = read_typed(column, series.dtype, "x.parquet")
    assert series.to_frame().select(typed.value).to_series().to_list() == [None, -990, 3810]
