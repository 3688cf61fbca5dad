"""From the draft to a version on the screen: its tests, what it changes, writing it, publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rung.errors import Problem, RungError
from rung_tui.acts import acts_on, key_of
from rung_tui.chooser import Choice, Chooser
from rung_tui.drawn import Line
from rung_tui.language import _
from rung_tui.modes.desk import doors_of
from rung_tui.policy.bars import PolicyViews
from rung_tui.policy.effect import Effect
from rung_tui.policy.finish import FinishForm, FinishScreen
from rung_tui.policy.moved import MovedScreen, Movers
from rung_tui.policy.pages import PolicyPage, changed_lines, problem_lines, tested_lines
from rung_tui.policy.retelling import PolicyRetelling
from rung_tui.working import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from rung.policy.diff import DiffLine
    from rung.workspace.drafting.finishing import Finish

__all__ = ["PolicyFinishing"]


class PolicyFinishing(PolicyRetelling):
    """The part of the mode that makes a version of the draft."""

    @work(group="page", exclusive=True, opens=True)
    async def action_moved(self) -> None:
        """List everybody whom the change moves."""
        effect = self.desk.effect
        found = effect.simulation
        if found is None:
            self.notify(_("It is not known yet whom it moves."), markup=False)
            return
        movers = await self.desk.work(lambda: Movers(found))
        self.app.push_screen(MovedScreen(effect, movers, self.review))

    def action_problems(self) -> None:
        """Show what is wrong with the draft."""
        draft = self.desk.draft
        if draft is not None:
            problems = draft.problems
            self._read_page(lambda: _("Problems"), lambda width: problem_lines(problems, width))

    def _read_page(self, heading: Callable[[], str], made: Callable[[int], list[Line]]) -> None:
        self.app.push_screen(PolicyPage(heading, made))

    @work(group="page", exclusive=True, opens=True)
    async def action_changes(self) -> None:
        """Show what the draft changes, in words."""
        found = await self._changes()
        if found is not None:
            self._read_page(lambda: _("Changes of the draft"), lambda width: changed_lines(found, width))

    async def _changes(self) -> Sequence[DiffLine] | None:
        from rung.workspace.drafting.finishing import changes_of

        desk = self.desk
        try:
            return await desk.work(lambda: changes_of(desk.open()))
        except RungError as error:
            self.refuse(error)
            return None

    @work(group="page", exclusive=True, opens=True)
    async def action_test(self) -> None:
        """Run the tests and show those that fail."""
        from rung.workspace.drafting.finishing import outcomes_of

        desk = self.desk
        try:
            found = await desk.work(lambda: outcomes_of(desk.open()))
        except RungError as error:
            self.refuse(error)
            return
        desk.tests = sum(bool(each.problems) for each in found), len(found)
        self.query_one(PolicyViews).refresh()
        self._read_page(lambda: _("Tests"), lambda width: tested_lines(found, width))

    # Writing and publishing

    def action_write(self) -> None:
        """Write the draft as a policy of the workspace, once the change was shown."""
        self._finish(is_published=False)

    def action_publish(self) -> None:
        """Publish the draft as a version, once the change was shown."""
        self._finish(is_published=True)

    @work(group="finish", exclusive=True, opens=True)
    async def _finish(self, *, is_published: bool) -> None:
        from rung.workspace.drafting.finishing import refusals

        desk, draft = self.desk, self.desk.draft
        if draft is None:
            return
        if not draft.is_changed and (draft.place.is_published or not is_published):
            self.notify(_("The draft says what the policy says: there is nothing to write."), markup=False)
            return
        changed = await self._changes()
        if changed is None:
            return

        async def refused(form: FinishForm) -> Sequence[Problem]:
            try:
                wanted = _wanted(form, is_published=is_published)
                return await desk.work(lambda: refusals(draft, wanted))
            except RungError as error:
                return error.problems

        def heading() -> str:
            told = _("Publish {policy}") if is_published else _("Write {policy}")
            return told.format(policy=draft.place.own_id)

        begun = FinishForm(draft.place.version, str(desk.now().date()) if is_published else "")
        screen = FinishScreen(heading, changed, begun, refused, is_published=is_published)
        form = await self.app.push_screen_wait(screen)
        if form is not None:
            await self._finished(_wanted(form, is_published=is_published))

    async def _finished(self, wanted: Finish) -> None:
        from rung.workspace.drafting.finishing import finish

        desk, draft = self.desk, self.desk.draft
        if draft is None:
            return
        out = draft.adoption.out
        try:
            made = await desk.work(lambda: finish(draft, wanted, desk.now().date()))
        except RungError as error:
            self.refuse(error)
            self.read(anew=True)
            return
        if made is None:
            self.notify(_("Written: {file}").format(file=out.name), markup=False)
        else:
            told = _("Published: {name} {version}, {hash}.")
            record = made.record
            self.notify(
                told.format(name=record.id, version=record.version, hash=record.sha256[:12]), markup=False
            )
            for notice in made.notices:
                self.notify(str(notice), severity="warning", markup=False)
        self.notify(_("Grade by it: {key}").format(key=key_of(acts_on(self), "grade")), markup=False)
        self.read(anew=True)

    def action_grade(self) -> None:
        """Grade by the policy as it is written: the customers of the run, or others."""
        desk, draft = self.desk, self.desk.draft
        if draft is None:
            return
        policy = desk.policy_id if draft.place.is_new else draft.place.own_id
        unwritten = _("The changes of the draft are not written, and left out: Enter once more goes on.")
        whom = self.review.manifest if desk.is_of_run else desk.tables.get(desk.policy_id, "")
        self.ask_grading(policy, whom, unwritten if draft.is_changed else "")

    def action_discard(self) -> None:
        """Throw the draft away, once that was asked."""
        draft = self.desk.draft
        if draft is None:
            return

        def chosen(answer: str | None) -> None:
            if answer == "discard":
                self._do(lambda each: each.discard())

        count = len(draft.edits)
        self.app.push_screen(
            Chooser(lambda: _("Throw the draft away? Changes: {n}").format(n=count), _ways), chosen
        )

    @work(group="fresh", exclusive=True, opens=True)
    async def action_fresh(self) -> None:
        """Begin a policy from a table, and open it here."""
        from rung_tui.policy.beginning import BeginScreen
        from rung_tui.policy.begun_form import Begun

        desk = self.desk
        begun = desk.fresh if isinstance(desk.fresh, Begun) else Begun()
        desk.fresh = begun
        doors = doors_of(desk.workspace)
        made = await self.app.push_screen_wait(BeginScreen(doors, begun, desk.now().date(), desk.work))
        if made is not None:
            desk.fresh, desk.tables[made] = None, begun.read
            self.show_policy(made)

    def action_own(self) -> None:
        """Show the policy of the run again."""
        self.show_policy(self.desk.of_run)

    def show_policy(self, policy_id: str) -> None:
        """Show another policy, tried on the customers of the run; what was changed of this one is on disk."""
        desk = self.desk
        desk.policy_id, desk.at, desk.effect = policy_id, "", Effect()
        self.show_effect()
        self.read(anew=True)


def _ways() -> list[Choice]:
    return [
        Choice("stay", _("Keep the draft")),
        Choice("discard", _("Throw the draft away"), role="warning"),
    ]


def _wanted(form: FinishForm, *, is_published: bool) -> Finish:
    """Return what is wanted; raises RungError for a day that is none."""
    from rung.workspace.drafting.finishing import Finish

    day = None
    if form.day:
        try:
            day = date.fromisoformat(form.day)
        except ValueError:
            told = _("“{found}” is no date; write it as 2026-06-30.")
            raise RungError.of(told.format(found=form.day)) from None
    return Finish(form.version, form.reason, is_published, day)
