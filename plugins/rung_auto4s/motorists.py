"""Made-up car owners as they are, before anybody writes them down."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final, TypeVar

__all__ = ["Motorist", "Visit", "drawn", "one_of"]

Named = TypeVar("Named")
Visit = tuple[str, str, int, bool]
"""A visit: its ISO date, its arena, the amount in hundredths of a yuan, whether on promotion."""


@dataclass(slots=True)
class Motorist:
    """One customer of the shop, what the calls noted of him (blank: nothing), and his cars."""

    kind: str = "个人"
    owner: str = ""
    cars: int = 1
    phone: str = ""
    record: str = ""
    acceptance: str = ""
    need: str = ""
    intention: str = ""
    is_hard_to_talk_to: str = ""
    is_under_warranty: str = ""
    car: str = ""
    is_person_in_charge_reached: str = ""
    town: str = ""
    tenths_of_km: int | None = None
    prepaid_at: str = ""
    has_friend_with_shop: str = ""
    trusts_dealer: str = ""
    yearly_visits: float = 0.0
    only_on_promotion: bool = False
    visits: tuple[Visit, ...] = ()
    """The visits of a borderline motorist, to the day and the cent."""
    is_exact: bool = False
    """Whether every value is written down as it is."""


_PHONES: Final = ("已接通", "未接通", "空号", "非本人", "")
_RECORDS: Final = ("已核实", "待核实", "资料错误", "")


def one_of(names: tuple[Named, ...], bounds: tuple[float, ...], rng: Random) -> Named:
    """Return one of the names; ``bounds`` are their cumulative shares, the last left out."""
    return names[bisect(bounds, rng.random())]


def drawn(rng: Random) -> Motorist:
    """Return a motorist drawn at random; ``sample`` describes the distribution."""
    warmth = rng.gauss(0, 1)
    is_firm = rng.random() < 0.1
    motorist = Motorist(
        kind="单位" if is_firm else "个人",
        cars=rng.randint(1, 3) if is_firm else one_of((1, 2, 3), (0.84, 0.97), rng),
        phone=one_of(_PHONES, (0.70, 0.85, 0.91, 0.94), rng),
        record=one_of(_RECORDS, (0.60, 0.70, 0.74), rng),
        tenths_of_km=None if rng.random() < 0.2 else max(1, round(80 * exp(0.9 * rng.gauss(0, 1)))),
        yearly_visits=exp(0.5 + 0.7 * warmth),
        only_on_promotion=rng.random() < 0.1,
    )
    if motorist.phone == "已接通" or rng.random() < 0.3:
        _note_the_call(motorist, warmth, rng)
    return motorist


def _note_the_call(motorist: Motorist, warmth: float, rng: Random) -> None:
    liking, readiness = (0.6 * warmth + 0.8 * rng.gauss(0, 1) for _ in range(2))
    motorist.acceptance = "了解并认可" if liking > 0.1257 else "了解" if liking > -0.8416 else "不了解"
    motorist.need = one_of(("有需求", "暂无需求", ""), (0.35, 0.85), rng)
    motorist.intention = (
        "近期来店" if readiness > 0.6745 else "以后再说" if readiness > -1.2816 else "明确不来"
    )
    motorist.is_hard_to_talk_to = _noted(rng, 0.07, 0.60)
    motorist.is_under_warranty = _noted(rng, 0.15, 0.70)
    motorist.is_person_in_charge_reached = _noted(rng, 0.64, 0.70)
    motorist.has_friend_with_shop = _noted(rng, 0.04, 0.50)
    motorist.trusts_dealer = _noted(rng, 0.6 if motorist.intention == "明确不来" else 0.08, 0.70)
    motorist.car = one_of(("正常使用", "很少使用", "已卖车", ""), (0.70, 0.75, 0.80), rng)
    motorist.town = one_of(("常在", "很少在", "不在", ""), (0.75, 0.81, 0.84), rng)
    motorist.prepaid_at = one_of(("4S店", "其他修理店", "未储值", ""), (0.06, 0.10, 0.60), rng)


def _noted(rng: Random, yes: float, yes_or_no: float) -> str:
    chance = rng.random()
    return "是" if chance < yes else "否" if chance < yes_or_no else ""
