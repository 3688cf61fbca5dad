"""Tables of hundreds of rules and criteria of hundreds of bands: nothing is nested as deep as it is long."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.grading.calibration import Calibration
from rung.grading.cases import case_of
from rung.grading.compile import compile_policy
from rung.grading.scorecard import Scorecard
from rung.policy.reader import parse_policy
from rung.vocabulary import Vocabulary

RULES = 120
HEAD = """
id = "a.b"
version = "1"
title = "t"
grades = ["A", "B", "C"]
fields = { x = { title = "X", kind = "integer" }, y = { title = "Y", kind = "integer" } }
[grading]
mode = "rules"
hit = "%s"
%s
"""
COLLECTED = 'collect = "%s"\ncutoffs = { A = 600, B = 200 }'


def rule(number, hit):
    given_ = f"points = {number % 7}" if hit == "collect" else f'grade = "{"ABC"[number % 3]}"'
    cell = f'x = ">= {number}"' if hit == "collect" else f'x = "[{number}..{number + 2})"'
    when = f"{{ {cell}, y = 1 }}" if number % 5 == 0 else f"{{ {cell} }}"
    return f'[[rules]]\nid = "r{number}"\n{given_}\nwhen = {when}\nreason = "r"\n'


@pytest.mark.parametrize(
    ("hit", "collect"),
    [
        *((hit, "") for hit in ("first", "unique", "any", "priority", "rule_order")),
        *(("collect", COLLECTED % how) for how in ("sum", "min", "max", "count")),
    ],
)
def test_a_table_of_hundreds_of_rules_grades_as_the_row_function_does(hit, collect):
    text = HEAD % (hit, collect) + "".join(rule(number, hit) for number in range(RULES))
    compiled = compile_policy(parse_policy(text, "t").policy, Vocabulary.of(None, {}))
    rows = [{"x": x, "y": y} for x in (*range(-1, RULES + 2, 7), None) for y in (0, 1, None)]
    frame = pl.DataFrame(
        {
            "customer_id": [str(n) for n in range(len(rows))],
            "customer_name": [None] * len(rows),
            "x": [row["x"] for row in rows],
            "y": [row["y"] for row in rows],
        },
        schema={"customer_id": pl.String, "customer_name": pl.String, "x": pl.Int64, "y": pl.Int64},
    )
    card = Scorecard(compiled, Calibration())
    found = card.results(frame.lazy()).select("model_grade", "score", "not_graded").collect().rows()
    one_by_one = [card.assess(row) for row in rows]
    assert found == [(each.grade, each.score, each.not_graded) for each in one_by_one]
    assert len({grade for grade, _score, _cause in found}) > 1


NUMBERS = st.integers(-(2**53), 2**53)


@given(st.lists(st.tuples(st.integers(0, 9), NUMBERS), min_size=1, max_size=80), NUMBERS | st.none())
def test_cases_side_by_side_are_those_inside_one_another(cases, otherwise):
    frame = nw.from_native(pl.LazyFrame({"x": [*range(10), None]}, schema={"x": pl.Int64}))
    told = case_of([(nw.col("x") == key, number) for key, number in cases], otherwise, nw.Int64)
    found = frame.select(told.alias("n")).to_native().collect()["n"].to_list()
    assert found == [next((n for key, n in cases if key == x), otherwise) for x in (*range(10), None)]
