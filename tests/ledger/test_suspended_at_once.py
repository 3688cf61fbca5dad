"""Whether many overrides at once are laid over or suspended: the very rules that hold for one customer."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from data_cases import opened
from ledger_cases import LI, NOW, ground, policy, proposal

from rung.ledger import Overlay, laid_over
from rung.ledger.grades.kept_values import kept_value, kept_values
from rung.ledger.rules.overrides import drawn_up
from rung.text import Text
from rung.vocabulary import LIMIT, Field, Kind

GRADES = ["A", "B", "C", "D"]
RULES = policy(override={"max_notches_up": None, "may_grade_not_graded": True})


@pytest.mark.parametrize(
    ("model", "given", "now", "effective", "suspended"),
    [
        ("B", "A", "B", "A", None),
        ("B", "A", "C", "C", "model_fell"),
        ("B", "A", None, None, "model_fell"),
        ("C", "A", "B", "A", None),
        ("B", "C", "C", "C", None),  # the computed grade has come to be the one given
        ("B", "C", "D", "D", "model_fell"),
        (None, "B", "B", "B", None),
        (None, "B", "C", "C", "model_fell"),
        ("B", "E", "B", "B", "grade_gone"),
        ("B", "E", "C", "C", "grade_gone"),  # said first, whatever else is so
    ],
)
def test_an_override_stands_or_is_suspended_as_one_by_one(
    model: str | None, given: str, now: str | None, effective: str | None, suspended: str | None
) -> None:
    made = drawn_up(
        proposal(given if given in GRADES else "C"), ground(model, policy=RULES), (), LI, NOW, "O1"
    )
    made = replace(made, proposed_grade=given)
    run = pl.LazyFrame(
        {"customer_id": ["C1"], "model_grade": [now]},
        schema={"customer_id": pl.String, "model_grade": pl.Enum(GRADES)},
    )
    laid = laid_over(run, opened(made), RULES, NOW.date()).grades()["C1"]
    assert (laid.grade, laid.suspended) == (effective, suspended)
    one = Overlay.on(NOW.date(), [made], RULES).of("C1", now)
    assert (one.grade, one.suspended, one.is_stale) == (laid.grade, laid.suspended, laid.is_stale)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("100", 10_000), ("100.01", None), ("-0.01", None), ("99.99", 9_999), ("0.001", None)],
)
def test_what_lies_on_a_bound_is_kept_one_by_one_and_in_a_column(text: str, value: int | None) -> None:
    bounded = Field(id="it", title=Text.same("It"), kind=Kind.MONEY, low=0, high=100)
    column = pl.DataFrame({"value": [text]}).select(kept_values(pl.col("value"), bounded)).to_series()
    assert column.to_list() == [value]
    if value is None:
        with pytest.raises(ValueError, match="cannot hold the value"):
            kept_value(text, bounded)
    else:
        assert kept_value(text, bounded) == value


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_largest_number_there_is_is_kept_in_a_column_and_the_next_is_not(sign: str) -> None:
    whole = Field(id="it", title=Text.same("It"), kind=Kind.INTEGER)
    written = [f"{sign}{LIMIT}", f"{sign}{LIMIT + 1}"]
    column = pl.DataFrame({"value": written}).select(kept_values(pl.col("value"), whole)).to_series()
    assert column.to_list() == [int(f"{sign}{LIMIT}"), None]
