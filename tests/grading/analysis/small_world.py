"""A vocabulary so small that every customer there can be is graded one by one."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from rung.grading.analysis import Analysis, Finding, analyse
from rung.grading.calibration import Calibration
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.grading.row import Assessment, assess
from rung.policy.model import Policy
from rung.text import Text
from rung.vocabulary import Choice, Field, Kind, Vocabulary

VOCABULARY = Vocabulary(
    fields={
        field.id: field
        for field in (
            Field(id="customer_id", title=Text("编号", "Id"), kind=Kind.TEXT),
            Field(id="customer_name", title=Text("名称", "Name"), kind=Kind.TEXT),
            Field(id="count", title=Text("次数", "Count"), kind=Kind.INTEGER, low=0, high=5),
            Field(
                id="kind",
                title=Text("类别", "Kind"),
                kind=Kind.CATEGORY,
                choices=tuple(Choice(id=each, title=Text.same(each)) for each in "xyz"),
            ),
            Field(id="yes", title=Text("是否", "Yes"), kind=Kind.BOOLEAN),
            Field(id="spend", title=Text("消费", "Spend"), kind=Kind.MONEY),
            Field(id="since", title=Text("日期", "Since"), kind=Kind.DATE),
            Field(id="word", title=Text("文字", "Word"), kind=Kind.TEXT),
        )
    }
)
EVERYBODY: list[dict[str, Any]] = [
    {"count": count, "kind": kind, "yes": yes}
    for count, kind, yes in product([None, *range(6)], [None, "x", "y", "z"], [None, True, False])
]


def policy(**parts: Any) -> CompiledPolicy:
    """Compile a policy from its parts, with what every policy needs filled in."""
    whole = {
        "schema": 1,
        "id": "test.policy",
        "version": "1",
        "title": "T",
        "grades": ["A", "B", "C"],
        **parts,
    }
    return compile_policy(Policy.model_validate(whole), VOCABULARY)


def rules(*written: tuple[str, dict[str, Any]], **grading: Any) -> CompiledPolicy:
    """Compile a decision table from pairs of grade and condition."""
    made = [
        {"id": f"r{n}", "grade": grade, "when": when, "reason": "r"}
        for n, (grade, when) in enumerate(written, start=1)
    ]
    return policy(grading={"mode": "rules", **grading}, rules=made)


def graded(compiled: CompiledPolicy) -> list[Assessment]:
    """Return what the policy says of everybody."""
    return [assess(compiled, Calibration(), customer) for customer in EVERYBODY]


def told(found: Analysis) -> list[tuple[str, str, str]]:
    """Return the kind, the severity and the key of every finding."""
    return [(each.kind.value, each.severity.value, key_of(each)) for each in found.findings]


def key_of(finding: Finding) -> str:
    """Return where a finding stands."""
    return finding.problem.place.key if finding.problem.place else ""


def of_kind(found: Analysis, *kinds: str) -> list[Finding]:
    """Return the findings of some kinds."""
    return [each for each in found.findings if each.kind.value in kinds]


def analysed(compiled: CompiledPolicy, *kinds: str) -> list[tuple[str, str, str]]:
    """Return what is told of a policy, of some kinds only if they are named."""
    return [each for each in told(analyse(compiled)) if not kinds or each[0] in kinds]


counts = st.sampled_from(
    [">= 2", "< 3", "[1..4)", "[2..2]", "not([1..3])", "0, 5", "!= 2", "> 4", "missing", "not(missing)"]
)
kinds = st.sampled_from(["x", ["x", "y"], "not(z)", "missing", "not(x)"])
flags = st.sampled_from([True, False, "missing"])


@st.composite
def conditions(draw: st.DrawFn, depth: int = 1) -> dict[str, Any]:
    """Draw a condition over one to three fields of the small world."""
    names = draw(st.lists(st.sampled_from(["count", "kind", "yes"]), min_size=1, max_size=3, unique=True))
    cells = {"count": counts, "kind": kinds, "yes": flags}
    written = {name: draw(cells[name]) for name in names}
    if depth and draw(st.integers(0, 3)) == 0:
        join = draw(st.sampled_from(["any", "not"]))
        inner = conditions(depth=depth - 1)
        written[join] = draw(inner if join == "not" else st.lists(inner, min_size=1, max_size=3))
    return written


@st.composite
def gates(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw up to three gates."""
    return [
        {
            "id": f"g{n}",
            "when": draw(conditions()),
            draw(st.sampled_from(["at_most", "at_least", "set"])): draw(st.sampled_from("ABC")),
            "missing": draw(st.sampled_from(["refuse", "skip", "fire"])),
            "reason": "g",
        }
        for n in range(draw(st.integers(0, 3)))
    ]


@st.composite
def tables(draw: st.DrawFn, *hits: str) -> dict[str, Any]:
    """Draw a decision table under one of the hit policies, gates included."""
    hit = draw(st.sampled_from(hits or ("first", "unique", "any", "priority", "rule_order", "furthest")))
    grading: dict[str, Any] = {"mode": "rules", "hit": hit}
    if hit == "furthest":
        grading = {"mode": "process"}
    grading["missing"] = draw(st.sampled_from(["refuse", "no_match"]))
    if draw(st.booleans()):
        grading["otherwise"] = "C"
    made = [
        {"id": f"r{n}", "grade": draw(st.sampled_from("ABC")), "when": draw(conditions()), "reason": "r"}
        for n in range(draw(st.integers(1, 6)))
    ]
    return {"grading": grading, "rules": made, "gates": draw(gates())}


@st.composite
def collecting(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a table whose points are collected."""
    high, low = sorted(draw(st.sets(st.integers(-5, 30), min_size=2, max_size=2)), reverse=True)
    grading: dict[str, Any] = {
        "mode": "rules",
        "hit": "collect",
        "collect": draw(st.sampled_from(["sum", "min", "max", "count"])),
        "cutoffs": {"A": high, "B": low},
        "missing": draw(st.sampled_from(["refuse", "no_match"])),
    }
    if draw(st.booleans()):
        grading["otherwise"] = "C"
    made = [
        {"id": f"r{n}", "points": draw(st.integers(-5, 15)), "when": draw(conditions()), "reason": "r"}
        for n in range(draw(st.integers(1, 5)))
    ]
    return {"grading": grading, "rules": made, "gates": draw(gates())}


@st.composite
def criteria(
    draw: st.DrawFn, worth: str, missing: list[Any], *, applies: bool = True
) -> list[dict[str, Any]]:
    """Draw two to four criteria whose bands cover every value; several may look at one measure."""
    worths = st.integers(0, 10).map(lambda n: n * 10) if worth == "points" else st.sampled_from("ABC")
    cells = {
        "count": [["< 2", "[2..4)", ">= 4"], [">= 3", "< 3"], ["0", "> 3", "-"]],
        "kind": [["x", "not(x)"], ["x", "y", "z"], [["x", "y"], "-"]],
        "yes": [[True, False]],
    }
    made = []
    for n in range(draw(st.integers(2, 4))):
        measure = draw(st.sampled_from(sorted(cells)))
        one: dict[str, Any] = {
            "id": f"k{n}",
            "title": "K",
            "measure": measure,
            "weight": draw(st.sampled_from([1, 2.5, 30])),
            "missing": draw(st.sampled_from(missing)),
            "bands": [{"when": cell, worth: draw(worths)} for cell in draw(st.sampled_from(cells[measure]))],
        }
        if applies and draw(st.integers(0, 3)) == 0:
            one["applies"] = draw(conditions(depth=0))
        made.append(one)
    return made


@st.composite
def scores(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a policy of points and cut-offs."""
    high, low = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=2)), reverse=True)
    return {
        "grading": {
            "mode": "score",
            "cutoffs": {"A": high, "B": low},
            "score_decimals": draw(st.integers(0, 2)),
        },
        "criteria": draw(criteria("points", ["refuse", "worst", "drop", {"points": 35}])),
        "gates": draw(gates()),
    }


@st.composite
def combinations(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a policy of scales side by side."""
    return {
        "grading": {
            "mode": "combine",
            "how": draw(st.sampled_from(["worst", "best", "weighted"])),
            "ties": draw(st.sampled_from(["up", "down"])),
        },
        "criteria": draw(criteria("grade", ["refuse", "worst", "drop"])),
        "gates": draw(gates()),
    }


@st.composite
def matrices(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a matrix of two criteria."""
    made = draw(criteria("points", ["refuse", "worst"], applies=False))[:2]
    for one in made:
        one["bands"] = [{"when": band["when"]} for band in one["bands"]]
    rows, columns = (len(one["bands"]) for one in made)
    cells = [[draw(st.sampled_from("ABC")) for _column in range(columns)] for _row in range(rows)]
    return {
        "grading": {"mode": "matrix", "axes": ["k0", "k1"], "cells": cells},
        "criteria": made,
        "gates": draw(gates()),
    }
