"""Features are what their declaration says, computed by hand beside: windows, aggregates, cells, groups."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.durations import Duration
from rung.sdk import Aggregate, Feature, Kind

Raises = Callable[[str], Any]
Make = Callable[..., Feature]
AS_OF = date(2026, 3, 31)
CUSTOMERS = "customer_id,owner\nA,Li\nB,Li\nC,\nD,Wang\n"
ORDERS = (
    "customer_id,date,amount,kind,arena\n"
    "A,2026-03-31,100,promotion,east\n"
    "A,2026-03-01,50.5,regular,east\n"
    "A,2025-03-31,7,promotion,west\n"
    "B,2026-01-31,10,,north\n"
    "A,2026-04-01,1000,promotion,south\n"
    "C,2026-02-28,,promotion,east\n"
    "X,2026-02-28,5,regular,east\n"
)


def test_a_window_ends_with_the_as_of_day_and_leaves_the_day_it_begins_after_out(
    desk: Any, make_feature: Make
) -> None:
    features = (
        make_feature("all", Aggregate.COUNT),
        make_feature("year", Aggregate.COUNT, within="12mo"),
        make_feature("month", Aggregate.COUNT, within="1mo"),
        make_feature("longer", Aggregate.COUNT, within="366d"),
    )
    taken = desk.take(CUSTOMERS, events={"orders": ORDERS}, features=features)
    assert taken.column("all") == [3, 1, 1, 0]
    assert taken.column("year") == [2, 1, 1, 0]  # 2025-03-31 is twelve months before, and no longer within
    assert taken.column("month") == [2, 0, 0, 0]  # after 2026-02-28
    assert taken.column("longer") == [3, 1, 1, 0]


AGGREGATES: list[tuple[Aggregate, dict[str, Any], list[Any]]] = [
    (Aggregate.SUM, {"column": "amount", "kind": Kind.MONEY}, [15750, 1000, None, 0]),
    (Aggregate.MEAN, {"column": "amount", "kind": Kind.MONEY}, [5250, 1000, None, None]),
    (Aggregate.MEAN, {"column": "amount", "kind": Kind.INTEGER}, [53, 10, None, None]),
    (Aggregate.MEAN, {"column": "amount", "kind": Kind.NUMBER}, [525_000, 100_000, None, None]),
    (Aggregate.MIN, {"column": "amount", "kind": Kind.MONEY}, [700, 1000, None, None]),
    (Aggregate.MAX, {"column": "amount", "kind": Kind.MONEY}, [10_000, 1000, None, None]),
    (Aggregate.FIRST, {"column": "amount", "kind": Kind.MONEY}, [700, 1000, None, None]),
    (Aggregate.LAST, {"column": "amount", "kind": Kind.MONEY}, [10_000, 1000, None, None]),
    (Aggregate.LAST, {"column": "arena", "kind": Kind.TEXT}, ["east", "north", "east", None]),
    (Aggregate.FIRST, {"column": "kind", "kind": Kind.TEXT}, ["promotion", None, "promotion", None]),
    (
        Aggregate.MAX,
        {"column": "date", "kind": Kind.DATE},
        [AS_OF, date(2026, 1, 31), date(2026, 2, 28), None],
    ),
    (Aggregate.DISTINCT, {"column": "arena"}, [2, 1, 1, 0]),
    (Aggregate.COUNT, {"column": "amount"}, [3, 1, 0, 0]),
    (Aggregate.COUNT, {"where": {"kind": "promotion"}}, [2, 0, 1, 0]),
    (Aggregate.SHARE, {"where": {"kind": "promotion"}, "kind": Kind.PERCENT}, [6667, 0, 10_000, None]),
    (Aggregate.SHARE, {"where": {"amount": ">= 50"}, "kind": Kind.PERCENT}, [6667, 0, 0, None]),
    (Aggregate.MONTHS_SINCE, {}, [0, 2, 1, None]),
    (Aggregate.DAYS_SINCE, {}, [0, 59, 31, None]),
    (Aggregate.COUNT, {"empty": 9}, [3, 1, 1, 9]),
    (Aggregate.DAYS_SINCE, {"empty": 999, "where": {"kind": "promotion"}}, [0, 999, 31, 999]),
    (Aggregate.MEAN, {"column": "amount", "kind": Kind.MONEY, "empty": 1}, [5250, 1000, None, 100]),
    (Aggregate.SUM, {"column": "amount", "kind": Kind.MONEY, "over": "owner"}, [16750, 16750, None, 0]),
    (Aggregate.COUNT, {"over": "owner"}, [4, 4, 1, 0]),
    (Aggregate.LAST, {"column": "arena", "kind": Kind.TEXT, "over": "owner"}, ["east", "east", "east", None]),
]


@pytest.mark.parametrize(("aggregate", "more", "expected"), AGGREGATES)
def test_each_aggregate(
    desk: Any, make_feature: Make, aggregate: Aggregate, more: dict[str, Any], expected: list[Any]
) -> None:
    taken = desk.take(CUSTOMERS, events={"orders": ORDERS}, features=(make_feature("f", aggregate, **more),))
    assert taken.column("f") == expected


@pytest.mark.parametrize(
    ("aggregate", "more", "expected"),
    [
        (Aggregate.SUM, {"column": "assets", "kind": Kind.MONEY, "over": "owner"}, [300, 300, 700, None]),
        (Aggregate.COUNT, {"over": "owner"}, [2, 2, 1, 1]),
        (Aggregate.MAX, {"column": "assets", "kind": Kind.MONEY, "over": "owner"}, [200, 200, 700, None]),
        (Aggregate.COUNT, {"over": "owner", "where": {"assets": "> 1"}}, [1, 1, 1, 0]),
        (Aggregate.MEAN, {"column": "assets", "kind": Kind.MONEY}, [100, 200, 700, None]),
    ],
)
def test_the_customers_own_rows_are_summed_up_over_a_shared_key(
    desk: Any, make_feature: Make, aggregate: Aggregate, more: dict[str, Any], expected: list[Any]
) -> None:
    table = "customer_id,owner,assets\nA,Li,1\nB,Li,2\nC,,7\nD,Wang,\n"
    taken = desk.take(table, features=(make_feature("f", aggregate, events="customers", **more),))
    assert taken.column("f") == expected


def test_a_group_nobody_has_a_key_of_is_each_customer_alone(desk: Any, make_feature: Make) -> None:
    features = (make_feature("f", Aggregate.COUNT, over="owner"),)
    taken = desk.take("customer_id\nA\nB\n", events={"orders": ORDERS}, features=features)
    assert taken.column("f") == [3, 1]


def test_a_feature_without_its_events_is_read_from_a_column_of_its_name(
    desk: Any, make_feature: Make
) -> None:
    features = (
        make_feature("visits", Aggregate.COUNT, aliases=("来访次数",)),
        make_feature("orders_12m", Aggregate.COUNT),
    )
    taken = desk.take("customer_id,来访次数\nA,3\n", features=features, wanted={"visits", "orders_12m"})
    assert (taken.column("visits"), taken.column("orders_12m")) == ([3], [None])
    assert taken.intake.absent == ("orders_12m",)


def test_a_column_the_mapping_file_names_goes_before_the_events(desk: Any, make_feature: Make) -> None:
    taken = desk.take(
        "customer_id,n\nA,42\n",
        mapping='[customers]\nvisits = "n"',
        events={"orders": ORDERS},
        features=(make_feature("visits", Aggregate.COUNT),),
    )
    assert taken.column("visits") == [42]


def test_a_feature_of_a_column_the_events_lack_is_missing_and_said_so(desk: Any, make_feature: Make) -> None:
    features = (
        make_feature("spend", Aggregate.SUM, Kind.MONEY, column="amount"),
        make_feature("n", Aggregate.COUNT),
    )
    taken = desk.take(
        CUSTOMERS,
        events={"orders": "customer_id,date\nA,2026-01-01\n"},
        features=features,
        wanted={"spend", "n"},
    )
    assert (taken.column("spend"), taken.column("n")) == ([None] * 4, [1, 0, 0, 0])
    assert taken.intake.absent == ("spend",)


def test_events_that_do_not_count_are_counted_and_listed(desk: Any, make_feature: Make) -> None:
    orders = (
        ORDERS
        + ",2026-01-01,1,,\nA,,1,,\nA,soon,1,,\nA,2026-01-01,much,,\nA,2026-01-01,1\nY,2026-01-01,2,,\n"
    )
    taken = desk.take(
        CUSTOMERS,
        events={"orders": orders},
        features=(make_feature("spend", Aggregate.SUM, Kind.MONEY, column="amount"),),
    )
    quality = taken.quality.events[0]
    assert (quality.read.rows, quality.read.misfits, quality.used) == (13, 1, 6)
    assert (quality.without_customer, quality.without_date, quality.after_as_of) == (1, 2, 1)
    assert (quality.of_unknown_customers, quality.unknown_customers) == (2, ("X", "Y"))
    assert sorted((each.line, each.column, each.value, each.table) for each in taken.intake.rejections()) == [
        (9, "", "", "orders"),
        (10, "", "", "orders"),
        (11, "", "", "orders"),
        (11, "date", "soon", "orders"),
        (12, "amount", "much", "orders"),
        (13, "", "A,2026-01-01,1", "orders"),
    ]


def test_a_sum_that_no_value_may_have_is_missing_rather_than_wrong(desk: Any, make_feature: Make) -> None:
    most = 90_000_000_000_000
    orders = "customer_id,date,amount\n" + f"A,2026-01-01,{most}\n" * 2_000 + f"B,2026-01-01,{most}\n"
    orders += f"C,2026-01-01,{most}\n" * 2 + f"C,2026-01-01,-{most}\n"
    taken = desk.take(
        CUSTOMERS,
        events={"orders": orders},
        features=(
            make_feature("total", Aggregate.SUM, Kind.MONEY, column="amount"),
            make_feature("mean", Aggregate.MEAN, Kind.MONEY, column="amount"),
        ),
    )
    assert taken.column("total") == [None, most * 100, most * 100, 0]
    assert taken.column("mean") == [most * 100, most * 100, most * 100 // 3, None]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"where": {"knd": "x"}}, "“knd”"),
        ({"where": {"kind": "xx"}}, "xx"),
        ({"column": "amt"}, "unknown column “amt”"),
        ({"within": "1 moon"}, "no duration"),
        ({"events": "customers", "aggregate": Aggregate.DAYS_SINCE}, "have no date"),
    ],
)
def test_a_feature_declared_wrongly_costs_itself_alone(
    desk: Any, make_feature: Make, more: dict[str, Any], message: str
) -> None:
    aggregate = more.pop("aggregate", Aggregate.COUNT)
    features = (make_feature("bad", aggregate, **more), make_feature("n", Aggregate.COUNT))
    taken = desk.take(CUSTOMERS, events={"orders": ORDERS}, features=features, wanted={"bad", "n"})
    assert taken.column("n") == [3, 1, 1, 0]
    assert taken.column("bad") == [None] * 4
    assert [each.id for each in taken.intake.faults] == ["bad"]
    assert message in taken.intake.faults[0].message


MAPPING = """
[customers]
from_events = "orders"
customer_name = "who"
owner = { value = "ACME" }
[events.orders]
customer_id = "who"
date = "signed"
"""


def test_the_customers_may_be_those_the_events_name(desk: Any, make_feature: Make) -> None:
    table = (
        "who,signed,amount,assets\nQ,2026-01-01,1,7\nP,2026-01-02,2,8\nQ,2026-01-03,4,9\n,2026-01-04,8,1\n"
    )
    features = (make_feature("spend", Aggregate.SUM, Kind.MONEY, column="amount"),)
    taken = desk.take(table, mapping=MAPPING, features=features)
    assert taken.frame.to_dicts() == [
        {"customer_id": "Q", "customer_name": "Q", "owner": "ACME", "spend": 500},
        {"customer_id": "P", "customer_name": "P", "owner": "ACME", "spend": 200},
    ]
    assert (taken.quality.customers, taken.quality.repeated) == (2, 0)
    assert taken.quality.events[0].without_customer == 1


EVENTS = st.lists(
    st.tuples(
        st.sampled_from("ABCX"),
        st.integers(-1, 800),
        st.none() | st.integers(-(10**6), 10**6),
        st.sampled_from(["promotion", "regular", ""]),
    ),
    max_size=30,
)


@given(
    events=EVENTS, within=st.sampled_from([None, "1d", "3mo", "1y"]), only=st.booleans(), over=st.booleans()
)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_features_agree_with_a_plain_computation(
    desk: Any, make_feature: Make, events: list[Any], within: str | None, only: bool, over: bool
) -> None:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["customer_id", "date", "amount", "kind"])
    dated = [(who, AS_OF - timedelta(days=ago), amount, kind) for who, ago, amount, kind in events]
    for who, day, amount, kind in dated:
        writer.writerow([who, day, "" if amount is None else amount / 100, kind])
    more: dict[str, Any] = {"within": within, "where": {"kind": "promotion"} if only else {}}
    more["over"] = "owner" if over else None
    summed = (Aggregate.SUM, Aggregate.MEAN, Aggregate.MIN, Aggregate.MAX, Aggregate.FIRST, Aggregate.LAST)
    features = (
        *(make_feature(each.value, each, Kind.MONEY, column="amount", **more) for each in summed),
        make_feature("share", Aggregate.SHARE, Kind.PERCENT, **more),
        make_feature("count", Aggregate.COUNT, **more),
    )
    if not events:
        return
    taken = desk.take(CUSTOMERS, events={"orders": written.getvalue()}, features=features)

    groups = {"A": "AB", "B": "AB", "C": "C", "D": "D"} if over else {who: who for who in "ABCD"}
    start = Duration.parse(within).before(AS_OF) if within else date.min
    for row in taken.frame.iter_rows(named=True):
        window = [e for e in dated if e[0] in groups[row["customer_id"]] and start < e[1] <= AS_OF]
        meeting = [e for e in window if not only or e[3] == "promotion"]
        known = [e[2] for e in meeting if e[2] is not None]
        in_order = sorted(meeting, key=lambda e: e[1])
        assert row["count"] == len(meeting)
        assert row["sum"] == (sum(known) if known else None if meeting else 0)
        assert row["mean"] == (half_up(Fraction(sum(known), len(known))) if known else None)
        assert row["min"] == min(known, default=None)
        assert row["max"] == max(known, default=None)
        assert row["first"] == (in_order[0][2] if in_order else None)
        assert row["last"] == (in_order[-1][2] if in_order else None)
        assert row["share"] == (half_up(Fraction(10_000 * len(meeting), len(window))) if window else None)


def half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


@given(
    day=st.dates(date(2020, 1, 1), date(2026, 3, 31)), as_of=st.dates(date(2026, 3, 31), date(2026, 12, 31))
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_months_since_counts_whole_months(desk: Any, make_feature: Make, day: date, as_of: date) -> None:
    taken = desk.take(
        "customer_id\nA\n",
        events={"orders": f"customer_id,date\nA,{day}\n"},
        features=(make_feature("m", Aggregate.MONTHS_SINCE),),
        as_of=as_of,
    )
    months = taken.column("m")[0]
    assert months == 0 or Duration.parse(f"{months}mo").before(as_of) >= day
    assert Duration.parse(f"{months + 1}mo").before(as_of) < day


def test_a_table_of_headers_alone_says_that_nothing_happened(desk: Any, make_feature: Make) -> None:
    features = (
        make_feature("all", Aggregate.COUNT),
        make_feature("mean", Aggregate.MEAN, column="amount", kind=Kind.MONEY),
        make_feature("since", Aggregate.DAYS_SINCE),
    )
    header = ORDERS.splitlines()[0] + "\n"
    taken = desk.take(CUSTOMERS, events={"orders": header}, features=features)
    assert taken.column("all") == [0, 0, 0, 0]
    assert taken.column("mean") == taken.column("since") == [None] * 4
