"""The plugins installed, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung_tui.drawn import Line, line, wrap
from rung_tui.language import _, spoken
from rung_tui.scroll_text import ReadingScreen

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["FaultsScreen"]


class FaultsScreen(ReadingScreen):
    """What the plugin host knows now, and what it knew when the run was made."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review

    def heading(self) -> str:
        """Return the title."""
        return _("Plugins")

    def lines(self, width: int) -> list[Line]:
        """Return each plugin, then the faults."""
        spoken()
        host = self._review.workspace.host
        lines: list[Line] = []
        for info in host.listing():
            origin = f"  {info.distribution} {info.version}"
            state = (f"  {_state(info.state.value)}", "error" if info.state.value == "faulty" else "")
            lines += wrap(line((info.id, "strong"), (origin, "muted"), state), width)
        now = [str(fault) for fault in host.faults()]
        lines += [(), *_told(_("Faults now"), now, width)]
        then = self._review.manifest.faults
        return [*lines, (), *_told(_("Faults when the run was made"), then, width)]


def _state(state: str) -> str:
    return {"not loaded": _("not loaded"), "loaded": _("loaded"), "faulty": _("faulty")}[state]


def _told(title: str, faults: list[str] | tuple[str, ...], width: int) -> list[Line]:
    lines: list[Line] = [line((title, "title"))]
    if not faults:
        return [*lines, line((_("none"), "muted"))]
    for fault in faults:
        lines += wrap(line(("! ", "error"), fault), width, 2)
    return lines
