"""Distribution, migration, concentration: what is counted adds up, and the figures are the published."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_shop import NOW, POLICY, SIZES, Shop, customers

from rung.errors import RungError
from rung.monitor import Aside, distribution_of, laid_beside, migration_of, pareto_of
from rung.monitor.migration import mobility_of, stood
from rung.vocabulary import LIMIT
from rung.workspace.grades_watched import (
    run_before,
    watch_concentration,
    watch_distribution,
    watch_migration,
)

GRADES = ("A", "B", "C")
HELD = st.lists(st.none() | st.integers(-5, 50) | st.integers(0, LIMIT), max_size=60)
SIDE = st.dictionaries(st.integers(1, 30).map("C{}".format), st.none() | st.sampled_from(GRADES))


def frame(grades: dict[str, str | None]) -> pl.LazyFrame:
    return pl.LazyFrame(
        {
            "customer_id": list(grades),
            "customer_name": [None] * len(grades),
            "model_grade": list(grades.values()),
        },
        schema={"customer_id": pl.String, "customer_name": pl.String, "model_grade": pl.Enum(GRADES)},
    )


def test_the_bandwidths_are_the_published_ones() -> None:
    """The example of MATLAB's matrixWeightedBandwidth: 0.6066 upper, 0.3306 lower."""
    square = [
        [10, 8, 15, 9, 10],
        [11, 9, 13, 9, 8],
        [0, 10, 10, 11, 10],
        [0, 0, 9, 11, 11],
        [0, 0, 0, 11, 10],
    ]
    found = mobility_of(square)
    assert found.upper == pytest.approx(0.6066, abs=5e-5)
    assert found.lower == pytest.approx(0.3306, abs=5e-5)


def test_where_all_stay_nothing_moves_and_where_a_grade_is_empty_shorrocks_is_silent() -> None:
    found = mobility_of([[3, 0], [0, 2]])
    assert (found.upper, found.lower, found.shorrocks) == (None, None, 0)
    assert mobility_of([[3, 1], [0, 0]]).shorrocks is None
    assert mobility_of([[3, 1], [0, 0]]).upper == 1
    assert mobility_of([[0, 2], [2, 0]]).shorrocks == 2


@given(square=st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4))
def test_the_bandwidths_lie_between_nothing_and_one_and_turn_round_with_the_matrix(
    square: list[list[int]],
) -> None:
    found = mobility_of(square)
    turned = mobility_of([row[::-1] for row in square[::-1]])
    assert all(each is None or 0 <= each <= 1 for each in (found.upper, found.lower))
    assert (found.upper, found.lower) == (turned.lower, turned.upper)


@given(before=SIDE, after=SIDE)
def test_everybody_in_either_run_stands_in_one_cell(
    before: dict[str, str | None], after: dict[str, str | None]
) -> None:
    beside = laid_beside(frame(before), frame(after))
    assert sorted(beside["customer_id"]) == sorted({*before, *after})
    found = migration_of(beside, GRADES, GRADES, 1, is_ordered=True)
    assert sum(map(sum, found.matrix())) == found.customers == len({*before, *after})
    assert found.new == len({*after} - {*before})
    assert found.lost == len({*before} - {*after})
    moves = [(before[each], after[each]) for each in {*before} & {*after}]
    graded = [(one, other) for one, other in moves if one is not None and other is not None]
    assert found.up is not None
    assert found.down is not None
    assert found.stayed.events == sum(one == other for one, other in graded)
    assert found.up.events == sum(one > other for one, other in graded)
    assert found.down.events == sum(one < other for one, other in graded)
    assert found.stayed.n == found.up.n == found.down.n == len(graded)
    for (one, other), count in found.counts.items():
        assert beside.filter(stood(one, other)).height == count


def test_the_customers_of_the_later_run_come_first_and_in_its_order() -> None:
    beside = laid_beside(frame({"C9": "A", "C1": "B"}), frame({"C3": "C", "C1": "A", "C2": None}))
    assert beside.select("customer_id", "before", "after", "was_in", "is_in").rows() == [
        ("C3", None, "C", False, True),
        ("C1", "B", "A", True, True),
        ("C2", None, None, False, True),
        ("C9", "A", None, True, False),
    ]


def test_between_other_grades_there_is_neither_up_nor_down() -> None:
    beside = laid_beside(frame({"C1": "A", "C2": "B"}), frame({"C1": "B", "C2": "B"}))
    found = migration_of(beside, GRADES, ("B", "A", "C"), 1, is_ordered=True)
    assert (found.is_ordered, found.up, found.down, found.mobility) == (False, None, None, None)
    assert (found.stayed.events, found.stayed.n) == (1, 2)


@given(values=HELD)
def test_a_curve_rises_from_nothing_to_all_and_never_sags_below_the_diagonal(
    values: list[int | None],
) -> None:
    found = pareto_of(pl.Series(values, dtype=pl.Int64))
    held = sorted((max(0, each) for each in values if each is not None), reverse=True)
    assert (found.customers, found.total) == (len(held), sum(held))
    assert found.missing == values.count(None)
    assert found.negative == sum(each is not None and each < 0 for each in values)
    if not found.total:
        assert (found.curve, found.tops, found.reached, found.gini) == ((), (), (), None)
        return
    assert found.curve[0] == (0, 0)
    assert found.curve[-1] == (1, 1)
    assert list(found.curve) == sorted(found.curve)
    assert all(value >= share - 1e-9 for share, value in found.curve)
    for top in (*found.tops, *found.reached):
        assert top.value_share == pytest.approx(float(Fraction(sum(held[: top.customers]), sum(held))))
    for share, each in zip((50, 80, 95), found.reached, strict=True):
        assert sum(held[: each.customers]) * 100 >= share * found.total
        assert sum(held[: each.customers - 1]) * 100 < share * found.total
    assert found.gini is not None
    assert 0 <= found.gini <= 1 - 1 / len(held) + 1e-9
    pairs = sum(abs(one - other) for one in held for other in held)
    assert found.gini == pytest.approx(pairs / (2 * len(held) * sum(held)), abs=1e-9)
    assert found.equals is not None
    assert 1 - 1e-9 <= found.equals <= len(held) + 1e-9


def test_four_who_hold_the_same_are_four_equals() -> None:
    found = pareto_of(pl.Series([7, 7, 7, 7]))
    assert (found.gini, found.equals) == (0, 4)
    assert [each.customers for each in found.tops] == [1, 1, 1, 1, 2]


def test_a_million_of_the_largest_values_are_added_up_exactly() -> None:
    assert pareto_of(pl.Series([LIMIT]).new_from_index(0, 1_000_000)).total == LIMIT * 1_000_000


@given(rows=st.lists(st.tuples(st.none() | st.sampled_from(GRADES), st.none() | st.integers(-9, LIMIT))))
def test_counts_and_values_of_the_grades_add_up(rows: list[tuple[str | None, int | None]]) -> None:
    table = pl.DataFrame(rows, schema={"grade": pl.String, "value": pl.Int64}, orient="row")
    found = distribution_of(table, GRADES)
    assert [each.grade for each in found.grades][:3] == list(GRADES)
    assert sum(each.count for each in found.grades) == len(rows) == found.customers
    assert sum(each.value for each in found.grades) == sum(value or 0 for _grade, value in rows)
    assert found.missing == sum(value is None for _grade, value in rows)
    if rows:
        assert sum(each.share for each in found.grades) == pytest.approx(1)


# In a workspace

LATER = datetime(2026, 4, 1, 8, tzinfo=UTC)
GROWN = customers({"A": 45, "B": 20, "C": 20, "D": 10}, ungraded=2)
"""C41–C45 go up to A, C66–C70 down to C, C86–C90 down to D, C96 and C97 are not graded, C98–C100 go."""


def both(shop: Shop) -> tuple[str, str]:
    return shop.graded(), shop.graded(GROWN, as_of=date(2026, 4, 1), created_at=LATER)


def test_two_runs_of_a_shop_tell_who_moved(shop: Shop) -> None:
    before, after = both(shop)
    found = watch_migration(shop.place, before, after)
    counts = found.migration.counts
    assert counts == {
        ("A", "A"): 40,
        ("B", "A"): 5,
        ("B", "B"): 20,
        ("B", "C"): 5,
        ("C", "C"): 15,
        ("C", "D"): 5,
        ("D", "D"): 5,
        ("D", Aside.NOT_GRADED): 2,
        ("D", Aside.ABSENT): 3,
    }
    assert found.migration.up is not None
    assert (found.migration.up.events, found.migration.up.n) == (5, 95)
    up = found.customers.filter(stood("B", "A"))
    assert up["customer_id"].to_list() == ["C41", "C42", "C43", "C44", "C45"]


def test_the_run_before_is_the_last_by_the_same_policy(shop: Shop) -> None:
    before, after = both(shop)
    shop.graded(policy=POLICY.replace("shop.tiers", "shop.others"), created_at=LATER - timedelta(1))
    manifests = {each.run_id: each for each in shop.place.runs().manifests}
    found = run_before(shop.place, manifests[after])
    assert found is not None
    assert found.run_id == before
    assert run_before(shop.place, manifests[before]) is None


def test_runs_by_different_policies_and_a_run_with_itself_are_not_compared(shop: Shop) -> None:
    one = shop.graded()
    other = shop.graded(policy=POLICY.replace("shop.tiers", "shop.others"), created_at=LATER)
    with pytest.raises(RungError, match=r"different policies: shop\.tiers and shop\.others"):
        watch_migration(shop.place, one, other)
    with pytest.raises(RungError, match="compared with itself"):
        watch_migration(shop.place, one, one)


def test_a_distribution_tells_customers_value_and_what_people_made_of_it(shop: Shop) -> None:
    before, after = both(shop)
    shop.override("C46", "B", "A", run_id=after)
    found = watch_distribution(shop.place, after, before, "spent", NOW)
    told = [(each.grade, each.count, each.value) for each in found.now.grades]
    assert told == [("A", 45, 13_500), ("B", 20, 4_000), ("C", 20, 2_000), ("D", 10, 0), (None, 2, 0)]
    assert found.before is not None
    assert [each.count for each in found.before.grades] == list(SIZES.values())
    assert found.effective == {"A": 46, "B": 19, "C": 20, "D": 10, None: 2}
    assert watch_distribution(shop.place, before, None, None, NOW).before is None


def test_the_value_held_is_the_one_named_or_the_only_one(shop: Shop) -> None:
    run = shop.graded()
    found = watch_concentration(shop.place, run, None)
    assert (found.value.id, found.pareto.total) == ("spent", 20_000)
    assert found.pareto.tops[3].customers == 20
    assert found.pareto.tops[3].value_share == pytest.approx(0.3)
    with pytest.raises(RungError, match="does not hold “spend”"):
        watch_concentration(shop.place, run, "spend")
