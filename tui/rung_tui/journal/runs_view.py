"""The part of the mode's screen that shows runs: one in full, two compared, one opened in the queue."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.drawn import Line
from rung_tui.journal.base import JournalBase
from rung_tui.journal.columns import run_columns
from rung_tui.journal.compared_lines import compared_lines
from rung_tui.journal.run_lines import run_lines
from rung_tui.journal.tables import RunRows
from rung_tui.language import _, words
from rung_tui.sheet import Made, Page
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.errors import Problem
    from rung.text import Text
    from rung.workspace.runs_listed import ListedRun

__all__ = ["JournalRuns"]

_SETTLED: Final = 0.08
# Seconds the cursor rests before what is under it is looked up.


class JournalRuns(JournalBase):
    """A screen with the runs of the workspace."""

    @work(group="runs", exclusive=True)
    async def read_runs(self, run_id: str | None = None) -> None:
        """Show the runs as they are now, the cursor on ``run_id``, else where it was."""
        desk = self.desk
        try:
            runs = await desk.work(desk.read_runs)
        except (RungError, OSError) as error:
            self.refuse(error)
            return
        before = self.runs.listed
        desk.runs = runs
        ids = [each.run_id for each in runs]
        if desk.marked not in ids:
            desk.marked = ""
        shown = run_id or (self.review.manifest.run_id if before is None else before.run_id)
        self.runs.show(RunRows(runs), cursor=ids.index(shown) if shown in ids else 0)
        self.write_runs()

    def write_runs(self) -> None:
        """Write the rows anew."""
        self.runs.set_columns(run_columns(self.review.manifest.run_id, self.desk.marked))
        self.tell_place()

    @work(group="pane", exclusive=True)
    async def tell_run(self) -> None:
        """Show the run under the cursor in the pane."""
        listed = self.runs.listed
        if listed is None:
            self.pane.tell()
            return
        self.pane.tell(self._lines(listed, {}))
        if listed.manifest is not None and listed.manifest.not_graded and not listed.problems:
            await asyncio.sleep(_SETTLED)
            causes = await self.desk.work(lambda: self.desk.causes(listed.run_id))
            if self.runs.listed is listed and not self.is_audit:
                self.pane.tell(self._lines(listed, causes))

    @work(group="page", exclusive=True, opens=True)
    async def open_run_page(self) -> None:
        """Show the run under the cursor in full."""
        listed = self.runs.listed
        if listed is None:
            return
        causes: Mapping[str, Text] = {}
        if not listed.problems:
            causes = await self.desk.work(lambda: self.desk.causes(listed.run_id))
        changes = await self.desk.work(lambda: self.desk.changes(listed))
        self.app.push_screen(Page(lambda: _titled(listed), self._lines(listed, causes, changes)))

    def _lines(self, listed: ListedRun, causes: Mapping[str, Text], changes: Sequence[Problem] = ()) -> Made:
        batch = None if listed.manifest is None else listed.manifest.batch
        together = [
            each.run_id
            for each in self.desk.runs
            if batch is not None and each.manifest is not None and each.manifest.batch == batch
        ]

        def made(width: int) -> list[Line]:
            return run_lines(listed, causes, together, width, changes)

        return made

    @work(group="open", exclusive=True)
    async def action_queue(self) -> None:
        """Open the run under the cursor in the queue."""
        listed, review = self.runs.listed, self.review
        if listed is None:
            return
        if listed.problems:
            self.refuse(RungError.all(listed.problems))
            return
        if listed.run_id == review.manifest.run_id:
            self.dismiss(None)
            return
        self.say_work(_("Opening the run…"))
        try:
            await self.open_in_queue(listed.run_id)
        except RungError as error:
            self.refuse(error)
            return
        finally:
            self.say_work("")

    def action_grade(self) -> None:
        """Grade the customers of the run under the cursor again."""
        listed = self.runs.listed
        if listed is None:
            return
        if listed.manifest is None:
            self.refuse(RungError.all(listed.problems))
        else:
            self.ask_grading(listed.manifest.policy.id, listed.manifest)

    def has_graded(self, run_id: str) -> None:
        """Go to the run more."""
        self.read_runs(run_id)

    def action_mark(self) -> None:
        """Keep the run under the cursor to be compared, or let it go."""
        listed = self.runs.listed
        if listed is not None:
            self.desk.marked = "" if listed.run_id == self.desk.marked else listed.run_id
            self.write_runs()

    @work(group="compare", exclusive=True)
    async def action_compare(self) -> None:
        """Compare the run under the cursor with the one marked, else with the one before it."""
        listed, desk = self.runs.listed, self.desk
        if listed is None:
            return
        other = desk.marked if desk.marked not in ("", listed.run_id) else self._before(listed)
        if other is None:
            told = _("There is no run by this policy before it; {key} marks another to compare with.").format(
                key=key_of(acts_on(self), "mark")
            )
            self.notify(told, markup=False)
            return
        self.say_work(_("Comparing two runs…"))
        try:
            found = await desk.work(lambda: desk.compare(other, listed.run_id))
        except RungError as error:
            self.refuse(error)
            return
        finally:
            self.say_work("")
        self.app.push_screen(Page(lambda: _("Two runs compared"), lambda width: compared_lines(found, width)))

    def _before(self, listed: ListedRun) -> str | None:
        """Return the run before one, by the same policy."""
        older = self.desk.runs[self.desk.runs.index(listed) + 1 :]
        return next((each.run_id for each in older if _policy(each) == _policy(listed)), None)


def _policy(listed: ListedRun) -> str | None:
    return None if listed.manifest is None else listed.manifest.policy.id


def _titled(listed: ListedRun) -> str:
    if listed.manifest is None:
        return listed.run_id
    return f"{words(listed.manifest.policy.title)} {listed.manifest.as_of}"
