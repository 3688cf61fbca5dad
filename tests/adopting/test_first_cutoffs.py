"""Cut-offs of a first scheme: every grade holds a score there is, however few there are."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rung.adopting.first_cutoffs import cut_between

GRADES = ("A", "B", "C", "D", "E", "F")


def test_many_scores_are_cut_at_the_usual_shares_and_at_round_numbers():
    scores = [100 * n for n in range(101)]
    assert cut_between(GRADES[:4], scores, 100) == {"A": 80, "B": 50, "C": 20}


def test_few_scores_are_parted_between_them():
    assert cut_between(GRADES[:3], [10_000, 9_950, 9_900], 100) == {"A": 100, "B": Decimal("99.5")}


def test_fewer_scores_than_grades_say_nothing():
    assert cut_between(GRADES[:3], [50, 50, 70], 1) == {}


@given(
    st.integers(2, 6),
    st.lists(st.integers(-3_000, 10_000), min_size=6, max_size=60),
    st.sampled_from((1, 10, 100)),
)
def test_every_grade_holds_a_score_there_is(size, scores, scale):
    cutoffs = cut_between(GRADES[:size], scores, scale)
    if len(set(scores)) < size:
        assert cutoffs == {}
        return
    assert list(cutoffs) == list(GRADES[: size - 1])
    bounds = [cut * scale for cut in cutoffs.values()]
    assert all(later < earlier for earlier, later in pairwise(bounds))
    held = {sum(score < bound for bound in bounds) for score in scores}
    assert held == set(range(size))
