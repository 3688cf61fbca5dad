"""The dialog that overrules one customer's grade: every rule is shown before and while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from rung_tui.customer.layout import paragraph
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.language import _
from rung_tui.lines import Lines
from rung_tui.override.effects import before_and_after, notches
from rung_tui.override.form import Form
from rung_tui.override.input_dialog import InputDialog
from rung_tui.override.pickers import GradePicker, Picker
from rung_tui.scale import called, scale_of_policy

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import Ground, Override
    from rung.ledger.rules.approvals import Asked
    from rung.policy.model import InputRules
    from rung_tui.review import Review

__all__ = ["OverrideDialog"]


class OverrideDialog(InputDialog):
    """Gives the rung.ledger.Override recorded, None where there was none."""

    LIVE: ClassVar[tuple[str, ...]] = ("#notches", *InputDialog.LIVE)

    def __init__(self, review: Review, ground: Ground, told: Told) -> None:
        super().__init__(review, ground, told)
        self._draft = (ground.policy.id, ground.customer_id)
        self._form = review.drafts.get(self._draft, Form())

    @property
    def rules(self) -> InputRules:
        """The policy's rules for overriding."""
        return self.ground.rules

    def begun(self) -> tuple[str | None, str, str, str]:
        """Return reason, narrative, evidence and last day as begun before."""
        return self._form.reason, self._form.narrative, self._form.evidence, self._form.expires

    def wanted(self) -> Sequence[Widget]:
        """Return the grades, what picking one means, and what is open already."""
        ground, grades = self.ground, scale_of_policy(self.ground.policy)
        picked = grades.index(self._form.grade) if self._form.grade in grades else None
        return (
            Horizontal(
                Lines(lambda _width: [line((_("Grade"), "muted"))], classes="label"),
                GradePicker(grades, ground.model_grade, picked, widget_id="grade"),
                Lines(lambda _width: [notches(ground, self._form.grade, self._asked)], widget_id="notches"),
            ),
            Lines(self._rivals, widget_id="rivals"),
        )

    def heading(self) -> str:
        """Return who is overruled, and the grade."""
        why = self.told.explanation
        who = f"{why.customer_name or ''} {why.customer_id}".strip()
        heading = (
            _("Override · {who} · computed grade {grade}")
            if self.told.in_effect
            else _("Override · {who} · model grade {grade}")
        )
        return heading.format(who=who, grade=self._named(self.ground.model_grade))

    def _named(self, grade: str | None) -> str:
        return _("none") if grade is None else called(grade, self.told.grades)

    def longest(self) -> str:
        """Return until when it is in force where no day is given."""
        last = self.ground.rules.expires_within.after(self.review.today())
        return _("{day} at the latest, if left empty").format(day=last)

    def on_mount(self) -> None:
        """Begin with the grade."""
        self.query_one("#grade").focus()

    def _rivals(self, width: int) -> list[Line]:
        today, lines = self.review.today(), []
        for each in self.told.overrides:
            if each.status(today).is_open:
                word = _("{id} by {maker} is open: {old} → {new}; this one takes its place").format(
                    id=each.id,
                    maker=self.told.people.get(each.maker, each.maker),
                    old=self._named(each.model_grade),
                    new=self._named(each.proposed_grade),
                )
                lines += paragraph([(word, "warning")], width)
        return lines

    def _asked(self, grade: str) -> Asked:
        return self.review.asked(grade, self.ground)

    def effects(self, width: int) -> list[Line]:
        """Return the service promised now and then."""

        def service(grade: str | None) -> Sequence[ServiceLine]:
            return self.review.core.service(self.told.number, grade, self.review.today())

        return before_and_after(self.ground, self._form.grade, service, width)

    def take(self) -> None:
        """Take over what is filled in; what was not touched yet is not held against it."""
        grade, today = self.query_one("#grade", Picker).picked, self.review.today()
        self._form = Form(
            grade=None if grade is None else self.ground.policy.grades[grade],
            reason=self.reason,
            narrative=self.narrative,
            evidence=self.typed("evidence"),
            expires=self.typed("expires"),
            supersedes=tuple(each.id for each in self.told.overrides if each.status(today).is_open),
        )
        self.review.drafts[self._draft] = self._form
        judged = self._form if self.tried else self._form.supposed(self.ground)
        proposal, problems = judged.proposal(self.ground)
        if self._form.grade is not None:
            problems += self.review.objections(proposal, self.ground)
        self.problems = problems

    def record(self) -> Override:
        """Put it on record."""
        proposal, _problems = self._form.proposal(self.ground)
        return self.review.propose(proposal, self.ground)

    def forget(self) -> None:
        """Let go of what was begun."""
        self.review.drafts.pop(self._draft, None)
