"""Two gradings of the same customers are compared by their areas under the curve, ties counted half."""

from __future__ import annotations

from itertools import product
from statistics import variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.monitor.performance import Meaning, is_monotone
from rung.monitor.ranking import Places, Verdict, auc, compared
from rung.monitor.rates import Rate


@pytest.mark.parametrize(
    ("feared", "others", "area"),
    [
        ({3: 2}, {0: 5}, 1.0),
        ({0: 2}, {3: 5}, 0.0),
        ({1: 4}, {1: 9}, 0.5),
        # Of four pairs the one at place 2 wins one and ties in one; the one at place 0 wins none.
        ({2: 1, 0: 1}, {1: 1, 2: 1}, 0.375),
        ({}, {1: 3}, None),
        ({1: 3}, {}, None),
    ],
)
def test_the_area_counts_pairs_and_halves_ties(
    feared: dict[int, int], others: dict[int, int], area: float | None
) -> None:
    assert auc(feared, others) == area


COUNTS = st.dictionaries(st.integers(0, 5), st.integers(1, 9), min_size=1)


@given(COUNTS, COUNTS)
def test_the_area_is_that_of_all_pairs(feared: dict[int, int], others: dict[int, int]) -> None:
    ones = [place for place, count in feared.items() for _each in range(count)]
    rest = [place for place, count in others.items() for _each in range(count)]
    won = sum(1 if one > other else 0.5 if one == other else 0 for one, other in product(ones, rest))
    assert auc(feared, others) == pytest.approx(won / (len(ones) * len(rest)))


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 6), min_size=2, max_size=12
)


@given(PAIRS, PAIRS)
def test_the_margin_is_delongs(feared: dict[Places, int], others: dict[Places, int]) -> None:
    """By the definition, customer by customer: 1.96 √(S₁₀/m + S₀₁/n) of the differences of placements."""
    ones = [places for places, count in feared.items() for _each in range(count)]
    rest = [places for places, count in others.items() for _each in range(count)]

    def psi(one: int, other: int) -> float:
        return 1.0 if one > other else 0.5 if one == other else 0.0

    def gain(one: Places, other: Places) -> float:
        return psi(one[1], other[1]) - psi(one[0], other[0])

    v10 = [sum(gain(one, other) for other in rest) / len(rest) for one in ones]
    v01 = [sum(gain(one, other) for one in ones) / len(ones) for other in rest]
    wanted = 1.959963984540054 * (variance(v10) / len(ones) + variance(v01) / len(rest)) ** 0.5
    found = compared(feared, others, 1)
    assert found.margin == pytest.approx(wanted, abs=1e-12)


def test_people_who_ranked_better_are_said_to() -> None:
    feared: dict[Places, int] = {(0, 3): 20, (1, 3): 10}
    others: dict[Places, int] = {(0, 0): 20, (3, 0): 20}
    assert compared(feared, others, 30).verdict is Verdict.PEOPLE
    turned = [{(b, a): n for (a, b), n in side.items()} for side in (feared, others)]
    assert compared(turned[0], turned[1], 30).verdict is Verdict.MODEL


def test_the_same_grades_rank_alike() -> None:
    found = compared({(1, 1): 20, (2, 2): 5}, {(0, 0): 20}, 30)
    assert (found.model, found.people, found.margin, found.verdict) == (1.0, 1.0, 0.0, Verdict.EVEN)


@pytest.mark.parametrize(("n", "verdict"), [(9, Verdict.TOO_FEW), (10, Verdict.PEOPLE)])
def test_of_too_few_nothing_is_said(n: int, verdict: Verdict) -> None:
    assert compared({(0, 3): n}, {(0, 0): 20}, 30).verdict is verdict


def test_all_with_the_same_outcome_rank_nothing() -> None:
    found = compared({(0, 3): 50}, {}, 30)
    assert (found.model, found.people, found.margin, found.verdict) == (None, None, None, Verdict.TOO_FEW)


@pytest.mark.parametrize(
    ("counts", "meaning", "is_so"),
    [
        ([(1, 10), (2, 10), (2, 10)], Meaning.FEARED, True),
        ([(1, 10), (2, 10), (19, 100)], Meaning.FEARED, False),
        ([(9, 10), (2, 10), (2, 10)], Meaning.HOPED, True),
        ([(2, 10), (21, 100)], Meaning.HOPED, False),
    ],
)
def test_rates_in_the_order_of_the_grades_are_monotone(
    counts: list[tuple[int, int]], meaning: Meaning, is_so: bool
) -> None:
    assert is_monotone([Rate.of(*each, 1) for each in counts], meaning) is is_so
