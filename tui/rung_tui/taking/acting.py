"""Writes the customers shown to a file, and copies what one wants of a customer, from the queue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import Problem, RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.beside import StoppedError
from rung_tui.bulk.acting import BulkActing
from rung_tui.bulk.desk import BatchDesk
from rung_tui.language import _, spoken, words
from rung_tui.modes.desk import Desk, doors_of
from rung_tui.queue.bars import StatusBar
from rung_tui.queue.places import Places
from rung_tui.table import Column
from rung_tui.taking.desk import ExportDesk
from rung_tui.working import work

if TYPE_CHECKING:
    import polars as pl

    from rung.workspace import Workspace
    from rung_tui.queue.rows import QueueRow

__all__ = ["TakingOut"]

_TICK: Final = 0.2
# Seconds between two looks at how far a file is.
_ROW: Final = "row"
_IDS: Final = "ids"
_NONE: Final = ""
_SHOWN: Final = 60
# Characters of what was copied that the notice says.


class TakingOut(BulkActing):
    """A screen whose customers can be written to a file or copied."""

    @work(group="take", exclusive=True, opens=True)
    async def action_export(self) -> None:
        """Ask for a file and write the customers shown to it, in their order."""
        from rung.workspace.grades_export import plugins_endings
        from rung_tui.asking import AskText

        manifest, shown = self.review.manifest, self.status.shown
        if self.is_exporting:
            self.notify(_("A file is being written; Esc stops that."), markup=False)
            return
        if not shown:
            self.notify(_("There is nobody to write."), markup=False)
            return
        name = f"{manifest.policy.id}-{manifest.as_of}.xlsx"

        def title() -> str:
            return _("Write to a file · {count} customers, in the order shown").format(count=f"{shown:,}")

        desk = self._export_desk
        # Imported before one types: the ending is then looked up at once.
        theirs = await desk.work(lambda: plugins_endings(desk.workspace))

        def about() -> str:
            ours = _("The ending says what it holds: .xlsx, .csv, .parquet or .jsonl.")
            if not theirs:
                return ours
            named = _(", ").join(f"{ending} ({words(kind)})" for ending, kind in theirs)
            besides = _("Plugins write besides: {endings}.").format(endings=named)
            return f"{ours} {besides}"

        order = self._arrangement.order
        check = partial(_check, desk.workspace)
        typed = await self.app.push_screen_wait(AskText(title, about, name, check=check, again=_replaces))
        if typed is None:
            return
        path = Path(typed).expanduser()
        try:
            by = await self._exporter(path)
        except RungError as error:
            self.refuse(error)
            return
        if by != _NONE:
            self._export(path, order, by)

    @work(group="export")
    async def _export(self, path: Path, order: Sequence[int] | None, by: str | None) -> None:
        desk = self._export_desk
        desk.begin(_("Writing {file}").format(file=path.name))
        ticking = self.set_interval(_TICK, self._tell_export)
        self._tell_export()
        try:
            count = await desk.work(partial(self._written, path, order, by))
        except StoppedError:
            self.notify(_("The export was stopped: no file was written."), markup=False)
        except Exception as error:  # whatever the disk says: it is told, and one goes on
            self.refuse(error)
        else:
            told = _("Written: {count} customers to {file}")
            self.notify(told.format(count=f"{count:,}", file=path.absolute()), markup=False, timeout=8)
        finally:
            desk.is_writing = False
            ticking.stop()
            self._tell_export()

    @property
    def is_exporting(self) -> bool:
        """Whether a file is being written."""
        return self._export_desk.is_writing

    def _tell_export(self) -> None:
        desk = self._export_desk
        for status in self.query(StatusBar):  # none is left once the program ends
            status.export = desk.told if desk.is_writing else ""
            status.refresh()

    def action_stop_export(self) -> None:
        """Have no file written after all."""
        self._export_desk.stop()
        self._tell_export()

    async def _exporter(self, path: Path) -> str | None:
        """Return which plugin's exporter writes a file: the one there is, or the one chosen.

        None where it is none of a plugin's, ``_NONE`` where none was chosen.
        """
        from rung.workspace.grades_export import exporters_for
        from rung_tui.chooser import Choice, Chooser

        desk = self._export_desk
        able = await desk.work(lambda: exporters_for(path, desk.workspace))
        if len(able) < 2:
            return able[0].id if able else None

        def choices() -> list[Choice]:
            return [Choice(each.id, words(each.title), f"{each.id} · {each.origin}") for each in able]

        heading = _("Several plugins write {ending}: which one is to?").format(ending=path.suffix)
        return await self.app.push_screen_wait(Chooser(lambda: heading, choices)) or _NONE

    @property
    def _export_desk(self) -> ExportDesk:
        desks: dict[str, Desk] = self.app.desks  # type: ignore[attr-defined]
        found = desks.get("export")
        if not isinstance(found, ExportDesk):
            found = desks["export"] = ExportDesk(doors_of(self.review.workspace))
        return found

    def _written(self, path: Path, order: Sequence[int] | None, by: str | None) -> int:
        import polars as pl

        from rung.workspace.grades_export import export_rows

        rows: pl.Series | None = None
        if isinstance(order, Places):
            rows = order.series
        elif order is not None:
            rows = pl.Series(list(order), dtype=pl.UInt32)
        desk, run_id = self._export_desk, self.review.manifest.run_id
        told = desk.report
        return export_rows(desk.workspace, run_id, rows, path, spoken(), desk.now(), told, out_format=by)

    # Copies

    @work(group="take", exclusive=True, opens=True)
    async def action_copy(self) -> None:
        """Ask what of the customer under the cursor to copy, or the ids of the marked."""
        from rung_tui.chooser import Choice, Chooser

        row = self.table.current
        if row is None:
            return
        marks = self.review.marks.count

        def choices() -> list[Choice]:
            cells = [(column.id, column.title(), text) for column, text in self._cells(row)]
            found = [Choice(each, title, text) for each, title, text in cells if text]
            found.append(Choice(_ROW, _("The whole row"), _("cells parted by tabs")))
            if marks:
                about = _("one a line, in the run's order")
                ids = Choice(_IDS, _("Ids of the {count} marked").format(count=f"{marks:,}"), about)
                found.insert(0, ids)
            return found

        chosen = await self.app.push_screen_wait(Chooser(lambda: _("Copy"), choices))
        if chosen is None:
            return
        if chosen == _IDS:
            numbers = list(self.review.marks)
            ids = await self.review.telling(lambda: BatchDesk(self.review).ids(numbers))
            text = "\n".join(ids)
        elif chosen == _ROW:
            text = "\t".join(text for _column, text in self._cells(row))
        else:
            text = next(text for column, text in self._cells(row) if column.id == chosen)
        await self._copied(text)

    def _cells(self, row: QueueRow) -> list[tuple[Column[QueueRow], str]]:
        columns = self.review.columns.columns()
        return [(column, column.cell(row).text.strip()) for column in columns]

    async def _copied(self, text: str) -> None:
        from rung_tui.taking import clipboard
        from rung_tui.taking.clipboard import Outcome

        outcome = await self.review.telling(lambda: clipboard.put(text))
        if outcome is Outcome.SENT:
            self.app.copy_to_clipboard(text)
        told = {
            Outcome.COPIED: _("Copied: {text}"),
            Outcome.TMUX: _("Handed to tmux, which passes it on if the terminal lets it: {text}"),
            Outcome.SENT: _("Sent to the terminal, which does not say whether it took it: {text}"),
            Outcome.TOO_LONG: _("Not copied: too long for a terminal. {key} writes it to a file."),
        }
        severity: Final = "warning" if outcome is Outcome.TOO_LONG else "information"
        self.notify(
            told[outcome].format(text=_begun(text), key=key_of(acts_on(self), "export")),
            severity=severity,
            markup=False,
        )


def _begun(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _check(workspace: Workspace, typed: str) -> Sequence[Problem]:
    from rung.workspace.grades_export import check_file

    if not typed:
        return (Problem(_("No file is named.")),)
    try:
        check_file(Path(typed).expanduser(), workspace)
    except RungError as error:
        return error.problems
    except (OSError, RuntimeError, ValueError) as error:
        return (Problem(str(error)),)
    return ()


def _replaces(typed: str) -> Sequence[Problem]:
    if not Path(typed).expanduser().exists():
        return ()
    return (Problem(_("That file is there already."), _("Enter once more replaces it.")),)
