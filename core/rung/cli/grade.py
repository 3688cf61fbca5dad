"""``rung grade``: the customers of one table, graded by one policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rung.cli.options import json_option, policy_option, source_options, workspace_option
from rung.cli.population import SourceGiven, request_of
from rung.cli.progress import progress
from rung.cli.session import Session, session
from rung.cli.terminal import console, line, print_json
from rung.errors import Place, RungError
from rung.text import _, current_language

if TYPE_CHECKING:
    from rung.pipeline import GradeRequest, Progress
    from rung.runs import Run
    from rung.workspace.human_input import HumanInput

__all__ = ["grade", "graded_run"]


@click.command(
    help=_(
        "Grade the customers of SOURCE, a CSV, XLSX or Parquet file, by a policy.\n\n"
        "In a workspace SOURCE may be the name of a source it knows, and the run is kept in it. "
        "Without one, --out keeps the grades."
    )
)
@click.argument("source")
@policy_option
@source_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write the grades to a .csv, .xlsx, .parquet or .jsonl file."),
)
@click.option(
    "--strict", is_flag=True, help=_("End with 1 where a customer is not graded or a plugin failed.")
)
@click.option("--draft-map", is_flag=True, help=_("Print a draft of a mapping file for SOURCE, and end."))
@workspace_option
@json_option
def grade(
    policy: str | None,
    out: Path | None,
    strict: bool,
    draft_map: bool,
    workspace: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Grade; return 1 where ``--strict`` finds something."""
    surroundings = session(workspace)
    request = request_of(SourceGiven(**given), surroundings.policy(policy), surroundings)
    if draft_map:
        click.echo(_draft(request, surroundings))
        return 0
    if out is not None:
        _check_target(out, request)
    with progress() as report, graded_run(request, surroundings, report) as run:
        aside = None
        if out is not None:
            aside = _set_aside(run, out) if surroundings.workspace is None else None
            _export(run, out, surroundings, report)
        manifest = run.manifest
        shown = list(_shown(run, surroundings, out, aside))
    if as_json:
        kept = None if surroundings.workspace is None else manifest.run_id
        print_json({"run": kept, "out": None if out is None else str(out), "manifest": manifest})
    else:
        screen = console()
        for part in shown:
            screen.print(part)
    return 1 if strict and not manifest.is_clean else 0


@contextmanager
def graded_run(request: GradeRequest, surroundings: Session, report: Progress) -> Iterator[Run]:
    """Grade and give the run: kept where there is a workspace, else only for the block."""
    if surroundings.workspace is not None:
        with surroundings.workspace.grading(request, report) as run:
            yield run
        return
    from rung.pipeline import graded

    with graded(request, surroundings.host, report) as run:
        yield run


def _check_target(out: Path, request: GradeRequest) -> None:
    """Refuse before the work what could not be written after it."""
    from rung.runs.formats import format_of

    format_of(out)
    for path in (request.source, *request.events.values()):
        if out.exists() and out.samefile(path):
            raise RungError.of(
                _("The grades would overwrite a table they come from."),
                _("Name another file with --out."),
                Place(str(out)),
            )
    if not out.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(out))
        )


def _export(run: Run, out: Path, surroundings: Session, report: Progress) -> None:
    from rung.pipeline import scorecard_of
    from rung.runs.export import export_frame
    from rung.runs.formats import format_of, write_table

    compiled = scorecard_of(run, surroundings.host).compiled
    lists = format_of(out).has_lists
    human = _human_input(surroundings)
    results = run.frame() if human is None else human.laid_over(run, _today())
    frame = export_frame(results, compiled, current_language(), lists=lists)
    write_table(frame, out, run.manifest.rows, report)


def _human_input(surroundings: Session) -> HumanInput | None:
    """Return what people have put in, where there is a ledger."""
    workspace = surroundings.workspace
    return workspace.human_input if workspace and workspace.human_input.is_begun else None


def _today() -> date:
    return datetime.now().astimezone().date()


def _overruled(run: Run, surroundings: Session) -> Iterator[str]:
    """Say where the overrides stand after grading anew; a ledger in trouble does not stop a run."""
    from rung.cli.override_words import tally_words

    human = _human_input(surroundings)
    if human is None:
        return
    try:
        yield from filter(None, [tally_words(human.tally(run, _today()))])
    except RungError as error:
        yield from map(str, error.problems)


def _set_aside(run: Run, out: Path) -> Path | None:
    """Keep the list of rows and values set aside beside the grades; return its file, None without any."""
    from rung.runs.atomic import whole_file
    from rung.runs.run import REJECTED

    if not run.manifest.rejected:
        return None
    aside = out.with_name(f"{out.stem}.{REJECTED}")
    with whole_file(aside) as part:
        shutil.copyfile(run.folder / REJECTED, part)
    return aside


def _shown(run: Run, surroundings: Session, out: Path | None, aside: Path | None) -> Iterator[Any]:
    from rung.cli.render_run import render_run
    from rung.pipeline import scorecard_of
    from rung.runs.run import REJECTED

    yield from render_run(run.manifest, scorecard_of(run, surroundings.host).compiled)
    yield line("")
    if out is not None:
        yield line(_("Grades written to {file}.").format(file=out))
    if surroundings.workspace is not None and run.manifest.rejected:
        aside = surroundings.workspace.store.folder / run.manifest.run_id / REJECTED
    if aside is not None:
        words = _("{n} rows or values were set aside, listed in {file}.")
        yield line(words.format(n=f"{run.manifest.rejected:,}", file=aside))
    for words in _overruled(run, surroundings):
        yield line(words, "bold yellow")
    if surroundings.workspace is not None:
        yield line(_("Kept as run {run}.").format(run=run.manifest.run_id))
        yield line(_("Why a customer has its grade: rung explain CUSTOMER"), "dim")
    elif out is None:
        yield line(_("Nothing was kept: name a file with --out, or work in a workspace (rung init)."), "dim")


def _draft(request: GradeRequest, surroundings: Session) -> str:
    from rung.intake import draft_mapping

    return draft_mapping(request.source, surroundings.shelf.vocabulary(request.policy.policy))
