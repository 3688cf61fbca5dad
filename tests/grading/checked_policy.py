"""A sector of a shop, a sound policy of it, and what is told of a policy's text."""

from __future__ import annotations

from pathlib import Path

from rung.errors import RungError
from rung.grading.check import examine_text
from rung.policy.shelf import Shelf
from rung.text import Text
from rung.vocabulary import Field, Kind, Sector


class Host:
    """One sector, ``shop``, with a library if there is one."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    def ids(self) -> tuple[str, ...]:
        return ("shop",)

    def sector(self, plugin_id: str) -> Sector:
        if plugin_id != "shop":
            raise RungError.of(f"There is no sector “{plugin_id}”.", "Did you mean “shop”?")
        title = Text("名", "Name")
        names = ("customer_id", "customer_name")
        return Sector(
            id="shop",
            title=title,
            about=title,
            fields=(
                *(Field(id=name, title=title, kind=Kind.TEXT) for name in names),
                Field(id="spend", title=title, kind=Kind.MONEY),
                Field(id="visits", title=title, kind=Kind.INTEGER),
            ),
        )

    def policies_folder(self, plugin_id: str) -> Path | None:
        self.sector(plugin_id)
        return self.folder


def told(text: str) -> list[str]:
    return [str(problem).removeprefix("it:") for problem in examine_text(text, "it", Shelf(Host()))]


GOOD = """\
id = "shop.tiers"
version = "1"
title = "Tiers"
sector = "shop"
grades = ["A", "B", "C"]
grading = { mode = "score", cutoffs = { A = 80, B = 60 } }
roles = { manager = "Manager" }
[meaning.A]
title = "Gold"
[[criteria]]
id = "spend"
title = "Spend"
measure = "spend"
weight = 2
bands = [
    { when = ">= 100_000", points = 100 },
    { when = "-", points = 10 },
]
[[criteria]]
id = "visits"
title = "Visits"
measure = "visits"
weight = 1
bands = [{ when = ">= 3", points = 100 }, { when = "-", points = 10 }]
[[gates]]
id = "low"
when = { any = [
    { spend = "< 1" },
    { visits = "< 1" },
] }
at_most = "C"
reason = "Low"
[[flags]]
id = "new"
title = "New"
when = { visits = "< 2" }
service = { promise = { text = "Care", by = "manager", when = { spend = "> 1" } } }
[service.A]
contact = { every = "7d", by = "manager" }
[[procedures]]
id = "call"
title = "Call"
steps = [{ text = "Call", by = "manager" }]
[[tests]]
customer = { spend = 100_000, visits = 3 }
expect = { grade = "A", score = 100, flags = [], reasons = [] }
"""
