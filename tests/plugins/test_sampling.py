"""What sample tables are written with: exact sums, hands that can be read, the same again from one seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.sdk import Field, Kind, Text, sampling
from rung.values import parse_value

AMOUNT: Final = Field(id="amount", title=Text.same("amount"), kind=Kind.MONEY, unit="元")
SHARE: Final = Field(id="share", title=Text.same("share"), kind=Kind.PERCENT, unit="%")
AS_OF: Final = date(2026, 6, 30)


@given(st.integers(0, 10**12), st.integers(1, 50), st.integers())
def test_parts_add_up_to_the_sum_and_none_is_negative(total: int, parts: int, seed: int) -> None:
    split = sampling.split(Random(seed), total, parts)
    assert (len(split), sum(split)) == (parts, total)
    assert min(split) >= 0
    assert all(part % 100 == 0 for part in split[1:])


def test_no_parts_are_no_amounts() -> None:
    assert sampling.split(Random(1), 100, 0) == []


@given(st.integers(-(10**11), 10**11))
def test_an_exact_amount_is_read_back_to_the_fen(fen: int) -> None:
    assert parse_value(sampling.money(Random(1), fen, is_exact=True), AMOUNT) == fen


def test_amounts_by_hand_are_read_back_but_for_blanks_and_guesses() -> None:
    rng = Random(1)
    written = [sampling.money(rng, 123_456_700, is_exact=False) for _ in range(10_000)]
    odd = {each for each in written if each != "1234567"}
    assert odd == {"1,234,567", "１２３４５６７", "约1234567", "", "123.4567万"}
    assert len([each for each in written if each != "1234567"]) == pytest.approx(450, abs=60)
    assert {parse_value(each, AMOUNT) for each in written if not each.startswith("约")} == {123_456_700, None}


@given(st.integers(0, 10_000), st.integers())
def test_a_per_cent_is_read_back_with_and_without_its_sign(hundredths: int, seed: int) -> None:
    assert parse_value(sampling.per_cent(Random(seed), hundredths), SHARE) == hundredths


def test_the_other_word_stands_in_one_case_of_ten_and_blanks_where_they_may() -> None:
    rng = Random(2)
    words = [sampling.word(rng, ("买入", "申购")) for _ in range(5_000)]
    assert words.count("申购") == pytest.approx(500, abs=70)
    assert sampling.optional(rng, 1.0, "是", is_exact=False) == ""
    assert sampling.optional(rng, 1.0, "是", is_exact=True) == "是"


def _whole_months(day: date) -> int:
    return (AS_OF.year - day.year) * 12 + AS_OF.month - day.month - (AS_OF.day < day.day)


@pytest.mark.parametrize("months", range(25))
def test_days_ago_make_so_many_whole_months(months: int) -> None:
    found = {_whole_months(AS_OF - timedelta(sampling.days_ago(months, spare))) for spare in range(21)}
    assert found == {months}


@pytest.mark.parametrize("make", [sampling.person, lambda rng: sampling.split(rng, 9_999, 7)])
def test_one_seed_gives_the_same_again(make: Callable[[Random], object]) -> None:
    assert make(Random(7)) == make(Random(7))


def test_a_table_is_text_under_its_headers_even_without_a_row() -> None:
    rows = sampling.columns(("编号", "金额"), [("甲", "1"), ("乙", "2")])
    assert sampling.frame(rows).to_dict(as_series=False) == {"编号": ["甲", "乙"], "金额": ["1", "2"]}
    assert sampling.frame(sampling.columns(("编号",), [])).schema == {"编号": pl.String}
