"""Customers in the last runs of a sector: their ids by name, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from rung.pipeline import scorecard_of
from rung.text import MASK

if TYPE_CHECKING:
    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["Known", "ids_of", "like", "names_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """A customer of a last run."""

    customer_id: str
    name: str | None
    """As the actor may read it."""


def like(
    workspace: Workspace, runs: Sequence[str], typed: str, limit: int, pattern: str | None = None
) -> tuple[Known, ...]:
    """Return customers whose id begins with what was typed, or whose name holds it, the best fits first.

    ``pattern``: a regular expression that finds names in small letters too, such as one for initials.

    Names that are masked for the actor are not searched: a hit would tell them.
    """
    found: dict[str, Known] = {}
    for run_id in runs:
        with workspace.run(run_id) as run:
            frame = run.frame().select("customer_id", "customer_name")
            is_masked = _masks_names(workspace, run)
            by_id = pl.col("customer_id").str.to_lowercase().str.starts_with(typed.lower())
            name = pl.col("customer_name").str.to_lowercase()
            by_name = name.str.contains(typed.lower(), literal=True)
            if pattern is not None:
                by_name |= name.str.contains(pattern)
            fits = by_id if is_masked else by_id | by_name.fill_null(value=False)
            exact = (pl.col("customer_id") == typed) | (pl.col("customer_name") == typed).fill_null(
                value=False
            )
            part = frame.filter(fits).with_columns(exact.alias("exact")).collect()
        best = part.sort("exact", descending=True, maintain_order=True).head(limit)
        for customer_id, name, _exact in best.iter_rows():
            found.setdefault(customer_id, Known(customer_id, MASK if is_masked and name else name))
    return tuple(found.values())[:limit]


def ids_of(workspace: Workspace, runs: Sequence[str], customers: Sequence[str]) -> Mapping[str, str]:
    """Return the ids of customers by id, else by name, in some runs.

    Who is in none is left out, and so is a name that several customers have: nobody is guessed.
    """
    found: dict[str, str] = {}
    asked = set(customers)
    for part in _parts(workspace, runs, asked, ("customer_id", "customer_name")):
        found |= {each: each for each in part["customer_id"] if each in asked}
    named: dict[str, set[str]] = {}
    for part in _parts(workspace, runs, asked - found.keys(), ("customer_name",)):
        for customer_id, name in part.iter_rows():
            named.setdefault(name, set()).add(customer_id)
    return found | {name: ids.pop() for name, ids in named.items() if len(ids) == 1}


def _parts(
    workspace: Workspace, runs: Sequence[str], asked: set[str], columns: Sequence[str]
) -> Iterator[pl.DataFrame]:
    """Yield id and name of the customers of each run who are asked for, by any of these columns."""
    if not asked:
        return
    wanted = pl.Series(sorted(asked), dtype=pl.String).implode()
    test = pl.any_horizontal(pl.col(each).is_in(wanted) for each in columns)
    for run_id in runs:
        with workspace.run(run_id) as run:
            yield run.frame().select("customer_id", "customer_name").filter(test).collect()


def names_of(workspace: Workspace, runs: Sequence[str], customers: Sequence[str]) -> Mapping[str, str]:
    """Return what customers are called in the newest of some runs that holds them; names may be masked."""
    found: dict[str, str] = {}
    for run_id in runs:
        left = set(customers) - found.keys()
        if not left:
            break
        with workspace.run(run_id) as run:
            wanted = pl.Series(sorted(left), dtype=pl.String).implode()
            frame = run.frame().select("customer_id", "customer_name")
            part = frame.filter(pl.col("customer_id").is_in(wanted)).drop_nulls().collect()
            is_masked = part.height > 0 and _masks_names(workspace, run)
        found |= {each: MASK if is_masked else name for each, name in part.iter_rows()}
    return found


def _masks_names(workspace: Workspace, run: Run) -> bool:
    compiled = scorecard_of(run, workspace.host).compiled
    return workspace.confidential.clearance(compiled).masks(compiled.vocabulary.name)
