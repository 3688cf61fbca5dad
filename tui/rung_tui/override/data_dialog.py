"""The dialog that puts a judgement or a correction on record: what comes of it is shown before it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.widget import Widget

from rung.errors import Problem, RungError
from rung.text import Text
from rung_tui.customer.layout import Part, grade_span, paragraph
from rung_tui.customer.told import Told
from rung_tui.drawn import Line, line
from rung_tui.language import _, words
from rung_tui.lines import Lines
from rung_tui.override.data_form import DataForm
from rung_tui.override.effects import agreement, before_and_after
from rung_tui.override.input_dialog import InputDialog
from rung_tui.override.pickers import Picker, ReasonPicker
from rung_tui.prompt import Prompt
from rung_tui.scale import scale_of_policy
from rung_tui.working import work

if TYPE_CHECKING:
    from rung.grading.explanation import ServiceLine
    from rung.ledger import DataInput, Ground
    from rung.policy.model import InputRules
    from rung.workspace.what_if import ValueChoice, ValueToTry
    from rung_tui.review import Review

__all__ = ["DataDialog"]

_MOST: Final = 8
# Choices that are shown at once; of more than these one types the word.


class DataDialog(InputDialog):
    """Gives the rung.ledger.DataInput recorded, None where there was none."""

    LIVE: ClassVar[tuple[str, ...]] = ("#described", *InputDialog.LIVE)

    def __init__(
        self,
        review: Review,
        ground: Ground,
        told: Told,
        subject: ValueToTry,
        drafts: dict[tuple[str, str, str], DataForm],
        value: str = "",
    ) -> None:
        super().__init__(review, ground, told)
        self._subject, self._drafts = subject, drafts
        self._draft = (ground.policy.id, ground.customer_id, subject.id)
        self._form = drafts.get(self._draft, DataForm())
        if value:
            self._form = replace(self._form, value=value)
        reasons = self.rules.reasons
        if self._form.reason is None and len(reasons) == 1:
            self._form = replace(self._form, reason=reasons[0].id)
        self._rehearsed: DataInput | None = None

    @property
    def rules(self) -> InputRules:
        """The policy's rules for the kind of input."""
        return self.ground.policy.input_rules[self._subject.kind.value]

    def begun(self) -> tuple[str | None, str, str, str]:
        """Return reason, narrative, evidence and last day as begun before."""
        return self._form.reason, self._form.narrative, self._form.evidence, self._form.expires

    def heading(self) -> str:
        """Return what is given, and about whom."""
        why = self.told.explanation
        who = f"{why.customer_name or ''} {why.customer_id}".strip()
        kind = words(self._subject.kind.words)
        return _("{kind} · {what} · {who}").format(kind=kind, what=words(self._subject.title), who=who)

    @property
    def _choices(self) -> tuple[ValueChoice, ...]:
        """What is picked from; nothing where the value is typed."""
        return self._subject.choices if 0 < len(self._subject.choices) <= _MOST else ()

    def wanted(self) -> Sequence[Widget]:
        """Return the present value, and where the new one is picked or typed."""
        value: Widget
        if self._choices:
            ids = [each.written for each in self._choices]
            picked = ids.index(self._form.value) if self._form.value in ids else None
            value = ReasonPicker([each.title for each in self._choices], picked, widget_id="value")
        else:
            value = Prompt(self._form.value, id="value", placeholder=self._subject.written or "")
        label = Lines(lambda _width: [line((_("New value"), "muted"))], classes="label")
        return (
            Lines(self._present, widget_id="present"),
            *((label, value) if self._choices else (Horizontal(label, value),)),
            Lines(self._described, widget_id="described"),
        )

    def longest(self) -> str:
        """Return until when it is in force where no day is given."""
        from rung.ledger.rules.supplied import latest_day

        subject, today = self.ground.subjects[self._subject.id], self.review.today()
        last, _span = latest_day(subject, self.ground, self._subject.kind, today)
        return _("{day} at the latest, if left empty").format(day=last)

    def on_mount(self) -> None:
        """Begin with the value; where that is there already, with the reason."""
        begin = "#value" if not self._form.value else "#reason" if self.rules.reasons else "#narrative"
        self.query_one(begin).focus()
        self.take()

    def _present(self, width: int) -> list[Line]:
        subject = self._subject
        unit = words(subject.unit)
        parts: list[Part] = [(_("Now "), "muted"), (words(subject.now), "strong")]
        parts.append((f"  {words(subject.origin.words)}", "muted"))
        if subject.record is not None:
            maker = subject.record.maker
            parts.append((f" {subject.record.id} {self.told.people.get(maker, maker)}", "muted"))
        if unit and not subject.choices:
            parts.append((_("  in {unit}; “-” stands for not known").format(unit=unit), "muted"))
        lines = paragraph(parts, width)
        for each in self._rivals():
            word = _("{id} by {maker} is open; this one takes its place").format(
                id=each.id, maker=self.told.people.get(each.maker, each.maker)
            )
            lines += paragraph([(word, "warning")], width)
        return lines

    def _rivals(self) -> list[DataInput]:
        today, subject = self.review.today(), self._subject
        found = (given.record for given in self.told.given.values())
        return [
            each
            for each in found
            if (each.kind, each.subject) == (subject.kind, subject.id) and each.status(today).is_open
        ]

    def _described(self, width: int) -> list[Line]:
        """Return what the level picked means, in the words of the policy."""
        about: list[Text | None] = [
            each.about for each in self._choices if each.written == self._form.value and each.about
        ]
        return [made for each in about for made in paragraph([(words(each), "muted")], width)]

    def take(self) -> None:
        """Take over what is filled in; what was not touched yet is not held against it."""
        if self._choices:
            picked = self.query_one("#value", Picker).picked
            value = "" if picked is None else self._choices[picked].written
        else:
            value = self.typed("value")
        self._form = DataForm(
            value, self.reason, self.narrative, self.typed("evidence"), self.typed("expires")
        )
        self._drafts[self._draft] = self._form
        supply, problems = self._form.supply(
            self._subject, self.rules, tuple(each.id for each in self._rivals()), is_tried=self.tried
        )
        if self._form.value.strip():
            problems += self.review.data_objections(supply, self.ground)
        self.problems = problems
        self._rehearse()

    @work(group="rehearse", exclusive=True)
    async def _rehearse(self) -> None:
        """Find what would come of it, beside the screen: a plugin may have a part in that."""
        form, review = self._form, self.review
        if not form.value.strip():
            self._rehearsed = None
            return
        supply, _problems = form.supply(self._subject, self.rules, (), is_tried=False)
        try:
            found = await review.telling(lambda: review.rehearsed(supply, self.ground))
        except Exception as error:
            found = None
            self.problems = [*self.problems, *_fault(error)]
        if form == self._form and self.is_attached:
            self._rehearsed = found
            for name in self.LIVE:
                self.query_one(name, Lines).refresh(layout=True)

    def effects(self, width: int) -> list[Line]:
        """Return the grade it gives, who must agree, and the service promised now and then."""
        found, grades = self._rehearsed, scale_of_policy(self.ground.policy)
        if found is None:
            return []
        agreed = agreement(found.approvals_needed, found.approver_role)
        parts: list[Part] = [(_("Grade") + " ", "muted"), grade_span(found.model_grade, grades), " → "]
        lines = paragraph([*parts, grade_span(found.proposed_grade, grades), agreed], width)
        if self.told.standing is not None and self.told.standing.is_overridden:
            stays = _("An override is in force: the customer keeps {grade} until it ends.")
            kept = grade_span(self.told.standing.grade, grades).text
            lines += paragraph([(stays.format(grade=kept), "muted")], width)

        def service(grade: str | None) -> Sequence[ServiceLine]:
            return self.review.core.service(self.told.number, grade, self.review.today())

        return lines + before_and_after(self.ground, found.proposed_grade, service, width)

    def record(self) -> DataInput:
        """Put it on record."""
        supply, _problems = self._form.supply(
            self._subject, self.rules, tuple(each.id for each in self._rivals()), is_tried=True
        )
        return self.review.supply(supply, self.ground)

    def forget(self) -> None:
        """Let go of what was begun."""
        self._drafts.pop(self._draft, None)


def _fault(error: Exception) -> list[Problem]:
    if isinstance(error, RungError):
        return list(error.problems)
    return [Problem(f"{type(error).__name__}: {error}")]
