"""The part of the mode's screen where one chooses runs, values, groups and files, and opens a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rung.errors import RungError
from rung_tui.chooser import Choice, Chooser
from rung_tui.language import _, words
from rung_tui.monitor.asking import OutcomesScreen
from rung_tui.monitor.reading import MonitorReading
from rung_tui.monitor.wish import GROUPS, SPANS, View
from rung_tui.monitor.written import run_label
from rung_tui.scale import scale_of_run
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.charts import HeatGrid

__all__ = ["MonitorChoosing"]


class MonitorChoosing(MonitorReading):
    """A monitor in which one chooses what is watched."""

    def action_choose_now(self) -> None:
        """Choose the run that is watched."""
        desk = self.desk

        def chosen(run_id: str | None) -> None:
            if run_id is not None and run_id != desk.wish.run_id:
                before = desk.wish.before_id if desk.wish.before_id != run_id else None
                self._want(replace(desk.wish, run_id=run_id, before_id=before))

        self._choose_run(lambda: _("Which run is watched?"), desk.wish.run_id, "", chosen)

    def action_choose_before(self) -> None:
        """Choose the run beside it."""
        desk = self.desk

        def chosen(run_id: str | None) -> None:
            if run_id is not None and run_id != desk.wish.before_id:
                self._want(replace(desk.wish, before_id=run_id))

        title = _("Which run before is it compared with?")
        self._choose_run(lambda: title, desk.wish.before_id or "", desk.wish.run_id, chosen)

    def _choose_run(
        self, title: Callable[[], str], current: str, without: str, chosen: Callable[[str | None], None]
    ) -> None:
        def choices() -> list[Choice]:
            about = _("{count} customers")
            return [
                Choice(run_id, run_label(each), about.format(count=f"{each.rows:,}"))
                for run_id, each in self.desk.manifests.items()
                if run_id != without
            ]

        self.app.push_screen(Chooser(title, choices, current), chosen)

    def action_choose_value(self) -> None:
        """Choose the value that is followed."""
        desk = self.desk
        is_held = desk.wish.view is View.CONCENTRATION

        def choices() -> list[Choice]:
            found = [Choice(each.id, words(each.title), each.unit) for each in desk.values]
            alone = [] if is_held else [Choice("", _("customers alone"))]
            return [*alone, *found]

        def chosen(value: str | None) -> None:
            if value is not None:
                wish = replace(desk.wish, held=value) if is_held else replace(desk.wish, value=value or None)
                self._want(wish)

        current = (desk.wish.held if is_held else desk.wish.value) or ""
        self.app.push_screen(Chooser(lambda: _("Which value?"), choices, current), chosen)

    def action_group(self) -> None:
        """Lay overrides side by side by the next thing, after the last all together."""
        by = GROUPS[(GROUPS.index(self.desk.wish.by) + 1) % len(GROUPS)]
        self._want(replace(self.desk.wish, by=by))

    def action_meaning(self) -> None:
        """Take the outcome as feared, or as hoped for."""
        self._want(replace(self.desk.wish, is_hoped=not self.desk.wish.is_hoped))

    def action_span(self) -> None:
        """Look further, after the furthest near again."""
        self._want(replace(self.desk.wish, span=(self.desk.wish.span + 1) % len(SPANS)))

    def action_outcomes(self) -> None:
        """Ask for the table of outcomes."""
        desk = self.desk

        def chosen(typed: str | None) -> None:
            if typed is not None:
                desk.outcomes_typed = typed
                self._want(replace(desk.wish, outcomes=Path(typed).expanduser() if typed else None))

        self.app.push_screen(OutcomesScreen(desk.outcomes_typed), chosen)

    # The cell of the migration

    @property
    def grid(self) -> HeatGrid | None:
        """The heat map on screen; None where none is."""
        found = self.found
        if self.desk.wish.view is not View.MIGRATION or found is None:
            return None
        from rung_tui.monitor.migration import grid_of

        return grid_of(found, self.pane.scrollable_content_region.width)

    def _cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        from rung_tui.monitor.migration import HEAD

        grid = self.grid
        return None if grid is None else grid.cell_at(x, y - HEAD)

    def _cell_beside(self, across: int, down: int) -> tuple[int, int]:
        grid = self.grid
        assert grid is not None
        return grid.beside(self.desk.place, across, down)

    def _to_cell(self, place: tuple[int, int]) -> None:
        from rung_tui.monitor.migration import HEAD

        self.desk.place = place
        self.pane.lay_out()
        grid = self.grid
        line = None if grid is None else grid.line_of(place)
        if line is not None:
            self.pane.reveal(HEAD + line)

    @work(group="open", exclusive=True, opens=True)
    async def action_open(self) -> None:
        """List the customers of the cell."""
        found, desk = self.found, self.desk
        if desk.wish.view is not View.MIGRATION or found is None:
            return
        from rung_tui.monitor.migration import cell_words
        from rung_tui.monitor.moved import MovedScreen

        place = desk.place
        before, after = found.migration.before[place[0]], found.migration.after[place[1]]
        if not found.migration.counts.get((before, after)):
            self.notify(_("Nobody moved so."), markup=False)
            return
        try:
            frame = await desk.work(lambda: desk.moved(found, before, after))
        except RungError as error:
            self.refuse(error)
            return
        runs = found.before.run_id, found.after.run_id
        grades = scale_of_run(found.after)
        self.app.push_screen(MovedScreen(self.review, runs, frame, grades, lambda: cell_words(found, place)))
