"""Grades customers from a screen: asks as of which day, does it beside the screen, and offers the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from rung.errors import Problem, RungError
from rung_tui.beside import Beside, StoppedError
from rung_tui.chooser import Choice, Chooser
from rung_tui.customer.layout import paragraph
from rung_tui.drawn import Line
from rung_tui.grading.bars import grading_under_way
from rung_tui.grading.desk import GradingDesk, InEffect
from rung_tui.journal.asking import AskScreen
from rung_tui.language import _
from rung_tui.modes.desk import Desk, doors_of
from rung_tui.modes.screen import ModeScreen
from rung_tui.queue.screen import QueueScreen
from rung_tui.runs import opened_run
from rung_tui.sheet import Page
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.runs import Manifest
    from rung.workspace.grading import Graded, GradingAsked
    from rung.workspace.run_source import SourceFound

__all__ = ["GradingScreen"]

D = TypeVar("D", bound=Desk)

_TICK: Final = 0.2
# Seconds between two looks at how far it is.


class GradingScreen(ModeScreen[D]):
    """A screen of a mode from which customers are graded."""

    def on_mount(self) -> None:
        """Have the status line follow what is under way."""
        super().on_mount()
        self.set_interval(_TICK, self._follow)

    def _follow(self) -> None:
        if self.is_grading:
            self.tell_grading()

    @property
    def is_grading(self) -> bool:
        """Whether a run is being made."""
        return grading_under_way(self.app) is not None

    def tell_grading(self) -> None:
        """Have the status line say how far it is."""
        for status in self.query("#status"):
            status.refresh()

    @property
    def _grading(self) -> GradingDesk:
        desks: dict[str, Desk] = self.app.desks  # type: ignore[attr-defined]
        found = desks.get("grading")
        if not isinstance(found, GradingDesk):
            found = desks["grading"] = GradingDesk(doors_of(self.review.workspace))
        return found

    # Asking

    @work(group="grade", exclusive=True, opens=True)
    async def ask_grading(self, policy: str, whom: Manifest | str, warning: str = "") -> None:
        """Ask as of which day, and grade by a policy: the customers of a run, or of a table, "" for any.

        ``warning`` is what a second Enter confirms.
        """
        if self.is_grading:
            self.notify(_("Customers are being graded; Esc stops that."), markup=False)
            return
        desk = self._grading
        try:
            source = await desk.work(lambda: desk.source(whom))
            if source is None:
                source = await self._other_source(await desk.work(desk.named_sources))
        except RungError as error:
            self._tell_problems(error)
            return
        if source is not None and (day := await self._day(policy, source, warning)) is not None:
            from rung.workspace.grading import GradingAsked

            self._begin(GradingAsked(policy, replace(source.asked, as_of=None), day))

    async def _other_source(self, found: Sequence[SourceFound]) -> SourceFound | None:
        choices = [Choice(str(number), each.words) for number, each in enumerate(found)]
        screen = Chooser(lambda: _("Grade whom? Sources of the workspace"), lambda: choices)
        answer = await self.app.push_screen_wait(screen)
        return None if answer is None else found[int(answer)]

    async def _day(self, policy: str, source: SourceFound, warning: str) -> date | None:
        """Ask for the day, told which version of the policy is in effect then."""
        desk = self._grading
        usual = source.asked.as_of or desk.now().date()
        version = await self._version(policy, usual)

        async def checked(typed: str) -> str:
            day = _day_of(typed)
            meant = await desk.work(lambda: desk.version(policy, day))
            if meant != version:
                other = _("On that day {policy} is in effect: Enter once more goes on.").format(policy=meant)
                return f"{warning} {other}".strip()
            return warning

        def about() -> str:
            told = [_("Customers: {source}.").format(source=source.words)]
            told.append(_("The values are looked at from that day; the run is kept beside the others."))
            return " ".join(told)

        def keep(typed: str) -> None:
            desk.day = typed

        def heading() -> str:
            return _("Grade by {policy}: as of which day?").format(policy=version or policy)

        typed = await self.app.push_screen_wait(
            AskScreen(heading, about, desk.day or str(usual), checked, keep)
        )
        desk.day = ""
        return None if typed is None else _day_of(typed)

    async def _version(self, policy: str, day: date) -> InEffect | None:
        desk = self._grading
        try:
            return await desk.work(lambda: desk.version(policy, day))
        except RungError:
            return None  # told once the day is taken; another may do

    # Grading

    def _begin(self, asked: GradingAsked) -> None:
        beside = self._grading.begin(asked)
        self.tell_grading()
        # The program's, not the screen's: it goes on while one looks at something else.
        self.app.run_worker(self._await(beside), group="grading", description="grading")

    async def _await(self, beside: Beside[Graded]) -> None:
        desk = self._grading
        try:
            graded = await beside.result()
        except StoppedError:
            self.app.notify(_("Grading was stopped: no run is kept."), markup=False)
        except RungError as error:
            self._tell_problems(error)
        except Exception as error:  # whatever it is, the screen goes on
            self.app.notify(str(error) or type(error).__name__, severity="error", markup=False, timeout=12)
        else:
            desk.end(beside)
            await self._offer(graded)
        finally:
            desk.end(beside)
            if self.is_attached:
                self.tell_grading()

    def stop_grading(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        beside = grading_under_way(self.app)
        if beside is not None:
            beside.stop()

    def _tell_problems(self, error: RungError) -> None:
        """Show every problem on a page; in a notice where something else is on screen by now."""
        if self.app.screen is not self:
            self.app.notify(str(error), severity="error", markup=False, timeout=12)
            return
        problems = error.problems

        def heading() -> str:
            return _("Nobody was graded. Problems: {n}").format(n=len(problems))

        self.app.push_screen(Page(heading, lambda width: _problem_lines(problems, width)))

    # The run

    async def _offer(self, graded: Graded) -> None:
        manifest = graded.manifest
        for notice in graded.notices:
            self.app.notify(str(notice), severity="warning", markup=False)
        kept = _("Kept as run {run}.").format(run=manifest.run_id)
        if self.app.screen is not self:
            self.app.notify(kept, markup=False, timeout=12)
            return
        self.has_graded(manifest.run_id)

        def choices() -> list[Choice]:
            left_out = sum(manifest.not_graded.values())
            about = _("{count} customers, {n} not graded").format(
                count=f"{manifest.rows:,}", n=f"{left_out:,}"
            )
            return [Choice("open", _("Open it in the queue"), about), Choice("stay", _("Stay here"))]

        def heading() -> str:
            return _("Kept as run {run}.").format(run=manifest.run_id)

        if await self.app.push_screen_wait(Chooser(heading, choices)) != "open":
            return
        try:
            await self.open_in_queue(manifest.run_id)
        except RungError as error:
            self.refuse(error)

    def has_graded(self, run_id: str) -> None:
        """Show that there is a run more; nothing, unless a screen knows of runs."""

    async def open_in_queue(self, run_id: str) -> None:
        """Show a run in the queue; raises RungError where it cannot be opened."""
        review = self.review
        opened = await review.telling(lambda: opened_run(review, run_id))
        queue = next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))
        self.dismiss(None)
        queue.open_run(opened)


def _problem_lines(problems: Sequence[Problem], width: int) -> list[Line]:
    """Return problems with the file, line and column each is in."""
    return [row for each in problems for row in paragraph([("✗ ", "error"), str(each)], width, 2)]


def _day_of(typed: str) -> date:
    """Return the day typed; raises RungError for what is none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        told = _("“{found}” is no date; write it as 2026-06-30.")
        raise RungError.of(told.format(found=typed)) from None
