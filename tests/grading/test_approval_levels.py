"""Approval levels by exposure are bound with the policy, and a run keeps what they test."""

from __future__ import annotations

from typing import Any

import pytest

from rung.errors import RungError
from rung.grading.compile import compile_policy
from rung.grading.compiled import CompiledPolicy
from rung.policy.binding import truth
from rung.policy.model import Policy
from rung.vocabulary import Vocabulary


def compiled(**parts: Any) -> CompiledPolicy:
    whole = {
        "schema": 1,
        "id": "test.tiers",
        "version": "1",
        "title": "Tiers",
        "grades": ["A", "B"],
        "grading": {"mode": "rules", "otherwise": "B"},
        "rules": [{"id": "big", "when": {"sales": "> 10"}, "grade": "A", "reason": "Big"}],
        "fields": {
            name: {"title": name, "kind": "integer"} for name in ("sales", "exposure", "limit", "drawn")
        },
        "derived": {"free": {"title": "free", "formula": "limit - drawn", "kind": "integer"}},
        **parts,
    }
    return compile_policy(Policy.model_validate(whole), Vocabulary(fields={}))


def test_each_level_has_its_condition_or_none() -> None:
    levels = [{"when": {"exposure": ">= 100"}, "approval": "two"}, {"notches": 1, "approval": "two"}]
    found = compiled(override={"levels": levels}).approval_levels
    assert {table: len(each) for table, each in found.items()} == {
        "override": 2,
        "correction": 0,
        "judgement": 0,
    }
    exposed, always = found["override"]
    assert always is None
    assert exposed is not None
    assert [truth(exposed, {"exposure": value}) for value in (99, 100, None)] == [False, True, None]


def test_a_run_keeps_what_levels_test_and_what_derived_values_among_it_rest_on() -> None:
    assert compiled().wanted == {"sales", "limit", "drawn"}
    levels = [{"when": {"exposure": ">= 100", "free": "< 5"}, "approval": "two"}]
    wanted = compiled(correction={"levels": levels})
    assert wanted.wanted == {"sales", "exposure", "limit", "drawn"}
    assert "exposure" not in wanted.named  # no grade rests on it


def test_a_name_nobody_knows_is_told_with_its_place() -> None:
    levels = [{"when": {"exposures": ">= 100"}, "approval": "two"}]
    with pytest.raises(RungError) as refused:
        compiled(judgement={"levels": levels})
    (problem,) = refused.value.problems
    assert str(problem).strip() == (
        "[judgement.levels[0].when.exposures]: There is no field, feature or derived value “exposures”. "
        "Did you mean “exposure”?"
    )
