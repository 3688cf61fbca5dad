"""What the ledger writes reads back as the very value, or is told apart; one by one or a column at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.ledger.grades.kept_values import kept_value, kept_values
from rung.ledger.grades.value_texts import written_value
from rung.text import Text
from rung.vocabulary import LIMIT, Choice, Field, Kind

WORDS = tuple(Choice(id=each, title=Text.same(each.upper())) for each in ("own", "rent"))


def field(kind: Kind, **parts: Any) -> Field:
    return Field(id="it", title=Text.same("It"), kind=kind, choices=WORDS, **parts)


values = {
    Kind.MONEY: st.integers(-LIMIT, LIMIT),
    Kind.NUMBER: st.integers(-LIMIT, LIMIT),
    Kind.INTEGER: st.integers(-LIMIT, LIMIT),
    Kind.PERCENT: st.integers(-LIMIT, LIMIT),
    Kind.TEXT: st.text(st.characters(codec="utf-8"), min_size=1),
    Kind.CATEGORY: st.sampled_from(["own", "rent"]),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(),
}


@pytest.mark.parametrize("kind", list(Kind))
@given(st.data())
def test_every_value_reads_back_as_it_was_written(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(st.one_of(st.none(), values[kind]))
    assert kept_value(written_value(value, field(kind)), field(kind)) == value


@given(st.integers(-LIMIT, LIMIT), st.integers(0, 6), st.integers(0, 6))
def test_with_other_decimals_a_number_is_the_same_or_refused(scaled: int, then: int, now: int) -> None:
    text = written_value(scaled, field(Kind.NUMBER, decimals=then))
    later = field(Kind.NUMBER, decimals=now)
    try:
        found = kept_value(text, later)
    except ValueError:
        assert scaled * 10**now % 10**then or abs(scaled) * 10**now > LIMIT * 10**then
    else:
        assert isinstance(found, int)
        assert found * 10**then == scaled * 10**now


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.MONEY, 1234, "12.34"),
        (Kind.MONEY, 1200, "12"),
        (Kind.MONEY, -50, "-0.5"),
        (Kind.MONEY, 0, "0"),
        (Kind.INTEGER, -3, "-3"),
        (Kind.PERCENT, 1250, "12.5"),
        (Kind.BOOLEAN, True, "true"),
        (Kind.DATE, date(2026, 3, 1), "2026-03-01"),
        (Kind.CATEGORY, "own", "own"),
        (Kind.TEXT, "本市 ", "本市 "),
    ],
)
def test_a_value_has_one_text(kind: Kind, value: Any, text: str) -> None:
    assert written_value(value, field(kind)) == text
    assert kept_value(text, field(kind)) == value


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (field(Kind.MONEY), "12.345"),
        (field(Kind.INTEGER), "0.5"),
        (field(Kind.INTEGER), "1e3"),
        (field(Kind.INTEGER), "10万"),
        (field(Kind.INTEGER), ""),
        (field(Kind.INTEGER), "1\n"),
        (field(Kind.INTEGER, high=10), "11"),
        (field(Kind.INTEGER, low=0), "-1"),
        (field(Kind.INTEGER), "9000000000000001"),
        (field(Kind.CATEGORY), "lease"),
        (field(Kind.BOOLEAN), "yes"),
        (field(Kind.DATE), "20260301"),
        (field(Kind.DATE), "2026-02-30"),
    ],
)
def test_what_the_quantity_cannot_hold_is_refused(quantity: Field, text: str) -> None:
    with pytest.raises(ValueError, match="cannot hold the value"):
        kept_value(text, quantity)


def test_the_bounds_themselves_are_held() -> None:
    bounded = field(Kind.INTEGER, low=0, high=10)
    assert [kept_value(text, bounded) for text in ("0", "10")] == [0, 10]
    assert kept_value("9000000000000000", field(Kind.INTEGER)) == LIMIT


texts = st.one_of(
    st.none(),
    st.sampled_from(
        ["own", "rent", "true", "false", "2026-03-01", "2026-02-30", "-0", "007", "1.", ".5", "-"]
    ),
    st.text("-0123456789.", max_size=6),
    st.integers(-LIMIT * 100, LIMIT * 100).map(str),
    st.decimals(-10000, 10000, places=3).map(str),
)


@pytest.mark.parametrize("kind", list(Kind))
@given(st.lists(texts, max_size=6), st.sampled_from([None, 0, 2, 5]))
def test_a_column_reads_as_its_texts_do_one_by_one(
    kind: Kind, column: list[str | None], decimals: int | None
) -> None:
    quantity = field(kind, decimals=decimals if kind.is_numeric else None, low=-500)

    def alone(text: str | None) -> Any:
        try:
            return kept_value(text, quantity)
        except ValueError:
            return None

    frame = pl.DataFrame({"text": column}, schema={"text": pl.String})
    assert frame.select(kept_values(pl.col("text"), quantity)).to_series().to_list() == list(
        map(alone, column)
    )
