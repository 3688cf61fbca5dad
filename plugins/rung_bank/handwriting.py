"""Numbers as people write them into tables: separators, full-width digits, 万, blanks, guesses."""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["grouped", "in_ten_thousands", "written"]

_FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")


def written(amount: str, rng: Random, *, blank: float) -> str:
    """Return the amount as a careless table has it: blank with that chance, else mostly as it is.

    Of the rest 4 % carry thousands separators, 1 % full-width digits, 1 % stray spaces, and 0.4 %
    are a guess ("约500") nobody can read exactly.
    """
    chance = rng.random()
    if chance >= blank + 0.064:
        return amount
    if chance < blank:
        return rng.choice(("", "", "-", "无"))
    chance -= blank
    if chance < 0.04:
        return grouped(amount)
    if chance < 0.05:
        return amount.translate(_FULL_WIDTH)
    if chance < 0.06:
        return f" {amount} "
    return f"约{amount.partition('.')[0]}"


def grouped(amount: str) -> str:
    """Return the amount with thousands separators: 1234567.5 is 1,234,567.5."""
    whole, point, rest = amount.partition(".")
    return f"{int(whole):,}{point}{rest}"


def in_ten_thousands(yuan: int) -> str:
    """Return whole yuan counted in 万, exactly: 125000 is 12.5万."""
    whole, rest = divmod(yuan, 10_000)
    return f"{whole}{f'.{rest:04d}'.rstrip('0') if rest else ''}万"
