"""Amounts and dates as people write them into tables: separators, full-width digits, blanks, guesses."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["dated", "written"]

_FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")


def written(amount: str, rng: Random, *, blank: float) -> str:
    """Return the amount as a careless table has it: blank with that chance, else mostly as it is.

    Of the rest 4 % carry thousands separators, 1 % full-width digits, 1 % the unit, and 0.4 % are a
    guess ("约500") nobody can read exactly.
    """
    chance = rng.random()
    if chance >= blank + 0.064:
        return amount
    if chance < blank:
        return rng.choice(("", "", "-", "无"))
    chance -= blank
    if chance < 0.04:
        whole, point, rest = amount.partition(".")
        return f"{int(whole):,}{point}{rest}"
    if chance < 0.05:
        return amount.translate(_FULL_WIDTH)
    if chance < 0.06:
        return f"{amount}元"
    return f"约{amount.partition('.')[0]}"


def dated(day: str, rng: Random) -> str:
    """Return an ISO date as people write it: 3 % with slashes, 2 % as 2026年3月5日."""
    chance = rng.random()
    if chance >= 0.05:
        return day
    year, month, of_month = (int(part) for part in day.split("-"))
    return f"{year}/{month}/{of_month}" if chance < 0.03 else f"{year}年{month}月{of_month}日"
