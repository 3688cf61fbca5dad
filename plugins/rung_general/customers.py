"""The customers of the sample: drawn with the correlations it promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from random import Random
from typing import Final

__all__ = ["Customer", "drawn"]


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as it truly is, before its table is written down with gaps and dirt."""

    kind: str
    """``individual``, or the kind of organisation."""
    orders: int
    """Orders in the last 12 months."""
    earlier: int
    """Orders in the 12 months before those."""
    months: int
    """Whole months since the last order, 0 to 11 where there were orders in the last 12 months."""
    amount: int
    """What the last 12 months' orders are worth together, in fen."""
    amount_earlier: int
    margin: int
    """Hundredths of a per cent."""
    cost: int
    """What serving it cost in 12 months, in fen."""
    years: int
    """Tenths of a year of cooperation."""
    payments: int
    delays: tuple[int, ...]
    """Days of each late payment, the longest first."""
    own_delays: int
    """How many of the delays are of its own making."""
    satisfaction: int
    """Tenths of a point; below 0 where no survey was held."""
    share: int
    """Hundredths of a per cent of its purchases that it makes with us."""
    complaints: int = 0
    referrals: int = 0
    judged: Mapping[str, str] = field(default_factory=dict)
    """Choice ids of what a person judged."""
    judged_days: int = 60
    """Days since the judgements were given."""
    products: int = 2
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


_KINDS: Final = ("individual", "industrial", "intermediary", "government")
_PULL: Final = {"individual": -0.7, "industrial": 0.4, "intermediary": 0.3, "government": 0.1}
_LATE: Final = {"individual": 0.05, "industrial": 0.2, "intermediary": 0.22, "government": 0.25}
_NEVER: Final = 999


def drawn(rng: Random) -> Customer:
    """Return a customer drawn at random."""
    kind = rng.choices(_KINDS, (30, 28, 27, 15))[0]
    worth = _PULL[kind] + rng.gauss(0, 0.9)
    loyalty = 0.5 * worth + rng.gauss(0, 0.8)
    orders, earlier, months = _rhythm(rng, worth)
    ticket = exp(13.5 + 0.8 * worth + rng.gauss(0, 0.4))
    amount = round(ticket * orders / 100) * 100
    payments = min(8, orders)
    odds = max(0.01, _LATE[kind] - 0.08 * loyalty)
    delays = sorted(
        (1 + int(rng.random() ** 3 * 150) for _ in range(payments) if rng.random() < odds), reverse=True
    )
    margin = round(max(-2_000, min(6_000, 2_100 + rng.gauss(0, 1_000) - 150 * worth)))
    return Customer(
        kind=kind,
        orders=orders,
        earlier=earlier,
        months=months,
        amount=amount,
        amount_earlier=round(ticket * earlier * 0.9 / 100) * 100,
        margin=margin,
        cost=round((40_000 + amount * 0.05) * (0.5 + rng.random()) / 100) * 100,
        years=_years(rng, loyalty) if orders + earlier else 0,
        payments=payments,
        delays=tuple(delays),
        own_delays=sum(rng.random() < 0.6 for _ in delays),
        satisfaction=_marks(rng, loyalty) if orders and rng.random() < 0.6 else -1,
        share=round(min(10_000, max(0, 3_500 + 2_200 * loyalty + rng.gauss(0, 800)))) if orders else 0,
        complaints=(rng.random() < 0.15) + (rng.random() < 0.05) + (rng.random() < 0.03),
        referrals=max(0, round(loyalty + rng.gauss(-0.2, 0.8))),
        judged=_judgements(rng, worth, loyalty, is_new=orders + earlier == 0),
        judged_days=400 + int(rng.random() * 300) if rng.random() < 0.06 else int(rng.random() * 330),
        products=1 + int(rng.random() * min(5, max(1, orders))),
    )


def _rhythm(rng: Random, worth: float) -> tuple[int, int, int]:
    """Return orders in the last 12 months, in the 12 before, and months since the last one."""
    draw = rng.random()
    if draw < 0.07:
        return 0, 0, _NEVER
    if draw < 0.15:
        return 0, 1 + int(rng.random() * 3), 12 + int(rng.random() * 10)
    if draw < 0.22:
        return 1, 0, int(rng.random() * 12)
    mean = exp(1.1 + 0.75 * worth)
    orders = 1 + int(mean * (0.4 + 1.2 * rng.random()))
    return orders, int(mean * rng.random() * 1.6), min(11, int(rng.random() * 14 / orders))


def _years(rng: Random, loyalty: float) -> int:
    return max(1, round(10 * (3.0 + 1.7 * loyalty + rng.gauss(0, 0.7))))


def _marks(rng: Random, loyalty: float) -> int:
    return round(min(1_000, max(0, 780 + 70 * loyalty + rng.gauss(0, 80))))


_FOURS: Final = (0.9, 0.0, -0.9)
_THREES: Final = (0.7, -0.5)
_JUDGED: Final[Mapping[str, tuple[tuple[str, ...], float, float]]] = {
    # The answers, best first; how much of worth and of loyalty is in them.
    "potential": (("high", "some", "average", "low"), 0.7, 0.2),
    "demands": (("high", "some", "average", "low"), 0.6, 0.0),
    "need": (("steady", "interested", "low", "none"), 0.4, 0.6),
    "strategic_value": (("high", "medium", "low"), 0.8, 0.1),
    "buying_power": (("strong", "some", "average", "weak"), 0.9, 0.0),
    "demand_stability": (("stable", "fluctuating", "flexible", "unstable"), 0.3, 0.6),
    "decision_power": (("decides", "influences", "executes"), 0.3, 0.2),
    "influence": (("large", "some", "little"), 0.7, 0.0),
    "resources": (("rich", "some", "few"), 0.7, 0.0),
    "willingness": (("ready", "bargains", "cheapest"), 0.2, 0.5),
}


def _judgements(rng: Random, worth: float, loyalty: float, *, is_new: bool) -> Mapping[str, str]:
    judged = {
        name: _answer(answers, of_worth * worth + of_loyalty * loyalty + rng.gauss(0, 0.6))
        for name, (answers, of_worth, of_loyalty) in _JUDGED.items()
        if rng.random() >= 0.1
    }
    if is_new:
        judged["prospects"] = _answer(("promising", "fair", "poor"), rng.gauss(0, 1))
    return judged


def _answer(answers: tuple[str, ...], value: float) -> str:
    bounds = _FOURS if len(answers) == 4 else _THREES
    return answers[sum(value < bound for bound in bounds)]
