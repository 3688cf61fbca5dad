"""``rung explain``: why a customer has its grade, from a kept run or straight from a table."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.chosen_runs import chosen_runs
from rung.cli.options import (
    STANDARD,
    json_option,
    policies_option,
    previous_option,
    settings_option,
    source_options,
    workspace_option,
)
from rung.cli.population import SourceGiven, day_meant, request_of
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.sheet_out import HTML, JSON, FormOption, chosen_form, poured, write_sheets
from rung.cli.told import show_told
from rung.errors import RungError
from rung.text import _
from rung.workspace.destination import check_destination

if TYPE_CHECKING:
    from rung.runs import Run

__all__ = ["explain"]


@click.command(
    help=_(
        "Say why CUSTOMER, by id or name, has its grade, what would change it and what was promised.\n\n"
        "In a workspace it is looked up in the latest run, in the one named with --run, or in the last run "
        "by each --policy. Elsewhere name the table with --source, or a data source with --from, and the "
        "policies with --policy."
    )
)
@click.argument("customer")
@click.option("--run", "run_id", metavar="ID", help=_("The run to look in; the latest if left out."))
@click.option(
    "--all-policies",
    is_flag=True,
    help=_(
        "Under every policy the run was made with; a run made alone: under every policy of the workspace."
    ),
)
@click.option(
    "--source",
    metavar="FILE",
    help=_("A table to grade and explain from, keeping nothing; “-” is standard input."),
)
@policies_option
@previous_option
@source_options
@settings_option
@click.option(
    "--to",
    type=FormOption(),
    help=_("Text, JSON, or a rating sheet for the file as HTML, to be printed; by the ending of --out."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("The file to write it to; “-” and without it: standard output."),
)
@workspace_option
@json_option
def explain(
    customer: str,
    run_id: str | None,
    all_policies: bool,
    source: str | None,
    policies: tuple[str, ...],
    previous: str | None,
    to: str | None,
    out: Path | None,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Explain one customer's grade, or its grades by several policies."""
    form = chosen_form(to, out, as_json=as_json)
    if out is not None and str(out) != STANDARD:
        check_destination(out)  # before it is on record that values were read

    def tell(runs: Sequence[Run], surroundings: Session) -> None:
        if form == HTML:
            write_sheets(runs, customer, surroundings, out)
            return
        with poured(out):
            show_told(runs, customer, surroundings, as_json=form == JSON)

    surroundings = session(workspace)
    asked = SourceGiven(source=source, **given)
    if source is None and asked.plugin is None:
        if previous is not None:
            raise RungError.of(
                _("--previous goes with --source only."), _("A run keeps what it was measured against.")
            )
        wanted = chosen_runs(surroundings.in_workspace(), run_id, policies, all_policies=all_policies)
        with ExitStack() as stack:
            runs = [stack.enter_context(surroundings.in_workspace().run(each)) for each in wanted]
            tell(runs, surroundings)
        return
    if run_id is not None or all_policies:
        raise RungError.of(_("--source and --from exclude --run and --all-policies: they keep no run."))
    without = Session(surroundings.host, None)
    loaded = surroundings.policies(policies, day_meant(asked, surroundings))
    history = surroundings.workspace.store if surroundings.workspace else None
    with request_of(asked, loaded, surroundings) as request, progress() as report:
        requests = [replace(request, policy=policy, previous=previous, history=history) for policy in loaded]
        from rung.workspace.grading import graded_runs

        with graded_runs(requests, without.at_hand, report) as graded:
            tell(graded, without)
