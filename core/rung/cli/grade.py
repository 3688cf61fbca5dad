"""``rung grade``: the customers of one table, graded by one policy or by several at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.chosen_runs import warn_of_changes
from rung.cli.grades_out import (
    check_outlet,
    chosen_format,
    export_grades,
    human_input,
    is_piped,
    outlet,
    set_aside,
)
from rung.cli.options import (
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
from rung.cli.terminal import console, line, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.pipeline import GradeRequest
    from rung.policy.reader import LoadedPolicy
    from rung.runs import Run
    from rung.runs.manifest import Manifest

__all__ = ["grade"]


@click.command(
    help=_(
        "Grade the customers of SOURCE, a CSV, XLSX, Parquet or JSON lines file, by a policy, or by "
        "several at once; “-” reads them from standard input, --from from a plugin's data source.\n\n"
        "In a workspace SOURCE may be the name of a source it knows, and the run is kept in it. "
        "Without one, --out keeps the grades."
    )
)
@click.argument("source", required=False)
@policies_option
@source_options
@settings_option
@previous_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_(
        "Write the grades to a .csv, .xlsx, .parquet or .jsonl file, to one of a format a plugin writes, "
        "or with “-” to standard output."
    ),
)
@click.option(
    "--out-format",
    metavar="FORMAT",
    help=_(
        "What --out is written as: csv, xlsx, parquet, jsonl or the id of a plugin's exporter; by the "
        "file's ending if left out. With “-” csv, jsonl or a plugin's, JSON lines if left out."
    ),
)
@click.option(
    "--strict", is_flag=True, help=_("End with 1 where a customer is not graded or a plugin failed.")
)
@click.option("--draft-map", is_flag=True, help=_("Print a draft of a mapping file for SOURCE, and end."))
@workspace_option
@json_option
def grade(
    policies: tuple[str, ...],
    previous: str | None,
    out: Path | None,
    out_format: str | None,
    strict: bool,
    draft_map: bool,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Grade; return 1 where ``--strict`` finds something."""
    from rung.workspace.grading import graded_runs

    check_outlet(out, out_format, as_json)
    surroundings = session(workspace)
    written_as = chosen_format(out, out_format, surroundings)
    asked = SourceGiven(**given)
    asked.check()
    loaded = surroundings.policies(policies, day_meant(asked, surroundings))
    with request_of(asked, loaded, surroundings, None if draft_map else ()) as request:
        if draft_map:
            click.echo(_draft(request, loaded, surroundings))
            return 0
        requests = [replace(request, policy=policy, previous=previous) for policy in loaded]
        with (
            outlet(out, written_as, request) as target,
            progress() as report,
            graded_runs(requests, surroundings.at_hand, report) as runs,
        ):
            if target is not None and written_as is not None:
                export_grades(runs, target, written_as, surroundings, report, marked=not is_piped(out))
            manifests = [run.manifest for run in runs]
            shown = list(_shown(runs, surroundings, out))
            warn_of_changes(_looked_back_at(manifests, surroundings), surroundings.host)
    if as_json:
        print_json(_plain(manifests, surroundings, out))
    else:
        screen = console(stderr=is_piped(out))
        for part in shown:
            screen.print(part)
    return 1 if strict and not all(manifest.is_clean for manifest in manifests) else 0


def _looked_back_at(manifests: Sequence[Manifest], surroundings: Session) -> Iterator[Manifest]:
    """Yield the runs the grades were measured against, as far as the workspace keeps them."""
    store = None if surroundings.workspace is None else surroundings.workspace.store
    for run_id in dict.fromkeys(each.previous.run_id for each in manifests if each.previous is not None):
        if store is not None and run_id is not None and run_id in store.ids():
            with store.open(run_id) as run:
                yield run.manifest


def _plain(manifests: Sequence[Manifest], surroundings: Session, out: Path | None) -> dict[str, Any]:
    is_kept = surroundings.workspace is not None
    written = None if out is None else str(out)
    found = [
        {"run": each.run_id if is_kept else None, "manifest": each, "shares": _shares(each)}
        for each in manifests
    ]
    if len(found) == 1:
        return {**found[0], "out": written}
    return {"batch": manifests[0].batch, "runs": found, "out": written}


def _shares(manifest: Manifest) -> dict[str, Any]:
    """Return each grade's share of the customers and, where these are ranked, of what ranks them."""
    ranked, rows = manifest.ranked, manifest.rows
    return {
        grade: {
            "customers": round(100 * count / rows, 1) if rows else None,
            **({} if ranked is None else {"value": ranked.per_cent(grade)}),
        }
        for grade, count in manifest.counts.items()
    }


def _overruled(run: Run, surroundings: Session) -> Iterator[str]:
    """Say where human input stands after grading anew; a ledger in trouble does not stop a run."""
    from rung.cli.override_words import tally_words

    human = human_input(surroundings)
    if human is None:
        return
    try:
        yield from tally_words(human.tally(run, moments.today()))
    except RungError as error:
        yield from map(str, error.problems)


def _shown(runs: Sequence[Run], surroundings: Session, out: Path | None) -> Iterator[Any]:
    from rung.cli.render_aside import aside_words
    from rung.cli.render_run import render_runs
    from rung.pipeline import scorecard_of
    from rung.workspace.grading import nobody_overrules

    yield from render_runs([(run.manifest, scorecard_of(run, surroundings.host).compiled) for run in runs])
    yield line("")
    if out is not None and not is_piped(out):
        yield line(_("Grades written to {file}.").format(file=out))
    # Of one table: what was set aside for one policy was so for all that asked for the same columns.
    fullest = max(runs, key=lambda run: run.manifest.rejected)
    yield from map(line, aside_words(fullest, _listed(fullest, surroundings, out)))
    for run in runs:
        for words in _overruled(run, surroundings):
            name = f"{run.manifest.policy.id}: " if len(runs) > 1 else ""
            yield line(f"{name}{words}", "bold yellow")
    if surroundings.workspace is not None:
        for run in runs:
            if words := nobody_overrules(surroundings.workspace, run):
                yield line(words, "bold yellow")
        for run in runs:
            yield line(_("Kept as run {run}.").format(run=run.manifest.run_id))
        words = _("Why a customer has its grade: rung explain CUSTOMER")
        yield line(f"{words} --all-policies" if len(runs) > 1 else words, "dim")
    elif out is None:
        yield line(_("Nothing was kept: name a file with --out, or work in a workspace (rung init)."), "dim")


def _listed(run: Run, surroundings: Session, out: Path | None) -> Path | None:
    """Return the file that lists what was set aside: the run's if kept, else one beside the grades."""
    from rung.runs.run import REJECTED

    if surroundings.workspace is not None:
        return surroundings.workspace.store.folder / run.manifest.run_id / REJECTED
    return None if out is None or is_piped(out) else set_aside(run, out)


def _draft(request: GradeRequest, policies: Sequence[LoadedPolicy], surroundings: Session) -> str:
    from rung.intake import draft_mapping

    first, *others = (surroundings.shelf.vocabulary(each.policy) for each in policies)
    for other in others:
        fields, features = {**first.fields, **other.fields}, {**first.features, **other.features}
        first = replace(first, fields=fields, features=features)
    return draft_mapping(request.source, first)
