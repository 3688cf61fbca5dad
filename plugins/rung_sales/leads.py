"""The leads of the sample: drawn with the correlations it promises."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final

from rung_sales.lead_fields import FULL_DATA

__all__ = ["DETAIL_TICKS", "INQUIRY_TICKS", "Lead", "Mail", "drawn", "from_us"]

DETAIL_TICKS: Final = ("asks_name", "asks_pictures", "asks_data", "asks_packing", "asks_shipping")
INQUIRY_TICKS: Final = ("states_specification", "states_quantity", "states_payment", "states_delivery")

Mail = frozenset[str]
"""What a mail is ticked for; ``out`` stands for one of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One lead as it truly is, before its table is written down with gaps and dirt."""

    source: str = "b2b"
    region: str = "europe"
    has_seen: bool | None = False
    is_agent: bool | None = False
    is_influential: bool | None = None
    """``None``: nobody looked."""
    data: frozenset[str] = frozenset()
    """Which of the items that make full data are known."""
    need: str = "later"
    is_hopeless: bool | None = None
    stage: str = ""
    amount: int | None = None
    """What the deal may be worth, in fen."""
    volume: int | None = None
    """What it may buy in a year, in fen."""
    close_in: int | None = None
    """Days until it is expected to close; past days below 0."""
    act_in: int | None = None
    mails: tuple[Mail, ...] = ()
    visits_paid: int = 0
    visits_received: int = 0
    from_abroad: int = 0
    """How many of the visits received came from abroad."""
    talks: tuple[str, ...] = ()
    """Subject of each follow-up."""
    proposals: int = 0
    quotes: int = 0
    samples: int = 0
    orders: int = 0
    """Formal orders in the last 12 months."""
    earlier: int = 0
    """Formal orders before those."""
    satisfaction: int | None = None
    """Tenths of a point; ``None`` where no survey was held."""
    complaints: int = 0
    is_built: bool = False
    """Built to stand at a bound, so written down without dirt."""


def from_us(count: int) -> tuple[Mail, ...]:
    """Return so many mails of ours."""
    return (frozenset({"out"}),) * count


_SOURCES: Final = {
    "b2b": 30,
    "fair": 18,
    "search_engine": 14,
    "website": 12,
    "directory": 8,
    "referral": 12,
    "other": 6,
}
_REGIONS: Final = {
    "europe": 22,
    "north_america": 18,
    "southeast_asia": 16,
    "middle_east": 14,
    "south_america": 10,
    "africa": 10,
    "australia": 6,
    "other": 4,
}
_PULL: Final = {
    "fair": 0.5,
    "referral": 0.6,
    "b2b": 0.0,
    "website": 0.0,
    "directory": -0.5,
    "search_engine": -0.4,
}


def drawn(rng: Random) -> Lead:
    """Return a lead drawn at random; its warmth moves mails, stage, need and orders alike."""
    source = _one(rng, _SOURCES)
    warmth = _PULL.get(source, -0.2) + rng.gauss(0, 1)
    worth = rng.gauss(0, 1) + 0.3 * warmth
    step = sum(warmth + rng.gauss(0, 0.5) >= bound for bound in (-0.6, 0.2, 0.8, 1.4))
    orders, earlier = _orders(rng, warmth) if step == 4 else (0, int(rng.random() < 0.03))
    need = (
        "now"
        if warmth + rng.gauss(0, 0.6) > 0.1
        else "later"
        if warmth + rng.gauss(0, 0.6) > -1.2
        else "none"
    )
    has_bought = orders + earlier > 0
    amount = round(exp(12.6 + 0.9 * worth)) * 100
    return Lead(
        source=source,
        region=_one(rng, _REGIONS),
        has_seen=None if rng.random() < 0.08 else rng.random() < (0.6 if source == "fair" else 0.1),
        is_agent=None if rng.random() < 0.12 else rng.random() < 0.35,
        is_influential=None if rng.random() < 0.8 else rng.random() < 0.25,
        data=_data(rng, warmth),
        need=need if rng.random() < 0.92 else "",
        is_hopeless=None if rng.random() < 0.7 else rng.random() < (0.4 if warmth < -1 else 0.02),
        stage=_STAGES[min(step, 4)] if rng.random() < 0.7 else "",
        amount=amount if rng.random() < 0.75 else None,
        volume=amount * (1 + int(rng.random() * 4)) if rng.random() < 0.6 else None,
        close_in=int(rng.gauss(150 - 55 * warmth, 70)) if need == "now" or rng.random() < 0.2 else None,
        act_in=int(rng.random() ** 2 * 200) - 5 if rng.random() < 0.8 else None,
        mails=_mails(rng, warmth, source),
        visits_paid=1 + int(rng.random() * 3) if step >= 1 else 0,
        visits_received=int(rng.random() < 0.1 + 0.08 * step),
        from_abroad=0 if step < 3 else int(rng.random() < 0.05),
        talks=_talks(rng, step),
        proposals=1 + int(rng.random() * 2) if step >= 2 else 0,
        quotes=1 + int(rng.random() * 3) if step >= 3 or rng.random() < 0.1 else 0,
        samples=int(step >= 3 and rng.random() < 0.2),
        orders=orders,
        earlier=earlier,
        satisfaction=_marks(rng, warmth) if has_bought and rng.random() < 0.7 else None,
        complaints=int(has_bought and rng.random() < 0.15),
    )


_STAGES: Final = ("lead", "visit", "proposal", "negotiation", "contract")


def _one(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def _orders(rng: Random, warmth: float) -> tuple[int, int]:
    recent = 1 + int(max(0.0, warmth - 0.5) * rng.random() * 3)
    return (0, 2) if rng.random() < 0.1 else (recent, int(rng.random() * 3))


def _data(rng: Random, warmth: float) -> frozenset[str]:
    odds = min(0.98, max(0.1, 0.6 + 0.3 * warmth))
    return frozenset(item for item in FULL_DATA if rng.random() < odds)


def _mails(rng: Random, warmth: float, source: str) -> tuple[Mail, ...]:
    """Return the mails to and fro: one in eight writers asks a price and no more, the keenest ask it all."""
    if rng.random() < 0.12:
        return (frozenset({"asks_price"}), *from_us(int(rng.random() * 2)))
    count = int(exp(0.5 + 0.6 * warmth) * (0.3 + 1.4 * rng.random()))
    odds = min(0.9, max(0.03, 0.25 + 0.2 * warmth))
    received = tuple(
        _ticked(rng, odds, is_inquiry=number == 0 and source == "b2b") for number in range(count)
    )
    if warmth > 0.9 and rng.random() < 0.5:
        received = (frozenset({"shows_interest", *DETAIL_TICKS}), *received)
    return (*received, *from_us(int(len(received) * (0.5 + rng.random()))))


def _ticked(rng: Random, odds: float, *, is_inquiry: bool) -> Mail:
    ticks = [tick for tick in DETAIL_TICKS if rng.random() < odds * 0.6]
    ticks += [tick for tick in INQUIRY_TICKS if rng.random() < (0.5 if is_inquiry else odds * 0.25)]
    ticks += [tick for tick, share in _OTHER_TICKS.items() if rng.random() < odds * share]
    return frozenset(ticks)


_OTHER_TICKS: Final = {"shows_interest": 1.0, "names_product": 0.6, "states_request": 0.4, "asks_price": 0.9}
_TALKS: Final = (
    ("care", "need"),
    ("need", "need", "care"),
    ("proposal", "need"),
    ("negotiation",),
    ("contract",),
)


def _talks(rng: Random, step: int) -> tuple[str, ...]:
    return tuple(
        rng.choice(_TALKS[reached]) for reached in range(step + 1) for _ in range(1 + int(rng.random() * 2))
    )


def _marks(rng: Random, warmth: float) -> int:
    return round(min(1_000, max(0, 760 + 40 * warmth + rng.gauss(0, 130))))
