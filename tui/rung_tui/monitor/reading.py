"""The part of the mode's screen that reads a view, says how far it is, and gives up what nobody waits for."""

from __future__ import annotations

from asyncio import get_running_loop
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from rung.errors import RungError
from rung.progress import Progress
from rung_tui.acts import acts_on, key_of
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.modes.screen import ModeScreen
from rung_tui.monitor.bars import MonitorStatus
from rung_tui.monitor.desk import MonitorDesk, StoppedError, Ticket
from rung_tui.monitor.pane import MonitorPane
from rung_tui.monitor.wish import MonitorWish
from rung_tui.working import work

if TYPE_CHECKING:
    from rung_tui.review import Review

__all__ = ["MonitorReading"]

_OFTEN: Final = 0.1
# Seconds between two words on how far the work is.


class MonitorReading(ModeScreen[MonitorDesk]):
    """A monitor that reads what one wants to see."""

    def __init__(self, desk: MonitorDesk, review: Review) -> None:
        super().__init__(desk, review)
        self._ticket: Ticket | None = None
        self._failed: RungError | None = None
        self._was_stopped = False

    @property
    def pane(self) -> MonitorPane:
        """Where the figures stand."""
        return self.query_one(MonitorPane)

    @property
    def is_reading(self) -> bool:
        """Whether something is being read."""
        return self._ticket is not None

    @property
    def found(self) -> Any:
        """What the view of now shows; None where it is not read, or there is nothing."""
        return self.desk.found.get(self.desk.wish.key)

    def _want(self, wish: MonitorWish) -> None:
        """Show another view, from what was read before if it was."""
        if self._ticket is not None:
            self._ticket.stopped.set()
            self._ticket = None
        self.desk.wish, self._failed, self._was_stopped = wish, None, False
        if wish.key in self.desk.found:
            self._say("")
            self._show()
            return
        self._ticket = Ticket(wish)
        self._say(_("Counting…"))
        self._show()
        self._read(self._ticket)

    @work(group="watch")
    async def _read(self, ticket: Ticket) -> None:
        desk, report = self.desk, self._reporter(ticket)

        def read() -> tuple[MonitorWish, Any]:
            ticket.check()
            wish = ticket.wish if ticket.wish.before_id is not None else desk.first(ticket.wish)
            return wish, desk.read(Ticket(wish, ticket.stopped), report)

        try:
            wish, found = await desk.work(read)
        except StoppedError:
            return
        except RungError as error:
            if self._ticket is ticket:
                self._failed = error
                self._finished()
            return
        if self._ticket is ticket and self.is_attached:
            desk.wish = wish
            desk.found[wish.key] = found
            self._settle_cell()
            self._finished()

    def _finished(self) -> None:
        self._ticket = None
        self._say("")
        self._show()

    def _settle_cell(self) -> None:
        """Keep the cursor on a cell there is."""
        migration = getattr(self.found, "migration", None)
        if migration is not None:
            row, column = self.desk.place
            self.desk.place = min(row, len(migration.before) - 1), min(column, len(migration.after) - 1)

    def _reporter(self, ticket: Ticket) -> Progress:
        loop, told = get_running_loop(), [0.0]

        def report(stage: str, done: int, whole: int | None) -> None:
            if monotonic() - told[0] < _OFTEN:
                return
            told[0] = monotonic()
            far = f" {done * 100 // whole}%" if whole else f" {done:,}" if done else ""
            loop.call_soon_threadsafe(self._tell, ticket, f"{stage}{far}…")

        return report

    def _tell(self, ticket: Ticket, word: str) -> None:
        if self._ticket is ticket and self.is_attached:
            self._say(word)

    def _say(self, word: str) -> None:
        for status in self.query(MonitorStatus):
            status.work = word
            status.refresh()

    def _show(self) -> None:
        self.pane.lay_out(anew=True)
        self.refresh_bindings()
        for bar in self.query("Bar"):
            bar.refresh()

    def _lines(self, width: int, height: int) -> list[Line]:
        """Return what stands in the pane."""
        if self.desk.wish.key in self.desk.found:
            from rung_tui.monitor.drawing import drawn

            return drawn(self.desk, self.desk.wish.view, self.found, width, height)
        if self._failed is not None:
            lines: list[Line] = []
            for problem in self._failed.problems:
                lines += paragraph([("✗ ", "error"), problem.message, (f" {problem.hint}", "muted")], width)
            return lines
        if self._was_stopped:
            return paragraph(
                [
                    (
                        _("Stopped. {key} reads it after all.").format(key=key_of(acts_on(self), "again")),
                        "muted",
                    )
                ],
                width,
            )
        return paragraph([(_("Counting…"), "muted")], width)

    def action_stop(self) -> None:
        """Give up what is being read."""
        if self._ticket is not None:
            self._ticket.stopped.set()
            self._was_stopped = True
            if self.is_attached and self.is_running:
                self._finished()

    def action_again(self) -> None:
        """Read everything anew."""
        self.desk.found.clear()
        self.desk.forget_runs()
        self._want(self.desk.wish)
