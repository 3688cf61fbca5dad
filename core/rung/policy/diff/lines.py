"""Differences in words: which part of the policy, what of it, and what it says before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from rung.durations import Duration
from rung.policy.conditions import AllOf, AnyOf, Cell, Condition, Not
from rung.policy.diff.difference import Difference, Kind, Step, Subject
from rung.policy.diff.key_words import key_word, member_word, section_word
from rung.policy.model import (
    Alarm,
    Band,
    Criterion,
    Gate,
    Level,
    MissingPoints,
    Obligation,
    Outcome,
    ReasonOption,
    Rule,
)
from rung.policy.outcome_words import fact_words, outcome_words
from rung.policy.parts import Part
from rung.policy.service_words import alarm_words, obligation_words
from rung.policy.wording import cell_words
from rung.text import Text, _
from rung.vocabulary import Quantity

__all__ = ["Asked", "DiffLine", "diff_lines"]

Asked: TypeAlias = Callable[[Condition, Mapping[str, Quantity]], str]
"""Puts a condition over these quantities into words."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One difference as a person reads it."""

    section: str
    """The part of the policy: “Criteria”."""
    what: str
    """Within it: “Assets › band 2 › bound”."""
    before: str
    """Empty where there was nothing."""
    after: str
    difference: Difference


def diff_lines(
    differences: Iterable[Difference], before: Subject, after: Subject, asked: Asked
) -> tuple[DiffLine, ...]:
    """Return each difference in words, in the current language."""
    sides = _Side(before, asked, 0), _Side(after, asked, 1)
    return tuple(
        DiffLine(section_word(str(each.trail[0].key)), _what(each), *_values(each, sides), each)
        for each in differences
    )


def _what(difference: Difference) -> str:
    trail = difference.trail
    told = [_step(trail[: place + 1]) for place in range(1, len(trail))]
    return " › ".join(each for each in told if each) or section_word(str(trail[0].key))


def _step(trail: tuple[Step, ...]) -> str:
    """Return the last step of a trail in words."""
    *around, last = trail
    if isinstance(last.key, int):
        words = member_word(str(next(step.key for step in reversed(around) if isinstance(step.key, str))))
        told = words.format(n=last.key + 1)
        return told if last.title is None else f"{told} “{last.title}”"
    if last.key == "by" and trail[0].key == "grading":
        return key_word("rank")
    if last.title is None:
        return key_word(last.key) if around[-1].key != "rules" else last.key
    title = str(last.title)
    return title if title == last.key or isinstance(around[-1].key, int) else f"{title} ({last.key})"


def _values(difference: Difference, sides: tuple[_Side, _Side]) -> tuple[str, str]:
    if difference.kind is Kind.MOVED:
        place = _("place {n}")
        return place.format(n=difference.before), place.format(n=difference.after)
    values = (difference.before, difference.after)
    if isinstance(values[0], Text) and isinstance(values[1], Text) and str(values[0]) == str(values[1]):
        return _in_both(values[0]), _in_both(values[1])  # it differs in the other language
    told = [
        "" if value is None else side.words(value, difference)
        for value, side in zip(values, sides, strict=True)
    ]
    return told[0], told[1]


def _in_both(text: Text) -> str:
    return f"{text.zh} | {text.en}"


class _Side:
    """Puts the values of one of the two policies into words."""

    def __init__(self, subject: Subject, asked: Asked, side: int) -> None:
        self._subject, self._asked, self._side = subject, asked, side

    def words(self, value: object, difference: Difference) -> str:
        """Return a value in words; ``difference`` says where it stands."""
        quantity = difference.quantities[self._side]
        key = str(difference.trail[-1].key)
        if difference.trail[0].key == "outcomes" and quantity is not None:
            return fact_words(value, quantity)
        match value:
            case Cell(raw=raw) if key == value.name and quantity is not None:
                return str(cell_words(raw, quantity))
            case Cell() | AllOf() | AnyOf() | Not():
                return self._asked(value, self._names(difference))
            case Part():
                return self._part(value, quantity, difference)
            case Decimal() if key == "weight":
                return self._weight(value)
            case bool():
                return _("yes") if value else _("no")
            case tuple() if key == "when" and quantity is not None:
                return str(cell_words(value, quantity))
            case str() | int() | Decimal() if key == "when" and quantity is not None:
                return str(cell_words(value, quantity))
            case tuple():
                return _(", ").join(self.words(each, difference) for each in value)
        return _plain(value)

    def _weight(self, weight: Decimal) -> str:
        whole = sum(criterion.weight for criterion in self._subject.policy.criteria)
        return f"{weight.normalize():f} ({100 * weight / whole:.1f}%)"

    def _names(self, difference: Difference) -> Mapping[str, Quantity]:
        """Return what a condition there is over: an alarm's own is over the event's columns."""
        keys = [step.key for step in difference.trail]
        if keys[0] == "alarms" and keys[-1] == "when":
            alarm = next(each for each in self._subject.policy.alarms if each.id == keys[1])
            return {column.id: column for column in self._subject.events[alarm.on].columns}
        return self._subject.quantities

    def _part(self, part: Part, quantity: Quantity | None, difference: Difference) -> str:
        """Return what a part that was added or taken out says, in brief."""
        roles, quantities = self._subject.policy.roles, self._subject.quantities
        match part:
            case Band(when=when, top=top):
                cell = f"≤ {top.normalize():f}%" if top is not None else when
                told = cell if quantity is None or when is None else str(cell_words(when, quantity))
                return _joined(told, part.label, _points(part.points), part.grade)
            case Level(title=title):
                return _joined(title, _points(part.points), part.grade)
            case MissingPoints(points=points):
                return _points(points)
            case Criterion(title=title, weight=weight):
                return _joined(title, _("weight {weight}").format(weight=self._weight(weight)))
            case Rule(when=when):
                return _joined(part.grade or _points(part.points), self._asked(when, quantities))
            case Gate(when=when):
                return _joined(_effect(part), self._asked(when, quantities))
            case Alarm():
                return _joined(part.title, *alarm_words(part, roles))
            case Outcome():
                return outcome_words(part, quantities)
            case ReasonOption(title=title):
                return str(title)
            case _ if isinstance(part, Obligation):
                return obligation_words(part, roles, lambda when: self._asked(when, quantities))
        return self._any_part(part, difference)

    def _any_part(self, part: Part, difference: Difference) -> str:
        title, when = getattr(part, "title", None), getattr(part, "when", None)
        if isinstance(title, Text) and isinstance(when, Cell | AllOf | AnyOf | Not):
            return _joined(title, self._asked(when, self._subject.quantities))
        told = [getattr(part, key) for key in type(part).model_fields if key in part.model_fields_set]
        if isinstance(title, Text):
            told = [title, *(each for each in told if each is not title and not isinstance(each, Text))]
        return _joined(*(self.words(each, difference) for each in told if not isinstance(each, Mapping)))


def _effect(gate: Gate) -> str:
    for words, grade in (
        (_("at most {grade}"), gate.at_most),
        (_("at least {grade}"), gate.at_least),
        (_("always {grade}"), gate.set),
    ):
        if grade is not None:
            return words.format(grade=grade)
    return ""


def _points(points: Decimal | None) -> str:
    return "" if points is None else _("{points} points").format(points=f"{points.normalize():f}")


def _joined(*parts: object) -> str:
    return _(", ").join(str(part) for part in parts if part is not None and str(part))


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return f"{value:,f}" if value == value.to_integral_value() else f"{value.normalize():,f}"
        case int():
            return f"{value:,}"
        case Duration():
            return str(value.text())
    return str(value)
