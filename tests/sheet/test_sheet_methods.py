"""Other methods than a score are drawn on a rating sheet in their own way."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import rung
from sheets_read import NOW, words
from shop_policy import POLICY

from rung.text import set_language
from rung.workspace import Workspace

OTHER_METHODS = {
    "matrix": (
        """
[grading]
mode = "matrix"
axes = ["spent", "late"]
cells = [["A", "B"], ["B", "B"], ["B", "C"]]
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [{ when = ">= 1_000" }, { when = "[100..1_000)" }, { when = "< 100" }]
[[criteria]]
id = "late"
title = "Days late"
measure = "late"
bands = [{ when = "<= 0" }, { when = "> 0" }]
""",
        ("Matrix Spent ＼ Days late ≤ 0 > 0", "[100 .. 1,000) B B < 100 B C"),
    ),
    "collected": (
        """
[grading]
mode = "rules"
hit = "collect"
collect = "sum"
cutoffs = { A = 10, B = 5 }
[[rules]]
id = "buys"
when = { spent = ">= 100" }
points = 7
reason = "Buys"
[[rules]]
id = "late"
when = { late = "> 0" }
points = -1
reason = "Pays late"
[[rules]]
id = "loved"
when = { prospects = "good" }
points = 3
reason = "Has prospects"
""",
        (
            "Rules that hold reason conditions A 10 B 5 0 points",
            "Buys Spent ≥ 100 (is 500 yuan) 7",
            "Pays late Days late > 0 (is 3) -1",
            "Points together 6",
            "Left open by missing data: Has prospects.",
            "Rules: 3; not holding: 0",
        ),
    ),
    "shares": (
        """
[grading]
mode = "count"
by = "spent"
shares = { A = 34, B = 67, C = 100 }
""",
        (
            "Where the grades begin A ≥ 500 yuan B ≥ 50 yuan C < 50 yuan",
            "The customer's: 500 yuan · found among 3",
        ),
    ),
}


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_other_methods_are_drawn_in_their_own_way(shop: Workspace, method: str) -> None:
    written, shown = OTHER_METHODS[method]
    policy = POLICY[: POLICY.index("[grading]")].replace("shop.tiers", "shop.other")
    if method == "collected":
        written = written.replace('hit = "collect"', 'hit = "collect"\nmissing = "no_match"')
    Path("policies/other.toml").write_text(policy + written, encoding="utf-8")
    rung("grade", "customers.csv", "--policy", "shop.other", "--as-of", "2026-03-01")
    set_language("en")
    told = words(shop.sheet("C2", NOW))
    for each in shown:
        assert each in told
