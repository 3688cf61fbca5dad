"""Examples are customers there can be: derived values follow from the others, ranked ones from cut-offs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from drawn_policies import policies
from hypothesis import given, settings
from small_world import VOCABULARY, policy

from rung.grading.analysis import analyse
from rung.grading.analysis.solving import solved
from rung.grading.analysis.space import space_of
from rung.grading.analysis.supposed import ranked_tests, supposed_cutoffs
from rung.grading.analysis.words import written_cell, written_condition, written_customer
from rung.grading.compiled import Ranking
from rung.grading.derive import derive
from rung.policy.binding import bind, truth
from rung.policy.cells import holds, read_cell
from rung.policy.conditions import read_condition
from rung.text import Text
from rung.vocabulary import Field, Kind

NAME = Text.same("?")


@settings(deadline=None, max_examples=60)
@given(policies())
def test_an_example_follows_from_its_own_values_unless_it_says_what_was_supposed(compiled):
    names = {formula.result.id for formula in compiled.derived}
    for each in analyse(compiled, 20_000).findings:
        if each.example is None or each.example.supposed:
            continue
        values = each.example.values
        given_ = {name: value for name, value in values.items() if name not in names}
        own = derive(compiled, given_)
        assert {name: own[name] for name in names & values.keys()} == {
            name: values[name] for name in names & values.keys()
        }


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("spend + count", {"d": ">= 1000"}),
        ("spend + count", {"d": "123456.78", "count": "5"}),
        ("count - spend", {"d": "1.23", "count": "4"}),
        ("spend - count", {"d": "81.23", "count": "4"}),
        ("spend * 3", {"d": "370.35"}),
        ("spend / count", {"d": "81.23", "count": "4"}),
        ("1000 / spend", {"d": "31.25"}),
        ("spend - count", {"d": "< -50", "spend": ">= 0"}),
        ("count - spend", {"d": "[100..200]"}),
        ("spend * 3", {"d": "[299..302]"}),
        ("spend / count", {"d": "[70..80]", "count": ">= 2"}),
        ("count / spend * 100", {"d": "> 5000"}),
        ("(spend - count) / (count + 1) * 100", {"d": "[12..13]", "count": "3"}),
        ("spend / count", {"d": "missing", "spend": "not(missing)"}),
    ],
)
def test_values_are_found_from_which_a_derived_one_comes_out_as_wanted(formula, wanted):
    compiled = policy(
        grading={"mode": "rules", "otherwise": "C"},
        derived={"d": {"title": "D", "formula": formula, "kind": "money"}},
        rules=[{"id": "r", "grade": "A", "when": wanted, "reason": "r"}],
    )
    condition = compiled.method.rules[0].condition
    space = space_of([condition], (), (compiled.quantities[name] for name in ("spend", "count", "d")))
    row = solved(compiled.derived, space, space.boxes(condition)[0])
    assert row is not None
    assert truth(condition, derive(compiled, {**row, "d": None})) is True


def test_nothing_is_found_where_no_values_give_it():
    compiled = policy(
        grading={"mode": "rules", "otherwise": "C"},
        derived={"d": {"title": "D", "formula": "count * 2", "kind": "integer"}},
        rules=[{"id": "r", "grade": "A", "when": {"d": 3}, "reason": "r"}],
    )
    condition = compiled.method.rules[0].condition
    space = space_of([condition], (), (compiled.quantities[name] for name in ("count", "d")))
    assert solved(compiled.derived, space, space.boxes(condition)[0]) is None


@pytest.mark.parametrize("shares", [(200_000,), (100_000, 300_000, 900_000)])
@pytest.mark.parametrize("bounds", [(None, None), (0, 100), (-5, 2), (7, 7)])
def test_supposed_shares_take_every_value_once(shares, bounds):
    field = Field(id="f", title=NAME, kind=Kind.INTEGER, low=bounds[0], high=bounds[1])
    ranking = Ranking("k", field, "count", shares, "up")
    cutoffs = supposed_cutoffs(ranking)
    assert list(cutoffs) == sorted(set(cutoffs), reverse=True)
    for value in (-100, *cutoffs, *(cutoff - 1 for cutoff in cutoffs), 100):
        share = next((n for n, least in enumerate(cutoffs) if value >= least), len(cutoffs))
        assert [bool(holds(test, value)) for test in ranked_tests(ranking)].index(True) == share
        assert sum(bool(holds(test, value)) for test in ranked_tests(ranking)) == 1


@pytest.mark.parametrize(
    ("name", "raw", "written"),
    [
        ("spend", "< 5000", '"< 5000"'),
        ("spend", ">= 5000.10", '">= 5000.1"'),
        ("spend", "[18..21)", '"[18..21)"'),
        ("spend", "[18..21]", '"[18..21]"'),
        ("count", "(1..3]", '"[2..3]"'),
        ("count", "!= 3", '"<= 2, >= 4"'),
        ("since", "< 2026-01-01", '"<= 2025-12-31"'),
        ("since", "[2026-01-01..2026-01-31]", '"[2026-01-01..2026-01-31]"'),
        ("kind", ["x", "y"], '["x", "y"]'),
        ("kind", "x", '"x"'),
        ("word", "not(b, a)", '"not(a, b)"'),
        ("word", 'say "hi"', r'"say \"hi\""'),
        ("yes", True, "true"),
        ("count", "missing", '"missing"'),
        ("count", "not(missing)", '"not(missing)"'),
        ("count", "-", '"-"'),
    ],
)
def test_a_cell_is_written_as_a_policy_writes_it_and_means_the_same(name, raw, written):
    quantity = VOCABULARY.fields[name]
    test = read_cell(tuple(raw) if isinstance(raw, list) else raw, quantity)
    found = written_cell(test, quantity)
    assert found == written
    if name not in {"yes", "kind"} and '"hi' not in found:
        assert read_cell(found.strip('"'), quantity) == test


def test_a_condition_and_a_customer_are_written_as_toml():
    condition: dict[str, Any] = {"count": "> 3", "any": [{"yes": "missing"}, {"not": {"kind": "x"}}]}
    bound = bind(read_condition(condition), VOCABULARY.quantities())
    assert (
        written_condition(bound)
        == '{ count = ">= 4", any = [{ yes = "missing" }, { not = { kind = "x" } }] }'
    )
    values = {"count": None, "spend": 123450, "since": date(2026, 1, 5), "yes": False, "word": "a\nb"}
    assert (
        written_customer(values, VOCABULARY.quantities())
        == '{ spend = 1234.5, since = 2026-01-05, yes = false, word = "a b" }'
    )
