"""Decision tables as columns: which rules hold, which are open, what the hit policy makes of them."""

from __future__ import annotations

from operator import add, or_

import narwhals.stable.v2 as nw

from rung.grading.cases import Cases, Frame, case_of, floor_half_up, joined, lowest_terms, narrowest, whole
from rung.grading.compiled import POINT_SCALE, Collecting, CompiledPolicy, Table
from rung.grading.outcome import CONFLICT
from rung.grading.predicates import expression
from rung.grading.reason_keys import code_type

__all__ = ["with_ruling"]


def with_ruling(compiled: CompiledPolicy, table: Table, frame: Frame) -> Frame:
    """Return the frame with the table's outcome, and ``__rule_<n>``: whether each rule holds.

    ``__rule`` is the place, in the table's precedence, of the first rule that holds; ``__reason`` is
    null where the rules that hold are themselves the reasons.
    """
    frame = frame.with_columns(
        *(expression(rule.condition).alias(f"__rule_{n}") for n, rule in enumerate(table.rules))
    )
    last = len(table.rules)
    held = [(_rule(place), rank) for rank, place in enumerate(table.precedence)]
    frame = frame.with_columns(case_of(held, last, narrowest(last)).alias("__rule"))
    if table.hit == "unique":
        frame = frame.with_columns(_how_many(table, is_open=True).alias("__open"))
    frame = _with_found(compiled, table, frame)
    dtype = code_type(compiled)
    frame = frame.with_columns(case_of(_refusals(compiled, table), None, dtype).alias("__refused"))
    is_graded = nw.col("__refused").is_null()
    score = whole(None, nw.Int32) if table.collecting is None else nw.when(is_graded).then(nw.col("__sum"))
    return frame.with_columns(
        nw.when(is_graded).then(nw.col("__found")).alias("__code"),
        nw.when(is_graded).then(case_of(_reasons(compiled, table), None, dtype)).alias("__reason"),
        score.alias("__score"),
    )


def _rule(place: int) -> nw.Expr:
    return nw.col(f"__rule_{place}")


def _with_found(compiled: CompiledPolicy, table: Table, frame: Frame) -> Frame:
    """Add ``__found``: the grade of the rules that hold, or what the table gives otherwise."""
    dtype, rank = code_type(compiled), nw.col("__rule")
    cases: list[tuple[nw.Expr | None, int]] = []
    if table.otherwise is not None:
        cases.append((rank == len(table.rules), table.otherwise))
    if table.collecting is None:
        for place, code in enumerate(table.precedence):
            grade = table.rules[code].grade
            cases += [] if grade is None else [(rank == place, grade)]
        return frame.with_columns(case_of(cases, None, dtype).alias("__found"))
    frame = frame.with_columns(_points(table, table.collecting).alias("__points"))
    frame = frame.with_columns(_collected(table, table.collecting).alias("__sum"))
    score = nw.col("__sum")
    cuts = table.collecting.cutoffs
    cases += [(score >= least, place) for place, least in enumerate(cuts)]
    cases.append((~score.is_null(), len(cuts)))
    return frame.with_columns(case_of(cases, None, dtype).alias("__found"))


def _points(table: Table, collecting: Collecting) -> nw.Expr:
    """Return the points of the rules that hold, made one, in hundredths; out of reach where none does."""
    points, size = _given(table, collecting), _size(table, collecting)
    dtype = narrowest(2 * size)
    if collecting.how in {"sum", "count"}:
        return joined(add, (case_of([(_rule(n), value)], 0, dtype) for n, value in enumerate(points)))
    # No rule's points are as far off as the size of all of them together, so it stands for none.
    sign = _sign(collecting)
    each = [case_of([(_rule(n), value * sign)], -size, dtype) for n, value in enumerate(points)]
    return (nw.max_horizontal(*each) if len(each) > 1 else each[0]) * sign


def _given(table: Table, collecting: Collecting) -> list[int]:
    if collecting.how == "count":
        return [POINT_SCALE] * len(table.rules)
    return [rule.points for rule in table.rules]


def _size(table: Table, collecting: Collecting) -> int:
    return sum(map(abs, _given(table, collecting))) + 1


def _sign(collecting: Collecting) -> int:
    return 1 if collecting.how == "max" else -1


def _collected(table: Table, collecting: Collecting) -> nw.Expr:
    """Return the score of the rules that hold, null where none does."""
    lowest = min(0, sum(value for value in _given(table, collecting) if value < 0))
    multiplier, divisor = lowest_terms(collecting.score_scale, POINT_SCALE)
    lift = -(lowest * multiplier) // divisor + 1 if lowest else 0
    dtype = narrowest(2 * _size(table, collecting) * multiplier + divisor * (3 + 2 * lift))
    dtype = nw.Int32 if dtype in (nw.Int8, nw.Int16) else dtype
    scaled = floor_half_up(nw.col("__points").cast(dtype) * multiplier, divisor, lift)
    return nw.when(nw.col("__rule") < len(table.rules)).then(scaled)


def _reasons(compiled: CompiledPolicy, table: Table) -> Cases:
    """Return the table's own reason: the rule that gave the grade, or that none did."""
    reasons = {code: place for place, code in enumerate(compiled.reason_codes)}
    rank = nw.col("__rule")
    named: list[tuple[nw.Expr | None, int]] = []
    if not table.names_every:
        named = [
            (rank == place, reasons[f"rule:{table.rules[rule].id}"])
            for place, rule in enumerate(table.precedence)
        ]
    if table.otherwise is not None:
        named.append((rank == len(table.rules), reasons["rule:otherwise"]))
    return named


def _refusals(compiled: CompiledPolicy, table: Table) -> Cases:
    """Return why a table gives no grade: rules in conflict, an open rule that matters, or no rule at all."""
    refusals = {code: place for place, code in enumerate(compiled.refusal_codes)}
    causes: list[tuple[nw.Expr | None, int]] = []
    if table.may_conflict:
        causes.append((_conflict(table), refusals[CONFLICT]))
    if table.missing == "refuse":
        for rank, place in enumerate(table.precedence):
            matters = _rule(place).is_null() & _matters(table, rank, place)
            needs = table.rules[place].needs
            causes += [(matters & nw.col(name).is_null(), refusals[f"missing:{name}"]) for name in needs]
    if table.otherwise is None:
        causes.append((nw.col("__rule") == len(table.rules), refusals["no_rule"]))
    return causes


def _conflict(table: Table) -> nw.Expr:
    if table.hit == "unique":
        return _how_many(table, is_open=False) > 1
    grades = sorted({rule.grade for rule in table.rules if rule.grade is not None})
    given = {
        grade: joined(or_, (_holds(n) for n, rule in enumerate(table.rules) if rule.grade == grade))
        for grade in grades
    }
    pairs = [given[a] & given[b] for a in grades for b in grades if a < b]
    return joined(or_, pairs) if pairs else nw.lit(False)


def _holds(place: int) -> nw.Expr:
    return _rule(place).fill_null(False)


def _how_many(table: Table, *, is_open: bool) -> nw.Expr:
    dtype = narrowest(len(table.rules))
    return joined(
        add,
        (
            case_of([(_rule(n).is_null() if is_open else _rule(n), 1)], 0, dtype)
            for n in range(len(table.rules))
        ),
    )


def _matters(table: Table, rank: int, place: int) -> nw.Expr:
    """Return whether the rule at a place, were it to hold, could change the outcome."""
    found, first, rule = nw.col("__found"), nw.col("__rule"), table.rules[place]
    differs = nw.lit(True) if rule.grade is None else found.is_null() | (found != rule.grade)
    match table.hit:
        case "unique":
            is_alone = (first == len(table.rules)) & (nw.col("__open") == 1)
            return ~is_alone | differs
        case "any":
            return differs
        case "collect":
            return _shifts(table, place)
    return (first > rank) & differs


def _shifts(table: Table, place: int) -> nw.Expr:
    """Return whether the rule's points would change the score; where none holds, any would."""
    none_holds = nw.col("__rule") == len(table.rules)
    how = table.collecting.how if table.collecting else "count"
    points = table.rules[place].points
    if how == "count" or (how == "sum" and points):
        return nw.lit(True)
    if table.collecting is None or how == "sum":
        return none_holds
    sign = _sign(table.collecting)
    # Where no rule holds whose points are as extreme, this one's would be the most extreme.
    return none_holds | (nw.col("__points") * sign < points * sign)
