"""The values people gave for one customer, beside what the source had: for whoever looks at the grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.grading.explained_values import value_words
from rung.ledger import DataInput
from rung.ledger.grades.data_standing import DataDoubt, datum_standing
from rung.ledger.grades.kept_values import kept_value
from rung.text import MASK, Text

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row
    from rung.ledger.confidential import Clearance
    from rung.vocabulary import Quantity

__all__ = ["GivenValue", "given_values"]


@dataclass(frozen=True, slots=True)
class GivenValue:
    """One judgement or correction in words; its record tells by whom, when and why."""

    record: DataInput
    title: Text
    """Of the quantity."""
    value: Text
    was: Text
    """What the source said when it was given."""
    source: Text
    """What the source says in this run."""
    doubt: DataDoubt | None


def given_values(
    data: Iterable[DataInput], measured: Row, compiled: CompiledPolicy, clearance: Clearance
) -> tuple[GivenValue, ...]:
    """Return judgements and corrections of a customer in words, as whoever asks may read them."""
    found: list[GivenValue] = []
    for record in data:
        standing = datum_standing(record, measured, compiled)
        quantity = compiled.quantities.get(record.subject)
        is_masked = clearance.masks(record.subject)
        found.append(
            GivenValue(
                record=record,
                title=quantity.title if quantity else Text.same(record.subject),
                value=Text.same(MASK) if is_masked else _words(record.value, quantity),
                was=Text.same(MASK) if is_masked else _words(record.was, quantity),
                source=Text.same(MASK) if is_masked else _words(standing.source, quantity),
                doubt=standing.doubt,
            )
        )
    return tuple(found)


def _words(written: str | None, quantity: Quantity | None) -> Text:
    if quantity is None:
        return Text.same(written or "")
    try:
        return value_words(kept_value(written, quantity), quantity)
    except ValueError:
        return Text.same(written or "")  # as it was written, for a policy that cannot hold it any more
