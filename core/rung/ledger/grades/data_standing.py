"""How a judgement or correction stands to what the source says by now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rung.ledger.grades.correcting import why_not
from rung.ledger.grades.kept_values import kept_value
from rung.ledger.grades.value_texts import written_value
from rung.ledger.records import DataInput
from rung.text import Text

if TYPE_CHECKING:
    from rung.grading.compiled import CompiledPolicy
    from rung.grading.derive import Row

__all__ = ["DataDoubt", "DatumStanding", "datum_standing"]


class DataDoubt(StrEnum):
    """Why a judgement or correction is to be looked at again; it stays in force all the same."""

    STALE = "stale"
    """The source says another value than the one replaced."""
    MOOT = "moot"
    """The source says the value given by now."""
    IDLE = "idle"
    """The run keeps no such value, or none that the value given could stand in for: nothing is laid in."""

    @property
    def words(self) -> Text:
        """The doubt as a person reads it."""
        return _DOUBTS[self]


_DOUBTS: Final = {
    DataDoubt.STALE: Text("来源数据已变化", "the source has changed since"),
    DataDoubt.MOOT: Text("来源数据已一致", "the source says the same by now"),
    DataDoubt.IDLE: Text("本次评级不使用", "not used in this run"),
}


@dataclass(frozen=True, slots=True)
class DatumStanding:
    """One judgement or correction beside the source's value in a run."""

    record: DataInput
    source: str | None
    """What the source says in the run, as the ledger writes it; None where it is missing."""
    doubt: DataDoubt | None = None


def datum_standing(record: DataInput, measured: Row, compiled: CompiledPolicy) -> DatumStanding:
    """Return how an input stands to a customer's measured values in a run."""
    quantity = compiled.quantities.get(record.subject)
    if quantity is None or record.subject not in measured:
        return DatumStanding(record, None, DataDoubt.IDLE)
    source = written_value(measured[record.subject], quantity)
    try:
        kept_value(record.value, quantity)
    except ValueError:
        return DatumStanding(record, source, DataDoubt.IDLE)
    if why_not(record.subject, compiled, measured.keys()) is not None:
        return DatumStanding(record, source, DataDoubt.IDLE)
    if source == record.value:
        return DatumStanding(record, source, DataDoubt.MOOT)
    return DatumStanding(record, source, None if source == record.was else DataDoubt.STALE)
