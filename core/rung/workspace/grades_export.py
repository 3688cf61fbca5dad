"""The grades of a run as other programs take them: all of it or some rows, with that on record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import Place, RungError
from rung.text import Language, _

if TYPE_CHECKING:
    import polars as pl

    from rung.pipeline import Progress
    from rung.plugins import PluginHost
    from rung.runs.run import Run
    from rung.workspace.human_input import HumanInput
    from rung.workspace.workspace import Workspace

__all__ = ["check_file", "export_rows", "grades_frame"]


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


def check_file(path: Path) -> None:
    """Raise RungError for a file that cannot be written: of no kind that is known, or in no folder."""
    from rung.runs.formats import format_of

    format_of(path)
    if not path.absolute().parent.is_dir():
        raise RungError.of(
            _("The folder to write into is not there."), _("Create it, or choose another."), Place(str(path))
        )
    if path.is_dir():
        raise RungError.of(_("That is a folder."), _("Name a file in it."), Place(str(path)))


def export_rows(
    workspace: Workspace,
    run_id: str,
    rows: pl.Series | None,
    path: Path,
    language: Language,
    now: datetime,
    report: Progress,
) -> int:
    """Write the rows at some places of a run, in their order, or all; return how many.

    That they were taken is on record first, where anything is confidential; what the file holds and how
    it is written is as ``rung grade --out`` has it. Raises RungError with nothing written.
    """
    import polars as pl

    from rung.runs.formats import format_of, write_table
    from rung.workspace.confidential import Export

    check_file(path)
    with workspace.run(run_id) as run:
        lists = format_of(path).has_lists
        frame = grades_frame(run, workspace.host, workspace.human_input, now.date(), language, lists=lists)
        if rows is not None:
            frame = frame.select(pl.all().gather(rows))
        count = run.manifest.rows if rows is None else len(rows)
        policy = run.manifest.policy.id
        taken = Export(what="grades", rows=count, file=path.name, policy=policy, run=run_id)
        workspace.confidential.taken(taken, now)
        write_table(frame, path, count, report)
    return count
