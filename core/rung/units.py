"""Units as headers and cells name them, and what each multiplies a value by: 万元, 千元, 亿元, %."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from rung.vocabulary import Kind, Quantity
from rung.words import fold

__all__ = ["factor", "is_yuan"]

_ONE: Final = Fraction(1)

_MULTIPLES: Final = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 10**3,
    "10k": 10**4,
    "'000": 10**3,
    "w": 10**4,
    "k": 10**3,
}
# 百 is left out: it begins 百分比, and nobody keeps books in hundreds.

_ALIKE: Final = (
    frozenset({"元", "圆", "元整", "块", "人民币", "人民币元", "¥", "yuan", "rmb", "cny"}),
    frozenset({"%", "百分比", "百分点", "percent", "per cent", "pct"}),
    frozenset({"天", "日", "day", "days"}),
    frozenset({"月", "个月", "month", "months"}),
    frozenset({"年", "岁", "周岁", "year", "years"}),
    frozenset({"次", "笔", "单", "项", "个", "times"}),
    frozenset({"户", "家", "位", "名", "人"}),
)
# Classifiers that count bundles (件, 箱, 条) are alike to none: their sizes differ.

_SHARES: Final = {
    "ratio": Fraction(100),
    "比例": Fraction(100),
    "小数": Fraction(100),
    "‰": Fraction(1, 10),
    "bp": Fraction(1, 100),
}


def is_yuan(written: str) -> bool:
    """Return whether a currency's name or sign is the yuan's."""
    return fold(written) in _ALIKE[0]


def factor(written: str, quantity: Quantity) -> Fraction | None:
    """Return what a value in the unit ``written`` is multiplied by to be in the quantity's own unit.

    ``None``: no unit of this quantity. Any unit suits what is no number.
    """
    unit, home = fold(written), fold(quantity.unit)
    if not quantity.kind.is_numeric or not unit or _are_alike(unit, home):
        return _ONE
    if quantity.kind is Kind.PERCENT:
        return _ONE if unit in _ALIKE[1] else _SHARES.get(unit)
    if quantity.kind is Kind.NUMBER and unit == "%":
        return Fraction(1, 100)
    times, rest = _split(unit)
    home_times, home_rest = _split(home)
    if quantity.kind is Kind.MONEY:
        home_rest = home_rest or "元"
    if not rest or not home_rest or _are_alike(rest, home_rest):
        return Fraction(times, home_times)
    return None


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _ALIKE)


def _split(unit: str) -> tuple[int, str]:
    for name, times in _MULTIPLES.items():
        if unit.startswith(name):
            return times, unit.removeprefix(name).strip().removesuffix("整")
    return 1, unit.removesuffix("整")
