"""The lines above and below the plugins: how many have faults, what is under way."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.language import _
from rung_tui.modes.bars import ModeTitle
from rung_tui.plugins.desk import PluginsDesk

__all__ = ["PluginsStatus", "PluginsTitle"]


class PluginsTitle(ModeTitle[PluginsDesk]):
    """What the mode is about."""

    def __init__(self, desk: PluginsDesk, of_run: int) -> None:
        super().__init__(desk)
        self._of_run = of_run

    def pieces(self) -> Iterable[Piece]:
        """Return mode and faults."""
        now = sum(len(each.faults) for each in self._desk.plugins)
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Plugins"), "strong")
        yield Piece("  " + _("faults now: {count}").format(count=now), "error" if now else "muted")
        then = _("when the run was made: {count}").format(count=self._of_run)
        yield Piece(f"  {then}", "warning" if self._of_run else "muted")


class PluginsStatus(Bar):
    """How many plugins there are, and how far the check is."""

    DEFAULT_CSS = """
    PluginsStatus { background: $surface; }
    """

    def __init__(self, desk: PluginsDesk) -> None:
        super().__init__(widget_id="status")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return numbers."""
        plugins = self._desk.plugins
        yield Piece(" " + _("plugins: {count}").format(count=len(plugins)), "strong")
        off = sum(each.state == "disabled" for each in plugins)
        if off:
            yield Piece("  " + _("disabled: {count}").format(count=off), "open")
        if self._desk.is_checked:
            yield Piece("  " + _("all were looked at"), "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way and how to stop it."""
        beside = self._desk.under_way
        if beside is not None:
            far = "" if beside.whole is None else f"{beside.done + 1}/{beside.whole}"
            yield Piece(f"{beside.stage or _('Working…')} {far} ", "pending", "stop")
            yield Piece(_("Esc stops") + " ", "muted", "stop")
