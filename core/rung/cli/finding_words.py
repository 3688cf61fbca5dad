"""Findings of an analysis in words and in JSON: who shows it, and how many real customers it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rung.cli.policy_words import plain, severity
from rung.grading.analysis.words import in_units, written_condition, written_customer
from rung.text import _

if TYPE_CHECKING:
    from rung.errors import Place
    from rung.grading.analysis import Example, Finding
    from rung.grading.compiled import CompiledPolicy
    from rung.vocabulary import Quantity

__all__ = ["finding_lines", "plain_finding"]


def finding_lines(finding: Finding, compiled: CompiledPolicy, customers: int | None) -> Iterator[str]:
    """Yield the lines that tell a finding; ``customers`` is how many were given, if any were."""
    yield f"  {severity(finding.problem)}: {finding.problem}"
    if finding.others:
        yield "      " + _("See also {places}.").format(places=_(", ").join(map(_where, finding.others)))
    if finding.example is not None:
        yield "      " + _example(finding.example, compiled)
    if customers is not None and finding.inside is not None:
        if finding.customers is None:
            yield "      " + _("How many customers it concerns cannot be told: the run lacks a value.")
        else:
            words = _("Concerns {n} of {all} customers.")
            yield "      " + words.format(n=f"{finding.customers:,}", all=f"{customers:,}")


def _where(place: Place) -> str:
    return place.key if place.line is None else _("line {n} [{key}]").format(n=place.line, key=place.key)


def _example(example: Example, compiled: CompiledPolicy) -> str:
    written = written_customer(_given(example, compiled), compiled.quantities)
    words = _("Such as {customer}: {outcome}.").format(customer=written, outcome=_outcome(example))
    if example.supposed:
        words += " " + _("Whether {names} can come out so was not found out.").format(
            names=_(", ").join(example.supposed)
        )
    return words


def _given(example: Example, compiled: CompiledPolicy) -> Mapping[str, Any]:
    """Return the values a test would give: derived ones come by themselves, save those supposed."""
    derived = {formula.result.id for formula in compiled.derived} - set(example.supposed)
    return {name: value for name, value in example.values.items() if name not in derived}


def _outcome(example: Example) -> str:
    told = example.assessment
    reasons = f" ({_(', ').join(told.reasons[:3])})" if told.reasons else ""
    if told.grade is not None:
        return _("graded {grade}").format(grade=told.grade) + reasons
    return _("not graded, {cause}").format(cause=told.not_graded or "") + reasons


def plain_finding(finding: Finding, compiled: CompiledPolicy) -> dict[str, object]:
    """Return a finding as it stands in JSON: what a problem has, and its kind, example and customers."""
    return {
        **plain(finding.problem),
        "kind": finding.kind.value,
        "others": [{"file": each.file, "line": each.line, "key": each.key} for each in finding.others],
        "condition": None if finding.inside is None else written_condition(finding.inside),
        "example": None if finding.example is None else _plain_example(finding.example, compiled),
        "customers": finding.customers,
    }


def _plain_example(example: Example, compiled: CompiledPolicy) -> dict[str, object]:
    told, quantities = example.assessment, compiled.quantities
    score = None if told.score is None else _number(Decimal(told.score) / compiled.score_scale)
    return {
        "customer": _units(_given(example, compiled), quantities),
        "grade": told.grade,
        "score": score,
        "not_graded": told.not_graded,
        "reasons": told.reasons,
        "supposed": example.supposed,
        "cutoffs": _cutoffs(example, compiled),
    }


def _units(values: Mapping[str, Any], quantities: Mapping[str, Quantity]) -> dict[str, object]:
    return {
        name: _number(in_units(value, quantities[name]))
        for name, value in values.items()
        if value is not None
    }


def _cutoffs(example: Example, compiled: CompiledPolicy) -> dict[str, list[object]]:
    quantities = {ranking.key: ranking.quantity for ranking in compiled.rankings}
    return {
        key: [None if each is None else _number(in_units(each, quantities[key])) for each in cutoffs]
        for key, cutoffs in example.cutoffs.items()
    }


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value
