"""What must hold of every policy and every population, tried with random ones."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from both_ways import as_result
from drawn_policies import customers, policies, policy, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.grading.calibration import calibrate, calibrate_rows
from rung.grading.compiled import CompiledPolicy
from rung.grading.expressions import codes
from rung.grading.scorecard import Scorecard

pytestmark = pytest.mark.slow
several = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@several
@given(policies(), rows)
def test_one_row_in_python_says_what_the_whole_frame_says(
    compiled: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    frame = customers(*people)
    scorecard = Scorecard(compiled, calibrate(compiled, frame))
    results = scorecard.results(frame).drop("customer_id", "customer_name").collect().to_dicts()
    assert results == [as_result(compiled, scorecard.assess(row)) for row in people]


@several
@given(policies(), rows)
def test_cutoffs_found_among_a_frame_are_those_found_among_its_rows(
    compiled: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    assert calibrate(compiled, customers(*people)) == calibrate_rows(compiled, people)


@several
@given(policies(), rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_grade(
    compiled: CompiledPolicy, people: list[dict[str, Any]], chance: Any
) -> None:
    frame = customers(*people)
    order = list(range(len(people)))
    chance.shuffle(order)
    shuffled = frame.collect()[order].lazy()
    first = Scorecard(compiled, calibrate(compiled, frame)).results(frame).collect()
    second = Scorecard(compiled, calibrate(compiled, shuffled)).results(shuffled).collect()
    assert first[order].equals(second)


@several
@given(policies(), rows, st.integers(1, 7))
def test_chunks_graded_apart_with_one_calibration_are_the_whole(
    compiled: CompiledPolicy, people: list[dict[str, Any]], size: int
) -> None:
    frame = customers(*people)
    scorecard = Scorecard(compiled, calibrate(compiled, frame))
    whole = scorecard.results(frame).collect()
    chunks = [scorecard.results(frame.slice(start, size)).collect() for start in range(0, len(people), size)]
    assert whole.equals(pl.concat(chunks))


@settings(several, max_examples=60)
@given(policies(), rows)
def test_duckdb_gives_the_same_codes_as_polars(
    compiled: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    duckdb = pytest.importorskip("duckdb")
    frame = customers(*people).collect()
    calibration = calibrate(compiled, frame.lazy())
    on_polars = codes(compiled, calibration, nw.from_native(frame.lazy())).to_native().collect()
    with duckdb.connect() as connection:
        columns = ", ".join(f'"{name}" {_SQL[dtype]}' for name, dtype in frame.schema.items())
        connection.execute(f"create table measured ({columns})")
        connection.executemany(f"insert into measured values ({', '.join('?' * frame.width)})", frame.rows())
        relation = codes(compiled, calibration, nw.from_native(connection.table("measured"))).to_native()
        on_duckdb = {row[0]: row for row in relation.fetchall()}
    assert [on_duckdb[row[0]] for row in on_polars.iter_rows()] == list(on_polars.iter_rows())


_SQL = {pl.String: "varchar", pl.Int64: "bigint", pl.Boolean: "boolean", pl.Date: "date"}


@several
@given(
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
    st.integers(0, 3),
    st.integers(0, 100),
    st.integers(-2, 14),
)
def test_more_points_in_a_band_never_lower_a_grade(
    given_points: list[int], band: int, more: int, value: int
) -> None:
    raised = [p + more * (n == band) for n, p in enumerate(given_points)]
    before, after = (
        Scorecard(compiled, calibrate_rows(compiled, [])).assess({"count": value})
        for compiled in (_banded(given_points), _banded(raised))
    )
    assert before.grade is not None and after.grade is not None
    assert "ABCD".index(after.grade) <= "ABCD".index(before.grade)


def _banded(given_points: list[int]) -> CompiledPolicy:
    edges = ("< 0", "[0..5)", "[5..10)", ">= 10")
    bands = [{"when": edge, "points": p} for edge, p in zip(edges, given_points, strict=True)]
    return policy(
        grading={"mode": "score", "cutoffs": {"A": 80, "B": 50, "C": 20}},
        criteria=[{"id": "k", "title": "K", "measure": "count", "bands": bands}],
    )
