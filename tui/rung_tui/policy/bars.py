"""The lines above and below the tree: which policy, what was changed, how far it is settled and tried."""

from __future__ import annotations

from collections.abc import Iterable

from rung_tui.bar import Bar, Piece
from rung_tui.grading.bars import grading_under_way, work_pieces
from rung_tui.language import _, language_name, words
from rung_tui.policy.desk import PolicyDesk
from rung_tui.policy.effect import headline

__all__ = ["PolicyStatus", "PolicyTitle", "PolicyViews"]


class PolicyTitle(Bar):
    """The policy and the version of it that is being made."""

    DEFAULT_CSS = """
    PolicyTitle { background: $panel; }
    """

    def __init__(self, desk: PolicyDesk) -> None:
        super().__init__(widget_id="title")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return mode, policy, and the draft's own id and version."""
        yield Piece(" Rung ", "title")
        yield Piece(" " + _("Policy"), "strong")
        draft = self._desk.draft
        if draft is None:
            return
        policy = draft.sound.policy
        yield Piece(f"  {words(policy.title)}")
        yield Piece(f"  {draft.place.own_id} {draft.place.version}", "muted")
        if draft.place.is_new:
            yield Piece(" " + _("over {base}").format(base=draft.place.base.policy.id), "muted")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the language."""
        yield Piece(language_name(), "muted", "app.language")
        yield Piece(" ")


class PolicyViews(Bar):
    """How far the draft is: changes, what is assumed, tests, and what comes next."""

    DEFAULT_CSS = """
    PolicyViews { background: $surface; }
    """

    def __init__(self, desk: PolicyDesk) -> None:
        super().__init__(widget_id="views")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return the steps from a draft to a version, each with the key that goes there."""
        draft = self._desk.draft
        if draft is None:
            return
        count = len(draft.edits)
        yield self.key("changes")
        told = _("Changes {n}").format(n=count)
        yield Piece(f" {told} ", "pending" if draft.is_changed else "muted", "changes")
        steps = tuple(draft.steps.values())
        if steps:
            done = sum(map(draft.is_settled, steps))
            yield self.key("next_assumed")
            settled = _("Assumed {done}/{all}").format(done=done, all=len(steps))
            yield Piece(f" {settled} ", "good" if done == len(steps) else "open", "next_assumed")
        yield self.key("test")
        yield from self._tests()
        yield self.key("write")
        yield Piece(" " + _("Write") + " ", "muted", "write")
        yield self.key("publish")
        yield Piece(" " + _("Publish") + " ", "muted", "publish")
        if draft.problems:
            yield Piece(" " + _("Problems {n}").format(n=len(draft.problems)), "error", "problems")

    def _tests(self) -> Iterable[Piece]:
        tests = self._desk.tests
        if tests is None:
            yield Piece(" " + _("Test") + " ", "muted", "test")
            return
        failed, count = tests
        if failed:
            yield Piece(" " + _("Tests ✗ {failed}/{n}").format(failed=failed, n=count) + " ", "bad", "test")
        else:
            yield Piece(" " + _("Tests ✓ {n}").format(n=count) + " ", "good", "test")


class PolicyStatus(Bar):
    """Whom the change moves, in one line."""

    DEFAULT_CSS = """
    PolicyStatus { background: $surface; }
    """

    def __init__(self, desk: PolicyDesk) -> None:
        super().__init__(widget_id="status")
        self._desk = desk

    def pieces(self) -> Iterable[Piece]:
        """Return the run and whom the change moves."""
        effect = self._desk.effect
        yield Piece(f" {self._desk.run_id} ", "muted")
        yield Piece(f" {headline(effect)}", "pending" if effect.is_pending else "strong", "moved")

    def right_pieces(self) -> Iterable[Piece]:
        """Return the work under way, and how to stop it."""
        yield from work_pieces(grading_under_way(self.app))
