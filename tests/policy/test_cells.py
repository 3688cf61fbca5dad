"""Cells mean what DMN's unary tests mean, exactly at, under and over each bound."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rung.errors import RungError
from rung.policy.cells import holds, read_cell
from rung.text import Text
from rung.vocabulary import Choice, Kind, Quantity


def quantity(kind: Kind, **more: Any) -> Quantity:
    return Quantity(id="f", title=Text("字段", "Field"), kind=kind, **more)


MONEY, COUNT, SHARE, DAY = (quantity(kind) for kind in (Kind.MONEY, Kind.INTEGER, Kind.PERCENT, Kind.DATE))
WORD = quantity(
    Kind.CATEGORY, choices=tuple(Choice(id=c, title=Text.same(c)) for c in ("good", "fair", "bad"))
)
FREE, YES = quantity(Kind.TEXT), quantity(Kind.BOOLEAN)


@pytest.mark.parametrize(
    ("cell", "kind", "inside", "outside"),
    [
        (">= 100_000", MONEY, [10_000_000, 10_000_001], [9_999_999, -1]),
        ("> 100", MONEY, [10_001], [10_000, 9_999]),
        ("< 0.5", MONEY, [49, -100], [50, 51]),
        ("<= 0.5", MONEY, [50, 49], [51]),
        ("<= 0.505", MONEY, [50], [51]),
        ("[18..21)", COUNT, [18, 20], [17, 21]),
        ("(18..21]", COUNT, [19, 21], [18, 22]),
        ("1, 2, [5..9]", COUNT, [1, 2, 5, 9], [0, 3, 4, 10]),
        ([1, "> 8"], COUNT, [1, 9], [2, 8]),
        ("not([5..9])", COUNT, [4, 10], [5, 9]),
        ("not(5)", COUNT, [4, 6], [5]),
        ("!= 5", COUNT, [4, 6], [5]),
        (5, COUNT, [5], [4, 6]),
        (0.1, MONEY, [10], [9, 11]),
        ("-3", COUNT, [-3], [3]),
        ("> 12.5%", SHARE, [1_251], [1_250]),
        ("< 2026-01-01", DAY, [date(2025, 12, 31)], [date(2026, 1, 1)]),
        ("[2026-01-01..2026-02-01)", DAY, [date(2026, 1, 1), date(2026, 1, 31)], [date(2026, 2, 1)]),
        (date(2026, 1, 1), DAY, [date(2026, 1, 1)], [date(2026, 1, 2)]),
        ("good", WORD, ["good"], ["fair"]),
        (["good", "fair"], WORD, ["good", "fair"], ["bad"]),
        ("good, fair", WORD, ["good", "fair"], ["bad"]),
        ("not(good, fair)", WORD, ["bad"], ["good", "fair"]),
        ('"a, b"', FREE, ["a, b"], ["a"]),
        (True, YES, [True], [False]),
        ("false", YES, [False], [True]),
    ],
)
def test_a_cell_holds_inside_and_not_outside(
    cell: Any, kind: Quantity, inside: list[Any], outside: list[Any]
) -> None:
    test = read_cell(tuple(cell) if isinstance(cell, list) else cell, kind)
    assert [holds(test, value) for value in inside] == [True] * len(inside)
    assert [holds(test, value) for value in outside] == [False] * len(outside)
    assert holds(test, None) is None


def test_missing_and_any_are_never_open() -> None:
    assert [holds(read_cell("missing", COUNT), value) for value in (None, 1)] == [True, False]
    assert [holds(read_cell("not(missing)", COUNT), value) for value in (None, 1)] == [False, True]
    assert [holds(read_cell("-", COUNT), value) for value in (None, 1)] == [True, True]


@pytest.mark.parametrize(
    ("cell", "kind", "right"),
    [
        (">= 100,000", MONEY, "Write “>= 100_000”."),
        ("＞ 10万", MONEY, "Write “> 100_000”."),
        ("1.5亿", MONEY, "Write “150_000_000”."),
        ("≥5", COUNT, "Write “>=5”."),
        ("［1..2］", COUNT, "Write “[1..2]”."),
        ("goood", WORD, "Did you mean “good”?"),
    ],
)
def test_a_misspelled_cell_is_refused_with_the_right_spelling(cell: str, kind: Quantity, right: str) -> None:
    with pytest.raises(RungError) as refused:
        read_cell(cell, kind)
    assert refused.value.problems[0].hint == right


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("[5..1]", COUNT),
        ("(5..5)", COUNT),
        ("1.001", MONEY),
        ("abc", COUNT),
        ("> 5%", COUNT),
        (True, COUNT),
        (5, WORD),
        ("> 5", WORD),
        ("yes", YES),
        ("2026-13-01", DAY),
        (">", COUNT),
        ("", COUNT),
        ("not()", COUNT),
        ("not(-)", COUNT),
        ("1, missing", COUNT),
        (float("nan"), COUNT),
        ("> 9999-12-31", DAY),
        (5, DAY),
    ],
)
def test_a_cell_that_cannot_be_read_is_one_problem(cell: Any, kind: Quantity) -> None:
    with pytest.raises(RungError) as refused:
        read_cell(cell, kind)
    assert len(refused.value.problems) == 1
