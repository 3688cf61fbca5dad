"""The form of a record, made of its type's declaration alone: what is asked, in which order, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rung.grading.explained_values import value_words
from rung.ledger.canonical import is_writable
from rung.ledger.grades.kept_values import kept_value
from rung.ledger.grades.value_texts import NOT_KNOWN, read_value, written_value
from rung.text import Text, _
from rung.values import Reading, Value, parse_value
from rung.vocabulary import Choice, Field, Kind, RecordState, RecordType
from rung.words import fold

__all__ = ["LONGEST", "Form", "FormField", "form_of"]

LONGEST: Final = 10_000
"""Characters of one text; more is a document, and belongs into the customer's file."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing a form asks."""

    field: Field

    @property
    def id(self) -> str:
        """The field's id."""
        return self.field.id

    @property
    def title(self) -> Text:
        """What it asks."""
        return self.field.title

    @property
    def kind(self) -> Kind:
        """What sort of answer it takes."""
        return self.field.kind

    @property
    def unit(self) -> str:
        """The unit of its numbers, empty without one."""
        return self.field.unit

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen of; empty where anything may be written."""
        return self.field.choices

    @property
    def is_required(self) -> bool:
        """Whether no record is opened without it."""
        return self.field.is_required

    @property
    def is_sensitive(self) -> bool:
        """Whether its values are shown only to those who may read such."""
        return self.field.is_sensitive

    @property
    def about(self) -> Text | None:
        """What there is to know of it."""
        return self.field.about

    @property
    def how(self) -> str:
        """How an answer is written, in the current language; empty where anything is one."""
        match self.kind:
            case Kind.DATE:
                return _("a day, such as 2026-01-05")
            case Kind.BOOLEAN:
                return _("yes or no")
            case Kind.CATEGORY:
                return _("one of {names}").format(
                    names=_(", ").join(str(each.title) for each in self.choices)
                )
            case Kind.TEXT:
                return ""
        return self._number()

    def _number(self) -> str:
        low, high, unit = self.field.low, self.field.high, self.unit or _UNITS.get(self.kind, "")
        if low is not None and high is not None:
            words = _("a number from {low} to {high}").format(low=f"{low:,}", high=f"{high:,}")
        elif low is not None:
            words = _("a number from {low} on").format(low=f"{low:,}")
        elif high is not None:
            words = _("a number up to {high}").format(high=f"{high:,}")
        else:
            words = _("a number")
        return _("{words}, in {unit}").format(words=words, unit=unit) if unit else words

    def read(self, answer: str, unit: Fraction = Fraction(1)) -> str | None:
        """Return an answer as the ledger keeps it, None where it says that nothing is known.

        ``unit``: what a table's header says its numbers are multiplied by. Raises ValueError, in words for
        a person, for what is no answer.
        """
        text = answer.strip()
        if text in ("", *NOT_KNOWN):
            return None
        if not is_writable(text):
            raise ValueError(_("It holds bytes that are no text."))
        if len(text) > LONGEST:
            words = _("It has {count} characters; {most} are allowed.")
            raise ValueError(words.format(count=f"{len(text):,}", most=f"{LONGEST:,}"))
        if unit == 1:
            value = read_value(text, self.field)
        else:
            value = parse_value(text, self.field, Reading(unit=unit, is_exact=True))
        return written_value(value, self.field)

    def chosen(self, answer: str) -> str:
        """Return the id of the choice an answer numbers from 1, else the answer as it is."""
        text = fold(answer)
        is_word = any(text in map(fold, (each.id, *each.aliases)) for each in self.choices)
        if is_word or not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= len(self.choices):
            return answer
        return self.choices[int(text) - 1].id

    def value(self, kept: str | None) -> Value | None:
        """Return a value the ledger keeps; raises ValueError where the field cannot hold it any more."""
        return kept_value(kept, self.field)

    def words(self, kept: str | None) -> Text:
        """Return a value the ledger keeps in words: as it was written where the field cannot hold it."""
        try:
            return value_words(self.value(kept), self.field)
        except ValueError:
            return Text.same(kept or "")


_UNITS: Final = {Kind.MONEY: "元", Kind.PERCENT: "%"}


@dataclass(frozen=True, slots=True)
class Form:
    """What is written down of a record of one type, and what it goes through."""

    type: RecordType
    fields: tuple[FormField, ...]
    """In the order in which they are asked."""

    @property
    def states(self) -> tuple[RecordState, ...]:
        """In the order gone through; a new record is in the first."""
        return self.type.states

    def field(self, written: str) -> FormField | None:
        """Return the field meant by its id, a title or an alias; None where that is none, or several."""
        found = next((each for each in self.fields if each.id == written), None)
        if found is not None:
            return found
        word = fold(written)
        named = [each for each in self.fields if word in map(fold, each.field.names())]
        return named[0] if len(named) == 1 else None

    def names(self) -> Iterator[str]:
        """Yield what fields may be called: their ids."""
        return (each.id for each in self.fields)


def form_of(record_type: RecordType) -> Form:
    """Return the form of a type of record."""
    return Form(record_type, tuple(map(FormField, record_type.fields)))
