"""The lines above and below the queue: which run, which view, how many of each grade, what is going on."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.language import _, language_name, words
from rung_tui.queue.wish import READY, Arrangement, View, Wish
from rung_tui.review import Review
from rung_tui.roles import grade_role
from rung_tui.scale import scale_of_run

__all__ = ["StatusBar", "TitleBar", "ViewBar"]


class TitleBar(Bar):
    """Which run is open."""

    DEFAULT_CSS = """
    TitleBar { background: $panel; }
    """

    def __init__(self, review: Review) -> None:
        super().__init__(widget_id="title")
        self.review = review

    def pieces(self) -> Iterable[Piece]:
        """Return policy and day, a click away from the other runs."""
        manifest = self.review.manifest
        yield Piece(" Rung ", "title")
        yield Piece(f" {words(manifest.policy.title)}", "strong", "runs")
        yield Piece(f" {manifest.policy.version}", "muted", "runs")
        yield Piece(_("  as of {day}").format(day=manifest.as_of), "muted", "runs")

    def right_pieces(self) -> Iterable[Piece]:
        """Return what is wrong with plugins, and the language."""
        faults = len(self.review.manifest.faults)
        if faults:
            told = _("plugin faults: {count}").format(count=faults)
            yield Piece(f"{told}  ", "warning", "app.mode('plugins')")
        yield Piece(language_name(), "muted", "app.language")
        yield Piece(" ")


class ViewBar(Bar):
    """The ready views, the one of now marked."""

    DEFAULT_CSS = """
    ViewBar { background: $surface; }
    """

    def __init__(self, review: Review) -> None:
        super().__init__(widget_id="views")
        self.review = review
        self.view = View.ALL

    def pieces(self) -> Iterable[Piece]:
        """Return the number and the name of each view."""
        own = [View.MINE] if self.review.has_own else []
        marked = [View.MARKED] if self.view is View.MARKED else []
        for view in (*own, *READY, *marked):
            here = view is self.view
            action = f"view('{view.value}')"
            yield self.key(action, "marked" if view is View.MARKED else "")
            yield Piece(
                f"[{view.heading}]" if here else f" {view.heading}", "strong" if here else "muted", action
            )


class StatusBar(Bar):
    """How many are shown, by grade, and what is being worked at."""

    DEFAULT_CSS = """
    StatusBar { background: $surface; }
    """

    def __init__(self, review: Review) -> None:
        super().__init__(widget_id="status")
        self.review = review
        self.arrangement = Arrangement(Wish(), None, _counts(review))
        self.shown = review.manifest.rows
        self.place = 0
        self.work = ""
        """What is being worked at, in words; "" when nothing is."""
        self.export = ""
        """How far a file being written is; "" when none is."""

    def pieces(self) -> Iterable[Piece]:
        """Return place, number and grades."""
        place = f"{self.place + 1:,}" if self.shown else "0"
        yield Piece(f" {place}/{self.shown:,} ", "strong")
        if count := self.review.marks.count:
            yield Piece(_("{count} marked").format(count=f"{count:,}") + " ", "key", "marked")
            yield self.key("bulk", blank="")
            yield Piece(" " + _("overrides them") + "  ", "muted", "bulk")
        rows = self.review.manifest.rows
        if self.shown != rows:
            yield Piece(_("of {count}").format(count=f"{rows:,}") + " ", "muted")
        grades = scale_of_run(self.review.manifest)
        for number, grade in enumerate(grades):
            yield Piece(f" {grades.called(grade)}", grade_role(number, len(grades)))
            yield Piece(f" {self.arrangement.counts.get(grade, 0):,}")
        if count := self.arrangement.counts.get("", 0):
            yield Piece("  " + _("not graded"), "muted")
            yield Piece(f" {count:,}")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way and how to stop it; until the ledger was read, that it is being read."""
        if not self.review.columns.is_laid_over:
            yield Piece(_("Reading the ledger…") + " ", "pending")
        if self.export and not self.work:
            yield Piece(f"{self.export} ", "pending", "stop_export")
            yield Piece(_("Esc stops") + " ", "muted", "stop_export")
        if self.work:
            yield Piece(f"{self.work} ", "pending", "cancel")
            yield Piece(_("Esc stops") + " ", "muted", "cancel")


def _counts(review: Review) -> dict[str, int]:
    return {**review.manifest.counts, "": sum(review.manifest.not_graded.values())}
