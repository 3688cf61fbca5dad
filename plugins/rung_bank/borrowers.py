"""Made-up borrowers as they are, before anybody writes them down; and those who stand on a bound."""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass
from random import Random
from typing import Any, Final

__all__ = ["ON_THE_BOUND", "Borrower", "drawn"]


@dataclass(slots=True)
class Borrower:
    """One borrower; amounts in whole yuan, the debt ratio in hundredths of a per cent."""

    kind: str = "企业"
    assets: int = 1_000_000_000
    debt_ratio: int = 40_00
    days_past_due: int = 0
    credit_record: str = "优良"
    risk_assessment: str = "完备"
    guarantee: str = "充足"
    statements: str = "cccc"
    """One letter a quarter, the latest last: c complete, p partial, a not filed, blank no row."""
    is_exact: bool = False
    """Whether every value is written down as it is."""


_KINDS: Final = ("企业", "个体工商户", "个人")
_KIND_SHARES: Final = (0.75, 0.90)
_RECORDS: Final = ("优良", "良好", "有一定信用", "差")
_ASSESSMENTS: Final = ("完备", "较模糊", "不充分")
_GUARANTEES: Final = ("充足", "尚可", "差")
_PATTERNS: Final = ("cccc", "cccp", "ccpp", "cpcp", "cppp", "pppp", "paap", "pa", "aaaa", "")
_PATTERN_WEIGHTS: Final = (0.58, 0.66, 0.72, 0.78, 0.82, 0.86, 0.89, 0.92, 0.96)


def drawn(rng: Random) -> Borrower:
    """Return a borrower drawn at random; ``sample`` describes the distribution."""
    kind = _KINDS[bisect(_KIND_SHARES, rng.random())]
    standing = rng.gauss(0, 1)

    def like_standing(share: float) -> float:
        # A trait correlated with the borrower's standing by ``share``, of unit variance.
        return share * standing + math.sqrt(1 - share * share) * rng.gauss(0, 1)

    median, spread = (80_000_000, 1.9) if kind == "企业" else (2_500_000, 1.4)
    return Borrower(
        kind=kind,
        assets=round(median * math.exp(spread * like_standing(0.5)) / 100) * 100,
        debt_ratio=min(180_00, max(2_00, round((55 - 18 * like_standing(0.5)) * 100))),
        days_past_due=_days(like_standing(0.7), rng),
        credit_record=_pick(_RECORDS, (0.8416, -0.1257, -1.0364), like_standing(0.7)),
        risk_assessment=_pick(_ASSESSMENTS, (0.0, -1.0364), like_standing(0.6)),
        guarantee=_pick(_GUARANTEES, (0.2533, -0.8416), like_standing(0.4)),
        statements=_pattern(like_standing(0.6)),
    )


def _pick(names: tuple[str, ...], bounds: tuple[float, ...], trait: float) -> str:
    return next((name for name, bound in zip(names, bounds, strict=False) if trait > bound), names[-1])


def _days(trait: float, rng: Random) -> int:
    # Bounds of the standard normal: 82 % not past due, then 9 %, 3 %, 2 % and 4 % by month past due.
    for bound, least, most in ((-0.9154, 0, 0), (-1.3408, 1, 30), (-1.5548, 31, 60), (-1.7507, 61, 90)):
        if trait > bound:
            return rng.randint(least, most)
    return rng.randint(91, 360)


def _pattern(trait: float) -> str:
    # The logistic curve stands for the normal's: near enough for shares, and cheap.
    share = 1 / (1 + math.exp(1.702 * trait))
    return next(
        (p for p, most in zip(_PATTERNS, _PATTERN_WEIGHTS, strict=False) if share < most), _PATTERNS[-1]
    )


def _exactly(**traits: Any) -> Borrower:
    return Borrower(is_exact=True, **traits)


ON_THE_BOUND: Final = (
    _exactly(),  # A throughout
    _exactly(assets=300_000_000, debt_ratio=45_00, credit_record="良好"),  # B's own profile
    _exactly(
        assets=10_000_000,
        debt_ratio=75_00,
        credit_record="有一定信用",
        risk_assessment="较模糊",
        statements="ccpp",
    ),
    _exactly(
        assets=800_000,
        debt_ratio=95_00,
        credit_record="差",
        risk_assessment="不充分",
        guarantee="差",
        statements="pppp",
    ),
    _exactly(days_past_due=120),  # only the first gate holds it down
    _exactly(statements=""),  # only the second gate holds it down
    _exactly(statements="aaaa"),
    _exactly(days_past_due=200, statements=""),
    *(
        _exactly(assets=bound + step)
        for bound in (3_000_000, 50_000_000, 800_000_000)
        for step in (-100, 0, 100)
    ),
    *(_exactly(days_past_due=days) for days in (1, 30, 31, 60, 61, 90, 91)),
    *(_exactly(debt_ratio=bound + step) for bound in (50_00, 70_00, 85_00) for step in (-1, 0, 1)),
    *(_exactly(statements=pattern) for pattern in ("cccp", "ccpp", "cppp", "pppp", "p")),
    # On the cut-offs themselves: scores of exactly 90, 89.5, 70, 67, 45 and 42.
    _exactly(risk_assessment="不充分"),
    _exactly(assets=500_000_000, debt_ratio=60_00),
    _exactly(assets=2_000_000, debt_ratio=60_00),
    _exactly(assets=2_000_000, debt_ratio=75_00),
    _exactly(assets=2_000_000, debt_ratio=60_00, credit_record="差", risk_assessment="较模糊"),
    _exactly(assets=2_000_000, debt_ratio=75_00, credit_record="差", risk_assessment="较模糊"),
)
"""One borrower for each grade, each gate and each side of every bound of the ready policy."""
