"""Rules that contradicted one another in a run: which pairs, for how many customers, and a few of them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Final

from rung.grading.compiled import CompiledPolicy, Table
from rung.grading.outcome import CONFLICT
from rung.runs.manifest import RuleConflict
from rung.runs.run import RESULTS

__all__ = ["conflicts_in"]

_EXAMPLES: Final = 3


def conflicts_in(folder: Path, compiled: CompiledPolicy) -> tuple[RuleConflict, ...]:
    """Return the pairs of rules in conflict in a written run, those of most customers first.

    A customer's first three rules are stored, so a rule further down shows once these are settled.
    """
    if not isinstance(compiled.method, Table) or not compiled.method.may_conflict:
        return ()
    import polars as pl

    reasons = ["reason_1", "reason_2", "reason_3"]
    found = (
        pl.scan_ipc(folder / RESULTS)
        .filter(pl.col("not_graded") == CONFLICT)
        .group_by(reasons, maintain_order=True)
        .agg(pl.len(), pl.col("customer_id").head(_EXAMPLES))
        .collect()
    )
    grades = {f"rule:{rule.id}": rule.grade for rule in compiled.method.rules}
    customers: dict[tuple[str, str], int] = {}
    examples: dict[tuple[str, str], list[str]] = {}
    for *codes, count, ids in found.iter_rows():
        held = [code for code in codes if code in grades]
        for pair in combinations(held, 2):
            if compiled.method.hit == "any" and grades[pair[0]] == grades[pair[1]]:
                continue
            customers[pair] = customers.get(pair, 0) + count
            examples.setdefault(pair, []).extend(ids)
    return tuple(
        RuleConflict((_id(first), _id(second)), count, tuple(examples[first, second][:_EXAMPLES]))
        for (first, second), count in sorted(customers.items(), key=lambda item: -item[1])
    )


def _id(code: str) -> str:
    return code.partition(":")[2]
