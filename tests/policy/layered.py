"""A base policy and ways to lay others over it, shared by the tests of layers, versions and publishing."""

from __future__ import annotations

from collections.abc import Callable

from rung.errors import RungError
from rung.policy.library import Library, parse_library
from rung.policy.reader import Draft, LoadedPolicy, draft_policy, parse_policy
from rung.policy.sources import SourceText

LIBRARY = """\
[spend]
title = { zh = "消费额", en = "Spend" }
measure = "spend"
weight = 5
bands = [{ when = ">= 100", points = 100 }, { when = "-", points = 0 }]

[trust]
title = "Trust"
measure = "trust"
levels = [
    { level = "good", title = "Good", describes = "pays", points = 100 },
    { level = "poor", title = "Poor", describes = "does not", points = 0 },
]
"""
BASE = """\
id = "shop.base"
version = "1"
title = { zh = "底", en = "Base" }
purpose = "To grade"
grades = ["A", "B", "C"]
effective_from = 2026-01-01
[grading]
mode = "score"
cutoffs = { A = 80, B = 50 }
[parameters]
town = { value = "Oz" }
[roles]
keeper = "Keeper"
[[criteria]]
use = "shop.spend"
weight = 60
[[criteria]]
use = "shop.trust"
weight = 40
[[gates]]
id = "late"
when = { days = "> 90", spend = "< 5" }
at_most = "C"
reason = "Late in ${town}"
[[gates]]
id = "gone"
when = { days = "> 900" }
at_most = "C"
reason = "Gone"
[service.A]
contact = { every = "7d", by = "keeper" }
[service.B]
benefit = [{ id = "card", text = "Card" }, { id = "gift", text = "Gift" }]
[[tests]]
name = "rich"
customer = { spend = 100 }
expect = { grade = "A" }
"""
HEAD = 'id = "my.shop"\nversion = "7"\nextends = "shop.base"\n'


def library(_sector: str) -> Library:
    return parse_library(LIBRARY, "lib.toml", "shop")


def bases(**texts: str) -> Callable[[str], SourceText]:
    """Return the policies of these texts, by id with _ for the point, beside the base."""
    known = {"shop.base": BASE} | {name.replace("_", "."): text for name, text in texts.items()}

    def base(policy_id: str) -> SourceText:
        if policy_id not in known:
            raise RungError.of(f"There is no policy “{policy_id}”.")
        return SourceText(f"{policy_id}.toml", known[policy_id], policy_id)

    return base


def loaded(text: str, **below: str) -> LoadedPolicy:
    return parse_policy(text, "it", library, bases(**below))


def draft(text: str, **below: str) -> Draft:
    return draft_policy(text, "it", library, bases(**below))


def told(text: str, **below: str) -> list[str]:
    return [str(problem) for problem in draft(text, **below).problems()]
