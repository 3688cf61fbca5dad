"""What an analysis says is held to grading everybody of a small world, under every way to find a grade."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import (
    EVERYBODY,
    collecting,
    combinations,
    graded,
    key_of,
    matrices,
    of_kind,
    policy,
    scores,
    tables,
)

from rung.grading.analysis import analyse
from rung.grading.compiled import CompiledPolicy
from rung.policy.binding import truth

thoroughly = settings(deadline=None, max_examples=80)
NEVER = ("shadowed", "duplicate", "contradiction", "impossible")


def nobody_is_given(compiled: CompiledPolicy) -> set[str]:
    return set(compiled.grades) - {each.grade for each in graded(compiled) if each.grade}


@thoroughly
@given(st.one_of(tables(), scores(), combinations(), matrices(), collecting()))
def test_the_grades_told_to_be_unreachable_are_those_nobody_is_given(parts):
    compiled = policy(**parts)
    found = analyse(compiled)
    assert not of_kind(found, "not_searched")
    told = {compiled.grades[int(key_of(each)[7:-1])] for each in of_kind(found, "unreachable_grade")}
    assert told == nobody_is_given(compiled)


@thoroughly
@given(tables("first", "priority", "rule_order", "furthest"))
def test_the_rules_told_never_to_decide_are_those_that_never_do(parts):
    compiled = policy(**parts)
    found = analyse(compiled)
    deciding = {rule for each in graded(compiled) for rule in each.decided}
    told = {
        key_of(each).removesuffix(".when")
        for each in of_kind(found, *NEVER)
        if key_of(each).startswith("rules")
    } - {key_of(each) for each in of_kind(found, "impossible") if ".any" in key_of(each)}
    rules = compiled.method.rules
    assert told == {f"rules[{n}]" for n, rule in enumerate(rules) if rule.id not in deciding}


@thoroughly
@given(tables("first", "priority", "unique", "any", "rule_order", "furthest"))
def test_a_gap_is_told_exactly_where_somebody_of_whom_nothing_is_missing_meets_no_rule(parts):
    compiled = policy(**parts)
    found = analyse(compiled)
    gap = any(
        told.not_graded == "no_rule"
        for customer, told in zip(EVERYBODY, graded(compiled), strict=True)
        if all(customer[name] is not None for name in customer)
    )
    assert any(each.severity == "warning" for each in of_kind(found, "gap")) is gap
    for each in of_kind(found, "gap"):
        inside = [c for c in EVERYBODY if truth(each.inside, c) is True]
        assert inside
        assert {
            told.not_graded for c, told in zip(EVERYBODY, graded(compiled), strict=True) if c in inside
        } == {"no_rule"}


@thoroughly
@given(tables("unique", "any"))
def test_every_pair_of_rules_that_conflicts_over_somebody_is_told(parts):
    compiled = policy(**parts)
    found = analyse(compiled)
    rules = compiled.method.rules
    pairs = set()
    for customer in EVERYBODY:
        held = [n for n, rule in enumerate(rules) if truth(rule.condition, customer)]
        pairs |= {
            (a, b)
            for a in held
            for b in held
            if a < b and (compiled.method.hit == "unique" or rules[a].grade != rules[b].grade)
        }
    told = {
        tuple(sorted((int(key_of(each)[6:-1]), int(other.key[6:-1]))))
        for each in of_kind(found, "conflict", "duplicate", "contradiction")
        for other in each.others
        if key_of(each).startswith("rules") and (compiled.method.hit == "unique" or each.kind != "duplicate")
    }
    assert told == pairs


@thoroughly
@given(st.one_of(tables(), scores(), combinations(), matrices(), collecting()))
def test_everybody_inside_a_finding_is_counted_by_its_condition_and_its_example_is_among_them(parts):
    compiled = policy(**parts)
    for each in analyse(compiled).findings:
        if each.example is not None and each.inside is not None:
            assert truth(each.inside, each.example.values) is not False


@thoroughly
@given(st.one_of(scores(), combinations(), matrices()))
def test_the_bands_told_to_be_out_of_reach_are_those_nobody_falls_in(parts):
    compiled = policy(**parts)
    met = {(each.criterion.id, each.band) for one in graded(compiled) for each in one.met}
    wanted = {
        f"criteria[{n}].bands[{band}]"
        for n, criterion in enumerate(compiled.criteria)
        for band in range(len(criterion.bands))
        if (criterion.id, band + 1) not in met
    }
    found = of_kind(analyse(compiled), "unreachable_band")
    assert {key_of(each) for each in found if key_of(each).startswith("criteria")} == wanted


@thoroughly
@given(st.one_of(tables("first"), scores()))
def test_a_gate_told_to_be_idle_changes_nobodys_grade(parts):
    compiled = policy(**parts)
    for each in of_kind(analyse(compiled), "idle"):
        place = int(key_of(each)[6:-1])
        is_skipped = compiled.gates[place].missing == "skip"
        for one in graded(compiled):
            fired = one.gates[place] or (one.gates[place] is None and not is_skipped)
            assert not fired or one.ungated is None or _same_without(compiled, place, one.ungated)


def _same_without(compiled: CompiledPolicy, place: int, grade: str) -> bool:
    gate = compiled.gates[place]
    codes = {compiled.grades.index(grade), *(earlier.target for earlier in compiled.gates[:place])}
    return all(gate.effect.apply(code, gate.target) == code for code in codes)


@thoroughly
@given(tables("first"))
def test_a_gate_told_to_be_needless_can_be_taken_out_where_nothing_is_missing(parts):
    compiled = policy(**parts)
    for each in of_kind(analyse(compiled), "duplicate", "subsumed"):
        if not key_of(each).startswith("gates"):
            continue
        place = int(key_of(each)[6:-1])
        others = [gate for n, gate in enumerate(compiled.gates) if n != place]
        for customer, one in zip(EVERYBODY, graded(compiled), strict=True):
            if one.grade is None or None in customer.values():
                continue
            code = compiled.grades.index(one.ungated)
            for gate in others:
                if truth(gate.condition, customer):
                    code = gate.effect.apply(code, gate.target)
            assert compiled.grades[code] == one.grade
