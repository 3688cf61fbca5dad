"""A plugin's measures are tried alone; a broken one costs its own column and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import narwhals.stable.v2 as nw
import pytest

from rung.sdk import Field, Kind, Measure, Text

TABLE = "customer_id,assets,days_late\nA,3,1\nB,2,5\nC,,9\nD,5,\n"


def measure(
    build: Callable[[], Any], inputs: tuple[str, ...] = ("assets", "days_late"), **more: Any
) -> Measure:
    more.setdefault("kind", Kind.INTEGER)
    return Measure(id="m", title=Text.same("m"), inputs=inputs, build=build, **more)


def test_a_measure_is_computed_from_scaled_values(desk: Any) -> None:
    taken = desk.take(TABLE, measures=(measure(lambda: nw.col("assets") - nw.col("days_late")),))
    assert taken.column("m") == [299, 195, None, None]
    assert taken.intake.faults == ()


def test_the_inputs_of_a_measure_are_read_though_only_the_measure_is_wanted(desk: Any) -> None:
    taken = desk.take(TABLE, measures=(measure(lambda: nw.col("assets") * 2),), wanted={"m"})
    assert taken.frame.columns == ["customer_id", "customer_name", "m"]
    assert taken.column("m") == [600, 400, None, 1000]


def test_a_fields_alias_may_be_a_measures_name_for_no_measure_is_read_from_a_header(
    desk: Any, fields: dict[str, Field]
) -> None:
    renamed = replace(fields["days_late"], aliases=("m",))
    taken = desk.take(
        "customer_id,m\nA,3\n",
        fields=(fields["customer_id"], fields["customer_name"], renamed),
        measures=(measure(lambda: nw.col("days_late"), ("days_late",)),),
    )
    assert (taken.column("days_late"), taken.column("m")) == ([3], [3])


def test_a_measure_of_what_the_table_lacks_is_missing_for_everyone(desk: Any) -> None:
    table = "customer_id,assets\nA,3\n"
    wanted = (measure(lambda: nw.col("assets") - nw.col("days_late")),)
    assert desk.take(table, measures=wanted, wanted={"m"}).column("m") == [None]
    assert desk.take(table, measures=wanted).frame.columns == ["customer_id", "customer_name", "assets"]


def boom() -> nw.Expr:
    raise ZeroDivisionError("oops\nsecond line")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (boom, "ZeroDivisionError: oops"),
        (lambda: nw.col("absent"), "absent"),
        (lambda: nw.col("assets") / 3, "it gives Float64; integer is kept as Int64"),
        (lambda: nw.col("assets") - nw.col("assets").mean().cast(nw.Int64()), "depend on which other rows"),
        (lambda: nw.col("assets").cum_sum(), "depend on which other rows"),
        (lambda: nw.col("assets").sum(), "depend on which other rows"),
        (lambda: "assets plus one", "it builds str, which is no expression"),
        (lambda: None, ""),
    ],
)
def test_a_broken_measure_is_a_named_fault_and_missing_for_everyone(
    desk: Any, build: Callable[[], Any], message: str
) -> None:
    sound = Measure(
        id="ok", title=Text.same("ok"), kind=Kind.INTEGER, inputs=("assets",), build=lambda: nw.col("assets")
    )
    taken = desk.take(TABLE, measures=(measure(build), sound))
    assert taken.column("m") == [None] * 4
    assert taken.column("ok") == [300, 200, None, 500]
    assert [each.id for each in taken.intake.faults] == ["m"]
    assert message in taken.intake.faults[0].message
    assert "\n" not in taken.intake.faults[0].message
    assert taken.quality.faults == taken.intake.faults


def test_a_measure_sees_its_declared_inputs_alone(desk: Any) -> None:
    taken = desk.take(TABLE, measures=(measure(lambda: nw.col("days_late"), inputs=("assets",)),))
    assert [each.id for each in taken.intake.faults] == ["m"]


def test_a_measure_beyond_the_limit_or_its_bounds_is_missing(desk: Any) -> None:
    taken = desk.take(TABLE, measures=(measure(lambda: nw.col("assets"), low=250, high=400),))
    assert taken.column("m") == [300, None, None, None]
