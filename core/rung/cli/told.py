"""Tells a person, or a program, why a customer has its grade: in one run, or side by side in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from rung import moments
from rung.cli.terminal import console, grid, line, print_json, show_problems
from rung.errors import RungError
from rung.text import MASK, _

if TYPE_CHECKING:
    from rung.cli.session import Session
    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation
    from rung.grading.scorecard import Scorecard
    from rung.ledger import Effective
    from rung.ledger.notes import Note
    from rung.policy.model import Policy
    from rung.policy.service_words import Roles
    from rung.runs import Run
    from rung.workspace.panels import PanelShown

__all__ = ["show_told"]


@dataclass(frozen=True, slots=True)
class _Told:
    """One customer in one run."""

    run: Run
    explanation: Explanation
    policy: Policy
    effective: Effective | None
    masked: frozenset[str]
    """Quantities whose values are not for whoever asks."""
    notice: str
    """Why they are masked all the same for who may read them."""
    panels: tuple[PanelShown, ...] = ()
    """What plugins show of the customer."""

    @property
    def grade(self) -> str | None:
        """The grade that counts: a person's where one is in effect."""
        return self.explanation.grade if self.effective is None else self.effective.grade

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        origin = {"run": self.run.manifest.run_id, "as_of": self.run.manifest.as_of}
        told = _plain(self.explanation, self.policy.roles)
        masked = {"masked": sorted(self.masked)} if self.masked else {}
        panels = {"panels": self.panels} if self.panels else {}
        return {**told, **_plain_effective(self.effective), **origin, **masked, **panels}


def show_told(runs: Sequence[Run], customer: str, surroundings: Session, *, as_json: bool) -> None:
    """Print why; outside of a workspace no ledger is laid over the grade.

    A run that does not hold the customer is named; raises RungError where none of them does.
    """
    found: list[_Told] = []
    absent: list[RungError] = []
    for run in runs:
        try:
            found.append(_told(run, customer, surroundings))
        except RungError as error:
            absent.append(error)
    if not found:
        raise absent[0]
    show_problems(dict.fromkeys(each.notice for each in found if each.notice))
    problems = [str(problem) for error in absent for problem in error.problems]
    notes = _notes(found[0].explanation.customer_id, surroundings)
    if as_json:
        several = {"explanations": [each.plain() for each in found], "problems": problems}
        noted = {"notes": notes} if notes else {}
        print_json({**(found[0].plain() if len(runs) == 1 else several), **noted})
        return
    for part in (*_compared(found, len(runs)), *map(line, problems)):
        console().print(part)
    for each in found:
        _show(each, surroundings, is_one_of_many=len(runs) > 1)
    for words in _aside(notes, found, surroundings):
        console().print(words)


def _told(run: Run, customer: str, surroundings: Session) -> _Told:
    from rung.pipeline import explain as explain_grade
    from rung.pipeline import scorecard_of

    scorecard = scorecard_of(run, surroundings.host)
    told = explain_grade(run, customer, scorecard)
    effective = _effective(run, told.customer_id, surroundings)
    row = _values(run, told.customer_id, effective, scorecard)
    if effective is not None:
        told = _with_input(told, effective, row, run, scorecard)
    policy = scorecard.compiled.policy
    grade = told.grade if effective is None else effective.grade
    asked = partial(_panels, run, scorecard, told.customer_id, row, grade, surroundings)
    if surroundings.workspace is None:
        return _Told(run, told, policy, effective, frozenset(), "", asked(frozenset()))
    told = surroundings.workspace.records.with_service(told, scorecard.compiled)
    now, data = moments.now(), () if effective is None else effective.data
    pending = () if effective is None else effective.pending_data
    shown = surroundings.workspace.confidential.shown(
        told, scorecard.compiled, "explain", now, inputs=(*data, *pending)
    )
    if effective is not None:
        given = shown.inputs
        effective = replace(effective, data=given[: len(data)], pending_data=given[len(data) :])
    return _Told(run, shown.explanation, policy, effective, shown.masked, shown.notice, asked(shown.read))


def _values(run: Run, customer_id: str, effective: Effective | None, scorecard: Scorecard) -> Row:
    """Return a customer's values with the judgements and corrections in effect laid in."""
    from rung.ledger.grades.correcting import MeasureFaultError, corrected
    from rung.ledger.grades.regrading import values_of

    found = run.find(customer_id).measured
    if effective is None:
        return found
    given = values_of(effective.data, scorecard.compiled, moments.today())
    with suppress(MeasureFaultError):
        return corrected(scorecard.compiled, found, given)
    return found


def _with_input(
    told: Explanation, effective: Effective, row: Row, run: Run, scorecard: Scorecard
) -> Explanation:
    """Return why the customer has the computed grade, and what is promised with the effective one."""
    from rung.grading.explaining import explain as explain_values
    from rung.grading.explaining import service_of
    from rung.ledger.grades.regrading import fault_of

    if effective.data and fault_of(run) is None:
        told = explain_values(scorecard, row, told.customer_id, told.customer_name)
    if effective.is_overridden:
        told = replace(told, service=service_of(scorecard, row, effective.grade))
    return told


def _panels(
    run: Run,
    scorecard: Scorecard,
    customer_id: str,
    row: Row,
    grade: str | None,
    surroundings: Session,
    read: frozenset[str],
) -> tuple[PanelShown, ...]:
    """Return what plugins show of the customer; of what is sensitive they see what is on record as read."""
    from rung.workspace.panels import covered, has_panels, panels_of, seen_of

    if not has_panels(surroundings.host):
        return ()
    workspace, compiled = surroundings.workspace, scorecard.compiled
    hidden = frozenset[str]() if workspace is None else covered(workspace.confidential, compiled, read)
    seen = seen_of(run, compiled, run.find(customer_id), row, grade, hidden)
    return panels_of(surroundings.host, seen)


def _notes(customer_id: str, surroundings: Session) -> tuple[Note, ...]:
    """Return the notes about a customer that are for whoever asks."""
    return () if surroundings.workspace is None else surroundings.workspace.notes.about(customer_id)


def _aside(notes: Sequence[Note], found: Sequence[_Told], surroundings: Session) -> Iterator[Any]:
    """Yield the notes about the customer, and what the masks stand for."""
    from rung.cli.note_words import note_words
    from rung.cli.render_decision import part_title

    workspace = surroundings.workspace
    if workspace is None:
        return
    if notes:
        yield part_title(_("Notes"))
        yield from (line(f"  {note_words(each, workspace.human_input.people)}") for each in notes)
    if any(each.masked and not each.notice for each in found):
        yield line(_("{mask}: sensitive values, which are not for your role.").format(mask=MASK), "dim")


def _compared(found: Sequence[_Told], runs: int) -> Iterator[Any]:
    """Yield the grades by several policies, one under the other."""
    if runs == 1:
        return
    rows = (
        (
            f"{each.explanation.policy_title}  ({each.explanation.policy_id})",
            _("not graded") if each.grade is None else each.grade,
            "" if each.explanation.score is None else each.explanation.score,
            each.run.manifest.as_of,
            next((reason.text for reason in each.explanation.reasons), ""),
        )
        for each in found
    )
    headers = (_("policy"), _("grade"), _("score"), _("as of"), _("first reason"))
    yield grid(headers, rows, right=(2,))


def _show(told: _Told, surroundings: Session, *, is_one_of_many: bool) -> None:
    from rung.cli.override_words import effective_words
    from rung.cli.render_explanation import render_explanation
    from rung.cli.render_panels import render_panels
    from rung.workspace.record_titles import Titles

    screen = console()
    if is_one_of_many:
        screen.print()
    workspace = surroundings.workspace
    human: Iterable[str] = ()
    if told.effective is not None and workspace is not None:
        human_input = workspace.human_input
        human = effective_words(told.effective, human_input.people, Titles(human_input))
    for part in (*render_explanation(told.explanation, told.policy, human), *render_panels(told.panels)):
        screen.print(part)


def _effective(run: Run, customer_id: str, surroundings: Session) -> Effective | None:
    """Return what people laid over the grade; None where there is no ledger."""
    workspace = surroundings.workspace
    if workspace is None or not workspace.human_input.is_begun:
        return None
    return workspace.human_input.effective(run, customer_id, moments.today())


def _plain_effective(found: Effective | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "model_grade": found.model_grade,
        "computed_grade": found.computed_grade,
        "effective_grade": found.grade,
        "override": found.override,
        "pending_override": found.pending,
        "data": found.data,
        "pending_data": found.pending_data,
        "is_stale": found.is_stale,
        "suspended": found.suspended,
    }


def _plain(told: Explanation, roles: Roles) -> dict[str, Any]:
    from rung.policy.service_words import terms_words

    plain = {item.name: getattr(told, item.name) for item in fields(told)}
    plain["service"] = [
        {
            "source": each.source,
            "in_force": each.terms.is_in_force,
            "requires": each.terms.requires,
            "is_started": each.is_started,
            "promises": terms_words(each.terms, roles),
        }
        for each in told.service
    ]
    return plain
