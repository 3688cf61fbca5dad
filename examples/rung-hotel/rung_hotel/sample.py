"""A sample of guests with their stays and complaints, as raw tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from rung.sdk import Sample, sampling

from rung_hotel.guests import Guest, drawn

__all__ = ["AS_OF", "sample"]

AS_OF: Final = date(2026, 6, 30)
"""The day the sample is looked at."""

_Known = list[tuple[str, Guest]]
_PURPOSES: Final = (("商务", "出差"), ("休闲", "度假"), ("商务兼休闲", "两者都有"))
_DIRECT: Final = ("官网", "会员应用", "小程序", "电话预订", "上门")
_OTHERS: Final = ("OTA", "网络代理", "网络代理", "协议公司", "团队")
_SUBJECTS: Final = ("噪音", "卫生", "早餐", "账单", "服务态度", "其他")


def sample(n: int, seed: int) -> Sample:
    """Return ``n`` guests, their stays and complaints, as a front office exports them.

    Equal arguments give equal tables. Every column is text.

    Marginals: stays in 24 months are lognormal, four at the median; one guest in 25 has none yet. A night
    costs about 800 yuan with food and drink. Half of the stays are booked directly.

    Correlations: who stays often books directly more often; who rates low complains more often.

    Dirt: 4 % of the phones and 6 % of the ratings are blank; amounts are now and then written as people
    write them (1,200 · １２００ · 约500 · blank); one choice in ten goes by another word.
    """
    rng = Random(f"hotel/{n}/{seed}")
    known: _Known = [(f"G{number:07d}", drawn(rng)) for number in range(1, n + 1)]
    return Sample(
        customers=sampling.frame(_guests(known, rng)),
        events={
            "stays": sampling.frame(_stays(known, rng)),
            "complaints": sampling.frame(_complaints(known, rng)),
        },
        as_of=AS_OF,
    )


def _day(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()


def _guests(known: _Known, rng: Random) -> sampling.Columns:
    rows = [
        (
            key,
            sampling.person(rng),
            sampling.optional(rng, 0.04, _phone(rng), is_exact=False),
            _day(guest.days[-1] + rng.randrange(60) if guest.days else rng.randrange(700)),
            sampling.word(rng, _PURPOSES[guest.purpose]),
            sampling.optional(rng, 0.1, "否" if guest.wants_no_contact else "是", is_exact=False),
            "" if guest.contacted is None else _day(guest.contacted),
        )
        for key, guest in known
    ]
    headers = ("会员号", "客人姓名", "手机号", "入会日期", "出行目的", "同意联系", "上次联系日期")
    return sampling.columns(headers, rows)


def _phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10_000):04d}"


def _stays(known: _Known, rng: Random) -> sampling.Columns:
    rows = [(key, *stay) for key, guest in known for stay in _stayed(guest, rng)]
    return sampling.columns(("会员号", "离店日期", "间夜", "消费金额", "预订渠道", "住后评分"), rows)


def _stayed(guest: Guest, rng: Random) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each stay's day, nights, spend, channel and rating, the latest first."""
    for days in guest.days:
        nights = 1 + min(13, int(rng.expovariate(0.8)))
        spend = nights * round(guest.rate * (0.8 + 0.4 * rng.random())) * 100
        ways = _DIRECT if rng.random() < guest.directness else _OTHERS
        rating = max(1, min(5, round(guest.content + rng.gauss(0, 0.7))))
        yield (
            _day(days),
            str(nights),
            sampling.money(rng, spend, is_exact=False),
            rng.choice(ways),
            sampling.optional(rng, 0.06, str(rating), is_exact=False),
        )


def _complaints(known: _Known, rng: Random) -> sampling.Columns:
    rows = [
        (key, _day(max(0, days - 1)), rng.choice(_SUBJECTS))
        for key, guest in known
        for days in guest.days
        if rng.random() < (0.15 if guest.content < 3 else 0.01)
    ]
    return sampling.columns(("会员号", "投诉日期", "投诉内容"), rows)
