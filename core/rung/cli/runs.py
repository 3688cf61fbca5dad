"""``rung runs``: the runs a workspace keeps, newest first, and where human input stands in the last."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rung import moments
from rung.cli.options import json_option, workspace_option
from rung.cli.override_words import tally_words
from rung.cli.session import session
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import Problem, RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.ledger import Tally
    from rung.runs.manifest import Manifest
    from rung.workspace import Workspace

__all__ = ["runs"]


@click.command(help=_("List the runs of the workspace, newest first."))
@workspace_option
@json_option
def runs(workspace: Path | None, as_json: bool) -> int:
    """List the runs; return 1 where one is damaged."""
    surroundings = session(workspace).in_workspace()
    shelved = surroundings.runs()
    tallies, troubles = _tallies(surroundings, shelved.manifests)
    problems = [*shelved.problems, *troubles]
    changes = _changes(surroundings, shelved.manifests)
    if as_json:
        told: dict[str, object] = {"human_input": tallies} if tallies else {}
        if changes:
            told["would_differ"] = {run: [str(each) for each in found] for run, found in changes.items()}
        print_json({"runs": shelved.manifests, **told, "problems": [str(problem) for problem in problems]})
        return 1 if problems else 0
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
    elif not problems:
        console().print(line(_("No run yet. Make one: rung grade SOURCE --policy ID.")))
    several = len({found.policy.id for found in shelved.manifests}) > 1
    for found in shelved.manifests:
        if found.run_id in tallies:
            for words in tally_words(tallies[found.run_id]):
                console().print(line(f"{found.policy.id}: {words}" if several else words))
    show_problems(problems)
    show_problems(each for found in changes.values() for each in found)
    return 1 if problems else 0


def _changes(workspace: Workspace, manifests: Iterable[Manifest]) -> dict[str, tuple[Problem, ...]]:
    """Return why the last run of each policy would come out otherwise if made again, where it would."""
    from rung.workspace.rerun import would_differ

    last = {found.policy.id: found for found in reversed(list(manifests))}
    changes = {found.run_id: would_differ(workspace, found) for found in last.values()}
    return {run_id: found for run_id, found in changes.items() if found}


def _tallies(
    surroundings: Workspace, manifests: Iterable[Manifest]
) -> tuple[dict[str, Tally], list[Problem]]:
    """Return where human input stands in the last run of each policy, and what keeps that from being told."""
    human_input = surroundings.human_input
    tallies: dict[str, Tally] = {}
    problems: list[Problem] = []
    last = {found.policy.id: found.run_id for found in reversed(list(manifests))}
    if not human_input.is_begun:
        return tallies, problems
    for run_id in last.values():
        try:
            with surroundings.run(run_id) as run:
                tallies[run_id] = human_input.tally(run, moments.today())
        except RungError as error:
            problems += error.problems
    return tallies, list(dict.fromkeys(problems))
