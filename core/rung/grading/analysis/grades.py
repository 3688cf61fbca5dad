"""Grades and cut-offs nobody reaches, gates that change nobody's grade: the method and the gates together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from rung.errors import Severity
from rung.grading.analysis.finding import Finding, FindingKind
from rung.grading.analysis.reach import Reach
from rung.grading.analysis.reached import Reached
from rung.grading.analysis.space import Box, meet
from rung.grading.analysis.study import Conditions, Study
from rung.grading.compiled import CompiledGate, Shares, Ungraded
from rung.grading.row import Assessment
from rung.policy.keys import KeyPath
from rung.text import _

__all__ = ["cutoff_findings", "grade_findings", "idle_gate_findings"]

_MOST_REGIONS: Final = 400
# Regions, by which gates fire, in which the method is asked what it gives.


_Met = tuple[CompiledGate, bool]
# A gate that has a say for a customer, and whether missing values leave that open.


@dataclass(slots=True)
class _Final:
    """The grades given once the gates have had their say."""

    codes: set[int] = field(default_factory=set)
    is_complete: bool = True


def grade_findings(study: Study, reach: Reach) -> Iterator[Finding]:
    """Yield the grades nobody is ever given, gates included."""
    compiled = study.compiled
    if isinstance(compiled.method, Ungraded):
        return
    final = _final(study, reach)
    for code, grade in enumerate(compiled.grades):
        if code in final.codes:
            continue
        path: KeyPath = ("grades", code)
        if final.is_complete:
            message = _("Grade “{grade}” is given to nobody, whatever a customer's values.")
            hint = _("See the findings beside this one for what stands in its way, or take the grade out.")
            yield Finding.at(
                FindingKind.UNREACHABLE_GRADE, Severity.ERROR, path, message.format(grade=grade), hint
            )
        else:
            message = _(
                "Whether anybody is given grade “{grade}” was not found out: there are too many cases."
            )
            yield Finding.at(FindingKind.NOT_SEARCHED, Severity.NOTE, path, message.format(grade=grade))


def _final(study: Study, reach: Reach) -> _Final:
    final = _Final()
    everything = set(range(len(study.compiled.grades)))
    for number, (box, fired) in enumerate(_regions(study, study.space.full, 0)):
        if final.codes == everything:
            return final
        if number == _MOST_REGIONS:
            final.is_complete = False
            return final
        reached = reach.within(box)
        final.is_complete = final.is_complete and reached.is_complete
        for code in reached.boxes:
            given = _gated(code, fired)
            if given is not None:
                final.codes.add(given)
    if any(each is None for each in _gates(study)):
        final.is_complete = False
    return final


def _gated(code: int, met: tuple[_Met, ...]) -> int | None:
    """Return the grade's code after the gates; ``None`` where one left open refuses the customer."""
    for gate, is_open in met:
        after = gate.effect.apply(code, gate.target)
        if is_open and after != code:
            return None
        code = after
    return code


def _regions(study: Study, box: Box, number: int) -> Iterator[tuple[Box, tuple[_Met, ...]]]:
    """Yield the customers of a box by what the gates from one on do to them, those of no gate first."""
    gates = _gates(study)
    if number == len(gates):
        yield box, ()
        return
    gate, read = study.compiled.gates[number], gates[number]
    if read is None:
        yield from _regions(study, box, number + 1)
        return
    silent = read.may_fail if gate.missing == "skip" else read.fails
    firing = read.may if gate.missing == "fire" else read.holds
    unsure = [both for a in read.may for b in read.may_fail if (both := meet(a, b))]
    ways: list[tuple[Iterable[Box], tuple[_Met, ...]]] = [(silent, ()), (firing, ((gate, False),))]
    if gate.missing == "refuse":
        ways.append((unsure, ((gate, True),)))
    for boxes, met in ways:
        for each in boxes:
            if (both := meet(box, each)) is not None:
                for found, others in _regions(study, both, number + 1):
                    yield found, (*met, *others)


def _gates(study: Study) -> list[Conditions | None]:
    return [
        study.conditions(("gates", number, "when"), gate.condition)
        for number, gate in enumerate(study.compiled.gates)
    ]


def cutoff_findings(study: Study, reach: Reach) -> Iterator[Finding]:
    """Yield the grades no score falls to; a grade only gates give is as it may be meant."""
    compiled = study.compiled
    if not compiled.has_score:
        return
    reached = reach.within(study.space.full)
    if reached.scores is None:
        return
    for code, grade in enumerate(compiled.grades):
        if code in reached.boxes:
            continue
        by_gate = any(gate.target == code for gate in compiled.gates)
        yield from _unreached(study, code, grade, reached, by_gate=by_gate)


def _unreached(study: Study, code: int, grade: str, reached: Reached, *, by_gate: bool) -> Iterator[Finding]:
    cutoffs, scale = study.compiled.cutoffs, study.compiled.score_scale
    assert reached.scores is not None
    least, most = reached.scores
    words = {"grade": grade, "least": _score(least, scale), "most": _score(most, scale)}
    severity = Severity.NOTE if by_gate else Severity.ERROR
    path: KeyPath = ("grading", "cutoffs", grade)
    if code < len(cutoffs) and most < cutoffs[code]:
        words["cutoff"] = _score(cutoffs[code], scale)
        message = _("No score reaches the cut-off of “{grade}”, {cutoff}: the highest there is is {most}.")
        hint = _("Lower the cut-off, or raise the points.")
    elif least >= cutoffs[min(code, len(cutoffs)) - 1]:
        words["cutoff"] = _score(cutoffs[code - 1], scale)
        path = ("grading", "cutoffs", study.compiled.grades[code - 1])
        message = _(
            "Every score reaches {cutoff}, so none falls to “{grade}”: the lowest there is is {least}."
        )
        hint = _("Raise the cut-off, or lower the points.")
    elif reached.is_complete:
        message = _("No score falls between the cut-offs to “{grade}”: points and weights leave none there.")
        hint = _("Move the cut-offs, or make the points finer.")
    else:
        return
    yield Finding.at(FindingKind.UNREACHABLE_CUTOFF, severity, path, message.format(**words), hint)


def _score(scaled: int, scale: int) -> str:
    exact = Decimal(scaled) / scale
    return f"{exact.normalize():f}"


def idle_gate_findings(study: Study, reach: Reach) -> Iterator[Finding]:
    """Yield the gates that fire for some customers, and change the grade of none."""
    compiled = study.compiled
    if isinstance(compiled.method, Ungraded | Shares):
        return
    for place, (gate, read) in enumerate(zip(compiled.gates, _gates(study), strict=True)):
        # One left open by missing values refuses, or fires, where it would change the grade.
        concerned = () if read is None else read.holds if gate.missing == "skip" else read.may
        if concerned and _is_idle(study, reach, place, concerned):
            yield _idle(study, place, concerned)


def _is_idle(study: Study, reach: Reach, place: int, concerned: tuple[Box, ...]) -> bool:
    """Return whether a gate changes none of the grades that can be given where it applies."""
    gates = study.compiled.gates
    codes = {gate.target for gate in gates[:place]}
    for box in concerned:
        reached = reach.within(box)
        codes |= set(reached.boxes)
        if not reached.is_complete:
            return False
    gate = gates[place]
    return all(gate.effect.apply(code, gate.target) == code for code in codes)


def _idle(study: Study, place: int, concerned: tuple[Box, ...]) -> Finding:
    gate = study.compiled.gates[place]

    def is_so(told: Assessment) -> bool:
        return told.gates[place] is True and told.grade == told.ungated

    message = _("Gate “{name}” changes nobody's grade: whomever it applies to keeps the one there was.")
    return Finding.at(
        FindingKind.IDLE,
        Severity.WARNING,
        ("gates", place),
        message.format(name=gate.id),
        _("Take it out, or set the limit it is meant to set."),
        example=study.example(concerned, is_so),
        inside=gate.condition,
    )
