"""Hides sensitive values from those who may not read them: in explanations and in human inputs.

What is hidden is the value of a customer, and a cut-off that is one customer's value. What the policy
made of it stays: bands, points, conditions and whether they hold. These are the grade's reasons, and the
policy's words are no secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from rung.grading.explained_values import MISSING, NOBODY
from rung.text import MASK, Text

if TYPE_CHECKING:
    from rung.grading.explanation import (
        ConditionLine,
        CriterionLine,
        CutoffLine,
        Explanation,
        FlagLine,
        GateLine,
        NewValue,
        RuleLine,
        Suggestion,
    )
    from rung.ledger.records import DataInput

__all__ = ["MASK", "Clearance", "masked", "masked_input", "values_shown"]

_MASKED: Final = Text.same(MASK)

_Tested = TypeVar("_Tested", "RuleLine", "GateLine", "FlagLine")


@dataclass(frozen=True, slots=True)
class Clearance:
    """What one person may read: which values are sensitive, and whether they may see them."""

    fields: frozenset[str] = frozenset()
    """Ids of the quantities that are sensitive."""
    may_read: bool = True

    def masks(self, quantity_id: str) -> bool:
        """Whether the values of a quantity are hidden from the person."""
        return not self.may_read and quantity_id in self.fields

    @property
    def hidden(self) -> frozenset[str]:
        """The quantities whose values are hidden."""
        return frozenset() if self.may_read else self.fields


def values_shown(explanation: Explanation, fields: frozenset[str]) -> frozenset[str]:
    """Return which of these quantities an explanation shows a value of; missing ones show none."""
    return frozenset(name for name, value in _values(explanation) if name in fields and _tells(value))


def masked(explanation: Explanation, clearance: Clearance) -> Explanation:
    """Return the explanation as the person may read it; that a value is missing is not hidden."""
    hidden = clearance.hidden
    if not hidden:
        return explanation
    ranked_by_hidden = explanation.ranked_by in hidden
    return replace(
        explanation,
        measure=_cover(explanation.measure) if ranked_by_hidden else explanation.measure,
        cutoffs=_cutoffs(explanation.cutoffs) if ranked_by_hidden else explanation.cutoffs,
        segment=_cover(explanation.segment) if explanation.segment_by in hidden else explanation.segment,
        criteria=tuple(_criterion(each, hidden) for each in explanation.criteria),
        rules=tuple(_tested(each, hidden) for each in explanation.rules),
        gates=tuple(_tested(each, hidden) for each in explanation.gates),
        flags=tuple(_tested(each, hidden) for each in explanation.flags),
        suggestion=_suggestion(explanation, hidden),
    )


def masked_input(record: DataInput, clearance: Clearance) -> DataInput:
    """Return a judgement or correction as the person may read it; that a value is not known is not hidden."""
    if not clearance.masks(record.subject):
        return record
    value, was = (None if each is None else MASK for each in (record.value, record.was))
    return replace(record, value=value, was=was)


def _tells(value: Text) -> bool:
    return value not in (MISSING, NOBODY, _MASKED)


def _cover(value: Text | None) -> Text | None:
    return None if value is None else _covered(value)


def _covered(value: Text) -> Text:
    return _MASKED if _tells(value) else value


def _criterion(line: CriterionLine, hidden: frozenset[str]) -> CriterionLine:
    if line.quantity in hidden:
        # Where a population gave them, each cut-off is the value of one of its customers.
        cutoffs = tuple(map(_covered, line.cutoffs))
        line = replace(line, value=_covered(line.value), cutoffs=cutoffs)
    if line.segment is not None and line.segment_by in hidden:
        line = replace(line, segment=_MASKED)
    return line


def _tested(line: _Tested, hidden: frozenset[str]) -> _Tested:
    return replace(line, conditions=tuple(_condition(each, hidden) for each in line.conditions))


def _condition(line: ConditionLine, hidden: frozenset[str]) -> ConditionLine:
    return replace(line, found=_covered(line.found)) if line.quantity in hidden else line


def _cutoffs(lines: Iterable[CutoffLine]) -> tuple[CutoffLine, ...]:
    return tuple(replace(each, at_least=_covered(each.at_least)) for each in lines)


def _suggestion(explanation: Explanation, hidden: frozenset[str]) -> Suggestion | None:
    found = explanation.suggestion
    if found is None:
        return None
    # A threshold of the policy is no datum; one that a population gave is.
    given = {each.quantity for each in explanation.criteria if each.cutoffs} | {explanation.ranked_by}

    def new_value(each: NewValue) -> NewValue:
        if each.name not in hidden:
            return each
        new = _covered(each.new) if each.name in given else each.new
        return replace(each, old=_covered(each.old), new=new)

    return replace(found, values=tuple(map(new_value, found.values)))


def _values(explanation: Explanation) -> Iterator[tuple[str, Text]]:
    """Yield every value of the customer that is shown, with what it is of."""
    if explanation.measure is not None:
        yield explanation.ranked_by, explanation.measure
    if explanation.segment is not None:
        yield explanation.segment_by, explanation.segment
    for line in explanation.criteria:
        yield line.quantity, line.value
        if line.segment is not None:
            yield line.segment_by, line.segment
    for parts in (explanation.rules, explanation.gates, explanation.flags):
        for part in parts:
            yield from ((each.quantity, each.found) for each in part.conditions)
    if explanation.suggestion is not None:
        yield from ((each.name, each.old) for each in explanation.suggestion.values)
