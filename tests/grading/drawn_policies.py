"""Policies, customers and a vocabulary to grade in tests: written out, or made at random by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import strategies as st

from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.model import Policy
from rung.text import Text
from rung.vocabulary import Choice, Field, Kind, Vocabulary

FIELDS = (
    Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
    Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
    Field(id="money", title=Text("金额", "Money"), kind=Kind.MONEY),
    Field(id="count", title=Text("次数", "Count"), kind=Kind.INTEGER),
    Field(id="share", title=Text("占比", "Share"), kind=Kind.PERCENT),
    Field(
        id="word",
        title=Text("类别", "Word"),
        kind=Kind.CATEGORY,
        choices=tuple(Choice(id=c, title=Text.same(c)) for c in "xyz"),
    ),
    Field(id="yes", title=Text("是否", "Yes"), kind=Kind.BOOLEAN),
    Field(id="day", title=Text("日期", "Day"), kind=Kind.DATE),
)
VOCABULARY = Vocabulary(fields={field.id: field for field in FIELDS})
SCHEMA: dict[str, Any] = {
    "customer_id": pl.String,
    "customer_name": pl.String,
    "money": pl.Int64,
    "count": pl.Int64,
    "share": pl.Int64,
    "word": pl.String,
    "yes": pl.Boolean,
    "day": pl.Date,
    "previous_grade": pl.String,
}
START = date(2026, 1, 1)


def policy(**parts: Any) -> CompiledPolicy:
    """Compile a policy from its parts, with what every policy needs filled in."""
    whole = {
        "schema": 1,
        "id": "test.policy",
        "version": "1",
        "title": "Test",
        "grades": ["A", "B", "C", "D"],
        **parts,
    }
    return compile_policy(Policy.model_validate(whole), VOCABULARY)


def customers(*rows: dict[str, Any]) -> pl.LazyFrame:
    """Return a measured frame of rows with scaled values; what a row does not name is missing."""
    full = [{"customer_id": f"c{n}", **row} for n, row in enumerate(rows)]
    return pl.DataFrame(full, schema=SCHEMA, orient="row").lazy()


numbers = st.integers(-6, 12)


@st.composite
def cells(draw: st.DrawFn, name: str) -> Any:
    """Draw a cell for a field, with bounds where the drawn values lie."""
    if name == "word":
        return draw(st.sampled_from(["x", "not(y)", "missing", "not(missing)", ["x", "z"], "-"]))
    if name == "yes":
        return draw(st.sampled_from([True, False, "missing"]))
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    if name == "day":
        first, last = START + timedelta(low), START + timedelta(high)
        return draw(st.sampled_from([f">= {first}", f"< {first}", f"[{first}..{last}]", first]))
    return draw(
        st.sampled_from(
            [
                f">= {low}",
                f"> {low}",
                f"< {low}",
                f"<= {high}.5" if name != "count" else f"<= {high}",
                f"[{low}..{high}]",
                f"not([{low}..{high}])",
                f"{low}, {high}",
                "missing",
                "-",
                low,
            ]
        )
    )


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """Draw a condition over one to three names, nested up to ``depth``."""
    names = draw(
        st.lists(
            st.sampled_from(["money", "count", "share", "word", "yes", "day"]),
            min_size=1,
            max_size=2,
            unique=True,
        )
    )
    written: dict[str, Any] = {name: draw(cells(name)) for name in names}
    if depth and draw(st.integers(0, 3)) == 0:
        join = draw(st.sampled_from(["any", "all", "not"]))
        inner = conditions(depth=depth - 1)
        written[join] = draw(inner) if join == "not" else draw(st.lists(inner, min_size=1, max_size=3))
    return written


within = st.sampled_from([{}, {}, {"within": "word"}, {"within": "yes"}, {"within": "count"}])
points = st.integers(-40, 100)
missing = st.sampled_from(["refuse", "worst", "drop", {"points": 37.5}])


@st.composite
def criteria(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """Draw a criterion whose bands cover every value, or one ranked within the population."""
    written: dict[str, Any] = {
        "id": f"k{number}",
        "title": f"K{number}",
        "weight": draw(st.sampled_from([1, 2.5, 30])),
        "missing": draw(missing),
    }
    if draw(st.integers(0, 3)) == 0:
        written["applies"] = draw(conditions(depth=1))
    name = draw(st.sampled_from(["money", "count", "share", "word", "ratio"]))
    written["measure"] = name
    if name == "word":
        written["bands"] = [{"when": "x", "points": draw(points)}, {"when": "not(x)", "points": draw(points)}]
    elif draw(st.integers(0, 2)) == 0:
        written["rank"] = draw(st.sampled_from(["count", "value"]))
        written["ties"] = draw(st.sampled_from(["up", "down"]))
        written |= draw(within)
        tops = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=3)))
        written["bands"] = [
            *({"top": top, "points": draw(points)} for top in tops),
            {"when": "-", "points": draw(points)},
        ]
    else:
        cuts = sorted(draw(st.sets(numbers, min_size=1, max_size=3)))
        edges = [
            f"< {cuts[0]}",
            *(f"[{a}..{b})" for a, b in pairwise(cuts)),
            f">= {cuts[-1]}",
        ]
        written["bands"] = [{"when": edge, "points": draw(points)} for edge in draw(st.permutations(edges))]
    return written


HITS = ("first", "unique", "any", "priority", "rule_order", "collect")
MODES = ("score", "score", "rules", "rules", "process", "matrix", "combine", "count", "value")


@st.composite
def tables(draw: st.DrawFn, mode: str) -> dict[str, Any]:
    """Draw a decision table of any hit policy, or stages."""
    grading: dict[str, Any] = {"mode": mode, "missing": draw(st.sampled_from(["refuse", "no_match"]))}
    if draw(st.booleans()):
        grading["otherwise"] = draw(st.sampled_from("AD"))
    hit = draw(st.sampled_from(HITS)) if mode == "rules" else "furthest"
    worth: dict[str, Any] = {"grade": st.sampled_from("ABCD")}
    if mode == "rules":
        grading["hit"] = hit
    if hit == "collect":
        grading["collect"] = draw(st.sampled_from(["sum", "min", "max", "count"]))
        a, b, c = sorted(draw(st.sets(st.integers(-40, 100), min_size=3, max_size=3)), reverse=True)
        grading["cutoffs"] = {"A": a, "B": b, "C": c}
        grading["score_decimals"] = draw(st.integers(0, 3))
        worth = {"points": st.sampled_from([-40, -2.5, 0, 1.25, 30, 30, 60.01])}
    rules = [
        {"id": f"r{n}", **draw(st.fixed_dictionaries(worth)), "when": draw(conditions()), "reason": "r"}
        for n in range(draw(st.integers(1, 5)))
    ]
    return {"grading": grading, "rules": rules}


@st.composite
def matrices(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a matrix of two criteria."""
    axes = [draw(criteria(n)) for n in range(2)]
    for axis in axes:
        axis.pop("applies", None)
        axis["missing"] = draw(st.sampled_from(["refuse", "worst"]))
    down, across = (len(axis["bands"]) for axis in axes)
    cells = [[draw(st.sampled_from("ABCD")) for _ in range(across)] for _ in range(down)]
    names = ["k0", "k1"] if draw(st.booleans()) else ["k1", "k0"]
    if names[0] == "k1":
        cells = [list(row) for row in zip(*cells, strict=True)]
    return {"grading": {"mode": "matrix", "axes": names, "cells": cells}, "criteria": axes}


@st.composite
def combinations(draw: st.DrawFn) -> dict[str, Any]:
    """Draw scales combined: every band names a grade."""
    scales = [draw(criteria(n)) for n in range(draw(st.integers(1, 4)))]
    for scale in scales:
        for band in scale["bands"]:
            band["grade"] = draw(st.sampled_from("ABCD"))
    grading = {
        "mode": "combine",
        "how": draw(st.sampled_from(["worst", "best", "weighted"])),
        "ties": draw(st.sampled_from(["up", "down"])),
    }
    return {"grading": grading, "criteria": scales}


@st.composite
def hystereses(draw: st.DrawFn, has_score: bool) -> dict[str, Any]:
    """Draw what keeps grades from flickering."""
    notches = st.sampled_from([{}, {"max_up": 1}, {"max_down": 1}, {"max_up": 2, "max_down": 1}])
    written = dict(draw(notches))
    if has_score:
        written |= draw(st.sampled_from([{}, {"margin": 0}, {"margin": 7}, {"margin": 30}]))
    return written or {"max_up": 9}


@st.composite
def policies(draw: st.DrawFn, modes: tuple[str, ...] = MODES) -> CompiledPolicy:
    """Draw a whole policy of any method, with gates, flags and a derived value."""
    parts: dict[str, Any] = {
        "derived": {
            "ratio": {
                "title": "Ratio",
                "formula": draw(
                    st.sampled_from(
                        [
                            "money / count",
                            "(money - share) * 2 / (count + 1)",
                            "money * -3 + 0.5",
                            "share / money / 7",
                        ]
                    )
                ),
                "decimals": 2,
            }
        },
    }
    mode = draw(st.sampled_from(modes))
    if mode == "score":
        a, b, c = sorted(draw(st.sets(st.integers(-40, 100), min_size=3, max_size=3)), reverse=True)
        parts["grading"] = {
            "mode": mode,
            "cutoffs": {"A": a, "B": b, "C": c},
            "score_decimals": draw(st.integers(0, 3)),
        }
        parts["criteria"] = [draw(criteria(n)) for n in range(draw(st.integers(1, 5)))]
    elif mode in {"rules", "process"}:
        parts |= draw(tables(mode))
    elif mode == "matrix":
        parts |= draw(matrices())
    elif mode == "combine":
        parts |= draw(combinations())
    else:
        first, second = sorted(draw(st.sets(st.integers(1, 98), min_size=2, max_size=2)))
        parts["grading"] = {
            "mode": mode,
            "by": draw(st.sampled_from(["money", "count", "ratio"])),
            "ties": draw(st.sampled_from(["up", "down"])),
            "shares": {"A": first, "B": second, "C": 99, "D": 100},
            "missing": draw(st.sampled_from(["refuse", "worst"])),
            **draw(within),
        }
    if draw(st.integers(0, 2)) == 0:
        parts["hysteresis"] = draw(hystereses(mode == "score"))
    parts["gates"] = [
        {
            "id": f"g{n}",
            "when": draw(conditions(depth=1)),
            draw(st.sampled_from(["at_most", "at_least", "set"])): draw(st.sampled_from("ABCD")),
            "missing": draw(st.sampled_from(["refuse", "skip", "fire"])),
            "reason": "g",
        }
        for n in range(draw(st.integers(0, 3)))
    ]
    parts["flags"] = [
        {"id": f"f{n}", "title": "F", "when": draw(conditions(depth=1))}
        for n in range(draw(st.integers(0, 2)))
    ]
    return policy(**parts)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values, values, values)


rows = st.lists(
    st.fixed_dictionaries(
        {
            "money": _maybe(st.sampled_from([n * 100 + d for n in range(-6, 13) for d in (-1, 0, 1, 50)])),
            "count": _maybe(numbers),
            "share": _maybe(st.sampled_from([n * 100 + d for n in range(-6, 13) for d in (-1, 0, 1)])),
            "word": _maybe(st.sampled_from("xyz")),
            "yes": _maybe(st.booleans()),
            "day": _maybe(numbers.map(lambda n: START + timedelta(n))),
            "previous_grade": _maybe(st.sampled_from(["A", "B", "C", "D", "Z"])),
        }
    ),
    min_size=1,
    max_size=25,
)
