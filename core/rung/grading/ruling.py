"""One customer against a decision table: which rules hold, which are open, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rung.grading.compiled import POINT_SCALE, Collecting, CompiledRule, Table
from rung.grading.derive import Row
from rung.grading.outcome import CONFLICT, Outcome
from rung.policy.binding import truth
from rung.policy.formula import divide_half_up

__all__ = ["collected", "ruled"]

_OTHERWISE = ("rule:otherwise",)


def ruled(table: Table, row: Row) -> Outcome:
    """Return what the table makes of a customer.

    A rule that missing values leave open refuses the customer where it could give another outcome
    than the rules that hold; with ``missing = "no_match"`` it does not hold.
    """
    if table.hit in {"first", "priority", "furthest"}:
        return _first(table, row)
    rules = [table.rules[place] for place in table.precedence]
    held, is_open = _sorted_out(table, rules, row)
    match table.hit:
        case "unique":
            return _unique(table, held, is_open, row)
        case "any":
            return _agreed(table, held, is_open, row)
        case "collect":
            return _collected(table, held, is_open, row)
    return _in_order(table, rules, held, is_open, row)


def _first(table: Table, row: Row) -> Outcome:
    """Return the first rule that holds in the table's precedence; what comes after it is not looked at."""
    is_open: list[CompiledRule] = []
    for place in table.precedence:
        rule = table.rules[place]
        found = truth(rule.condition, row)
        if found:
            return _refused(rule.grade, is_open, row) or _given(rule)
        if found is None and table.missing == "refuse":
            is_open.append(rule)
    return _refused(table.otherwise, is_open, row) or _otherwise(table)


def _in_order(
    table: Table,
    rules: Sequence[CompiledRule],
    held: list[CompiledRule],
    is_open: list[CompiledRule],
    row: Row,
) -> Outcome:
    """Return the first rule's grade, with every rule that holds as a reason."""
    if not held:
        return _refused(table.otherwise, is_open, row) or _otherwise(table)
    before = [rule.id for rule in takewhile(lambda rule: rule is not held[0], rules)]
    earlier = [rule for rule in is_open if rule.id in before]
    return _refused(held[0].grade, earlier, row) or _given(held[0], held)


def _unique(table: Table, held: list[CompiledRule], is_open: list[CompiledRule], row: Row) -> Outcome:
    """Return the only rule that holds; an open rule beside another could hold with it, and conflict."""
    if len(held) > 1:
        return _conflict(held)
    if is_open and (held or len(is_open) > 1):
        return _missing(is_open[0], row)
    if held:
        return _given(held[0])
    return _refused(table.otherwise, is_open, row) or _otherwise(table)


def _agreed(table: Table, held: list[CompiledRule], is_open: list[CompiledRule], row: Row) -> Outcome:
    if len({rule.grade for rule in held}) > 1:
        return _conflict(held)
    if held:
        return _refused(held[0].grade, is_open, row) or _given(held[0])
    return _refused(table.otherwise, is_open, row) or _otherwise(table)


def _collected(table: Table, held: list[CompiledRule], is_open: list[CompiledRule], row: Row) -> Outcome:
    collecting = table.collecting
    assert collecting is not None
    if not held:
        return _missing(is_open[0], row) if is_open else _otherwise(table)
    points = collected(collecting, held)
    for rule in is_open:
        if collected(collecting, [*held, rule]) != points:
            return _missing(rule, row)
    score = divide_half_up(points * collecting.score_scale, POINT_SCALE)
    cutoffs = collecting.cutoffs
    code = next((place for place, least in enumerate(cutoffs) if score >= least), len(cutoffs))
    decisive = [rule for rule in held if collecting.how in {"sum", "count"} or rule.points == points]
    return Outcome(
        code,
        reasons=tuple(f"rule:{rule.id}" for rule in held),
        score=score,
        decided=tuple(rule.id for rule in decisive),
    )


def collected(collecting: Collecting, held: Sequence[CompiledRule]) -> int:
    """Return what the rules that hold, one at least, come to in hundredths."""
    points = [rule.points for rule in held]
    match collecting.how:
        case "sum":
            return sum(points)
        case "min":
            return min(points)
        case "max":
            return max(points)
        case "count":
            return len(points) * POINT_SCALE


def _sorted_out(
    table: Table, rules: Sequence[CompiledRule], row: Row
) -> tuple[list[CompiledRule], list[CompiledRule]]:
    """Return the rules that hold and those left open, in the order given."""
    held: list[CompiledRule] = []
    is_open: list[CompiledRule] = []
    for rule in rules:
        found = truth(rule.condition, row)
        if found:
            held.append(rule)
        elif found is None and table.missing == "refuse":
            is_open.append(rule)
    return held, is_open


def _given(rule: CompiledRule, named: Sequence[CompiledRule] = ()) -> Outcome:
    reasons = tuple(f"rule:{each.id}" for each in named or [rule])
    return Outcome(rule.grade, reasons=reasons, decided=(rule.id,))


def _otherwise(table: Table) -> Outcome:
    if table.otherwise is None:
        return Outcome(None, refusal="no_rule")
    return Outcome(table.otherwise, reasons=_OTHERWISE)


def _conflict(held: Sequence[CompiledRule]) -> Outcome:
    return Outcome(None, CONFLICT, tuple(f"rule:{rule.id}" for rule in held))


def _refused(grade: int | None, is_open: Sequence[CompiledRule], row: Row) -> Outcome | None:
    """Return the refusal, where an open rule would give another grade than the one found."""
    differing = next((rule for rule in is_open if rule.grade != grade), None)
    return None if differing is None else _missing(differing, row)


def _missing(rule: CompiledRule, row: Row) -> Outcome:
    absent = next(name for name in rule.needs if row.get(name) is None)
    return Outcome(None, refusal=f"missing:{absent}")
