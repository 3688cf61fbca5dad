"""Where grades go: a file, written whole, or standard output for the next program in a pipe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from rung import moments
from rung.cli.options import FORMATS, STANDARD
from rung.cli.standard_output import pour
from rung.errors import Place, RungError
from rung.text import _, current_language

if TYPE_CHECKING:
    import polars as pl

    from rung.cli.session import Session
    from rung.pipeline import GradeRequest
    from rung.progress import Progress
    from rung.runs import Run
    from rung.runs.grades_format import GradesFormat
    from rung.workspace import Workspace
    from rung.workspace.human_input import HumanInput

__all__ = [
    "check_outlet",
    "chosen_format",
    "export_grades",
    "human_input",
    "is_piped",
    "outlet",
    "set_aside",
]

_USUAL: Final = "jsonl"
# What standard output carries where nobody says.


def is_piped(out: Path | None) -> bool:
    """Return whether the grades go to standard output, and nothing else may."""
    return out is not None and str(out) == STANDARD


def check_outlet(out: Path | None, out_format: str | None, as_json: bool) -> None:
    """Refuse options that contradict each other, before anything is read."""
    if out_format is not None and out is None:
        raise RungError.of(
            _("--out-format goes with --out only."), _("Name a file with --out, or “-” for standard output.")
        )
    if as_json and is_piped(out):
        raise RungError.of(
            _("--json and --out - both want standard output."),
            _("Leave --json out: the summary then stands on the error stream."),
        )


def chosen_format(out: Path | None, out_format: str | None, surroundings: Session) -> GradesFormat | None:
    """Return what the grades are written as, ours or a plugin's; None where they are not written.

    Raises RungError for what nobody can write, before anything is read.
    """
    from rung.runs.grades_format import format_said, grades_format

    if out is None:
        return None
    if is_piped(out):
        return format_said(out_format or _USUAL, surroundings.host, FORMATS)
    return grades_format(out, out_format, surroundings.host)


@contextmanager
def outlet(out: Path | None, written_as: GradesFormat | None, request: GradeRequest) -> Iterator[Path | None]:
    """Give the file to write the grades to, None where there is none.

    For standard output it is a temporary one, poured out when the block has ended well: nothing of it is
    seen before. Raises RungError for what could not be written after the work.
    """
    if out is None or written_as is None:
        yield None
        return
    if not is_piped(out):
        _check_target(out, request)
        yield out
        return
    with TemporaryDirectory(prefix="rung-") as temporary:
        path = Path(temporary) / f"grades{written_as.ending}"
        yield path
        pour(path, _("The grades cannot be written to standard output: {reason}."))


def _check_target(out: Path, request: GradeRequest) -> None:
    """Refuse before the work what could not be written after it."""
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


def export_grades(
    runs: Sequence[Run],
    path: Path,
    written_as: GradesFormat,
    surroundings: Session,
    report: Progress,
    *,
    marked: bool,
) -> None:
    """Write the grades of a run to a file, or of several side by side; overrides are laid over them.

    ``marked``: whether a CSV begins with the mark by which spreadsheets know it for UTF-8. In a workspace
    that keeps things confidential it is put on record first; raises RungError where that cannot be done.
    """
    import polars as pl

    from rung.runs.export import about_runs, wide_frame

    lists = written_as.has_lists
    parts = [(run.manifest.policy.id, _exported(run, surroundings, lists=lists)) for run in runs]
    if len(parts) == 1:
        frame, rows = parts[0][1], runs[0].manifest.rows
    else:
        frame = wide_frame(parts)
        rows = int(frame.select(pl.len()).collect(engine="streaming").item())
    if surroundings.workspace is not None:
        _put_on_record(runs, STANDARD if not marked else path.name, surroundings.workspace)
    about = about_runs([run.manifest for run in runs], rows)
    written_as.write(frame, path, rows, about, report, marked=marked)


def _put_on_record(runs: Sequence[Run], file: str, workspace: Workspace) -> None:
    from rung.workspace.confidential import Export

    for run in runs:
        policy, run_id = run.manifest.policy.id, run.manifest.run_id
        taken = Export(what="grades", rows=run.manifest.rows, file=file, policy=policy, run=run_id)
        workspace.confidential.taken(taken, moments.now())


def _exported(run: Run, surroundings: Session, *, lists: bool) -> pl.LazyFrame:
    from rung.workspace.grades_export import grades_frame

    human = human_input(surroundings)
    return grades_frame(run, surroundings.host, human, moments.today(), current_language(), lists=lists)


def human_input(surroundings: Session) -> HumanInput | None:
    """Return what people have put in, where there is a ledger."""
    workspace = surroundings.workspace
    return workspace.human_input if workspace and workspace.human_input.is_begun else None


def set_aside(run: Run, out: Path) -> Path | None:
    """Keep the list of rows and values set aside beside the grades; return its file, None without any."""
    from rung.runs.atomic import whole_file
    from rung.runs.run import REJECTED

    if not run.manifest.rejected:
        return None
    aside = out.with_name(f"{out.stem}.{REJECTED}")
    with whole_file(aside) as part:
        shutil.copyfile(run.folder / REJECTED, part)
    return aside
