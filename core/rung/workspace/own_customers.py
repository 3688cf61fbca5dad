"""Which customers are those of whoever is at the keyboard: by the ledger, else by the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.runs.run import MEASURED, RESULTS

if TYPE_CHECKING:
    import polars as pl

    from rung.runs.run import Run
    from rung.workspace.workspace import Workspace

__all__ = ["own_customers"]


def own_customers(workspace: Workspace, run: Run) -> pl.Series | None:
    """Return for each row of a run whether it is theirs; None where they look after nobody at all.

    Whom the ledger assigns somebody is theirs and nobody else's, whatever the source says; whom it has in
    the public pool is nobody's.
    """
    import polars as pl

    from rung.ledger.service.filters import HoldingFilter

    human = workspace.human_input
    actor, field = human.actor(), workspace.config.portfolio
    held: dict[str, str | None] = {}
    if human.is_begun:
        with human.ledger() as store:
            held = {each.customer_id: each.account for each in store.holdings(HoldingFilter())}
    mine = [customer for customer, account in held.items() if account == actor.account]
    if not mine and not (actor.portfolio and field):
        return None
    measured = pl.scan_ipc(run.folder / MEASURED)
    theirs = pl.lit(value=False)
    if actor.portfolio and field and field in measured.collect_schema():
        theirs = pl.col(field).cast(pl.String).is_in(list(actor.portfolio)).fill_null(value=False)
    ids = pl.scan_ipc(run.folder / RESULTS).select("customer_id").collect().to_series()
    found = measured.select(theirs.alias("mine")).collect().to_series()
    if len(found) == 1 and len(ids) != 1:
        found = pl.repeat(found[0], len(ids), eager=True, dtype=pl.Boolean)
    if held:
        found = found & ~ids.is_in(list(held)) | ids.is_in(mine)
    return found if mine or found.any() else None
