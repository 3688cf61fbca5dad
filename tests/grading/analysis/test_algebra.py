"""Boxes, their index and the search are held to counting every customer of a small world one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.grading.analysis.axis import pieces_in, runs_of
from rung.grading.analysis.index import Index
from rung.grading.analysis.search import Budget, OutOfBudgetError, Search, outside
from rung.grading.analysis.space import Box, Space, meet, space_of
from rung.policy.binding import All, Bound, Inverse, bind, truth
from rung.policy.binding import Any as AnyPart
from rung.policy.conditions import read_condition
from rung.text import Text
from rung.vocabulary import Aggregate, Choice, Feature, Field, Kind, Quantity

slowly = settings(deadline=None, max_examples=60)
NAME = Text.same("?")
FIELDS: dict[str, Quantity] = {
    "sum": Field(id="sum", title=NAME, kind=Kind.MONEY, decimals=1, low=0, high=1),
    "count": Field(id="count", title=NAME, kind=Kind.INTEGER, low=-2, high=6),
    "day": Field(id="day", title=NAME, kind=Kind.DATE),
    "kind": Field(
        id="kind", title=NAME, kind=Kind.CATEGORY, choices=tuple(Choice(id=c, title=NAME) for c in "xyz")
    ),
    "yes": Field(id="yes", title=NAME, kind=Kind.BOOLEAN),
    "word": Field(id="word", title=NAME, kind=Kind.TEXT),
}
WORLD: dict[str, list[Any]] = {
    "sum": [None, *range(11)],
    "kind": [None, "x", "y", "z"],
    "yes": [None, True, False],
    "word": [None, "a", "b", "c", "…"],
}
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "sum": st.sampled_from(
        [">= 0.5", "< 0.3", "[0.2..0.8)", "(0.3..0.7]", "not([0.1..0.4])", "0, 0.9, 1", "!= 0.4", "> 1", 0]
    ),
    "kind": st.sampled_from(["x", ["x", "y"], "not(z)", "not(x, y)"]),
    "yes": st.sampled_from([True, False]),
    "word": st.sampled_from(["a", ["a", "b"], "not(a)", "not(b, c)"]),
}


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=2, unique=True))
    blank = st.sampled_from(["missing", "not(missing)", "-"])
    written = {name: draw(CELLS[name] if draw(st.integers(0, 4)) else blank) for name in names}
    if depth and draw(st.booleans()):
        join = draw(st.sampled_from(["any", "all", "not"]))
        inner = conditions(depth=depth - 1)
        written[join] = draw(inner if join == "not" else st.lists(inner, min_size=1, max_size=3))
    return written


def bound(written: dict[str, Any]) -> Bound:
    return bind(read_condition(written), FIELDS)


bounds = conditions().map(bound)


def world(space: Space) -> list[dict[str, Any]]:
    names = [axis.quantity.id for axis in space.axes]
    return [dict(zip(names, values, strict=True)) for values in product(*(WORLD[name] for name in names))]


def inside(boxes: Iterable[Box], space: Space) -> Callable[[dict[str, Any]], bool]:
    """Return what tells whether a customer lies in one of the boxes, without asking the algebra."""
    conditions = [space.condition(box) for box in boxes]
    return lambda row: any(truth(condition, row) is True for condition in conditions)


@slowly
@given(bounds)
def test_the_boxes_of_a_condition_hold_exactly_the_customers_it_is_true_false_or_open_for(condition):
    space = space_of([condition])
    holds = inside(space.boxes(condition), space)
    may = inside(space.boxes(condition, may=True), space)
    fails = inside(space.boxes(condition, wanted=False), space)
    for row in world(space):
        found = truth(condition, row)
        assert (holds(row), may(row), fails(row)) == (found is True, found is not False, found is False)


@slowly
@given(bounds, bounds)
def test_a_box_met_by_another_holds_the_customers_both_hold(first, second):
    space = space_of([first, second])
    both = inside(
        (box for a in space.boxes(first) for b in space.boxes(second) if (box := meet(a, b))), space
    )
    for row in world(space):
        assert both(row) is (truth(first, row) is True and truth(second, row) is True)


@slowly
@given(bounds)
def test_a_box_gives_a_customer_that_lies_in_it(condition):
    space = space_of([condition])
    for box in space.boxes(condition):
        assert truth(condition, space.row(box)) is True


@slowly
@given(bounds)
def test_no_box_of_a_condition_lies_in_another_of_its_boxes(condition):
    space = space_of([condition])
    boxes = space.boxes(condition)
    assert not [1 for a, b in product(boxes, boxes) if a is not b and meet(a, b) == a]


@slowly
@given(st.lists(bounds, min_size=1, max_size=6), bounds)
def test_the_index_answers_as_comparing_box_by_box_does(table, asked):
    space = space_of([*table, asked])
    boxes = [box for condition in table for box in space.boxes(condition)]
    index = Index(space, boxes)
    for box in space.boxes(asked):
        assert set(pieces_in(index.meeting(box))) == {n for n, b in enumerate(boxes) if meet(box, b)}
        assert set(pieces_in(index.holding(box))) == {n for n, b in enumerate(boxes) if meet(box, b) == box}


@slowly
@given(st.lists(bounds, max_size=7), bounds)
def test_the_search_finds_somebody_outside_exactly_where_counting_does(table, asked):
    space = space_of([*table, asked])
    boxes = [box for condition in table for box in space.boxes(condition)]
    held = inside(boxes, space)
    for within in space.boxes(asked):
        found = outside(space, within, boxes, Budget(100_000))
        asked_for = inside([within], space)
        is_left = any(asked_for(row) and not held(row) for row in world(space))
        assert (found is not None) is is_left
        if found is not None:
            assert meet(found, within) == found
            assert not any(meet(found, box) for box in boxes)


@slowly
@given(st.lists(bounds, max_size=7))
def test_a_gap_made_wide_meets_no_rule_and_can_grow_on_no_axis(table):
    space = space_of(table)
    boxes = [box for condition in table for box in space.boxes(condition)]
    search = Search(Index(space, boxes))
    found = search.outside(space.full, Budget(100_000))
    if found is None:
        return
    wide = search.widened(found, space.full)
    assert not any(meet(wide, box) for box in boxes)
    for place, mask in enumerate(wide):
        for piece in pieces_in(space.full[place] & ~mask):
            grown = (*wide[:place], mask | 1 << piece, *wide[place + 1 :])
            assert any(meet(grown, box) for box in boxes)


@slowly
@given(st.lists(bounds, min_size=2, max_size=7), st.integers(0, 12))
def test_what_a_search_did_not_look_into_holds_everybody_it_could_still_have_found(table, steps):
    space = space_of(table)
    boxes = [box for condition in table for box in space.boxes(condition)]
    try:
        found = outside(space, space.full, boxes, Budget(steps))
    except OutOfBudgetError as error:
        held, left = inside(boxes, space), inside(error.left, space)
        assert all(held(row) or left(row) for row in world(space))
    else:
        assert found == outside(space, space.full, boxes, Budget(100_000))


@given(st.integers(0, 2**12))
def test_the_runs_of_a_mask_are_its_pieces(mask):
    assert [piece for a, b in runs_of(mask) for piece in range(a, b + 1)] == list(pieces_in(mask))
    assert all(not mask >> (last + 1) & 1 for _first, last in runs_of(mask))


@pytest.mark.parametrize(
    ("cell", "value"),
    [(">= 3", 3), ("< 3", 0), ("[1..2]", 1), ("> 3", 4), ("missing", None)],
)
def test_a_customer_is_given_zero_or_the_bound_that_is_written(cell, value):
    condition = bound({"count": cell})
    space = space_of([condition])
    assert space.row(space.boxes(condition)[0]) == {"count": value}


def test_what_lies_beyond_a_fields_bounds_is_nobody():
    condition = bound({"count": "> 6"})
    assert space_of([condition]).boxes(condition) == ()


def test_a_feature_that_counts_has_no_values_below_zero():
    visits = Feature(id="visits", title=NAME, kind=Kind.INTEGER, events="visits", aggregate=Aggregate.COUNT)
    condition = bind(read_condition({"visits": "< 0"}), {"visits": visits})
    assert space_of([condition]).boxes(condition) == ()


def test_days_are_compared_as_days():
    before = bind(read_condition({"day": "< 2026-01-01"}), FIELDS)
    after = bind(read_condition({"day": ">= 2026-01-01"}), FIELDS)
    space = space_of([before, after])
    assert outside(space, space.present, [*space.boxes(before), *space.boxes(after)], Budget(100)) is None
    later = bind(read_condition({"day": "> 2026-01-01"}), FIELDS)
    space = space_of([before, later])
    gap = outside(space, space.present, [*space.boxes(before), *space.boxes(later)], Budget(100))
    assert gap is not None
    assert str(space.row(gap)["day"]) == "2026-01-01"


def test_an_inverse_of_everything_holds_for_nobody():
    always = Inverse(All((AnyPart((All(()),)),)))
    assert space_of([always]).boxes(always) == ()
