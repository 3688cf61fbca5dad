"""``rung policy simulate``: whom a policy would move, over a run of the workspace or over a table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung import moments
from rung.cli.chosen_runs import warn_of_changes
from rung.cli.options import (
    json_option,
    previous_option,
    settings_option,
    source_options,
    workspace_option,
)
from rung.cli.population import SourceGiven, day_meant, request_of
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json
from rung.errors import Place, RungError
from rung.text import _, current_language

if TYPE_CHECKING:
    from rung.policy.reader import LoadedPolicy
    from rung.progress import Progress
    from rung.simulation import Simulation

__all__ = ["simulate"]


@click.command(
    help=_(
        "See whom POLICY would move, before it counts: customers by grade before and after, why they move, "
        "what they are worth, and the work its promises make.\n\n"
        "In a workspace it is tried on the values of a run and laid beside the grades given then. "
        "With --data it is tried on a table, beside another policy. Nothing is kept but what --out names."
    )
)
@click.argument("policy")
@click.option(
    "--run",
    "run_id",
    metavar="RUN",
    help=_("The run to try it on; the last by this policy, or by the one it is laid over, if left out."),
)
@click.option(
    "--data",
    metavar="SOURCE",
    help=_("A table to try it on instead of a run, or the name of a source; “-” is standard input."),
)
@click.option(
    "--against",
    metavar="ID-or-FILE",
    help=_(
        "The policy to compare with; if left out the grades of the run, or with --data the policy it is "
        "laid over, or the version in force."
    ),
)
@click.option("--value", metavar="FIELD", help=_("A number to add up, such as the yearly sales."))
@click.option(
    "--list",
    "shown",
    type=click.IntRange(min=0),
    default=20,
    metavar="N",
    help=_("How many of the customers who move are listed; 20 if left out."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write all customers who move, and why, to a .csv, .xlsx, .parquet or .jsonl file."),
)
@source_options
@settings_option
@previous_option
@workspace_option
@json_option
def simulate(
    policy: str,
    run_id: str | None,
    data: str | None,
    against: str | None,
    value: str | None,
    shown: int,
    out: Path | None,
    previous: str | None,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Try a policy out."""
    _check(out, data)
    surroundings = session(workspace)
    asked = SourceGiven(source=data, **given)
    if asked.is_there:
        if run_id is not None:
            raise RungError.of(_("--data and --run exclude each other."), _("Leave one of them out."))
        found = _over_table(asked, policy, against, value, previous, surroundings)
    else:
        _refuse_table_options(given, previous)
        found = _over_run(policy, run_id, against, value, given["as_of"], surroundings)
        _put_on_record(found, out, surroundings)
    with progress() as report:
        _write(found, out, report)
    if as_json:
        from rung.simulation import plain_simulation

        print_json(
            {"out": None if out is None else str(out), **plain_simulation(found, shown, current_language())}
        )
        return
    from rung.cli.render_simulation import render_simulation

    screen = console()
    for part in render_simulation(found, shown):
        screen.print(part)
    if out is not None:
        screen.print(line(_("Everybody who moves is listed in {file}.").format(file=out)))


def _put_on_record(found: Simulation, out: Path | None, surroundings: Session) -> None:
    """Record that customers are listed in a file, or with sensitive values; raises RungError if that fails.

    Raises RungError as well where the value followed is not for whoever asks.
    """
    from rung.workspace.confidential import Export

    confidential = surroundings.in_workspace().confidential
    compiled, value = found.after.compiled, found.population.value
    clearance = confidential.clearance(compiled)
    if value is not None and clearance.masks(value.id):
        raise RungError.of(
            _("The values of “{name}” are sensitive, and not for your role.").format(name=value.title),
            _("Follow another value, or leave --value out."),
        )
    fields = () if value is None or value.id not in clearance.fields else (value.id,)
    if out is None and not fields:
        return
    file, policy = "-" if out is None else out.name, compiled.policy.id
    taken = Export(what="simulation", rows=found.moved, file=file, policy=policy, fields=fields)
    confidential.taken(taken, moments.now())


def _check(out: Path | None, data: str | None) -> None:
    """Refuse before the work what could not be written after it."""
    from rung.runs.formats import format_of

    if out is None:
        return
    format_of(out)
    if data is not None and out.exists() and Path(data).exists() and out.samefile(data):
        raise RungError.of(
            _("The list would overwrite the table it comes from."),
            _("Name another file with --out."),
            Place(str(out)),
        )
    if not out.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(out))
        )


def _refuse_table_options(given: dict[str, Any], previous: str | None) -> None:
    names = {
        "events": "--events",
        "mapping": "--map",
        "duplicates": "--duplicates",
        "newest_by": "--newest-by",
    }
    names |= {"format": "--format", "settings": "--set"}
    strange = [option for key, option in names.items() if given[key]] + (["--previous"] if previous else [])
    if strange:
        raise RungError.of(
            _("{options} go with --data: a run has been read already.").format(options=_(", ").join(strange)),
            _("Add --data SOURCE, or leave them out."),
        )


def _over_table(
    asked: SourceGiven,
    policy: str,
    against: str | None,
    value: str | None,
    previous: str | None,
    surroundings: Session,
) -> Simulation:
    from dataclasses import replace

    from rung.policy.diff import compared_with
    from rung.simulation import simulate_table

    day = day_meant(asked, surroundings)
    candidate = surroundings.policy(policy, day)
    if against is None:
        other = compared_with(candidate, surroundings.shelf, day)
    else:
        other = surroundings.policy(against, day)
    also = () if value is None else (value,)
    with request_of(asked, (candidate, other), surroundings, also) as request, progress() as report:
        workspace = surroundings.workspace
        history = None if workspace is None else workspace.store
        wish = replace(request, history=history, previous=previous)
        return simulate_table(wish, other, surroundings.host, report, value=value)


def _over_run(
    policy: str,
    run_id: str | None,
    against: str | None,
    value: str | None,
    as_of: date | None,
    surroundings: Session,
) -> Simulation:
    from rung.pipeline import scorecard_of
    from rung.pipeline.cards import grading_policy
    from rung.simulation import simulate_run

    if surroundings.workspace is None:
        raise RungError.of(
            _("Outside of a workspace there is no run to try a policy on."),
            _("Name a table: --data FILE."),
        )
    workspace, host = surroundings.workspace, surroundings.host
    candidate = surroundings.policy(policy, as_of)
    other = None if against is None else surroundings.policy(against, as_of)
    with workspace.run(run_id or _latest(candidate, surroundings)) as run, progress() as report:
        warn_of_changes([run.manifest], host)
        return simulate_run(
            run,
            scorecard_of(run, host).compiled,
            grading_policy(candidate, host),
            report,
            against=None if other is None else grading_policy(other, host),
            value=value,
            history=workspace.store,
        )


def _latest(candidate: LoadedPolicy, surroundings: Session) -> str:
    """Return the last run by the policy, or by one it is laid over; raises RungError where there is none."""
    workspace = surroundings.in_workspace()
    below = (layer.id for layer in reversed(candidate.sources.layers))
    names = [candidate.policy.id, *below]
    manifests = workspace.runs().manifests
    found = (each.run_id for name in names for each in manifests if each.policy.id == name)
    run_id = next(found, None)
    if run_id is None:
        raise RungError.of(
            _("There is no run by the policy “{name}”, nor by one it is laid over.").format(name=names[0]),
            _("Name a run with --run, or a table with --data; “rung runs” lists the runs."),
        )
    return run_id


def _write(found: Simulation, out: Path | None, report: Progress) -> None:
    if out is None:
        return
    from rung.runs.formats import write_table
    from rung.simulation import moved_customers

    movers = moved_customers(found, current_language())
    write_table(movers.lazy(), out, movers.height, report)
