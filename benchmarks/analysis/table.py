"""Times `rung policy check` over a decision table of 8 columns: `python table.py [RULES]…`."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rung.grading.analysis import analyse
from rung.grading.compile import compile_policy
from rung.policy.reader import read_policy
from rung.vocabulary import Vocabulary

CHOICES = "abcdefgh"
HEAD = """\
id = "bench.table"
version = "1"
title = "A long table"
grades = ["A", "B", "C", "D"]
grading = { mode = "rules", hit = "%s" }
[fields]
income = { title = "Income", kind = "money" }
debt = { title = "Debt", kind = "money" }
share = { title = "Share", kind = "percent" }
visits = { title = "Visits", kind = "integer" }
since = { title = "Since", kind = "date" }
region = { title = "Region", kind = "category", choices = { %s } }
plan = { title = "Plan", kind = "text" }
member = { title = "Member", kind = "boolean" }
"""


def written(rules: int, hit: str, seed: int = 7) -> str:
    draw = random.Random(seed)

    def span(most: int) -> str:
        low = draw.randrange(most)
        return f'"[{low}..{low + draw.randrange(1, most)})"'

    cells = {
        "income": lambda: span(1_000_000),
        "debt": lambda: span(200_000),
        "share": lambda: span(80),
        "visits": lambda: span(40),
        "since": lambda: f'">= {draw.randrange(2010, 2026)}-{draw.randrange(1, 13):02d}-01"',
        "region": lambda: str(draw.sample(CHOICES, draw.randrange(1, 5))).replace("'", '"'),
        "plan": lambda: f'"{draw.choice(["basic", "plus", "not(basic)", "gold"])}"',
        "member": lambda: draw.choice(["true", "false"]),
    }
    lines = [HEAD % (hit, ", ".join(f'{choice} = ["{choice}"]' for choice in CHOICES))]
    for number in range(rules):
        asked = {name: cell() for name, cell in cells.items() if draw.random() < 0.75}
        when = ", ".join(f"{name} = {cell}" for name, cell in asked.items()) or 'income = "-"'
        grade = draw.choice("ABCD")
        lines.append(f'[[rules]]\nid = "r{number}"\ngrade = "{grade}"\nreason = "r"\nwhen = {{ {when} }}')
    return "\n".join(lines)


def measured(rules: int, hit: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.toml"
        file.write_text(written(rules, hit), encoding="utf-8")
        started = time.perf_counter()
        loaded = read_policy(file)
        own = {name: spec.field(name) for name, spec in loaded.policy.fields.items()}
        compiled = compile_policy(loaded.policy, Vocabulary.of(None, own))
        read = time.perf_counter()
        found = analyse(compiled)
        analysed = time.perf_counter()
        found.located(loaded)
        placed = time.perf_counter()
    kinds = Counter(each.kind.value for each in found.findings)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return (
        f"{rules:>6,} rules, {hit:<8} read {read - started:5.2f} s, analysed {analysed - read:5.2f} s, "
        f"placed {placed - analysed:5.2f} s: {told}"
    )


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ["100", "1000"]):
        for hit_policy in ("first", "unique", "any", "priority"):
            print(measured(size, hit_policy), flush=True)
