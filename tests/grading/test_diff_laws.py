"""What must hold of the differences of any two policies, tried with random ones."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from drawn_policies import VOCABULARY, policies
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rung.durations import Duration
from rung.errors import RungError
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not
from rung.policy.diff import Area, Subject, diff
from rung.policy.diff.sense import condition_sense
from rung.policy.model import Approval, Basis, Criterion, Policy
from rung.policy.parts import Part
from rung.text import Text

pytestmark = pytest.mark.slow
several = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
OTHERS: dict[str, tuple[str, ...]] = {
    "ties": ("up", "down"),
    "rank": ("count", "value"),
    "how": ("worst", "best", "weighted"),
    "collect": ("sum", "min", "max", "count"),
    "hit": ("first", "unique", "any", "priority", "rule_order"),
    "at_most": tuple("ABCD"),
    "at_least": tuple("ABCD"),
    "set": tuple("ABCD"),
    "grade": tuple("ABCD"),
    "otherwise": tuple("ABCD"),
    "cells": tuple("ABCD"),
    "missing": ("refuse", "worst"),
    "by": ("money", "count", "share"),
    "measure": ("money", "count", "share"),
}
Step = tuple[str | int, ...]


def subject(compiled: CompiledPolicy) -> Subject:
    return Subject(compiled.policy, compiled.quantities, compiled.vocabulary.events)


def leaves(part: Any, key: str, path: Step, named: Step) -> Iterator[tuple[Step, Step, str, Any]]:
    """Yield every single value: the way to it by place, the way by name, its key and itself."""
    if isinstance(part, Part):
        for name in type(part).model_fields:
            if name not in {"id", "version", "schema_", "use", "kind", "mode", "parameters"}:
                yield from leaves(getattr(part, name), name, (*path, name), (*named, name))
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from leaves(value, key, (*path, name), (*named, name))
    elif isinstance(part, tuple):
        for place, value in enumerate(part):
            name = getattr(value, "id", None) or place
            yield from leaves(value, key, (*path, place), (*named, name))
    elif part is not None:
        yield path, named, key, part


def changed(key: str, value: Any, draw: st.DataObject) -> Any:
    """Return another value of the same sort; None where there is none to take."""
    match value:
        case bool():
            return not value
        case Basis() | Approval():
            return next(each for each in type(value) if each is not value)
        case Duration(count, unit):
            return Duration(count + 1, unit)
        case int() | Decimal():
            return value + 1
        case Text():
            return Text.same("another")
        case Cell() | AllOf() | AnyOf() | Not():
            return Not(value)
        case str() if key == "formula":
            return f"{value} + 1"
        case str() if key == "when":
            return "missing" if value != "missing" else "-"
        case str() if key in OTHERS:
            choices = [each for each in OTHERS[key] if each != value]
            return draw.draw(st.sampled_from(choices))
    return None


def put(part: Any, path: Step, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if isinstance(part, tuple):
        return tuple(put(each, tuple(rest), value) if n == first else each for n, each in enumerate(part))
    if isinstance(part, dict):
        return {**part, first: put(part[first], tuple(rest), value)}
    return part.model_copy(update={first: put(getattr(part, str(first)), tuple(rest), value)})


def compiled_again(policy: Policy) -> CompiledPolicy | None:
    try:
        return compile_policy(policy, VOCABULARY)
    except RungError:
        return None


@several
@given(policies())
def test_a_policy_does_not_differ_from_itself(compiled: CompiledPolicy) -> None:
    again = compile_policy(copy.deepcopy(compiled.policy), VOCABULARY)
    assert diff(subject(compiled), subject(again)) == ()


@settings(several, max_examples=30)
@given(policies(), st.data())
def test_whatever_single_value_is_changed_the_difference_names_it(
    compiled: CompiledPolicy, draw: st.DataObject
) -> None:
    for path, named, key, value in leaves(compiled.policy, "", (), ()):
        other = changed(key, value, draw)
        after = None if other is None else compiled_again(put(compiled.policy, path, other))
        if after is None:
            continue
        keys = [tuple(step.key for step in each.trail) for each in diff(subject(compiled), subject(after))]
        assert any(each[: len(named)] == named for each in keys), (named, keys)
        if key not in {"measure", "formula", "by", "decimals"}:  # what is read by them may differ too
            assert all(each[: len(named)] == named for each in keys), (named, keys)


@several
@given(policies(), policies())
def test_the_other_way_round_the_same_things_differ(first: CompiledPolicy, second: CompiledPolicy) -> None:
    there, back = (diff(subject(a), subject(b)) for a, b in ((first, second), (second, first)))
    assert len(there) == len(back)
    assert {each.key for each in there if each.area is not Area.WORDS and "bands" not in each.key} == {
        each.key for each in back if each.area is not Area.WORDS and "bands" not in each.key
    }


def respelled(condition: Condition, draw: st.DataObject) -> Condition:
    """Return the condition in other words: parts in another order, negations doubled, joins nested."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            inner = [respelled(part, draw) for part in draw.draw(st.permutations(parts))]
            same: Condition = type(condition)(tuple(inner))
            if draw.draw(st.booleans()):
                outer = AnyOf if isinstance(condition, AllOf) else AllOf
                return Not(outer(tuple(Not(part) for part in inner)))
        case Not(part):
            same = Not(respelled(part, draw))
        case Cell():
            same = condition
    return draw.draw(st.sampled_from([same, Not(Not(same)), AllOf((same,)), AnyOf((same, same))]))


@several
@given(policies(), st.data())
def test_a_condition_in_other_words_is_no_difference(compiled: CompiledPolicy, draw: st.DataObject) -> None:
    found = [
        (path, value)
        for path, _named, _key, value in leaves(compiled.policy, "", (), ())
        if isinstance(value, Cell | AllOf | AnyOf | Not)
    ]
    assume(found)
    policy = compiled.policy
    for path, value in found:
        other = respelled(value, draw)
        assert condition_sense(value, compiled.quantities) == condition_sense(other, compiled.quantities)
        policy = put(policy, path, other)
    assert diff(subject(compiled), subject(compile_policy(policy, VOCABULARY))) == ()


@several
@given(policies(modes=("score", "combine")), st.data())
def test_a_criterion_taken_out_is_told_once(compiled: CompiledPolicy, draw: st.DataObject) -> None:
    criteria = compiled.policy.criteria
    assume(len(criteria) > 1)
    gone: Criterion = draw.draw(st.sampled_from(criteria))
    left = tuple(each for each in criteria if each is not gone)
    after = compiled_again(compiled.policy.model_copy(update={"criteria": left}))
    assume(after is not None)
    assert after is not None
    (found,) = diff(subject(compiled), subject(after))
    assert (found.key, found.kind.value, found.before, found.after) == (
        f"criteria.{gone.id}",
        "removed",
        gone,
        None,
    )
