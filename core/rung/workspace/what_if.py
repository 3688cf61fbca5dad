"""What a customer's grade would be with other values: tried on the run's scorecard, nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.errors import Problem
from rung.grading.compiled import PREVIOUS_GRADE
from rung.grading.derive import derive
from rung.grading.explained_values import value_words
from rung.grading.explaining import explain
from rung.grading.nearest_change import nearest_change
from rung.ledger import InputKind
from rung.ledger.confidential import Clearance, masked
from rung.ledger.grades.correcting import MeasureFaultError, corrected
from rung.ledger.grades.regrading import in_effect, values_of
from rung.ledger.grades.value_texts import NOT_KNOWN, read_value, written_value
from rung.ledger.rules.ground import Subjects
from rung.text import MASK, Text, _
from rung.vocabulary import Kind
from rung.words import fold

if TYPE_CHECKING:
    from datetime import date

    from rung.grading.derive import Row
    from rung.grading.explanation import Explanation
    from rung.grading.scorecard import Scorecard
    from rung.ledger import DataInput, InputRecord
    from rung.policy.model import Criterion
    from rung.runs.run import Customer
    from rung.values import Value
    from rung.vocabulary import Quantity

__all__ = ["Origin", "Tried", "ValueChoice", "ValueToTry", "WhatIf"]


class Origin(StrEnum):
    """Where a value came from."""

    DATA = "data"
    JUDGEMENT = "judgement"
    CORRECTION = "correction"
    COMPUTED = "computed"
    BEFORE = "before"

    @property
    def words(self) -> Text:
        """The origin as a person reads it."""
        return _ORIGINS[self]


_ORIGINS: Final = {
    Origin.DATA: Text("来源数据", "from the data"),
    Origin.JUDGEMENT: Text("判断", "judgement"),
    Origin.CORRECTION: Text("更正", "correction"),
    Origin.COMPUTED: Text("由其他值算出", "computed from others"),
    Origin.BEFORE: Text("上一批次", "from the run before"),
}


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """One value of those a quantity can have."""

    written: str
    """As a person types it."""
    title: Text
    about: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueToTry:
    """One value the grade rests on."""

    id: str
    title: Text
    unit: Text
    about: Text | None
    now: Text
    written: str | None
    """The present value as a person types it; None where it is missing, or may not be read."""
    origin: Origin
    record: DataInput | None
    """The judgement or correction it comes from."""
    choices: tuple[ValueChoice, ...]
    kind: InputKind
    """What giving another value on record is."""
    refusal: Problem | None
    """Why no other can be given on record; it may be tried all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What comes of other values."""

    explanation: Explanation
    """As whoever tries may read it; what would change it is left out."""
    values: Mapping[str, Text] = field(default_factory=dict)
    """Those tried, as they were read."""
    follows: Mapping[str, Text] = field(default_factory=dict)
    """Computed values that are others now."""
    problems: Mapping[str, Problem] = field(default_factory=dict)
    """What is wrong with a value, by quantity: it is as if it had not been tried."""


class WhatIf:
    """One customer of a run, to be tried with other values again and again.

    ``started`` tells of an explanation's service what has started, with the records there are.
    """

    def __init__(
        self,
        scorecard: Scorecard,
        found: Customer,
        inputs: Iterable[InputRecord],
        today: date,
        clearance: Clearance,
        started: Callable[[Explanation], Explanation] = lambda told: told,
    ) -> None:
        compiled = scorecard.compiled
        inputs = tuple(inputs)
        self._scorecard, self._found, self._clearance = scorecard, found, clearance
        self._started = started
        self._given = values_of(inputs, compiled, today)
        self._records = {each.subject: each for each in in_effect(inputs, today)}
        self._computed = frozenset(formula.result.id for formula in compiled.derived)
        self._row = self._with({})
        self._now = derive(compiled, self._row)
        self._subjects = Subjects(compiled, found.measured)
        self.values: tuple[ValueToTry, ...] = tuple(self._value(name) for name in self._names())
        """What the grade rests on: what is judged or measured in the policy's order, what is computed after
        what it is computed from."""

    def tried(self, written: Mapping[str, str]) -> Tried:
        """Return the grade with values as a person types them in place of the present ones."""
        values: dict[str, Value | None] = {}
        problems: dict[str, Problem] = {}
        known = {each.id for each in self.values}
        for name, text in written.items():
            try:
                if name not in known:
                    raise ValueError(_("The grade does not rest on “{name}”.").format(name=name))
                values[name] = self._read(name, text)
            except ValueError as error:
                problems[name] = Problem(str(error))
        supposed = {name: value for name, value in values.items() if name in self._computed}
        try:
            row = self._with({name: value for name, value in values.items() if name not in self._computed})
        except MeasureFaultError as error:
            problems |= dict.fromkeys(values, error.problems[0])
            row, values, supposed = self._row, {}, {}
        told = explain(self._scorecard, row, self._found.id, self._found.name or "", supposed=supposed)
        return Tried(
            explanation=masked(self._started(told), self._clearance),
            values={name: self._words(name, value) for name, value in values.items()},
            follows=dict(self._follows(row, supposed)),
            problems=problems,
        )

    def smallest(self, *, is_down: bool = False) -> dict[str, str]:
        """Return the smallest change to a better grade, or a worse one, as a person types it.

        Empty where there is none. Values that may not be read are changed all the same: what the policy
        asks for is no secret.
        """
        found = nearest_change(self._scorecard, self._row, is_down=is_down)
        quantities = self._scorecard.compiled.quantities
        values = {} if found is None else found.values
        return {name: written_value(value, quantities[name]) or "-" for name, value in values.items()}

    # How a value is found, read and told

    def _names(self) -> Iterator[str]:
        compiled, seen = self._scorecard.compiled, set[str]()
        formulas = {formula.result.id: formula for formula in compiled.derived}

        def reached(name: str) -> Iterator[str]:
            if name in seen:
                return
            seen.add(name)
            for each in formulas[name].names() if name in formulas else ():
                yield from reached(each)
            yield name

        for name in (*compiled.named, *([PREVIOUS_GRADE] if compiled.hold else [])):
            yield from (each for each in reached(name) if each in formulas or each in self._found.measured)

    def _value(self, name: str) -> ValueToTry:
        compiled = self._scorecard.compiled
        quantity, subject = compiled.quantities[name], self._subjects[name]
        value, is_masked = self._now.get(name), self._clearance.masks(name)
        record = self._records.get(name)
        return ValueToTry(
            id=name,
            title=quantity.title if subject.criterion is None else subject.criterion.title,
            unit=_unit(quantity),
            about=quantity.about,
            now=self._words(name, value),
            written=None if is_masked else written_value(value, quantity),
            origin=self._origin(name, record),
            record=record,
            choices=tuple(_choices(quantity, subject.criterion, compiled.grades)),
            kind=InputKind.CORRECTION if subject.criterion is None else InputKind.JUDGEMENT,
            refusal=subject.refusal,
        )

    def _origin(self, name: str, record: DataInput | None) -> Origin:
        if name in self._computed:
            return Origin.COMPUTED
        if name == PREVIOUS_GRADE:
            return Origin.BEFORE
        return Origin.DATA if record is None else Origin(record.kind.value)

    def _read(self, name: str, text: str) -> Value | None:
        if text.strip() in NOT_KNOWN:
            return None
        quantity = self._scorecard.compiled.quantities[name]
        choices = next(each.choices for each in self.values if each.id == name)
        meant = [each.written for each in choices if fold(text) in map(fold, _names_of(each))]
        if quantity.kind is Kind.TEXT and choices and not meant:
            known = ", ".join(each.written for each in choices)
            raise ValueError(
                _("“{found}” is none of the choices: {names}.").format(found=text.strip(), names=known)
            )
        value = read_value(meant[0] if meant else text, quantity)
        if value is None:
            raise ValueError(
                _("“{found}” is no value; “-” stands for one that is not known.").format(found=text)
            )
        return value

    def _with(self, values: Mapping[str, Value | None]) -> Row:
        """Return the customer's values with those people gave, and these, laid in."""
        given = {**self._given, **values}
        row = corrected(self._scorecard.compiled, self._found.measured, given)
        # Also what the ledger has no place for: it may be tried, though not recorded.
        return {**row, **values}

    def _words(self, name: str, value: Value | None) -> Text:
        if value is not None and self._clearance.masks(name):
            return Text.same(MASK)
        return value_words(value, self._scorecard.compiled.quantities[name])

    def _follows(self, row: Row, supposed: Row) -> Iterator[tuple[str, Text]]:
        then = derive(self._scorecard.compiled, row)
        for name in self._computed:
            if name not in supposed and then.get(name) != self._now.get(name):
                yield name, self._words(name, then.get(name))


def _unit(quantity: Quantity) -> Text:
    """Return the unit a number is counted in, as numbers are written with it."""
    if not quantity.kind.is_numeric:
        return Text("", "")
    one = value_words(quantity.scale, quantity)
    return Text(one.zh.removeprefix("1").strip(), one.en.removeprefix("1").strip())


def _choices(quantity: Quantity, criterion: Criterion | None, grades: Sequence[str]) -> Iterator[ValueChoice]:
    if criterion is not None and criterion.levels:
        for level in criterion.levels:
            yield ValueChoice(level.level, level.title, level.describes)
    elif quantity.id == PREVIOUS_GRADE:
        yield from (ValueChoice(grade, Text.same(grade)) for grade in grades)
    elif quantity.kind is Kind.BOOLEAN:
        yield from (ValueChoice("true", Text("是", "yes")), ValueChoice("false", Text("否", "no")))
    else:
        yield from (ValueChoice(choice.id, choice.title) for choice in quantity.choices)


def _names_of(choice: ValueChoice) -> tuple[str, ...]:
    return choice.written, choice.title.zh, choice.title.en
