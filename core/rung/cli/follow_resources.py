"""``rung follow resources``: what is set aside for whom, as a list to hand on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.follow_wanted import DueWanted
from rung.cli.listing import check_list_out, list_out_option, the_rest, write_list
from rung.cli.options import json_option, promised_policies_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json
from rung.text import _

if TYPE_CHECKING:
    import polars as pl

    from rung.service.resources import ResourceList
    from rung.workspace import Workspace

__all__ = ["resources"]

_SHOWN = 50


@click.command(
    help=_(
        "List what the customers' grades set aside for them: goods, staff, money, a factor on the usual "
        "supply; a line for each customer and resource."
    )
)
@click.option("--grade", "grades", multiple=True, metavar="GRADE", help=_("Only customers of that grade."))
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=CELL",
    help=_("Only customers whose value fits, such as “route=East”; may be repeated."),
)
@click.option(
    "--code", "codes", multiple=True, metavar="CODE", help=_("Only promises with that code; may be repeated.")
)
@promised_policies_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("How many are shown; in JSON all."))
@list_out_option(_("Write all of it to a .xlsx or .csv file instead."))
@workspace_option
@json_option
def resources(
    grades: tuple[str, ...],
    where: tuple[str, ...],
    codes: tuple[str, ...],
    policies: tuple[str, ...],
    limit: int | None,
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """List resources."""
    from rung.workspace.customers_meant import CustomersWanted, read_where

    check_list_out(out, as_json=as_json)
    place = session(workspace).in_workspace()
    runs = DueWanted(policies=policies).runs(place)
    wanted = CustomersWanted(grades=grades, where=tuple(map(read_where, where)))
    now = moments.now()
    found = [place.service.resources(now, run, wanted, codes or None) for run in runs]
    if out is not None:
        _write(found, out, place, runs, now)
    elif as_json:
        lines = [_plain(each, row) for each in found for row in _first(each, limit)]
        print_json({"resources": lines})
    else:
        _show(found, limit or _SHOWN)
    return 0


def _first(found: ResourceList, limit: int | None) -> Iterator[dict[str, Any]]:
    return (found.frame if limit is None else found.frame.head(limit)).iter_rows(named=True)


def _plain(found: ResourceList, row: dict[str, Any]) -> dict[str, Any]:
    each = found.resources[row["resource"]]
    own = {name: row[name] for name in ("customer_id", "customer_name", "grade", "portfolio")}
    amount = None if each.amount is None else _written(each.amount)
    told = {"policy": each.policy, "source": each.source, "code": each.code, "what": each.what}
    return {**own, **told, "amount": amount, "unit": each.unit}


def _written(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _show(found: list[ResourceList], limit: int) -> None:
    count = sum(each.frame.height for each in found)
    if not count:
        console().print(line(_("The policy sets nothing aside for anybody chosen.")))
        return
    rows = [
        (
            row["customer_id"],
            row["customer_name"],
            row["grade"] or "–",
            each.resources[row["resource"]].what,
            _amount(each, row["resource"]),
        )
        for each in found
        for row in _first(each, limit)
    ]
    headers = (_("customer"), _("name"), _("grade"), _("what"), _("how much"))
    console().print(grid(headers, rows[:limit], whole=(0,)))
    for part in the_rest(len(rows[:limit]), count, has_out=True):
        console().print(part)


def _amount(found: ResourceList, place: int) -> str:
    each = found.resources[place]
    return "" if each.amount is None else f"{_written(each.amount)} {each.unit}".strip()


def _write(
    found: list[ResourceList], out: Path, place: Workspace, runs: tuple[str, ...], now: datetime
) -> None:
    import polars as pl

    from rung.workspace.confidential import Export

    table = pl.concat([_table(each) for each in found])
    taken = Export(what="resources", rows=table.height, file=out.name, run=", ".join(runs))
    place.confidential.taken(taken, now)
    write_list(table, out)


def _table(found: ResourceList) -> pl.DataFrame:
    import polars as pl

    texts = ("policy", "code", "what", "unit")
    rows = {name: [str(getattr(each, name)) for each in found.resources] for name in texts}
    amounts = [None if each.amount is None else float(each.amount) for each in found.resources]
    told = pl.DataFrame(rows, schema=dict.fromkeys(texts, pl.String)).with_columns(
        pl.Series("amount", amounts, dtype=pl.Float64)
    )
    whole = found.frame.hstack(told[found.frame["resource"]])
    return whole.select(
        pl.col("customer_id").alias(_("customer")),
        pl.col("customer_name").alias(_("name")),
        pl.col("grade").alias(_("grade")),
        pl.col("portfolio").alias(_("whose")),
        pl.col("what").alias(_("what")),
        pl.col("amount").alias(_("how much")),
        pl.col("unit").alias(_("unit")),
        pl.col("policy").alias(_("policy")),
        pl.col("code").alias(_("promise")),
    )
