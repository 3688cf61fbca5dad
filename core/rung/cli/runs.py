"""``rung runs``: the runs a workspace keeps, newest first."""

from __future__ import annotations

from pathlib import Path

import click

from rung.cli.options import json_option, workspace_option
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.text import _

__all__ = ["runs"]


@click.command(help=_("List the runs of the workspace, newest first."))
@workspace_option
@json_option
def runs(workspace: Path | None, as_json: bool) -> int:
    """List the runs; return 1 where one is damaged."""
    shelved = session(workspace).in_workspace().runs()
    if as_json:
        print_json({"runs": shelved.manifests, "problems": [str(problem) for problem in shelved.problems]})
        return 1 if shelved.problems else 0
    if shelved.manifests:
        headers = (_("run"), _("policy"), _("as of"), _("customers"), _("grades"), _("not graded"))
        rows = (
            (
                found.run_id,
                found.policy.title,
                found.as_of,
                f"{found.rows:,}",
                " ".join(f"{grade}:{count:,}" for grade, count in found.counts.items()),
                f"{sum(found.not_graded.values()):,}",
            )
            for found in shelved.manifests
        )
        console().print(grid(headers, rows, right=(3, 5), whole=(0,)))
    elif not shelved.problems:
        console().print(line(_("No run yet. Make one: rung grade SOURCE --policy ID.")))
    show_problems(shelved.problems)
    return 1 if shelved.problems else 0
