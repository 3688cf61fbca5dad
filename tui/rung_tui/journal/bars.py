"""The lines above and below: runs or acts, by which filter, and what is under way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rung_tui.bar import Bar, Piece
from rung_tui.grading.bars import grading_under_way, work_pieces
from rung_tui.journal.desk import JournalDesk
from rung_tui.language import _
from rung_tui.modes.bars import ModeTitle, ModeViews, choice

__all__ = ["JournalStatus", "JournalTitle", "JournalViews"]

_HASH: Final = 12
# Digits of the head that are shown; copying gives all.


class JournalTitle(ModeTitle[JournalDesk]):
    """What the mode is about, and where the chain ends."""

    def pieces(self) -> Iterable[Piece]:
        """Return mode and workspace."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Runs and audit"), "strong")
        yield Piece(f"  {self._desk.workspace.folder.name}", "muted")


class JournalViews(ModeViews[JournalDesk]):
    """Runs or acts, and the filter in force."""

    def __init__(self, desk: JournalDesk) -> None:
        super().__init__(desk)
        self.acts = 0
        """How many acts are on record."""
        self.head = ""
        """The hash of the last."""

    def pieces(self) -> Iterable[Piece]:
        """Return the views, that of now marked, and what narrows it."""
        desk = self._desk
        yield self.key("view('runs')")
        runs = _("Runs {count}").format(count=f"{len(desk.runs):,}")
        yield choice(runs, "view('runs')", here=desk.view == "runs")
        yield self.key("view('audit')")
        audit = _("Audit {count}").format(count=f"{self.acts:,}")
        yield choice(audit, "view('audit')", here=desk.view == "audit")
        if desk.view == "audit":
            yield self.key("filter")
            written = _(", ").join(desk.wish.written)
            yield Piece(
                f" {written} " if written else " " + _("all acts") + " ",
                "open" if written else "muted",
                "filter",
            )
            if written:
                yield Piece("✗", "key", "clear")

    def right_pieces(self) -> Iterable[Piece]:
        """Return where the chain ends."""
        if self._desk.view == "audit" and self.head:
            yield Piece(_("Head {hash}…").format(hash=self.head[:_HASH]) + " ", "muted", "head")


class JournalStatus(Bar):
    """Where one is, and what is being worked at."""

    DEFAULT_CSS = """
    JournalStatus { background: $surface; }
    """

    def __init__(self, desk: JournalDesk) -> None:
        super().__init__(widget_id="status")
        self._desk = desk
        self.place, self.shown = 0, 0
        self.work = ""
        """What is read, in words; "" when nothing is."""

    def pieces(self) -> Iterable[Piece]:
        """Return place and number."""
        place = f"{self.place + 1:,}" if self.shown else "0"
        yield Piece(f" {place}/{self.shown:,} ", "strong")
        if self._desk.view == "runs" and self._desk.marked:
            yield Piece(" " + _("✓ to be compared: {run}").format(run=self._desk.marked), "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way, how far it is, and how to stop it."""
        yield from work_pieces(self._desk.under_way or grading_under_way(self.app), self.work)
