"""Cells, the DMN S-FEEL unary tests a policy writes: read once, for a field of known kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from rung.errors import RungError, did_you_mean
from rung.policy.conditions import RawCell, Scalar
from rung.policy.ranges import Range, complement, contains, union
from rung.text import _
from rung.vocabulary import Kind, Quantity

__all__ = ["Always", "InRanges", "InValues", "IsMissing", "Test", "Value", "holds", "read_cell"]

Value = int | str | bool | date
"""A measured value: a scaled integer for a number, a choice's id for a category."""


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every value, missing or not (written ``-``)."""


@dataclass(frozen=True, slots=True)
class IsMissing:
    """Holds where the value is missing, or where it is not."""

    negated: bool = False


@dataclass(frozen=True, slots=True)
class InRanges:
    """Holds for the scaled numbers, or the day ordinals, within the ranges."""

    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class InValues:
    """Holds for the values listed, or for all others."""

    values: frozenset[str | bool]
    negated: bool = False


Test = Always | IsMissing | InRanges | InValues


def holds(test: Test, value: Value | None) -> bool | None:
    """Return whether ``value`` meets the test; ``None`` where a missing value leaves it open."""
    match test:
        case Always():
            return True
        case IsMissing(negated):
            return (value is None) is not negated
        case InRanges(ranges):
            if value is None:
                return None
            return contains(ranges, value.toordinal() if isinstance(value, date) else int(value))
        case InValues(values, negated):
            return None if value is None else (value in values) is not negated


_NUMBER: Final = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.\d+)?(?P<percent>\s*%)?")
_COMPARED: Final = re.compile(r"(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
_BETWEEN: Final = re.compile(r"([\[(])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])])", re.DOTALL)
_NEGATED: Final = re.compile(r"not\s*\(\s*(.*?)\s*\)", re.DOTALL)
_THOUSANDS: Final = re.compile(r"(?<![\d_])\d{1,3}(?:,\d{3})+(?![\d_])")
_MYRIADS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([千万亿])")
_MYRIAD: Final = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_SIGNS: Final = {"≥": ">=", "≤": "<=", "≠": "!=", "～": "..", "~": "..", "—": "-"}


def read_cell(raw: RawCell, quantity: Quantity) -> Test:
    """Read one cell for a field of the quantity's kind.

    Raises RungError with one problem for a cell that cannot be read, does not fit the kind, or can
    never hold.
    """
    if isinstance(raw, tuple):
        return _joined([read_cell(item, quantity) for item in raw], raw)
    if isinstance(raw, str):
        return _read_text(raw.strip(), quantity)
    return _exactly(raw, quantity)


def _read_text(written: str, quantity: Quantity) -> Test:
    if written == "-":
        return Always()
    if written == "missing":
        return IsMissing()
    _refuse_spelling(written, quantity)
    negated = _NEGATED.fullmatch(written)
    if negated:
        return _negated(_read_text(negated[1], quantity))
    parts = list(_split(written))
    if len(parts) > 1:
        return _joined([_read_text(part, quantity) for part in parts], written)
    if quantity.kind.is_numeric or quantity.kind is Kind.DATE:
        return _ordered(written, quantity)
    return _exactly(written, quantity)


def _split(written: str) -> Iterator[str]:
    depth, quoted, start = 0, False, 0
    for index, char in enumerate(written):
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char in "([") - (char in ")]")
            if char == "," and depth == 0:
                yield written[start:index].strip()
                start = index + 1
    yield written[start:].strip()


def _refuse_spelling(written: str, quantity: Quantity) -> None:
    if not (quantity.kind.is_numeric or quantity.kind is Kind.DATE):
        return
    plain = unicodedata.normalize("NFKC", written)
    for sign, meant in _SIGNS.items():
        plain = plain.replace(sign, meant)
    if _MYRIADS.search(plain):
        right = _MYRIADS.sub(lambda m: f"{int(Decimal(m[1]) * _MYRIAD[m[2]]):_}", plain)
    elif _THOUSANDS.search(plain):
        right = _THOUSANDS.sub(lambda m: m[0].replace(",", "_"), plain)
    elif plain != written:
        right = plain
    else:
        return
    raise RungError.of(
        _("The cell “{found}” is not spelled as a cell.").format(found=written),
        _("Write “{right}”.").format(right=right),
    )


def _ordered(written: str, quantity: Quantity) -> InRanges:
    compared = _COMPARED.fullmatch(written)
    if compared:
        return InRanges(
            _possible(_compared(compared[1], _point(compared[2], written, quantity), quantity), quantity)
        )
    between = _BETWEEN.fullmatch(written)
    if between:
        low, high = (_point(between[n], written, quantity) for n in (2, 3))
        ranges = union(
            [
                Range(
                    _at_least(low, quantity, is_open=between[1] == "("),
                    _at_most(high, quantity, is_open=between[4] == ")"),
                )
            ]
        )
        if not ranges:
            raise RungError.of(
                _("The interval “{found}” is empty.").format(found=written),
                _("Its lower bound comes first; [ and ] include a bound, ( and ) leave it out."),
            )
        return InRanges(ranges)
    point = _point(written, written, quantity)
    return InRanges(_compared("=", point, quantity))


def _possible(ranges: tuple[Range, ...], quantity: Quantity) -> tuple[Range, ...]:
    """Return the ranges, refusing those before the first or after the last day of the calendar."""
    if quantity.kind is Kind.DATE and any(
        (r.high is not None and r.high < 1) or (r.low is not None and r.low > date.max.toordinal())
        for r in ranges
    ):
        raise RungError.of(_("The calendar has no such day."), _("Days run from 0001-01-01 to 9999-12-31."))
    return ranges


def _point(text: str, written: str, quantity: Quantity) -> Decimal:
    """Return a bound in units, or a day's ordinal."""
    text = text.strip()
    if quantity.kind is Kind.DATE:
        try:
            return Decimal(date.fromisoformat(text).toordinal())
        except ValueError:
            raise _unreadable(written, quantity) from None
    number = _NUMBER.fullmatch(text)
    if number is None or (number["percent"] and quantity.kind is not Kind.PERCENT):
        raise _unreadable(written, quantity)
    return Decimal(text.rstrip("% ").replace("_", ""))


def _compared(sign: str, point: Decimal, quantity: Quantity) -> tuple[Range, ...]:
    match sign:
        case ">=":
            return (Range(_at_least(point, quantity, is_open=False), None),)
        case ">":
            return (Range(_at_least(point, quantity, is_open=True), None),)
        case "<=":
            return (Range(None, _at_most(point, quantity, is_open=False)),)
        case "<":
            return (Range(None, _at_most(point, quantity, is_open=True)),)
        case "!=":
            return complement(_compared("=", point, quantity))
    exact = union(
        [Range(_at_least(point, quantity, is_open=False), _at_most(point, quantity, is_open=False))]
    )
    if not exact:
        raise RungError.of(
            _("No value can equal {found}: “{name}” keeps {decimals} decimals.").format(
                found=point, name=quantity.id, decimals=len(str(quantity.scale)) - 1
            ),
        )
    return exact


def _at_least(point: Decimal, quantity: Quantity, *, is_open: bool) -> int:
    scaled = point * quantity.scale
    least = int(scaled.to_integral_value(ROUND_CEILING))
    return least + 1 if is_open and least == scaled else least


def _at_most(point: Decimal, quantity: Quantity, *, is_open: bool) -> int:
    scaled = point * quantity.scale
    most = int(scaled.to_integral_value(ROUND_FLOOR))
    return most - 1 if is_open and most == scaled else most


def _exactly(raw: Scalar, quantity: Quantity) -> Test:
    match quantity.kind:
        case Kind.BOOLEAN:
            if isinstance(raw, str) and raw in {"true", "false"}:
                raw = raw == "true"
            if isinstance(raw, bool):
                return InValues(frozenset({raw}))
        case Kind.TEXT | Kind.CATEGORY if isinstance(raw, str) and raw:
            word = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw
            _known_choice(word, quantity)
            return InValues(frozenset({word}))
        case Kind.DATE if isinstance(raw, date) and not isinstance(raw, datetime):
            return InRanges((Range(raw.toordinal(), raw.toordinal()),))
        case kind if kind.is_numeric and isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
            point = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
            if point.is_finite():
                return InRanges(_compared("=", point, quantity))
    raise _unreadable(raw, quantity)


def _known_choice(word: str, quantity: Quantity) -> None:
    known = [choice.id for choice in quantity.choices]
    if known and word not in known:
        raise RungError.of(
            _("“{found}” is none of the choices of “{name}”.").format(found=word, name=quantity.id),
            did_you_mean(word, known),
        )


def _joined(tests: list[Test], written: object) -> Test:
    if all(isinstance(test, InRanges) for test in tests):
        return InRanges(union(each for test in tests if isinstance(test, InRanges) for each in test.ranges))
    if all(isinstance(test, InValues) and not test.negated for test in tests):
        return InValues(
            frozenset(each for test in tests if isinstance(test, InValues) for each in test.values)
        )
    raise RungError.of(
        _("The cell “{found}” mixes what cannot stand in one list.").format(found=written),
        _("Join “missing”, “-” and “not(…)” with other cells by any = [{ … }, { … }]."),
    )


def _negated(test: Test) -> Test:
    match test:
        case InRanges(ranges):
            return InRanges(complement(ranges))
        case InValues(values, negated):
            return InValues(values, not negated)
        case IsMissing(negated):
            return IsMissing(not negated)
    raise RungError.of(_("not(-) never holds."), _("Leave the cell out, or write what should hold."))


_RIGHT: Final = {
    Kind.DATE: '"< 2026-01-01", "[2026-01-01..2026-06-30]"',
    Kind.BOOLEAN: "true, false",
    Kind.TEXT: '"Paris", ["Paris", "Rome"], "not(Paris)"',
    Kind.CATEGORY: '"good", ["good", "fair"], "not(good)"',
}


def _unreadable(found: object, quantity: Quantity) -> RungError:
    return RungError.of(
        _("The cell “{found}” cannot be read for “{name}”, a field of kind {kind}.").format(
            found=found, name=quantity.id, kind=quantity.kind.value
        ),
        _("Right would be: {examples}.").format(
            examples=_RIGHT.get(quantity.kind, '">= 100_000", "[18..21)", "1, 2, [5..9]", 5, "missing"')
        ),
    )
