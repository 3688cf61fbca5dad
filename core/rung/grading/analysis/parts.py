"""Conditions nobody or everybody meets; gates that others make needless; flags that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rung.errors import Severity
from rung.grading.analysis.axis import pieces_in
from rung.grading.analysis.finding import Finding, FindingKind
from rung.grading.analysis.regions import Regions
from rung.grading.analysis.search import OutOfBudgetError, outside
from rung.grading.analysis.space import Box, space_of
from rung.grading.analysis.study import Conditions, Study, conditions_of
from rung.grading.compiled import CompiledGate, Effect
from rung.policy.binding import Any, Bound, Inverse, Tested, names_in
from rung.policy.keys import KeyPath
from rung.text import _

__all__ = ["condition_findings", "flag_findings", "gate_findings"]


def condition_findings(study: Study) -> Iterator[Finding]:
    """Yield every condition of the policy that nobody meets, and every gate or flag that everybody does."""
    for path, bound in conditions_of(study.compiled):
        read = study.conditions(path, bound)
        if read is None:
            continue
        if not read.holds:
            yield _impossible(path)
        else:
            yield from _dead_branches(study, path, bound)
            if path[0] in {"gates", "flags"} and len(path) == 3 and _holds_always(study, read):
                yield _always(study, path, read)
    for number, alarm in enumerate(study.compiled.alarms):
        if alarm.event is not None and not space_of([alarm.event]).boxes(alarm.event):
            yield _impossible(("alarms", number, "when"))
    for path in study.unread:
        message = _("This condition joins too many alternatives to be analysed.")
        yield Finding.at(FindingKind.NOT_SEARCHED, Severity.NOTE, path, message, _("Split it into several."))


def _impossible(path: KeyPath) -> Finding:
    return Finding.at(
        FindingKind.IMPOSSIBLE,
        Severity.ERROR,
        path,
        _("Nobody can meet this condition: its parts exclude one another, or a field has no such value."),
        _("Join alternatives by any = [{{ … }}, {{ … }}]; entries of one table must all hold.").format(),
    )


def _dead_branches(study: Study, path: KeyPath, bound: Bound) -> Iterator[Finding]:
    """Yield the alternatives of an ``any`` that nobody can meet."""
    if isinstance(bound, Any):
        for number, part in enumerate(bound.parts):
            if not study.space.boxes(part):
                yield Finding.at(
                    FindingKind.IMPOSSIBLE,
                    Severity.WARNING,
                    (*path, "any", number),
                    _("Nobody can meet alternative {n} of this condition.").format(n=number + 1),
                    _("Take it out, or write what was meant."),
                )
    elif not isinstance(bound, Tested | Inverse):
        for part in bound.parts:
            yield from _dead_branches(study, path, part)


def _holds_always(study: Study, read: Conditions) -> bool:
    """Return whether a condition holds for everybody of whom nothing it asks is missing."""
    named = set(names_in(read.bound))
    space = study.space
    present: Box = tuple(
        there if axis.quantity.id in named else full
        for axis, there, full in zip(space.axes, space.present, space.full, strict=True)
    )
    try:
        return outside(space, present, read.holds, study.budget) is None
    except OutOfBudgetError:
        return False


def _always(study: Study, path: KeyPath, read: Conditions) -> Finding:
    place = path[1]
    assert isinstance(place, int)
    compiled = study.compiled
    if path[0] == "gates":
        message = _("Gate “{name}” applies to every customer.").format(name=compiled.gates[place].id)
    else:
        message = _("Flag “{name}” stands beside every customer.").format(name=compiled.flags[place].id)
    return Finding.at(
        FindingKind.ALWAYS,
        Severity.WARNING,
        path,
        message,
        _("Narrow its condition, or take it out."),
        example=study.example(read.holds, lambda _told: True),
        inside=read.bound,
    )


def gate_findings(study: Study) -> Iterator[Finding]:
    """Yield the gates that apply only where another does as much."""
    gates = study.compiled.gates
    read = [study.conditions(("gates", n, "when"), gate.condition) for n, gate in enumerate(gates)]
    regions = Regions(
        study.space, [_firing(gate, each) for gate, each in zip(gates, read, strict=True)], study.budget
    )
    for place in range(len(gates)):
        for other in pieces_in(regions.holding(place, (1 << len(gates)) - 1)):
            equal = regions.are_equal(place, other)
            if not _does_as_much(gates, other, place) or (
                equal and other > place and _does_as_much(gates, place, other)
            ):
                continue
            yield _needless(study, regions, place, other, equal=equal)
            break


def _firing(gate: CompiledGate, read: Conditions | None) -> Conditions | None:
    """Return whom a gate applies to: where missing values fire it, those of whom they leave it open too."""
    if read is None or gate.missing != "fire":
        return read
    return Conditions(read.path, read.bound, read.may, read.may, read.fails, read.fails)


def _does_as_much(gates: tuple[CompiledGate, ...], one: int, other: int) -> bool:
    """Return whether a gate leaves nothing to do to another that applies only where it does."""
    first, second = gates[one], gates[other]
    if first.effect is not second.effect:
        return False
    between = gates[min(one, other) + 1 : max(one, other)]
    is_undone = one < other and any(gate.effect is not first.effect for gate in between)
    match first.effect:
        case Effect.AT_MOST:
            return first.target >= second.target and not is_undone
        case Effect.AT_LEAST:
            return first.target <= second.target and not is_undone
    return (one > other or first.target == second.target) and not is_undone


def _needless(study: Study, regions: Regions, place: int, other: int, *, equal: bool) -> Finding:
    gate, stronger = study.compiled.gates[place], study.compiled.gates[other]
    hardens = study.compiled.policy.gates[place].hard and not study.compiled.policy.gates[other].hard
    words = {"name": gate.id, "other": stronger.id}
    message = _("Gate “{name}” applies only where “{other}” does as much.")
    if equal:
        message = _("Gate “{name}” applies to the same customers as “{other}”, which does as much.")
    return Finding.at(
        FindingKind.DUPLICATE if equal else FindingKind.SUBSUMED,
        Severity.NOTE if hardens else Severity.WARNING,
        ("gates", place),
        message.format(**words),
        _("It only makes it hard.") if hardens else _("Take it out, or set another limit."),
        others=(("gates", other),),
        example=study.example(
            regions.both(place, other),
            lambda told: told.gates[place] is not False and told.gates[other] is not False,
        ),
        inside=gate.condition,
    )


def flag_findings(study: Study) -> Iterator[Finding]:
    """Yield the flags that stand beside the same customers as one before them."""
    flags = study.compiled.flags
    read = [study.conditions(("flags", n, "when"), flag.condition) for n, flag in enumerate(flags)]
    regions = Regions(study.space, read, study.budget)
    for place, flag in enumerate(flags):
        earlier = regions.holding(place, (1 << place) - 1)
        same = next((other for other in pieces_in(earlier) if regions.are_equal(place, other)), None)
        if same is not None:
            yield _equal(study, place, same, flag.condition, regions.both(place, same))


def _equal(study: Study, place: int, same: int, condition: Bound, boxes: Iterable[Box]) -> Finding:
    name, other = (study.compiled.flags[each].id for each in (place, same))
    return Finding.at(
        FindingKind.DUPLICATE,
        Severity.WARNING,
        ("flags", place),
        _("Flag “{name}” stands beside the same customers as “{other}”.").format(name=name, other=other),
        _("Make them one, or tell them apart."),
        others=(("flags", same),),
        example=study.example(boxes, lambda told: {name, other} <= set(told.flags)),
        inside=condition,
    )
