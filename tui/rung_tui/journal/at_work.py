"""The part of the mode's screen that verifies the chain, keeps its head, and writes the acts to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rung.errors import RungError
from rung.progress import Progress
from rung_tui.beside import Beside, StoppedError
from rung_tui.drawn import Line, line, wrap
from rung_tui.journal.asking import AskScreen
from rung_tui.journal.audit_view import JournalAudit
from rung_tui.journal.wish import ActsTyped
from rung_tui.language import _, spoken
from rung_tui.lines import Lines
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from rung.progress import Progress

__all__ = ["JournalWork"]

_TICK: Final = 0.2
# Seconds between two looks at how far a work is.


class JournalWork(JournalAudit):
    """A screen that does long work beside itself, one at a time."""

    @property
    def is_at_work(self) -> bool:
        """Whether a long work is under way."""
        return self.desk.under_way is not None or self.is_grading

    def begin_ticking(self) -> None:
        """Have the status line follow the work under way."""
        self.set_interval(_TICK, self._tick)

    def _tick(self) -> None:
        if self.is_at_work:
            self.status.refresh()

    async def _done(self, work_: Callable[[Progress], object]) -> object:
        """Have a work done beside the screen; what it leaves behind is cleared whatever comes of it."""
        beside = self.desk.under_way = Beside(work_)
        self.say_work("")
        try:
            return await beside.result()
        finally:
            if self.desk.under_way is beside:
                self.desk.under_way = None
            if self.is_attached:
                self.say_work("")

    def action_verify(self) -> None:
        """Ask for a head kept outside, and verify the chain."""
        desk = self.desk

        async def checked(typed: str) -> str:
            from rung.workspace.acts_verified import kept_head

            if typed.strip():
                await desk.work(lambda: kept_head(typed.strip()))
            return ""

        def keep(typed: str) -> None:
            desk.kept_head = typed

        def taken(typed: str | None) -> None:
            if typed is not None:
                self._verify(typed.strip())

        def about() -> str:
            return _(
                "A hash kept outside, or @ and the file it was kept in; leave it empty if you have none."
            )

        self.app.push_screen(
            AskScreen(lambda: _("Verify the chain"), about, desk.kept_head, checked, keep), taken
        )

    @work(group="work")
    async def _verify(self, head: str) -> None:
        desk = self.desk
        desk.verdict = None
        self._write_verdict()
        try:
            found = await self._done(lambda report: desk.verify(head, report))
        except StoppedError:
            self.notify(_("Verifying was stopped: nothing is said about the chain."), markup=False)
            return
        except Exception as error:  # whatever it is, the screen goes on
            self.refuse(error)
            return
        from rung.ledger import Verdict

        desk.verdict = found if isinstance(found, Verdict) else None
        if self.is_attached:
            self._write_verdict()

    def _write_verdict(self) -> None:
        self.query_one("#verdict", Lines).refresh(layout=True)
        self.tell_place()

    def verdict_lines(self, width: int) -> list[Line]:
        """Return what the last verifying found."""
        verdict = self.desk.verdict
        if verdict is None or not self.is_audit:
            return []
        from rung.workspace.acts_verified import verdict_words

        spoken()
        lines: list[Line] = []
        signs = {"bad": ("✗ ", "error"), "good": ("✓ ", "good")}
        for words, role in verdict_words(verdict):
            lines += wrap(line(signs.get(role, ("  ", "")), (words, role)), max(1, width), 2)
        return lines

    @property
    def broken(self) -> int | None:
        """The number of the first act that does not fit, if one was found."""
        verdict = self.desk.verdict
        return None if verdict is None or verdict.broken is None else verdict.broken.sequence

    def action_broken(self) -> None:
        """Go to the first act that does not fit."""
        number = self.broken
        if number is None:
            return
        place = self._rows.place_of(number) if self._rows is not None else None
        if place is None:
            self.desk.wish = self.desk.typed = ActsTyped()
            self.read_acts(number)
        else:
            self.acts.cursor = place

    @work(group="head", exclusive=True)
    async def action_head(self) -> None:
        """Show where the chain ends, and copy it."""
        desk = self.desk
        try:
            head = await desk.work(desk.head_line)
        except RungError as error:
            self.refuse(error)
            return
        if not head:
            self.notify(_("Nothing on record."), markup=False)
            return
        self.app.copy_to_clipboard(head)
        told = _("Handed to the terminal to copy; keep it outside the ledger:")
        self.notify(f"{told}\n{head}", markup=False, timeout=15)

    def action_export(self) -> None:
        """Ask for a file, and write the acts shown to it."""
        desk = self.desk

        async def checked(typed: str) -> str:
            file = _file(typed)
            there = await desk.work(lambda: desk.check_file(file))
            return _("There is such a file: Enter once more replaces it.") if there else ""

        def keep(typed: str) -> None:
            desk.file = typed

        def taken(typed: str | None) -> None:
            if typed is not None:
                self._export(_file(typed))

        def about() -> str:
            if desk.wish.is_blank:
                return _("Every act on record, as JSON lines, oldest first.")
            return _("The acts that fit the filter, as JSON lines, oldest first.")

        self.app.push_screen(
            AskScreen(lambda: _("Export to which file?"), about, desk.file, checked, keep), taken
        )

    @work(group="work")
    async def _export(self, file: Path) -> None:
        desk, wish = self.desk, self.desk.wish
        try:
            count = await self._done(lambda report: desk.export(wish, file, report))
        except StoppedError:
            self.notify(_("The export was stopped: no file was written."), markup=False)
            return
        except Exception as error:  # whatever it is, the screen goes on
            self.refuse(error)
            return
        desk.file = ""
        told = _("{count} acts written to {file}.").format(count=f"{count:,}", file=file)
        self.notify(told, markup=False)
        if self.is_attached and wish.is_blank:
            self.read_acts()


def _file(typed: str) -> Path:
    if not typed.strip():
        raise RungError.of(_("No file is named."), _("Write where it is to be, such as acts.jsonl."))
    return Path(typed.strip()).expanduser()
