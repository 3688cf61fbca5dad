"""The mode's screen: one view at a time, read beside the screen and given up when another is wanted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from rung_tui.acts import Act, bindings_of
from rung_tui.key_hints import KeyHints
from rung_tui.language import _
from rung_tui.modes.bar import ModeBar
from rung_tui.monitor.bars import MonitorChoices, MonitorStatus, MonitorTitle, MonitorViews
from rung_tui.monitor.choosing import MonitorChoosing
from rung_tui.monitor.pane import MonitorPane
from rung_tui.monitor.wish import View, view_title

__all__ = ["MonitorScreen"]

_ONLY_IN: Final = {
    "choose_before": (View.DISTRIBUTION, View.MIGRATION),
    "choose_value": (View.DISTRIBUTION, View.CONCENTRATION),
    "open": (View.MIGRATION,),
    "group": (View.OVERRIDES,),
    "outcomes": (View.OVERRIDES,),
    "meaning": (View.OVERRIDES,),
    "span": (View.SERVICE,),
}


class MonitorScreen(MonitorChoosing):
    """What is watched."""

    MODE: ClassVar[str] = "monitor"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("stop", lambda: _("Stop"), "escape", about=lambda: _("give up what is being read")),
        Act("open", lambda: _("Customers"), "enter ctrl+o", about=lambda: _("who is in the cell")),
        *(
            Act(
                f"view('{view.value}')",
                partial(view_title, view),
                f"{number} f{number + 1}",
                hint=False,
            )
            for number, view in enumerate(View, 1)
        ),
        Act("choose_before", lambda: _("Run before"), "b f11"),
        Act(
            "choose_value",
            lambda: _("Value"),
            "v alt+v",
            about=lambda: _("which amount or count is followed"),
        ),
        Act(
            "group",
            lambda: _("Side by side"),
            "g f10",
            about=lambda: _("by person, reason, team, grade or kind"),
        ),
        Act(
            "outcomes",
            lambda: _("Outcomes"),
            "o alt+o",
            about=lambda: _("a table of what became of customers"),
        ),
        Act("meaning", lambda: _("Feared or hoped for"), "f ctrl+g", hint=False),
        Act("span", lambda: _("How far"), "p ctrl+w", about=lambda: _("days back and weeks ahead")),
        Act("choose_now", lambda: _("Run"), "n ctrl+n", about=lambda: _("which run is watched")),
        Act("again", lambda: _("Read again"), "r ctrl+r"),
        Act("leave", lambda: _("Queue"), "escape"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ACTS)]

    def compose(self) -> ComposeResult:
        """Lay out the lines and the pane."""
        yield ModeBar()
        yield MonitorTitle(self.desk)
        yield MonitorViews(self.desk, "views")
        yield MonitorChoices(self.desk, "choices")
        yield MonitorPane(self._lines)
        yield MonitorStatus(self.desk, "status")
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then read."""
        super().on_mount()
        self.pane.focus()
        self._want(self.desk.wish)

    def on_unmount(self) -> None:
        """Give up what is being read, and let go of what was: of a million customers that is much."""
        self.action_stop()
        self.desk.found.clear()

    def relabel(self) -> None:
        """Write everything anew, in the language of now."""
        super().relabel()
        self.pane.lay_out()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the view of now has."""
        if action == "stop":
            return self.is_reading
        if action == "leave":
            return not self.is_reading
        if action == "meaning":
            return self.desk.wish.view is View.OVERRIDES and self.desk.wish.outcomes is not None
        if action in _ONLY_IN and self.desk.wish.view not in _ONLY_IN[action]:
            return False
        return super().check_action(action, parameters)

    def action_view(self, view: str) -> None:
        """Show another view."""
        if view != self.desk.wish.view:
            self._want(replace(self.desk.wish, view=View(view)))

    # The cell of the migration

    @on(MonitorPane.Moved)
    def _arrow(self, event: MonitorPane.Moved) -> None:
        if self.grid is None:
            self.pane.scroll_relative(y=event.down, animate=False, force=True)
            return
        self._to_cell(self._cell_beside(event.across, event.down))

    @on(MonitorPane.Pressed)
    def _pressed(self, event: MonitorPane.Pressed) -> None:
        if self.grid is None:
            return
        place = self._cell_at(event.x, event.y)
        if place is not None:
            self._to_cell(place)
            if event.is_twice:
                self.action_open()
