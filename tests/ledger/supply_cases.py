"""A customer whose grade falls with the days past due, for tests of judgements and corrections."""

from __future__ import annotations

from typing import Any

from ledger_cases import policy

from rung.errors import Problem
from rung.ledger import Ground, InputKind, Supply
from rung.ledger.grades.value_texts import written_value
from rung.ledger.rules.customer_ground import Regraded, Subject
from rung.text import Text
from rung.values import Value
from rung.vocabulary import Choice, Field, Kind

DAYS = Field(id="days", title=Text("逾期天数", "days past due"), kind=Kind.INTEGER, low=0)
OUTLOOK = Field(
    id="outlook",
    title=Text("前景", "outlook"),
    kind=Kind.CATEGORY,
    choices=(
        Choice(id="good", title=Text("好", "good")),
        Choice(id="fair", title=Text("一般", "fair")),
        Choice(id="odd", title=Text("怪", "odd")),
    ),
)
SCORE = Field(id="score_x", title=Text("外部分", "outside score"), kind=Kind.NUMBER)
PROSPECTS: dict[str, Any] = {
    "id": "prospects",
    "title": "Prospects",
    "measure": "outlook",
    "expires_after": "3mo",
    "levels": [
        {"level": "good", "title": "Good", "describes": "Orders for a year", "points": 100},
        {"level": "fair", "title": "Fair", "describes": "Orders for a month", "points": 50},
    ],
}


def given_rules(**parts: Any) -> Any:
    return policy(**{"criteria": [PROSPECTS], **parts})


def on(
    days: int | None = 40,
    grade: str | None = "C",
    **parts: Any,
) -> Ground:
    """Return the ground of customer C1, of whom the grade falls with every 30 days past due."""
    rules = parts.pop("policy", None) or given_rules()

    def regrade(subject: str, value: Value | None) -> Regraded:
        if subject != "days":
            return Regraded(grade, dict.fromkeys(InputKind, (True,)))
        then = "D" if not isinstance(value, int) else "ABCD"[min(value // 30, 3)]
        exposed = (isinstance(value, int) and value > 20,)
        return Regraded(None if value is None else then, dict.fromkeys(InputKind, exposed))

    judged = next(iter(rules.criteria))
    given: dict[str, Any] = {
        "policy_hash": "f" * 64,
        "run_id": "20260228T000000Z-test.tiers",
        "gates": (),
        "inputs_hash": "0" * 64,
        "measured": {"days": days, "outlook": None, "score_x": 10_000},
        "subjects": {
            "days": Subject(DAYS, written_value(days, DAYS)),
            "outlook": Subject(OUTLOOK, None, judged),
            "score_x": Subject(SCORE, "1", None, Problem("“outside score” is computed.", "Correct: days.")),
        },
        "levels": dict.fromkeys(InputKind, (days is not None and days > 20,)),
        "regrade": regrade,
    }
    return Ground(customer_id="C1", policy=rules, model_grade=grade, **{**given, **parts})


def correction(value: str | None = "10", **parts: Any) -> Supply:
    given: dict[str, Any] = {"subject": "days", "reason": "entered_wrong", "evidence": "卷宗 3"}
    return Supply(kind=InputKind.CORRECTION, value=value, **{**given, **parts})


def judgement(value: str | None = "good", **parts: Any) -> Supply:
    return Supply(kind=InputKind.JUDGEMENT, value=value, **{"subject": "outlook", **parts})
