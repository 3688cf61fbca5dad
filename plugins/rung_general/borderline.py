"""Customers built to stand on, just under and just over the bounds the ready policies use."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rung_general.customers import Customer

__all__ = ["EVERY", "at_a_bound"]

EVERY: Final = 10
"""One customer in so many is built to stand at a bound."""

_BEST: Final = Customer(
    kind="industrial",
    orders=12,
    earlier=10,
    months=0,
    amount=60_000_000,
    amount_earlier=40_000_000,
    margin=3_000,
    cost=1_000_000,
    years=50,
    payments=20,
    delays=(),
    own_delays=0,
    satisfaction=900,
    share=6_000,
    referrals=3,
    judged={
        "potential": "high",
        "demands": "high",
        "need": "steady",
        "strategic_value": "high",
        "buying_power": "strong",
        "demand_stability": "stable",
        "decision_power": "decides",
        "influence": "large",
        "resources": "rich",
        "willingness": "ready",
    },
    products=4,
    is_built=True,
)
# On the best band of every criterion of the library, sums and days apart.

_NEW: Final = replace(
    _BEST, orders=0, earlier=0, months=999, amount=0, amount_earlier=0, years=0, payments=0, satisfaction=-1,
    share=0, referrals=0,
)  # fmt: skip
_LOSS: Final = replace(_BEST, amount=10_000_000, margin=1_000)
# 100,000 yuan at 10 % leaves 10,000 yuan of profit.

_SMALL_BUT_PROMISING: Final = {
    "potential": "high",
    "decision_power": "executes",
    "influence": "little",
    "resources": "few",
    "willingness": "cheapest",
}
# Small, and to be contacted more often than other small ones.

_BUILT: Final = (
    _BEST,
    *(replace(_BEST, amount=fen) for fen in (49_999_999, 50_000_000, 50_000_001)),
    *(replace(_BEST, amount=fen) for fen in (9_999_999, 10_000_000, 10_000_001)),
    *(replace(_BEST, amount=fen) for fen in (4_999_999, 5_000_000, 5_000_001)),
    *(replace(_BEST, amount=fen) for fen in (1_999_999, 2_000_000, 2_000_001)),
    *(replace(_BEST, orders=orders) for orders in (13, 11, 7, 6, 5, 3, 2, 1)),
    *(replace(_BEST, margin=margin) for margin in (2_999, 3_001, 1_499, 1_500, 1_501, 499, 500, 501)),
    *(replace(_BEST, years=years) for years in (49, 51, 29, 30, 31, 9, 10, 11)),
    *(replace(_BEST, share=share) for share in (5_999, 6_001, 2_999, 3_000, 3_001, 999, 1_000, 1_001)),
    *(replace(_BEST, satisfaction=mark) for mark in (899, 901, 749, 750, 751, 599, 600, 601)),
    *(replace(_BEST, delays=(1,) * late) for late in (1, 2, 4, 5, 8, 9)),
    *(replace(_BEST, delays=(days,), own_delays=1) for days in (1, 30, 31, 90, 91)),
    *(replace(_BEST, delays=(5,) * own, own_delays=own) for own in (2, 3)),
    *(replace(_BEST, orders=1, earlier=0, months=months) for months in (3, 4, 6, 7)),
    *(replace(_BEST, orders=0, months=months, amount=0, payments=0) for months in (12, 13)),
    *(replace(_NEW, judged={"prospects": answer}) for answer in ("promising", "fair", "poor")),
    _NEW,
    *(replace(_LOSS, cost=cost) for cost in (999_999, 1_000_000, 1_000_001)),
    replace(_BEST, kind="individual", referrals=0),
    replace(_BEST, amount=1_000_000, share=0, judged=_SMALL_BUT_PROMISING),
)


def at_a_bound(number: int) -> Customer:
    """Return the built customer of that number; the set comes round again and again."""
    return _BUILT[number % len(_BUILT)]
