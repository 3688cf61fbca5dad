"""Derived values are exact, rounded half up, and refused where they could not be."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.errors import RungError
from rung.policy.formula import read_formula
from rung.text import Text
from rung.vocabulary import Kind, Quantity

QUANTITIES = {
    name: Quantity(id=name, title=Text.same(name), kind=kind)
    for name, kind in {"a": Kind.MONEY, "b": Kind.MONEY, "n": Kind.INTEGER, "word": Kind.TEXT}.items()
}
RATIO = Quantity(id="ratio", title=Text.same("ratio"), kind=Kind.NUMBER, decimals=2)


def value(formula: str, **row: int | None) -> int | None:
    return read_formula(formula, RATIO, QUANTITIES).value(row)


@pytest.mark.parametrize(
    ("formula", "row", "expected"),
    [
        ("a / b", {"a": 100, "b": 300}, 33),
        ("a / b", {"a": 50, "b": 10_000}, 1),
        ("a / b", {"a": -50, "b": 10_000}, 0),
        ("a / b", {"a": 100, "b": 0}, None),
        ("a / b", {"a": None, "b": 1}, None),
        ("a + b * 2", {"a": 100, "b": 250}, 600),
        ("(a + b) * 2", {"a": 100, "b": 250}, 700),
        ("a - b - b", {"a": 1000, "b": 250}, 500),
        ("a / n / 2", {"a": 1000, "n": 4}, 125),
        ("-a + 1.005", {"a": 0}, 101),
        ("n * n", {"n": 9_000_000_000}, None),
        ("1_000 / 3", {}, 33_333),
    ],
)
def test_a_formula_gives(formula: str, row: dict[str, int | None], expected: int | None) -> None:
    assert value(formula, **row) == expected


@given(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14).filter(bool))
def test_a_quotient_is_the_true_one_rounded_half_up_from_eight_decimals(a: int, b: int) -> None:
    eight = floor(Fraction(a * 10**8, b) + Fraction(1, 2))
    two = floor(Fraction(eight, 10**6) + Fraction(1, 2))
    assert value("a / b", a=a, b=b) == (two if abs(two) <= 9_000_000_000_000_000 else None)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a +",
        "a b",
        "(a",
        "a)",
        "a ** b",
        "word + 1",
        "unknown * 2",
        "a // b",
        "__import__('os')",
        "a * a * a",
        "(" * 300 + "a",
    ],
)
def test_a_formula_that_cannot_be_computed_exactly_is_one_problem(formula: str) -> None:
    with pytest.raises(RungError) as refused:
        read_formula(formula, RATIO, QUANTITIES)
    assert len(refused.value.problems) == 1


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    quantities = {**QUANTITIES, "assets": QUANTITIES["a"]}
    with pytest.raises(RungError, match="Did you mean “assets”"):
        read_formula("asets / 2", RATIO, quantities)
