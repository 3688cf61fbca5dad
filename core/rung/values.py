"""One value at a time: read from what a table, a policy's test or a person gives, and written for people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from rung.text import Language, _, inert
from rung.units import factor, is_yuan
from rung.vocabulary import LIMIT, Choice, Kind, Quantity
from rung.words import BLANKS, MISSING, NO, NOT_NUMBERS, YES, fold
from rung.written import read_date, read_numeral

__all__ = [
    "PLAIN",
    "Reading",
    "Value",
    "choice_words",
    "format_value",
    "in_units",
    "parse_value",
    "round_half_away",
]

Value = int | bool | str | date
"""A value as it is kept: a scaled integer, a truth, a text or choice id, a day."""

_EXACT_MISSING: Final = frozenset(MISSING)
_FOLDED_MISSING: Final = frozenset(map(fold, MISSING))
_WORDED: Final = frozenset({Kind.TEXT, Kind.CATEGORY, Kind.BOOLEAN})


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of one column are read: multiplied, by a list of words, and what counts as missing."""

    unit: Fraction = Fraction(1)
    """What the column's unit multiplies by; a unit in the cell takes its place."""
    times: Fraction = Fraction(1)
    """What every number is multiplied by besides."""
    words: Mapping[str, Value] = field(default_factory=dict)
    """Folded word → value as kept; looked up before the quantity's own words."""
    missing: frozenset[str] | None = None
    """Folded words for nothing, which override every other word; ``None``: the usual ones, which yield."""
    is_exact: bool = False
    """Whether a number written with more decimals than the quantity keeps is refused instead of rounded."""


PLAIN: Final = Reading()
"""A column without a unit, words or missing words of its own."""


def parse_value(raw: object, quantity: Quantity, reading: Reading = PLAIN) -> Value | None:
    """Return a raw value as it is kept, ``None`` where it is missing.

    Numbers are rounded half away from zero to the quantity's decimals: a text or a decimal exactly, a
    float as the double it is. Raises ValueError for what cannot be read or lies out of bounds.
    """
    if raw is None or _is_no_number(raw):
        return None
    if isinstance(raw, str):
        return _read_text(raw, quantity, reading)
    word = _as_text(raw)
    if quantity.kind in _WORDED:
        return _read_text(word, quantity, reading)
    if fold(word) in reading.words:
        return reading.words[fold(word)]
    if quantity.kind is Kind.DATE:
        return _day(raw) if isinstance(raw, date) else _read_text(word, quantity, reading)
    return _read_number(raw, quantity, reading)


def _is_no_number(raw: object) -> bool:
    return (
        not raw.is_finite() if isinstance(raw, Decimal) else isinstance(raw, float) and not math.isfinite(raw)
    )


def _as_text(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) <= LIMIT:
        return str(int(raw))
    return str(raw)


def _day(raw: date) -> date:
    return raw.date() if isinstance(raw, datetime) else raw


def _read_number(raw: object, quantity: Quantity, reading: Reading) -> int:
    times = reading.unit * reading.times * quantity.scale
    if isinstance(raw, float):
        return _bounded(_round_float(raw * float(times)), quantity, raw)
    if isinstance(raw, int):
        return _bounded(round_half_away(raw * times), quantity, raw)
    if isinstance(raw, Decimal):
        # An exponent of a million would make a fraction of a million digits.
        exact = Fraction(raw) if abs(raw.adjusted()) < 40 else Fraction(0 if raw.adjusted() < 0 else 10**40)
        return _bounded(_whole(exact * times, quantity, reading, raw), quantity, raw)
    raise ValueError(_unread(_as_text(raw), quantity))


def _read_text(raw: str, quantity: Quantity, reading: Reading) -> Value | None:
    text = raw.strip(BLANKS)
    word = fold(text)
    if not text or (reading.missing is not None and word in reading.missing):
        return None
    found = _known_word(word, quantity, reading)
    if found is not None:
        return found
    if reading.missing is None and _is_missing(text, word, quantity):
        return None
    match quantity.kind:
        case Kind.TEXT:
            return text
        case Kind.DATE:
            return _read_day(word)
        case Kind.BOOLEAN | Kind.CATEGORY:
            raise ValueError(_unread(text, quantity))
    return _read_numeral(text, quantity, reading)


def _known_word(word: str, quantity: Quantity, reading: Reading) -> Value | None:
    if word in reading.words:
        return reading.words[word]
    if quantity.kind is Kind.BOOLEAN:
        return True if word in YES else False if word in NO else None
    return choice_words(quantity.choices).get(word) if quantity.kind is Kind.CATEGORY else None


@lru_cache(maxsize=256)
def choice_words(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """Return every folded word tables may use for a category's choices, and the id each one means.

    A word two choices claim is the one's whose id it is, else the first one's.
    """
    words = {fold(choice.id): choice.id for choice in choices}
    for choice in choices:
        for name in (choice.title.zh, choice.title.en, *choice.aliases):
            words.setdefault(fold(name), choice.id)
    return words


def _is_missing(text: str, word: str, quantity: Quantity) -> bool:
    # In text the case tells a word from a name: “NA” is nothing, “Na” may be somebody.
    if quantity.kind is Kind.TEXT:
        return text in _EXACT_MISSING
    return word in _FOLDED_MISSING or (word in NOT_NUMBERS and quantity.kind not in _WORDED)


def _read_day(word: str) -> date:
    day = read_date(word)
    if day is None:
        message = _("“{found}” is no date; write 2026-01-05, 2026/1/5, 20260105 or 2026年1月5日.")
        raise ValueError(message.format(found=word))
    return day


def _read_numeral(text: str, quantity: Quantity, reading: Reading) -> int:
    numeral = read_numeral(text)
    if numeral is None or not _is_own_currency(numeral.currency, quantity):
        raise ValueError(_unread(text, quantity))
    unit = factor(numeral.unit, quantity) if numeral.unit else reading.unit
    if unit is None:
        raise ValueError(_unread(text, quantity))
    scaled = _whole(numeral.number * unit * reading.times * quantity.scale, quantity, reading, text)
    return _bounded(scaled, quantity, text)


def _whole(scaled: Fraction, quantity: Quantity, reading: Reading, found: object) -> int:
    if not reading.is_exact or scaled.denominator == 1:
        return round_half_away(scaled)
    decimals = len(str(quantity.scale)) - 1
    if decimals:
        message = _("“{found}” has more decimals than “{title}” keeps: {decimals}.")
        raise ValueError(message.format(found=found, title=quantity.title, decimals=decimals))
    message = _("“{found}” is no whole number, and “{title}” is counted in whole ones.")
    raise ValueError(message.format(found=found, title=quantity.title))


def _is_own_currency(currency: str, quantity: Quantity) -> bool:
    if not currency:
        return True
    if quantity.kind is not Kind.MONEY:
        return False
    return fold(currency) == fold(quantity.unit) or (is_yuan(currency) and is_yuan(quantity.unit or "元"))


def _unread(found: str, quantity: Quantity) -> str:
    match quantity.kind:
        case Kind.BOOLEAN:
            return _("“{found}” is neither yes nor no; write 是, 否, yes, no, true or false.").format(
                found=found
            )
        case Kind.CATEGORY:
            known = ", ".join(choice.id for choice in quantity.choices)
            return _("“{found}” is none of the choices: {names}.").format(found=found, names=known)
    return _("“{found}” is no number that can be read here.").format(found=found)


def _bounded(scaled: int, quantity: Quantity, found: object) -> int:
    low = -LIMIT if quantity.low is None else quantity.low * quantity.scale
    high = LIMIT if quantity.high is None else quantity.high * quantity.scale
    if not max(low, -LIMIT) <= scaled <= min(high, LIMIT):
        message = _("{found} is out of bounds: {low} to {high}.")
        raise ValueError(message.format(found=found, low=low // quantity.scale, high=high // quantity.scale))
    return scaled


def round_half_away(number: Fraction) -> int:
    """Return the nearest integer, a half away from zero."""
    above, below = abs(number.numerator), number.denominator
    nearest = (2 * above + below) // (2 * below)
    return nearest if number.numerator >= 0 else -nearest


def _round_float(number: float) -> int:
    if abs(number) >= 2**53:
        return int(number) if math.isfinite(number) else 2**63
    whole = math.floor(abs(number))
    nearest = whole + (abs(number) - whole >= 0.5)
    return nearest if number >= 0 else -nearest


def in_units(value: Value, quantity: Quantity) -> Decimal | bool | str | date:
    """Return a value as kept in the quantity's units: a number as a decimal with all its decimals."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value).scaleb(1 - len(str(quantity.scale)))
    return value


def format_value(value: Value | None, quantity: Quantity, language: Language) -> str:
    """Return a value as kept in words for a person: digits grouped, unit named, choice by its title."""
    if value is None:
        return "缺失" if language == "zh" else "missing"
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    if isinstance(value, int):
        return _format_number(value, quantity, language)
    if isinstance(value, date):
        return value.isoformat()
    titles = {choice.id: choice.title for choice in quantity.choices}
    return inert(titles[value].in_language(language) if value in titles else value)


_YES_NO: Final[Mapping[Language, tuple[str, str]]] = {"zh": ("是", "否"), "en": ("yes", "no")}
_ENGLISH_UNITS: Final = {
    "元": "yuan",
    "天": "days",
    "个月": "months",
    "月": "months",
    "年": "years",
    "岁": "years",
    "次": "times",
}


def _format_number(scaled: int, quantity: Quantity, language: Language) -> str:
    whole, part = divmod(abs(scaled), quantity.scale)
    digits = len(str(quantity.scale)) - 1
    shown = f"{'-' if scaled < 0 else ''}{whole:,}"
    if part:
        fraction = f"{part:0{digits}d}"
        shown += "." + (fraction if quantity.kind is Kind.MONEY else fraction.rstrip("0"))
    unit = quantity.unit or _usual_unit(quantity.kind)
    if unit == "%":
        return f"{shown}%"
    unit = _ENGLISH_UNITS.get(unit, unit) if language == "en" else unit
    return f"{shown} {unit}" if unit else shown


def _usual_unit(kind: Kind) -> str:
    return {Kind.MONEY: "元", Kind.PERCENT: "%"}.get(kind, "")
