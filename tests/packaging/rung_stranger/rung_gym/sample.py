"""Made-up members and their visits: a third on each plan, one in ten behind with fees."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl

from rung.sdk import Sample

AS_OF = date(2026, 1, 31)


def sample(n: int, seed: int) -> Sample:
    """Return n members with up to 40 visits each in the last 120 days."""
    chance = random.Random(seed)
    members: list[dict[str, str]] = []
    visits: list[dict[str, str]] = []
    for number in range(1, n + 1):
        plan, fee = chance.choice([("年卡", 300), ("月卡", 400), ("次卡", 60)])
        member = f"M{number:06d}"
        members.append(
            {
                "会员号": member,
                "会员姓名": chance.choice("王李张刘陈杨") + chance.choice(["伟", "芳", "敏", "静", "磊"]),
                "会籍": plan,
                "月费": str(fee),
                "近一年加购": str(chance.choice([0, 0, 500, 3000])),
                "逾期天数": str(chance.choice([0] * 9 + [45])),
            }
        )
        for _ in range(chance.randrange(40)):
            day = AS_OF - timedelta(days=chance.randrange(120))
            visits.append(
                {"会员号": member, "到店日期": day.isoformat(), "停留分钟": str(chance.randrange(20, 120))}
            )
    columns = dict.fromkeys(("会员号", "到店日期", "停留分钟"), pl.String)
    return Sample(
        customers=pl.DataFrame(members),
        events={"visits": pl.DataFrame(visits, schema=columns)},
        as_of=AS_OF,
    )
