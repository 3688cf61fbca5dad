"""What one customer was promised: with the grade and with each flag, as far as its conditions hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from rung.grading.compiled import CompiledPolicy, CompiledTerms
from rung.grading.derive import Row, derive
from rung.grading.explanation import ServiceLine
from rung.grading.scorecard import Scorecard
from rung.policy.binding import truth
from rung.policy.model import Obligation
from rung.text import Text

__all__ = ["promised", "service_of", "started"]


def service_of(scorecard: Scorecard, row: Row, grade: str | None) -> tuple[ServiceLine, ...]:
    """Return what a customer with these measured values was promised, with a grade that need not be theirs.

    A grade that a person gave brings its own service; the flags and their promises stay the customer's.
    """
    compiled = scorecard.compiled
    row = derive(compiled, row)
    return promised(compiled, grade, scorecard.assess(row).flags, row)


def promised(
    compiled: CompiledPolicy, grade: str | None, flags: tuple[str, ...], row: Row
) -> tuple[ServiceLine, ...]:
    """Return the service of a grade and of the flags that stand; ``row`` holds derived values too."""
    lines = (_owed(source, terms, row) for source, terms in _sources(compiled, grade, flags))
    return tuple(_waiting(each, compiled) for each in lines)


def started(lines: Iterable[ServiceLine], open_types: Collection[str]) -> tuple[ServiceLine, ...]:
    """Return the service as it stands for a customer with open records of these types."""
    return tuple(replace(each, is_started=each.terms.requires in (None, *open_types)) for each in lines)


def _waiting(line: ServiceLine, compiled: CompiledPolicy) -> ServiceLine:
    requires = line.terms.requires
    if requires is None:
        return line
    known = compiled.vocabulary.records.get(requires)
    return replace(line, record=known.title if known else Text.same(requires), is_started=False)


def _sources(
    compiled: CompiledPolicy, grade: str | None, flags: tuple[str, ...]
) -> Iterator[tuple[Text, CompiledTerms]]:
    if grade is not None and grade in compiled.terms:
        yield compiled.policy.grade_title(grade), compiled.terms[grade]
    for flag in compiled.policy.flags:
        if flag.id not in flags:
            continue
        if flag.id in compiled.flag_terms:
            yield flag.title, compiled.flag_terms[flag.id]
        elif flag.service_class is not None and flag.service_class in compiled.terms:
            yield flag.title, compiled.terms[flag.service_class]


def _owed(source: Text, terms: CompiledTerms, row: Row) -> ServiceLine:
    """Return the terms without promises whose condition does not hold, and without conditions that do."""
    kinds: dict[str, list[Obligation]] = {each.obligation.kind: [] for each in terms.obligations}
    codes: list[str] = []
    for each in terms.obligations:
        if each.condition is None or truth(each.condition, row):
            kinds[each.obligation.kind].append(each.obligation.model_copy(update={"when": None}))
            codes.append(each.code)
    update = {kind: tuple(obligations) for kind, obligations in kinds.items()}
    return ServiceLine(source, terms.written.model_copy(update=update), tuple(codes))
