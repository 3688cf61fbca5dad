"""Leads built to stand on, just under and just over the bounds of the ready policies, and in each rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rung_sales.lead_fields import FULL_DATA
from rung_sales.leads import DETAIL_TICKS, INQUIRY_TICKS, Lead, Mail, from_us

__all__ = ["BUILT", "EVERY", "at_a_bound"]

EVERY: Final = 10
"""One lead in so many is built to stand at a bound."""

_KEEN: Final[Mail] = frozenset({"shows_interest", "names_product", "asks_price", *DETAIL_TICKS})
_FULL: Final = frozenset(FULL_DATA)
_BARE: Final = Lead(source="other", region="other", data=frozenset({"mail"}), is_built=True)
_CLEAR: Final = replace(_BARE, data=_FULL, mails=(_KEEN, *from_us(5)))
# Level 2 of the export leads with nothing to spare.
_DUE: Final = replace(_BARE, need="now", close_in=30, act_in=30)
_AGENT: Final = replace(_BARE, source="b2b", is_agent=True)


def _asking(*ticks: str) -> tuple[Mail, ...]:
    return (frozenset(ticks),)


_INTENT: Final = (
    replace(_BARE, orders=1),
    replace(_BARE, samples=1),
    replace(_BARE, visits_received=1, from_abroad=1),
    replace(_BARE, visits_received=1),
    replace(_BARE, is_influential=True),
    replace(_BARE, is_influential=False),
    _CLEAR,
    replace(_CLEAR, mails=(_KEEN, *from_us(4))),
    replace(_CLEAR, mails=(_KEEN, *from_us(6))),
    replace(_CLEAR, mails=(_KEEN - {"asks_packing"}, *from_us(5))),
    replace(_CLEAR, mails=(_KEEN - {"shows_interest"}, *from_us(5))),
    *(replace(_CLEAR, data=_FULL - {item}) for item in FULL_DATA),
    replace(_BARE, mails=_asking("names_product")),
    replace(_BARE, mails=_asking("states_request")),
    replace(_BARE, mails=_asking("asks_price")),
    replace(_BARE, data=frozenset()),
)

_PIPELINE: Final = (
    *(replace(_DUE, close_in=days) for days in (-1, 0, 30, 31, 92, 93, 183, 184)),
    *(replace(_DUE, act_in=days) for days in (-1, 7, 8, 30, 31, 92, 93)),
    replace(_DUE, need="later", close_in=10),
    replace(_DUE, need="none", close_in=None),
    replace(_DUE, is_hopeless=True),
    replace(_DUE, need=""),
    *(replace(_BARE, amount=fen) for fen in (49_999_999, 50_000_000, 50_000_001)),
    *(replace(_BARE, volume=fen) for fen in (99_999_999, 100_000_000, 100_000_001)),
)

_STAGES: Final = (
    replace(_BARE, visits_paid=1),
    replace(_BARE, proposals=1),
    replace(_BARE, quotes=1),
    replace(_BARE, talks=("negotiation",)),
    *(replace(_BARE, stage=stage) for stage in ("lead", "visit", "proposal", "negotiation", "contract")),
    replace(_BARE, earlier=2),
    replace(_BARE, orders=2),
    replace(_BARE, orders=3),
    *(replace(_BARE, orders=1, satisfaction=tenths) for tenths in (0, 599, 600, 1_000)),
)

_REGIONS: Final = (
    "north_america", "south_america", "europe", "africa", "middle_east", "southeast_asia", "australia",
)  # fmt: skip

_ORIGINS: Final = (
    *(replace(_BARE, source="fair", has_seen=True, region=region) for region in _REGIONS),
    replace(_BARE, source="fair", mails=_asking("asks_price")),
    replace(_AGENT, is_agent=False, mails=_asking(*INQUIRY_TICKS)),
    replace(_AGENT, is_agent=False, mails=_asking(*INQUIRY_TICKS[1:])),
    *(replace(_AGENT, mails=_asking(tick)) for tick in INQUIRY_TICKS),
    replace(_AGENT, mails=_asking("asks_price")),
    replace(_AGENT, mails=_asking("asks_price", "asks_pictures")),
    replace(_AGENT, source="search_engine"),
    replace(_AGENT, source="directory"),
)

BUILT: Final = (*_INTENT, *_PIPELINE, *_STAGES, *_ORIGINS)
"""Every built lead, once."""


def at_a_bound(number: int) -> Lead:
    """Return the built lead of that number; the set comes round again and again."""
    return BUILT[number % len(BUILT)]
