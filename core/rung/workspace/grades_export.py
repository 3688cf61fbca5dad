"""The grades of a run as other programs take them: all of it or some rows, with that on record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import Place, RungError
from rung.text import Language, Text, _

if TYPE_CHECKING:
    import polars as pl

    from rung.plugins import PluginHost
    from rung.progress import Progress
    from rung.runs.grades_format import ExporterKnown
    from rung.runs.run import Run
    from rung.workspace.human_input import HumanInput
    from rung.workspace.workspace import Workspace

__all__ = ["check_file", "export_rows", "exporters_for", "grades_frame", "plugins_endings"]


def grades_frame(
    run: Run, host: PluginHost, human: HumanInput | None, today: date, language: Language, *, lists: bool
) -> pl.LazyFrame:
    """Return the grades of a run in its order, overrides laid over them where ``human`` has a ledger."""
    from rung.pipeline import scorecard_of
    from rung.runs.export import export_frame

    compiled = scorecard_of(run, host).compiled
    is_begun = human is not None and human.is_begun
    results = human.laid_over(run, today).frame() if human is not None and is_begun else run.frame()
    return export_frame(results, compiled, language, lists=lists)


def check_file(path: Path, workspace: Workspace) -> None:
    """Raise RungError for a file that cannot be written: of no kind that is known, or in no folder.

    Plugins that write files are imported where the ending is none of ours.
    """
    exporters_for(path, workspace)
    _check_place(path)


def _check_place(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(path))
        )
    if path.is_dir():
        raise RungError.of(_("That is a folder."), _("Name a file in it."), Place(str(path)))


def plugins_endings(workspace: Workspace) -> tuple[tuple[str, Text], ...]:
    """Return the endings of files that plugins write, each with its format's title, importing the plugins."""
    from rung.runs.grades_format import exporters_known

    known, _faulty = exporters_known(workspace.host)
    return tuple((ending, each.title) for each in known for ending in each.endings)


def exporters_for(path: Path, workspace: Workspace) -> tuple[ExporterKnown, ...]:
    """Return the plugins' exporters that write a file of that name; none where its kind is one of our own.

    Raises RungError for an ending nobody knows.
    """
    from rung.runs.grades_format import SeveralExportersError, grades_format

    try:
        by = grades_format(path, None, workspace.host).by
    except SeveralExportersError as several:
        return several.exporters
    return () if by is None else (by,)


def export_rows(
    workspace: Workspace,
    run_id: str,
    rows: pl.Series | None,
    path: Path,
    language: Language,
    now: datetime,
    report: Progress,
    *,
    out_format: str | None = None,
) -> int:
    """Write the rows at some places of a run, in their order, or all; return how many.

    That they were taken is on record first, where anything is confidential; what the file holds and how
    it is written is as ``rung grade --out`` and ``--out-format`` have it. Raises RungError with nothing
    written.
    """
    import polars as pl

    from rung.runs.export import about_runs
    from rung.runs.grades_format import grades_format
    from rung.workspace.confidential import Export

    written_as = grades_format(path, out_format, workspace.host)
    _check_place(path)
    with workspace.run(run_id) as run:
        lists = written_as.has_lists
        frame = grades_frame(run, workspace.host, workspace.human_input, now.date(), language, lists=lists)
        if rows is not None:
            frame = frame.select(pl.all().gather(rows))
        count = run.manifest.rows if rows is None else len(rows)
        policy = run.manifest.policy.id
        taken = Export(what="grades", rows=count, file=path.name, policy=policy, run=run_id)
        workspace.confidential.taken(taken, now)
        written_as.write(frame, path, count, about_runs([run.manifest], count), report)
    return count
