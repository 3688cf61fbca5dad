"""Judgements and corrections laid in: what may be corrected, what follows, what stays as it was."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from data_cases import datum, opened
from ledger_cases import NOW

from rung.grading.calibration import Calibration
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.grading.scorecard import Scorecard
from rung.ledger import DataInput, InputKind
from rung.ledger.grades.correcting import MeasureFaultError, correctable, corrected, why_not
from rung.ledger.grades.data_standing import DataDoubt, datum_standing
from rung.ledger.grades.regrading import regraded, results_over, values_of
from rung.policy.model import Policy
from rung.text import Text
from rung.vocabulary import Choice, Field, Kind, Measure, Vocabulary

TODAY = NOW.date()


def _field(name: str, kind: Kind, **parts: Any) -> Field:
    return Field(id=name, title=Text.same(name.title()), kind=kind, **parts)


def _debt_ratio() -> nw.Expr:
    return nw.col("debt") // nw.col("income")


RATIO = Measure(
    id="debt_ratio",
    title=Text("负债率", "Debt ratio"),
    kind=Kind.INTEGER,
    inputs=("debt", "income"),
    build=_debt_ratio,
)
WORDS = tuple(Choice(id=each, title=Text.same(each)) for each in ("good", "fair"))
FIELDS = (
    _field("customer_id", Kind.TEXT),
    _field("customer_name", Kind.TEXT),
    _field("debt", Kind.INTEGER),
    _field("income", Kind.INTEGER),
    _field("days", Kind.INTEGER),
    _field("outlook", Kind.CATEGORY, choices=WORDS),
    _field("asked_on", Kind.DATE),
    _field("manager", Kind.TEXT),
)
WHOLE = {
    "schema": 1,
    "id": "test.policy",
    "version": "1",
    "title": "Test",
    "grades": ["A", "B", "C"],
    "grading": {"mode": "score", "cutoffs": {"A": 80, "B": 40}},
    "derived": {"late": {"title": "Late", "kind": "integer", "formula": "days * 2"}},
    "criteria": [
        {
            "id": "ratio",
            "title": "Ratio",
            "measure": "debt_ratio",
            "bands": [{"when": "< 3", "points": 100}, {"when": ">= 3", "points": 0}],
        },
        {
            "id": "outlook",
            "title": "Outlook",
            "measure": "outlook",
            "missing": "refuse",
            "expires_after": "6mo",
            "dated_by": "asked_on",
            "levels": [
                {"level": "good", "title": "Good", "describes": "…", "points": 100},
                {"level": "fair", "title": "Fair", "describes": "…", "points": 0},
            ],
        },
    ],
    "gates": [{"id": "overdue", "when": {"late": "> 180"}, "at_most": "C", "reason": "overdue"}],
    "flags": [{"id": "indebted", "title": "Indebted", "when": {"debt": "> 50"}}],
    "hysteresis": {"max_up": 1},
}


def compiled(build: Any = _debt_ratio, **parts: Any) -> CompiledPolicy:
    measure = Measure(id=RATIO.id, title=RATIO.title, kind=RATIO.kind, inputs=RATIO.inputs, build=build)
    vocabulary = Vocabulary(fields={each.id: each for each in FIELDS}, measures={measure.id: measure})
    return compile_policy(Policy.model_validate({**WHOLE, **parts}), vocabulary)


ROW: dict[str, Any] = {
    "customer_id": "C1",
    "customer_name": "One",
    "debt": 60,
    "income": 10,
    "days": 10,
    "outlook": "good",
    "debt_ratio": 6,
    "asked_on": None,
    "previous_grade": "C",
}
TYPES = dict.fromkeys(("customer_id", "customer_name", "outlook", "previous_grade"), pl.String)


def grade(data: list[DataInput], policy: CompiledPolicy | None = None, **row: Any) -> tuple[Any, Any]:
    """Return grade and cause of a customer graded anew, alone and among all, which are the same."""
    card = Scorecard(policy or compiled(), Calibration({}))
    whole = {**ROW, **row}
    found = regraded(card, whole, values_of(data, card.compiled, TODAY))
    schema = {**dict.fromkeys(whole, pl.Int64), **TYPES, "asked_on": pl.Date}
    frame = pl.DataFrame([whole], schema=schema).lazy()
    together = results_over(frame, card, opened(*data), TODAY)
    if together.height:
        assert together["computed_grade"].item() == found.grade
    return found.grade, found.not_graded


def test_without_human_input_the_grade_is_the_machines() -> None:
    assert grade([]) == ("B", None)


def test_a_corrected_measure_gives_another_grade() -> None:
    assert grade([datum("C1", "debt_ratio", "2")], previous_grade="B") == ("A", None)


def test_correcting_an_input_of_a_measure_computes_the_measure_anew() -> None:
    assert grade([datum("C1", "debt", "20")], previous_grade="B") == ("A", None)
    row = corrected(compiled(), ROW, {"debt": 20})
    assert (row["debt"], row["debt_ratio"]) == (20, 2)


def test_a_measure_corrected_itself_stays_as_given() -> None:
    assert corrected(compiled(), ROW, {"debt": 20, "debt_ratio": 9})["debt_ratio"] == 9
    both = [datum("C1", "debt", "20"), datum("C1", "debt_ratio", "9")]
    assert grade(both, previous_grade="B") == ("B", None)


def test_a_measure_that_fails_on_the_values_leaves_the_customer_not_graded() -> None:
    def broken() -> nw.Expr:
        raise ZeroDivisionError("no such thing")

    policy = compiled(broken)
    assert grade([datum("C1", "debt", "20")], policy) == (None, "fault:None")
    assert grade([datum("C1", "days", "1")], policy) == ("B", None)
    with pytest.raises(MeasureFaultError, match="ZeroDivisionError"):
        corrected(policy, ROW, {"debt": 20})


def test_derived_values_and_gates_follow() -> None:
    assert grade([datum("C1", "days", "91")]) == ("C", None)
    assert grade([datum("C1", "days", "90")]) == ("B", None)


def test_the_grade_before_holds_on_as_it_was_measured() -> None:
    assert grade([datum("C1", "debt_ratio", "2")], previous_grade="C") == ("B", None)
    assert grade([datum("C1", "previous_grade", "A")]) == ("B", None)


def test_a_customer_not_graded_for_want_of_a_value_is_graded_by_supplying_it() -> None:
    judged = datum("C1", "outlook", "good", kind=InputKind.JUDGEMENT)
    assert grade([], outlook=None) == (None, "missing:outlook")
    assert grade([judged], outlook=None) == ("B", None)


def test_a_value_said_not_to_be_known_leaves_the_customer_not_graded() -> None:
    assert grade([datum("C1", "outlook", None)]) == (None, "missing:outlook")


def test_a_judgement_stands_above_a_correction_whichever_came_first() -> None:
    judged = datum("C1", "outlook", "fair", kind=InputKind.JUDGEMENT)
    corrected_ = datum("C1", "outlook", "good")
    assert grade([judged, corrected_]) == grade([corrected_, judged]) == ("C", None)


def test_what_is_pending_expired_or_unreadable_changes_nothing() -> None:
    assert grade([datum("C1", "outlook", "fair", effective_from=None)]) == ("B", None)
    assert grade([datum("C1", "outlook", "fair", expires_at=TODAY.replace(day=1, month=2))]) == ("B", None)
    assert grade([datum("C1", "outlook", "splendid")]) == ("B", None)


COLUMNS = [*ROW, "manager"]


def test_correctable_is_what_the_policy_reads() -> None:
    assert list(correctable(compiled(), COLUMNS)) == ["debt", "days", "outlook", "debt_ratio"]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("customer_id", "A customer's id and name are not corrected here. Correct them in the source."),
        (
            "previous_grade",
            "“Grade before” is what the run before gave, and stays. Override the grade instead.",
        ),
        ("late", "“Late” is computed from other values. Correct instead: days."),
        ("asked_on", "“Asked_On” is the day an answer was given. Correct instead: outlook."),
        (
            "income",
            "The run's policy does not read “Income”: no other value would change the grade. "
            "Correct instead: debt_ratio.",
        ),
        ("manager", "The run's policy does not read “Manager”: no other value would change the grade."),
        ("dept", "There is no field, feature or measure “dept” in the policy. Did you mean “debt”?"),
    ],
)
def test_what_may_not_be_corrected_says_why_and_what_instead(subject: str, words: str) -> None:
    assert str(why_not(subject, compiled(), COLUMNS)).startswith(words)


def test_an_input_is_refused_where_the_measure_could_not_follow() -> None:
    problem = why_not("debt", compiled(), [name for name in COLUMNS if name != "income"])
    assert str(problem) == (
        "“Debt ratio” rests on “Debt” and on income, which the run does not keep. "
        "Correct instead: debt_ratio."
    )


@pytest.mark.parametrize(
    ("data", "doubt"),
    [
        (datum("C1", "days", "3", was="10"), None),
        (datum("C1", "days", "3", was="9"), DataDoubt.STALE),
        (datum("C1", "days", "10", was="9"), DataDoubt.MOOT),
        (datum("C1", "gone", "10"), DataDoubt.IDLE),
        (datum("C1", "days", "1.5", was="10"), DataDoubt.IDLE),
        (datum("C1", "customer_name", "x", was="One"), DataDoubt.IDLE),
    ],
)
def test_the_source_may_have_overtaken_what_was_given(data: DataInput, doubt: DataDoubt | None) -> None:
    assert datum_standing(data, ROW, compiled()).doubt == doubt
