"""One value at a time: what a person writes is what is kept, and what is kept is shown readably."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.sdk import Choice, Field, Kind, Text
from rung.values import Reading, format_value, parse_value
from rung.vocabulary import LIMIT


def quantity(kind: Kind, **more: Any) -> Field:
    return Field(id="x", title=Text("某", "X"), kind=kind, **more)


MONEY = quantity(Kind.MONEY)
STANDING = quantity(
    Kind.CATEGORY,
    choices=(
        Choice(id="good", title=Text("良好", "Good standing"), aliases=("AAA",)),
        Choice(id="none", title=Text("无记录", "No record"), aliases=("无", "good")),
    ),
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1234.5", 123450),
        ("1,234,567.89", 123456789),
        ("1，234，567", 123456700),
        ("1 234 567", 123456700),
        ("１２３．４５", 12345),
        ("￥12万", 12_000_000),
        ("¥ 3.5", 350),
        ("CNY 1,000", 100_000),
        ("1000元", 100_000),
        ("5万元整", 5_000_000),
        ("1.2亿", 12_000_000_000),
        ("3千元", 300_000),
        ("(300)", -30_000),
        ("（1,000.50）", -100_050),
        ("-¥5", -500),
        ("¥-5", -500),
        ("−7", -700),
        ("5.00E+05", 50_000_000),
        ("  8 ", 800),
        (".5", 50),
        ("1.005", 101),
        ("-1.005", -101),
        ("1.0049999999999999999999999999", 100),
        ("0.00499999999999999999", 0),
    ],
)
def test_money_is_read_exactly_however_people_write_it(written: str, kept: int) -> None:
    assert parse_value(written, MONEY) == kept


@pytest.mark.parametrize(
    "written",
    ["1,5", "12,34", "约5", "5%", "$3", "--5", "+-5", "1.2.3", "万", "1e", "5 天", "0x10", "1_000", "٣"],
)
def test_what_is_no_money_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        parse_value(written, MONEY)


@pytest.mark.parametrize(
    "raw", [None, "", "  ", "\u3000", "NA", "n/a", "#N/A", "-", "--", "无", "未知", "NaN", "inf", "#DIV/0!"]
)
def test_a_word_for_nothing_is_missing(raw: object) -> None:
    assert parse_value(raw, MONEY) is None


@pytest.mark.parametrize(
    "raw", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("Infinity")]
)
def test_a_number_that_is_none_is_missing(raw: object) -> None:
    assert parse_value(raw, MONEY) is None


@pytest.mark.parametrize(
    ("written", "kept"), [("12.5%", 1250), ("12.5％", 1250), ("12.5", 1250), ("5‰", 50), ("-3%", -300)]
)
def test_a_percentage_is_kept_in_points(written: str, kept: int) -> None:
    assert parse_value(written, quantity(Kind.PERCENT)) == kept


def test_a_percent_sign_overrules_a_column_of_ratios() -> None:
    ratios = Reading(unit=Fraction(100))
    assert parse_value("0.125", quantity(Kind.PERCENT), ratios) == 1250
    assert parse_value("12.5%", quantity(Kind.PERCENT), ratios) == 1250


def test_a_unit_in_the_cell_takes_the_place_of_the_columns() -> None:
    in_ten_thousands = Reading(unit=Fraction(10_000))
    assert parse_value("12", MONEY, in_ten_thousands) == 12_000_000
    assert parse_value("12万", MONEY, in_ten_thousands) == 12_000_000
    assert parse_value("1.2亿", MONEY, in_ten_thousands) == 12_000_000_000


def test_a_number_is_multiplied_besides_its_unit() -> None:
    assert parse_value("2", quantity(Kind.INTEGER), Reading(times=Fraction(30))) == 60
    assert parse_value("1万", MONEY, Reading(times=Fraction("7.1"))) == 7_100_000


def test_a_fields_own_unit_after_the_number_says_nothing_new() -> None:
    days = quantity(Kind.INTEGER, unit="天")
    assert parse_value("12天", days) == 12
    assert parse_value("12 days", days) == 12
    with pytest.raises(ValueError, match="is no number"):
        parse_value("12个月", days)


def test_another_currency_is_refused_where_the_field_is_in_yuan_and_the_reverse() -> None:
    assert parse_value("USD 5", quantity(Kind.MONEY, unit="USD")) == 500
    with pytest.raises(ValueError, match="is no number"):
        parse_value("¥5", quantity(Kind.MONEY, unit="USD"))
    with pytest.raises(ValueError, match="is no number"):
        parse_value("USD 5", MONEY)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-01-05",
            "2026-1-5",
            "2026/1/5",
            "2026.1.5",
            "20260105",
            "2026年1月5日",
            "2026年01月05号",
            "46027",
        ),
        *(
            "2026-01-05 10:20:30",
            "2026-01-05T10:20:30Z",
            "2026/1/5 8:00",
            "２０２６－０１－０５",
            "20260105.0",
        ),
    ],
)
def test_a_day_is_read_however_people_write_it(written: str) -> None:
    assert parse_value(written, quantity(Kind.DATE)) == date(2026, 1, 5)


@pytest.mark.parametrize(
    "written", ["1/5/2026", "05-01-2026", "2026-02-30", "2026-13-01", "2026年1月", "明天", "99999"]
)
def test_a_day_that_could_be_another_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_value(written, quantity(Kind.DATE))


@pytest.mark.parametrize("raw", [date(2026, 1, 5), datetime(2026, 1, 5, 23, 59), 20260105, 46027, 46027.0])
def test_a_day_is_read_from_what_typed_tables_hold(raw: object) -> None:
    assert parse_value(raw, quantity(Kind.DATE)) == date(2026, 1, 5)


@pytest.mark.parametrize("raw", ["是", "有", "Yes", "Y", "TRUE", "1", "１", "1.0", "√", True, 1, 1.0])
def test_yes_is_true(raw: object) -> None:
    assert parse_value(raw, quantity(Kind.BOOLEAN)) is True


@pytest.mark.parametrize("raw", ["否", "无", "没有", "no", "N", "False", "0", "×", False, 0, 0.0])
def test_no_is_false_even_where_the_word_could_mean_nothing(raw: object) -> None:
    assert parse_value(raw, quantity(Kind.BOOLEAN)) is False


@pytest.mark.parametrize("raw", ["也许", "2", 2, "10"])
def test_neither_yes_nor_no_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="neither yes nor no"):
        parse_value(raw, quantity(Kind.BOOLEAN))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("good", "good"),
        ("GOOD", "good"),
        ("良好", "good"),
        ("good  standing", "good"),
        ("ａａａ", "good"),
        ("无", "none"),
        ("No record", "none"),
    ],
)
def test_a_category_is_known_by_id_title_or_alias(written: str, kept: str) -> None:
    assert parse_value(written, STANDING) == kept


def test_an_unknown_category_names_the_choices() -> None:
    with pytest.raises(ValueError, match="“fair” is none of the choices: good, none"):
        parse_value("fair", STANDING)


def test_words_of_the_mapping_file_go_before_all_others() -> None:
    words = Reading(words={"good": "none", "for free": "good"})
    assert parse_value("Good", STANDING, words) == "none"
    assert parse_value("FOR  FREE", STANDING, words) == "good"
    assert parse_value("-2", quantity(Kind.INTEGER), Reading(times=Fraction(30), words={"-2": 0})) == 0
    assert parse_value(-2, quantity(Kind.INTEGER), Reading(times=Fraction(30), words={"-2": 0})) == 0


def test_own_words_for_nothing_take_the_place_of_the_usual_ones() -> None:
    own = Reading(missing=frozenset({"none", "999"}))
    assert parse_value("999", MONEY, own) is None
    assert parse_value("none", STANDING, own) is None
    with pytest.raises(ValueError, match="is no number"):
        parse_value("NA", MONEY, own)


def test_text_keeps_its_spelling_and_a_name_is_not_taken_for_nothing() -> None:
    text = quantity(Kind.TEXT)
    assert parse_value("  Ｎａ 那 ", text) == "Ｎａ 那"
    assert parse_value("Na", text) == "Na"
    assert parse_value("NA", text) is None
    assert parse_value(1001.0, text) == "1001"
    assert parse_value(1001, text) == "1001"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [(12, 1200), (12.5, 1250), (0.125, 13), (-0.125, -13), (Decimal("0.125"), 13), (True, 100)],
)
def test_numbers_of_a_typed_table_are_rounded_half_away_from_zero(raw: object, kept: int) -> None:
    assert parse_value(raw, MONEY) == kept


@pytest.mark.parametrize("raw", ["90000000000000", 90_000_000_000_000, 9e13, Decimal("9e13")])
def test_the_largest_value_is_read_and_one_more_is_refused(raw: Any) -> None:
    assert parse_value(raw, MONEY) == LIMIT
    more = (
        "90000000000000.01"
        if isinstance(raw, str)
        else raw + (1 if isinstance(raw, int) else type(raw)("0.02"))
    )
    with pytest.raises(ValueError, match="out of bounds"):
        parse_value(more, MONEY)


@pytest.mark.parametrize("raw", ["1e999", "9" * 60, 10**400, Decimal("1e999999"), 1e308])
def test_a_number_out_of_this_world_is_refused_at_once(raw: object) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        parse_value(raw, MONEY)


def test_the_bounds_of_a_field_include_themselves() -> None:
    share = quantity(Kind.PERCENT, low=0, high=100)
    assert parse_value("0", share) == 0
    assert parse_value("100", share) == 10_000
    for beyond in ("-0.01", "100.01"):
        with pytest.raises(ValueError, match="out of bounds: 0 to 100"):
            parse_value(beyond, share)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
@settings(deadline=None)
def test_a_text_is_rounded_as_its_decimal_is(number: Decimal) -> None:
    assert parse_value(f"{number:f}", MONEY) == parse_value(number, MONEY)


@given(st.integers(-LIMIT, LIMIT), st.sampled_from(["zh", "en"]))
@settings(deadline=None)
def test_what_is_shown_of_a_number_reads_back_as_the_same(scaled: int, language: Any) -> None:
    for each in (MONEY, quantity(Kind.PERCENT), quantity(Kind.INTEGER, unit="天"), quantity(Kind.NUMBER)):
        assert parse_value(format_value(scaled, each, language), each) == scaled


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_text_is_read_or_refused_and_nothing_else_happens(written: str) -> None:
    for kind in Kind:
        try:
            parse_value(written, quantity(kind))
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("value", "of", "zh", "en"),
    [
        (123450, MONEY, "1,234.50 元", "1,234.50 yuan"),
        (500_000_000, MONEY, "5,000,000 元", "5,000,000 yuan"),
        (-30_050, MONEY, "-300.50 元", "-300.50 yuan"),
        (1250, quantity(Kind.PERCENT), "12.5%", "12.5%"),
        (12, quantity(Kind.INTEGER, unit="天"), "12 天", "12 days"),
        (15_000, quantity(Kind.NUMBER), "1.5", "1.5"),
        (True, quantity(Kind.BOOLEAN), "是", "yes"),
        (False, quantity(Kind.BOOLEAN), "否", "no"),
        ("good", STANDING, "良好", "Good standing"),
        (date(2026, 1, 5), quantity(Kind.DATE), "2026-01-05", "2026-01-05"),
        (None, MONEY, "缺失", "missing"),
        ("a\x1b[31mb\u202e", quantity(Kind.TEXT), "a[31mb", "a[31mb"),
    ],
)
def test_a_value_is_shown_in_both_languages(value: Any, of: Field, zh: str, en: str) -> None:
    assert (format_value(value, of, "zh"), format_value(value, of, "en")) == (zh, en)
