"""The algebra of ranges, against plain sets of small numbers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rung.policy.ranges import EVERYTHING, Range, complement, contains, intersection, union

DOMAIN = range(-8, 9)
ends = st.one_of(st.none(), st.integers(-6, 6))
ranges = st.lists(st.builds(Range, ends, ends), max_size=5)


def members(found: tuple[Range, ...] | list[Range]) -> set[int]:
    return {n for n in DOMAIN if contains(found, n)}


@given(ranges)
def test_union_keeps_every_member_and_leaves_gaps_between_its_ranges(given_ranges: list[Range]) -> None:
    joined = union(given_ranges)
    assert members(joined) == members(given_ranges)
    for left, right in pairwise(joined):
        assert left.high is not None and right.low is not None and left.high + 1 < right.low


@given(ranges)
def test_complement_holds_exactly_what_is_not_inside(given_ranges: list[Range]) -> None:
    assert members(complement(given_ranges)) == set(DOMAIN) - members(given_ranges)


@given(ranges)
def test_complement_twice_is_the_union(given_ranges: list[Range]) -> None:
    assert complement(complement(given_ranges)) == union(given_ranges)


@given(ranges, ranges)
def test_intersection_holds_what_is_in_both(first: list[Range], second: list[Range]) -> None:
    assert members(intersection(first, second)) == members(first) & members(second)


def test_the_complement_of_nothing_is_everything() -> None:
    assert complement([]) == EVERYTHING
    assert complement(EVERYTHING) == ()
