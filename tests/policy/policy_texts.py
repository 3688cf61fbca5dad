"""The texts of small policies, sound and with every mistake, and what is told of them."""

from __future__ import annotations

import pytest

from rung.errors import RungError
from rung.policy.library import parse_library
from rung.policy.reader import parse_policy

HEAD = """\
schema = 1
id = "shop.tiers"
version = "1"
title = "Tiers"
grades = ["A", "B"]
"""


SCORE = (
    HEAD
    + """\
grading = { mode = "score", cutoffs = { A = 60 } }
[[criteria]]
id = "spend"
title = "Spend"
measure = "spend"
bands = [{ when = ">= 100", points = 100 }, { when = "< 100", points = 0 }]
"""
)


def told(text: str, **more) -> list[str]:
    """Return the problems of a text, each as ``line [key] message hint``."""
    with pytest.raises(RungError) as raised:
        parse_policy(text, "it", **more)
    return [str(problem).removeprefix("it:") for problem in raised.value.problems]


def only(text: str, **more) -> str:
    (problem,) = told(text, **more)
    return problem


TEN = """\
schema = 2
id = "Shop"
version = 3
title = { zh = "等级", cn = "x" }
purpos = "p"
grades = ["A", "B", "A"]
effective_from = "soon"
[grading]
mode = "scor"
[[criteria]]
id = "big spender"
title = "Spend"
measure = "spend"
weight = 0
bands = [
    { when = ">= 100", points = 1.234 },
    { when = "< 100", points = "many", lable = "x" },
]
missing = "wrost"
[[gates]]
id = "late"
when = {}
at_most = "B"
at_least = "A"
[service.A]
contact = { every = "7 dys", evry = "7d" }
[override]
approval = { up = "three" }
max_notches_up = -1
[[tests]]
customer = { spend = [1] }
expect = { grade = 1 }
"""


LIBRARY = parse_library(
    """\
[overdue]
title = { zh = "逾期", en = "Overdue" }
measure = "days_past_due"
weight = 15
bands = [
    { when = "< 1", points = 100 },
    { when = ">= 1", points = 0 },
]
[record]
title = "Record"
measure = "record"
weight = -1
levels = [
    { level = "good", title = "Good", describes = "g", points = "many" },
]
""",
    "criteria.toml",
    "bank",
)


def libraries(sector: str):
    if sector == "bank":
        return LIBRARY
    raise RungError.of(f"There is no sector “{sector}”.", "Did you mean “bank”?")


USING = HEAD + 'grading = { mode = "score", cutoffs = { A = 60 } }\n'
