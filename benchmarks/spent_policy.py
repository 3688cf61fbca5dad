"""The smallest policy with a score: two grades, by what a customer has spent."""

from __future__ import annotations

__all__ = ["spent_policy"]

_POLICY = """
schema = 1
id = "{id}"
version = "1"
sector = "{sector}"
title = "Tiers"
grades = ["A", "B"]
grading = {{ mode = "score", cutoffs = {{ A = 50 }} }}
[fields.spent]
title = "Spent"
kind = "money"
[[criteria]]
id = "spent"
title = "Spent"
measure = "spent"
bands = [{{ when = ">= {least}", points = 100 }}, {{ when = "< {least}", points = 0 }}]
"""


def spent_policy(policy_id: str, sector: str, least: int) -> str:
    """Return the policy's TOML; whoever spent ``least`` is an A."""
    return _POLICY.format(id=policy_id, sector=sector, least=least)
