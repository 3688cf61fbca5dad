"""Which customers are those of whoever is at the keyboard: by the ledger, else by the source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from rung.runs.run import MEASURED, RESULTS

if TYPE_CHECKING:
    import polars as pl

    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["has_own", "own_among", "own_customers"]


def own_customers(workspace: Workspace, run: Run) -> pl.Series | None:
    """Return for each row of a run whether it is theirs; None where they look after nobody at all.

    Whom the ledger assigns somebody is theirs and nobody else's, whatever the source says; whom it has in
    the public pool is nobody's.
    """
    import polars as pl

    field, portfolio = _of_the_source(workspace)
    held = _held(workspace)
    mine = [customer for customer, is_mine in held.items() if is_mine]
    if not mine and not portfolio:
        return None
    measured = pl.scan_ipc(run.folder / MEASURED)
    theirs = pl.lit(value=False)
    if portfolio and field in measured.collect_schema():
        theirs = pl.col(field).cast(pl.String).is_in(portfolio).fill_null(value=False)
    ids = pl.scan_ipc(run.folder / RESULTS).select("customer_id").collect().to_series()
    found = measured.select(theirs.alias("mine")).collect().to_series()
    if len(found) == 1 and len(ids) != 1:
        found = pl.repeat(found[0], len(ids), eager=True, dtype=pl.Boolean)
    if held:
        found = found & ~ids.is_in(list(held)) | ids.is_in(mine)
    return found if mine or found.any() else None


def has_own(workspace: Workspace) -> bool:
    """Whether they look after anybody: customers the ledger assigns them, or a portfolio of the source."""
    return bool(_of_the_source(workspace)[1]) or any(_held(workspace).values())


def own_among(workspace: Workspace, runs: Sequence[str], customers: Collection[str]) -> frozenset[str]:
    """Return which of some customers are theirs, as ``own_customers`` has it.

    ``runs``: newest first; the source's word is that of the first that holds the customer and the portfolio.
    """
    import polars as pl

    field, portfolio = _of_the_source(workspace)
    held = _held(workspace)
    found = {each for each in customers if held.get(each)}
    left = {each for each in customers if each not in held} if portfolio else set()
    for run_id in runs:
        if not left:
            break
        with workspace.run(run_id) as run:
            measured = pl.scan_ipc(run.folder / MEASURED)
            if field not in measured.collect_schema():
                continue
            wanted = pl.Series(sorted(left), dtype=pl.String).implode()
            whose = pl.col(field).cast(pl.String).is_in(portfolio).fill_null(value=False)
            known = measured.filter(pl.col("customer_id").is_in(wanted))
            told = dict(known.select("customer_id", whose.alias("mine")).collect().iter_rows())
        found |= {customer for customer, is_mine in told.items() if is_mine}
        left -= told.keys()
    return frozenset(found)


def _of_the_source(workspace: Workspace) -> tuple[str, list[str]]:
    """Return the field that says whose customer somebody is, and which of its values are theirs."""
    field = workspace.config.portfolio
    return (field, list(workspace.human_input.actor().portfolio)) if field else ("", [])


def _held(workspace: Workspace) -> dict[str, bool]:
    """Return the customers the ledger knows the holder of, and whether that is whoever asks."""
    from rung.ledger.service.filters import HoldingFilter

    human = workspace.human_input
    if not human.is_begun:
        return {}
    account = human.actor().account
    with human.ledger() as store:
        return {each.customer_id: each.account == account for each in store.holdings(HoldingFilter())}
