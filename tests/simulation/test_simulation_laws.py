"""What must hold of every change of policy over every population, tried with random ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from drawn_policies import VOCABULARY, customers, policies, rows
from hypothesis import HealthCheck, given, settings

from rung.grading.compiled import CompiledPolicy
from rung.simulation.graded import graded_by
from rung.simulation.moved_customers import moved_customers
from rung.simulation.simulation import Population, Simulation, simulated

pytestmark = pytest.mark.slow
several = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def simulation(before: CompiledPolicy, after: CompiledPolicy, people: list[dict[str, Any]]) -> Simulation:
    frame = customers(*people)
    worth = frame.select("customer_id", "customer_name", pl.col("money").alias("value")).collect()
    population = Population("drawn", date(2026, 1, 1), worth, VOCABULARY.quantities()["money"])
    return simulated(population, graded_by(before, frame), graded_by(after, frame))


@several
@given(policies(), rows)
def test_no_change_moves_nobody(policy: CompiledPolicy, people: list[dict[str, Any]]) -> None:
    found = simulation(policy, policy, people)
    assert (found.moved, found.movements, found.causes) == (0, {}, ())
    assert all(before == after for before, after in found.matrix)
    assert found.before == found.after


@several
@given(policies(), policies(), rows)
def test_the_margins_of_the_matrix_are_the_counts_of_both_sides(
    first: CompiledPolicy, second: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    found = simulation(first, second, people)
    down: dict[str | None, list[int]] = {grade: [0, 0] for grade in found.before.grades}
    across: dict[str | None, list[int]] = {grade: [0, 0] for grade in found.after.grades}
    for (one, other), cell in found.matrix.items():
        for margin in (down[one], across[other]):
            margin[0] += cell.customers
            margin[1] += cell.value
    assert down == {grade: [cell.customers, cell.value] for grade, cell in found.before.grades.items()}
    assert across == {grade: [cell.customers, cell.value] for grade, cell in found.after.grades.items()}
    assert sum(cell.customers for cell in found.matrix.values()) == len(people)


@several
@given(policies(), policies(), rows)
def test_everybody_off_the_diagonal_is_listed_with_a_cause(
    first: CompiledPolicy, second: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    found = simulation(first, second, people)
    off = sum(cell.customers for (one, other), cell in found.matrix.items() if one != other)
    assert found.moved == off == sum(cell.customers for cell in found.movements.values())
    assert off == sum(each.customers for each in found.causes)
    listed = moved_customers(found, "zh")
    assert listed.height == off
    assert listed.select("movement", "cause", "cause_text").null_count().row(0) == (0, 0, 0)


@several
@given(policies(), policies(), rows)
def test_the_other_way_round_everybody_moves_back(
    first: CompiledPolicy, second: CompiledPolicy, people: list[dict[str, Any]]
) -> None:
    there, back = simulation(first, second, people), simulation(second, first, people)
    assert {(other, one): cell for (one, other), cell in there.matrix.items()} == dict(back.matrix)
