"""Tells a person, or a program, why a customer has its grade: in one run, or side by side in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rung.cli.terminal import console, grid, line, print_json
from rung.errors import RungError
from rung.text import _

if TYPE_CHECKING:
    from rung.cli.session import Session
    from rung.grading.explanation import Explanation
    from rung.ledger import Effective
    from rung.policy.model import Policy
    from rung.policy.service_words import Roles
    from rung.runs import Run

__all__ = ["show_told"]


@dataclass(frozen=True, slots=True)
class _Told:
    """One customer in one run."""

    run: Run
    explanation: Explanation
    policy: Policy
    effective: Effective | None

    @property
    def grade(self) -> str | None:
        """The grade that counts: a person's where one is in effect."""
        return self.explanation.grade if self.effective is None else self.effective.grade

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        origin = {"run": self.run.manifest.run_id, "as_of": self.run.manifest.as_of}
        told = _plain(self.explanation, self.policy.roles)
        return {**told, **_plain_effective(self.effective), **origin}


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
    problems = [str(problem) for error in absent for problem in error.problems]
    if as_json:
        several = {"explanations": [each.plain() for each in found], "problems": problems}
        print_json(found[0].plain() if len(runs) == 1 else several)
        return
    for part in (*_compared(found, len(runs)), *map(line, problems)):
        console().print(part)
    for each in found:
        _show(each, is_one_of_many=len(runs) > 1)


def _told(run: Run, customer: str, surroundings: Session) -> _Told:
    from rung.grading.explaining import service_of
    from rung.pipeline import explain as explain_grade
    from rung.pipeline import scorecard_of

    scorecard = scorecard_of(run, surroundings.host)
    told = explain_grade(run, customer, scorecard)
    effective = _effective(run, told.customer_id, surroundings)
    if effective is not None and effective.is_overridden:
        measured = run.find(told.customer_id).measured
        told = replace(told, service=service_of(scorecard, measured, effective.grade))
    return _Told(run, told, scorecard.compiled.policy, effective)


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


def _show(told: _Told, *, is_one_of_many: bool) -> None:
    from rung.cli.override_words import effective_words
    from rung.cli.render_explanation import render_explanation

    screen = console()
    if is_one_of_many:
        screen.print()
    human = effective_words(told.effective) if told.effective else ()
    for part in render_explanation(told.explanation, told.policy, human):
        screen.print(part)


def _effective(run: Run, customer_id: str, surroundings: Session) -> Effective | None:
    """Return what people laid over the grade; None where there is no ledger."""
    workspace = surroundings.workspace
    if workspace is None or not workspace.human_input.is_begun:
        return None
    return workspace.human_input.effective(run, customer_id, datetime.now().astimezone().date())


def _plain_effective(found: Effective | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "effective_grade": found.grade,
        "override": found.override,
        "pending_override": found.pending,
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
            "promises": terms_words(each.terms, roles),
        }
        for each in told.service
    ]
    return plain
