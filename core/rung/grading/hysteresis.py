"""Keeps a grade from flickering: how far it may move from the customer's grade in the run before.

With a margin, a grade changes only where the score is that far past the cut-off; with notches, only so
many steps at once. Whoever has no grade before gets the method's. Gates come after and bind all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rung.grading.compiled import PREVIOUS_GRADE, Hold
from rung.grading.findings import Findings
from rung.policy.cells import Value
from rung.policy.model import Policy, RulesGrading, ScoreGrading
from rung.text import Text, _
from rung.vocabulary import Choice, Field, Kind, Vocabulary

__all__ = ["code_before", "compiled_hold", "held", "place", "previous_grade_field"]

_LARGEST_MARGIN: Final = 200_000
# Points lie within ±100,000 (rung.policy.parts.Points), and a score between points.


def previous_grade_field(policy: Policy) -> Field:
    """Return the quantity that the grade before is: a category of the policy's grades."""
    choices = tuple(Choice(id=grade, title=policy.grade_title(grade)) for grade in policy.grades)
    title = Text("上次等级", "Grade before")
    return Field(id=PREVIOUS_GRADE, title=title, kind=Kind.CATEGORY, choices=choices, is_changeable=False)


def compiled_hold(policy: Policy, vocabulary: Vocabulary, findings: Findings) -> Hold | None:
    """Return what ``[hysteresis]`` asks; ``None`` without one."""
    asked = policy.hysteresis
    if asked is None:
        return None
    report = findings.report
    if not policy.grades or not policy.ordered:
        report(
            "hysteresis",
            _("Grades without an order do not move up or down."),
            _("Take [hysteresis] out, or set ordered = true."),
        )
    if asked.margin is None and asked.max_up is None and asked.max_down is None:
        report(
            "hysteresis",
            _("[hysteresis] limits nothing."),
            _("Say margin, max_up or max_down."),
        )
    names = {*vocabulary.quantities(), *policy.fields, *policy.derived}
    if PREVIOUS_GRADE in names:
        report(
            "hysteresis",
            _("“{name}” is a field already; here it is the grade in the run before.").format(
                name=PREVIOUS_GRADE
            ),
            _("Give the field another name."),
        )
    margin = None if asked.margin is None else _margin(asked.margin, policy, findings)
    return Hold(margin, asked.max_up, asked.max_down)


def _margin(margin: Decimal, policy: Policy, findings: Findings) -> int | None:
    key, decimals = "hysteresis.margin", _score_decimals(policy)
    if decimals is None:
        findings.report(
            key,
            _("A margin is measured in points of score, and there is no score in mode “{mode}”.").format(
                mode=policy.grading.mode
            ),
            _("Say max_up or max_down instead."),
        )
        return None
    scaled = margin * 10**decimals
    if margin > _LARGEST_MARGIN:
        findings.report(
            key,
            _("No score can pass a margin of {found}.").format(found=f"{margin:f}"),
            _("Write the points of score by which a cut-off must be passed, such as 2."),
        )
        return None
    if scaled != int(scaled):
        message = _("The margin has more decimals than the score, which keeps {n}.")
        findings.report(key, message.format(n=decimals))
    return int(scaled)


def _score_decimals(policy: Policy) -> int | None:
    match policy.grading:
        case ScoreGrading(score_decimals=decimals) | RulesGrading(hit="collect", score_decimals=decimals):
            return decimals
    return None


def held(hold: Hold, code: int, previous: int | None, score: int | None, cutoffs: Sequence[int]) -> int:
    """Return the grade's code (0 is best) once the grade before holds on to it.

    ``code`` is the method's grade, ``previous`` the one before. ``score`` and ``cutoffs`` count only for a
    margin m: ``up`` is the grade with the cut-offs raised by m, ``down`` with them lowered by m.
    """
    if previous is None:
        return code
    if hold.margin is not None and score is not None:
        up, down = (place(score - shift, cutoffs) for shift in (hold.margin, -hold.margin))
        code = up if up < previous else down if down > previous else previous
    if hold.max_up is not None:
        code = max(code, previous - hold.max_up)
    if hold.max_down is not None:
        code = min(code, previous + hold.max_down)
    return code


def place(score: int, cutoffs: Sequence[int]) -> int:
    """Return the code of the grade whose cut-off the score reaches."""
    return next((code for code, least in enumerate(cutoffs) if score >= least), len(cutoffs))


def code_before(value: Value | None, grades: Sequence[str]) -> int | None:
    """Return the code of the grade before; ``None`` for none, and for a grade the policy no longer has."""
    return grades.index(value) if isinstance(value, str) and value in grades else None
